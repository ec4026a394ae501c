"""Word documents (.docx) into blocks. What was inserted with changes tracked is taken as
text, what was deleted is left out, and so are comments, page heads and page feet."""

import re
from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from slt.grunn.word.oppsett import LAGET, ROLLEMERKE
from tiltak.innlesing.blokker import (
    AVSNITT,
    BILDE,
    FOTNOTE,
    HODERAD,
    INNHOLD,
    OVERSKRIFT,
    PUNKT,
    RAD,
    TITTEL,
    Blokk,
    som_linjer,
)
from tiltak.innlesing.lesere.docxdeler import (
    Fotnoter,
    Lister,
    Stiler,
    avsnittets_lenker,
    avsnittets_tekst,
)

# Longer than this nobody writes a heading.
LENGSTE_OVERSKRIFT = 160
# How deep tables in tables are followed: their text stands in the cell.
_W = {navn: qn(f"w:{navn}") for navn in ("p", "tbl", "tr", "tc", "sdt", "sdtContent")}
_BEHOLDERE = {qn(f"w:{navn}") for navn in ("ins", "moveTo", "customXml", "smartTag")}


def blokker(innhold: bytes) -> Iterator[bytes]:
    """The blocks of a document, a line of JSON each.

    Raises:
        Exception: whatever python-docx meets in a file that is broken.
    """
    yield from som_linjer(Leser(innhold).les())


class Leser:
    def __init__(self, innhold: bytes):
        dokument = Document(BytesIO(innhold))
        self.kropp = dokument.element.body
        self.del_ = dokument.part
        self.stiler = Stiler(dokument)
        self.lister = Lister(dokument)
        self.fotnoter = Fotnoter(dokument)
        self.avsnitt = 0
        self.tabeller = 0
        self.i_laget = (
            False  # whether the last heading is one that the site itself made
        )

    def les(self) -> Iterator[Blokk]:
        alle = [
            blokk for del_ in self._barn(self.kropp) for blokk in self._blokker(del_)
        ]
        nivaer = self._gjettede_nivaer(alle)
        for blokk, storrelse in alle:
            if storrelse in nivaer and _kan_vaere_overskrift(blokk):
                yield _som_overskrift(blokk, nivaer[storrelse])
            else:
                yield blokk

    def _barn(self, rot, i_innhold=False):
        """Paragraphs and tables, whatever they are wrapped in, and whether they stand in a
        table of contents."""
        for element in rot:
            if element.tag in (_W["p"], _W["tbl"]):
                yield element, i_innhold
            elif element.tag == _W["sdt"]:
                galleri = element.find(f".//{qn('w:docPartGallery')}")
                er_innhold = galleri is not None and "Contents" in galleri.get(
                    qn("w:val"), ""
                )
                for del_ in element.iterchildren(_W["sdtContent"]):
                    yield from self._barn(del_, i_innhold or er_innhold)
            elif element.tag in _BEHOLDERE:
                yield from self._barn(element, i_innhold)

    def _blokker(self, del_):
        """Each block, with the size of its letters where all of it is set off."""
        element, i_innhold = del_
        if element.tag == _W["p"] and self.stiler.overskriftsniva(element):
            self.i_laget = _rollen(element) == LAGET
        if element.tag == _W["tbl"]:
            yield from ((blokk, None) for blokk in self._tabell(element))
            return
        self.avsnitt += 1
        yield from self._avsnitt(element, i_innhold or self._er_laget(element))

    def _er_laget(self, element):
        rolle = _rollen(element)
        return rolle == LAGET or (self.i_laget and not rolle)

    def _avsnitt(self, element, i_innhold):
        sted = ("avsnitt", str(self.avsnitt))
        tekst = avsnittets_tekst(element)
        merke, dybde = self.lister.merke(element, self.stiler)
        for bilde in _bilder(element):
            yield Blokk(0, sted, BILDE, bilde), None
        if tekst:
            slag, niva = self._slag(element, dybde, i_innhold)
            lenker = avsnittets_lenker(element, self.del_)
            uthevet = self._uthevet(element) if slag in {AVSNITT, PUNKT} else None
            rolle = "" if slag == INNHOLD else _rollen(element)
            blokk = Blokk(0, sted, slag, tekst, niva, merke, lenker=lenker, rolle=rolle)
            yield blokk, uthevet
        for ramme in _tekstbokser(element):
            for del_ in self._barn(ramme):
                yield from self._blokker(del_)
        for fotnote in self.fotnoter.i(element):
            yield Blokk(0, sted, FOTNOTE, fotnote), None

    def _uthevet(self, element):
        if self.stiler.navn(element) in {"subtitle", "undertittel"}:
            return None
        return self.stiler.uthevet(element)

    def _slag(self, element, dybde, i_innhold):
        stil = self.stiler.navn(element)
        if i_innhold or re.match(r"(?:toc|innhold|inh|table of)\b", stil):
            return INNHOLD, 0
        if niva := self.stiler.overskriftsniva(element):
            return OVERSKRIFT, niva
        if stil in {"title", "tittel", "rubrik"}:
            return TITTEL, 0
        if dybde:
            return PUNKT, dybde
        if re.match(r"list|liste|punkt", stil):
            return PUNKT, 1
        return AVSNITT, 0

    def _tabell(self, tabell):
        """The rows; a table of one column is a frame around paragraphs."""
        rader = list(tabell.iterchildren(_W["tr"]))
        self.tabeller += 1
        nr, over = self.tabeller, {}
        for rad in rader:
            if self._er_slettet(rad):
                continue
            celler, gjentatt, lenker, over = self._rad(rad, over)
            self.avsnitt += 1
            sted = ("avsnitt", str(self.avsnitt))
            hode = rad.find(f"./{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            if self._er_laget(rad):
                tekst = " · ".join(filter(None, celler))
                yield Blokk(0, sted, INNHOLD, tekst)
                continue
            for bilde in _bilder(rad):
                yield Blokk(0, sted, BILDE, bilde)
            if any(celler):
                slag = HODERAD if hode else RAD
                yield Blokk(
                    0, sted, slag, "", 0, "", tuple(celler), tuple(gjentatt), nr, lenker,
                    rolle=_rollen(rad),
                )  # fmt: skip

    def _er_slettet(self, rad):
        return rad.find(f"./{qn('w:trPr')}/{qn('w:del')}") is not None

    def _rad(self, rad, over):
        """Returns cells, those repeated from above, links, and what the next row may
        repeat: text by column of the grid."""
        celler, gjentatt, lenker, na = [], [], [], {}
        for celle in rad.iter(_W["tc"]):
            if _naermeste(celle, _W["tr"]) is not rad:
                continue
            bredde, fortsetter = _spenn(celle)
            tekst = self._celletekst(celle)
            if fortsetter:
                gjentatt.append(len(celler))
                tekst = over.get(len(celler), tekst)
            na[len(celler)] = tekst
            lenker += avsnittets_lenker(celle, self.del_)
            celler += [tekst] + [""] * (bredde - 1)
        return celler, gjentatt, tuple(lenker), na

    def _celletekst(self, celle):
        avsnitt = []
        for element in celle.iter(_W["p"]):
            merke, _dybde = self.lister.merke(element, self.stiler)
            if tekst := avsnittets_tekst(element):
                punkt = f"{merke} " if merke else ""
                avsnitt.append(punkt + tekst)
        return "\n".join(avsnitt)

    def _gjettede_nivaer(self, alle):
        """Levels of what is a heading by its looks alone, by the size of its letters."""
        ekte = [b.niva for b, _s in alle if b.slag == OVERSKRIFT]
        storrelser = {s for b, s in alle if s and _kan_vaere_overskrift(b)}
        # Where the source has headings of its own, looks add a level below them.
        dypest = max(ekte, default=0)
        return {
            storrelse: dypest + nr
            for nr, storrelse in enumerate(sorted(storrelser, reverse=True), 1)
        }


def _kan_vaere_overskrift(blokk):
    return (
        blokk.slag in {AVSNITT, PUNKT}
        and len(blokk.tekst) <= LENGSTE_OVERSKRIFT
        and "\n" not in blokk.tekst
        and not re.search(r"[.:;,]$", blokk.tekst)
        and blokk.merke != "•"
    )


def _som_overskrift(blokk, niva):
    return Blokk(
        0, blokk.sted, OVERSKRIFT, blokk.tekst, niva, blokk.merke, lenker=blokk.lenker
    )


def _rollen(element):
    """What a document that the site wrote says that it is, or ""."""
    for merke in element.iter(qn("w:bookmarkStart")):
        sign, _strek, rolle = merke.get(qn("w:name"), "").partition("_")
        if sign == ROLLEMERKE:
            return rolle.rpartition("_")[0]
    return ""


def _naermeste(element, tagg):
    return next(element.iterancestors(tagg), None)


def _spenn(celle):
    """How many columns a cell takes, and whether it goes on from the row above."""
    egenskaper = celle.find(qn("w:tcPr"))
    if egenskaper is None:
        return 1, False
    bredde = egenskaper.find(qn("w:gridSpan"))
    merge = egenskaper.find(qn("w:vMerge"))
    fortsetter = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
    antall = bredde.get(qn("w:val"), "1") if bredde is not None else "1"
    return (min(int(antall), 60) if antall.isdigit() else 1), fortsetter


def _bilder(element):
    """The words for each picture, or ""."""
    for bilde in element.iter(qn("w:drawing"), qn("w:pict")):
        har_bilde = bilde.find(f".//{qn('a:blip')}")
        if har_bilde is None and bilde.tag == qn("w:drawing"):
            continue
        ord_ = bilde.find(f".//{qn('wp:docPr')}")
        yield ord_.get("descr", "") if ord_ is not None else ""


def _tekstbokser(element):
    for boks in element.iter(qn("w:txbxContent")):
        i_reserve = any(
            forelder.tag.endswith("}Fallback") for forelder in boks.iterancestors()
        )
        if not i_reserve and _naermeste(boks, _W["p"]) is element:
            yield boks
