"""The pages by which a coordinator gets a table of figures in: send, look, put in, and
perhaps undo."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evaluering.models import Maling, Tallimport
from evaluering.tall.forms import TallForm
from evaluering.tall.innlesing import KOLONNER
from evaluering.tall.summer import tvilsomme
from evaluering.tall.tallimport import (
    angre,
    forkast,
    legg_inn,
    les_igjen,
    merke,
    ta_vare_pa,
)
from slt.felles.sider import for_koordinator, las_egen

VISES = 50
SISTE_IMPORTER = 20


@require_http_methods(["GET", "POST"])
@for_koordinator
def tallimport_ny(request, kommune):
    """The form that takes a table, and what was sent before."""
    sendt = (request.POST, request.FILES) if request.method == "POST" else ()
    skjema = TallForm(kommune, *sendt)
    if request.method == "POST" and skjema.is_valid():
        if not skjema.innlest.malinger:
            messages.info(
                request, _("Alle tallene i tabellen er skjult. Ingen å legge inn.")
            )
            return redirect("evaluering:tallimport_ny", kommune.slug)
        with transaction.atomic():
            las_egen(request, kommune)
            tatt_vare_pa = ta_vare_pa(
                kommune=kommune,
                bruker=request.user,
                navn=skjema.navn,
                innlest=skjema.innlest,
            )
        if skjema.innlest.hoppet_over:
            messages.info(
                request,
                _("Hoppet over fordi tallet er skjult: %d.")
                % skjema.innlest.hoppet_over,
            )
        return redirect("evaluering:tallimport", kommune.slug, tatt_vare_pa.pk)
    return render(
        request,
        "evaluering/tallimport_ny.html",
        {
            "kommune": kommune,
            "skjema": skjema,
            "kolonner": KOLONNER,
            "indikatorer": kommune.indikatorer.all(),
            "importer": kommune.tallimporter.select_related("bruker").defer("rader")[
                :SISTE_IMPORTER
            ],
        },
        status=422 if skjema.errors else 200,
    )


def _importen(request, kommune, pk):
    synlige = Tallimport.objects.synlige_for(request.user)
    return get_object_or_404(synlige, kommune=kommune, pk=pk)


@require_safe
@for_koordinator
def tallimport(request, kommune, pk):
    """What a table was understood as, before it is put in; what came of it, after."""
    rad = _importen(request, kommune, pk)
    kontekst = _det_som_er_inne(rad) if rad.lagt_inn else _det_som_er_lest(rad)
    return render(
        request,
        "evaluering/tallimport.html",
        {"kommune": kommune, "importen": rad, **kontekst},
    )


def _det_som_er_inne(rad):
    alle = rad.malinger.select_related("indikator", "sted", "lokalomrade", "kilde")
    return {"vises": list(alle.order_by("pk")[:VISES])}


def _det_som_er_lest(rad):
    try:
        innlest = les_igjen(rad)
    except ValidationError as feil:
        return {"ubrukelig": " ".join(feil.messages)}
    summer, kanskje = tvilsomme(innlest.malinger, _ved_siden_av(innlest.malinger))
    return {
        "innlest": innlest,
        "summer": summer,
        "kanskje": kanskje,
        "vises": [] if innlest.feil else innlest.malinger[:VISES],
        "sett": merke(innlest.malinger),
    }


def _ved_siden_av(nye):
    """The figures that the new ones will stand beside: one query."""
    egne = Maling.objects.filter(
        indikator__in={m.indikator_id for m in nye},
        arstall__in={m.arstall for m in nye},
    )
    indikatorer = {m.indikator_id: m.indikator for m in nye}
    for maling in egne.select_related("sted", "lokalomrade"):
        # One and the same has looked up what its kommune is called.
        maling.indikator = indikatorer[maling.indikator_id]
        yield maling


@require_POST
@for_koordinator
def tallimport_legg_inn(request, kommune, pk):
    """Puts the figures in."""
    rad = _importen(request, kommune, pk)
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            antall = legg_inn(
                tallimport=rad, bruker=request.user, sett=request.POST.get("sett", "")
            )
    except ValidationError as feil:
        messages.warning(request, " ".join(feil.messages))
        return redirect("evaluering:tallimport", kommune.slug, rad.pk)
    messages.success(request, _("%d tall er lagt inn.") % antall)
    return redirect("evaluering:tallimport", kommune.slug, rad.pk)


@require_POST
@for_koordinator
def tallimport_forkast(request, kommune, pk):
    """Drops a table that was looked at and not put in."""
    rad = _importen(request, kommune, pk)
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            forkast(tallimport=rad)
    except ValidationError as feil:
        raise Http404("put in already") from feil
    messages.success(request, _("Tabellen er forkastet. Ingen tall er lagt inn."))
    return redirect("evaluering:tallimport_ny", kommune.slug)


@require_POST
@for_koordinator
def tallimport_angre(request, kommune, pk):
    """Takes the figures of an import out again."""
    rad = _importen(request, kommune, pk)
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            antall = angre(tallimport=rad, bruker=request.user)
    except ValidationError as feil:
        raise Http404("nothing to undo") from feil
    messages.success(request, _("Importen er angret: %d tall er tatt ut.") % antall)
    return redirect("evaluering:tallimport_ny", kommune.slug)
