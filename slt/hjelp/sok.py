"""Finding an answer in the handbook by the words of a question."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import log

from slt.hjelp.handbok import Avsnitt, Kapittel, handboka

# What a question has beside what it is about, in both languages.
SPORREORD = (
    "hvordan korleis hva kva hvor kor hvem kven hvilke hvilken kan skal må vil jeg eg vi "
    "du man en ei et ein eit den det de dei som og å i på til for fra frå av om med ved "
    "er har gjør gjer når min mitt mi mine inn ut opp ned"
)
UTEN_MENING = frozenset(SPORREORD.split())
ANTALL = 8
# What says much less than the best one is in its way.
MINSTE_DEL = 0.1
VEKT_AV_AVSNITT, VEKT_AV_KAPITTEL = 4, 2


@dataclass(frozen=True)
class Treff:
    """A section that answers, and the words around what was found in it, as [(text,
    whether it is one of the words)]."""

    kapittel: Kapittel
    avsnitt: Avsnitt
    utdrag: list[tuple[str, bool]]


def sok(sporsmal, malform):
    """Returns the sections that say most of what is asked for, the best one first."""
    sokte = [o for o in _ordene(sporsmal) if o not in UTEN_MENING]
    avsnittene = _avsnittene(malform)
    vekter = {o: _vekt(o, avsnittene) for o in dict.fromkeys(sokte)}
    poeng = [(sum(v * _treff(o, a) for o, v in vekter.items()), a) for a in avsnittene]
    nok = max((p for p, _avsnitt in poeng), default=0) * MINSTE_DEL
    beste = sorted((p for p in poeng if p[0] and p[0] >= nok), key=lambda p: -p[0])
    return [
        Treff(a.kapittel, a.avsnitt, _utdrag(a.avsnitt.tekst, vekter))
        for _poeng, a in beste[:ANTALL]
    ]


@dataclass(frozen=True)
class _Lest:
    kapittel: Kapittel
    avsnitt: Avsnitt
    i_kapittel: frozenset[str]
    i_tittel: frozenset[str]
    ord: Counter


@cache
def _avsnittene(malform):
    return [
        _Lest(
            kapittel,
            avsnitt,
            frozenset(_ordene(kapittel.tittel)),
            frozenset(_ordene(avsnitt.tittel)),
            Counter(_ordene(avsnitt.tekst)),
        )
        for kapittel in handboka(malform)
        for avsnitt in kapittel.avsnitt
        if avsnitt.tekst
    ]


def _ordene(tekst):
    return re.findall(r"[\w-]+", tekst.lower())


def _samme(ord_, annet):
    """Whether they are forms of one word: "retter" and "rette", "plan" and "planen"."""
    kort, langt = sorted((ord_, annet), key=len)
    stamme = max(4, len(langt) - 3)
    return ord_ == annet or (len(kort) >= stamme and langt.startswith(kort[:stamme]))


def _treff(ord_, lest):
    """How much the section is about the word; the same word many times says little more
    than once."""
    antall = sum(n for annet, n in lest.ord.items() if _samme(ord_, annet))
    # In a long section a word is said by the way.
    poeng = antall / (antall + 0.5 + sum(lest.ord.values()) / 200)
    poeng += VEKT_AV_AVSNITT * any(_samme(ord_, annet) for annet in lest.i_tittel)
    return poeng + VEKT_AV_KAPITTEL * any(_samme(ord_, a) for a in lest.i_kapittel)


def _vekt(ord_, avsnittene):
    """A word that few sections have tells more than one that stands everywhere."""
    med = sum(any(_samme(ord_, annet) for annet in lest.ord) for lest in avsnittene)
    return log(1 + len(avsnittene) / (med or 1))


def _utdrag(tekst, sokte):
    """The sentence that has most of the words, and the next one, in pieces."""
    setninger = re.split(r"(?<=[.:?!])[ \n]|\n", tekst)

    def funnet(setning):
        ordene = _ordene(setning)
        return sum(v for o, v in sokte.items() if any(_samme(o, a) for a in ordene))

    beste = setninger.index(max(setninger, key=funnet))
    biter = re.split(r"([\w-]+)", " ".join(setninger[beste : beste + 2]))
    return [(bit, any(_samme(o, bit.lower()) for o in sokte)) for bit in biter if bit]
