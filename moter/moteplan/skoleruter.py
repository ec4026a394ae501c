"""The school holidays of the fylker, as somebody read them in a source: a table to start
from, since each kommune decides on its own. It lies in fixtures/skoleruter/, a file for
each school year; nobody edits it in the browser, so it is no rows of the database."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from moter.moteplan.ferier import Ferie

MAPPE = settings.BASE_DIR / "fixtures" / "skoleruter"
# What the files call them, in the order of the school year.
FERIENAVN = {
    "hostferie": _("høstferie"),
    "juleferie": _("juleferie"),
    "vinterferie": _("vinterferie"),
    "paskeferie": _("påskeferie"),
}


@dataclass(frozen=True)
class Skolerute:
    """The holidays of a school year in a fylke, by one source.

    Attributes:
        skolear: as its file is named: "2026-2027".
        fylke: the two digits with which the numbers of its kommuner begin.
        rute: who decided on it: the fylkeskommune or one of the kommuner.
        kilde: the address of the source.
        lest: when somebody read it there.
        dager: {key of FERIENAVN: [(first day, last day)]}, for those that the source
            dates; several where it has one or the other.
    """

    skolear: str
    fylke: str
    rute: str
    kilde: str
    lest: date
    dager: dict[str, list[tuple[date, date]]]

    @property
    def navn(self):
        return self.skolear.replace("-", "–")

    @property
    def varer(self) -> tuple[date, date]:
        """The first and the last day of the school year."""
        fra, til = map(int, self.skolear.split("-"))
        return date(fra, 8, 1), date(til, 7, 31)

    @property
    def perioder(self) -> list[tuple[str, list[tuple[date, date]]]]:
        """(name in the language that is active, when it may be) of each holiday."""
        return [
            (str(navn), self.dager.get(nokkel, []))
            for nokkel, navn in FERIENAVN.items()
        ]

    @property
    def ferier(self) -> list[Ferie]:
        """Those whose days are known."""
        return [
            Ferie(navn, *tider[0]) for navn, tider in self.perioder if len(tider) == 1
        ]

    def apne(self, i_dag: date) -> list[str]:
        """The names of the others, but for those that are over whichever it was."""
        return [
            navn
            for navn, tider in self.perioder
            if not tider or (len(tider) > 1 and tider[-1][1] >= i_dag)
        ]


def skoleruter_for(kommunenummer: str, *, i_dag: date) -> list[Skolerute]:
    """Returns those of the kommune's fylke that have a holiday which is not over."""
    return [
        rute
        for rute in alle_skoleruter()
        if rute.fylke == kommunenummer[:2]
        and any(til >= i_dag for tider in rute.dager.values() for _fra, til in tider)
    ]


@cache
def alle_skoleruter() -> tuple[Skolerute, ...]:
    """By school year, and as they stand in their file."""
    return tuple(
        _ruten(fil.stem, dict(rad))
        for fil in sorted(MAPPE.glob("*.yaml"))
        for rad in yaml.safe_load(fil.read_text(encoding="utf-8"))
    )


def _ruten(skolear, rad):
    dager = {
        nokkel: [(tid["fra"], tid["til"]) for tid in som_liste(rad.pop(nokkel))]
        for nokkel in FERIENAVN
        if nokkel in rad
    }
    # A field that is misspelt is refused here, not left out without a word.
    return Skolerute(skolear=skolear, dager=dager, **rad)


def som_liste(tid):
    """What stands in a file for a holiday: one time, or several to choose from."""
    return tid if isinstance(tid, list) else [tid]
