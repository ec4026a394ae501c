"""What holds for a whole document: paper, language, styles, head and foot of its pages,
and what it says of itself."""

import re
from datetime import UTC, datetime

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

SPRAK = {"nb": "nb-NO", "nn": "nn-NO"}
SKRIFT = "Calibri"
SVART, GRA = "1c1c1c", "555555"
MARG = Cm(2.3)
BREDDE = Cm(21) - 2 * MARG
STORRELSER = {1: 20, 2: 14, 3: 12, 4: 11, 5: 11}
# Names of places in the document that say what stands there: the sign, the part that it has
# in the plan, a number. Whoever reads it in again knows. What is LAGET, the site made of
# the rest: after a heading, all until the next one; in a row, all of it.
ROLLEMERKE, LAGET = "slt", "laget"
LENKE, CELLE, MELLOM = "Hyperlink", "Tabelltekst", "Mellom tabeller"


def sett_opp(dokument, side):
    """Makes an empty document ready for a page of HTML.

    Args:
        side: the root of the page. Its language, title and `meta`; of `body` data-bunn, the
            foot of each page, and data-stempel, what stands over each.
    """
    kropp = side.find("body")
    _om_dokumentet(dokument.core_properties, side)
    _sprak(dokument, side)
    _stiler(dokument.styles, _aksent(side))
    _siden(dokument.sections[0], kropp.get("data-bunn", ""), kropp.get("data-stempel"))


def _om_dokumentet(om, side):
    """Names the kommune and no person."""
    meta = {m.get("name"): m.get("content") for m in side.iter("meta")}
    endret = meta.get("dcterms.modified")
    tid = (
        datetime.fromisoformat(endret).replace(tzinfo=UTC)
        if endret
        else datetime.now(UTC)
    )
    om.title = " ".join(side.findtext("head/title", "").split())[:255]
    om.author = om.last_modified_by = (meta.get("author") or "")[:255]
    om.language = _spraket(side)
    om.created = om.modified = tid
    om.comments = ""  # there, python-docx names itself


def _spraket(side):
    return SPRAK.get(side.get("lang"), "nb-NO")


def _sprak(dokument, side):
    for sprak in dokument.styles.element.iter(qn("w:lang")):
        sprak.set(qn("w:val"), _spraket(side))
    # Else Word opens it as from an older program.
    for valg in dokument.settings.element.iter(qn("w:compatSetting")):
        if valg.get(qn("w:name")) == "compatibilityMode":
            valg.set(qn("w:val"), "15")


def _aksent(side):
    """The colour of the kommune, as the page gives it."""
    treff = re.search(r"--aksent:\s*#([0-9a-f]{6})\b", side.get("style", ""))
    return treff[1] if treff else SVART


# Styles -------------------------------------------------------------------------------


def _stiler(stiler, aksent):
    _skriv_om(stiler["Normal"], 11, SVART, etter=6)
    stiler["Normal"].paragraph_format.line_spacing = 1.15
    _skriv_om(stiler["Title"], 28, aksent, etter=12)
    _uten_strek(stiler["Title"])
    _skriv_om(stiler["Subtitle"], 14, GRA, etter=4)
    stiler["Subtitle"].font.italic = False
    for niva, storrelse in STORRELSER.items():
        stil = stiler[f"Heading {niva}"]
        _skriv_om(stil, storrelse, aksent, etter=4)
        stil.paragraph_format.space_before = Pt(24 if niva == 1 else 14)
        stil.font.bold, stil.font.italic = True, False
    _skriv_om(stiler["TOC Heading"], 20, aksent, etter=8)
    _skriv_om(stiler["Caption"], 10, GRA, etter=4)
    stiler["Caption"].paragraph_format.keep_with_next = True
    stiler["Caption"].paragraph_format.space_before = Pt(8)
    for navn in ("Header", "Footer"):
        _skriv_om(stiler[navn], 9, GRA, etter=0)
    _nye(stiler, aksent)


def _nye(stiler, aksent):
    celle = stiler.add_style(CELLE, WD_STYLE_TYPE.PARAGRAPH)
    celle.base_style = stiler["Normal"]
    celle.font.size = Pt(10)
    celle.paragraph_format.space_before = celle.paragraph_format.space_after = Pt(2)
    celle.paragraph_format.line_spacing = 1
    mellom = stiler.add_style(MELLOM, WD_STYLE_TYPE.PARAGRAPH)
    mellom.base_style = celle
    mellom.font.size = Pt(5)
    lenke = stiler.add_style(LENKE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    lenke.font.underline, lenke.font.color.rgb = True, RGBColor.from_string(aksent)
    for niva in (1, 2):
        linje = stiler.add_style(f"toc {niva}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        linje.base_style = stiler["Normal"]
        form = linje.paragraph_format
        form.space_after, form.left_indent = Pt(2), Cm(0.6 * (niva - 1))
        form.tab_stops.add_tab_stop(BREDDE, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _skriv_om(stil, storrelse, farge, *, etter):
    stil.font.name, stil.font.size = SKRIFT, Pt(storrelse)
    stil.font.color.rgb = RGBColor.from_string(farge)
    stil.paragraph_format.space_after = Pt(etter)
    skrift = stil.element.rPr.rFonts
    for navn in ("asciiTheme", "hAnsiTheme"):  # it would go before the name
        skrift.attrib.pop(qn(f"w:{navn}"), None)


def _uten_strek(stil):
    for strek in stil.element.iter(qn("w:pBdr")):
        strek.getparent().remove(strek)
        break


# Pages --------------------------------------------------------------------------------


def _siden(del_, bunn, stempel):
    del_.page_width, del_.page_height = Cm(21), Cm(29.7)
    del_.left_margin = del_.right_margin = MARG
    del_.top_margin = del_.bottom_margin = Cm(2.2)
    # The cover says by itself what it is of.
    del_.different_first_page_header_footer = True
    _bunntekst(del_.footer, bunn)
    for topp in (del_.header, del_.first_page_header) if stempel else ():
        topp.paragraphs[0].add_run(stempel).bold = True


def _bunntekst(bunnen, tekst):
    bunnen.paragraphs[0].add_run(" ".join(tekst.split()))
    sidetall = bunnen.add_paragraph("Side ", style="Footer")
    sidetall.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _felt(sidetall, "PAGE")
    sidetall.add_run(" av ")
    _felt(sidetall, "NUMPAGES")


def _felt(avsnitt, hva):
    """What the program that shows the document puts in."""
    felt = OxmlElement("w:fldSimple")
    felt.set(qn("w:instr"), hva)
    felt.append(avsnitt.add_run("1")._r)
    avsnitt._p.append(felt)
