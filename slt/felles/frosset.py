"""What is frozen in a kommune beside its plans. Upper apps add at start what they have."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from slt.models import Bruker


@dataclass(frozen=True)
class Frosset:
    """One frozen document.

    Attributes:
        adresse: the page where it is read.
        nar: the day on which it was frozen.
    """

    tittel: str
    adresse: str
    nar: date


# Each returns those that the user sees of a kommune (its address), the newest first; where
# a checksum is given, the very one alone.
FROSNE: list[Callable[[Bruker, str, str | None], list[Frosset]]] = []


def frosne(bruker, kommune: str, sjekksum: str | None = None) -> list[Frosset]:
    return [frosset for finn in FROSNE for frosset in finn(bruker, kommune, sjekksum)]
