"""Where a document holds what must not be kept."""

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
    for a, b in pairwise(nr for nr, tekst in enumerate(tekster) if tekst):
        # The end of one and the beginning of the other are enough, and quick.
        skjot = f"{tekster[a][-_SKJOT:]}\n{tekster[b][:_SKJOT]}"
        if not funnet & {a, b} and finn_identitetsnummer(skjot):
            funnet |= {a, b}
    return [alle[nr] for nr in sorted(funnet)]


# A birthday, five digits, and the words between.
_SKJOT = 100


def _tekst(blokk):
    adresser = (adresse for _tekst, adresse in blokk.lenker)
    return "\n".join(filter(None, (blokk.tekst, *blokk.celler, *adresser)))
