"""Where a document holds what must not be kept."""

import re
from collections.abc import Iterable
from itertools import pairwise

from slt.grunn.identitetsnummer import finn_identitetsnummer

from .blokker import Blokk


def med_identitetsnummer(blokker: Iterable[Blokk]) -> list[Blokk]:
    """The blocks that seem to hold a national identity number, in their order: also one
    that goes over two cells of a row, or from one block to the next."""
    alle = list(blokker)
    tekster = [_tekst(blokk) for blokk in alle]
    funnet = {nr for nr, tekst in enumerate(tekster) if finn_identitetsnummer(tekst)}
    funnet |= {
        nr
        for nr, blokk in enumerate(alle)
        if _har_tall(blokk) and finn_identitetsnummer(_ved_siden(blokk))
    }
    for a, b in pairwise(nr for nr, tekst in enumerate(tekster) if tekst):
        # The end of one and the beginning of the other are enough, and quick.
        skjot = f"{tekster[a][-_SKJOT:]}\n{tekster[b][:_SKJOT]}"
        if not funnet & {a, b} and finn_identitetsnummer(skjot):
            funnet |= {a, b}
    return [alle[nr] for nr in sorted(funnet)]


# A birthday, five digits, and the words between.
_SKJOT = 100


# A spreadsheet drops the nought that a number begins with.
_UTEN_NULL = re.compile(r"[1-9][0-9]{9}")


def _tekst(blokk):
    adresser = (adresse for _tekst, adresse in blokk.lenker)
    celler = (f"0{c}" if _UTEN_NULL.fullmatch(c) else c for c in blokk.celler)
    return "\n".join(filter(None, (blokk.tekst, *celler, *adresser)))


def _har_tall(blokk):
    ark = blokk.sted[1].rpartition("!")[0]
    return any(map(str.isdigit, blokk.merke + ark))


def _ved_siden(blokk):
    """What is kept beside the text: the name of its sheet, which may be anything, and the
    number before it, which may begin another one."""
    ark = blokk.sted[1].rpartition("!")[0]
    return "\n".join(filter(None, (ark, f"{blokk.merke} {blokk.tekst[:_SKJOT]}")))
