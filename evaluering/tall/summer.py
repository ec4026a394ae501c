"""Totals that stand among their own parts, under a name of their own: found by what they
are called, and by what they add up to."""

from collections import defaultdict
from collections.abc import Container, Iterable

from evaluering.models import Maling
from evaluering.models.helhet import er_helhet
from slt.grunn.norsk import FA
from slt.models import Sted

STEDER = {"sted", "lokalomrade"}
# In these a total may stand as if it were a part; the others are chosen from a list.
FRIE = ("sted", "lokalomrade", "alder", "slag", "gruppe")
# So many times over may all parts stand there, each time divided in another way.
FLEST_GANGER = 3
# Further than this it isn't searched which parts make up a whole.
LENGST_SOKT = 100_000


class Summer:
    """The totals among figures.

    Attributes:
        felt: {id of a figure: the fields in which it is a total}; rows that are not saved
            yet have nothing else that tells them apart.
        delene: {id of one that is the sum of all others: the ids of those}.
        overlapper: the ids of parts that make up their total more than once.
        i_tvil: {(field, part): the ids} of those that may be totals and may be parts: what
            is the sum of the others may be so by chance, and some names say little.
        nesten: the ids of those that are all others together, but for a few.
    """

    def __init__(self, malinger: Iterable[Maling], ikke: Container[tuple] = ()):
        """Looks for them.

        Args:
            ikke: those of the doubtful, as (field, part), that are taken for parts.
        """
        self.felt, self.delene, self.i_tvil = defaultdict(set), {}, defaultdict(set)
        self.overlapper, self.nesten = set(), set()
        self.ikke = ikke
        malinger = [m for m in malinger if m.verdi is not None]
        helheter = {m.nokkel: m for m in malinger}
        for felt in FRIE:
            for gruppe in _grupper(malinger, felt):
                self._ved_navn(gruppe, felt, helheter)
                self._ved_regning(gruppe, felt)
        self._let_blant_omradene(malinger)

    def _ved_navn(self, gruppe, felt, helheter):
        """By what they are called, and by the source's own total."""
        for m in gruppe:
            if _heter_alle(m, felt) or _er_som_helheten(m, felt, gruppe, helheter):
                self.felt[id(m)].add(felt)
            elif _kan_hete_alle(m, felt):
                self._tviler([m], felt)

    def _ved_regning(self, gruppe, felt):
        """By what they add up to: the largest first, then the largest of the rest."""
        deler = [m for m in gruppe if felt not in self.felt[id(m)]]
        verdier, alle = [m.verdi for m in deler], frozenset(map(id, deler))
        for m in gruppe:
            tviler = id(m) in self.i_tvil.get((felt, _del(m, felt)), ())
            if tviler and id(m) not in alle and _er_summen(m.verdi, verdier):
                self.delene[id(m)] = alle
        helhet = None
        while deler:
            storst = max(m.verdi for m in deler)
            mindre = [m for m in deler if m.verdi < storst]
            if not _er_summen(storst, [m.verdi for m in mindre]):
                break
            like = [m for m in deler if m.verdi == storst]
            if not self._tviler(like, felt):
                break
            delene = frozenset(map(id, mindre))
            self.delene |= {id(m): delene for m in like}
            helhet, deler = helhet or storst, mindre
        if helhet and sum(m.verdi for m in deler) != helhet:
            self.overlapper |= {id(m) for m in deler}
        self.nesten |= _nesten_summen(deler)

    def _tviler(self, malinger, felt):
        """Takes these for totals of the field, unless one of them is said to be a part.
        Returns whether it did."""
        for m in malinger:
            self.i_tvil[felt, _del(m, felt)].add(id(m))
        if any((felt, _del(m, felt)) in self.ikke for m in malinger):
            return False
        for m in malinger:
            self.felt[id(m)].add(felt)
        return True

    def _let_blant_omradene(self, malinger):
        """Also a sted that stands in no area may be all those of one."""
        i_omrade, uten = defaultdict(list), defaultdict(list)
        for m in malinger:
            if m.sted and m.sted.type != Sted.Type.FLERE:
                nokkel, omrade = _uten(m, "sted"), m.sted.lokalomrade_id
                if not omrade:
                    uten[nokkel].append(m)
                elif "sted" not in self.felt[id(m)]:
                    i_omrade[nokkel, omrade].append(m)
        for (nokkel, _omrade), deler in i_omrade.items():
            verdier = [m.verdi for m in deler]
            helhet = sum(verdier)
            for m in uten[nokkel]:
                if (
                    m.verdi == helhet
                    and _er_summen(helhet, verdier)
                    and self._tviler([m], "sted")
                ):
                    self.delene[id(m)] = frozenset(map(id, deler))


def tvilsomme(
    nye: list[Maling], finnes: Iterable[Maling]
) -> tuple[list[Maling], list[Maling]]:
    """Those of the new figures, of indicators that count persons, that are the sum of the
    others beside them; and those that may be the whole by their name, or as they are the
    sum but for a few."""
    alle = [m for m in (*nye, *finnes) if m.indikator.teller_personer]
    funnet = Summer(alle)
    kanskje = funnet.nesten.union(*funnet.i_tvil.values()) - set(funnet.delene)
    return (
        [m for m in nye if id(m) in funnet.delene],
        [m for m in nye if id(m) in kanskje],
    )


def _heter_alle(maling, felt):
    navn = getattr(maling, felt)
    if felt in STEDER:
        return er_helhet(str(navn))
    return maling.indikator.gjelder_alle(navn)


def _kan_hete_alle(maling, felt):
    """Whether the name of a part of persons leaves it open. A place is a place."""
    indikator = maling.indikator
    if felt in STEDER or not indikator.teller_personer:
        return False
    return indikator.kan_gjelde_alle(getattr(maling, felt))


def _del(maling, felt):
    return getattr(maling, f"{felt}_id" if felt in STEDER else felt)


def _nesten_summen(deler):
    """The ids of the largest, if all others together are as many but for a few."""
    if sum(m.verdi > 0 for m in deler) <= 2:
        return set()
    storst = max(m.verdi for m in deler)
    rest = sum(m.verdi for m in deler) - storst
    if not 0 < abs(storst - rest) < FA:
        return set()
    return {id(m) for m in deler if m.verdi == storst}


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
    navn = f"{felt}_id" if felt in STEDER else felt
    tom = None if felt in STEDER else ""
    par = zip(Maling.NOKKEL, maling.nokkel, strict=True)
    return tuple(tom if n == navn else verdi for n, verdi in par)


def _er_som_helheten(maling, felt, gruppe, helheter):
    """Whether the figure is all that the source's own total is, and there is more."""
    helhet = helheter.get(_uten(maling, felt))
    if not (helhet and helhet.verdi == maling.verdi > 0):
        return False
    return any(m.verdi for m in gruppe if m is not maling)


def _er_summen(helhet, deler):
    """Whether the parts make up the whole, once, or several times over."""
    if sum(del_ > 0 for del_ in deler) < 2:
        return False
    ganger, rest = divmod(sum(deler), helhet)
    if rest or not 1 <= ganger <= FLEST_GANGER:
        return False
    return ganger == 1 or _kan_bli(helhet, deler)


def _kan_bli(helhet, deler):
    """Whether some of the parts make up the whole, or may do where it is too much to
    search. The sums are the bits that are set in a number."""
    if helhet > LENGST_SOKT or any(del_ != int(del_) for del_ in deler):
        return True
    innen, summer = (2 << int(helhet)) - 1, 1
    for del_ in deler:
        if del_ <= helhet:
            summer |= summer << int(del_) & innen
    return bool(summer >> int(helhet) & 1)
