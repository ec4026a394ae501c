"""The rounds of a kommune: when they are, and who answered."""

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
from tiltak.models import Foresporsel, Runde, Tjeneste
from tiltak.runder.forms import OppsettForm, RundeForm
from tiltak.runder.lop import innledning, lag_runde, oppsettet, send, send_pa_nytt


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
    else:
        kontekst |= _status(runden)
    status = 422 if skjema is not None and skjema.errors else 200
    return render(request, "tiltak/runder/runde.html", kontekst, status=status)


def _utkastet(runden, skjema):
    tjenester = Tjeneste.objects.sporres().filter(kommune=runden.kommune)
    tjenester = list(tjenester.select_related("kommune").order_by("navn__norsk", "pk"))
    return {
        "skjema": skjema or RundeForm(instance=runden),
        "innledning": innledning(runden),
        "med_adresse": [t for t in tjenester if t.svaransvarlig],
        "uten_adresse": [t for t in tjenester if not t.svaransvarlig],
    }


def _status(runden):
    """What became of what is asked; 2 queries."""
    rader = runden.foresporsler.select_related("tjeneste__kommune")
    rader = list(rader.order_by("tjeneste__navn__norsk", "pk"))
    nokler = {rad.brev for rad in rader if rad.brev}
    per_nokkel = {
        u.nokkel: u
        for u in Utsending.objects.filter(
            kommune=runden.kommune, nokkel__startswith=f"runde:{runden.pk}:"
        ).defer("tekst", "html")
        if u.nokkel in nokler
    }
    for rad in rader:
        rad.utsending = per_nokkel.get(rad.brev)
    venter = [rad for rad in rader if rad.venter]
    svar = Counter(rad.svar for rad in rader if rad.er_besvart)
    return {
        "antall": len(rader),
        "antall_besvart": sum(rad.er_besvart for rad in rader),
        "svar": [(s.label, svar[s]) for s in Foresporsel.Svar if svar[s]],
        "venter": venter,
        "besvarte": [rad for rad in rader if not rad.venter],
    }


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
