"""What a kommune begins with, in which order, and what of it is done.

Each app says its own steps at start; whether one is done, the database says, for one
kommune as for all of them, in the query that finds them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, ExpressionWrapper, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from slt.felles.arbeidsflate import Linje
from slt.models import Kommune

# In the address of a page that leads back to what a kommune begins with.
TIL_START = "til=start"

Veier = Callable[[Kommune, Any], Iterable[Linje]]


def fra_start(request):
    """Whether the page was opened there."""
    return request.GET.urlencode() == TIL_START


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
        ferdig: (the same) -> where that which is done stands, or None where that is where
            it was done.
        hvor: returns what finds something that the addresses need, or None.
        rest: returns what counts that which is left of it, also when it is done, or None.
        om_rest: (how many that is, one or more) -> a line that says so.
    """

    nokkel: str
    plass: int
    tittel: str
    hvorfor: str
    gjort: Callable[[], Exists | ExpressionWrapper]
    veier: Veier
    ferdig: Veier | None = None
    hvor: Callable[[], Subquery] | None = None
    rest: Callable[[], Combinable] | None = None
    om_rest: Callable[[int], str] | None = None


@dataclass(frozen=True)
class Status:
    """A step in a kommune: whether it is done, where, and what is left of it in words."""

    steg: Startsteg
    gjort: bool
    veier: list[Linje]
    rest: str = ""


# {the key of a step: returns another way to do it}, of those that upper rooms know.
FLERE_VEIER: dict[str, Callable[[Kommune], Linje]] = {}
# Of all apps; in the order of `plass`, whichever app started first.
STEG: list[Startsteg] = []


def med_start(kommuner):
    """Adds what `stegene` reads; no query more."""
    funnet = {}
    for steg in STEG:
        funnet[f"gjort_{steg.nokkel}"] = steg.gjort()
        if steg.hvor:
            funnet[f"hvor_{steg.nokkel}"] = steg.hvor()
        if steg.rest:
            funnet[f"rest_{steg.nokkel}"] = steg.rest()
    return kommuner.annotate(**funnet)


def stegene(kommune):
    """Returns the Status of each step, in order; no query after `med_start`."""
    return [
        Status(
            steg=steg,
            gjort=getattr(kommune, f"gjort_{steg.nokkel}"),
            veier=_veiene(steg, kommune),
            rest=_om_rest(steg, kommune),
        )
        for steg in sorted(STEG, key=lambda steg: steg.plass)
    ]


def _veiene(steg, kommune):
    hvor = getattr(kommune, f"hvor_{steg.nokkel}", None)
    if steg.ferdig and getattr(kommune, f"gjort_{steg.nokkel}"):
        return list(steg.ferdig(kommune, hvor))
    veier = list(steg.veier(kommune, hvor))
    if flere := FLERE_VEIER.get(steg.nokkel):
        veier.append(flere(kommune))
    return veier


def _om_rest(steg, kommune):
    antall = getattr(kommune, f"rest_{steg.nokkel}", 0)
    return steg.om_rest(antall) if antall else ""


def antall(rader, sti="kommune"):
    """Counts the rows of each Kommune of a query, none as 0.

    Args:
        sti: the look-up from a row to its kommune.
    """
    rader = rader.filter(**{sti: OuterRef("pk")}).order_by().values(sti)
    return Coalesce(Subquery(rader.annotate(n=Count("pk")).values("n")), 0)
