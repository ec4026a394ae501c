"""A document and the plan proposed of it, side by side: in the order of the document, a
section for each thing that was found in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tiltak.innlesing.blokker import Blokk
from tiltak.innlesing.forslag.biter import Bit, biter
from tiltak.innlesing.forslag.dekning import UTENFOR
from tiltak.innlesing.forslag.modell import (
    Forum,
    Innsatsomrade,
    Kapittel,
    Malsetting,
    Planforslag,
    Styringsdokument,
    Tiltak,
    Verdi,
)
from tiltak.innlesing.forslag.valg import (
    DELTILTAK,
    HOPP_OVER,
    KAPITTEL,
    OMRADE,
    TILTAK,
    TITTEL,
    Valg,
)

# What a section begins with.
BEGYNNER = {TITTEL, KAPITTEL, OMRADE, TILTAK, DELTILTAK}
# On one page there are so many blocks, and the rest of the last section.
PER_SIDE = 300


@dataclass(frozen=True)
class Rad:
    """A piece of the document: `utenfor` is what only helps one find one's way in it."""

    bit: Bit
    rolle: str
    lest: bool

    @property
    def nokkel(self) -> str:
        return self.bit.nokkel

    @property
    def utenfor(self) -> bool:
        return self.bit.slag in UTENFOR


@dataclass
class Seksjon:
    """What was found in a piece of the document, and that piece.

    Attributes:
        elementer: the parts of the proposal that begin here: chapters, innsatsområder,
            tiltak.
        ellers: goals, documents and fora that were found in the text, and the title.
    """

    rolle: str
    rader: list[Rad] = field(default_factory=list)
    elementer: list[Any] = field(default_factory=list)
    ellers: list[Any] = field(default_factory=list)

    @property
    def nokkel(self) -> str:
        return self.rader[0].nokkel

    @property
    def nokler(self) -> list[str]:
        """All that there is to read in it."""
        rader = (rad for rad in self.rader if not rad.utenfor)
        return [nokkel for rad in rader for nokkel in rad.bit.nokler]

    @property
    def lest(self) -> bool:
        return all(rad.lest for rad in self.rader if not rad.utenfor)

    @property
    def tittel(self) -> str:
        if self.elementer:
            return " / ".join(e.tittel.tekst for e in self.elementer)
        return self.rader[0].bit.alt


def seksjoner(
    blokker: Iterable[Blokk], valg: Valg, forslag: Planforslag, sett: Iterable[str]
) -> list[Seksjon]:
    """The document from beginning to end.

    Args:
        sett: the keys of the blocks that were read.
    """
    sett = set(sett)
    begynner, ellers = _etter_forste_blokk(forslag)
    alle: list[Seksjon] = []
    for bit in biter(blokker, valg):
        rolle = forslag.roller.get(bit.nokkel, HOPP_OVER)
        if not alle or rolle in BEGYNNER:
            alle.append(Seksjon(rolle))
        seksjon = alle[-1]
        seksjon.rader.append(Rad(bit, rolle, sett.issuperset(bit.nokler)))
        for nokkel in bit.nokler:
            seksjon.elementer += begynner.pop(nokkel, [])
            seksjon.ellers += ellers.pop(nokkel, [])
    return alle


def _etter_forste_blokk(forslag):
    """What begins at a block, and what else was found there, each by the block's key."""
    begynner: dict[str, list[Kapittel | Innsatsomrade | Tiltak]] = {}
    for del_ in (*forslag.kapitler, *forslag.innsatsomrader):
        for nokkel in del_.tittel.blokker:
            begynner.setdefault(nokkel, []).append(del_)
    for tiltak in forslag.tiltak:
        for hel_eller_del in (tiltak, *tiltak.deltiltak):
            steder = [sted.blokker for sted in hel_eller_del.plasseringer]
            nokler = dict.fromkeys(
                n
                for blokker in (hel_eller_del.tittel.blokker, *steder)
                for n in blokker
            )
            for nokkel in nokler:
                begynner.setdefault(nokkel, []).append(hel_eller_del)
    ellers: dict[str, list[Malsetting | Styringsdokument | Forum | Verdi]] = {}
    if forslag.tittel:
        ellers[forslag.tittel.blokker[0]] = [forslag.tittel]
    for ting in (*forslag.malsettinger, *forslag.styringsdokumenter, *forslag.fora):
        for nokkel in ting.blokker[:1]:
            ellers.setdefault(nokkel, []).append(ting)
    return begynner, ellers


def pa_sider(alle: list[Seksjon]) -> list[list[Seksjon]]:
    """Sections, so many on each page; none is parted."""
    sider: list[list[Seksjon]] = [[]]
    antall = 0
    for seksjon in alle:
        if antall >= PER_SIDE:
            sider.append([])
            antall = 0
        sider[-1].append(seksjon)
        antall += len(seksjon.rader)
    return sider


def siden_med(sider: list[list[Seksjon]], nokkel: str) -> int:
    """The number, from 1, of the page with this block; the first one where none has it."""
    for nr, side in enumerate(sider, 1):
        if any(nokkel in rad.bit.nokler for sek in side for rad in sek.rader):
            return nr
    return 1
