"""Which things have a page that tells their history in words, and what it tells to whom.

Each app says it of its own at start. Coordinators read everything. Others, who have a role
in the kommune, read what is said here, and no old value of what they do not see today.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Min, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce

from slt.models import LESER, Tilgang


@dataclass(frozen=True)
class Del:
    """Rows that are told of with what they hang on.

    Attributes:
        felt: the name of the key by which they hang there.
        deler: what hangs on them in turn.
    """

    modell: type[Model]
    felt: str
    deler: tuple["Del", ...] = ()


@dataclass(frozen=True)
class Historikkside:
    """The page of one kind of thing.

    Attributes:
        adresse: (row) -> its own page.
        deler: what shows with it; upper apps add theirs.
        egne: the name of the key to its own kind by which its parts hang on it, which are
            told of with all that is theirs; "" where it has none.
        apent_fra: (ids, who reads) -> {id: since when the reader sees the row}, of those
            that the reader did not always see.
    """

    modell: type[Model]
    adresse: Callable[[Any], str]
    deler: list[Del] = field(default_factory=list)
    egne: str = ""
    apent_fra: Callable[[list[int], Any], dict[int, datetime]] = lambda pker, leser: {}


# {the name of the model, as in the address: its page}
SIDER: dict[str, Historikkside] = {}
# {model, or None for all: names of the fields of which coordinators alone are told}
SES_IKKE: dict[type[Model] | None, set[str]] = {None: set()}
# Models of which coordinators alone are told.
BARE_KOORDINATOR: set[type[Model]] = set()
# Models of which others are told that they changed and what they say today, and nothing of
# rows that are gone.
BARE_NA: set[type[Model]] = set()
# Names of fields of which others are told that they changed, and no more.
UTEN_VERDI: set[str] = set()
# {(model, name of a field): (history row) -> (what the field is called there, its value)}
ORD: dict[tuple[type[Model], str], Callable[[Any], tuple[str, str]]] = {}


def har_historikkside(*sider):
    SIDER.update({side.modell._meta.model_name: side for side in sider})


def ser_historikken(bruker, kommune):
    """Whether the user may read the history of what they see in the kommune."""
    return kommune.gir(bruker, *Tilgang.Rolle, LESER)


def over_med_side(rad):
    """Returns the row, or the nearest one above it, that has such a page; None where there
    is none on the way to its kommune."""
    while rad is not None and rad._meta.model_name not in SIDER:
        forste, _deler, resten = (rad.kommune_sti or "").partition("__")
        rad = getattr(rad, forste) if resten else None
    return rad


def siden_sist(modell, *, ogsa_aldri=False, **lukket):
    """Returns the history of rows since they last were so: publisert=False.

    Args:
        ogsa_aldri: whether that of rows that never were so comes along, all of it.
    """
    historikk = modell.historikk.model.objects.order_by()
    sist = historikk.filter(id=OuterRef("id"), **lukket).order_by("-history_id")
    sist = Subquery(sist.values("history_id")[:1])
    return historikk.filter(history_id__gt=Coalesce(sist, 0) if ogsa_aldri else sist)


def apnet(modell, pker, **lukket):
    """Returns {id: when it was opened} of rows that once were closed: publisert=False."""
    siden = siden_sist(modell, **lukket).filter(id__in=pker)
    return dict(siden.values_list("id").annotate(Min("history_date")))
