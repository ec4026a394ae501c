"""How a tiltak came to be what it is, as one short story: each app says at start what it
knows of it, and the page knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tiltak.models import Tiltak

# So many points are shown at once; the older ones are opened by who wants them.
SYNLIGE = 12


@dataclass(frozen=True)
class Linje:
    """One thing that happened.

    Attributes:
        nar: the day; or the year, where no more is known.
        adresse: where more is said of it, if anywhere.
        er_grunn: whether it was there before all else of that day or year: what it all
            came of.
    """

    nar: date | int
    tekst: str
    adresse: str = ""
    er_grunn: bool = False

    @property
    def plass(self):
        """What to sort by: what has only a year comes before the days of it."""
        ar = isinstance(self.nar, int)
        dag = (self.nar, 0, 0) if ar else self.nar.timetuple()[:3]
        return (*dag, not self.er_grunn)


@dataclass
class Punkt:
    """All that happened on a day, or in a year of which no more is known."""

    nar: date | int
    linjer: list[Linje] = field(default_factory=list)

    @property
    def er_ar(self):
        return isinstance(self.nar, int)


@dataclass(frozen=True)
class Tidslinje:
    """The story, the oldest first: what is folded away, and what is shown."""

    tidligere: list[Punkt]
    punkter: list[Punkt]


# Each finds what its app knows of a tiltak and the user may read, in as many queries
# whatever there is.
BIDRAG: list[Callable[[Tiltak, object], list[Linje]]] = []


def tidslinje(tiltak, bruker):
    """Returns the story of a tiltak in a plan; None where there is none to tell: all of it
    happened at once, and leads nowhere."""
    linjer = [linje for finn in BIDRAG for linje in finn(tiltak, bruker)]
    punkter = {}
    for linje in sorted(linjer, key=lambda linje: linje.plass):
        punkter.setdefault(linje.nar, Punkt(linje.nar)).linjer.append(linje)
    alle = list(punkter.values())
    if len(alle) < 2 and not any(linje.adresse for linje in linjer):
        return None
    return Tidslinje(alle[:-SYNLIGE], alle[-SYNLIGE:])
