"""What those who answer for a tjeneste would have otherwise: the coordinator takes it in,
or sets it aside."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from slt.felles.radside import koordinators
from slt.felles.sider import (
    for_koordinator,
    hent_side,
    koordinerer_fremdeles,
    las_egen,
)
from slt.felles.skjemaside import skjemaside
from tiltak.models import Endringsforslag, Kontaktpunkt, Runde
from tiltak.runder.forms import AvvisForm, redigert
from tiltak.runder.forslag import (
    TIDER,
    ULESELIG,
    avvis,
    er_lesbart,
    forskjellene,
    godta,
    merke,
    overskriften,
    tatt_inn,
    tekstene,
    tidene_i_ord,
)
from tiltak.runder.slag import SLAG, med_emner
from tiltak.runder.statusforslag import merke_uendrede, ta_inn_uendrede, uendrede

PA_EN_SIDE = 50
ALLEREDE = gettext_lazy("Forslaget er allerede behandlet.")
ENDRET = gettext_lazy(
    "Noen endret det som står der, mens du leste. Se en gang til før du tar det inn."
)
ANDRE = gettext_lazy(
    "Det er kommet andre svar mens du leste, eller noen har tatt dem inn. Se gjennom en "
    "gang til, og trykk igjen."
)
IKKE_UTFORT = gettext_lazy("Forslaget kunne ikke utføres: %s")


def _forslagene(request, kommune):
    rader = Endringsforslag.objects.synlige_for(request.user)
    rader = rader.filter(tjeneste__kommune=kommune)
    return rader.select_related(
        "tjeneste__kommune", "kontaktpunkt__tjeneste", "tiltak__kommune"
    )


@require_safe
@for_koordinator
def forslag(request, kommune):
    """What waits, each against what stands today."""
    return _forslagsside(request, kommune)


def _rundens(request, kommune):
    """The Runde to whose answers the address keeps the list, or None."""
    pk = request.GET.get("runde", "")
    if not pk.isdecimal():
        return None
    rader = Runde.objects.synlige_for(request.user)
    return rader.filter(kommune=kommune, pk=pk[:18]).first()


def _som_vises(request, kommune, runde):
    rader = _forslagene(request, kommune)
    return rader if runde is None else rader.filter(foresporsel__runde=runde)


def _forslagsside(request, kommune, skjema=None):
    """The list; of one proposal with the form that was sent and could not be taken."""
    runde = _rundens(request, kommune)
    vises = _som_vises(request, kommune, runde)
    rader = vises.som_venter()
    rader = rader.prefetch_related("kontaktpunkt__apningstider")
    side = hent_side(request, rader, PA_EN_SIDE)
    forslagene = med_emner(side.object_list)
    for rad in forslagene:
        rad.overskrift = overskriften(rad)
        rad.forskjeller = forskjellene(rad)
        rad.merket = merke(rad, rad.forskjeller)
        rad.tekstene = tekstene(rad)
        rad.skjema = AvvisForm(instance=rad, auto_id=f"{rad.pk}_%s")
        if skjema is not None and skjema.instance.pk == rad.pk:
            rad.skjema = skjema
    alle = uendrede(vises)
    return render(
        request,
        "tiltak/runder/forslag.html",
        {
            "kommune": kommune,
            "forslagene": forslagene,
            "page_obj": side,
            "adresse_uten_side": f"runde={runde.pk}" if runde else "",
            "runde": runde,
            "uendrede": len(alle),
            "merke_uendrede": merke_uendrede(alle),
        },
        status=200 if skjema is None else 422,
    )


@require_POST
@for_koordinator
def forslag_uendret(request, kommune):
    """All those are taken in that say that it goes as it went: if they are those seen."""
    listen = redirect("tiltak:forslag", kommune.slug)
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            runde = _rundens(request, kommune)
            alle = uendrede(_som_vises(request, kommune, runde))
            if request.POST.get("sett") != merke_uendrede(alle):
                messages.error(request, ANDRE)
                return listen
            antall = ta_inn_uendrede(alle)
    except ValidationError as feil:
        messages.error(request, IKKE_UTFORT % " ".join(feil.messages))
        return listen
    tekst = ngettext("%d svar er tatt inn.", "%d svar er tatt inn.", antall)
    messages.success(request, tekst % antall)
    return listen


@require_POST
@for_koordinator
def forslag_godta(request, kommune, pk):
    """It is carried out as it stands, if what it was seen against stands there still."""
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            [rad] = med_emner([get_object_or_404(_forslagene(request, kommune), pk=pk)])
            if rad.venter and request.POST.get("sett") != merke(rad, forskjellene(rad)):
                messages.error(request, ENDRET)
                return redirect("tiltak:forslag", kommune.slug)
            er_gjort = godta(rad)
    except ValidationError as feil:
        messages.error(request, IKKE_UTFORT % " ".join(feil.messages))
    else:
        if er_gjort:
            messages.success(request, _("Forslaget er tatt inn."))
        else:
            messages.info(request, ALLEREDE)
    return redirect("tiltak:forslag", kommune.slug)


@koordinators
def forslag_endre(request, kommune, pk):
    """It is carried out in other words: the form begins with what is proposed."""
    kan_endres = Endringsforslag.REDIGERES
    rader = _forslagene(request, kommune).filter(slag__in=kan_endres)
    forslaget = get_object_or_404(rader, pk=pk)
    listen = reverse("tiltak:forslag", args=[kommune.slug])
    if not forslaget.venter:
        messages.info(request, ALLEREDE)
        return redirect(listen)
    if not er_lesbart(forslaget):
        messages.error(request, ULESELIG)
        return redirect(listen)

    def hent():
        koordinerer_fremdeles(request, kommune)
        # Of two who answer it, one does.
        rad = get_object_or_404(rader.som_venter(), pk=pk)
        if annens := SLAG.get(rad.slag):
            return annens.rad(rad)
        return rad.kontaktpunkt or rad.tiltak or Kontaktpunkt(tjeneste=rad.tjeneste)

    def lagret(rad):
        tatt_inn(forslaget, rad)
        messages.success(request, _("Forslaget er tatt inn, slik du skrev det."))
        return redirect(listen)

    return skjemaside(
        request,
        kommune,
        hent=hent,
        bygg=lambda rad, data: redigert(
            rad, data, forslag=forslaget, bruker=request.user
        ),
        mal="skjema/endre.html",
        ferdig=lagret,
        kontekst=lambda _rad: {
            "kommune": kommune,
            "overskrift": overskriften(forslaget),
            "ingress": _om_forslaget(forslaget),
            "tilbake": listen,
        },
    )


def _om_forslaget(forslaget):
    """What is proposed beside what the form begins with."""
    tider = tidene_i_ord(forslaget.innhold.get(TIDER, []))
    deler = [
        f"{forslaget.tjeneste}.",
        tider and _("Foreslåtte åpningstider: %s.") % tider,
        forslaget.merknad,
    ]
    return " ".join(filter(None, deler))


@require_POST
@for_koordinator
def forslag_avvis(request, kommune, pk):
    """It is not carried out."""
    with transaction.atomic():
        las_egen(request, kommune)
        rad = get_object_or_404(_forslagene(request, kommune), pk=pk)
        sendt_ = {"svar": request.POST.get("svar", "")}
        skjema = AvvisForm(sendt_, instance=rad, auto_id=f"{rad.pk}_%s")
        if not skjema.is_valid():
            return _forslagsside(request, kommune, skjema)
        if avvis(rad, skjema.cleaned_data["svar"]):
            messages.success(request, _("Forslaget er lagt til side."))
        else:
            messages.info(request, ALLEREDE)
    return redirect("tiltak:forslag", kommune.slug)
