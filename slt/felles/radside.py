"""The pages on which a coordinator makes, changes and removes a row of the kommune: the
same everywhere, whatever the row is."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from slt.felles.arbeidskommune import arbeid_i
from slt.felles.innsending import slettet_av
from slt.felles.sider import (
    for_koordinator,
    kan_endre,
    koordinerer_fremdeles,
    las_egen,
)
from slt.felles.skjemaside import skjemaside
from slt.felles.tekstredigering import TEKSTREDIGERING
from slt.grunn.historikk import sjekk_vern

MAL = "skjema/endre.html"


def koordinators(view):
    """Decorator of a page with a form, of a coordinator's: it gets the Kommune."""
    view = require_http_methods(["GET", "POST"])(for_koordinator(view))
    return csp_update(TEKSTREDIGERING)(view)


def ny(
    request,
    kommune,
    *,
    lag,
    bygg,
    overskrift,
    avbryt,
    etterpa,
    ingress="",
    mal=MAL,
    mer=None,
):
    """Makes a row.

    Args:
        lag: () -> the row, with what is given, not chosen; raises Http404.
        bygg: (row, what was sent or None) -> Skjema.
        avbryt: where the page leads without saving.
        etterpa: (row) -> where it leads when the row is saved.
        mer: what `mal` needs besides.
    """

    def hent():
        koordinerer_fremdeles(request, kommune)
        return lag()

    def ferdig(rad):
        messages.success(request, _("«%s» er lagt til.") % rad)
        return redirect(etterpa(rad))

    return skjemaside(
        request,
        kommune,
        hent=hent,
        bygg=bygg,
        mal=mal,
        ferdig=ferdig,
        kontekst=lambda _rad: {
            "kommune": kommune,
            "overskrift": overskrift,
            "ingress": ingress,
            "tilbake": avbryt,
            **(mer or {}),
        },
    )


def endre(
    request,
    kommune,
    rader,
    pk,
    *,
    bygg,
    etterpa,
    slettes,
    lagret=None,
    overskrift="",
    ingress=lambda _rad: "",
):
    """Changes one of the rows.

    Args:
        overskrift: of a row whose name is long.
        rader: QuerySet of those that may be changed.
        etterpa: (row) -> where the page leads, saved or not.
        slettes: the name of the address where it is removed.
        lagret: (row) -> called when it is saved, to say more than that.
    """

    def hent():
        koordinerer_fremdeles(request, kommune)
        return get_object_or_404(rader.all(), pk=pk)

    def ferdig(rad):
        messages.success(request, _("Endringen er lagret."))
        if lagret:
            lagret(rad)
        return redirect(etterpa(rad))

    def kontekst(rad):
        return {
            "kommune": kommune,
            "overskrift": overskrift or _("Endre %s") % rad,
            "ingress": ingress(rad),
            "tilbake": etterpa(rad),
            "historikk": partial(historikken, request, rad, kommune),
            "slettes": reverse(slettes, args=[kommune.slug, rad.pk]),
        }

    return skjemaside(
        request,
        kommune,
        hent=hent,
        bygg=bygg,
        mal=MAL,
        ferdig=ferdig,
        kontekst=kontekst,
    )


def historikken(request, rad, kommune):
    """Where the history of the row is; None for those who do not get into the admin, and
    for what has no page there. Asked when it is shown: the link leads there only from
    within the kommune."""
    har_side = admin.site.is_registered(type(rad))
    if not (har_side and kan_endre(request.user, kommune)):
        return None
    arbeid_i(request, kommune)
    hva = rad._meta
    return reverse(f"admin:{hva.app_label}_{hva.model_name}_history", args=[rad.pk])


@dataclass(frozen=True)
class Sletting:
    """What a page that removes a row says, and where it leads.

    Attributes:
        folger: what goes with the row, in words.
        i_stedet: what to do with one that something else holds.
        avbryt: where the page leads without removing.
        etterpa: where it leads when the row is gone.
    """

    folger: str
    i_stedet: str
    avbryt: str
    etterpa: str


def slett(request, kommune, rader, pk, hva, *, fjern=Model.delete):
    """Says what goes with one of the rows, or what holds it; removes it when it is sent.

    Args:
        rader: QuerySet of those that may be removed.
        hva: (row) -> Sletting; raises Http404.
        fjern: (row) -> removes it; raises a ValidationError with what is in the way.
    """
    try:
        rad = get_object_or_404(rader.all(), pk=pk)
    except Http404:
        sendt = request.method == "POST"
        borte = sendt and slettet_av(request.user, rader.model, kommune, pk)
        if not borte:
            raise
        return redirect(hva(borte).etterpa)
    ordene, hinder = hva(rad), _hinder(rad)
    if request.method == "POST":
        try:
            with transaction.atomic():
                las_egen(request, kommune)
                rad = get_object_or_404(rader.all(), pk=pk)
                ordene, navn = hva(rad), str(rad)
                fjern(rad)
        except ProtectedError as feil:
            hinder = _holdes_av(feil.protected_objects)
        except ValidationError as feil:
            hinder = " ".join(feil.messages)
        else:
            tekst = _("«%s» er slettet. Det kan hentes tilbake i 30 dager.")
            messages.success(request, tekst % navn)
            return redirect(ordene.etterpa)
    return render(
        request,
        "skjema/slett.html",
        {"kommune": kommune, "rad": rad, "hva": ordene, "hinder": hinder},
        status=409 if request.method == "POST" else 200,
    )


def _hinder(rad):
    """What would not let the row go, in words; "" where nothing is in the way."""
    try:
        sjekk_vern([rad], sletting=True)
        Collector(using=DEFAULT_DB_ALIAS, origin=rad).collect([rad])
    except ProtectedError as feil:
        return _holdes_av(feil.protected_objects)
    except ValidationError as feil:
        return " ".join(feil.messages)
    return ""


def _holdes_av(rader):
    antall = Counter(type(rad) for rad in rader)
    hva = ", ".join(
        f"{n} {modell._meta.verbose_name if n == 1 else modell._meta.verbose_name_plural}"
        for modell, n in antall.items()
    )
    return _("Det kan ikke slettes, fordi noe hører til det: %s.") % hva
