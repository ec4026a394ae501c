"""The blocks of a page of HTML as those of a document: headings, paragraphs, lists, tables,
pictures, and the list of contents."""

from dataclasses import replace
from io import BytesIO

from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from slt.grunn.word.oppsett import BREDDE, CELLE, MELLOM, ROLLEMERKE
from slt.grunn.word.tabell import skriv_tabell
from slt.grunn.word.tekst import Form, biter, merk_sted, ordnet, sett_inn

BLOKKER = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "blockquote"),
    *("section", "header", "div", "figure", "figcaption", "img", "svg", "caption"),
}
# Classes of what stands on a line of its own, and the styles of what has no tag for it.
EGEN_LINJE = {"rolle"}
KLASSER = {"kommune": "Subtitle", "periode": "Subtitle", "figurtekst": "Caption"}
NY_SIDE = {"ny-side", "omrade", "registerdel", "innholdsliste"}
PIKSEL = 9525  # in EMU
DYPEST = 3  # as many levels as lists have styles


class Innhold:
    """Args:
    dokument: empty, and set up.
    side: the root of the page.
    bilder: {the end of the address of a picture: its bytes}.
    """

    def __init__(self, dokument, side, bilder):
        self.dokument, self.bilder = dokument, bilder
        self.kropp = side.find("body")
        ider = (e.get("id") for e in self.kropp.iter() if isinstance(e.tag, str))
        # Longer names than this, and other signs, Word does not take.
        unike = dict.fromkeys(filter(None, ider))
        self.steder = {id_: f"sted{nr}" for nr, id_ in enumerate(unike, 1)}
        # To look one up by its name takes python-docx as long as all the rest.
        self.stiler = {stil.name: stil.style_id for stil in dokument.styles}
        self.venter: list[str] = []  # ids of what the next paragraph begins
        self.ny_side = False
        self.overskrift = ""
        self.antall_steder = self.antall_roller = 0

    def skriv(self):
        self.flyt(self.kropp, self.dokument, "Normal", Form())
        self._skill_fra_tabellen(self.dokument)

    def flyt(self, element, sted, stil, form):
        """What is inside an element: words that stand in it, as paragraphs, and blocks.

        Args:
            sted: what has paragraphs: the document or a cell.
        """
        linje = [(element.text or "", form)]
        for barn in element:
            if self._er_blokk(barn):
                self.avsnitt(linje, sted, stil)
                linje = []
                self.blokk(barn, sted, stil, form)
            else:
                linje += biter(barn, form)
            linje.append((barn.tail or "", form))
        self.avsnitt(linje, sted, stil)

    def _er_blokk(self, element):
        return element.tag in BLOKKER or not EGEN_LINJE.isdisjoint(_klasser(element))

    def blokk(self, element, sted, stil, form):
        self._begynner(element)
        tag = element.tag
        if tag in {"ul", "ol"}:
            self._liste(element, sted, 1, form)
        elif tag == "table":
            self._tabell(element, sted)
        elif tag == "img":
            self._bilde(element, sted)
        elif tag == "svg":
            # Only what it shows, as it is read to those who don't see it.
            self.avsnitt([(element.findtext("title") or "", form)], sted, stil)
        elif "innholdsliste" in _klasser(element):
            self._innholdsliste(element)
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._overskrift(element, sted)
        elif tag == "span":  # on a line of its own beneath a name
            self.flyt(element, sted, stil, replace(form, fet=False))
        else:
            self.flyt(element, sted, self._stilen(element, stil), form)

    def _begynner(self, element):
        if element.get("id"):
            self.venter.append(self.steder[element.get("id")])
        if rolle := element.get("data-rolle"):
            self.antall_roller += 1
            self.venter.append(f"{ROLLEMERKE}_{rolle}_{self.antall_roller}")
        self.ny_side |= not NY_SIDE.isdisjoint(_klasser(element))

    def _stilen(self, element, stil):
        if element.tag == "blockquote":
            return "Quote"
        if element.tag in {"figcaption", "caption"}:
            return "Caption"
        navn = (KLASSER[k] for k in _klasser(element) if k in KLASSER)
        return next(navn, stil)

    # Paragraphs ------------------------------------------------------------------------

    def avsnitt(self, linje, sted, stil):
        """A paragraph of these texts; None where there are no words."""
        linje = ordnet(linje)
        if not linje:
            return None
        avsnitt = self._nytt(sted, stil)
        sett_inn(avsnitt, linje, self.steder)
        for navn in self.venter:
            self.antall_steder += 1
            merk_sted(avsnitt, navn, self.antall_steder)
        self.venter = []
        return avsnitt

    def _nytt(self, sted, stil):
        ledig = getattr(sted, "ledig", None)
        if ledig is not None:  # a cell has one to begin with
            sted.ledig = None
        avsnitt = ledig or sted.add_paragraph()
        avsnitt._p.style = self.stiler[stil]
        if stil == "Normal" and _kommer_etter_tabell(avsnitt._p):
            avsnitt.paragraph_format.space_before = Pt(6)
        if self.ny_side and sted is self.dokument:
            avsnitt.paragraph_format.page_break_before = True
            self.ny_side = False
        return avsnitt

    def _overskrift(self, element, sted):
        niva = int(element.tag[1])
        linje = [(element.text or "", Form())]
        for barn in element:
            linje += [*biter(barn, Form()), (barn.tail or "", Form())]
        stil = "Title" if niva == 1 else f"Heading {niva - 1}"
        if (avsnitt := self.avsnitt(linje, sted, stil)) is not None:
            self.overskrift = avsnitt.text

    # Lists -----------------------------------------------------------------------------

    def _liste(self, liste, sted, dybde, form):
        navn = "List Number" if liste.tag == "ol" else "List Bullet"
        endelse = f" {dybde}" if dybde > 1 else ""
        nummer = self._teller(navn + endelse) if liste.tag == "ol" else None
        for punkt in liste.iterchildren("li"):
            self._punkt(punkt, sted, navn + endelse, dybde, form, nummer)

    def _punkt(self, punkt, sted, stil, dybde, form, nummer):
        """The first paragraph has the sign of the item; the others stand beneath it."""
        self._begynner(punkt)
        linje, deler = [(punkt.text or "", form)], []
        for barn in punkt:
            if self._er_blokk(barn):
                deler += [linje, barn]
                linje = [(barn.tail or "", form)]
            else:
                linje += [*biter(barn, form), (barn.tail or "", form)]
        fortsetter = f"List Continue{stil[11:]}"
        for del_ in (*deler, linje):
            if isinstance(del_, list):
                avsnitt = self.avsnitt(del_, sted, stil)
            elif del_.tag in {"ul", "ol"}:
                self._liste(del_, sted, min(dybde + 1, DYPEST), form)
                avsnitt = None
            elif del_.tag == "p":
                alle = list(biter(del_, form))
                avsnitt = self.avsnitt(alle, sted, stil)
            else:
                self.blokk(del_, sted, fortsetter, form)
                avsnitt = None
            if avsnitt is not None and stil != fortsetter:
                if nummer is not None:
                    avsnitt._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = nummer
                stil = fortsetter

    def _teller(self, stil):
        """The number of a new count from 1, as this style counts."""
        numre = self.dokument.part.numbering_part.element
        gammel = self.dokument.styles[stil].element.pPr.numPr.numId.val
        abstrakt = numre.num_having_numId(gammel).abstractNumId.val
        ny = numre.add_num(abstrakt)
        ny.add_lvlOverride(ilvl=0).add_startOverride(1)
        return ny.numId

    # Tables and pictures ---------------------------------------------------------------

    def _tabell(self, element, sted):
        for tittel in element.iterchildren("caption"):
            self.flyt(tittel, sted, "Caption", Form())

        def fyll(celle, kilde):
            self._begynner(kilde)
            self.flyt(kilde, celle, CELLE, Form(fet=kilde.tag == "th"))

        self._skill_fra_tabellen(sted)
        tittel = element.find("caption")
        om = self.overskrift if tittel is None else tittel.text_content()
        skriv_tabell(element, sted, om=" ".join(om.split()), fyll=fyll)

    def _skill_fra_tabellen(self, sted):
        """Word makes one of tables with nothing between them, and no document ends so."""
        if _slutter_med_tabell(sted):
            sted.add_paragraph()._p.style = self.stiler[MELLOM]

    def _bilde(self, element, sted):
        adresse, alt = element.get("src", ""), element.get("alt", "")
        innhold = next((b for n, b in self.bilder.items() if adresse.endswith(n)), None)
        if innhold is None:
            self.avsnitt([(alt, Form())], sted, "Normal")
            return
        avsnitt = self._nytt(sted, "Normal")
        try:
            bilde = avsnitt.add_run().add_picture(BytesIO(innhold))
        except (UnrecognizedImageError, ValueError, ZeroDivisionError):
            avsnitt.add_run(alt)
            return
        bredde = element.get("width", "")
        onsket = int(bredde) * PIKSEL if bredde.isdigit() and len(bredde) < 6 else 0
        bredden = min(onsket or bilde.width, BREDDE)
        bilde.height = Emu(round(bilde.height * bredden / bilde.width))
        bilde.width = Emu(bredden)
        bilde._inline.docPr.set("descr", alt)

    # The list of contents --------------------------------------------------------------

    def _innholdsliste(self, element):
        """The field that Word fills with headings and their pages, filled with the headings."""
        self.avsnitt(
            [(element.findtext("h2") or "", Form())], self.dokument, "TOC Heading"
        )
        linjer = []
        for punkt in element.iter("li"):
            niva = 2 if "tiltakslinje" in _klasser(punkt) else 1
            alle = [bit for barn in punkt for bit in biter(barn, Form())]
            linjer.append(self.avsnitt(alle, self.dokument, f"toc {niva}"))
        linjer = [linje for linje in linjer if linje is not None]
        if not linjer:
            return
        start = [_felttegn("begin"), _feltkode(), _felttegn("separate")]
        for lop in reversed(start):
            linjer[0]._p.insert(1, lop)
        linjer[-1]._p.append(_felttegn("end"))


def _kommer_etter_tabell(avsnitt):
    foran = avsnitt.getprevious()
    return foran is not None and foran.tag == qn("w:tbl")


def _slutter_med_tabell(sted):
    """Whether nothing but the properties of the page follows the last table."""
    rot = getattr(sted, "_body", sted)._element
    deler = [del_ for del_ in rot[-2:] if del_.tag != qn("w:sectPr")]
    return bool(deler) and deler[-1].tag == qn("w:tbl")


def _klasser(element):
    return (
        set(element.get("class", "").split()) if isinstance(element.tag, str) else set()
    )


def _felttegn(slag):
    lop, tegn = OxmlElement("w:r"), OxmlElement("w:fldChar")
    tegn.set(qn("w:fldCharType"), slag)
    lop.append(tegn)
    return lop


def _feltkode():
    lop, kode = OxmlElement("w:r"), OxmlElement("w:instrText")
    kode.set(qn("xml:space"), "preserve")
    kode.text = r' TOC \o "1-2" \h \z \u '
    lop.append(kode)
    return lop
