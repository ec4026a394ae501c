"""The pages on which a coordinator makes an evaluation, writes it, finishes it and lets
all read it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evaluering.ferdigstilling import Ferdigstilling
from evaluering.models import Tiltaksvurdering
from evaluering.vurdering.arbeidet import arbeidet, med_fremdrift, naboene
from evaluering.vurdering.dokument import Evalueringsutgave
from evaluering.vurdering.forhandsutfylt import (
    grunnlaget,
    kjent_om_helheten,
    kjent_om_tiltaket,
)
from evaluering.vurdering.forms import (
    GjelderForm,
    evalueringsskjema,
    rammeskjema,
    vurderingsskjema,
)
from evaluering.vurdering.notatord import antall_i_ord
from evaluering.vurdering.perioder import foreslatt
from evaluering.vurdering.ubesvart import ubesvart
from slt.felles import radside
from slt.felles.radside import Sletting, koordinators
from slt.felles.sider import for_koordinator, koordinerer_fremdeles
from slt.felles.skjemaside import skjemaside
from slt.models import Dokument
from tiltak.notater import notater

# In the address: that the newest proposals come in place of older ones.
HENT = "hent"


def _evalueringene(kommune):
    return kommune.evalueringer.select_related(
        "kommune", "plan__kommune", "tiltak__plan", "forum"
    )


def _en(kommune, pk):
    return get_object_or_404(_evalueringene(kommune), pk=pk)


def _arbeidet_med(evaluering):
    return reverse(
        "evaluering:evaluering_arbeid", args=[evaluering.kommune.slug, evaluering.pk]
    )


def _pdf(evaluering):
    return reverse(
        "evaluering:evaluering_pdf", args=[evaluering.kommune.slug, evaluering.pk]
    )


# All of them, and a new one ----------------------------------------------------------------


@require_safe
@for_koordinator
def evalueringene(request, kommune):
    """The evaluations of the kommune, and how far each has come."""
    rader = med_fremdrift(_evalueringene(kommune)).order_by("-til_dato", "-pk")
    kontekst = {"kommune": kommune, "evalueringer": rader}
    return render(request, "evaluering/vurdering/evalueringene.html", kontekst)


@koordinators
def evaluering_ny(request, kommune):
    """What is to be evaluated; then what it is called, and which days it is of."""
    valg = GjelderForm(
        request.GET if "gjelder" in request.GET else None, kommune=kommune
    )
    liste = reverse("evaluering:evalueringene", args=[kommune.slug])
    if not (valg.is_bound and valg.is_valid()):
        status = 422 if valg.is_bound or request.method == "POST" else 200
        kontekst = {"kommune": kommune, "skjema": valg, "tilbake": liste}
        mal = "evaluering/vurdering/ny.html"
        return render(request, mal, kontekst, status=status)
    slag, rad = valg.valgt
    return radside.ny(
        request,
        kommune,
        lag=lambda: foreslatt(kommune, slag, rad),
        bygg=rammeskjema,
        overskrift=_("Ny evaluering"),
        ingress=str(rad),
        avbryt=liste,
        etterpa=_arbeidet_med,
    )


# Writing it -------------------------------------------------------------------------------


@require_safe
@for_koordinator
def evaluering_arbeid(request, kommune, pk):
    """How far it has come, and the ways on."""
    evaluering = _en(kommune, pk)
    arbeid = arbeidet(evaluering)
    tiltakene = [rad.tiltak for rad in arbeid.rader]
    grunnlag = grunnlaget(evaluering, tiltakene, request.user) if tiltakene else {}
    return render(
        request,
        "evaluering/vurdering/arbeid.html",
        {
            "kommune": kommune,
            "evaluering": evaluering,
            "arbeid": arbeid,
            "omrader": [
                (omrade, [(rad, grunnlag[rad.tiltak.pk]) for rad in rader])
                for omrade, rader in arbeid.omrader
            ],
            "ubesvart": ubesvart(evaluering, arbeid, request.user),
        },
    )


@koordinators
def evaluering_endre(request, kommune, pk):
    """The frame, the four questions of it as a whole, and the milestones."""
    evaluering = _en(kommune, pk)
    if evaluering.er_ferdig and request.method == "GET":
        return redirect(_arbeidet_med(evaluering))
    ingress = _(
        "Det som er foreslått, kommer fra det som er meldt og fra tallene. Skriv om det "
        "som du vil. Det du har skrevet, blir stående. Alle kan lese det som står i "
        "feltene, når evalueringen er publisert."
    )

    def hent():
        koordinerer_fremdeles(request, kommune)
        return _en(kommune, pk)

    def ferdig(den):
        messages.success(request, _("Endringen er lagret."))
        return redirect(_arbeidet_med(den))

    return skjemaside(
        request,
        kommune,
        hent=hent,
        bygg=partial(_helheten, request),
        mal="evaluering/vurdering/helheten.html",
        ferdig=ferdig,
        kontekst=lambda den: {
            "kommune": kommune,
            "evaluering": den,
            "overskrift": _("Endre %s") % den,
            "ingress": ingress,
            "tilbake": _arbeidet_med(den),
            "slettes": reverse(
                "evaluering:evaluering_slett", args=[kommune.slug, den.pk]
            ),
        },
    )


def _helheten(request, evaluering, data):
    kjent = kjent_om_helheten(evaluering, request.user)
    hent = data is None and HENT in request.GET
    return evalueringsskjema(evaluering, data, kjent=kjent, hent=hent)


@koordinators
def evaluering_tiltak(request, kommune, pk, tiltak):
    """What an evaluation of a plan says of one tiltak, beside what was said of it."""
    evaluering = _en(kommune, pk)
    if evaluering.er_ferdig and request.method == "GET":
        return redirect(_arbeidet_med(evaluering))
    arbeid = arbeidet(evaluering)
    rad = next((rad for rad in arbeid.rader if rad.tiltak.pk == tiltak), None)
    if rad is None:
        raise Http404("no such tiltak in the plan")
    meldt = notater([rad.tiltak], request.user).get(tiltak, [])
    kjent = kjent_om_tiltaket(evaluering, rad.tiltak, meldt)
    forrige, neste, nummer = naboene(arbeid, rad.tiltak)

    def hent():
        koordinerer_fremdeles(request, kommune)
        den = get_object_or_404(_evalueringene(kommune), pk=pk)
        funnet = Tiltaksvurdering.objects.filter(evaluering=den, tiltak=tiltak).first()
        vurdering = funnet or Tiltaksvurdering(tiltak=rad.tiltak)
        vurdering.evaluering = den
        return vurdering

    def bygg(vurdering, data):
        ny = data is None and HENT in request.GET
        return vurderingsskjema(vurdering, data, kjent=kjent, hent=ny)

    def til(annet):
        return annet and reverse(
            "evaluering:evaluering_tiltak", args=[kommune.slug, pk, annet.pk]
        )

    def ferdig(vurdering):
        if vurdering.er_vurdert:
            messages.success(request, _("Vurderingen av «%s» er lagret.") % rad.tiltak)
        else:
            tekst = _(
                "Det som står om «%s», er lagret. Tiltaket regnes som vurdert når du også "
                "har valgt hva som skjer videre."
            )
            messages.info(request, tekst % rad.tiltak)
        return redirect(til(neste) or _arbeidet_med(evaluering))

    return skjemaside(
        request,
        kommune,
        hent=hent,
        bygg=bygg,
        mal="evaluering/vurdering/tiltak.html",
        ferdig=ferdig,
        kontekst=lambda vurdering: {
            "kommune": kommune,
            "evaluering": evaluering,
            "overskrift": str(rad.tiltak),
            "tiltak": rad.tiltak,
            "omrade": _hovedomradet(rad.tiltak),
            "notatene": [(n, _antallet(n)) for n in meldt],
            "er_ny": vurdering.pk is None,
            "er_fylt_ut": any(kjent.forslag.values()),
            "arbeid": arbeid,
            "nummer": nummer,
            "forrige": til(forrige),
            "neste": til(neste),
            "tilbake": _arbeidet_med(evaluering),
            "knapp": _("Lagre og gå til neste") if neste else _("Lagre"),
        },
    )


def _hovedomradet(tiltak):
    return next(s.innsatsomrade for s in tiltak.plasseringer.all() if s.hoved)


def _antallet(notat):
    """How many were reached, in words that tell of no few; "" where nobody said."""
    if notat.antall is None:
        return ""
    return f"{antall_i_ord(notat.antall)} {notat.antall_av}".strip()


@koordinators
def evaluering_slett(request, kommune, pk):
    """Removes one that is not finished, with all that was written in it."""
    hva = Sletting(
        folger=_("Evalueringen og alt som er skrevet i den, blir borte."),
        i_stedet=_("Åpne den igjen først, hvis den er ferdig."),
        avbryt=reverse("evaluering:evaluering_arbeid", args=[kommune.slug, pk]),
        etterpa=reverse("evaluering:evalueringene", args=[kommune.slug]),
    )
    rader = kommune.evalueringer.filter(ferdig=None)
    return radside.slett(request, kommune, rader, pk, lambda _rad: hva)


# Finishing it -----------------------------------------------------------------------------


FERDIG = Ferdigstilling(
    slag=Dokument.Slag.EVALUERING,
    rader=_evalueringene,
    utgave=lambda evaluering: Evalueringsutgave(evaluering, som_ferdig=True),
    tilbake=_arbeidet_med,
    pdf=_pdf,
    mangler=lambda evaluering, bruker: ubesvart(
        evaluering, arbeidet(evaluering), bruker
    ),
    hvem=gettext_lazy(
        "Politirådet kan lese den. Etterpå velger du selv om alle skal kunne det."
    ),
    mal="evaluering/vurdering/ferdig.html",
    mer=lambda evaluering: {"arbeid": arbeidet(evaluering)},
)
evaluering_ferdig = require_http_methods(["GET", "HEAD", "POST"])(
    for_koordinator(FERDIG.ferdig)
)
evaluering_apne = require_http_methods(["GET", "POST"])(for_koordinator(FERDIG.apne))
evaluering_publiser = require_POST(for_koordinator(FERDIG.publiser))
