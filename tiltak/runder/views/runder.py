"""The rounds of a kommune: when they are, whom they ask of what, and who answered."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles.sider import for_koordinator, las_egen, sendt
from slt.models import Utsending
from tiltak.models import (
    Endringsforslag,
    Foresporsel,
    Runde,
    Tjeneste,
)
from tiltak.runder.brev import innledning
from tiltak.runder.gjenapning import gjenapningen, si_fra, uvitende
from tiltak.runder.lop import (
    er_juli,
    lag_runde,
    oppsettet,
    send,
    send_pa_nytt,
    spor_ogsa,
)
from tiltak.runder.lukket import Lest
from tiltak.runder.oversikt import Stand, oversikt, per_tilstand
from tiltak.runder.paminnelse import de_som_minnes, minnes_fra, purr
from tiltak.runder.rundeforms import OppsettForm, RundeForm
from tiltak.runder.utvalg import (
    STATUS,
    antall_spurt,
    spurt_og_uspurt,
    spurte_tjenester,
)


@require_safe
@for_koordinator
def runder(request, kommune):
    """All rounds, the newest first."""
    rader = list(Runde.objects.synlige_for(request.user).filter(kommune=kommune))
    return render(
        request,
        "tiltak/runder/runder.html",
        {
            "kommune": kommune,
            "runder": rader,
            "utkast": any(rad.er_utkast for rad in rader),
            "oppsett": oppsettet(kommune),
        },
    )


@require_POST
@for_koordinator
def runde_ny(request, kommune):
    """The round of this week, as a draft; the one that is there, where there is one."""
    with transaction.atomic():
        las_egen(request, kommune)
        dager = oppsettet(kommune).dager
        runde = lag_runde(kommune, timezone.localdate(), dager=dager)
    return redirect("tiltak:runde", kommune.slug, runde.pk)


def _runden(request, kommune, pk):
    rader = Runde.objects.synlige_for(request.user).filter(kommune=kommune)
    runde = get_object_or_404(rader, pk=pk)
    runde.kommune = kommune
    return runde


@require_http_methods(["GET", "POST"])
@for_koordinator
def runde(request, kommune, pk):
    """One round: who is asked, who answered, whose mail did not arrive."""
    if request.method == "GET":
        return _runde(request, _runden(request, kommune, pk))
    with transaction.atomic():
        las_egen(request, kommune)
        runden = _runden(request, kommune, pk)
        skjema = RundeForm(request.POST, instance=runden)
        if not runden.er_utkast or not skjema.is_valid():
            return _runde(request, runden, skjema)
        skjema.save()
    messages.success(request, _("Endringen er lagret."))
    return redirect("tiltak:runde", kommune.slug, pk)


def _runde(request, runden, skjema=None):
    kontekst = {"kommune": runden.kommune, "runde": runden}
    if runden.er_utkast:
        kontekst |= _utkastet(runden, skjema)
    elif runden.er_lukket:
        kontekst |= _som_lukket(runden)
    else:
        kontekst |= _status(runden)
    status = 422 if skjema is not None and skjema.errors else 200
    return render(request, "tiltak/runder/runde.html", kontekst, status=status)


def _utkastet(runden, skjema):
    """Whom it asks of what, as it was saved last; as many queries however many."""
    lagret = Runde.objects.select_related("kommune").get(pk=runden.pk)
    tjenester = spurte_tjenester(lagret).select_related("kommune")
    tjenester = list(tjenester.order_by("navn__norsk", "pk"))
    antall, uspurte = spurt_og_uspurt(lagret, {t.pk for t in tjenester})
    per_tjeneste = antall_spurt(lagret, [t.pk for t in tjenester])
    for tjeneste in tjenester:
        tjeneste.antall_tiltak = per_tjeneste.get(tjeneste.pk, 0)
    return {
        "skjema": skjema or RundeForm(instance=runden),
        "innledning": innledning(lagret),
        "med_adresse": [t for t in tjenester if t.svaransvarlig],
        "uten_adresse": [t for t in tjenester if not t.svaransvarlig],
        "antall_tiltak": antall,
        "uspurte": uspurte,
    }


def _status(runden):
    """What became of what is asked; as many queries however many are."""
    rader = oversikt(runden)
    _les_brevene(runden, rader)
    telling = Counter(rad.stand for rad in rader)
    nye = spurte_tjenester(runden).exclude(foresporsler__runde=runden)
    forslag = Endringsforslag.objects.som_venter().filter(foresporsel__runde=runden)
    gjenapning = gjenapningen(runden)
    kan_minnes, fra = runden.er_apen and not er_juli(), minnes_fra(runden)
    return {
        "antall": len(rader),
        "antall_svart": telling[Stand.SVART],
        "antall_delvis": telling[Stand.DELVIS],
        "tilstander": per_tilstand(rader),
        **_gruppene(rader),
        "nye": list(nye.select_related("kommune").order_by("navn__norsk", "pk"))
        if runden.er_apen
        else [],
        "antall_forslag": forslag.count(),
        "antall_minnes": len(de_som_minnes(rader)) if kan_minnes else 0,
        "minnes_fra": None if fra <= timezone.localdate() else fra,
        "lukkinger": _lukkingene(runden),
        "gjenapning": gjenapning,
        "antall_uvitende": len(uvitende(rader, gjenapning))
        if gjenapning and kan_minnes
        else 0,
        "spor_om_tiltak": runden.spor_om(STATUS),
    }


def _gruppene(rader):
    """What needs the coordinator before the others: whom nobody reaches, or who says that
    somebody else is to answer; who answered in part; who is silent; who has answered."""
    trenger = [rad for rad in rader if rad.stand != Stand.SVART and _trenger_noen(rad)]
    andre = [rad for rad in rader if rad not in trenger]
    return {
        "trenger": trenger,
        **{
            navn: [rad for rad in andre if rad.stand == stand]
            for navn, stand in (
                ("delvise", Stand.DELVIS),
                ("tause", Stand.IKKE),
                ("besvarte", Stand.SVART),
            )
        },
    }


def _trenger_noen(rad):
    kom_ikke_fram = rad.utsending and rad.utsending.tilstand in Utsending.KAN_KVITTERES
    sa_fra_seg = rad.foresporsel.er_besvart and rad.foresporsel.venter
    return bool(kom_ikke_fram or sa_fra_seg or not rad.foresporsel.epost)


def _les_brevene(runden, rader):
    """Says by each the mail that went last, or None; 1 query."""
    nokler = {rad.foresporsel.brev for rad in rader if rad.foresporsel.brev}
    per_nokkel = {
        u.nokkel: u
        for u in Utsending.objects.filter(
            kommune=runden.kommune, nokkel__startswith=f"runde:{runden.pk}:"
        ).defer("tekst", "html")
        if u.nokkel in nokler
    }
    for rad in rader:
        rad.utsending = per_nokkel.get(rad.foresporsel.brev)


def _som_lukket(runden):
    """Nothing but what was kept; 1 query."""
    lukkinger = _lukkingene(runden)
    [lukking] = [rad for rad in lukkinger if rad.gjenapnet is None]
    return {
        "lukking": lukking,
        "lest": Lest(lukking.innhold),
        "lukkinger": [rad for rad in lukkinger if rad != lukking],
    }


def _lukkingene(runden):
    rader = list(runden.lukkinger.order_by("-tid", "-pk"))
    for rad in rader:
        rad.runde = runden
    return rader


@require_POST
@for_koordinator
def runde_send(request, kommune, pk):
    """Sends it, with what was written; pressed twice, it goes once."""
    with transaction.atomic():
        las_egen(request, kommune)
        runden = _runden(request, kommune, pk)
        if runden.er_utkast:
            skjema = RundeForm(request.POST, instance=runden)
            if not skjema.is_valid():
                return _runde(request, runden, skjema)
            skjema.save()
    try:
        antall = send(runden)
    except ValidationError as feil:
        messages.error(request, feil.message)
    else:
        tekst = ngettext(
            "Runden er sendt. %d e-post ligger i utboksen.",
            "Runden er sendt. %d e-poster ligger i utboksen.",
            antall,
        )
        messages.success(request, tekst % antall)
    return redirect("tiltak:runde", kommune.slug, pk)


@require_POST
@for_koordinator
def foresporsel_pa_nytt(request, kommune, pk):
    """Asks one tjeneste once more, by a new link."""
    with transaction.atomic():
        las_egen(request, kommune)
        rader = Foresporsel.objects.synlige_for(request.user)
        rad = get_object_or_404(
            rader.select_related("runde__kommune"), tjeneste__kommune=kommune, pk=pk
        )
        er_sendt = send_pa_nytt(rad)
    if er_sendt:
        messages.success(request, _("En ny e-post ligger i utboksen."))
    else:
        messages.error(
            request,
            _(
                "Den kan ikke spørres nå: den har svart, mangler adresse eller er ute, "
                "eller det er juli."
            ),
        )
    return redirect("tiltak:runde", kommune.slug, rad.runde_id)


@require_POST
@for_koordinator
def runde_purr(request, kommune, pk):
    """Reminds all who have not answered; once each, however often it is pressed."""
    with transaction.atomic():
        las_egen(request, kommune)
        runden = _runden(request, kommune, pk)
    try:
        antall = purr(runden)
    except ValidationError as feil:
        messages.error(request, feil.message)
    else:
        tekst = ngettext(
            "%d påminnelse ligger i utboksen.",
            "%d påminnelser ligger i utboksen.",
            antall,
        )
        if antall:
            messages.success(request, tekst % antall)
        else:
            messages.info(
                request, _("Ingen å minne på: alle er minnet, eller har svart.")
            )
    return redirect("tiltak:runde", kommune.slug, pk)


@require_POST
@for_koordinator
def runde_si_fra(request, kommune, pk):
    """Says to all who have not answered that the round is open again; once each."""
    with transaction.atomic():
        las_egen(request, kommune)
        runden = _runden(request, kommune, pk)
        try:
            antall = si_fra(runden)
        except ValidationError as feil:
            messages.error(request, feil.message)
            return redirect("tiltak:runde", kommune.slug, pk)
    if antall:
        tekst = ngettext(
            "%d e-post med ny lenke ligger i utboksen.",
            "%d e-poster med ny lenke ligger i utboksen.",
            antall,
        )
        messages.success(request, tekst % antall)
    else:
        messages.info(request, _("Ingen å si fra til: alle vet det, eller har svart."))
    return redirect("tiltak:runde", kommune.slug, pk)


@require_POST
@for_koordinator
def runde_spor_ogsa(request, kommune, pk, tjeneste):
    """Asks one tjeneste that came to it after the round was sent."""
    with transaction.atomic():
        las_egen(request, kommune)
        runden = _runden(request, kommune, pk)
        rader = Tjeneste.objects.sporres().filter(kommune=kommune)
        tjenesten = get_object_or_404(rader, pk=tjeneste)
        try:
            er_ny = spor_ogsa(runden, tjenesten)
        except ValidationError as feil:
            messages.error(request, feil.message)
        else:
            if er_ny:
                messages.success(request, _("%s er med i runden.") % tjenesten)
            else:
                messages.info(request, _("%s er allerede med i runden.") % tjenesten)
    return redirect("tiltak:runde", kommune.slug, pk)


@require_http_methods(["GET", "POST"])
@for_koordinator
def rundeoppsett(request, kommune):
    """When the kommune asks, and whether it does so by itself."""
    with transaction.atomic():
        if request.method == "POST":
            las_egen(request, kommune)
        skjema = OppsettForm(sendt(request), instance=oppsettet(kommune))
        if skjema.is_valid():
            skjema.save()
            messages.success(request, _("Endringene er lagret."))
            return redirect("tiltak:rundeoppsett", kommune.slug)
    return render(
        request,
        "tiltak/runder/oppsett.html",
        {"kommune": kommune, "skjema": skjema},
        status=422 if skjema.errors else 200,
    )
