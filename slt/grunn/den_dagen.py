"""A day that is over: inside `som_den_dagen`, whatever is asked of the database is
answered as it stood when that day ended.

Pages ask as they always do. In front of each question goes a common table expression for
each table that it reads, with the name of that table and the rows of the history that held
then: SQL takes it in place of the table. Which rows those are is asked once for each table,
however many questions there are. Nothing can be changed in the meantime.

simple-history's `as_of` gives rows, not answers: nothing can be filtered, joined or
prefetched by what their relations were.
"""

import re
from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import CASCADE, Exists, Max, OuterRef, Q
from django.utils import timezone

from slt.grunn.kontakt_i_tekst import har_kontakt, kontakter_i, uten_kontakter
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import midnatt

# {table: its model}. Each app says at start what stands as it stood; all else, rights and
# settings above all, is as it is today.
SOM_DA: dict[str, Any] = {}
# The same of what is shown where it was there by then, with what it says today.
FANTES_DA: dict[str, Any] = {}
# Of these, what the reader may not see counts all the same: a choice that is hidden is
# still a choice.
TELLER: set[Any] = set()
# {model: a Q of rows that are closed to readers}: what was closed when it was deleted was
# taken back, and is not as it stood while it was open.
LUKKET: dict[Any, Q] = {}

_TABELL = re.compile(r'"(\w+)"')

_dagen: ContextVar["Dagen | None"] = ContextVar("dagen", default=None)


class BareLesing(RuntimeError):  # noqa: N818
    """Somebody tried to change what is shown as it stood on a day that is over."""


def som_da(*modeller, teller=(), lukket=()):
    """Registers models whose rows are shown as they stood.

    Args:
        teller: those of them whose rows count also where the reader may not see them.
        lukket: {model: a Q of those of its rows that are closed to readers}.
    """
    SOM_DA.update({modell._meta.db_table: modell for modell in modeller})
    TELLER.update(teller)
    LUKKET.update(lukket)


def fantes_da(*modeller):
    """Registers models whose rows are shown as they are now, those that were there then:
    what was taken back since must not return."""
    FANTES_DA.update({modell._meta.db_table: modell for modell in modeller})


def dagen() -> date:
    """The day that is shown: today, unless it is one that is over."""
    return _dagen.get().dag if _dagen.get() else timezone.localdate()


def er_en_annen() -> bool:
    """Whether what is shown is as it stood on a day that is over."""
    return _dagen.get() is not None


@contextmanager
def som_den_dagen(dag: date, *, kommuner: Iterable[int], bruker):
    """Answers inside the block as it was when the day ended.

    Args:
        kommuner: the ids of those whose rows are read.
        bruker: who reads. What they may not see today, they do not see as it was.
    """
    den = Dagen(dag, list(kommuner), bruker)
    token = _dagen.set(den)
    try:
        with connection.execute_wrapper(den.utfor), _uten_nokler():
            yield den
    finally:
        _dagen.reset(token)


@contextmanager
def _uten_nokler():
    """Groups by all that is selected inside the block: PostgreSQL knows no primary keys of
    what only goes by the name of a table."""
    features = connection.features
    for_ = features.allows_group_by_selected_pks
    features.allows_group_by_selected_pks = False
    try:
        yield
    finally:
        features.allows_group_by_selected_pks = for_


@contextmanager
def i_dag():
    """Answers inside the block as it is today, also inside `som_den_dagen`."""
    token = _dagen.set(None)
    try:
        yield
    finally:
        _dagen.reset(token)


class Dagen:
    """A day that is over, and what has been found of it so far."""

    def __init__(self, dag, kommuner, bruker):
        self.dag, self.kommuner, self.bruker = dag, kommuner, bruker
        self._uttrykk = {}

    @cached_property
    def grense(self):
        """When the day was over."""
        return midnatt(self.dag + timedelta(days=1))

    def utfor(self, execute, sql, params, many, context):
        """Wraps each question to the database; see `connection.execute_wrapper`."""
        if _dagen.get() is not self:
            return execute(sql, params, many, context)
        tabeller = _kjente() & set(_TABELL.findall(sql))
        if not tabeller:
            return execute(sql, params, many, context)
        if not sql.lstrip(" (").startswith("SELECT"):
            raise BareLesing(sql.split(" ", 1)[0])
        with i_dag():
            uttrykk = [self._uttrykket(tabell) for tabell in _i_rekke(tabeller)]
        foran = ", ".join(sql for sql, _verdier in uttrykk)
        verdier = [verdi for _sql, verdier in uttrykk for verdi in verdier]
        return execute(f"WITH {foran} {sql}", (*verdier, *params), many, context)

    def _uttrykket(self, tabell):
        if tabell not in self._uttrykk:
            rader, verdier = self._rader(tabell)
            self._uttrykk[tabell] = f'"{tabell}" AS ({rader})', verdier
        return self._uttrykk[tabell]

    def _rader(self, tabell):
        """(SQL of the rows of a table, its parameters)."""
        if modell := FANTES_DA.get(tabell):
            pker = [pk for _history_id, pk in self._da(modell, ma_finnes=True)]
            return _velg(modell, modell, modell._meta.pk.column, pker), []
        if modell := SOM_DA.get(tabell):
            historiske = [history_id for history_id, _pk in self._da(modell)]
            tekster = _uten_det_trukne(modell, historiske)
            historikk = modell.historikk.model
            velg = _velg(modell, historikk, "history_id", historiske, tekster)
            # In the order in which the columns stand.
            return velg, [t for per_rad in tekster.values() for t in per_rad.values()]
        alle = f"SELECT * FROM {_tabell(tabell)}"  # noqa: S608
        return f"{alle} WHERE history_date < '{self._tid}'", []

    @property
    def _tid(self):
        utc = self.grense.astimezone(tz=timezone.get_fixed_timezone(0))
        sone = "+00" if connection.vendor == "postgresql" else ""
        return f"{utc:%Y-%m-%d %H:%M:%S}{sone}"

    def _da(self, modell, *, ma_finnes=False):
        """[(id in the history, id of the row)] of what stood then, and is not hidden from
        the reader today; 1 query."""
        pk = modell._meta.pk.attname
        historikk = modell.historikk.model.objects.order_by()
        siste = (
            historikk.filter(
                history_kommune__in=self.kommuner, history_date__lt=self.grense
            )
            .values(pk)
            .annotate(siste=Max("history_id"))
        )
        den = modell._base_manager.filter(pk=OuterRef(pk))
        synlige = modell.objects.synlige_for(self.bruker).filter(pk=OuterRef(pk))
        rader = historikk.filter(history_id__in=siste.values("siste"))
        if modell not in TELLER:
            borte = ~Exists(den)
            if lukket := LUKKET.get(modell):
                tatt_inn = historikk.filter(lukket, **{pk: OuterRef(pk)})
                borte &= lukket | ~Exists(tatt_inn.filter(history_type="-"))
            rader = rader.filter(
                Exists(synlige) if ma_finnes else Exists(synlige) | borte
            )
        hele = [f.attname for f in modell._meta.concrete_fields if _er_hele(f)]
        rader = rader.exclude(history_type="-")
        return _med_sitt_hele(list(rader.values_list("history_id", pk, *hele)))


def _er_hele(felt):
    """Whether it leads to the row of the same kind that the row is a part of."""
    av_samme = felt.is_relation and felt.related_model is felt.model
    return av_samme and felt.remote_field.on_delete is CASCADE


def _med_sitt_hele(rader):
    """[(id in the history, id of the row)] of those that are part of nothing that is not
    shown, and of no part of it.

    Args:
        rader: [(the same two, id of what it is a part of or None, ...)].
    """
    vises = {pk for _history_id, pk, *_hele in rader}
    med = [rad for rad in rader if all(h is None or h in vises for h in rad[2:])]
    if len(med) < len(rader):
        return _med_sitt_hele(med)
    return [rad[:2] for rad in rader]


@cache
def _kjente():
    historikker = {
        m._meta.db_table for m in apps.get_models() if hasattr(m, "history_kommune")
    }
    return {*SOM_DA, *FANTES_DA, *historikker}


def _i_rekke(tabeller):
    """What stands in an expression is not taken for another one that comes after it: the
    history itself comes last."""
    return sorted(tabeller, key=lambda t: (t not in SOM_DA and t not in FANTES_DA, t))


def _tabell(navn):
    """The table itself, not what goes by its name in front of the question."""
    return f'main."{navn}"' if connection.vendor == "sqlite" else f'"{navn}"'


def _uten_det_trukne(modell, historiske):
    """{column: {id in the history: the text instead}} of texts that name a number or an
    address that does not stand there today: what was withdrawn must not return. 1 query,
    and another one where there are some."""
    felter = [
        f.attname for f in modell._meta.concrete_fields if isinstance(f, Fritekst)
    ]
    if not felter:
        return {}
    pk, historikk = modell._meta.pk.attname, modell.historikk.model.objects.order_by()
    nyere = historikk.filter(
        **{pk: OuterRef(pk)}, history_id__gt=OuterRef("history_id")
    )
    rader = historikk.filter(Exists(nyere), history_id__in=historiske)
    rader = [
        rad
        for rad in rader.values("history_id", pk, *felter)
        if any(har_kontakt(rad[felt]) for felt in felter)
    ]
    if not rader:
        return {}
    na = modell._base_manager.filter(pk__in=[rad[pk] for rad in rader])
    na = {rad[pk]: rad for rad in na.values(pk, *felter)}
    tekster = {felt: {} for felt in felter}
    for rad in rader:
        star = na.get(rad[pk], dict.fromkeys(felter, ""))
        kjente = set().union(*(kontakter_i(star[felt]) for felt in felter))
        for felt in felter:
            if (uten := uten_kontakter(rad[felt], kjente)) != rad[felt]:
                tekster[felt][rad["history_id"]] = uten
    return tekster


def _velg(modell, fra, nokkel, pker, tekster=None):
    """The SQL that gives the rows with these keys of the history, or of the table itself;
    with other texts in some."""
    kolonner = ", ".join(
        _kolonne(f.column, (tekster or {}).get(f.attname))
        for f in modell._meta.concrete_fields
    )
    hvilke = ", ".join(map(str, pker)) or "NULL"
    tabell = _tabell(fra._meta.db_table)
    return f'SELECT {kolonner} FROM {tabell} WHERE "{nokkel}" IN ({hvilke})'  # noqa: S608


def _kolonne(kolonne, tekster):
    if not tekster:
        return f'"{kolonne}"'
    valg = " ".join(f"WHEN {history_id} THEN %s" for history_id in tekster)
    return f'CASE history_id {valg} ELSE "{kolonne}" END AS "{kolonne}"'
