"""What somebody typed, understood: words, ages, a telephone number."""

import re
from dataclasses import dataclass

from slt.grunn.sok.ord import ordene, stamme, stoppord
from slt.grunn.telefon import sifre_i

LENGST = 200
FAERREST_SIFRE = 5
ELDST = 120
_TALLORD = dict(
    zip(
        [
            "ett",
            "to",
            "tre",
            "fire",
            "fem",
            "seks",
            "sju",
            "åtte",
            "ni",
            "ti",
            "elleve",
            "tolv",
            "tretten",
            "fjorten",
            "femten",
            "seksten",
            "sytten",
            "atten",
            "nitten",
            "tjue",
        ],
        range(1, 21),
        strict=True,
    )
) | {"syv": 7, "tyve": 20}
_ORDENSTALL = dict(
    zip(
        [
            "første",
            "andre",
            "tredje",
            "fjerde",
            "femte",
            "sjette",
            "sjuende",
            "åttende",
            "niende",
            "tiende",
        ],
        range(1, 11),
        strict=True,
    )
) | {"syvende": 7, "sjuande": 7, "åttande": 8, "niande": 9, "tiande": 10}
_TALL = rf"(?P<tall>\d{{1,3}}|{'|'.join(sorted(_TALLORD, key=len, reverse=True))})"
_ALDER = re.compile(
    rf"\b{_TALL}(?:\s*-?\s*(?:års?\b|år(?:ing|ig|igt|ige|sgam\w*)\w*)|(?=\s+og\s+(?:rus|drikk)))"
)
_ER_TALL = re.compile(r"\b(?:er|på)\s+(?P<tall>\d{1,2})\b(?!\s*[.:%\d])")
_TRINN = re.compile(
    rf"\b(?P<nr>\d{{1,2}}|{'|'.join(_ORDENSTALL)})(?:\.|\b)\s*(?P<hva>trinn?\b|klass\w*)|"
    r"\bvg\s?(?P<vg>[1-3])\b|\bi (?P<bare>\d{1,2})\.(?!\d)"
)


@dataclass(frozen=True)
class Sporring:
    """A question, less all that says nothing.

    Attributes:
        tekst: as it was typed, cut at LENGST.
        avkortet: whether it was.
        ord: its words, each once, in the order typed.
        alle: stems of all words in their order, small ones too, for expressions.
        aldre: (from, to) in years, or None.
        sifre: the digits of a telephone number, or "".
    """

    tekst: str
    avkortet: bool
    ord: tuple[str, ...]
    alle: tuple[str, ...] = ()
    aldre: tuple[int, int] | None = None
    sifre: str = ""

    def __bool__(self):
        return bool(self.ord or self.sifre or self.aldre)


def les(tekst):
    """Returns the Sporring of what was typed."""
    ryddet = " ".join(tekst.split())
    kort = ryddet[:LENGST]
    sifre = sifre_i(kort)
    if len(sifre) >= FAERREST_SIFRE or sifre in {"110", "112", "113"}:
        return Sporring(kort, len(ryddet) > LENGST, (), sifre=sifre)
    resten, aldre = _uten_alder(kort.lower())
    alle = [o for o in ordene(resten) if len(o) > 1 and not o.isdigit()]
    meningsfulle = [o for o in alle if o not in stoppord()]
    return Sporring(
        kort,
        len(ryddet) > LENGST,
        tuple(dict.fromkeys(meningsfulle)),
        tuple(stamme(o) for o in ordene(resten)),
        aldre,
    )


def _uten_alder(tekst):
    """Returns the text without the ages in it, and the years that they span."""
    for monster, les_tall in (
        (_TRINN, _av_trinn),
        (_ALDER, _av_alder),
        (_ER_TALL, _av_alder),
    ):
        if (treff := monster.search(tekst)) and (aldre := les_tall(treff)):
            return tekst[: treff.start()] + " " + tekst[treff.end() :], aldre
    return tekst, None


def _av_alder(treff):
    tall = treff["tall"]
    alder = _TALLORD.get(tall) or int(tall)
    return (alder, alder) if alder <= ELDST else None


def _av_trinn(treff):
    """A pupil in grade n turns n + 5 or n + 6 … in the course of it."""
    if treff["vg"]:
        trinn = 10 + int(treff["vg"])
    else:
        nr = treff["nr"] or treff["bare"]
        trinn = _ORDENSTALL.get(nr) or int(nr)
    return (trinn + 5, trinn + 6) if 1 <= trinn <= 13 else None
