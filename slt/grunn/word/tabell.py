"""A table of HTML as one of a document: heads that are repeated on each page, and cells
that reach over several columns or rows."""

from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.table import _Cell
from lxml.html import HtmlElement

from slt.grunn.word.oppsett import BREDDE

STIL = "TableGrid"
FLESTE_KOLONNER = 60  # Word has no more than 63
# What the first column takes, in per cent: names of fields, or what the row is about.
FORSTE = {"fakta": 25, "kontakter": 40, "register": 40, "liste": 55, "dekning": 40}
_BAK = "F2F2F2"


@dataclass
class Rute:
    """A cell, where it begins: from this column, over so many columns and rows."""

    kilde: HtmlElement
    kolonne: int
    bredde: int
    hoyde: int


def skriv_tabell(element, sted, *, om, fyll):
    """Args:
    sted: what the table stands in: the document or a cell.
    om: words that say what it is about, to those who listen.
    fyll: puts what is in a cell of the page into one of the document.
    """
    rader = element.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
    ruter, antall = _ruter(rader)
    if not antall:
        return
    tabell = sted.add_table(len(rader), antall)
    tabell._tbl.tblStyle_val = STIL  # by its name it takes ten times as long
    hoder = [rad.getparent().tag == "thead" for rad in rader]
    _egenskaper(tabell, element, om, antall, har_hode=any(hoder))
    for rad, egne, er_hode in zip(tabell._tbl.tr_lst, ruter, hoder, strict=True):
        _raden(rad, er_hode)
        celler = list(rad.tc_lst)
        for rute in egne:
            _ruten(celler, rute)
            if isinstance(rute.kilde, _Fortsetter):
                continue
            celle = _Celle(celler[rute.kolonne], tabell)
            if er_hode or rute.kilde.tag == "th":
                _farge(celle._tc)
            fyll(celle, rute.kilde)


class _Celle(_Cell):
    """A cell with the empty paragraph that each has to begin with."""

    def __init__(self, tc, tabell):
        super().__init__(tc, tabell)
        self.ledig = self.paragraphs[0]


class _Fortsetter:
    """In place of a cell: what goes on from the row above."""


def _ruter(rader):
    """The cells of each row and those that reach into it, and how many columns there are."""
    opptatt: dict[
        tuple[int, int], int
    ] = {}  # (row, column): how broad what reaches in is
    alle, antall = [], 0
    for nr, rad in enumerate(rader):
        kolonne, egne = 0, []
        for kilde in rad.xpath("./th | ./td"):
            kolonne = _neste(opptatt, nr, kolonne, egne)
            bredde = _spenn(kilde.get("colspan"), FLESTE_KOLONNER - kolonne)
            hoyde = _spenn(kilde.get("rowspan"), len(rader) - nr)
            if bredde < 1:
                break
            for under in range(nr + 1, nr + hoyde):
                opptatt[under, kolonne] = bredde
            egne.append(Rute(kilde, kolonne, bredde, hoyde))
            kolonne += bredde
        kolonne = _neste(opptatt, nr, kolonne, egne)
        alle.append(egne)
        antall = max(antall, kolonne)
    return alle, antall


def _neste(opptatt, nr, kolonne, egne):
    """The next free column of a row, after what reaches into it from above."""
    while bredde := opptatt.get((nr, kolonne)):
        egne.append(Rute(_Fortsetter(), kolonne, bredde, 0))
        kolonne += bredde
    return kolonne


def _spenn(verdi, hoyst):
    antall = int(verdi) if verdi and verdi.isdigit() and len(verdi) < 6 else 1
    return min(max(antall, 1), hoyst)


def _ruten(celler, rute):
    egenskaper = celler[rute.kolonne].get_or_add_tcPr()
    if rute.bredde > 1:
        egenskaper.get_or_add_gridSpan().val = rute.bredde
        for borte in celler[rute.kolonne + 1 : rute.kolonne + rute.bredde]:
            borte.getparent().remove(borte)
    if rute.hoyde != 1:
        egenskaper.get_or_add_vMerge().val = "restart" if rute.hoyde else "continue"


# How it looks -------------------------------------------------------------------------


def _egenskaper(tabell, element, om, antall, *, har_hode):
    egne = tabell._tbl.tblPr
    for navn, verdi in (("w:type", "pct"), ("w:w", "5000")):
        bredde = egne.find(qn("w:tblW"))
        bredde.set(qn(navn), verdi)
    syn = egne.find(qn("w:tblLook"))
    if syn is not None:
        for navn, sant in (("firstRow", har_hode), ("firstColumn", not har_hode)):
            syn.set(qn(f"w:{navn}"), str(int(sant)))
    if om:
        tittel = OxmlElement("w:tblCaption")
        tittel.set(qn("w:val"), om[:255])
        egne.append(tittel)
    prosent = _prosent(element, antall)
    for kolonne, andel in zip(tabell._tbl.tblGrid.gridCol_lst, prosent, strict=True):
        kolonne.w = Emu(round(BREDDE * andel / 100))
    for rad in tabell._tbl.tr_lst:
        for celle, andel in zip(rad.tc_lst, prosent, strict=True):
            celle.width = Emu(round(BREDDE * andel / 100))


def _prosent(element, antall):
    klasse = next(iter(element.get("class", "").split()), "")
    forste = FORSTE.get(klasse, 0) if antall > 1 else 0
    if not forste:
        return [100 / antall] * antall
    return [forste, *[(100 - forste) / (antall - 1)] * (antall - 1)]


def _raden(rad, er_hode):
    egenskaper = rad.get_or_add_trPr()
    for navn in ("w:cantSplit", *(("w:tblHeader",) if er_hode else ())):
        egenskaper.append(OxmlElement(navn))


def _farge(celle):
    farge = OxmlElement("w:shd")
    for navn, verdi in (("val", "clear"), ("color", "auto"), ("fill", _BAK)):
        farge.set(qn(f"w:{navn}"), verdi)
    celle.get_or_add_tcPr().append(farge)
