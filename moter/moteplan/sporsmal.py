"""What the planner is asked, and what it answers: plain values without rows."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

LENGE_SIDEN = datetime(1900, 1, 1)  # noqa: DTZ001


@dataclass(frozen=True)
class Rammer:
    """What holds for all the fora: every how many weeks, from a day to another, on which
    weekdays (0 for Monday), at which hours, how long; all begin after a moment, in local
    time without zone."""

    uker: int
    fra: date
    til: date
    ukedager: tuple[int, ...]
    tider: tuple[time, ...]
    varighet: timedelta
    etter: datetime = LENGE_SIDEN

    @property
    def steg(self):
        """How far it is from a date of a forum to its next."""
        return timedelta(weeks=self.uker)


@dataclass(frozen=True)
class Onske:
    """A forum, and what is decided for it beforehand; None leaves it open."""

    forum: int
    ukedag: int | None = None
    tid: time | None = None
    forste: date | None = None


@dataclass(frozen=True)
class Opptatt:
    """A meeting that stands already, in local time without zone."""

    forum: int
    start: datetime
    slutt: datetime


@dataclass(frozen=True)
class Luke:
    """A first day and an hour, and the dates they give.

    Attributes:
        dag_i_runden: the day's number in the cycle of n weeks, 0 for its first Monday.
    """

    tid: time
    datoer: tuple[date, ...]
    dag_i_runden: int
    nr: int = field(compare=False, default=0)

    @property
    def forste(self):
        return self.datoer[0]

    @property
    def uke(self):
        """The number of its week in the cycle, from 0."""
        return self.dag_i_runden // 7


class Arsak(Enum):
    """Why a forum got no luke."""

    INGEN_DATO = auto()  # no day of the period fits what was asked
    MOTEFRI = auto()  # no day is any good
    OPPTATT = auto()  # meetings that stand already are in the way of all
    FULLT = auto()  # the other fora of the proposal took what was left


@dataclass(frozen=True)
class Plassert:
    """A forum and its luke; `hinder` says {date: why it is no good}, `flyttet` {such a
    date: when instead}. Those that have no day instead fall away."""

    forum: int
    luke: Luke
    hinder: dict[date, str]
    flyttet: dict[date, datetime] = field(default_factory=dict)

    @property
    def dager(self):
        """The days on which the forum would meet, in order."""
        egne = [dag for dag in self.luke.datoer if dag not in self.hinder]
        return sorted([*egne, *(ny.date() for ny in self.flyttet.values())])


@dataclass(frozen=True)
class Uplassert:
    """A forum that found no room, why, and which fora are in the way."""

    forum: int
    arsak: Arsak
    i_veien: tuple[int, ...] = ()
