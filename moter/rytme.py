"""The rules by which fora meet, as pure dates: what the clock says comes after.

Dates are expanded without time and zone, so that a meeting at nine is at nine in summer
and in winter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from dateutil import rrule
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

UKER_I_ARET = 365.2425 / 7
SISTE_UKE = 53


class Regel(models.TextChoices):
    """The kinds of rule."""

    UKER = "uker", gettext_lazy("hver n-te uke")
    MANED = "maned", gettext_lazy("på en fast ukedag i måneden")
    AR = "ar", gettext_lazy("et antall ganger i året, jevnt fordelt")
    UKENUMRE = "ukenumre", gettext_lazy("i bestemte uker")


# "34", or "34–36" with any of the signs that people type for it.
_UKER = re.compile("([0-9]{1,2})(?:[-\u2010-\u2014\u2212]([0-9]{1,2}))?")
_STREK = re.compile(r"\s*([-\u2010-\u2014\u2212])\s*")


def les_ukenumre(tekst):
    """Returns the week numbers of a text like "34–36, 40 og 46", in order, each once. A
    range may go past New Year: "50–2" has the week 53 of the years that have it, too.

    Raises:
        ValueError: something in it is no number of a week.
    """
    tekst = _STREK.sub(r"\1", tekst)
    numre = set()
    for ord_ in re.split(r"[\s,;]+|\bog\b", tekst):
        if ord_:
            numre |= _ukene(ord_)
    return tuple(sorted(numre))


def _ukene(ord_):
    treff = _UKER.fullmatch(ord_)
    if treff is None:
        raise ValueError(ord_)
    fra, til = int(treff[1]), int(treff[2] or treff[1])
    if not (1 <= fra <= SISTE_UKE and 1 <= til <= SISTE_UKE):
        raise ValueError(ord_)
    if fra <= til:
        return set(range(fra, til + 1))
    return {*range(fra, SISTE_UKE + 1), *range(1, til + 1)}


def uker_i_ord(numre):
    """Returns numbers in order as people write them: "34–36, 40"; two in a row are not
    made a range."""
    rekker = []
    for nummer in numre:
        if rekker and nummer == rekker[-1][-1] + 1:
            rekker[-1].append(nummer)
        else:
            rekker.append([nummer])
    return ", ".join(
        f"{rekke[0]}–{rekke[-1]}" if len(rekke) > 2 else ", ".join(map(str, rekke))
        for rekke in rekker
    )


@dataclass(frozen=True)
class Rytme:
    """A rule and the days between which it holds, both included.

    Attributes:
        antall: weeks or months between meetings, or meetings a year; see `Regel`.
        ukedag: 0 for Monday.
        nummer: which of the month's weekdays; -1 for the last.
        unntak: days that the rule gives, and on which there is no meeting all the same.
    """

    regel: Regel
    antall: int
    ukedag: int
    fra: date
    til: date | None = None
    nummer: int | None = None
    ukenumre: tuple[int, ...] = ()
    unntak: frozenset[date] = frozenset()

    def datoer(self, fra: date, til: date) -> list[date]:
        """Returns the days of meetings from a day to another, both included."""
        siste = min(til, self.til or til)
        if siste < self.fra:
            return []
        match self.regel:
            case Regel.AR:
                alle = self._jevnt_fordelt(siste)
            case Regel.UKENUMRE:
                alle = self._i_ukene(siste)
            case _:
                alle = (tid.date() for tid in self._rrule(siste))
        forste = max(fra, self.fra)
        return [dag for dag in alle if dag >= forste and dag not in self.unntak]

    def _rrule(self, siste):
        felles = {
            "dtstart": _midnatt(self._forste()),
            "until": _midnatt(siste),
            "interval": self.antall,
        }
        dag = rrule.weekday(self.ukedag)
        if self.regel is Regel.UKER:
            return rrule.rrule(rrule.WEEKLY, byweekday=dag, **felles)
        # Counted from the first month, whether or not its day is past.
        felles["dtstart"] = _midnatt(self.fra.replace(day=1))
        return rrule.rrule(rrule.MONTHLY, byweekday=dag(self.nummer), **felles)

    def _forste(self):
        return self.fra + timedelta(days=(self.ukedag - self.fra.weekday()) % 7)

    def _jevnt_fordelt(self, siste) -> Iterator[date]:
        forste = self._forste()
        for nr in count():
            uker = round(nr * UKER_I_ARET / self.antall)
            dag = forste + timedelta(weeks=uker)
            if dag > siste:
                return
            yield dag

    def _i_ukene(self, siste) -> Iterator[date]:
        # Not rrule's BYWEEKNO: it misses days of a week that lie in the next year.
        # Week 1 may begin in the year before its own, and the last one end after it.
        for ar in range(self.fra.year - 1, siste.year + 2):
            for uke in sorted(self.ukenumre):
                try:
                    dag = date.fromisocalendar(ar, uke, self.ukedag + 1)
                except ValueError:  # no week 53 that year
                    continue
                if dag <= siste:
                    yield dag

    def __str__(self):
        dag = str(WEEKDAYS[self.ukedag])
        match self.regel:
            case Regel.UKER if self.antall == 1:
                return _("hver %s") % dag
            case Regel.UKER:
                return _("%(dag)s hver %(n)s. uke") % {"dag": dag, "n": self.antall}
            case Regel.MANED:
                hvilken = self._hvilken()
                return ngettext(
                    "%(hvilken)s %(dag)s i måneden",
                    "%(hvilken)s %(dag)s hver %(n)s. måned",
                    self.antall,
                ) % {"hvilken": hvilken, "dag": dag, "n": self.antall}
            case Regel.AR:
                return ngettext(
                    "%(dag)s, %(n)s gang i året",
                    "%(dag)s, %(n)s ganger i året",
                    self.antall,
                ) % {"dag": dag, "n": self.antall}
            case Regel.UKENUMRE:
                uker = uker_i_ord(self.ukenumre)
                return _("%(dag)s i uke %(uker)s") % {"dag": dag, "uker": uker}

    def _hvilken(self):
        return {
            1: _("første"),
            2: _("andre"),
            3: _("tredje"),
            4: _("fjerde"),
            -1: _("siste"),
        }[self.nummer]


def _midnatt(dag):
    return datetime.combine(dag, time.min)
