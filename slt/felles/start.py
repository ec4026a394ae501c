"""What a kommune begins with, in which order, and what of it is done.

Each app says its own steps at start; whether one is done, the database says, for one
kommune as for all of them, in the query that finds them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, ExpressionWrapper, Subquery

from slt.felles.arbeidsflate import Linje
from slt.models import Kommune

# In the address of a page that leads back to what a kommune begins with.
TIL_START = "til=start"


@dataclass(frozen=True)
class Startsteg:
    """A thing to do for who begins in a kommune.

    Attributes:
        nokkel: what it is called in the code, in ASCII.
        plass: where it stands among all steps.
        tittel: what is to be done.
        hvorfor: a line on what it is for.
        gjort: returns what says of a Kommune in a query whether it is done.
        veier: (kommune, what `hvor` found) -> where it is done; the first is the one that
            most take.
        hvor: returns what finds something that the addresses need, or None.
    """

    nokkel: str
    plass: int
    tittel: str
    hvorfor: str
    gjort: Callable[[], Exists | ExpressionWrapper]
    veier: Callable[[Kommune, str | None], Iterable[Linje]]
    hvor: Callable[[], Subquery] | None = None


@dataclass(frozen=True)
class Status:
    """A step in a kommune: whether it is done, and where."""

    steg: Startsteg
    gjort: bool
    veier: list[Linje]


# Of all apps; in the order of `plass`, whichever app started first.
STEG: list[Startsteg] = []


def med_start(kommuner):
    """Adds what `stegene` reads; no query more."""
    funnet = {}
    for steg in STEG:
        funnet[f"gjort_{steg.nokkel}"] = steg.gjort()
        if steg.hvor:
            funnet[f"hvor_{steg.nokkel}"] = steg.hvor()
    return kommuner.annotate(**funnet)


def stegene(kommune):
    """Returns the Status of each step, in order; no query after `med_start`."""
    return [
        Status(
            steg=steg,
            gjort=getattr(kommune, f"gjort_{steg.nokkel}"),
            veier=list(
                steg.veier(kommune, getattr(kommune, f"hvor_{steg.nokkel}", None))
            ),
        )
        for steg in sorted(STEG, key=lambda steg: steg.plass)
    ]
