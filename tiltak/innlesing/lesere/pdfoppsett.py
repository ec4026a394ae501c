"""A page without tags: columns, tables with lines around them, paragraphs, lists."""

import re
from dataclasses import dataclass, field

from tiltak.innlesing.blokker import AVSNITT, PUNKT, RAD
from tiltak.innlesing.lesere.pdfkolonner import rutenett
from tiltak.innlesing.lesere.pdflinjer import (
    Linje,
    hele_linjer,
    rader,
    stykker,
    tvunget,
)
from tiltak.innlesing.lesere.pdfskjoter import kanter, merk
from tiltak.innlesing.linjer import lapp

_PUNKT = re.compile(r"^([•▪●○◦■□‣∙·\uf0b7\uf0a7*]|[–-](?=\s)|o(?=\s[A-ZÆØÅ]))\s*(?=\S)")
BARE_NUMMER = re.compile(r"(\d{1,2})[.)]")
MERKE = re.compile(r"^(?:\d{1,2}[.)]|[•▪–])\s+[A-ZÆØÅ]")
_NUMMER = re.compile(r"^(\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
NY_LINJE = re.compile(
    r"^(?:[A-ZÆØÅ][\w/-]*(?: [\w/-]+){0,3}\s*:(?=\s|$)|(?:Tiltak|TILTAK)\s+\d|https?://|www\.)"
)
# A wider gap than this, in shares of the letters, begins a paragraph.
LUFT = 0.75


@dataclass
class Del:
    """A block in the making."""

    slag: str
    linjer: list[Linje]
    merke: str = ""
    celler: tuple[str, ...] = ()
    tabell: int = 0
    lenker: list[tuple[str, str]] = field(default_factory=list)

    @property
    def tekst(self):
        ut = ""
        for linje in self.linjer:
            ut = lapp(ut, linje.tekst)
        return ut

    @property
    def forste(self):
        return self.linjer[0]


def deler(
    tegn, side: int, tabellene, loddrette, fest, kolonner: list[float]
) -> tuple[list[Del], list[float]]:
    """The blocks of a page in the order in which one reads, and the columns of a table
    without lines that may go on on the next.

    Args:
        tegn: the letters, as pdfplumber has them.
        tabellene: the tables, as pdfplumber finds them.
        loddrette: (x, top, bottom) of lines that go downwards.
        fest: gives pieces their links.
        kolonner: as the page before gave them.
    """
    ut, rammer = [], []
    for tabell in tabellene:
        cellene = _cellene(tabell, loddrette)
        ramme = (*tabell.bbox[:3], max(c[3] for rad in cellene for c in rad))
        ord_ = stykker([t for t in tegn if _inni(t, ramme)], side, ordvis=True)
        fest(ord_)
        if radene := _tabell(cellene, ord_, med_streker=True):
            rammer.append(ramme)
            ut.append((ramme[1], radene))
    fri = [t for t in tegn if not any(_inni(t, r) for r in rammer)]
    nettene = rutenett(stykker(fri, side, ordvis=True), kolonner)
    for nett in nettene:
        ord_ = stykker([t for t in fri if _inni(t, nett.ramme)], side, ordvis=True)
        fest(ord_)
        ut.append((nett.ramme[1], _tabell(nett.radene, ord_, med_streker=False)))
        fri = [t for t in fri if not _inni(t, nett.ramme)]
    fri = stykker(fri, side)
    fest(fri)
    ferdig, topp = [], float("-inf")
    for sted, radene in [*sorted(ut, key=lambda par: par[0]), (float("inf"), [])]:
        her = [bit for bit in fri if topp <= bit.top < sted]
        for spalte in spalter(her):
            ferdig += avsnitt(hele_linjer(spalte, bredt=6))
        ferdig += radene
        topp = sted
    gar_videre = bool(nettene) and not nettene[-1].ferdig
    return ferdig, nettene[-1].kolonner if gar_videre else []


def _inni(tegn, ramme):
    x0, top, x1, bunn = ramme
    midt, hoyde = (tegn["x0"] + tegn["x1"]) / 2, (tegn["top"] + tegn["bottom"]) / 2
    return x0 - 1 <= midt <= x1 + 1 and top - 1 <= hoyde <= bunn + 1


def _cellene(tabell, loddrette):
    """Rows of cells as frames. A row that the end of the page cut has no line beneath
    it, but those at its sides go on."""
    radene = [[celle for celle in rad.cells if celle] for rad in tabell.rows]
    x0, _top, x1, slutt = tabell.bbox
    ender = [
        bunn
        for x, topp, bunn in loddrette
        if x0 - 2 <= x <= x1 + 2 and topp <= slutt + 2
    ]
    if ender and max(ender) > slutt + 5 and radene:
        lengst = max(radene, key=len)
        radene.append([(a, slutt, b, max(ender)) for a, _t, b, _b in lengst])
    return radene


def _tabell(radene, ordene, *, med_streker):
    """Rows, or none where it has one column: that is a frame."""
    grenser = sorted({round(celle[0]) for rad in radene for celle in rad})
    kolonner = [x for nr, x in enumerate(grenser) if nr == 0 or x - grenser[nr - 1] > 6]
    if len(kolonner) < 2:
        return []
    innhold = [list(_innhold(rad, ordene, kolonner)) for rad in radene]
    _merk_delte_ord(innhold, kolonner, med_streker=med_streker)
    ut = []
    for rad in innhold:
        celler = [""] * len(kolonner)
        for nr, celle, linjene in rad:
            deler_ = avsnitt(linjene, hoyre=celle[2] - 3)
            celler[nr] = "\n".join(del_.tekst for del_ in deler_)
        if any(celler):
            linjer = [linje for _nr, _celle, linjene in rad for linje in linjene]
            lenker = [(linje.tekst, url) for linje in linjer for url in linje.lenker]
            ut.append(Del(RAD, linjer, celler=tuple(celler), lenker=lenker))
    return ut


def _innhold(rad, ordene, kolonner):
    """(number of the column, frame, lines) of each cell."""
    for celle in rad:
        egne = [bit for bit in ordene if _i_ramme(bit, celle)]
        nr = max((n for n, x in enumerate(kolonner) if x <= celle[0] + 6), default=0)
        yield nr, celle, hele_linjer(egne, bredt=20)


def _merk_delte_ord(innhold, kolonner, *, med_streker):
    slutter = [*kolonner[1:], float("inf")]
    per_kolonne = {nr: [] for nr in range(len(kolonner))}
    for rad in innhold:
        for nr, celle, linjene in rad:
            if celle[2] - 6 <= slutter[nr]:
                per_kolonne[nr] += linjene
    kantene = kanter(per_kolonne)
    for rad in innhold:
        for nr, celle, linjene in rad:
            kant = kantene.get(nr)
            if med_streker and per_kolonne[nr]:
                # As much room to the right as to the left.
                kant = celle[2] - (min(li.x0 for li in per_kolonne[nr]) - celle[0])
            merk(linjene, kant)


def _i_ramme(bit, ramme):
    x0, top, x1, bunn = ramme
    midt, hoyde = (bit.x0 + bit.x1) / 2, (bit.top + bit.bunn) / 2
    return x0 <= midt <= x1 and top - 1 <= hoyde <= bunn + 1


# Columns ------------------------------------------------------------------------------


def spalter(stykkene: list[Linje]) -> list[list[Linje]]:
    """The pieces in runs to be read one after the other: a line across both columns
    parts what is above it from what is below."""
    midte = _mellomrom(stykkene)
    if midte is None:
        return [stykkene]
    ut, venstre, hoyre = [], [], []
    for rad in rader(stykkene):
        if any(bit.x0 < midte < bit.x1 for bit in rad):
            ut += [venstre, hoyre, rad]
            venstre, hoyre = [], []
            continue
        for bit in rad:
            (venstre if bit.x1 <= midte else hoyre).append(bit)
    return [spalte for spalte in [*ut, venstre, hoyre] if spalte]


def _mellomrom(stykkene):
    """Where the room between two columns is, or None."""
    if len(stykkene) < 12:
        return None
    venstre, hoyre = min(b.x0 for b in stykkene), max(b.x1 for b in stykkene)
    bredde = hoyre - venstre
    best = None
    for nr in range(30, 71):
        x = venstre + bredde * nr / 100
        over = sum(bit.x0 < x < bit.x1 for bit in stykkene)
        nar = [b for b in stykkene if not b.x0 < x < b.x1]
        pa_venstre = [b for b in nar if b.x1 <= x]
        pa_hoyre = [b for b in nar if b.x0 >= x]
        nok = min(len(pa_venstre), len(pa_hoyre)) >= max(5, len(stykkene) * 0.2)
        if (
            nok
            and over <= len(stykkene) * 0.15
            and _fyller(pa_venstre, x - venstre)
            and _fyller(pa_hoyre, hoyre - x)
        ) and (best is None or over < best[0]):
            best = (over, x)
    return best[1] if best else None


def _fyller(stykkene, bredde):
    """Whether most of the pieces are running text as wide as the column: what stands
    beside each other in a table without lines does not."""
    vide = [bit for bit in stykkene if bit.x1 - bit.x0 > bredde * 0.6]
    return len(vide) * 2 >= len(stykkene)


# Paragraphs ---------------------------------------------------------------------------


def avsnitt(linjer: list[Linje], *, hoyre: float = 0) -> list[Del]:
    """Args:
    hoyre: how far to the right a cell goes; its texts stay in it with their signs.
    """
    ut: list[Del] = []
    i_celle = bool(hoyre)
    hoyre = hoyre or max((linje.x1 for linje in linjer), default=0)
    for linje in linjer:
        slag, merke, tekst = _begynnelse(linje.tekst)
        if i_celle and ut and neste_nummer(ut[-1].forste.tekst, linje.tekst):
            slag = PUNKT
        if ut and slag == AVSNITT and _fortsetter(ut[-1], linje, hoyre, i_celle):
            ut[-1].linjer.append(linje)
            continue
        linje.tekst = linje.tekst if i_celle else tekst
        ut.append(Del(slag, [linje], merke))
    for del_ in ut:
        del_.lenker = [
            (linje.tekst, url) for linje in del_.linjer for url in linje.lenker
        ]
    return ut


def neste_nummer(forste, tekst):
    """Whether a line is the next number of a list, without room for more."""
    tall = BARE_NUMMER.fullmatch(tekst)
    return bool(tall) and bool(re.match(rf"{int(tall[1]) - 1}[.)]", forste))


def _begynnelse(tekst):
    if treff := _PUNKT.match(tekst):
        return PUNKT, "•", tekst[treff.end() :]
    if treff := _NUMMER.match(tekst):
        return PUNKT, treff[1], tekst[treff.end() :]
    return AVSNITT, "", tekst


def _fortsetter(del_, linje, hoyre, i_celle):
    forrige = del_.linjer[-1]
    luft = linje.top - forrige.bunn
    if luft > LUFT * linje.storrelse or luft < -linje.storrelse * 2:
        return False
    if abs(forrige.storrelse - linje.storrelse) > 0.6:
        return False
    if forrige.fet != linje.fet and not i_celle:
        return False
    if NY_LINJE.match(linje.tekst):
        # An address that had no room after its label stands on the next line.
        return forrige.tekst.endswith(":") and linje.tekst.startswith(("http", "www"))
    if _brutt_adresse(forrige.tekst, linje.tekst):
        return True
    if i_celle and BARE_NUMMER.fullmatch(forrige.tekst):
        return True
    liten = linje.tekst[0].islower() and "@" not in linje.tekst.split()[0]
    if not tvunget(forrige, linje, hoyre):
        return True
    return liten and not re.search(r"[.:!?]$", forrige.tekst)


def _brutt_adresse(forste, _neste):
    return bool(re.search(r"(?:https?://|www\.)\S*[-_/]$", forste)) and not re.match(
        r"https?://|www\.|[A-ZÆØÅ]", _neste
    )
