"""Texts that are pasted into the editor: twenty documents as word processors, mail and web
pages put them on the clipboard, each with what is to be saved of it beside."""

from pathlib import Path

import pytest

from slt.grunn.riktekst import rens_html
from tests.factories import HandlingsplanFactory, KapittelFactory

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
    admin.goto(f"{admin.nettsted}/{kommune}/endre/kapittel/{kapittel.pk}/")
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


def linjer(html):
    """A line for each block, to be read by people."""
    for slutt in ("</p>", "</li>", "</h3>", "</h4>", "</h5>", "</tr>", "</thead>"):
        html = html.replace(slutt, f"{slutt}\n")
    return html.strip()
