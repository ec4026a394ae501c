"""What people say, and what those who help call it: the vocabulary of the software."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from slt.grunn.sok.ord import bakgrunnsord, les_liste, ordene, stamme, stoppord

# How many other words may stand among those of an expression.
NAERT = 3


@dataclass(frozen=True)
class Uttrykk:
    """What is said in several words: their stems, and whether it is only said in this
    order, as small words say nothing in another one. Where the order is free, the words
    stand near each other, or they were said of different things. A vague one is said beside
    what the question is about: that somebody is worried."""

    stammer: tuple[str, ...]
    i_rekke: bool
    er_vagt: bool = False

    def star_i(self, stammer):
        """Whether it is said in a question, whose stems are in their order."""
        if not self.i_rekke:
            lengde = len(self.stammer) + NAERT
            return any(
                set(self.stammer) <= set(stammer[i : i + lengde])
                for i in range(max(1, len(stammer) - lengde + 1))
            )
        resten = iter(stammer)
        return all(stem in resten for stem in self.stammer)


@cache
def hverdagsord():
    """Returns what is said in one word, and what in several, each with the stems of what
    it is called: {stem: [stems]}, [(Uttrykk, [stems])]."""
    enkle, sammensatte = defaultdict(list), []
    for linje in les_liste("hverdagsord.txt"):
        kalles, sagt = linje.split(":")
        mal = [stamme(o) for o in ordene(kalles)]
        for uttrykk in sagt.split(","):
            ordet = ordene(uttrykk)
            if len(ordet) == 1:
                enkle[stamme(ordet[0])] += mal
            elif ordet:
                stammer = tuple(map(stamme, ordet))
                i_rekke = not stoppord().isdisjoint(ordet)
                er_vagt = kalles.endswith("~")
                sammensatte.append((Uttrykk(stammer, i_rekke, er_vagt), mal))
    return dict(enkle), sammensatte


@cache
def kjente_ord():
    """Returns {stem: the word as it stands in the vocabulary}: the only words of a search
    that may be counted."""
    kjente = {}
    for linje in les_liste("hverdagsord.txt"):
        for ord_ in ordene(linje):
            if ord_ not in stoppord() and stamme(ord_) not in bakgrunnsord():
                kjente.setdefault(stamme(ord_), ord_)
    return kjente
