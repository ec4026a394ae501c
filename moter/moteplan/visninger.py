"""The plan of meetings as tables: a month by weeks, and a year by fora and months."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from dateutil.rrule import MONTHLY, rrule
from django.utils.dates import WEEKDAYS

from moter.models import Forum
from moter.moteplan.oversikt import Moteplan, Planrad

HVERDAGER = 5


@dataclass(frozen=True)
class Kalenderdag:
    """A day of a month: why it is no good, in words, and its meetings."""

    dato: date
    hinder: str
    rader: list[Planrad]

    @property
    def navn(self):
        return str(WEEKDAYS[self.dato.weekday()])


@dataclass(frozen=True)
class Maned:
    """A month of the plan.

    Attributes:
        forrige, neste: the months beside it, as far as the plan goes.
        ukedager: their names; weekends only where somebody meets then.
        uker: [(number of the week, [a day, or None where it is of another month])].
    """

    forste: date
    forrige: date | None
    neste: date | None
    ukedager: list[str]
    uker: list[tuple[int, list[Kalenderdag | None]]]

    @property
    def er_tom(self):
        """Whether nobody meets."""
        return not any(dag and dag.rader for _uke, dager in self.uker for dag in dager)


@dataclass(frozen=True)
class Ar:
    """The twelve months to come.

    Attributes:
        fora: [(forum, [(month, its rows)], how many meetings are held)].
    """

    maneder: list[date]
    fora: list[tuple[Forum, list[tuple[date, list[Planrad]]], int]]

    @property
    def antall(self):
        return sum(antall for _forum, _maneder, antall in self.fora)


def maneder_i(planen: Moteplan) -> list[date]:
    """Returns the first day of each month that the plan touches."""
    fra = planen.i_dag.replace(day=1)
    return [dag.date() for dag in rrule(MONTHLY, dtstart=fra, until=planen.til)]


def maneden(planen: Moteplan, ar: int, maned: int) -> Maned | None:
    """Returns the month, or None where the plan does not reach it."""
    alle = maneder_i(planen)
    plass = next(
        (nr for nr, m in enumerate(alle) if (m.year, m.month) == (ar, maned)), None
    )
    if plass is None:
        return None
    rader = defaultdict(list)
    for rad in planen.rader:
        if (rad.mote.dag.year, rad.mote.dag.month) == (ar, maned):
            rader[rad.mote.dag].append(rad)
    dager = 7 if any(dag.weekday() >= HVERDAGER for dag in rader) else HVERDAGER
    uker = []
    for uke in Calendar().monthdatescalendar(ar, maned):
        rekke = [
            Kalenderdag(d, planen.hinder.get(d, ""), rader[d])
            if d.month == maned
            else None
            for d in uke[:dager]
        ]
        # The week may have no other days in the month than a weekend without meetings.
        if any(rekke):
            uker.append((uke[0].isocalendar().week, rekke))
    return Maned(
        forste=alle[plass],
        forrige=alle[plass - 1] if plass else None,
        neste=alle[plass + 1] if plass + 1 < len(alle) else None,
        ukedager=[str(WEEKDAYS[nr]) for nr in range(dager)],
        uker=uker,
    )


def aret(planen: Moteplan) -> Ar:
    """Returns the year: the fora that are at work, and those that meet in it."""
    maneder = maneder_i(planen)
    etter_forum = defaultdict(lambda: defaultdict(list))
    fora = {forum.pk: forum for forum in planen.foraene()}
    for rad in planen.rader:
        fora.setdefault(rad.mote.forum_id, rad.mote.forum)
        forste = rad.mote.dag.replace(day=1)
        etter_forum[rad.mote.forum_id][forste].append(rad)
    return Ar(
        maneder=maneder,
        fora=[
            (
                forum,
                [(forste, etter_forum[pk][forste]) for forste in maneder],
                sum(
                    not rad.mote.er_avlyst
                    for rader in etter_forum[pk].values()
                    for rad in rader
                ),
            )
            for pk, forum in fora.items()
        ],
    )
