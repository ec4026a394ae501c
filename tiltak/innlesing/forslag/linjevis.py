"""What two lines say together: a number and its title, a label and its value."""

import re
from itertools import pairwise

from tiltak.innlesing.blokker import AVSNITT, OVERSKRIFT

from . import etiketter as e
from . import titler
from .biter import Bit
from .valg import FELT_OVERSKRIFT, HODE, TEKST, UNDEROVERSKRIFT

# So many labels on lines of their own, for this to be how a text was pasted.
FAERREST = 4


def er_usikker(bit: Bit) -> bool:
    """Whether the level of a heading is a guess: in text that was pasted."""
    return bit.blokk.sted[0] == "linje"


def er_bare_etikett(tekst: str, etiketter: e.Etiketter) -> bool:
    """ "Ansvar" on a line of its own."""
    if not re.fullmatch(r"[A-ZÆØÅ][\w -]{2,24}", tekst):
        return False
    felt = etiketter.felt(tekst)
    return felt in {*e.KJENNETEGN, e.BESKRIVELSE} or (
        felt == e.ANNET and " " not in tekst
    )


def titler_etter_nummer(biter: list[Bit], roller: list[str]) -> None:
    """A heading right after "Tiltak 1" is what it is called."""
    for nr, (bit, neste) in enumerate(pairwise(biter)):
        if (
            roller[nr] == roller[nr + 1] == UNDEROVERSKRIFT
            and titler.bare_nummer(bit.tekst)
            and not titler.er_tiltak(neste.tekst)
            and not titler.er_omrade(neste.tekst)
        ):
            roller[nr + 1] = TEKST


def etiketter_pa_egne_linjer(
    biter: list[Bit], roller: list[str], etiketter: e.Etiketter
) -> set[int]:
    """In text that was pasted from a table, a label and its value are a line each, and
    each may look like a heading. Returns the places of the labels."""
    egne = {
        nr
        for nr, bit in enumerate(biter)
        if er_usikker(bit)
        and bit.slag in {OVERSKRIFT, AVSNITT}
        and er_bare_etikett(bit.tekst, etiketter)
    }
    if len(egne) < FAERREST or len({biter[nr].tekst for nr in egne}) < 2:
        return set()
    for nr in egne:
        roller[nr] = FELT_OVERSKRIFT
        if nr + 1 not in egne and roller[nr + 1 : nr + 2] == [UNDEROVERSKRIFT]:
            roller[nr + 1] = TEKST
    for nr, bit in enumerate(biter[:-2]):
        if nr + 2 in egne and etiketter.felt(bit.tekst) == e.TITTEL:
            roller[nr], roller[nr + 1] = HODE, UNDEROVERSKRIFT
    return egne
