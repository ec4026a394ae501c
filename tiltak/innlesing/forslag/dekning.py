"""How much of the text a proposal took in."""

from collections.abc import Iterable

from tiltak.innlesing.blokker import BILDE, INNHOLD, MARG

from .biter import Bit
from .modell import Dekning, Planforslag, Utelatt

# For finding one's way, not part of what is said.
UTENFOR = {INNHOLD, MARG, BILDE}


def dekning(biter: Iterable[Bit], plan: Planforslag) -> Dekning:
    """Counts, and lists among what was left out the blocks that nothing refers to."""
    brukt = _brukt(plan.som_json())
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
            plan.utelatt.append(Utelatt(bit.nokkel, "ukjent", bit.alt))
    return Dekning(tegn, landet)


def _brukt(data):
    """Every key that a value of the proposal refers to."""
    if isinstance(data, dict):
        egne = set(data.get("blokker") or ())
        verdier = (v for navn, v in data.items() if navn not in {"blokker", "utelatt"})
        return egne.union(*map(_brukt, verdier))
    if isinstance(data, list | tuple):
        return set().union(*map(_brukt, data))
    return set()
