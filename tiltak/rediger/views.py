"""The forms on the site, of coordinators and of those who keep a tjeneste: each a page of
its own, and opened in place where the plan is written."""

from functools import partial

from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles import radside
from slt.felles.arbeidskommune import valgt_kommune
from slt.felles.bevart import i_malformen
from slt.felles.radside import MAL, historikken, koordinators
from slt.felles.sider import for_koordinator, kan_endre, koordinerer_fremdeles, las_egen
from slt.felles.skjemaside import hele_siden, i_siden, skjemaside
from slt.felles.start import fra_start
from slt.felles.tekstredigering import TEKSTREDIGERING
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Tiltak,
    Tjeneste,
)
from tiltak.publisering import PUBLISERES, publiser, upubliserte
from tiltak.rediger.forms.kontakter import kontaktpunktskjema, tjenesteskjema
from tiltak.rediger.forms.plan import (
    kapittelskjema,
    nyplanskjema,
    omradeskjema,
    planskjema,
)
from tiltak.rediger.forms.tiltak import tiltaksskjema
from tiltak.rediger.planen import adressen, planen_fra, raden_anew, strukturen

APNE = Handlingsplan.objects.exclude(status=Handlingsplan.Status.AVLOST)


def _endreside(view):
    """Decorator of a page with a form and the text editor, in the language of the
    kommune; nothing keeps it."""
    view = require_http_methods(["GET", "POST"])(i_malformen(view))
    return never_cache(csp_update(TEKSTREDIGERING)(view))


def _spor_igjen(request, kommune):
    """When something is to be saved, the kommune is locked: perhaps the right was ended
    while they waited."""
    if request.method == "POST":
        koordinerer_fremdeles(request, kommune)


# What stands in a plan ----------------------------------------------------------------


@koordinators
def tiltak_endre(request, kommune, pk):
    """All that is said of a tiltak, a deltiltak or a tilbud, but where it stands."""
    rader = Tiltak.objects.select_related(
        "kommune", "plan__kommune", "plan__rekke", "overordnet__plan__kommune"
    ).exclude(plan__status=Handlingsplan.Status.AVLOST)

    def kontekst(tiltak):
        pa_sted = tiltak.ansvar.exclude(plassering=None)
        return {
            "ansvar_pa_sted": pa_sted.order_by(
                "plassering", "rekkefolge"
            ).select_related("plassering__innsatsomrade", "tjeneste"),
        }

    return _plandelside(
        request,
        kommune,
        rader.filter(kommune=kommune),
        pk,
        tiltaksskjema,
        mal="tiltak/disposisjon/tiltaksskjema.html",
        mer=kontekst,
    )


@koordinators
def kapittel_endre(request, kommune, pk):
    """A chapter."""
    rader = Kapittel.objects.filter(plan__in=APNE, plan__kommune=kommune)
    return _plandelside(request, kommune, rader, pk, kapittelskjema)


@koordinators
def innsatsomrade_endre(request, kommune, pk):
    """An innsatsområde and what it is to reach."""
    rader = Innsatsomrade.objects.filter(plan__in=APNE, plan__kommune=kommune)
    return _plandelside(request, kommune, rader, pk, omradeskjema)


@koordinators
def plan_endre(request, kommune, pk):
    """What the plan says of itself, its goals, and the documents it rests on."""
    rader = APNE.filter(kommune=kommune).select_related("kommune", "rekke")
    return _plandelside(request, kommune, rader, pk, planskjema)


@koordinators
def plan_lag(request, kommune):
    """Begins a plan: a title and its years are enough."""

    def lag():
        rekker = kommune.planrekker.order_by("-hoved", "pk")
        return Handlingsplan(kommune=kommune, rekke=rekker.first())

    return radside.ny(
        request,
        kommune,
        lag=lag,
        bygg=nyplanskjema,
        overskrift=_("Ny plan"),
        avbryt=kommune.get_absolute_url(),
        etterpa=adressen,
        mal="tiltak/disposisjon/plan_ny.html",
        mer={"gjeldende": kommune.planer.gjeldende().select_related("rekke")},
    )


@koordinators
def kapittel_nytt(request, kommune, plan):
    """Adds a chapter."""
    return _ny_plandel(
        request, kommune, plan, Kapittel, kapittelskjema, _("Nytt kapittel")
    )


@koordinators
def innsatsomrade_nytt(request, kommune, plan):
    """Adds an innsatsområde."""
    return _ny_plandel(
        request, kommune, plan, Innsatsomrade, omradeskjema, _("Nytt innsatsområde")
    )


def _ny_plandel(request, kommune, plan, modell, bygg, overskrift):
    def hent():
        _spor_igjen(request, kommune)
        planer = APNE.filter(kommune=kommune).select_related("kommune", "rekke")
        return modell(plan=get_object_or_404(planer, slug=plan))

    def ferdig(rad):
        messages.success(request, _("«%s» er lagt til.") % rad)
        nokkel = f"{modell._meta.model_name}-{rad.pk}"
        return strukturen(request, rad.plan, nokkel)

    return skjemaside(
        request,
        kommune,
        hent=hent,
        bygg=bygg,
        mal=MAL,
        ferdig=ferdig,
        kontekst=lambda rad: {
            "kommune": kommune,
            "overskrift": overskrift,
            "tilbake": adressen(rad.plan, f"nytt_{modell._meta.model_name}"),
            "i_disposisjonen": i_siden(request),
        },
    )


def _plandelside(request, kommune, rader, pk, bygg, *, mal=MAL, mer=lambda rad: {}):
    """The form of a row of a plan; when it is saved, the way back to where it was opened."""
    plan = planen_fra(request, kommune) if "i" in request.GET else None
    nokkel = request.GET.get("rad", "")

    def hent():
        _spor_igjen(request, kommune)
        return get_object_or_404(rader.all(), pk=pk)

    def ferdig(rad):
        if plan and rad != plan and i_siden(request):
            return raden_anew(request, plan, nokkel)
        messages.success(request, _("Endringen er lagret."))
        if i_siden(request):
            # What the page says above its rows may have changed, and its address.
            return hele_siden(adressen(rad) if rad == plan else tilbake(rad))
        return redirect(tilbake(rad))

    def tilbake(rad):
        if rad == plan:
            return adressen(rad, nokkel)
        if plan is None and isinstance(rad, Kapittel):
            # A chapter has no page of its own.
            return adressen(rad.plan, f"kapittel-{rad.pk}")
        return adressen(plan, nokkel) if plan else rad.get_absolute_url()

    def kontekst(rad):
        navn = str(rad)
        return {
            "kommune": kommune,
            "overskrift": _("Endre %s") % navn,
            "tilbake": tilbake(rad),
            "historikk": partial(historikken, request, rad, kommune),
            "i_disposisjonen": i_siden(request),
            "i_admin_her": valgt_kommune(request) == kommune,
            "rad": rad,
            "slettes": _slettes(rad),
            **mer(rad),
        }

    return skjemaside(
        request,
        kommune,
        hent=hent,
        bygg=bygg,
        mal=mal,
        ferdig=ferdig,
        kontekst=kontekst,
    )


def _slettes(rad):
    """Where the row is removed; empty for what stands fast."""
    plan = None if isinstance(rad, Handlingsplan) else rad.plan
    if plan is None or not rad.kan_slettes:
        return ""
    args = [plan.kommune.slug, rad._meta.model_name, rad.pk]
    return reverse("tiltak:slett", args=args)


# Tjenester and contact points ---------------------------------------------------------


@_endreside
def tjeneste_endre(request, kommune, pk):
    """A tjeneste and the ways to reach it."""
    rader = Tjeneste.objects.select_related("kommune").endres_av(request.user)
    return _kontaktside(
        request, rader.filter(kommune__slug=kommune), pk, tjenesteskjema
    )


@_endreside
def kontaktpunkt_endre(request, kommune, pk):
    """A telephone number, an address, and when it was last confirmed."""
    rader = Kontaktpunkt.objects.select_related("tjeneste__kommune").endres_av(
        request.user
    )
    rader = rader.filter(tjeneste__kommune__slug=kommune)
    return _kontaktside(request, rader, pk, kontaktpunktskjema)


def _kontaktside(request, rader, pk, bygg):
    rad = get_object_or_404(rader, pk=pk)
    kommune = _tjenesten_til(rad).kommune
    fra = _fra_start(request, kommune)

    def hent():
        # When it is saved, the kommune is locked: perhaps the right was ended meanwhile.
        sendt = request.method == "POST"
        return get_object_or_404(rader.all(), pk=pk) if sendt else rad

    def ferdig(rad):
        messages.success(request, _("Endringen er lagret."))
        return redirect(fra or _tjenesten_til(rad).get_absolute_url())

    return skjemaside(
        request,
        kommune,
        hent=hent,
        # Asked again when the kommune is locked, as for the row.
        bygg=lambda rad, data: bygg(
            rad, data, bruker=request.user, alt=kan_endre(request.user, kommune)
        ),
        mal=MAL,
        ferdig=ferdig,
        kontekst=lambda rad: {
            "kommune": kommune,
            "overskrift": _("Endre %s") % rad,
            "tilbake": fra or _tjenesten_til(rad).get_absolute_url(),
            "historikk": partial(historikken, request, rad, kommune),
        },
    )


@koordinators
def tjeneste_ny(request, kommune):
    """Makes a tjeneste, and how it is reached."""
    fra = _fra_start(request, kommune)
    return radside.ny(
        request,
        kommune,
        lag=lambda: Tjeneste(kommune=kommune),
        bygg=lambda rad, data: tjenesteskjema(rad, data, bruker=request.user, alt=True),
        overskrift=_("Ny tjeneste"),
        avbryt=fra or reverse("tiltak:tjeneste_list", args=[kommune.slug]),
        etterpa=lambda rad: fra or rad.get_absolute_url(),
    )


def _fra_start(request, kommune):
    """The start, the meeting or the list of what was reported, where a coordinator opened
    the page there; else empty."""
    if not kan_endre(request.user, kommune):
        return ""
    if fra_start(request):
        return reverse("start", args=[kommune.slug])
    siden = FRA.get(request.GET.get("fra"))
    return reverse(siden, args=[kommune.slug]) if siden else ""


# The pages that lead to a contact point, or a tjeneste, and wait for who went there.
FRA = {"mote": "tiltak:kontaktmote", "feil": "tiltak:feilmelding_list"}


def _tjenesten_til(rad):
    return rad.tjeneste if isinstance(rad, Kontaktpunkt) else rad


# Publishing -----------------------------------------------------------------------------


@require_safe
@for_koordinator
def upublisert(request, kommune, plan):
    """What is not public yet of a plan that holds, each with a way to make it so."""
    plan = get_object_or_404(kommune.planer.gjeldende(), slug=plan)
    plan.kommune = kommune
    grupper = upubliserte(plan)
    return render(
        request,
        "tiltak/upublisert.html",
        {
            "kommune": kommune,
            "plan": plan,
            "grupper": grupper,
            "uskrevne": plan.kapitler.uskrevne().filter(publisert=False),
        },
    )


@require_POST
@for_koordinator
def publiser_del(request, kommune, hva, pk):
    """Makes it public; what is so already, stays so."""
    with transaction.atomic():
        las_egen(request, kommune)
        rader = PUBLISERES[hva].objects.filter(
            plan__kommune=kommune,
            plan__status=Handlingsplan.Status.GJELDENDE,
        )
        rad = get_object_or_404(rader.select_related("plan__kommune"), pk=pk)
        try:
            if rad.publisert is False:
                publiser(rad)
        except ValidationError as feil:
            messages.warning(request, feil.message)
        else:
            messages.success(request, _("«%s» er publisert.") % rad)
    if plan := planen_fra(request, kommune):
        return redirect(adressen(plan, request.GET.get("rad", "")))
    return redirect("tiltak:upublisert", kommune.slug, rad.plan.slug)
