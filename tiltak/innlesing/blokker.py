"""What a document is read into: its headings, paragraphs, list items and rows, in order.

Plain Python: the process that reads what strangers send starts without Django.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from itertools import chain
from typing import Self
from unicodedata import normalize

TITTEL = "tittel"
OVERSKRIFT = "overskrift"
AVSNITT = "avsnitt"
PUNKT = "punkt"  # of a list
RAD = "rad"  # of a table
HODERAD = "hoderad"  # a row that the source itself calls the head of its table
BILDE = "bilde"
INNHOLD = "innhold"  # of a table of contents, or else made of the rest
MARG = "marg"  # heads and feet of pages: each text once
FOTNOTE = "fotnote"


@dataclass(frozen=True)
class Blokk:
    """One piece of a document.

    Attributes:
        nummer: its place among the blocks, from 1.
        sted: where it stands in the source: ("side", "4"), ("avsnitt", "12"),
            ("celle", "Tiltak!A7") or ("linje", "8").
        niva: of a heading and of a list item, from 1; 0 elsewhere.
        merke: the number or the sign before it: "2.1", "•".
        celler: the texts of a row; a text over several lines holds line breaks.
        gjentatt: the cells that stand once in the source, in a row above.
        tabell: which table a row belongs to, from 1.
        lenker: addresses that a part of the text leads to: (text, address).
        del_: which part of a block it is that was split by hand; 0 for the first.
        rolle: what the source itself says that it is, as choices do; "" in most.
    """

    nummer: int
    sted: tuple[str, str]
    slag: str
    tekst: str = ""
    niva: int = 0
    merke: str = ""
    celler: tuple[str, ...] = ()
    gjentatt: tuple[int, ...] = ()
    tabell: int = 0
    lenker: tuple[tuple[str, str], ...] = ()
    del_: int = 0
    rolle: str = ""

    @property
    def nokkel(self) -> str:
        """How choices refer to it."""
        return f"{self.nummer}.{self.del_}" if self.del_ else str(self.nummer)

    @property
    def tegn(self) -> int:
        """Its length without spaces; what is repeated from above counts there."""
        egne = (t for nr, t in enumerate(self.celler) if nr not in self.gjentatt)
        return sum(len("".join(tekst.split())) for tekst in (self.tekst, *egne))

    def som_json(self) -> dict:
        """What is not as usual."""
        usual = {felt.name: felt.default for felt in fields(self)}
        return {
            navn: verdi for navn, verdi in asdict(self).items() if verdi != usual[navn]
        }

    @classmethod
    def fra_json(cls, data: dict) -> Self:
        lister = {
            navn: tuple(
                tuple(del_) if isinstance(del_, list) else del_ for del_ in verdi
            )
            for navn, verdi in data.items()
            if isinstance(verdi, list)
        }
        return cls(**{**data, **lister})


def nummerert(blokker: Iterable[Blokk]) -> Iterator[Blokk]:
    """Blocks with their number in the order in which they come."""
    for nummer, blokk in enumerate(blokker, 1):
        yield replace(blokk, nummer=nummer)


# Signs that nobody sees, which no database, document or page has a place for, or which turn
# round what stands after them. A font may say that its letters are such.
_STYRETEGN = dict.fromkeys(
    chain(
        *(range(9), range(0xB, 0x20), range(0x7F, 0xA0)),
        *(
            range(0x202A, 0x202F),
            range(0x2066, 0x206A),
            range(0xD800, 0xE000),
            range(0xFFFE, 0x10000),
        ),
    )
)


def som_linjer(blokker: Iterable[Blokk]) -> Iterator[bytes]:
    """A line of JSON each, with each letter as one sign, whatever the document has."""
    for blokk in nummerert(blokker):
        linje = json.dumps(_uten_styretegn(blokk.som_json()), ensure_ascii=False)
        yield normalize("NFC", linje).encode() + b"\n"


def _uten_styretegn(verdi):
    if isinstance(verdi, str):
        return verdi.translate(_STYRETEGN)
    if isinstance(verdi, dict):
        return {navn: _uten_styretegn(del_) for navn, del_ in verdi.items()}
    if isinstance(verdi, tuple):
        return tuple(map(_uten_styretegn, verdi))
    return verdi
