"""Words that a narrow cell broke, without a hyphen."""

import re
from collections import Counter
from itertools import pairwise

from tiltak.innlesing.lesere.pdflinjer import Linje

# How exact places are, in points.
SLINGRING = 0.5
# Ends of what a whole word stands after: adjectives, and who does something.
_FORAN_ORD = re.compile(
    r"\w+(?:ende|ig|ige|isk|ske|iv|ive|fri|frie|et|en|ene|ane|er|ert|erte)"
)
KORTESTE_ORD = 4
# Stand where a line that may end within a word ended, until all words are known: where
# not one letter more had room, and elsewhere.
FULL, KORT = "\x1f", "\x1e"
_SKJOT = re.compile(rf"(\S*)([{FULL}{KORT}])\s?(?=(\w*))")
_RUNDT = re.compile(rf"\S*[{FULL}{KORT}]\s?\S*")
# Not the rest of a word; "en", "er" and "et" may be.
_SMAORD = re.compile(
    "alle|av|blant|både|de|den|det|eller|etter|for|fra|før|har|hos|"
    "hver|i|inn|kan|med|mot|må|ned|og|om|opp|over|på|samt|skal|som|til|"
    "under|ut|ved|vi|å|och|i|att|från|eit|ein|frå|ikkje"
)


def merk(linjer: list[Linje], kant: float | None) -> None:
    """Marks the lines of a cell that are one word, where what follows may be the rest of
    it.

    Args:
        kant: how far to the right there is room, where that is known.
    """
    for linje, neste in pairwise(linjer):
        if re.fullmatch(r"\S{3,}[^\W\d_]", linje.tekst) and neste.tekst[0].islower():
            full = kant is not None and linje.x1 + neste.forste > kant - SLINGRING
            linje.tekst += FULL if full else KORT


def kanter(kolonner: dict[int, list[Linje]]) -> dict[int, float]:
    """How far to the right there is room in each column but the last, by what comes
    nearest to the column after it.

    Args:
        kolonner: the lines of the cells that take one column each.
    """
    venstre = {
        nr: min(li.x0 for li in linjer) for nr, linjer in kolonner.items() if linjer
    }
    luft = [
        venstre[nr + 1] - linje.x1
        for nr, linjer in kolonner.items()
        if nr + 1 in venstre
        for linje in linjer
    ]
    return {nr - 1: x - min(luft) for nr, x in venstre.items() if luft and nr}


def med_hele_ord(felter: list[dict]) -> list[dict]:
    """The fields of blocks, without marks: halves are one word where the line was full,
    unless they are words of the document, and elsewhere where the whole is."""
    kjente = Counter()
    for felt in felter:
        for tekst in _tekstene(felt):
            kjente.update(re.findall(r"\w{3,}", _RUNDT.sub(" ", tekst).lower()))

    def helt(treff):
        forste = re.split(r"\W", treff[1].lower())[-1]
        siste = treff[3].lower()
        to_ord = forste in kjente or siste in kjente or _SMAORD.fullmatch(siste)
        if len(siste) >= KORTESTE_ORD and _FORAN_ORD.fullmatch(forste):
            to_ord = True
        ett_ord = forste + siste in kjente or (treff[2] == FULL and not to_ord)
        return treff[1] + ("" if ett_ord else " ")

    def uten(tekst):
        while FULL in tekst or KORT in tekst:
            tekst = _SKJOT.sub(helt, tekst, count=1)
        return tekst

    return [
        felt
        | {
            "tekst": uten(felt.get("tekst", "")),
            "celler": tuple(map(uten, felt.get("celler", ()))),
            "lenker": tuple((uten(t), url) for t, url in felt.get("lenker", ())),
        }
        if any(map(_RUNDT.search, _tekstene(felt)))
        else felt
        for felt in felter
    ]


def _tekstene(felt):
    lenker = (tekst for tekst, _adresse in felt.get("lenker", ()))
    return (felt.get("tekst", ""), *felt.get("celler", ()), *lenker)
