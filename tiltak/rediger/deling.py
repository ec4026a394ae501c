"""The tjenester that other kommuner share with a kommune, and what it answers."""

from collections import defaultdict

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from slt.felles.sider import for_koordinator, las_egen
from tiltak.detaljer import med_sted_i_planen
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Kontaktpunkt,
    SettDeling,
    Tjeneste,
    Tjenestekommune,
)
from tiltak.models.delinger import bortfalt, trukket, usett


@require_safe
@for_koordinator
def delte_tjenester(request, kommune):
    """What others offer or share, and what is shared with others."""
    fra = kommune.delte_tjenester.select_related("tjeneste__kommune")
    til = Tjenestekommune.objects.filter(tjeneste__kommune=kommune)
    til = til.select_related("tjeneste__kommune", "kommune")
    # Their pages here.
    alle = list(Tjeneste.objects.i(kommune).select_related("kommune"))
    her = {t.pk: t for t in alle if t.er_andres}
    like = {rad.pk: _lik(rad.tjeneste, alle) for rad in fra if rad.godtatt is None}
    return render(
        request,
        "tiltak/delte_tjenester.html",
        {
            "kommune": kommune,
            "endret": _endret(kommune),
            "fra_andre": [
                (rad, her.get(rad.tjeneste_id), like.get(rad.pk))
                for rad in _i_orden(fra)
            ],
            "til_andre": _i_orden(til),
        },
    )


def _lik(tjeneste, alle):
    """The one of those that stand there, that may be the same: by its name, or by the
    number that its body has; None where there is none."""
    for annen in alle:
        samme_navn = annen.navn.casefold() == tjeneste.navn.casefold()
        nummer = tjeneste.organisasjonsnummer
        if annen.nedlagt is None and (
            samme_navn or (nummer and annen.organisasjonsnummer == nummer)
        ):
            return annen
    return None


def _endret(kommune):
    """[row of the history] of what others changed and nobody here has seen: what they took
    back, and contact points that they removed. Each with `punkt`, what was removed, and
    `tiltakene`, those that name the tjeneste; 5 queries."""
    rader = [
        rad
        for funnet in (trukket(kommune), bortfalt(kommune))
        for rad in usett(funnet, kommune).select_related("history_kommune")
    ]
    ansvar = Ansvar.objects.filter(
        tiltak__kommune=kommune, tjeneste__in={rad.tjeneste_id for rad in rader}
    ).exclude(tiltak__plan__status=Handlingsplan.Status.AVLOST)
    nevner = defaultdict(dict)
    for a in med_sted_i_planen(ansvar.order_by("tiltak__tittel__norsk"), "tiltak__"):
        nevner[a.tjeneste_id][a.tiltak_id] = a.tiltak
    for rad in rader:
        rad.punkt = _punktet(rad)
        rad.tiltakene = list(nevner[rad.tjeneste_id].values())
    return sorted(rader, key=lambda rad: rad.history_date, reverse=True)


def _punktet(rad):
    """What a removed kontaktpunkt was, as far as all could see it; "" where none was."""
    if not isinstance(rad, Kontaktpunkt.historikk.model):
        return ""
    if rad.synlighet != Kontaktpunkt.Synlighet.OFFENTLIG:
        return _("et kontaktpunkt")
    return Kontaktpunkt(type=rad.type, verdi=rad.verdi).visning


def _i_orden(rader):
    """Those that nobody answered first, then by when and by name."""
    ubesvart_forst = F("godtatt").asc(nulls_first=True)
    return rader.order_by(ubesvart_forst, "tjeneste__navn__norsk", "pk")


def _delingen(request, kommune, pk):
    """The row as it stays until the transaction is over; None where it is no more, which
    the user is told."""
    las_egen(request, kommune)
    rader = kommune.delte_tjenester.select_related("tjeneste__kommune")
    rad = rader.filter(pk=pk).first()
    if rad is None:
        if not Tjenestekommune.historikk.filter(id=pk, kommune=kommune).exists():
            raise Http404
        messages.warning(request, _("Tjenesten deles ikke lenger med dere."))
    return rad


@require_POST
@for_koordinator
@transaction.atomic
def tjenestedeling_godta(request, kommune, pk):
    """The tjeneste stands on the kommune's pages, too."""
    rad = _delingen(request, kommune, pk)
    if rad and rad.tjeneste.nedlagt:
        messages.error(request, _("%s er lagt ned.") % rad.tjeneste)
    elif rad:
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
    if rad:
        _ta_bort(rad)
        messages.success(request, _("%s deles ikke med dere.") % rad.tjeneste)
    return redirect("tiltak:delte_tjenester", kommune.slug)


def _ta_bort(rad):
    if rad.godtatt:
        # Who ends it here needs not be told that it ended; see `arbeidsflate.pa_vei`.
        rad.godtatt = None
        rad.save()
    rad.delete()


@require_POST
@for_koordinator
@transaction.atomic
def tjenestedeling_sett(request, kommune, samling):
    """What another kommune changed was seen, and is not told any more."""
    las_egen(request, kommune)
    funnet = [trukket(kommune), bortfalt(kommune)]
    if not any(rader.filter(history_samling=samling).exists() for rader in funnet):
        raise Http404
    if not kommune.sette_delinger.filter(samling=samling).exists():
        SettDeling.objects.create(kommune=kommune, samling=samling)
    messages.success(request, _("Meldingen er tatt bort."))
    return redirect("tiltak:delte_tjenester", kommune.slug)
