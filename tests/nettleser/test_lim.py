"""Texts that are pasted into the editor: twenty documents as word processors, mail and web
pages put them on the clipboard, each with what is to be saved of it beside."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect

from slt.grunn import pdf
from slt.grunn.riktekst import rens_html
from tests.factories import HandlingsplanFactory, KapittelFactory
from tests.nettleser.conftest import brudd
from tests.test_pdfstandarder import brudd as brudd_i_pdf
from tiltak.dokument import Utgave

pytestmark = pytest.mark.nettleser

MAPPE = Path(__file__).parent.parent / "limt"
DOKUMENTER = sorted(MAPPE.glob("[0-9][0-9]-*.html"))

# What a browser does when something is pasted; returns what the form would send, and what
# the writer is told.
LIM = """([flate, html]) => {
    const innhold = new DataTransfer();
    innhold.setData("text/html", html);
    flate.dispatchEvent(new ClipboardEvent("paste",
        {clipboardData: innhold, bubbles: true, cancelable: true}));
    const ramme = flate.closest(".prose-editor");
    return [ramme.querySelector("textarea").value,
            ramme.querySelector("[data-limt]").textContent];
}"""


@pytest.fixture
def kapittel(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    return KapittelFactory(plan=plan, tittel="Bakgrunn", tekst="<p>Tomt</p>")


@pytest.fixture
def skjema(admin, kapittel):
    """The page where the chapter is written, with the editor there."""
    kommune = kapittel.plan.kommune.slug
    admin.skjemaet = f"{admin.nettsted}/{kommune}/endre/kapittel/{kapittel.pk}/"
    admin.goto(admin.skjemaet)
    skriveflate(admin).wait_for()
    return admin


def skriveflate(side):
    return side.locator(".ProseMirror[contenteditable=true]").first


def limt(side, html):
    """(what is saved of it, what the writer is told)"""
    flate = skriveflate(side)
    flate.press("Control+a")
    flate.press("Delete")
    tekst, melding = side.evaluate(LIM, [flate.element_handle(), html])
    return rens_html(tekst), melding


def test_documents_come_out_as_the_list_says(skjema):
    fasit, ut = {}, {}
    for fil in DOKUMENTER:
        fasit[fil.stem] = fil.with_suffix(".ventet").read_text(encoding="utf-8").strip()
        tekst, melding = limt(skjema, fil.read_text(encoding="utf-8"))
        ut[fil.stem] = f"{linjer(tekst)}\n{melding}".strip()
        # What was saved of it is pasted as it is.
        assert limt(skjema, tekst) == (tekst, ""), fil.stem

    assert len(DOKUMENTER) == 20
    assert ut == fasit


def test_what_is_cut_in_the_editor_is_put_back_as_it_was(skjema):
    annen = '<h1 data-pm-slice="1 1 []">A</h1><h4>B</h4>'
    assert limt(skjema, annen) == ("<h3>A</h3><h4>B</h4>", "")
    # Of a browser that adds styles to what it copies, the console hears nothing.
    med_stil = '<p data-pm-slice="1 1 []" style="color: red">A</p>'
    assert limt(skjema, med_stil) == ("<p>A</p>", "")

    flate = skriveflate(skjema)
    flate.press("Control+a")
    flate.press("Delete")
    skjema.get_by_role("button", name="sett inn tabell").click()
    skjema.keyboard.type("År")
    for _celle in range(7):
        skjema.keyboard.press("Tab")
    skjema.keyboard.type("1")
    skjema.keyboard.press("Tab")
    skjema.keyboard.press("ArrowDown")
    skjema.keyboard.type("Etter")
    flate.press("Control+a")
    skjema.context.grant_permissions(["clipboard-read", "clipboard-write"])
    flate.press("Control+x")
    flate.press("Control+v")

    tomme = "<td></td>" * 3
    tekst = skjema.locator("textarea[name=tekst]").input_value()
    assert rens_html(tekst) == (
        '<table><thead><tr><th scope="col">År</th><td></td><td></td></tr></thead>'
        f"<tbody><tr>{tomme}</tr><tr><td></td><td>1</td><td></td></tr></tbody></table>"
        "<p>Etter</p>"
    )
    flate.press("Control+Home")
    for _celle in range(9):
        skjema.keyboard.press("Tab")
    expect(flate).not_to_be_focused()


TABELL = (
    "<table><tr><td>År</td><td>Antall</td></tr><tr><td>2024</td><td>9</td></tr></table>"
)
LAGRET_TABELL = (
    '<table><thead><tr><th scope="col">År</th><th scope="col">Antall</th></tr></thead>'
    "<tbody><tr><td>2024</td><td>9</td></tr></tbody></table>"
)


@pytest.mark.parametrize(
    ("html", "lagret"),
    [
        ("<h2>Ansvar</h2><p>Skole</p>", "<p>Før:</p><h3>Ansvar</h3><p>Skole etter</p>"),
        (
            "<ul><li>a</li><li>b</li></ul><p>c</p>",
            "<p>Før:</p><ul><li><p>a</p></li><li><p>b</p></li></ul><p>c etter</p>",
        ),
        ("<h2>Ansvar</h2>", "<p>Før:Ansvar etter</p>"),
        ("<p>c</p><p>d</p>", "<p>Før:c</p><p>d etter</p>"),
        (TABELL, f"<p>Før:</p>{LAGRET_TABELL}<p> etter</p>"),
    ],
)
def test_what_is_pasted_behind_words_keeps_its_form_and_one_goes_on_below(
    skjema, html, lagret
):
    flate = skriveflate(skjema)
    flate.press("Control+a")
    flate.press("Delete")
    skjema.keyboard.type("Før:")
    skjema.evaluate(LIM, [flate.element_handle(), html])
    skjema.keyboard.type(" etter")

    tekst = skjema.locator("textarea[name=tekst]").input_value()
    assert rens_html(tekst) == rens_html(lagret)


def test_one_writes_on_below_a_table_that_ends_the_text(skjema):
    flate = skriveflate(skjema)
    flate.press("Control+a")
    skjema.get_by_role("button", name="sett inn tabell").click()
    skjema.keyboard.type("År")
    flate.locator("p").last.click()
    skjema.keyboard.type("Etter")

    tekst = skjema.locator("textarea[name=tekst]").input_value()
    assert rens_html(tekst).endswith("</table><p>Etter</p>")


def test_what_is_pasted_in_a_cell_is_what_a_cell_can_hold(skjema):
    limt(skjema, TABELL)
    skriveflate(skjema).locator("td").first.click()
    skjema.keyboard.press("End")
    # The editor knows where the caret is, a moment after the browser.
    expect(skjema.get_by_role("button", name="ny rad under")).to_be_visible()
    skjema.keyboard.type(" i alt")
    html = f"<p> og</p><h2>Tall</h2>{TABELL}"
    skjema.evaluate(LIM, [skriveflate(skjema).element_handle(), html])

    cellen = skriveflate(skjema).locator("td").first
    assert cellen.locator("table, h3, h4").count() == 0
    assert cellen.locator("p").all_inner_texts() == [
        "2024 i altog", "Tall", "År", "Antall", "2024", "9"
    ]  # fmt: skip


@pytest.mark.parametrize("hva", ["punktliste", "sitat"])
def test_no_table_is_put_where_only_its_words_would_be_left(hva, skjema):
    flate = skriveflate(skjema)
    flate.press("Control+a")
    flate.press("Delete")
    skjema.get_by_role("button", name=hva).click()
    skjema.keyboard.type("Skole")

    skjema.get_by_role("button", name="sett inn tabell").click()
    skjema.keyboard.type("n")

    tekst = skjema.locator("textarea[name=tekst]").input_value()
    assert "Skolen" in tekst
    assert "<table" not in tekst


def linjer(html):
    """A line for each block, to be read by people."""
    for slutt in ("</p>", "</li>", "</h3>", "</h4>", "</h5>", "</tr>", "</thead>"):
        html = html.replace(slutt, f"{slutt}\n")
    return html.strip()


KAPITTEL = (
    "<h1>Om planen</h1><p>Les <a href='https://example.org/slt'>mer</a> på ung.no.</p>"
    "<h2>Ansvar</h2><ul><li>Skole<ul><li>Trinn 8</li></ul></li><li>Politi</li></ul>"
    "<table><tr><td>Tiltak</td><td>Ansvarlig for gjennomføringen</td><td>Merknad</td></tr>"
    "<tr><td>Natteravn</td><td>Frivillighetssentralen</td><td>Hver helg</td></tr></table>"
)


def test_a_chapter_is_the_same_on_the_page_in_the_document_and_pasted_again(
    skjema, kapittel, kommune
):
    side = skjema
    limt(side, KAPITTEL)
    side.get_by_role("button", name="Lagre").last.click()
    expect(side.get_by_text("Endringen er lagret.")).to_be_visible()
    kapittel.refresh_from_db()
    lagret = kapittel.tekst
    assert linjer(lagret) == (MAPPE / "kapittel.ventet").read_text().strip()

    side.goto(f"{side.nettsted}{kapittel.plan.get_absolute_url()}plan/")
    assert brudd(side) == []
    side.set_viewport_size({"width": 360, "height": 800})
    assert side.evaluate("document.documentElement.scrollWidth") <= 360
    ramme = side.get_by_role("group", name="Tabell: Tiltak, Ansvarlig")
    ramme.focus()
    side.keyboard.press("ArrowRight")
    side.wait_for_function("e => e.scrollLeft > 0", arg=ramme.element_handle())
    # As the browser copies it, with the styles that the page has.
    side.context.grant_permissions(["clipboard-read", "clipboard-write"])
    side.evaluate(
        "getSelection().selectAllChildren([...document.querySelectorAll('.rik')]"
        ".find((e) => e.textContent.includes('Natteravn')))"
    )
    side.keyboard.press("Control+c")

    side.goto(side.skjemaet)
    skriveflate(side).press("Control+a")
    skriveflate(side).press("Delete")
    skriveflate(side).press("Control+v")
    expect(skriveflate(side)).to_contain_text("Natteravn")
    assert rens_html(side.locator("textarea[name=tekst]").input_value()) == lagret

    innhold = pdf.tegn(Utgave(kapittel.plan).oppdrag())
    assert brudd_i_pdf(innhold) == set()
    with pikepdf.open(BytesIO(innhold)) as dokument:
        (kapitlet,) = (
            punkt
            for del_ in dokument.open_outline().root
            for punkt in del_.children
            if punkt.title == "Bakgrunn"
        )
        under = [(p.title, [q.title for q in p.children]) for p in kapitlet.children]
    assert under == [("Om planen", ["Ansvar"])]


MELLOMROM = "<span>&nbsp;</span>" * 2000


@pytest.mark.parametrize(
    ("html", "ventet"),
    [
        (f"<p>Ett{MELLOMROM}to</p>", "Ett"),
        (f"<p>Ett<br>{MELLOMROM}<br>to</p>", "<p>Ett</p><p>to</p>"),
        (f"<p>Ett{MELLOMROM}<br>to{MELLOMROM}</p>", "Ett"),
        ("<p class=MsoNormal>Ett<o:p></o:p></p>" * 3000, "Ett"),
    ],
    ids=["spaces", "an empty line", "at the end", "paragraphs"],
)
def test_what_is_pasted_does_not_hold_the_browser(html, ventet, skjema):
    skjema.set_default_timeout(20_000)

    funnet, _sagt = limt(skjema, html)

    assert ventet in funnet
