"""Pages on which the coordinator brings back what was changed or deleted by mistake."""

import re

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.endringer.historikk import historikkside
from slt.felles.admin import ANGRESIDER
from slt.felles.angre import (
    bytter,
    flere,
    hent_tilbake,
    modeller_som_hentes,
    omtaler,
    slettet_i,
    tilbake_til,
)
from slt.felles.arbeidskommune import arbeid_i
from slt.felles.historikksider import SIDER
from slt.felles.sider import for_koordinator, hent_side, las_egen
from slt.grunn.kommunegrense import kommune_id

PA_SIDEN = 20

ANGRESIDER.append(lambda kommune: reverse("slettet", args=[kommune.slug]))


@require_safe
@for_koordinator
def slettet(request, kommune):
    """What was deleted in the last 30 days, each with a button that fetches it back."""
    side = hent_side(request, slettet_i(kommune=kommune), PA_SIDEN)
    return render(
        request,
        "slt/slettet.html",
        {
            "kommune": kommune,
            "rader": omtaler(kommune=kommune, slettet=list(side)),
            "page_obj": side,
        },
    )


@require_POST
@for_koordinator
def slettet_hent(request, kommune, samling):
    """Fetches back all that was deleted together."""
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            rader = hent_tilbake(samling=samling, kommune=kommune)
    except ValidationError as feil:
        for melding in feil.messages:
            messages.error(request, melding)
    else:
        navn = " ".join(filter(None, [str(rader[0]), flere(len(rader) - 1)]))
        messages.success(request, _("Hentet tilbake: %s.") % navn)
    return redirect("slettet", kommune.slug)


@require_http_methods(["GET", "POST"])
@for_koordinator
def tidligere(request, kommune, modell, pk):
    """An earlier state of a row beside the one that it has, and the button that brings it
    back."""
    historisk_rad = _historisk_rad(kommune, modell, pk)
    if request.method == "POST":
        return _bring_tilbake(request, kommune, historisk_rad)
    return _vis(request, kommune, historisk_rad)


def _historisk_rad(kommune, modell, pk):
    modeller = {m._meta.label_lower: m for m in modeller_som_hentes()}
    if modell not in modeller:
        raise Http404
    historikk = modeller[modell].historikk.exclude(history_type="-")
    return get_object_or_404(historikk, history_id=pk, history_kommune=kommune.pk)


def _raden(kommune, historisk_rad):
    modell = historisk_rad.instance_type
    pk = getattr(historisk_rad, modell._meta.pk.attname)
    rad = get_object_or_404(modell._base_manager.select_related(), pk=pk)
    if kommune_id(rad) != kommune.pk:
        raise Http404
    return rad


def _siste_endring(rad):
    return str(rad.historikk.values_list("history_id", flat=True).first())


def _vis(request, kommune, historisk_rad, *, feil=(), status=200):
    rad = _raden(kommune, historisk_rad)
    return render(
        request,
        "slt/tidligere.html",
        {
            "kommune": kommune,
            "rad": rad,
            "typen": rad._meta.verbose_name,
            "tid": historisk_rad.history_date,
            "bytter": bytter(rad=rad, historisk_rad=historisk_rad, kommune=kommune),
            "sett": _siste_endring(rad),
            "tilbake": _historikksiden(request, kommune, rad),
            "feil": feil,
        },
        status=status,
    )


def _bring_tilbake(request, kommune, historisk_rad):
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            rad = _raden(kommune, historisk_rad)
            if request.POST.get("sett") != _siste_endring(rad):
                raise ValidationError(
                    _(
                        "Noen har endret dette etter at siden ble vist. Se hva som står nå."
                    )
                )
            rad = tilbake_til(historisk_rad=historisk_rad, kommune=kommune)
    except ValidationError as feil:
        return _vis(request, kommune, historisk_rad, feil=feil.messages, status=422)
    arbeid_i(request, kommune)
    messages.success(request, _("Den tidligere versjonen er hentet tilbake."))
    return redirect(_historikksiden(request, kommune, rad))


def _historikksiden(request, kommune, rad):
    """The page of the history on which the row shows: the one that the asker came from,
    or its own, or that of the row that it goes with; in the admin where it has none."""
    modell, _skille, pk = request.GET.get("fra", "").partition("/")
    if modell in SIDER and re.fullmatch("[0-9]{1,18}", pk):
        return reverse("historikk", args=[kommune.slug, modell, int(pk)])
    if side := historikkside(kommune, rad):
        return side
    while type(rad) not in admin.site._registry:
        forste = type(rad).kommune_sti.partition("__")[0]
        rad = getattr(rad, forste)
    app, modell = rad._meta.app_label, rad._meta.model_name
    return reverse(f"admin:{app}_{modell}_history", args=[rad.pk])
