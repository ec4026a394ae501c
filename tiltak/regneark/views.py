"""The pages by which a plan goes out as a spreadsheet and comes back: fetch, send, look, put
in. For its coordinators alone, as the file has what others do not see."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles.sider import for_koordinator, las_egen
from tiltak.models import AVLOST_STAR, Regnearkimport
from tiltak.rediger.planen import adressen, hent_planen
from tiltak.regneark.forms import LeggInnForm, RegnearkForm
from tiltak.regneark.innhold import Innhold
from tiltak.regneark.lagring import Avvist
from tiltak.regneark.regnearkimport import feil_ved, forskjellene, legg_inn
from tiltak.regneark.skriv import XLSX
from tiltak.regneark.skriv import regneark as som_regneark

# So many new rows, and remarks, are shown; all rows are put in.
VISES = 200
FLEST_MELDINGER = 5


@require_safe
@for_koordinator
def regneark_xlsx(request, kommune, plan):
    """The plan as a spreadsheet."""
    plan = hent_planen(kommune, plan)
    svar = HttpResponse(som_regneark(Innhold(plan, request.user)), content_type=XLSX)
    svar["Content-Disposition"] = f'attachment; filename="{plan.filnavn}.xlsx"'
    return svar


@require_http_methods(["GET", "POST"])
@for_koordinator
def regneark(request, kommune, plan):
    """Where the spreadsheet is fetched, and where it comes back."""
    plan = hent_planen(kommune, plan)
    sendt = (request.POST, request.FILES) if request.method == "POST" else ()
    skjema, status = RegnearkForm(*sendt), 200
    if sendt:
        if not plan.kan_endres:
            messages.warning(request, AVLOST_STAR)
            return redirect("tiltak:regneark", kommune.slug, plan.slug)
        if skjema.is_valid() and (svar := _tatt_imot(request, plan, skjema)):
            return svar
        status = 422
    kontekst = {"kommune": kommune, "plan": plan, "skjema": skjema}
    kontekst["venter"] = plan.regnearkimporter.select_related("bruker").defer(
        "lest_innhold"
    )
    kontekst["skrives"] = plan.kan_endres
    return render(request, "tiltak/regneark/side.html", kontekst, status=status)


def _tatt_imot(request, plan, skjema):
    """Keeps what was read, and leads on to it; None where it has faults."""
    with transaction.atomic():
        las_egen(request, plan.kommune)
        celler = feil_ved(plan=plan, bruker=request.user, lest=skjema.lest)
        if celler:
            skjema.avvis(celler)
            return None
        rad = Regnearkimport(
            kommune=plan.kommune,
            plan=plan,
            bruker=request.user,
            navn=skjema.cleaned_data["fil"].name[:120],
            lest_innhold=skjema.lest,
        )
        _k, f = forskjellene(rad, request.user)
        if f.er_tom:
            for merknad in f.merknader[:FLEST_MELDINGER]:
                messages.info(request, merknad)
            messages.info(
                request, _("Ingen forskjeller: arket sier det samme som planen.")
            )
            return redirect("tiltak:regneark", plan.kommune.slug, plan.slug)
        rad.save()
    return redirect("tiltak:regnearkimport", plan.kommune.slug, plan.slug, rad.pk)


def _importen(request, kommune, plan, pk):
    synlige = Regnearkimport.objects.synlige_for(request.user)
    rader = synlige.filter(kommune=kommune, plan__slug=plan)
    rad = get_object_or_404(rader.select_related("plan__rekke"), pk=pk)
    rad.plan.kommune = kommune
    return rad


@require_safe
@for_koordinator
def regnearkimport(request, kommune, plan, pk):
    """What a sheet says otherwise than the plan, before it is put in."""
    rad = _importen(request, kommune, plan, pk)
    return _forskjellene(request, kommune, rad)


def _forskjellene(request, kommune, rad, *, feil=(), data=None, status=200):
    _k, f = forskjellene(rad, request.user)
    return render(
        request,
        "tiltak/regneark/forskjeller.html",
        {
            "kommune": kommune,
            "plan": rad.plan,
            "importen": rad,
            "f": f,
            "feil": [*f.feil, *feil],
            "skjema": LeggInnForm(f, rad.plan, *([data] if data else [])),
            "arkets": {k[5:] for k, v in (data or {}).items() if v == "arket"},
            "slettes": set(data.getlist("slett")) if data else set(),
            "lages": set(data.getlist("lag")) if data else set(),
            "vises": VISES,
            "skrives": rad.plan.kan_endres,
        },
        status=status,
    )


@require_POST
@for_koordinator
def regnearkimport_legg_inn(request, kommune, plan, pk):
    """Puts in what was looked at."""
    rad = _importen(request, kommune, plan, pk)
    _k, f = forskjellene(rad, request.user)
    skjema = LeggInnForm(f, rad.plan, request.POST)
    if not skjema.is_valid():
        return _forskjellene(request, kommune, rad, data=request.POST, status=422)
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            antall = legg_inn(
                # Somebody else may have put it in while this one waited.
                rad=_importen(request, kommune, plan, pk),
                bruker=request.user,
                sett=request.POST.get("sett", ""),
                valgt=skjema.valgt,
                begrunnelse=skjema.cleaned_data.get("begrunnelse", ""),
            )
    except Avvist as feil:
        return _forskjellene(
            request, kommune, rad, feil=feil.feil, data=request.POST, status=422
        )
    except ValidationError as feil:
        messages.warning(request, " ".join(feil.messages))
        return redirect("tiltak:regnearkimport", kommune.slug, rad.plan.slug, rad.pk)
    messages.success(
        request, ngettext("%d rad er lagret.", "%d rader er lagret.", antall) % antall
    )
    return redirect(adressen(rad.plan))


@require_POST
@for_koordinator
def regnearkimport_forkast(request, kommune, plan, pk):
    """Drops a sheet that was looked at."""
    rad = _importen(request, kommune, plan, pk)
    with transaction.atomic():
        las_egen(request, kommune)
        rad.delete()
    messages.success(request, _("Regnearket er forkastet. Planen er ikke endret."))
    return redirect("tiltak:regneark", kommune.slug, rad.plan.slug)
