"""The pages on which a coordinator makes a report, finishes it and shows it, and those on
which others read it."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.generic import DetailView, ListView

from evaluering.ferdigstilling import Ferdigstilling
from evaluering.models import Rapport
from evaluering.rapporter.dokument import Rapportutgave
from evaluering.rapporter.forms import NyRapportForm, foreslatt, rapportskjema
from evaluering.rapporter.innhold import mulige, skrevet, som_side
from evaluering.rapporter.lysbilder import PPTX, lysbilder
from slt.felles import radside
from slt.felles.dokument import dokumentsvar, pdfsvar, skadet, wordsvar
from slt.felles.radside import Sletting, koordinators
from slt.felles.sider import (
    OFFENTLIG,
    IKommunen,
    for_koordinator,
    koordinerer_fremdeles,
)
from slt.felles.skjemaside import skjemaside
from slt.models import Dokument


def _med_alt(rader):
    rader = rader.select_related(
        "kommune",
        "plan__kommune",
        "plan__rekke",
        "tjeneste__kommune",
        "siden__forum",
        "dokument",
    )
    return rader.defer("dokument__innhold")


def _rapportene(kommune):
    return _med_alt(kommune.rapporter.all())


def _en(kommune, pk):
    return get_object_or_404(_rapportene(kommune), pk=pk)


def _arbeidet_med(rapport):
    return reverse("evaluering:rapport_arbeid", args=[rapport.kommune.slug, rapport.pk])


def _pdf(rapport):
    return reverse("evaluering:rapport_pdf", args=[rapport.kommune.slug, rapport.pk])


# Reading ----------------------------------------------------------------------------------


def _synlige(bruker, kommune):
    """Those that the asker may read of a kommune (its address)."""
    rader = Rapport.objects.synlige_for(bruker).filter(kommune__slug=kommune)
    return _med_alt(rader)


@method_decorator(OFFENTLIG, name="dispatch")
class RapportListView(IKommunen, ListView):
    """The reports of a kommune, the newest first."""

    template_name = "evaluering/rapporter/rapport_list.html"
    context_object_name = "rapporter"

    def get_queryset(self):
        rader = _synlige(self.request.user, self.kommune.slug)
        return rader.order_by("-til_dato", "-pk")


@method_decorator(OFFENTLIG, name="dispatch")
class RapportDetailView(IKommunen, DetailView):
    """What a report says: when it is finished, what it said then."""

    template_name = "evaluering/rapporter/rapport_detail.html"
    context_object_name = "rapport"

    def get_queryset(self):
        return _synlige(self.request.user, self.kommune.slug)

    def get_context_data(self, **kwargs):
        apen = not self.object.er_ferdig
        return super().get_context_data(
            kapitlene=skrevet(self.object) if apen else [], **kwargs
        )


@login_not_required
@require_safe
def rapport_pdf(request, kommune, pk):
    """The document: the frozen one of a finished report, byte by byte; of another, as it
    stands."""
    rapport = get_object_or_404(_synlige(request.user, kommune), pk=pk)
    if not rapport.er_ferdig:

        def hent_utgave():
            den = get_object_or_404(_synlige(request.user, kommune), pk=pk)
            if den.er_ferdig:
                raise Http404("finished meanwhile")
            return Rapportutgave(den)

        return dokumentsvar(request, hent_utgave)
    dokument = rapport.dokument
    if not dokument.er_uskadd:
        return skadet(request, dokument, kommune=rapport.kommune)
    return pdfsvar(
        request,
        bytes(dokument.innhold),
        filnavn=dokument.filnavn,
        apent=rapport.publisert,
    )


# Writing it -------------------------------------------------------------------------------


@require_safe
@for_koordinator
def rapportene(request, kommune):
    """The reports of the kommune, finished or not."""
    rader = _rapportene(kommune).order_by("-til_dato", "-pk")
    kontekst = {"kommune": kommune, "rapporter": rader}
    return render(request, "evaluering/rapporter/rapportene.html", kontekst)


@koordinators
def rapport_ny(request, kommune):
    """What is to be reported; then its period and its chapters, as they are proposed."""
    valg = NyRapportForm(
        request.GET if "slag" in request.GET else None, kommune=kommune
    )
    liste = reverse("evaluering:rapportene", args=[kommune.slug])
    if not (valg.is_bound and valg.is_valid()):
        status = 422 if valg.is_bound or request.method == "POST" else 200
        kontekst = {"kommune": kommune, "skjema": valg, "tilbake": liste}
        mal = "evaluering/rapporter/ny.html"
        return render(request, mal, kontekst, status=status)
    slag, tjeneste = valg.cleaned_data["slag"], valg.cleaned_data["tjeneste"]
    return radside.ny(
        request,
        kommune,
        lag=lambda: foreslatt(kommune, request.user, slag, tjeneste),
        bygg=partial(rapportskjema, bruker=request.user),
        overskrift=_("Ny rapport"),
        ingress=Rapport.Slag(slag).label.capitalize(),
        avbryt=liste,
        etterpa=_arbeidet_med,
    )


@require_safe
@for_koordinator
def rapport_arbeid(request, kommune, pk):
    """What the report holds, and the ways on."""
    rapport = _en(kommune, pk)
    kapitlene = [] if rapport.er_ferdig else skrevet(rapport)
    med = {s.kapittel.nokkel for s in kapitlene}
    return render(
        request,
        "evaluering/rapporter/arbeid.html",
        {
            "kommune": kommune,
            "rapport": rapport,
            "kapitlene": kapitlene,
            # Chosen, and with nothing to tell.
            "tomme": [
                k.tittel
                for k in ([] if rapport.er_ferdig else mulige(rapport))
                if k.nokkel in rapport.kapitler and k.nokkel not in med
            ],
        },
    )


@koordinators
def rapport_endre(request, kommune, pk):
    """Its period, its introduction and its chapters."""
    rapport = _en(kommune, pk)
    if rapport.er_ferdig and request.method == "GET":
        return redirect(_arbeidet_med(rapport))

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
        bygg=partial(rapportskjema, bruker=request.user),
        mal=radside.MAL,
        ferdig=ferdig,
        kontekst=lambda den: {
            "kommune": kommune,
            "overskrift": _("Endre %s") % den,
            "tilbake": _arbeidet_med(den),
            "slettes": reverse("evaluering:rapport_slett", args=[kommune.slug, den.pk]),
        },
    )


@koordinators
def rapport_slett(request, kommune, pk):
    """Removes one that is not finished."""
    hva = Sletting(
        folger=_("Innledningen og valgene i den blir borte. Dataene blir stående."),
        i_stedet=_("Åpne den igjen først, hvis den er ferdig."),
        avbryt=reverse("evaluering:rapport_arbeid", args=[kommune.slug, pk]),
        etterpa=reverse("evaluering:rapportene", args=[kommune.slug]),
    )
    rader = kommune.rapporter.filter(ferdig=None)
    return radside.slett(request, kommune, rader, pk, lambda _rad: hva)


# In other programs ------------------------------------------------------------------------


@require_safe
@for_koordinator
def rapport_word(request, kommune, pk):
    """What the data say now, to go on with in Word."""
    return wordsvar(request, Rapportutgave(_en(kommune, pk)))


@require_safe
@for_koordinator
def rapport_lysbilder(request, kommune, pk):
    """What the data say now, as slides to go on with."""
    rapport = _en(kommune, pk)
    svar = HttpResponse(lysbilder(rapport), content_type=PPTX)
    filnavn = Rapportutgave(rapport).filnavn.removesuffix(".pdf")
    svar["Content-Disposition"] = f'attachment; filename="{filnavn}.pptx"'
    svar["Cache-Control"] = "private, no-store"
    return svar


# Finishing it -----------------------------------------------------------------------------


def _mangler(rapport, _bruker):
    if rapport.til_politiradet and not rapport.bes_om:
        return [_("Det står ikke hva politirådet bes ta stilling til.")]
    return []


def _ta_vare_pa_siden(rapport):
    rapport.side = som_side(rapport)


FERDIG = Ferdigstilling(
    slag=Dokument.Slag.RAPPORT,
    rader=_rapportene,
    utgave=lambda rapport: Rapportutgave(rapport, som_ferdig=True),
    tilbake=_arbeidet_med,
    pdf=_pdf,
    mangler=_mangler,
    hvem=gettext_lazy("Politirådet kan lese den."),
    for_frysing=_ta_vare_pa_siden,
)
rapport_ferdig = require_http_methods(["GET", "HEAD", "POST"])(
    for_koordinator(FERDIG.ferdig)
)
rapport_apne = require_http_methods(["GET", "POST"])(for_koordinator(FERDIG.apne))
rapport_publiser = require_POST(for_koordinator(FERDIG.publiser))
