"""Totals that stand among their own parts, under a name of their own: found by what they
are called, and by what they add up to."""

from collections import defaultdict
from collections.abc import Iterable

from evaluering.models import Maling
from evaluering.models.tall import er_helhet
from slt.models import Sted

# In these a total may stand as if it were a part; the others are chosen from a list.
FRIE = ("sted", "lokalomrade", "slag", "gruppe")
# So many times over may all parts stand there, each time divided in another way.
FLEST_GANGER = 3


class Summer:
    """The totals among figures.

    Attributes:
        felt: {id of a figure: in which field it is a total}; rows that are not saved yet
            have nothing else that tells them apart.
        av_delene: the ids of those that are the sum of all others.
        overlapper: the ids of parts that make up their total more than once.
    """

    def __init__(self, malinger: Iterable[Maling]):
        self.felt, self.av_delene, self.overlapper = {}, set(), set()
        malinger = list(malinger)
        helheter = {m.nokkel: m for m in malinger}
        for felt in FRIE:
            for gruppe in _grupper(malinger, felt):
                self._let(gruppe, felt, helheter)

    def _let(self, gruppe, felt, helheter):
        for m in gruppe:
            if er_helhet(str(getattr(m, felt))) or _er_som_helheten(
                m, felt, gruppe, helheter
            ):
                self.felt[id(m)] = felt
        deler = sorted(
            (m for m in gruppe if id(m) not in self.felt), key=lambda m: -m.verdi
        )
        storst, funnet = deler[0].verdi if deler else 0, False
        while _er_summen(deler):
            funnet = True
            self.felt[id(deler[0])] = felt
            self.av_delene.add(id(deler[0]))
            deler = deler[1:]
        if funnet and sum(m.verdi for m in deler) != storst:
            self.overlapper |= {id(m) for m in deler}


def summer_av_de_andre(nye: list[Maling], finnes: Iterable[Maling]) -> list[Maling]:
    """Those of the new figures, of indicators that count persons, that are the sum of the
    others beside them."""
    alle = [m for m in (*nye, *finnes) if m.indikator.teller_personer]
    funnet = Summer(alle).av_delene
    return [m for m in nye if id(m) in funnet]


def _grupper(malinger, felt):
    """Figures that differ in the field alone: all of them, and the steder by where they
    are."""
    grupper = defaultdict(list)
    for m in malinger:
        if not getattr(m, felt) or (m.sted and m.sted.type == Sted.Type.FLERE):
            continue
        nokkel = _uten(m, felt)
        grupper[nokkel].append(m)
        if felt == "sted" and m.sted.lokalomrade_id:
            grupper[nokkel, m.sted.lokalomrade_id].append(m)
    return grupper.values()


def _uten(maling, felt):
    """What the figure would be of without the field, as a `nokkel`."""
    navn = f"{felt}_id" if felt in {"sted", "lokalomrade"} else felt
    tom = None if navn.endswith("_id") else ""
    par = zip(Maling.NOKKEL, maling.nokkel, strict=True)
    return tuple(tom if n == navn else verdi for n, verdi in par)


def _er_som_helheten(maling, felt, gruppe, helheter):
    """Whether the figure is all that the source's own total is, and there is more."""
    helhet = helheter.get(_uten(maling, felt))
    andre = any(m.verdi for m in gruppe if m is not maling)
    return bool(helhet and andre and helhet.verdi == maling.verdi)


def _er_summen(deler):
    """Whether the first, the largest, is what the others make up, once or more."""
    if not deler or sum(m.verdi > 0 for m in deler) <= 2:
        return False
    forst, *andre = deler
    ganger, rest = divmod(sum(m.verdi for m in andre), forst.verdi)
    return not rest and 1 <= ganger <= FLEST_GANGER
