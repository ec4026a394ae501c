"""What differs between two texts, word by word, in a time that is bounded."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby

# So many comparisons at the most: what is longer is told apart paragraph by paragraph, and
# what is longer still as a whole.
FLEST = 250_000
# And so many in all the lines of a text: further down, lines are told apart as a whole.
FLEST_I_ALT = 4 * FLEST
# What is longer is not told as "from this to that", but by the words that differ.
KORT = 80


class Hvor(Enum):
    """In which of the two texts a piece stands."""

    BEGGE = "begge"
    FORSTE = "forste"
    ANDRE = "andre"


@dataclass(frozen=True)
class Stykke:
    tekst: str
    hvor: Hvor

    @property
    def i_forste(self):
        return self.hvor is not Hvor.ANDRE

    @property
    def i_andre(self):
        return self.hvor is not Hvor.FORSTE

    @property
    def i_begge(self):
        return self.hvor is Hvor.BEGGE


def er_korte(forste, andre):
    """Whether each of the texts is read at a glance."""
    return max(len(forste), len(andre)) <= KORT and "\n" not in forste + andre


def forskjell(forste, andre):
    """Returns [Stykke] in order: those of one text and of both are that text, with one
    space between its words."""
    stykker, igjen = [], FLEST_I_ALT
    for hvor, a, b in _bolker(_linjer(forste), _linjer(andre)):
        if hvor:
            stykker.append((hvor, "".join(a)))
            continue
        par = _i_par(a, b)
        antall = sum(len(en) * len(annen) for en, annen in par)
        if antall > min(FLEST, igjen):
            stykker += [(Hvor.FORSTE, "".join(a)), (Hvor.ANDRE, "".join(b))]
        else:
            igjen -= antall
            stykker += _parene(par)
    return [
        Stykke("".join(tekst for _hvor, tekst in gruppe), hvor)
        for hvor, gruppe in groupby((s for s in stykker if s[1]), key=lambda s: s[0])
    ]


def _linjer(tekst):
    linjer = tekst.replace("\0", " ").strip().splitlines()
    return ["".join(f"{o} " for o in linje.split()) + "\n" for linje in linjer]


def _i_par(a, b):
    """[(words, words)] of lines that stand for each other: as many of both, one by one."""
    par = zip(a, b, strict=True) if len(a) == len(b) else [("".join(a), "".join(b))]
    return [(_ordene(en), _ordene(annen)) for en, annen in par]


def _parene(par):
    """[(Hvor, text)] of words that stand for each other."""
    ut = []
    for en, annen in par:
        for hvor, fra, til in _bolker(en, annen):
            if hvor:
                ut.append((hvor, "".join(fra)))
            else:
                ut += [(Hvor.FORSTE, "".join(fra)), (Hvor.ANDRE, "".join(til))]
    return ut


def _ordene(linje):
    """The words of a line, or of several; where each ends is one, too."""
    return linje.replace(" ", " \0").replace("\n", "\n\0").split("\0")[:-1]


def _bolker(a, b):
    """Yields (Hvor, pieces, []) in order, or (None, pieces of the first, those of the
    second) where one stands for the other."""
    start = _felles(a, b)
    slutt = _felles(a[start:][::-1], b[start:][::-1])
    midt_a, midt_b = a[start : len(a) - slutt], b[start : len(b) - slutt]
    yield Hvor.BEGGE, a[:start], []
    if len(midt_a) * len(midt_b) > FLEST:
        yield None, midt_a, midt_b
    else:
        yield from _sammenlignet(midt_a, midt_b)
    yield Hvor.BEGGE, a[len(a) - slutt :], []


def _sammenlignet(a, b):
    for hva, a1, a2, b1, b2 in SequenceMatcher(None, a, b, False).get_opcodes():
        if hva == "equal":
            yield Hvor.BEGGE, a[a1:a2], []
        elif hva == "delete":
            yield Hvor.FORSTE, a[a1:a2], []
        elif hva == "insert":
            yield Hvor.ANDRE, b[b1:b2], []
        else:
            yield None, a[a1:a2], b[b1:b2]


def _felles(a, b):
    """How many of the first pieces are the same in both."""
    antall = 0
    for en, annen in zip(a, b, strict=False):
        if en != annen:
            break
        antall += 1
    return antall
