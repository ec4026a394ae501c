"""Blocks as one works on them: joined and split by hand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tiltak.innlesing.blokker import AVSNITT, INNHOLD, PUNKT, Blokk

from .funn import i_rekkefolge
from .valg import Valg

LENGST = 3000


@dataclass(frozen=True)
class Bit:
    """A block, or several that were joined, and their keys."""

    blokk: Blokk
    nokler: tuple[str, ...]

    @property
    def nokkel(self) -> str:
        return self.nokler[0]

    @property
    def slag(self) -> str:
        return self.blokk.slag

    @property
    def tekst(self) -> str:
        return self.blokk.tekst

    @property
    def alt(self) -> str:
        """All that it says, cells too."""
        return self.tekst or "\n".join(self.blokk.celler)


def biter(blokker: Iterable[Blokk], valg: Valg) -> list[Bit]:
    ut: list[Bit] = []
    for blokk in _uten_rammer(_med_innhold(list(blokker))):
        for del_ in _delt(blokk, valg.delt.get(blokk.nokkel, [])):
            if ut and del_.nokkel in valg.slatt_sammen and not del_.celler:
                ut[-1] = _sammen(ut[-1], del_)
            else:
                ut.append(Bit(_som_punkt(del_), (del_.nokkel,)))
    return ut


def _med_innhold(blokker):
    """A table of contents that was typed: lines that end in the number of a page."""
    ut, start, side = list(blokker), 0, None
    for nr, blokk in enumerate(blokker):
        treff = _INNHOLDSLINJE.fullmatch(blokk.tekst) if side is not None else None
        if _INNHOLD.fullmatch(blokk.tekst):
            start, side = nr, 0
        elif side is None or treff is None or int(treff[1]) < side:
            side = None
        else:
            side = int(treff[1])
            if nr - start >= FAERREST_LINJER:
                innhold = blokker[start : nr + 1]
                ut[start : nr + 1] = [replace(b, slag=INNHOLD, niva=0) for b in innhold]
    return ut


FAERREST_LINJER = 2
_INNHOLD = re.compile(r"(?:innhold|innhald)(?:sfortegnelse|sliste)?:?", re.IGNORECASE)
_INNHOLDSLINJE = re.compile(r"[^\n]{2,150}?[\s.…_]+(\d{1,3})")


def _som_punkt(blokk):
    """A paragraph that begins with a number or a sign that was typed."""
    treff = _TASTET.match(blokk.tekst) if blokk.slag == AVSNITT else None
    if treff is None or blokk.merke:
        return blokk
    merke = treff[1] if treff[1][0].isalnum() else "•"
    return replace(
        blokk, slag=PUNKT, niva=1, merke=merke, tekst=blokk.tekst[treff.end() :]
    )


_TASTET = re.compile(r"([a-h]\)|\d{1,2}[.)]|[-–•▪*])\s+(?=[A-ZÆØÅÄÖ])")


def _uten_rammer(blokker):
    """A table of one column is a box around paragraphs."""
    bredde: dict[int, int] = {}
    for blokk in blokker:
        bredde[blokk.tabell] = max(bredde.get(blokk.tabell, 0), len(blokk.celler))
    for blokk in blokker:
        if blokk.tabell and bredde[blokk.tabell] == 1:
            for nr, linje in enumerate(blokk.celler[0].split("\n")):
                yield replace(
                    blokk, slag=AVSNITT, tekst=linje, celler=(), tabell=0, del_=nr
                )
        elif blokk.tabell:
            mangler = ("",) * (bredde[blokk.tabell] - len(blokk.celler))
            yield replace(blokk, celler=blokk.celler + mangler)
        else:
            yield from _korte(blokk)


def _korte(blokk):
    """No paragraph is so long: what goes over it once for each letter stays quick."""
    tekst, nr = blokk.tekst, 0
    while len(tekst) > LENGST:
        sted = tekst.rfind(" ", 0, LENGST) + 1 or LENGST
        yield replace(blokk, tekst=tekst[:sted].strip(), del_=nr)
        tekst, nr = tekst[sted:], nr + 1
    yield replace(blokk, tekst=tekst, del_=nr) if nr else blokk


def _delt(blokk, steder):
    if not steder or blokk.celler or blokk.del_:
        return [blokk]
    deler = (
        blokk.tekst[a:b].strip() for a, b in i_rekkefolge(steder, len(blokk.tekst))
    )
    return [
        replace(blokk, tekst=tekst, del_=nr, merke=blokk.merke if nr == 0 else "")
        for nr, tekst in enumerate(filter(None, deler))
    ]


def _sammen(bit, blokk):
    forste = bit.blokk
    tekst = " ".join(filter(None, [forste.tekst, blokk.tekst]))
    lenker = forste.lenker + blokk.lenker
    return Bit(replace(forste, tekst=tekst, lenker=lenker), (*bit.nokler, blokk.nokkel))
