"""Tables without lines around their cells: words that stand beneath those of a head."""

import re
from dataclasses import dataclass
from itertools import pairwise

from tiltak.innlesing.lesere.pdflinjer import Linje, rader

FAERREST_KOLONNER = 3
# A page begins with as many lines, for what goes on from the one before to stand after.
MARG_LINJER = 3
# In shares of the letters: between two cells of the head; between two rows; how far from
# its column a cell may begin.
HODELUFT = 0.8
LENGST_NED = 3.5
SKJEVT = 0.35
LENGSTE_HODE = 40
LENGSTE_ETIKETT = 30


@dataclass
class Rutenett:
    """Attributes:
    radene: rows of cells as (x0, top, x1, bottom).
    kolonner: where each column begins.
    ferdig: whether text follows it on the page.
    """

    radene: list[list[tuple]]
    kolonner: list[float]
    ferdig: bool

    @property
    def ramme(self):
        celler = [celle for rad in self.radene for celle in rad]
        return (
            min(c[0] for c in celler),
            min(c[1] for c in celler),
            max(c[2] for c in celler),
            max(c[3] for c in celler),
        )


def rutenett(ordene: list[Linje], kolonner: list[float]) -> list[Rutenett]:
    """The tables of a page, from the top.

    Args:
        ordene: the words of the page that stand in no other table.
        kolonner: those of a table that the page before ended with.
    """
    linjer = [sorted(rad, key=lambda bit: bit.x0) for rad in rader(ordene)]
    ut: list[Rutenett] = []
    nr = 0
    while nr < len(linjer):
        her = _hodets_kolonner(linjer[nr])
        if not her and kolonner and not ut and nr < MARG_LINJER:
            her = kolonner
        slutt = _slutt(linjer, nr, her) if her else nr
        if slutt == nr:
            her, slutt = _parene(linjer, nr)
        if slutt > nr:
            rest = len(linjer) - slutt
            ut.append(Rutenett(_radene(linjer[nr:slutt], her), her, rest > 1))
            nr = slutt
        else:
            nr += 1
    return ut


def _biter(linje):
    """The words that stand close, and their text."""
    biter: list[list[Linje]] = []
    for ordet in linje:
        tett = biter and ordet.x0 - biter[-1][-1].x1 < HODELUFT * ordet.storrelse
        biter[-1].append(ordet) if tett else biter.append([ordet])
    return biter, [" ".join(ordet.tekst for ordet in bit) for bit in biter]


def _parene(linjer, start):
    """Columns of a run of labels with values beside them, and the line after it."""
    biter, _tekster = _biter(linjer[start])
    if len(biter) != 2:
        return [], start
    kolonner = [bit[0].x0 for bit in biter]
    skjevt = SKJEVT * linjer[start][0].storrelse
    nr, verdier = start, []
    while nr < len(linjer) and (nr == start or _naer(linjer[nr - 1], linjer[nr])):
        biter, tekster = _biter(linjer[nr])
        like = [
            abs(bit[0].x0 - x) < skjevt for bit, x in zip(biter, kolonner, strict=False)
        ]
        if len(biter) == 2 and all(like) and _kan_vaere_etikett(tekster[0]):
            verdier.append(tekster[1])
        elif len(biter) > 1 or abs(biter[0][0].x0 - kolonner[1]) > skjevt:
            break
        nr += 1
    # Numbers of pages are of a table of contents.
    if len(verdier) < 2 or all(re.fullmatch(r"[\d .]+", v) for v in verdier):
        return [], start
    return kolonner, nr


def _kan_vaere_etikett(tekst):
    return len(tekst) <= LENGSTE_ETIKETT and bool(re.match(r"[A-ZÆØÅÄÖ][^.]*$", tekst))


def _hodets_kolonner(linje):
    """Where the cells begin, of a line that can be the head of a table."""
    biter, tekster = _biter(linje)
    if len(biter) < FAERREST_KOLONNER or not _kan_vaere_hode(tekster):
        return []
    return [bit[0].x0 for bit in biter]


def _kan_vaere_hode(tekster):
    """Whether they are short and begin as titles do; but for the first they may be years,
    and numbered."""
    forste, *resten = tekster
    stor = r"[A-ZÆØÅÄÖ#][^.:]*[.:]?"
    return max(map(len, tekster)) <= LENGSTE_HODE and bool(
        re.fullmatch(stor, forste)
        and all(re.fullmatch(rf"20\d\d|(?:\d[\d.]* )?{stor}", t) for t in resten)
    )


def _slutt(linjer, start, kolonner):
    """The line after the last of the table; the first where there is none."""
    nr, flere = start, 0
    while nr < len(linjer) and (nr == start or _naer(linjer[nr - 1], linjer[nr])):
        celler = _fordelt(linjer[nr], kolonner)
        antall = _antall(celler or [])
        luft = _luft(linjer[nr - 1], linjer[nr]) if nr > start else 0
        if celler is None and (nr == start or not _over_alle(linjer, nr, kolonner)):
            break
        if antall == 1 and luft > HODELUFT * linjer[nr][0].storrelse:
            if nr == start + 1:
                return start
            # Set off as a heading is, and farther away.
            if celler[0] and linjer[nr][0].fet and not linjer[nr - 1][0].fet:
                break
        if nr > start or not _hodets_kolonner(linjer[nr]):
            flere += antall > 1
        nr += 1
    return nr if flere > (not _hodets_kolonner(linjer[start])) else start


def _luft(forrige, linje):
    return min(bit.top for bit in linje) - max(bit.bunn for bit in forrige)


def _naer(forrige, linje):
    like_store = abs(forrige[0].storrelse - linje[0].storrelse) <= 1.5
    return like_store and _luft(forrige, linje) < LENGST_NED * linje[0].storrelse


def _over_alle(linjer, nr, kolonner):
    """Whether a line is a row of one cell: what the rows beneath it are about."""
    linje = linjer[nr]
    if abs(linje[0].x0 - kolonner[0]) > SKJEVT * linje[0].storrelse:
        return False
    if nr + 1 == len(linjer) or not _naer(linje, linjer[nr + 1]):
        return False
    celler = _fordelt(linjer[nr + 1], kolonner)
    return celler is not None and sum(map(bool, celler)) > 1


def _fordelt(linje, kolonner):
    """The words of each column; None where one begins elsewhere than its column does, or
    goes into the next."""
    celler: list[list[Linje]] = [[] for _k in kolonner]
    skjevt = SKJEVT * linje[0].storrelse
    for ordet in linje:
        nr = max(
            (n for n, x in enumerate(kolonner) if x - skjevt <= ordet.x0), default=None
        )
        if nr is None:
            return None
        celler[nr].append(ordet)
    for nr, celle in enumerate(celler):
        if not celle:
            continue
        # Amounts stand to the right.
        tall = all(re.fullmatch(r"[\d.,%–-]+|kr|mill\.?", o.tekst) for o in celle)
        if celle[0].x0 > kolonner[nr] + skjevt and not tall:
            return None
        if nr + 1 < len(kolonner) and celle[-1].x1 > kolonner[nr + 1] - 1:
            return None
    return celler


def _radene(linjer, kolonner):
    """Lines that belong together, as frames around their cells."""
    hoyre = max(bit.x1 for linje in linjer for bit in linje) + 3
    grenser = [x - 3 for x in kolonner] + [hoyre]
    ut = []
    for gruppe in _grupper(linjer, kolonner):
        topp = min(bit.top for linje in gruppe for bit in linje)
        bunn = max(bit.bunn for linje in gruppe for bit in linje)
        if _fordelt(gruppe[0], kolonner) is None:
            ut.append([(grenser[0], topp, hoyre, bunn)])
        else:
            par = pairwise(grenser)
            ut.append([(a, topp, b, bunn) for a, b in par])
    return ut


def _grupper(linjer, kolonner):
    """The lines of each row: there is more room between rows than in them, or else a row
    begins where more cells do."""
    luft = [_luft(a, b) for a, b in pairwise(linjer)]
    storrelse = linjer[0][0].storrelse
    minst = min(luft, default=0)
    med_luft = max(luft, default=0) - minst > 0.3 * storrelse
    ut = [[linjer[0]]]
    for nr, linje in enumerate(linjer[1:]):
        forrige, celler = (_fordelt(li, kolonner) for li in (linjer[nr], linje))
        if celler is None or forrige is None:
            ny = True
        elif len(kolonner) < FAERREST_KOLONNER:
            ny = bool(celler[0])
        elif med_luft:
            ny = luft[nr] > minst + 0.25 * storrelse
        else:
            ny = bool(celler[0]) and _antall(celler) >= _antall(forrige)
        if ny:
            ut.append([linje])
        else:
            ut[-1].append(linje)
    return ut


def _antall(celler):
    return sum(map(bool, celler))
