"""The pages on which a coordinator keeps the activities: the list of a year, one of them,
what is missing when they are over, and those of last year that are held again."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from moter.aktiviteter.forms import (
    GjentaForm,
    GjentaValgForm,
    aktivitetskjema,
    etterpaskjema,
)
from moter.aktiviteter.gjenta import gjentatt, som_kan_gjentas
from moter.aktiviteter.oversikt import arene, arets, oppmote, per_maned
from moter.aktiviteter.views import valgt_ar
from moter.models import Aktivitet
from slt.felles import radside
from slt.felles.innstillinger import hent_egen
from slt.felles.radside import Sletting, koordinators
from slt.felles.sider import for_koordinator, las_egen, sendt
from slt.felles.skjemaside import skjemaside
from slt.grunn.historikk import opprett_mange


def listen(kommune, ar=None):
    adresse = reverse("moter:aktiviteter_endre", args=[kommune.slug])
    return f"{adresse}?ar={ar}" if ar else adresse


def _til_raden(rad):
    return f"{listen(rad.kommune, rad.dato.year)}#aktivitet-{rad.pk}"


@require_safe
@for_koordinator
def aktiviteter_endre(request, kommune):
    """The activities of a year, with what is to be done with them: 7 queries."""
    ar = valgt_ar(request)
    rader = arets(kommune, ar, request.user)
    return render(
        request,
        "moter/aktiviteter/endre.html",
        {
            "kommune": kommune,
            "ar": ar,
            "arene": sorted({*arene(kommune, request.user), ar}, reverse=True),
            "maneder": per_maned(rader),
            "oppmote": oppmote(rader),
            "mangler": kommune.aktiviteter.som_mangler().count(),
            "kan_gjentas": som_kan_gjentas(kommune, ar - 1).count(),
        },
    )


@koordinators
def aktivitet_ny(request, kommune):
    """What it is and when; the rest for who has it at hand."""
    return radside.ny(
        request,
        kommune,
        lag=lambda: Aktivitet(kommune=kommune),
        bygg=aktivitetskjema,
        overskrift=_("Ny aktivitet"),
        ingress=_("Tittel, slag og dato er nok. Resten kan du fylle ut siden."),
        avbryt=listen(kommune),
        etterpa=_til_raden,
    )


@koordinators
def aktivitet_endre(request, kommune, pk):
    return radside.endre(
        request,
        kommune,
        kommune.aktiviteter.select_related("kommune"),
        pk,
        bygg=aktivitetskjema,
        etterpa=_til_raden,
        slettes="moter:aktivitet_slett",
    )


@koordinators
def aktivitet_slett(request, kommune, pk):
    def hva(rad):
        return Sletting(
            folger=_(
                "Aktiviteten blir borte fra listene, kalenderen og rapportene. Ble den "
                "ikke holdt, merker du den som avlyst i stedet."
            ),
            i_stedet="",
            avbryt=reverse("moter:aktivitet_endre", args=[kommune.slug, rad.pk]),
            etterpa=listen(kommune, rad.dato.year),
        )

    rader = kommune.aktiviteter.select_related("kommune")
    return radside.slett(request, kommune, rader, pk, hva)


@koordinators
def aktiviteter_etterpa(request, kommune):
    """How many came and how it went, of several at once."""

    def ferdig(_kommune):
        messages.success(request, _("Endringene er lagret."))
        return redirect(listen(kommune))

    return skjemaside(
        request,
        kommune,
        hent=lambda: hent_egen(request, kommune),
        bygg=etterpaskjema,
        mal="skjema/endre.html",
        ferdig=ferdig,
        kontekst=lambda _kommune: {
            "kommune": kommune,
            "overskrift": _("Hvor mange kom, og hvordan gikk det?"),
            "ingress": _(
                "Aktivitetene som er over, og mangler noe. Det du ikke vet, lar du stå."
            ),
            "tilbake": listen(kommune),
        },
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def aktiviteter_gjenta(request, kommune):
    """The activities of the year before, each with the day on which it would be held
    again. Those that are chosen are made together or not at all; sent twice, once."""
    ar = valgt_ar(request)
    if request.method == "POST":
        with transaction.atomic():
            las_egen(request, kommune)
            svar = _gjenta(request, kommune, ar)
    else:
        svar = _gjentasiden(
            request, kommune, ar, *_gjentaskjemaer(request, kommune, ar)
        )
    return svar


def _gjentaskjemaer(request, kommune, ar):
    rader = som_kan_gjentas(kommune, ar - 1)
    skjemaer = [GjentaForm(sendt(request), rad=rad) for rad in rader]
    return skjemaer, GjentaValgForm(sendt(request))


def _gjenta(request, kommune, ar):
    skjemaer, valg = _gjentaskjemaer(request, kommune, ar)
    if not all([valg.is_valid(), *(skjema.is_valid() for skjema in skjemaer)]):
        return _gjentasiden(request, kommune, ar, skjemaer, valg)
    nye = [
        gjentatt(
            s.rad, s.cleaned_data["dato"], publisert=valg.cleaned_data["publisert"]
        )
        for s in skjemaer
        if s.cleaned_data["med"]
    ]
    opprett_mange(nye)
    tekst = ngettext(
        "%d aktivitet er gjentatt.", "%d aktiviteter er gjentatt.", len(nye)
    )
    if nye:
        messages.success(request, tekst % len(nye))
    else:
        messages.info(request, _("Ingen flere ble gjentatt."))
    return redirect(listen(kommune, ar))


def _gjentasiden(request, kommune, ar, skjemaer, valg):
    har_feil = any(skjema.errors for skjema in skjemaer)
    return render(
        request,
        "moter/aktiviteter/gjenta.html",
        {
            "kommune": kommune,
            "ar": ar,
            "i_fjor": ar - 1,
            "skjemaer": skjemaer,
            "valg": valg,
            "har_feil": har_feil,
            "tilbake": listen(kommune, ar),
        },
        status=422 if har_feil else 200,
    )
