"""What a kommune may begin with, so that it need not type what all kommuner have: each app
says at start what there is of its own, and the page on which it is chosen knows none.

What was taken is the kommune's own from then on: nothing ties it to the list.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from slt.models import Kommune

Tekst = str | Promise


@dataclass(frozen=True)
class Ting:
    """Something that a kommune may take: what it is called, and what it is, on one line.

    Attributes:
        felter: what else its row says.
        ogsa: what else it may be called where it is there already.
        valgt: whether it is chosen to begin with.
    """

    nokkel: str
    navn: Tekst
    om: Tekst
    felter: dict[str, Any] = field(default_factory=dict)
    ogsa: tuple[Tekst, ...] = ()
    valgt: bool = True

    def verdier(self):
        """What its row says, in the language that is spoken now."""
        return {navn: _lest(verdi) for navn, verdi in self.felter.items()}

    def navnene(self):
        """All that it may be called, in both languages: who took it in bokmål has it when
        the kommune writes nynorsk."""
        for malform in Kommune.Malform.values:
            with override(malform):
                yield from map(likt, (self.navn, *self.ogsa))


def _lest(verdi):
    return str(verdi) if isinstance(verdi, Promise) else verdi


@dataclass(frozen=True)
class Gruppe:
    """Things of one kind.

    Attributes:
        navnene: (where they belong) -> what all that is there is called; one query.
        lag: (where it belongs, what) -> makes it, checked.
        i_plan: whether they belong to a plan, not to the kommune itself.
    """

    nokkel: str
    tittel: Tekst
    tekst: Tekst
    ting: tuple[Ting, ...]
    navnene: Callable[[Any], Iterable[str]]
    lag: Callable[[Any, Ting], Any]
    i_plan: bool = False

    def der(self, sted):
        """The keys of those that are there already; of what has nowhere to be, none."""
        if sted is None:
            return set()
        finnes = set(map(likt, self.navnene(sted))) - {""}
        return {t.nokkel for t in self.ting if not finnes.isdisjoint(t.navnene())}

    def ta(self, sted, nokler):
        """Makes those with these keys that are not there yet, and returns them. Where they
        belong has to be locked."""
        der = self.der(sted)
        tas = [t for t in self.ting if t.nokkel in nokler and t.nokkel not in der]
        for ting in tas:
            self.lag(sted, ting)
        return tas

    @property
    def valgte(self):
        """The keys of those that are chosen to begin with."""
        return {ting.nokkel for ting in self.ting if ting.valgt}


def likt(navn):
    """The name without what does not tell two apart: capitals and spaces."""
    return "".join(str(navn).split()).casefold()


# In the order of the apps.
GRUPPER: list[Gruppe] = []
