"""The parts of the page on which somebody says whether what stands of a tjeneste holds.
Each app says its own at start, and the page knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.functional import Promise

from tiltak.models import Runde
from tiltak.runder.adgang import Svarer


@dataclass(frozen=True)
class Svardel:
    """One part.

    Attributes:
        nokkel: by which a Runde says whether it asks for it.
        tittel: what it is called for who answers, and `hva` for who asks.
        mal: its template; gets `innhold`, `tittel` and `svarer`.
        hent: finds what there is to look at, in as many queries whoever asks, in a round or
            outside of any; falsy where there is nothing.
        merke: what tells what was shown from what is there later, of that.
        alltid: whether it is shown also where there is nothing, to be asked for.
        bekreft: called when it all holds: (who says so, what was shown, how it is known).
    """

    nokkel: str
    tittel: str | Promise
    hva: str | Promise
    mal: str
    hent: Callable[[Svarer, Runde | None], Any]
    merke: Callable[[Any], object]
    bekreft: Callable[[Svarer, Any, str], None] = lambda svarer, innhold, hvordan: None
    alltid: bool = False


DELER: list[Svardel] = []


@dataclass(frozen=True)
class Vist:
    """A part as it is shown to one who answers."""

    del_: Svardel
    innhold: Any

    @property
    def tittel(self):
        return self.del_.tittel

    @property
    def mal(self):
        return self.del_.mal


def spor_om(runde, nokkel):
    """Whether a round asks for the part: one that says nothing of it does, and so does who
    looks outside of any."""
    return runde is None or runde.spor_om(nokkel)


def delene(svarer, runde=None):
    """Returns [Vist] of what a round asks for, and without one, of everything."""
    if runde is not None:
        runde.kommune = svarer.kommune
    valgte = [d for d in DELER if spor_om(runde, d.nokkel)]
    viste = [Vist(del_, del_.hent(svarer, runde)) for del_ in valgte]
    return [vist for vist in viste if vist.innhold or vist.del_.alltid]


def merke(viste):
    """Returns what tells what was shown from what is there later."""
    return merke_av([(v.del_.nokkel, v.del_.merke(v.innhold)) for v in viste])


def merke_av(alt):
    """Returns the same for the same, to be sent along with a form."""
    return sha256(repr(alt).encode()).hexdigest()[:32]
