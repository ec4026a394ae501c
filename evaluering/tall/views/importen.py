"""The pages by which a coordinator gets a table of figures in: send, say how it is laid out
and what its words are where that cannot be seen, look, put in, and perhaps undo."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evaluering.models import Indikator, Maling, Tallimport
from evaluering.tall.forms import OppsettForm, TallForm
from evaluering.tall.innlest import Valg
from evaluering.tall.malen import KOLONNER
from evaluering.tall.navneskjema import NavneForm
from evaluering.tall.summer import tvilsomme
from evaluering.tall.tallimport import (
    angre,
    forkast,
    husk,
    lag,
    legg_inn,
    les_igjen,
    merke,
    sett_oppsett,
    ta_vare_pa,
)
from slt.felles.sider import for_koordinator, las_egen

VISES = 100
RADER_AV_ARKET = 12
SISTE_IMPORTER = 20


@require_http_methods(["GET", "POST"])
@for_koordinator
def tallimport_ny(request, kommune):
    """The form that takes a table, and what was sent before."""
    sendt = (request.POST, request.FILES) if request.method == "POST" else ()
    skjema = TallForm(*sendt)
    if request.method == "POST" and skjema.is_valid():
        with transaction.atomic():
            las_egen(request, kommune)
            rad = ta_vare_pa(
                kommune=kommune,
                bruker=request.user,
                navn=skjema.navn,
                arkene=skjema.arkene,
            )
        return redirect("evaluering:tallimport", kommune.slug, rad.pk)
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


def _alene(view):
    """Decorator of a view with a form: what is sent is read, judged and stored while nobody
    else writes in the kommune, as the import may be put in meanwhile."""

    @wraps(view)
    def alene(request, kommune, **kwargs):
        if request.method != "POST":
            return view(request, kommune, **kwargs)
        with transaction.atomic():
            las_egen(request, kommune)
            return view(request, kommune, **kwargs)

    return alene


def _ikke_lagt_inn(request, kommune, pk):
    rad = _importen(request, kommune, pk)
    if rad.lagt_inn:
        raise Http404("put in already")
    return rad


@require_safe
@for_koordinator
def tallimport(request, kommune, pk):
    """Where the import stands: what has to be said of it, what it was understood as, or
    what came of it."""
    rad = _importen(request, kommune, pk)
    kontekst = {"kommune": kommune, "importen": rad}
    if rad.lagt_inn:
        kontekst |= _det_som_er_inne(request, rad)
        return render(request, "evaluering/tallimport.html", kontekst)
    if not rad.bekreftet:
        return redirect("evaluering:tallimport_oppsett", kommune.slug, rad.pk)
    try:
        innlest = les_igjen(rad)
    except ValidationError as feil:
        kontekst["ubrukelig"] = " ".join(feil.messages)
        return render(request, "evaluering/tallimport.html", kontekst)
    if innlest.ma_spores:
        return redirect("evaluering:tallimport_navn", kommune.slug, rad.pk)
    kontekst |= _det_som_er_lest(request, innlest)
    return render(request, "evaluering/tallimport.html", kontekst)


@require_http_methods(["GET", "POST"])
@for_koordinator
@_alene
def tallimport_oppsett(request, kommune, pk):
    """How the sheet is laid out, as it looks, to be put right."""
    rad = _ikke_lagt_inn(request, kommune, pk)
    skjema = OppsettForm(rad, *([request.POST] if request.method == "POST" else []))
    pa_nytt = "_les_pa_nytt" in request.POST or skjema.har_andre_kolonner
    ferdig = request.method == "POST" and not pa_nytt
    if ferdig and skjema.is_valid():
        sett_oppsett(rad, skjema.oppsett)
        rad.bekreftet = True
        rad.save()
        return redirect("evaluering:tallimport", kommune.slug, rad.pk)
    if pa_nytt and not skjema.feil_i_radene():
        # Only what was proposed anew: what else is wrong is said when it is sent.
        sett_oppsett(rad, skjema.nytt_oppsett)
        skjema = skjema.lest_pa_nytt()
    ark = skjema.ark_vist
    return render(
        request,
        "evaluering/tallimport_oppsett.html",
        {
            "kommune": kommune,
            "importen": rad,
            "skjema": skjema,
            "ark": ark,
            "rader": [
                (
                    nr,
                    nr <= skjema.oppsett.hode[1],
                    celler + [None] * (ark.bredde - len(celler)),
                )
                for nr, celler in ark.rader[:RADER_AV_ARKET]
            ],
        },
        status=422 if skjema.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
@_alene
def tallimport_navn(request, kommune, pk):
    """What the words of the table are, where the kommune has none of that name."""
    rad = _ikke_lagt_inn(request, kommune, pk)
    try:
        innlest = les_igjen(rad) if rad.bekreftet else None
    except ValidationError:
        innlest = None
    if innlest is None or not innlest.ma_spores:
        return redirect("evaluering:tallimport", kommune.slug, rad.pk)
    skjema = NavneForm(
        rad, innlest, *([request.POST] if request.method == "POST" else [])
    )
    if request.method == "POST" and skjema.is_valid():
        _lag_det_nye(rad, request.user, skjema)
        return redirect("evaluering:tallimport", kommune.slug, rad.pk)
    return render(
        request,
        "evaluering/tallimport_navn.html",
        {"kommune": kommune, "importen": rad, "skjema": skjema, "innlest": innlest},
        status=422 if skjema.errors else 200,
    )


def _lag_det_nye(rad, bruker, skjema):
    nye = skjema.nye_rader()
    if kilde := nye.get("kilde_navn"):
        lag(tallimport=rad, bruker=bruker, nye=[kilde])
    kilden = kilde.pk if kilde else int(skjema.cleaned_data.get("kilde") or 0) or None
    for ny in nye.values():
        if isinstance(ny, Indikator):
            ny.kilde_id = kilden
    lag(tallimport=rad, bruker=bruker, nye=[n for n in nye.values() if n is not kilde])
    husk(rad, skjema.valget(Valg(**rad.valg), nye))


def _det_som_er_inne(request, rad):
    alle = rad.malinger.select_related("indikator", "sted", "lokalomrade", "kilde")
    return {
        "side": Paginator(alle.order_by("pk"), VISES).get_page(request.GET.get("page"))
    }


def _det_som_er_lest(request, innlest):
    summer, kanskje = tvilsomme(innlest.malinger, _ved_siden_av(innlest.malinger))
    rader = [("annet", gammel, ny) for gammel, ny in innlest.endringer]
    rader += [("nytt", None, ny) for ny in innlest.malinger]
    rader += [("likt", None, ny) for ny in innlest.like]
    return {
        "innlest": innlest,
        "summer": summer,
        "kanskje": kanskje,
        "noe_nytt": bool(innlest.malinger or innlest.endringer),
        "side": Paginator(rader, VISES).get_page(request.GET.get("page")),
        "sett": merke(innlest),
    }


def _ved_siden_av(nye):
    """The figures that the new ones will stand beside: one query."""
    egne = Maling.objects.filter(
        indikator__in={m.indikator_id for m in nye},
        arstall__in={m.arstall for m in nye},
        verdi__isnull=False,
    )
    indikatorer = {m.indikator_id: m.indikator for m in nye}
    for maling in egne.select_related("sted", "lokalomrade"):
        # One and the same has looked up what its kommune is called.
        maling.indikator = indikatorer[maling.indikator_id]
        yield maling


@require_POST
@for_koordinator
@_alene
def tallimport_legg_inn(request, kommune, pk):
    """Puts the figures in."""
    try:
        antall = legg_inn(
            tallimport=_importen(request, kommune, pk),
            bruker=request.user,
            sett=request.POST.get("sett", ""),
            erstatt="erstatt" in request.POST,
        )
    except ValidationError as feil:
        messages.warning(request, " ".join(feil.messages))
        return redirect("evaluering:tallimport", kommune.slug, pk)
    messages.success(request, _("%d tall er lagt inn.") % antall)
    return redirect("evaluering:tallimport", kommune.slug, pk)


@require_POST
@for_koordinator
@_alene
def tallimport_forkast(request, kommune, pk):
    """Drops a table that was looked at and not put in."""
    try:
        forkast(tallimport=_importen(request, kommune, pk), bruker=request.user)
    except ValidationError as feil:
        raise Http404("put in already") from feil
    messages.success(request, _("Tabellen er forkastet. Ingen tall er lagt inn."))
    return redirect("evaluering:tallimport_ny", kommune.slug)


@require_POST
@for_koordinator
@_alene
def tallimport_angre(request, kommune, pk):
    """Takes the figures of an import out again."""
    try:
        rad = _importen(request, kommune, pk)
        antall = angre(tallimport=rad, bruker=request.user)
    except ValidationError as feil:
        raise Http404("nothing to undo") from feil
    messages.success(request, _("Importen er angret: %d tall er tatt ut.") % antall)
    return redirect("evaluering:tallimport_ny", kommune.slug)
