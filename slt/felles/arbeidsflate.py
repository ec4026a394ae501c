"""What waits for somebody in a kommune, and what is to come: each app says its own at
start, and the page that shows it knows none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from slt.models import DELTAR, LESER, Bruker, Kommune, Tilgang, har_rett


@dataclass(frozen=True)
class Linje:
    """One thing that waits, in words with its count, and where it is done."""

    tekst: str
    adresse: str


@dataclass(frozen=True)
class Hendelse:
    """Something that is to come: when, what, and what is in its way."""

    tid: datetime
    tekst: str
    adresse: str
    merknad: str = ""


@dataclass(frozen=True)
class Steg:
    """A thing to do for one who is new, as long as it is not done."""

    tekst: str
    adresse: str


@dataclass(frozen=True)
class Hvem:
    """Who asks, of which kommune.

    Attributes:
        koordinerer: whether they keep it.
        vedtar: whether they are of those who adopt its plans.
    """

    bruker: Bruker
    kommune: Kommune
    koordinerer: bool
    vedtar: bool


# What waits, what is to come, what to begin with, and what there is to read, as (what it
# is, ways to it); each asks the database twice at most, or as often as its app says why.
VENTER: list[Callable[[Hvem], Iterable[Linje]]] = []
KOMMER: list[Callable[[Hvem], Iterable[Hendelse]]] = []
BEGYNN: list[Callable[[Hvem], Iterable[Steg]]] = []
LESES: list[Callable[[Hvem], Iterable[tuple[str, list[Linje]]]]] = []


def kommuner_for(bruker):
    """The kommuner in which the user has something to do, or reads what the services
    see."""
    roller = list(Tilgang.Rolle)
    return Kommune.objects.filter(har_rett(bruker, "pk", *roller, LESER, DELTAR))
