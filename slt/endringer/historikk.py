"""The page that tells the history of a thing in words."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from slt.endringer.ord import Fortelling
from slt.endringer.samlinger import Historikken
from slt.felles.bevart import i_malformen
from slt.felles.historikksider import SIDER, over_med_side, ser_historikken
from slt.felles.sider import hent_side, kan_endre
from slt.models import Kommune

PA_SIDEN = 25


# Who reads by a link is not logged in; strangers find nothing here.
@login_not_required
@require_safe
@never_cache
@i_malformen
def historikk(request, kommune, modell, pk):
    """What was changed of a thing and its parts, by whom and when, the newest first."""
    kommune = get_object_or_404(Kommune, slug=kommune)
    side = SIDER.get(modell)
    if side is None or not ser_historikken(request.user, kommune):
        raise Http404
    koordinerer = kan_endre(request.user, kommune)
    rad = _raden(side, kommune, pk, None if koordinerer else request.user)
    historikken = Historikken(
        side.modell, pk, leser=None if koordinerer else request.user
    )
    samlinger = hent_side(request, historikken.samlinger(), PA_SIDEN)
    fortelling = Fortelling(historikken, rad, kommune, request.user)
    return render(
        request,
        "slt/historikk.html",
        {
            "kommune": kommune,
            "kan_endre": koordinerer,
            "navn": _navn(rad),
            "typen": side.modell._meta.verbose_name,
            "egen_side": _egen_side(side, rad),
            "er_slettet": rad.er_slettet,
            "innslag": fortelling.innslag(list(samlinger)),
            "page_obj": samlinger,
            "fra": f"{modell}/{pk}",
        },
    )


def _raden(side, kommune, pk, leser):
    """The row, as the reader may see it; for a coordinator also one that was deleted."""
    modell = side.modell
    rader = modell._base_manager if leser is None else modell.objects.synlige_for(leser)
    rader = rader.select_related().filter(**{modell.kommune_sti: kommune.pk})
    rad = rader.filter(pk=pk).first()
    if rad is not None:
        rad.er_slettet = False
        return rad
    if leser is not None:
        raise Http404
    borte = modell.historikk.filter(id=pk, history_kommune=kommune.pk)
    sist = borte.order_by("history_id").last()
    if sist is None or sist.history_type != "-":
        raise Http404
    rad = sist.instance
    rad.er_slettet = True
    return rad


def _navn(rad):
    """What it is called; what it is where what its name leads to is gone, too."""
    try:
        return str(rad)
    except ObjectDoesNotExist:
        return str(rad._meta.verbose_name)


def _egen_side(side, rad):
    """Where the thing itself is; "" of what is gone."""
    if rad.er_slettet:
        return ""
    try:
        return side.adresse(rad)
    except (NoReverseMatch, ObjectDoesNotExist):
        return ""


def historikkside(kommune, rad):
    """The address of the page of a row, or of the nearest one above it that has such a
    page; None where there is none."""
    over = over_med_side(rad)
    if over is None:
        return None
    return reverse("historikk", args=[kommune.slug, over._meta.model_name, over.pk])
