"""The words of a paragraph: runs, links, and places that links lead to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlsplit

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from slt.grunn.word.oppsett import LENKE

ADRESSER = {"http", "https", "mailto", "tel"}
_MELLOMROM = re.compile(r"[ \t\r\n\f]+")
LINJESKIFT = "\v"  # no text has it: it is nothing that XML may hold


@dataclass(frozen=True)
class Form:
    """How words look, and the address that they lead to."""

    fet: bool = False
    kursiv: bool = False
    lenke: str = ""


Biter = Iterable[tuple[str, Form]]


def biter(element, form: Form) -> Iterator[tuple[str, Form]]:
    """The texts inside an element that stands in a line, and how each looks."""
    if element.tag == "br":
        yield LINJESKIFT, form
        return
    if not isinstance(element.tag, str) or element.tag in {"script", "style", "svg"}:
        return
    form = _formen(element, form)
    klasser = element.get("class", "").split()
    if "skille" in klasser:  # a dot on a narrow page; here, each has a line of its own
        yield LINJESKIFT, form
        return
    er_merke = "merke" in klasser
    yield ("(" if er_merke else "") + _MELLOMROM.sub(" ", element.text or ""), form
    for barn in element:
        yield from biter(barn, form)
        yield _MELLOMROM.sub(" ", barn.tail or ""), form
    if er_merke:
        yield ")", form


def _formen(element, form):
    if element.tag in {"strong", "b", "th"}:
        return replace(form, fet=True)
    if element.tag in {"em", "i"}:
        return replace(form, kursiv=True)
    if element.tag == "a":
        return replace(form, lenke=element.get("href", "").strip())
    return form


def ordnet(alle: Biter) -> list[tuple[str, Form]]:
    """Without the white space that a page does not show."""
    ut: list[tuple[str, Form]] = []
    for tekst, form in alle:
        if tekst != LINJESKIFT:
            tekst = _MELLOMROM.sub(" ", tekst)
            if not ut or ut[-1][0].endswith((" ", LINJESKIFT)):
                tekst = tekst.removeprefix(" ")
        elif ut:
            ut[-1] = (ut[-1][0].rstrip(" "), ut[-1][1])
        if tekst:
            ut.append((tekst, form))
    while ut and not ut[-1][0].strip(f" {LINJESKIFT}"):
        ut.pop()
    if ut:
        ut[-1] = (ut[-1][0].rstrip(" "), ut[-1][1])
    return ut


def sett_inn(avsnitt, alle: Biter, steder: dict[str, str]) -> None:
    """Puts texts into an empty paragraph.

    Args:
        steder: the name of the place in the document for the id of each element.
    """
    for adresse, like in groupby(alle, key=lambda bit: bit[1].lenke):
        lenke = _lenke(avsnitt, adresse, steder) if adresse else None
        for tekst, form in like:
            lop = avsnitt.add_run()
            if tekst == LINJESKIFT:
                lop._r.add_br()
            else:
                lop._r.add_t(tekst)
            if form.fet:
                lop.bold = True
            if form.kursiv:
                lop.italic = True
            if lenke is not None:
                lop._r.style = LENKE
                lenke.append(lop._r)


def _lenke(avsnitt, adresse, steder):
    """A link to the net, or to a place in the document; None to anything else."""
    lenke = OxmlElement("w:hyperlink")
    if adresse.startswith("#"):
        if adresse[1:] not in steder:
            return None
        lenke.set(qn("w:anchor"), steder[adresse[1:]])
    else:
        try:
            slag = urlsplit(adresse).scheme.lower()
        except ValueError:
            return None
        if slag not in ADRESSER:
            return None
        forhold = avsnitt.part.relate_to(
            adresse, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        lenke.set(qn("r:id"), forhold)
    lenke.set(qn("w:history"), "1")
    avsnitt._p.append(lenke)
    return lenke


def merk_sted(avsnitt, navn: str, nr: int) -> None:
    """Makes a paragraph the place of this name."""
    start, slutt = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for merke in (start, slutt):
        merke.set(qn("w:id"), str(nr))
    start.set(qn("w:name"), navn)
    egenskaper = avsnitt._p.pPr
    avsnitt._p.insert(0 if egenskaper is None else 1, start)
    avsnitt._p.append(slutt)
