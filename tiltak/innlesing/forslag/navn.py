"""Names of services in a line that gives several."""

import re
from collections.abc import Iterable

# What "og" joins inside a name, as often as it joins two.
_SMA = re.compile(r"[a-zæøå]")
_SKILLE = re.compile(r"\n|;|,(?!\d)|\s+/\s+|\s+(?:og|och|samt|i samarbeid med)\s+")
# "Politiet og skolene" are two; "Kultur og fritid" may be one.
_BESTEMT_ORD = re.compile(r"[\w-]{3,}(?:en|et|ne|ane)(?<!het)")
_FAST_SKILLE = re.compile(r"\n|;|\s+/\s+|\s+(?:i samarbeid med|i samråd med)\s+")
_HALE = " .,:;–-"


def delt_i_navn(tekst: str, kjente: Iterable[str] = ()) -> list[str]:
    """The names, each as written. Where a whole piece is known, it is one name, whatever
    commas are in it."""
    kjent = {_forenklet(navn) for navn in kjente}
    ut = []
    for linje in _FAST_SKILLE.split(tekst):
        linje = re.sub(r"^[•▪●–-]\s+", "", linje.strip())
        ut += _navn(linje.strip(_HALE), kjent)
    return list(dict.fromkeys(navn for navn in ut if navn))


def _navn(linje, kjent):
    if not linje or _forenklet(linje) in kjent:
        return [linje]
    biter = _biter(linje)
    ut, nr = [], 0
    while nr < len(biter):
        lengst = _lengste_kjente(biter, nr, kjent)
        if lengst is None or _er_halvt(biter, lengst, kjent):
            lengst = nr + 1
            while lengst < len(biter) and not _begynner_navn(biter, lengst):
                lengst += 1
        ut.append(linje[biter[nr][0] : biter[lengst - 1][1]].strip(_HALE))
        nr = lengst
    return ut


def _biter(linje):
    """(start, end, what parted it from the one before) of each piece."""
    biter, start, skille = [], 0, ""
    for treff in _SKILLE.finditer(linje):
        if _i_parentes(linje, treff.start()):
            continue
        biter.append((start, treff.start(), skille, linje[start : treff.start()]))
        start, skille = treff.end(), treff[0].strip()
    biter.append((start, len(linje), skille, linje[start:]))
    return biter


def _i_parentes(linje, sted):
    return linje[:sted].count("(") > linje[:sted].count(")")


def _lengste_kjente(biter, nr, kjent):
    # No name has more parts.
    for slutt in range(min(len(biter), nr + 6) if kjent else nr, nr, -1):
        samlet = " ".join(
            f"{b[2] if i else ''} {b[3]}" for i, b in enumerate(biter[nr:slutt])
        )
        if _forenklet(samlet) in kjent:
            return slutt
    return None


def _er_halvt(biter, nr, kjent):
    """Whether a known name is the first half of another, as "Kultur" of "Kultur og
    idrett": what "og" adds is neither known nor as a name."""
    if nr == len(biter) or biter[nr][2] not in _OG:
        return False
    return not _lengste_kjente(biter, nr, kjent) and not _begynner_navn(biter, nr)


_OG = {"og", "och", "samt"}


def _begynner_navn(biter, nr):
    """Whether a piece is a name of its own: not the end of the one before it, as in
    "Psykisk helse og familiestøtte" and "Barn og unge, kultur"."""
    _start, _slutt, skille, tekst = biter[nr]
    tekst = tekst.strip()
    if skille in _OG and _BESTEMT_ORD.fullmatch(tekst):
        foran = biter[nr - 1][3].split()
        if foran and _BESTEMT_ORD.fullmatch(foran[-1]):
            return True
    if not tekst:
        return False
    stor = not _SMA.match(tekst)
    if skille == ",":
        # A list with more commas holds names, however they are written; with one, what
        # stands before it may be half a name.
        flere = sum(bit[2] == "," for bit in biter) > 1
        return stor or flere or not re.search(r"\b(?:og|for)\b", _foran(biter, nr))
    return stor


def _foran(biter, nr):
    return " ".join(f"{bit[2]} {bit[3]}" for bit in biter[:nr])


def _forenklet(navn):
    return re.sub(r"\W+", " ", navn.lower()).strip()
