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

from slt.felles.netto import er_ulike
from slt.felles.sider import for_koordinator, las_egen
from slt.grunn.historikk import begrunnet
from slt.models import PUBLIKUM
from tiltak.detaljer import med_sted_i_planen
from tiltak.endret import ses
from tiltak.models import (
    Ansvar,
    Apningstid,
    Handlingsplan,
    Kontaktpunkt,
    SettDeling,
    Tjeneste,
    Tjenestekommune,
    Tjenestemalgruppe,
)
from tiltak.models.delinger import VIL_IKKE_VISE, avslatt, bortfalt, trukket, usett


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
    sist = _sist_endret(her.values())
    like = {rad.pk: _lik(rad.tjeneste, alle) for rad in fra if rad.godtatt is None}
    return render(
        request,
        "tiltak/delte_tjenester.html",
        {
            "kommune": kommune,
            "endret": _endret(kommune),
            "fra_andre": [
                {
                    "rad": rad,
                    "her": her.get(rad.tjeneste_id),
                    "lik": like.get(rad.pk),
                    "sist": sist.get(rad.tjeneste_id),
                }
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
    back, contact points that they removed, and own tjenester that they will not show, which
    have `mottaker`. Each with `punkt`, what was removed, and `tiltakene`, those that name
    the tjeneste of another; 6 queries."""
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
    for rad in usett(avslatt(kommune), kommune).select_related("kommune"):
        rad.mottaker = rad.kommune
        rader.append(rad)
    return sorted(rader, key=lambda rad: rad.history_date, reverse=True)


def _sist_endret(tjenestene):
    """{id of a tjeneste: when something that all see of it was last changed where it is
    kept}; 5 queries."""
    pker = {tjeneste.pk for tjeneste in tjenestene}
    apne = Kontaktpunkt.objects.synlige_for(PUBLIKUM).filter(tjeneste__in=pker)
    punktenes = dict(apne.order_by().values_list("pk", "tjeneste"))
    tider = Apningstid.historikk.filter(kontaktpunkt__in=punktenes)
    rader = [(h.id, h) for h in Tjeneste.historikk.filter(id__in=pker)]
    rader += [(punktenes[h.kontaktpunkt_id], h) for h in tider]
    for del_ in (Kontaktpunkt, Tjenestemalgruppe):
        deler = del_.historikk.filter(tjeneste__in=pker)
        rader += [(h.tjeneste_id, h) for h in deler]
    sett, sist = {}, {}
    for pk, h in sorted(rader, key=lambda rad: rad[1].history_id):
        na = None if h.history_type == "-" or not _er_apent(h) else h
        if er_ulike(sett.get((type(h), h.id)), na, ses(h.instance_type)):
            sist[pk] = max(sist.get(pk, h.history_date), h.history_date)
        sett[type(h), h.id] = na
    return sist


def _er_apent(h):
    alles = Kontaktpunkt.Synlighet.OFFENTLIG
    return getattr(h, "synlighet", alles) == alles


def _punktet(rad):
    """What a removed kontaktpunkt was, as far as all could see it; "" where none was."""
    if not isinstance(rad, Kontaktpunkt.historikk.model):
        return ""
    if not _er_apent(rad):
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
        with begrunnet(VIL_IKKE_VISE):
            _ta_bort(rad)
        sagt = _("%(tjeneste)s deles ikke med dere. %(eier)s får vite det.")
        verdier = {"tjeneste": rad.tjeneste, "eier": rad.tjeneste.kommune}
        messages.success(request, sagt % verdier)
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
    funnet = [trukket(kommune), bortfalt(kommune), avslatt(kommune)]
    if not any(rader.filter(history_samling=samling).exists() for rader in funnet):
        raise Http404
    if not kommune.sette_delinger.filter(samling=samling).exists():
        SettDeling.objects.create(kommune=kommune, samling=samling)
    messages.success(request, _("Meldingen er tatt bort."))
    return redirect("tiltak:delte_tjenester", kommune.slug)
