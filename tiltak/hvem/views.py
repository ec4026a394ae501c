"""Whom to contact: who asks, what it is about, and the answer.

What somebody chooses is sent with the form and kept nowhere: not in an address, a cookie,
a session or a log.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from slt.felles.bevart import i_malformen
from slt.felles.offentlig import med_innhold
from slt.felles.sider import OFFENTLIG, IKommunen, kan_endre, uten_spor
from slt.felles.tilgang import mens_man_ser_som
from slt.felles.valgdeler import er_av
from slt.models import Kommune
from tiltak.apent import kalender_rundt
from tiltak.hvem.forms import PresiserForm, Steder
from tiltak.hvem.grunnlag import finn, temaene
from tiltak.hvem.landet import i_landet
from tiltak.hvem.rangering import Sporrer, ranger
from tiltak.hvem.valgdel import DEL
from tiltak.models import Handlingsplan, Kontaktpunkt, Tema, TilAnsatte, Veileder
from tiltak.models.hvem import Hvem

VET_IKKE = "vet-ikke"
FORST = 5


@method_decorator([uten_spor, *OFFENTLIG], name="dispatch")
class HvemView(IKommunen, TemplateView):
    """The first question: who asks. What stands after the question mark is not read."""

    template_name = "tiltak/hvem/hvem.html"

    def get(self, request, *args, **kwargs):
        av = er_av(request, self.kommune, DEL.felt)
        return av or super().get(request, *args, **kwargs)


# It changes nothing, and says the same whoever sends the form: a token would only keep the
# page that has it from being kept for all.
@csrf_exempt
@sensitive_post_parameters()
@login_not_required
@mens_man_ser_som
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@uten_spor
# Read on slow telephones; Django hides what the length of an answer could tell.
@gzip_page
@i_malformen
def hvem_svar(request, kommune):
    """The next question, or the answer. Who comes back to the address alone, begins."""
    kommune = get_object_or_404(med_innhold(Kommune.objects.all()), slug=kommune)
    if av := er_av(request, kommune, DEL.felt):
        return av
    if request.method != "POST":
        return redirect("tiltak:hvem", kommune.slug)
    hvem = request.POST.get("hvem", "")
    hvem = hvem if hvem in Hvem.values else ""
    temaer = {tema.slug: tema for tema in temaene(kommune)}
    valgt = request.POST.get("tema", "")
    tema = temaer.get(valgt)
    kontekst = {
        "kommune": kommune,
        "plan": Handlingsplan.objects.gjeldende_i(kommune),
        "hvem": hvem,
        "hvem_navn": hvem and Hvem(hvem).label,
        "vet_ikke": VET_IKKE,
    }
    if tema or valgt == VET_IKKE:
        mal = "tiltak/hvem/svar.html"
        kontekst |= _svaret(request, kommune, hvem, tema, list(temaer.values()))
    else:
        mal = "tiltak/hvem/tema.html"
        kontekst |= {
            "temaer": temaer.values(),
            "ukjent": bool(valgt),
        }
    svar = render(request, mal, kontekst)
    svar["X-Robots-Tag"] = "noindex"
    return svar


def _svaret(request, kommune, hvem, tema, temaer):
    """What the page with the answer says, for a theme or for none."""
    bruker = request.user
    er_sendt = {"alder", "sted"} & request.POST.keys()
    form = PresiserForm(
        request.POST if er_sendt else None, steder=Steder(kommune, bruker)
    )
    form.is_valid()
    valgt = getattr(form, "cleaned_data", {})
    sporrer = Sporrer(hvem, valgt.get("alder"), valgt.get("sted"))
    gjelder = [tema] if tema else _nar_ingen_er_valgt(temaer)
    na = timezone.now()
    treff = finn(kommune, gjelder, bruker, na, kalender_rundt(kommune, na))
    svar = ranger(treff, sporrer)
    # Who cannot be reached is no answer; they stand last.
    forst = [treff for treff in svar.kan_kontaktes[:FORST] if treff.veier]
    emne = tema.emne if tema else Tema.Emne.BEKYMRET
    kontekst = {
        "form": form,
        "tema": tema,
        "forst": forst,
        "noen_kan_nas": any(treff.beste for treff in svar.kan_kontaktes),
        "resten": svar.kan_kontaktes[len(forst) :],
        "spor_andre": svar.spor_andre,
        "landet": i_landet(emne, hvem, sporrer.alder),
        "akuttpunkter": Kontaktpunkt.objects.akutte_i(kommune),
        "er_ansatt": sporrer.er_ansatt,
    }
    if sporrer.er_ansatt:
        # Of several, none is what it is about.
        om = gjelder[0] if len(gjelder) == 1 else None
        kontekst |= _til_ansatte(bruker, kommune, om)
    return kontekst


def _nar_ingen_er_valgt(temaer):
    """Who does not know what it is, is as who is only worried; where the kommune does not
    say whom they ask, all it offers counts."""
    bekymret = [tema for tema in temaer if tema.emne == Tema.Emne.BEKYMRET]
    return bekymret or temaer


def _til_ansatte(bruker, kommune, tema):
    """What staff have to know besides: their duties, and by what they work."""
    tekster = TilAnsatte.objects.synlige_for(bruker).filter(kommune=kommune)
    tekster = {tekst.tema_id: tekst for tekst in tekster}
    veiledere = Veileder.objects.synlige_for(bruker).filter(kommune=kommune)
    om_temaet = tema and tekster.get(tema.pk)
    return {
        "for_alle": tekster.get(None),
        "for_temaet": om_temaet,
        "veiledere": veiledere.filter(temavalg__tema=tema) if tema else [],
        "kan_endre": kan_endre(bruker, kommune),
    }
