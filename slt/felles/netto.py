"""What many rows were before a window of time, and what they are at the end of it, from
their history: net, so that what was changed back is nothing.

The number of queries grows with the models, not with the rows or their changes; of each
row that was changed, two states are loaded at the most.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Value,
)
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.felles.endret import Felt, Punkt
from slt.felles.historikksider import ORD
from slt.grunn.historikk import Art, Dor
from slt.grunn.kontakt_i_tekst import kontakter_i, uten_kontakter
from slt.grunn.ordforskjell import Stykke, er_korte, forskjell
from slt.grunn.tekst import Fritekst

# What one import changed beyond that is summed up, and not loaded.
STOR_IMPORT = 100
OM_GANGEN = 5000
# Of a long text, as much around what differs as this.
SAMMENHENG, LENGST_STYKKE = 80, 600
LOST_INN = (Dor.IMPORT, Dor.KOMMANDO)


@dataclass
class Par:
    """One row that was changed: its history row before and after, or None; and what its
    reader sees of them."""

    modell: type
    pk: int
    da: Any
    na: Any
    sist: datetime
    bare_rettelser: bool
    for_: Any = None
    etter: Any = None

    @property
    def rad(self):
        return self.etter or self.for_

    @property
    def er_slettet(self):
        return self.na.history_type == "-"


def les(historikkene, siden, for_, *, lagt_inn=(Dor.KOMMANDO,), utenom=None):
    """Returns [Par] of all that was changed, by model and id.

    Args:
        historikkene: QuerySets of history; several of one model may have rows in common.
        siden: a Q: what was changed in the window.
        for_: a Q: what was changed before it.
        lagt_inn: the doors by which what was loaded, was there before.
        utenom: {model: sets (`history_samling`) that are told in another way}.
    """
    ut = []
    for modell, endret in _endret(list(historikkene), siden, utenom or {}).items():
        da = {}
        for pker in biter(endret):
            rader = modell.objects.filter(for_, id__in=pker).order_by()
            siste = rader.values("id").annotate(siste=Max("history_id"))
            rader = modell.objects.filter(history_id__in=siste.values("siste"))
            da |= {h.id: h for h in rader}
        trengs = {siste for _forst, siste, *_andre in endret.values()}
        trengs |= {endret[pk][0] for pk in endret if pk not in da}
        na = {}
        for nokler in biter(trengs):
            na |= modell.objects.in_bulk(nokler, field_name="history_id")
        for pk, (forst, siste, tid, endringer) in endret.items():
            var = da.get(pk)
            if var is None and _er_lagt_inn(na[forst], lagt_inn):
                var = na[forst]
            par = Par(modell.instance_type, pk, var, na[siste], tid, not endringer)
            ut.append(par)
    return ut


def biter(nokler):
    """Yields them, as many at a time as a query takes."""
    rest = iter(sorted(nokler))
    while bit := list(islice(rest, OM_GANGEN)):
        yield bit


def _endret(historikkene, siden, utenom):
    """{model of history: {id: [first, last, when, how many that are no corrections]}}; 1
    query, for as a rule little was changed."""
    endret = defaultdict(dict)
    if not historikkene:
        return endret
    rader = [
        historikk.filter(siden, _uten(utenom.get(historikk.model.instance_type)))
        .order_by()
        .values("id")
        .annotate(
            nr=Value(nr, IntegerField()),
            forst=Min("history_id"),
            siste=Max("history_id"),
            tid=Max("history_date"),
            endringer=Count("history_id", filter=~Q(history_art=Art.RETTELSE)),
        )
        .values_list("nr", "id", "forst", "siste", "tid", "endringer")
        for nr, historikk in enumerate(historikkene)
    ]
    for nr, pk, *resten in rader[0].union(*rader[1:], all=True):
        endret[historikkene[nr].model][pk] = resten
    return endret


def _uten(samlinger):
    return ~Q(history_samling__in=list(samlinger)) if samlinger else Q()


def _er_lagt_inn(forst, dorer):
    return forst.history_type == "+" and forst.history_dor in dorer


def store_importer(modeller, siden):
    """Returns {model: {sets of which each changed very many of its rows}}; 1 query."""
    rader = [
        modell.historikk.filter(siden, history_dor=Dor.IMPORT)
        .order_by()
        .values("history_samling")
        .annotate(nr=Value(nr, IntegerField()), antall=Count("history_id"))
        .filter(antall__gt=STOR_IMPORT)
        .values_list("nr", "history_samling")
        for nr, modell in enumerate(modeller)
    ]
    store = defaultdict(set)
    if rader:
        for nr, samling in rader[0].union(*rader[1:], all=True):
            store[modeller[nr]].add(samling)
    return store


def importert(modell, samlinger, siden, synlige):
    """Yields a Punkt of how many rows were added, and one of how many changed, by these
    sets, of those in the QuerySet `synlige`; 1 query."""
    rader = modell.historikk.filter(siden, history_samling__in=list(samlinger))
    rader = rader.filter(Exists(synlige.filter(pk=OuterRef("id")))).order_by()
    per = dict(rader.values_list("history_type").annotate(n=Count("id", distinct=True)))
    navn = modell._meta.verbose_name_plural
    for slag, handling in (("+", _("lagt inn")), ("~", _("endret"))):
        if antall := per.get(slag):
            yield Punkt(f"{_('Import')}: {antall} {navn}", handling)


def synlige_blant(synlige, pker):
    """Returns the ids that are in the QuerySet, of these."""
    ut = set()
    for bit in biter(pker):
        ut.update(synlige.filter(pk__in=bit).order_by().values_list("pk", flat=True))
    return ut


def lukket_ved(modell, kommune, tid, lukket):
    """Returns the ids of the rows that were closed to readers at a moment, by a Q of what
    they said of themselves then, of those that were changed since; 1 query."""
    historikk = modell.historikk.model.objects.filter(history_kommune=kommune.pk)
    historikk = historikk.order_by()
    siden = historikk.filter(history_date__gte=tid).values("id")
    for_ = historikk.filter(history_date__lt=tid, id__in=siden).values("id")
    siste = for_.annotate(siste=Max("history_id")).values("siste")
    rader = modell.historikk.model.objects.filter(lukket, history_id__in=siste)
    return set(rader.values_list("id", flat=True))


def siste_av(modell, pker):
    """Returns {id: the very last row of its history}, of what is gone."""
    historikk, ut = modell.historikk.model.objects, {}
    for bit in biter(pker):
        rader = historikk.filter(id__in=bit).order_by().values("id")
        siste = rader.annotate(siste=Max("history_id")).values("siste")
        ut |= {h.id: h for h in historikk.filter(history_id__in=siste)}
    return ut


def sett(parene, bruker, apen, apen_borte=None):
    """Returns the Par of which the reader is told, with what they see of them: nothing of
    what is hidden today, or was when it went.

    Args:
        apen: says of a history row whether the reader could see it by what it said.
        apen_borte: the same of what is gone; who reads more than others while it is there,
            need not be told of it then.
    """
    pker = defaultdict(set)
    for par in parene:
        pker[par.modell].add(par.pk)
    synlige = {
        m: synlige_blant(m.objects.synlige_for(bruker), p) for m, p in pker.items()
    }
    finnes = {m: synlige_blant(m._base_manager.all(), p) for m, p in pker.items()}
    borte = {m: siste_av(m, p - finnes[m]) for m, p in pker.items()}
    ut = []
    for par in parene:
        if par.pk in finnes[par.modell]:
            sies = par.pk in synlige[par.modell]
        else:
            sies = (apen_borte or apen)(borte[par.modell][par.pk])
        if not sies:
            continue
        da, na = par.da, par.na
        var_der = da is not None and da.history_type != "-" and apen(da)
        par.for_ = da if var_der else None
        par.etter = None if par.er_slettet or not apen(na) else na
        ut.append(par)
    return ut


# In words -----------------------------------------------------------------------------


def felter_i(modell, skjulte):
    """Returns the fields of a model with history, without those that are not told."""
    return [felt for felt in sporede(modell) if felt.name not in skjulte]


@cache
def sporede(modell):
    """Returns the fields of a model that its history holds."""
    # simple-history makes a class of managers each time somebody asks for one.
    return tuple(modell.historikk.model.tracked_fields)


def er_ulike(for_, etter, felter):
    """Whether two history rows of one row differ in one of the fields; None is that there
    is nothing to see."""
    if for_ is None or etter is None:
        return for_ is not etter
    return any(getattr(for_, f.attname) != getattr(etter, f.attname) for f in felter)


def i_ord(lesbar, for_, etter, felter, *, fra_vises, til_vises, ser_trukne, er_na):
    """Yields the Felt that differ.

    Args:
        fra_vises: says of a field whether the reader may know what stood there.
        til_vises: the same of what stands there.
        ser_trukne: whether the reader is told of numbers and addresses in texts that were
            withdrawn.
        er_na: whether `etter` is what stands today, and not withdrawn since.
    """
    for felt in felter:
        if getattr(for_, felt.attname) == getattr(etter, felt.attname):
            continue
        ord_ = ORD.get((etter.instance_type, felt.name))
        navn = capfirst(ord_(etter)[0] if ord_ else str(felt.verbose_name))
        fra = lesbar.verdi(for_, felt) if fra_vises(felt) else ""
        til = lesbar.verdi(etter, felt) if til_vises(felt) else ""
        if not ser_trukne and isinstance(felt, Fritekst):
            fra, til = _renset(fra, til, er_na=er_na)
        if fra == til:
            yield Felt(navn)
        elif er_korte(fra, til):
            yield Felt(navn, fra, til)
        elif fra and til:
            yield Felt(navn, stykker=utdrag(forskjell(*map(_i_setninger, (fra, til)))))
        else:
            yield Felt(navn)


def _i_setninger(tekst):
    """A sentence on each line: those of a long paragraph are compared one by one."""
    return re.sub(r"(?<=[.!?]) +", "\n", tekst)


def utdrag(stykker):
    """Returns of a difference only what differs, with the words around it."""
    ut = []
    for nr, stykke in enumerate(stykker):
        tekst = " ".join(stykke.tekst.split())
        if not stykke.i_begge:
            if len(tekst) > LENGST_STYKKE:
                tekst = f"{tekst[:LENGST_STYKKE]} …"
        else:
            tekst = _rundt(tekst, forst=nr == 0, sist=nr == len(stykker) - 1)
        if tekst:
            ut.append(Stykke(tekst, stykke.hvor))
    return tuple(ut)


def _rundt(tekst, *, forst, sist):
    """What stands on either side of a difference, from the beginning of a sentence where
    one is near."""
    if len(tekst) <= 2 * SAMMENHENG and not (forst or sist):
        return tekst
    etter = "" if forst else _foran(tekst)
    for_ = "" if sist else _bak(tekst)
    return (
        " … ".join(filter(None, [etter, for_])) if etter and for_ else (etter or for_)
    )


def _foran(tekst):
    """The first words, to the end of their sentence."""
    if len(tekst) <= SAMMENHENG:
        return tekst
    slutt = re.search(r"[.!?](?= )", tekst[:SAMMENHENG])
    return (
        tekst[: slutt.end()] if slutt else f"{tekst[:SAMMENHENG].rsplit(' ', 1)[0]} …"
    )


def _bak(tekst):
    """The last words, from the beginning of their sentence."""
    if len(tekst) <= SAMMENHENG:
        return tekst
    hale = tekst[-SAMMENHENG:]
    setninger = list(re.finditer(r"[.!?] ", hale))
    return hale[setninger[-1].end() :] if setninger else f"… {hale.split(' ', 1)[-1]}"


def _renset(fra, til, *, er_na):
    """Two texts as others than coordinators are told of them: without the numbers and
    addresses that may be withdrawn. As whole texts, for of a difference a part of one may
    be left."""
    if er_na:
        return uten_kontakter(fra, kontakter_i(til)), til
    return uten_kontakter(fra), uten_kontakter(til)
