"""The settings of a kommune, on the site: what leads to them all, and those of the kommune
itself."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from slt.felles.innstillinger import (
    INNSTILLINGER,
    Innstilling,
    hent_egen,
    side_med_rader,
)
from slt.felles.radside import historikken, koordinators
from slt.felles.sider import for_koordinator, koordinerer_fremdeles
from slt.felles.skjemaside import skjemaside
from slt.felles.start import fra_start
from slt.innstillinger.deler import delskjema
from slt.innstillinger.forms import (
    kommuneskjema,
    lokalomradeskjema,
    stederskjema,
    stedskjema,
)
from slt.models import Sted


@require_safe
@for_koordinator
def innstillinger(request, kommune):
    """Leads to all that is kept for the kommune."""
    seksjoner = [(tittel, list(finn(kommune))) for tittel, finn in INNSTILLINGER]
    return render(
        request,
        "slt/innstillinger.html",
        {
            "kommune": kommune,
            "seksjoner": [
                (_("Kommunen"), _kommunens(kommune)),
                *seksjoner,
                (_("Tilgang og spor"), _tilgangene(kommune)),
            ],
        },
    )


def _kommunens(kommune):
    return [
        Innstilling(
            _("Om kommunen"),
            _(
                "Telefon og e-post, målform, farge, personvern, og det dere kaller nivåene "
                "i SLT-modellen."
            ),
            reverse("innstillinger_kommune", args=[kommune.slug]),
        ),
        Innstilling(
            _("Lokalområder"),
            _("Delene av kommunen som steder, tiltak og møter kan gjelde."),
            reverse("innstillinger_lokalomrader", args=[kommune.slug]),
        ),
        Innstilling(
            _("Steder"),
            _("Skoler, klubber og andre steder der unge er."),
            reverse("innstillinger_steder", args=[kommune.slug]),
        ),
        Innstilling(
            _("Startsett"),
            _("Temaer, tjenester, fora og kapitler som de fleste kommuner trenger."),
            reverse("startsett", args=[kommune.slug]),
        ),
        Innstilling(
            _("Deler som slås på"),
            _("Det kommunen bør tenke gjennom før det vises for alle."),
            reverse("innstillinger_deler", args=[kommune.slug]),
        ),
    ]


def _tilgangene(kommune):
    return [
        Innstilling(
            _("Hvem som har tilgang"),
            _("Gi og avslutt tilgang, og lag lenker for samarbeidspartnere."),
            reverse("tilganger", args=[kommune.slug]),
        ),
        Innstilling(
            _("Slettet de siste 30 dagene"),
            _("Hent tilbake det som ble slettet ved en feil."),
            reverse("slettet", args=[kommune.slug]),
        ),
        Innstilling(
            _("Min side"),
            _("Passord, kalender, og nettstedet slik andre ser det."),
            reverse("konto:min_side"),
        ),
        Innstilling(
            _("Administrasjon"),
            _("Alt sammen, også det som sjelden endres, og historikken."),
        ),
    ]


@koordinators
def om_kommunen(request, kommune):
    """What people read of the kommune, and how its pages look. Leads back to where it was
    opened: to the start, or to all settings."""
    side = "start" if fra_start(request) else "innstillinger"
    tilbake = reverse(side, args=[kommune.slug])

    def ferdig(_kommune):
        messages.success(request, _("Endringen er lagret."))
        return redirect(tilbake)

    return skjemaside(
        request,
        kommune,
        hent=lambda: hent_egen(request, kommune),
        bygg=kommuneskjema,
        mal="skjema/endre.html",
        ferdig=ferdig,
        kontekst=lambda _kommune: {
            "kommune": kommune,
            "overskrift": _("Om kommunen"),
            "ingress": _(
                "Navnet, kommunenummeret, nettadressen og e-postdomenene til ansatte "
                "endrer administratoren."
            ),
            "tilbake": tilbake,
            "historikk": partial(historikken, request, kommune, kommune),
        },
    )


@koordinators
def deler(request, kommune):
    """Which parts of the site are on."""
    tilbake = reverse("innstillinger", args=[kommune.slug])

    def ferdig(_kommune):
        messages.success(request, _("Endringen er lagret."))
        return redirect(tilbake)

    return skjemaside(
        request,
        kommune,
        hent=lambda: hent_egen(request, kommune),
        bygg=delskjema,
        mal="skjema/endre.html",
        ferdig=ferdig,
        kontekst=lambda _kommune: {
            "kommune": kommune,
            "overskrift": _("Deler som slås på"),
            "ingress": _(
                "Det som er av, finnes ikke for andre: verken i menyen, i søket eller på "
                "en egen side. Det dere har skrevet, blir liggende."
            ),
            "tilbake": tilbake,
            "historikk": partial(historikken, request, kommune, kommune),
        },
    )


@koordinators
def lokalomrader(request, kommune):
    """The parts of the kommune."""
    return side_med_rader(
        request,
        kommune,
        lokalomradeskjema,
        overskrift=_("Lokalområder"),
        ingress=_("Delene av kommunen som steder, tiltak og møter kan gjelde."),
    )


@koordinators
def steder(request, kommune):
    """Where young people are met."""
    return side_med_rader(
        request,
        kommune,
        stederskjema,
        overskrift=_("Steder"),
        ingress=_(
            "Skoler, klubber og andre steder der unge er. Er ett sted flere andre "
            "sammen, velger du typen «flere steder sammen» og lagrer. Så fører du opp "
            "hvilke."
        ),
    )


@koordinators
def sted(request, kommune, pk):
    """One sted, and those that it is made of."""
    tilbake = reverse("innstillinger_steder", args=[kommune.slug])

    def hent():
        koordinerer_fremdeles(request, kommune)
        rader = Sted.objects.select_related("kommune").filter(kommune=kommune)
        return get_object_or_404(rader, pk=pk)

    def ferdig(_sted):
        messages.success(request, _("Endringen er lagret."))
        return redirect(tilbake)

    def kontekst(rad):
        return {
            "kommune": kommune,
            "overskrift": _("Endre %s") % rad,
            "tilbake": tilbake,
            "historikk": partial(historikken, request, rad, kommune),
        }

    return skjemaside(
        request,
        kommune,
        hent=hent,
        bygg=stedskjema,
        mal="skjema/endre.html",
        ferdig=ferdig,
        kontekst=kontekst,
    )
