"""What waits for somebody in a kommune, and what is to come: each app says its own at
start, and the page that shows it knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slt.models import ARBEIDER, Bruker, Kommune, har_rett


@dataclass(frozen=True)
class Linje:
    """One thing in words, and where it is done or read; without an address it only says
    how things are."""

    tekst: str
    adresse: str = ""


@dataclass(frozen=True)
class Hendelse:
    """Something that is to come: when, what, and what is in its way."""

    tid: datetime
    tekst: str
    adresse: str
    merknad: str = ""


@dataclass(frozen=True)
class Avsnitt:
    """Something to read or to look up, under a heading of its own.

    Attributes:
        rader: [(what it is, the ways from it)].
        sammenlagt: whether it is long, and opened by who needs it.
        nokkel: the part of the page's address that opens it.
    """

    tittel: str
    rader: list[tuple[str, list[Linje]]]
    sammenlagt: bool = False
    nokkel: str = ""


@dataclass
class Bidrag:
    """What one app has to say.

    Attributes:
        venter: what waits.
        kommer: what is to come.
        leses: what there is to read and to look up.
        rammen: what the frame of the page would ask the database for otherwise.
    """

    venter: list[Linje] = field(default_factory=list)
    kommer: list[Hendelse] = field(default_factory=list)
    leses: list[Avsnitt] = field(default_factory=list)
    rammen: dict[str, Any] = field(default_factory=dict)


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


# One of each app. All that it says it asks for together: the whole page has five queries,
# and two for each of them.
BIDRAG: list[Callable[[Hvem], Bidrag]] = []


def kommuner_for(bruker):
    """The kommuner in which the user has something to do, or reads what the services
    see."""
    return Kommune.objects.filter(har_rett(bruker, "pk", *ARBEIDER))
