"""The tjenester that other kommuner share with a kommune, and what it answers."""

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from slt.felles.sider import for_koordinator, las_egen
from tiltak.models import Tjeneste, Tjenestekommune


@require_safe
@for_koordinator
def delte_tjenester(request, kommune):
    """What others offer or share, and what is shared with others."""
    fra = kommune.delte_tjenester.select_related("tjeneste__kommune")
    til = Tjenestekommune.objects.filter(tjeneste__kommune=kommune)
    til = til.select_related("tjeneste__kommune").prefetch_related("kommune")
    # Their pages here.
    her = {t.pk: t for t in Tjeneste.objects.i(kommune).exclude(kommune=kommune)}
    return render(
        request,
        "tiltak/delte_tjenester.html",
        {
            "kommune": kommune,
            "fra_andre": [(rad, her.get(rad.tjeneste_id)) for rad in _i_orden(fra)],
            "til_andre": _i_orden(til),
        },
    )


def _i_orden(rader):
    """Those that nobody answered first, then by when and by name."""
    ubesvart_forst = F("godtatt").asc(nulls_first=True)
    return rader.order_by(ubesvart_forst, "tjeneste__navn__norsk", "pk")


def _delingen(request, kommune, pk):
    """The row as it stays until the transaction is over."""
    las_egen(request, kommune)
    rader = kommune.delte_tjenester.select_related("tjeneste__kommune")
    return get_object_or_404(rader, pk=pk)


@require_POST
@for_koordinator
@transaction.atomic
def tjenestedeling_godta(request, kommune, pk):
    """The tjeneste stands on the kommune's pages, too."""
    rad = _delingen(request, kommune, pk)
    if rad.tjeneste.nedlagt:
        messages.error(request, _("%s er lagt ned.") % rad.tjeneste)
        return redirect("tiltak:delte_tjenester", kommune.slug)
    rad.godtatt = rad.godtatt or timezone.localdate()
    rad.save()
    messages.success(request, _("%s står nå på deres sider også.") % rad.tjeneste)
    return redirect("tiltak:delte_tjenester", kommune.slug)


@require_POST
@for_koordinator
@transaction.atomic
def tjenestedeling_avsla(request, kommune, pk):
    """The tjeneste does not stand there, or not any longer."""
    rad = _delingen(request, kommune, pk)
    if rad.godtatt:
        # Who ends it here needs not be told that it ended; see `tiltak.arbeidsflate`.
        rad.godtatt = None
        rad.save()
    rad.delete()
    messages.success(request, _("%s deles ikke med dere.") % rad.tjeneste)
    return redirect("tiltak:delte_tjenester", kommune.slug)
