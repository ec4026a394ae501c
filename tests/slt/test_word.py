"""Word documents of HTML: what becomes of each thing that a page may have."""

import json
from base64 import b64encode
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from slt.grunn.word import skriv
from tests.factories import png


def word(kropp, *, hode="", bilder=None, om=""):
    html = f"<html lang=nn style='--aksent: #14495c'><head>{hode}</head><body {om}>{kropp}</body></html>"
    bilder = {navn: b64encode(b).decode() for navn, b in (bilder or {}).items()}
    oppdrag = json.dumps({"html": html, "bilder": bilder})
    return Document(BytesIO(b"".join(skriv(oppdrag.encode()))))


def avsnitt(dokument):
    """(style, text) of each paragraph outside tables."""
    return [(a.style.name, a.text) for a in dokument.paragraphs]


def lenker(dokument):
    """(text, where to) of each link: an address, or the name of a place."""
    return [
        (
            "".join(t.text for t in lenke.iter(qn("w:t"))),
            lenke.get(qn("w:anchor"))
            or dokument.part.rels[lenke.get(qn("r:id"))].target_ref,
        )
        for lenke in dokument.element.iter(qn("w:hyperlink"))
    ]


def test_headings_paragraphs_and_marks_have_styles_of_their_own():
    dokument = word("""
        <section class="ny-side"><p class="kommune">Kommunen</p><h1>Plan</h1></section>
        <h2>  Et
          kapittel </h2>Løse ord
        <h3><span class="merkelapp">Rus 1</span> Klubb <span class="merke">Nytt tiltak</span></h3>
        <blockquote><p>Sagt.</p></blockquote><p> </p>
        <p>Fet <strong>og <em>begge</em></strong><br>på ny linje </p>""")

    assert avsnitt(dokument) == [
        ("Subtitle", "Kommunen"),
        ("Title", "Plan"),
        ("Heading 1", "Et kapittel"),
        ("Normal", "Løse ord"),
        ("Heading 2", "Rus 1 Klubb (Nytt tiltak)"),
        ("Quote", "Sagt."),
        ("Normal", "Fet og begge\npå ny linje"),
    ]
    merket = [(lop.text, lop.bold, lop.italic) for lop in dokument.paragraphs[-1].runs]
    assert [m for m in merket if m[1] or m[2]] == [
        ("og ", True, None),
        ("begge", True, True),
    ]
    nye_sider = [
        a.text for a in dokument.paragraphs if a.paragraph_format.page_break_before
    ]
    assert nye_sider == ["Kommunen"]


def test_lists_have_levels_and_each_counts_from_one():
    dokument = word("""
        <ul><li><p>En</p><p>mer om den</p><ol><li>først</li><li>så</li></ol></li><li>To</li></ul>
        <ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>""")

    assert avsnitt(dokument) == [
        ("List Bullet", "En"),
        ("List Continue", "mer om den"),
        ("List Number 2", "først"),
        ("List Number 2", "så"),
        ("List Bullet", "To"),
        ("List Number", "a"),
        ("List Number", "b"),
        ("List Number", "c"),
    ]
    tellere = [
        a._p.pPr.numPr.numId.val
        for a in dokument.paragraphs
        if a.style.name.startswith("List Number")
    ]
    assert tellere[0] == tellere[1]
    assert tellere[2] == tellere[3]
    assert len(set(tellere)) == 3


def test_links_lead_where_they_may():
    dokument = word("""
        <p><a href="https://example.org/a?b=1&amp;c">ute</a> <a href="tel:+4764993000">64</a>
        <a href="#der">inne</a> <a href="#borte">borte</a>
        <a href="javascript:x()">nei</a> <a href="//[">ugyldig</a> <a href="fil.txt">fil</a></p>
        <h2 id="der">Der</h2>""")

    assert lenker(dokument) == [
        ("ute", "https://example.org/a?b=1&c"),
        ("64", "tel:+4764993000"),
        ("inne", "sted1"),
    ]
    assert "borte nei ugyldig fil" in dokument.paragraphs[0].text
    [merke] = dokument.element.iter(qn("w:bookmarkStart"))
    assert merke.get(qn("w:name")) == "sted1"
    assert merke.getparent() is dokument.paragraphs[1]._p


def test_tables_repeat_their_heads_and_keep_their_shape():
    dokument = word("""
        <h2>Om dem</h2>
        <table><thead><tr><th>A</th><th colspan="2">B</th></tr></thead>
        <tbody><tr><th rowspan="2">1</th><td>2</td><td><ul><li>3</li></ul></td></tr>
        <tr><td>4</td><td>5</td></tr></tbody></table>
        <table class="fakta"><caption>Fakta</caption><tr><th>For</th><td>alle<br>og flere</td></tr></table>
        <table><tr><td>Rett etter</td></tr></table>""")

    forste, andre, _tredje = dokument.tables
    assert [[c.text for c in rad.cells] for rad in forste.rows] == [
        ["A", "B", "B"],
        ["1", "2", "3"],
        ["1", "4", "5"],
    ]
    hoder = [rad._tr.find(f".//{qn('w:tblHeader')}") is not None for rad in forste.rows]
    assert hoder == [True, False, False]
    assert andre.cell(0, 1).text == "alle\nog flere"
    titler = [
        t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for t in dokument.tables
    ]
    assert titler == ["Om dem", "Fakta", "Om dem"]
    # Word makes one of tables with nothing between them.
    rekke = [del_.tag.rpartition("}")[2] for del_ in dokument.element.body]
    assert rekke == ["p", "tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]


@pytest.mark.parametrize(
    "spenn", ['colspan="99999"', 'rowspan="99999"', 'colspan="x"', 'colspan="0"']
)
def test_no_table_is_larger_than_its_rows(spenn):
    [tabell] = word(f"<table><tr><td {spenn}>a</td><td>b</td></tr></table>").tables

    assert len(tabell.rows) == 1
    assert len(tabell.columns) <= 60


def test_a_picture_says_what_it_shows_and_others_are_words():
    fil = "bilder/abc.png"
    dokument = word(
        f"<figure><img src='https://static.invalid/{fil}' alt='En kurve' width='40'>"
        "<figcaption>Figur 1</figcaption></figure>"
        "<figure><img src='https://example.org/b.png' alt='Et annet'></figure>"
        "<svg><title>Tre nivåer</title><text>x</text></svg>",
        bilder={fil: png((1, 2, 3))},
    )

    [bilde] = dokument.inline_shapes
    assert bilde._inline.docPr.get("descr") == "En kurve"
    assert avsnitt(dokument)[1:] == [
        ("Caption", "Figur 1"),
        ("Normal", "Et annet"),
        ("Normal", "Tre nivåer"),
    ]


def test_the_list_of_contents_is_a_field_of_links():
    dokument = word("""
        <section class="innholdsliste"><h2>Innhold</h2><ul><li><a href="#a">A</a></li>
        <li class="tiltakslinje"><a href="#b"><span>1</span> B</a></li></ul></section>
        <h2 id="a">A</h2><h3 id="b">1 B</h3>""")

    assert avsnitt(dokument)[:3] == [
        ("TOC Heading", "Innhold"),
        ("toc 1", "A"),
        ("toc 2", "1 B"),
    ]
    tegn = [t.get(qn("w:fldCharType")) for t in dokument.element.iter(qn("w:fldChar"))]
    assert tegn == ["begin", "separate", "end"]
    assert lenker(dokument) == [("A", "sted1"), ("1 B", "sted2")]


def test_what_the_document_says_of_itself():
    dokument = word(
        "<h1>Plan</h1>",
        hode="<title>Planen vår</title><meta name=author content='Lillestrøm kommune'>"
        "<meta name='dcterms.modified' content='2026-03-04'>",
        om="data-bunn='Lillestrøm kommune, plan' data-stempel=UTKAST",
    )

    om = dokument.core_properties
    assert (om.title, om.author, om.last_modified_by, om.language, om.comments) == (
        "Planen vår", "Lillestrøm kommune", "Lillestrøm kommune", "nn-NO", "",
    )  # fmt: skip
    assert om.modified.date().isoformat() == "2026-03-04"
    sprak = {s.get(qn("w:val")) for s in dokument.styles.element.iter(qn("w:lang"))}
    assert sprak == {"nn-NO"}
    del_ = dokument.sections[0]
    assert (del_.page_width.cm, del_.page_height.cm) == (
        pytest.approx(21, 0.01),
        pytest.approx(29.7, 0.01),
    )
    assert (
        del_.header.paragraphs[0].text
        == del_.first_page_header.paragraphs[0].text
        == "UTKAST"
    )
    bunn = [a.text for a in del_.footer.paragraphs]
    assert bunn[0] == "Lillestrøm kommune, plan"
    felt = [f.get(qn("w:instr")) for f in del_.footer._element.iter(qn("w:fldSimple"))]
    assert felt == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(
    "tegn", ["\x00", "\x0b", "&#0;", "&#x1F;", "&#11;", "\ufffe", "\ud800"]
)
def test_signs_that_no_document_may_hold_are_left_out(tegn):
    assert word(f"<p>a{tegn}b &#169; &#x26;</p>").paragraphs[0].text == "ab © &"
