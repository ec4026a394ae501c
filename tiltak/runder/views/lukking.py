"""How a round is closed, what stands of it then, and how it is opened again."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from slt.felles.eksport import csv_svar
from slt.felles.sider import for_koordinator, las_egen, sendt
from tiltak.models import Endringsforslag, Runde, Rundelukking
from tiltak.runder.lukket import Lest, tabell
from tiltak.runder.lukking import gjenapne, lukk
from tiltak.runder.oversikt import Stand, oversikt
from tiltak.runder.rundeforms import GjenapneForm

ALLEREDE_LUKKET = gettext_lazy("Runden er allerede lukket.")


def _runden(request, kommune, pk):
    rader = Runde.objects.synlige_for(request.user).sendte().filter(kommune=kommune)
    return get_object_or_404(rader.select_related("kommune"), pk=pk)


@require_http_methods(["GET", "POST"])
@for_koordinator
def runde_lukk(request, kommune, pk):
    """Closes it, once it is said who has not answered."""
    runden = _runden(request, kommune, pk)
    if request.method == "POST":
        with transaction.atomic():
            las_egen(request, kommune)
            lukking = lukk(runden)
        if lukking:
            messages.success(request, _("Runden er lukket."))
        else:
            messages.info(request, ALLEREDE_LUKKET)
        return redirect("tiltak:runde", kommune.slug, pk)
    if runden.er_lukket:
        messages.info(request, ALLEREDE_LUKKET)
        return redirect("tiltak:runde", kommune.slug, pk)
    rader = oversikt(runden)
    forslag = Endringsforslag.objects.som_venter().filter(foresporsel__runde=runden)
    return render(
        request,
        "tiltak/runder/lukk.html",
        {
            "kommune": kommune,
            "runde": runden,
            "ubesvarte": [rad for rad in rader if rad.stand == Stand.IKKE],
            "delvis": [rad for rad in rader if rad.stand == Stand.DELVIS],
            "antall_forslag": forslag.count(),
        },
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def runde_gjenapne(request, kommune, pk):
    """Opens it again, with a reason."""
    with transaction.atomic():
        if request.method == "POST":
            las_egen(request, kommune)
        runden = _runden(request, kommune, pk)
        if not runden.er_lukket:
            messages.info(request, _("Runden er åpen."))
            return redirect("tiltak:runde", kommune.slug, pk)
        skjema = GjenapneForm(sendt(request), runde=runden)
        if skjema.is_valid():
            gjenapne(
                runden,
                skjema.cleaned_data["hvorfor"],
                frist=skjema.cleaned_data["frist"],
            )
            messages.success(
                request,
                _(
                    "Runden er åpen igjen. Ingen har fått vite det ennå. Du kan si fra til "
                    "dem som ikke har svart herfra."
                ),
            )
            return redirect("tiltak:runde", kommune.slug, pk)
    return render(
        request,
        "tiltak/runder/gjenapne.html",
        {"kommune": kommune, "runde": runden, "skjema": skjema},
        status=422 if skjema.errors else 200,
    )


def _lukkingen(request, kommune, pk):
    rader = Rundelukking.objects.synlige_for(request.user)
    rader = rader.filter(runde__kommune=kommune).select_related("runde__kommune")
    return get_object_or_404(rader, pk=pk)


@require_safe
@for_koordinator
def rundelukking(request, kommune, pk):
    """What stood there when it was closed, also where it was opened again later."""
    lukking = _lukkingen(request, kommune, pk)
    return render(
        request,
        "tiltak/runder/lukking.html",
        {
            "kommune": kommune,
            "runde": lukking.runde,
            "lukking": lukking,
            "lest": Lest(lukking.innhold),
        },
    )


@require_safe
@for_koordinator
def rundelukking_csv(request, kommune, pk):
    """The same as a table."""
    lukking = _lukkingen(request, kommune, pk)
    runde = lukking.runde
    return csv_svar(f"runde-{runde.arstall}-uke-{runde.uke}.csv", tabell(lukking))
