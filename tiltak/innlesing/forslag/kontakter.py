"""Ways in that a line of text gives, each with the words that stand beside it."""

import re
from collections.abc import Callable
from itertools import pairwise

from . import funn
from .modell import Kontakt

# The order in which they are proposed.
_ARTER = ("telefon", "epost", "nettside")
# "tlf", "mobil": only what kind of number or address follows.
_ORD = (
    r"(?:telefon|tlf|tel|tlph|mob|mobil)(?:-?(?:telefon|tlf|nummer|nr))?|"
    r"e-?post(?:adresse)?|e-?mail|mail|mejl|nettsid[ea]|nett|web|www"
)
_BARE_ORD = re.compile(rf"(?:\W*\b(?:{_ORD})\b)*\W*", re.IGNORECASE)
_ORD_FORAN = re.compile(
    rf"(?:[^\w()]*\b(?:{_ORD}|og|eller|på|via)\b)+[^\w()]*$", re.IGNORECASE
)
_ETTER_ORD = re.compile(rf"\b(?:{_ORD})\b[^\w()]*$", re.IGNORECASE)
_PARENTES = re.compile(r"\s*\(([^()]*)\)")
# Between two of them: what is before it belongs to the first.
_SKILLE = re.compile(r"[,;\n]|\s[–/|-]\s|\s(?:og|eller|samt)\s")
_RUNDT = " \t\n.,:;–-/|•·→*"


def er_bare_ord(tekst: str) -> bool:
    """Whether a text only says what kind of number follows: "Tlf."."""
    return bool(_BARE_ORD.fullmatch(tekst))


def finn(tekst: str, *, korte: bool = False) -> list[Kontakt]:
    """Each with a note: what is in parentheses after it, what stands before it, and what
    follows up to the next.

    Args:
        korte: also numbers of three to six digits without a word before them.
    """
    steder = _steder(tekst, korte=korte)
    ut: dict[tuple[str, str], Kontakt] = {}
    for (_start, _slutt, art, verdi, _kort), ord_ in zip(
        steder, _ordene(tekst, steder), strict=True
    ):
        ny = ut.setdefault((art, verdi), Kontakt(art, verdi))
        ny.merknad = ny.merknad or ord_
    return sorted(ut.values(), key=lambda k: _ARTER.index(k.art))


def uten(tekst: str, behold: Callable[[str], bool] = lambda _i_parentes: False) -> str:
    """A line without ways in, the words that only say what they are, and the parentheses
    after them.

    Args:
        behold: whether what is in such parentheses stays.
    """
    ut, sist = "", 0
    for start, slutt, *_resten in _steder(tekst, korte=True):
        ut = _ORD_FORAN.sub(" ", (ut + tekst[sist:start]).rstrip() + " ")
        sist = slutt
        parentes = _PARENTES.match(tekst, slutt)
        if parentes and not behold(parentes[1]):
            sist = parentes.end()
    ut = re.sub(r"\(\W*\)", " ", ut + tekst[sist:])
    return "" if er_bare_ord(ut) else " ".join(ut.split()).replace(" )", ")")


def _steder(tekst, *, korte):
    return [
        sted for sted in funn.kontaktsteder(tekst)
        if korte or not sted[4] or _ETTER_ORD.search(tekst[: sted[0]])
    ]  # fmt: skip


def _ordene(tekst, steder):
    """The words beside each place."""
    if not steder:
        return []
    mellom = [tekst[a[1] : b[0]] for a, b in pairwise(steder)]
    foran, bak = [tekst[: steder[0][0]]], []
    for del_ in mellom:
        til_forrige, til_neste = _fordelt(del_)
        bak.append(til_forrige)
        foran.append(til_neste)
    bak.append(tekst[steder[-1][1] :])
    return [_merknad(*par) for par in zip(foran, bak, strict=True)]


def _fordelt(mellom):
    """What belongs to the one before, and what to the one after."""
    parentes = _PARENTES.match(mellom)
    start = parentes.end() if parentes else 0
    apnet = mellom.rfind("(")
    if apnet > mellom.rfind(")"):
        return mellom[:apnet], mellom[apnet + 1 :]
    if skille := _SKILLE.search(mellom, start):
        return mellom[: skille.start()], mellom[skille.end() :]
    resten = mellom[start:].strip()
    if parentes or resten[:1].isupper():
        return mellom[:start], mellom[start:]
    return mellom, ""


def _merknad(foran, bak):
    foran = _ORD_FORAN.sub("", foran) if re.search(r"\w", foran) else ""
    bak = "" if er_bare_ord(bak) else bak
    # It stood in parentheses itself, with its words.
    if foran.rfind("(") > foran.rfind(")"):
        navn, _tegn, inni = foran.rpartition("(")
        foran = inni if er_bare_ord(navn) else f"{navn.rstrip(_RUNDT)} {inni}"
        bak = bak.replace(")", "", 1)
    foran, bak = foran.strip(_RUNDT), bak.strip(_RUNDT)
    if not foran and (parentes := re.fullmatch(r"\(([^()]*)\)", bak)):
        bak = parentes[1]
    if bak.count("(") != bak.count(")"):
        bak = bak.strip("()" + _RUNDT)
    ut = " ".join(filter(None, [foran, bak]))
    return "" if er_bare_ord(ut) else ut
