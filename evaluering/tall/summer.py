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
        felt: {id of a figure: the fields in which it is a total}; rows that are not saved
            yet have nothing else that tells them apart.
        av_delene: the ids of those that are the sum of all others.
        overlapper: the ids of parts that make up their total more than once.
    """

    def __init__(self, malinger: Iterable[Maling]):
        self.felt, self.av_delene, self.overlapper = defaultdict(set), set(), set()
        malinger = list(malinger)
        helheter = {m.nokkel: m for m in malinger}
        for felt in FRIE:
            for gruppe in _grupper(malinger, felt):
                self._let(gruppe, felt, helheter)
        self._let_blant_omradene(malinger)

    def _let(self, gruppe, felt, helheter):
        for m in gruppe:
            if er_helhet(str(getattr(m, felt))) or _er_som_helheten(
                m, felt, gruppe, helheter
            ):
                self.felt[id(m)].add(felt)
        deler = [m for m in gruppe if felt not in self.felt[id(m)]]
        helhet = None
        while deler:
            storst = max(m.verdi for m in deler)
            mindre = [m for m in deler if m.verdi < storst]
            if not _er_summen(storst, [m.verdi for m in mindre]):
                break
            for m in deler:
                if m.verdi == storst:
                    self.felt[id(m)].add(felt)
                    self.av_delene.add(id(m))
            helhet, deler = helhet or storst, mindre
        if helhet and sum(m.verdi for m in deler) != helhet:
            self.overlapper |= {id(m) for m in deler}

    def _let_blant_omradene(self, malinger):
        """Also a sted that stands in no area may be all those of one."""
        i_omrade, uten = defaultdict(list), defaultdict(list)
        for m in malinger:
            if m.sted and m.sted.type != Sted.Type.FLERE:
                nokkel, omrade = _uten(m, "sted"), m.sted.lokalomrade_id
                if not omrade:
                    uten[nokkel].append(m)
                elif "sted" not in self.felt[id(m)]:
                    i_omrade[nokkel, omrade].append(m.verdi)
        for (nokkel, _omrade), deler in i_omrade.items():
            for m in uten[nokkel]:
                if m.verdi == sum(deler) and _er_summen(m.verdi, deler):
                    self.felt[id(m)].add("sted")
                    self.av_delene.add(id(m))


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


def _er_summen(helhet, deler):
    """Whether the parts make up the whole, once, or several times over."""
    if sum(del_ > 0 for del_ in deler) < 2:
        return False
    ganger, rest = divmod(sum(deler), helhet)
    if rest or not 1 <= ganger <= FLEST_GANGER:
        return False
    return ganger == 1 or helhet in _delsummer(deler, helhet)


def _delsummer(deler, grense):
    """What some of the parts make up, as far as the limit."""
    summer = {0}
    for del_ in deler:
        summer |= {s + del_ for s in summer if s + del_ <= grense}
    return summer
