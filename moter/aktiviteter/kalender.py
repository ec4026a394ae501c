"""The forebyggingskalender: what the pupils of each grade meet in a school year, month by
month: activities that say for which grades they are, and the tiltak of the plan in force
that say so and come in the same week each year."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moter.aktiviteter.gjenta import i_uke
from moter.models import Aktivitet
from slt.felles.arbeidsflate import Linje
from slt.models import PUBLIKUM, Bruker, Kommune
from tiltak.detaljer import liste_med_sted
from tiltak.models import (
    TRINN,
    Handlingsplan,
    Malgruppe,
    Tiltak,
    gjelder_i,
    star_i,
)

AUGUST, JULI = 8, 7
TIDLIGST, SENEST = 2000, 2198

# What else there is of such calendars: each app finds what the user may read of it.
SE_OGSA: list[Callable[[Kommune, Bruker], list[Linje]]] = []


@dataclass(frozen=True)
class Skolear:
    """A school year, by the year in which it begins."""

    begynner: int

    @classmethod
    def na(cls):
        i_dag = timezone.localdate()
        return cls(i_dag.year if i_dag.month >= AUGUST else i_dag.year - 1)

    def __str__(self):
        return f"{self.begynner}/{(self.begynner + 1) % 100:02}"

    @property
    def fra(self):
        return date(self.begynner, AUGUST, 1)

    @property
    def til(self):
        return date(self.begynner + 1, JULI, 31)

    @property
    def maneder(self):
        """The first of each month, from August until July."""
        ar = self.begynner
        return [date(ar + (m > 12), (m - 1) % 12 + 1, 1) for m in range(8, 20)]

    def torsdag_i(self, uke):
        """Returns the Thursday of a week of it, by its number: a week belongs to the month
        of that. Week 53 in a year without one is the last; and one that is the end of July
        in this year and August in the next begins the school year."""
        dager = [i_uke(ar, uke, 4) for ar in (self.begynner, self.begynner + 1)]
        i_aret = [dag for dag in dager if self.fra <= dag <= self.til]
        return i_aret[0] if i_aret else self.fra


@dataclass(frozen=True)
class Punkt:
    """One thing that pupils meet.

    Attributes:
        internt: whether it is not for all.
        avlyst: whether it was called off.
    """

    tittel: str
    nar: str
    adresse: str
    plass: date
    internt: bool = False
    avlyst: bool = False


@dataclass(frozen=True)
class Kalender:
    """
    Attributes:
        maneder: the first of each; July only where something is in it.
        rader: [(number of a grade, its name, [(month, its points)])], of all grades.
    """

    skolear: Skolear
    maneder: list[date]
    rader: list[tuple[int, str, list[tuple[date, list[Punkt]]]]]
    antall: int


def kalender(kommune, skolear, bruker) -> Kalender:
    """Returns the calendar as the user may see it; a number of queries that does not grow
    with what is in it."""
    ruter, alle = defaultdict(list), set()
    for trinnene, maneder, punkt in [
        *_aktivitetene(kommune, skolear, bruker),
        *_tiltakene(kommune, skolear),
    ]:
        alle.add(punkt)
        for trinn in trinnene:
            for maned in maneder:
                ruter[trinn, maned].append(punkt)
    i_bruk = {maned for _trinn, maned in ruter}
    maneder = [m for m in skolear.maneder if m.month != JULI or m in i_bruk]
    rader = [
        (nr, navn, [(m, _ordnet(ruter[nr, m])) for m in maneder]) for nr, navn in TRINN
    ]
    return Kalender(skolear, maneder, rader, len(alle))


def _ordnet(punkter):
    return sorted(punkter, key=lambda punkt: (punkt.plass, punkt.tittel))


def _aktivitetene(kommune, skolear, bruker):
    """Yields (grades, months, Punkt): what lasts longer stands in each month; 1 query."""
    rader = Aktivitet.objects.synlige_for(bruker).mellom(skolear.fra, skolear.til)
    har_trinn = ~Q(trinn_fra=None, trinn_til=None)
    for rad in rader.filter(har_trinn, kommune=kommune):
        forste, siste = rad.dato.replace(day=1), rad.siste_dag
        maneder = [m for m in skolear.maneder if forste <= m <= siste]
        yield (
            rad.trinnene,
            maneder,
            Punkt(
                tittel=rad.tittel,
                nar=_dagene(rad),
                adresse=rad.adresse_i(kommune),
                plass=rad.dato,
                internt=not rad.publisert,
                avlyst=rad.avlyst,
            ),
        )


def _dagene(rad):
    """The year is known."""
    if rad.siste_dag == rad.dato:
        return date_format(rad.dato, "j. F")
    return f"{date_format(rad.dato, 'j. b')}–{date_format(rad.siste_dag, 'j. b')}"


def _tiltakene(kommune, skolear):
    """Yields the same of the tiltak of the plan in force, as all may read it: at most 6
    queries."""
    plan = Handlingsplan.objects.gjeldende_i(kommune)
    if plan is None:
        return
    tiltak = Tiltak.objects.synlige_for(PUBLIKUM).i_kraft(plan).filter(star_i(plan))
    grupper = Malgruppe.objects.filter(
        gjelder_i(plan, Malgruppe),
        ~Q(trinn_fra=None, trinn_til=None),
        tiltak__in=tiltak.exclude(uke=None).order_by(),
    )
    trinnene = defaultdict(set)
    for pk, fra, til in grupper.order_by().values_list(
        "tiltak", "trinn_fra", "trinn_til"
    ):
        trinnene[pk].update(range(fra or til, (til or fra) + 1))
    for rad in liste_med_sted(tiltak.filter(pk__in=trinnene)):
        torsdag = skolear.torsdag_i(rad.uke)
        if not _varer(rad, torsdag):
            continue
        nar, adresse = _("uke %d") % rad.uke, rad.get_absolute_url()
        punkt = Punkt(rad.tittel, nar, adresse, torsdag)
        yield sorted(trinnene[rad.pk]), [torsdag.replace(day=1)], punkt


def _varer(tiltak, torsdag):
    """Whether the tiltak holds on a day of that week."""
    fra, til = tiltak.fra_dato, tiltak.til_dato
    for_sent = fra is not None and fra > torsdag + timedelta(days=3)
    return not for_sent and (til is None or til >= torsdag - timedelta(days=3))
