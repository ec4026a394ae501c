"""What was changed of a tiltak since all could read it, from its history: the net of each
day, and without what was only corrected."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from django.db.models import CharField, IntegerField, Min, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from slt.felles.historikksider import siden_sist
from slt.grunn.historikk import Art, Dor
from tiltak.models import Ansvar, Handlingsplan, Innsatsomrade, Plassering, Tiltak

# What came by these doors on the day that a tiltak did, came with it.
LASTET = (Dor.IMPORT, Dor.KOMMANDO)


class Rad(NamedTuple):
    """One history row; what `tekst`, `status`, `niva`, `frist` and the three numbers are,
    depends on what it is of."""

    slag: int
    pk: int
    tid: datetime
    type: str
    art: str
    dor: str
    hvorfor: str
    tekst: str
    status: str
    niva: str
    frist: str
    prioritet: str
    a: int | None
    b: int | None
    c: int | None

    @property
    def dag(self):
        return timezone.localtime(self.tid).date()


PLANEN, TILTAKET, ANSVARET, PLASSEN = range(4)


class Skifte(NamedTuple):
    """That something became another thing on a day."""

    rad: Rad
    fra: object
    til: object


@dataclass
class Forlop:
    """What a value was, day by day, from what it was when all could first read it."""

    ledd: list[tuple[date | None, object, Rad | None]] = field(default_factory=list)

    def sett(self, dag, verdi, rad):
        if not self.ledd:
            self.ledd.append((dag, verdi, rad))
            return
        forrige = self.ledd[-1]
        if forrige[1] == verdi:
            return
        if forrige[0] == dag:
            self.ledd[-1] = (dag, verdi, rad)
        elif rad.art == Art.RETTELSE:
            # It says how it was all along.
            self.ledd[-1] = (forrige[0], verdi, forrige[2])
        else:
            self.ledd.append((dag, verdi, rad))

    def skifter(self):
        for (_dag, fra, _rad), (_dag_til, til, rad) in pairwise(self.ledd):
            if fra != til:
                yield Skifte(rad, fra, til)


class Historikken:
    """The history of a tiltak; 1 query.

    Attributes:
        apnet: the history row by which all could read it, or None while they cannot.
        kom_senere: whether that was after the plan held.
    """

    def __init__(self, tiltak):
        rader = sorted(map(Rad._make, _les(tiltak)), key=lambda rad: rad.tid)
        self._per_slag = {
            slag: [rad for rad in rader if rad.slag == slag]
            for slag in (TILTAKET, ANSVARET, PLASSEN)
        }
        planen = next((rad for rad in rader if rad.slag == PLANEN), None)
        tiltaket = self._publisert()
        self.apnet, self.kom_senere = None, False
        if planen and tiltaket:
            self.apnet = max(planen, tiltaket, key=lambda rad: rad.tid)
            lastet_med = tiltaket.dor in LASTET and planen.dag == tiltaket.dag
            self.kom_senere = tiltaket.tid > planen.tid and not lastet_med

    def _publisert(self):
        """The row by which the tiltak was published, or None while it is not."""
        funnet = None
        for rad in self._per_slag[TILTAKET]:
            if not rad.a:
                funnet = None
            elif funnet is None:
                funnet = rad
        return funnet

    def _dag(self, rad):
        """When something changed for readers; None of what they never saw otherwise."""
        if rad.tid <= self.apnet.tid:
            return None
        if rad.dor in LASTET and rad.dag == self.apnet.dag:
            return None
        return rad.dag

    def av_feltet(self, navn):
        """The changes of a field of the tiltak: "tekst" (its title), "status", "niva",
        "prioritet", or "frist" (as ISO 8601, "" for none)."""
        forlop = Forlop()
        if self.apnet:
            for rad in self._per_slag[TILTAKET]:
                forlop.sett(self._dag(rad), getattr(rad, navn), rad)
        return list(forlop.skifter())

    def av_ansvaret(self):
        """{id of a tjeneste: the changes of how it answers: by its roles}."""
        na, forlop = {}, {}
        for rad in self._per_slag[ANSVARET] if self.apnet else ():
            # Who it was before, too.
            berort = {rad.a, na.pop(rad.pk, (rad.a,))[0]}
            if rad.type != "-" and rad.status in Ansvar.ANSVARLIGE:
                na[rad.pk] = (rad.a, rad.status)
            for tjeneste in berort:
                roller = [rolle for hvem, rolle in na.values() if hvem == tjeneste]
                self._folg(forlop, tjeneste, rad, min(roller, default=""), "")
        return {pk: skifter for pk, f in forlop.items() if (skifter := [*f.skifter()])}

    def av_plassene(self):
        """The changes of where it stands: (innsatsområde, number), or None."""
        forlop = {}
        for rad in self._per_slag[PLASSEN] if self.apnet else ():
            sted = None if rad.type == "-" else (rad.a, rad.b)
            self._folg(forlop, rad.pk, rad, sted, None)
        return [skifte for f in forlop.values() for skifte in f.skifter()]

    def _folg(self, forlop, hva, rad, verdi, ingen):
        if hva not in forlop:
            forlop[hva] = Forlop()
            forlop[hva].sett(None, ingen, None)
        forlop[hva].sett(self._dag(rad), verdi, rad)


def _les(tiltak):
    """The history of a tiltak, of who answers for it and where it stands in its own plan;
    and when that began to hold, the last time it did; 1 query."""
    tom, null = Value("", CharField()), Value(0, IntegerField())
    spor = ("history_type", "history_art", "history_dor", "history_change_reason")

    def rader(slag, historikk, *verdier, tid="history_date", spor=spor):
        slag = Value(slag, IntegerField())
        return historikk.order_by().values_list(slag, "id", tid, *spor, *verdier)

    utkast = Handlingsplan.Status.UTKAST
    holdt = siden_sist(Handlingsplan, ogsa_aldri=True, status=utkast)
    holdt = (
        holdt.filter(id=tiltak.plan_id).values("id").annotate(fra=Min("history_date"))
    )
    publisert = Cast("publisert", IntegerField())
    frist = Coalesce(Cast("frist", CharField()), tom)
    sted = Plassering.historikk.filter(tiltak_id=tiltak.pk, plan_id=tiltak.plan_id)
    hos = Ansvar.historikk.filter(tiltak_id=tiltak.pk, plassering=None)
    selv = Tiltak.historikk.filter(id=tiltak.pk, plan_id=tiltak.plan_id)
    felter = ("tittel", "status", "niva", frist, "prioritet")
    tomme = [tom] * 3
    omrade = "innsatsomrade_id"
    return rader(TILTAKET, selv, *felter, publisert, null, null).union(
        rader(ANSVARET, hos, tom, "rolle", *tomme, "tjeneste_id", null, null),
        rader(PLASSEN, sted, tom, tom, *tomme, omrade, "nummer", null),
        rader(PLANEN, holdt, tom, tom, *tomme, *[null] * 3, tid="fra", spor=[tom] * 4),
        all=True,
    )


def apne_omrader(pker, bruker):
    """{id of an innsatsområde that the user sees: (what it is called, since when all could
    read it)}; 1 query."""
    synlige = Innsatsomrade.objects.synlige_for(bruker).filter(pk__in=pker)
    apnet = siden_sist(Innsatsomrade, ogsa_aldri=True, publisert=False)
    apnet = apnet.filter(id=OuterRef("pk"))
    apnet = apnet.order_by("history_id").values("history_date")[:1]
    rader = synlige.order_by().values_list("pk", "navn", Subquery(apnet))
    return {pk: (navn, fra) for pk, navn, fra in rader}
