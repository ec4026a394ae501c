"""How much of the text a proposal took in."""

from collections.abc import Collection, Iterable
from dataclasses import is_dataclass

from tiltak.innlesing.blokker import BILDE, INNHOLD, MARG

from .biter import Bit
from .modell import Dekning, Planforslag, Utelatt

# For finding one's way, not part of what is said.
UTENFOR = {INNHOLD, MARG, BILDE}


def dekning(
    biter: Iterable[Bit], plan: Planforslag, valgt_bort: Collection[str] = ()
) -> Dekning:
    """Counts, and lists among what was left out the blocks that nothing refers to.

    Args:
        valgt_bort: keys of blocks of which somebody chose to leave something out.
    """
    brukt = set(_brukt(plan))
    # The head of a table says what its columns are, and is no text of the plan.
    kjent = {utelatt.blokk: utelatt.grunn for utelatt in plan.utelatt}
    tegn = landet = 0
    for bit in biter:
        hode = kjent.get(bit.nokkel) == "tabellhode"
        if bit.slag in UTENFOR or hode:
            continue
        tegn += bit.blokk.tegn
        if bit.nokkel in brukt:
            landet += bit.blokk.tegn
        elif bit.nokkel not in kjent:
            grunn = "hoppet_over" if bit.nokkel in valgt_bort else "ukjent"
            plan.utelatt.append(Utelatt(bit.nokkel, grunn, bit.alt))
    return Dekning(tegn, landet)


def _brukt(verdi):
    """Every key that a value of the proposal refers to."""
    if is_dataclass(verdi):
        yield from getattr(verdi, "blokker", ())
        # What was left out refers to blocks, too, but by another name.
        for felt in vars(verdi).values():
            if isinstance(felt, list) or is_dataclass(felt):
                yield from _brukt(felt)
    elif isinstance(verdi, list):
        for del_ in verdi:
            yield from _brukt(del_)
