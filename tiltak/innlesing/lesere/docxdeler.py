"""What a paragraph of a Word document says and looks like: text, links, style, number,
and footnotes. python-docx computes no list numbers and passes over tracked changes."""

import re

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

# Deleted, and what stands a second time for old programs.
_UTELATT = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:txbxContent")}
_DYPEST = 9


def avsnittets_tekst(element):
    """The text, on lines where the source breaks them, without the signs nobody sees."""
    tekst = "".join(_biter(element)).replace("\xad", "").replace("\xa0", " ")
    linjer = (" ".join(linje.split()) for linje in tekst.split("\n"))
    return "\n".join(linje for linje in linjer if linje)


def _biter(element):
    for barn in element:
        if barn.tag in _UTELATT or not isinstance(barn.tag, str):
            continue
        if barn.tag == qn("w:t"):
            yield barn.text or ""
        elif barn.tag == qn("w:tab"):
            yield "\t"
        elif barn.tag in (qn("w:br"), qn("w:cr"), qn("w:p")):
            yield "\n"
            yield from _biter(barn)
        elif barn.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif not barn.tag.endswith(("}Fallback", "}footnoteReference")):
            yield from _biter(barn)


def avsnittets_lenker(element, del_):
    """Returns (text, address) of each link to the net or to write to."""
    lenker = []
    for lenke in element.iter(qn("w:hyperlink")):
        forhold = del_.rels.get(lenke.get(qn("r:id"), ""))
        if forhold is not None and forhold.is_external:
            lenker.append(("".join(_biter(lenke)).strip(), forhold.target_ref))
    for felt in element.iter(qn("w:instrText")):
        if treff := re.search(r'HYPERLINK\s+"([^"]+)"', felt.text or ""):
            lenker.append(("", treff[1]))
    return tuple(lenker)


class Stiler:
    """What the styles of a document say."""

    def __init__(self, dokument):
        self.element = {}
        self.standard = ""
        for stil in dokument.styles.element.iter(qn("w:style")):
            nokkel = stil.get(qn("w:styleId"), "")
            self.element[nokkel] = stil
            er_avsnitt = stil.get(qn("w:type")) == "paragraph"
            if er_avsnitt and stil.get(qn("w:default")) in {"1", "true"}:
                self.standard = nokkel
        standard = dokument.styles.element.find(
            f"./{qn('w:docDefaults')}//{qn('w:rPr')}/{qn('w:sz')}"
        )
        self.brodtekst = self._storrelse(self.standard) or _tall(standard) or 22

    def rekke(self, nokkel):
        """The style and those that it builds on."""
        sett = set()
        while nokkel in self.element and nokkel not in sett:
            sett.add(nokkel)
            stil = self.element[nokkel]
            yield stil
            neste = stil.find(qn("w:basedOn"))
            nokkel = neste.get(qn("w:val"), "") if neste is not None else ""

    def avsnittets(self, element):
        stil = element.find(f"./{qn('w:pPr')}/{qn('w:pStyle')}")
        return stil.get(qn("w:val"), "") if stil is not None else self.standard

    def navn(self, element):
        for stil in self.rekke(self.avsnittets(element)):
            navn = stil.find(qn("w:name"))
            return navn.get(qn("w:val"), "").lower() if navn is not None else ""
        return ""

    def overskriftsniva(self, element):
        """From 1, or 0."""
        for del_ in (element, *self.rekke(self.avsnittets(element))):
            navn = del_.find(qn("w:name"))
            ord_ = navn.get(qn("w:val"), "") if navn is not None else ""
            if treff := re.match(r"(?:heading|overskrift|rubrik)\s*(\d)", ord_.lower()):
                return int(treff[1])
            ytre = del_.find(f"./{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if ytre is not None and ytre.get(qn("w:val"), "9").isdigit():
                niva = int(ytre.get(qn("w:val"))) + 1
                return niva if niva <= _DYPEST else 0
        return 0

    def uthevet(self, element):
        """The size of the letters, in half points, where all of the paragraph is bold or
        larger than other text; else None."""
        storrelser, alt_er_fett = set(), True
        nokkel = self.avsnittets(element)
        fet_stil, grunn = self._fet(nokkel), self._storrelse(nokkel) or self.brodtekst
        for lop in element.iter(qn("w:r")):
            if not "".join(_biter(lop)).strip():
                continue
            egne = lop.find(qn("w:rPr"))
            fet = _pa(egne, "b") if egne is not None else None
            alt_er_fett &= fet_stil if fet is None else fet
            sz = egne.find(qn("w:sz")) if egne is not None else None
            storrelser.add(_tall(sz) or grunn)
        if not storrelser:
            return None
        minst = min(storrelser)
        return minst if alt_er_fett or minst >= self.brodtekst + 4 else None

    def _fet(self, nokkel):
        for stil in self.rekke(nokkel):
            egne = stil.find(qn("w:rPr"))
            fet = _pa(egne, "b") if egne is not None else None
            if fet is not None:
                return fet
        return False

    def _storrelse(self, nokkel):
        for stil in self.rekke(nokkel):
            if storrelse := _tall(stil.find(f"./{qn('w:rPr')}/{qn('w:sz')}")):
                return storrelse
        return 0


def _pa(egenskaper, navn):
    element = egenskaper.find(qn(f"w:{navn}"))
    if element is None:
        return None
    return element.get(qn("w:val"), "1") not in {"0", "false", "off"}


def _tall(element):
    verdi = element.get(qn("w:val"), "") if element is not None else ""
    return int(verdi) if verdi.isdigit() else 0


class Lister:
    """Counts what Word itself numbers."""

    def __init__(self, dokument):
        self.nivaer, self.tellere, self.abstrakt = {}, {}, {}
        try:
            rot = dokument.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstrakt in rot.iter(qn("w:abstractNum")):
            nokkel = abstrakt.get(qn("w:abstractNumId"))
            for niva in abstrakt.iter(qn("w:lvl")):
                dybde = int(niva.get(qn("w:ilvl"), "0"))
                self.nivaer[nokkel, dybde] = tuple(
                    _verdi(niva, navn) for navn in ("numFmt", "lvlText", "start")
                )
        for tall in rot.iter(qn("w:num")):
            viser = tall.find(qn("w:abstractNumId"))
            if viser is not None:
                self.abstrakt[tall.get(qn("w:numId"))] = viser.get(qn("w:val"))

    def merke(self, element, stiler):
        """Returns its number or sign and how deep it stands, from 1; ("", 0) outside
        lists."""
        nummer, dybde = _listeplass(element, stiler)
        if nummer in {"", "0"}:
            return "", 0
        abstrakt = self.abstrakt.get(nummer, nummer)
        slag, monster, start = self.nivaer.get((abstrakt, dybde), ("bullet", "", "1"))
        if slag in {"bullet", "none", ""}:
            return "•", dybde + 1
        teller = self.tellere.setdefault(abstrakt, {})
        for dypere in [d for d in teller if d > dybde]:
            del teller[dypere]
        forste = int(start) if start.isdigit() else 1
        teller[dybde] = teller.get(dybde, forste - 1) + 1
        ut = re.sub(
            r"%(\d)",
            lambda treff: self._siffer(abstrakt, int(treff[1]) - 1, teller),
            monster,
        )
        return ut.strip(), dybde + 1

    def _siffer(self, abstrakt, dybde, teller):
        slag = self.nivaer.get((abstrakt, dybde), ("decimal",))[0]
        tall = teller.get(dybde, 1)
        if slag in {"lowerLetter", "upperLetter"}:
            tegn = chr(ord("a") + (tall - 1) % 26)
            return tegn.upper() if slag == "upperLetter" else tegn
        return str(tall)


def _listeplass(element, stiler):
    """Its numId, and its depth from 0."""
    for del_ in (element, *stiler.rekke(stiler.avsnittets(element))):
        plass = del_.find(f"./{qn('w:pPr')}/{qn('w:numPr')}")
        if plass is not None:
            dybde = _verdi(plass, "ilvl")
            return _verdi(plass, "numId"), int(dybde) if dybde.isdigit() else 0
    return "", 0


def _verdi(element, navn):
    barn = element.find(qn(f"w:{navn}"))
    return barn.get(qn("w:val"), "") if barn is not None else ""


class Fotnoter:
    def __init__(self, dokument):
        self.tekst = {}
        for forhold in dokument.part.rels.values():
            if forhold.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
                rot = parse_xml(forhold.target_part.blob)
                for note in rot.iter(qn("w:footnote")):
                    deler = map(avsnittets_tekst, note.iter(qn("w:p")))
                    self.tekst[note.get(qn("w:id"))] = " ".join(filter(None, deler))

    def i(self, element):
        """The texts of the footnotes that a paragraph refers to."""
        for viser in element.iter(qn("w:footnoteReference")):
            if tekst := self.tekst.get(viser.get(qn("w:id"))):
                yield tekst
