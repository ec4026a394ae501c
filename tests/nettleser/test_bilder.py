"""A picture from the file to the page, the document and the next paste."""

from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import expect

from slt.grunn import pdf
from slt.grunn.riktekst import rens_html
from slt.models import Bilde
from tests.factories import HandlingsplanFactory, KapittelFactory, figur, png
from tests.nettleser.conftest import brudd
from tiltak.dokument import Utgave
from tiltak.models import Handlingsplan

pytestmark = pytest.mark.nettleser

# What a browser does when a file is pasted.
LIM_FIL = """([flate, bytene]) => {
    const innhold = new DataTransfer();
    innhold.items.add(new File([new Uint8Array(bytene)], "x.png", {type: "image/png"}));
    flate.dispatchEvent(new ClipboardEvent("paste",
        {clipboardData: innhold, bubbles: true, cancelable: true}));
}"""


def test_a_picture_from_the_file_to_the_next_paste(admin, kommune):
    side = admin
    kapittel = KapittelFactory(
        plan=HandlingsplanFactory(kommune=kommune), tekst="<p>Før</p>"
    )
    skjema = f"{side.nettsted}/{kommune.slug}/endre/kapittel/{kapittel.pk}/"
    side.goto(skjema)
    flate = side.locator(".ProseMirror[contenteditable=true]").first
    flate.click()
    dialog = side.get_by_role("dialog")

    # What is missing is said beside the field, which gets the focus.
    side.get_by_role("button", name="bilde", exact=True).click()
    sett_inn = dialog.get_by_role("button", name="Sett inn")
    expect(dialog.get_by_label("Bildefil")).to_be_focused()
    dialog.get_by_label("Bildefil").set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": b"tekst"}
    )
    sett_inn.click()
    expect(dialog.get_by_label("Hva viser bildet?")).to_be_focused()
    dialog.get_by_label("Hva viser bildet?").fill("En kurve som stiger")
    sett_inn.click()
    expect(dialog.get_by_text("Filen er ikke et bilde.")).to_be_visible()
    side.konsoll.clear()  # the browser tells of the status
    assert brudd(side) == []
    side.set_viewport_size({"width": 360, "height": 800})
    assert side.evaluate("document.querySelector('dialog').scrollWidth") <= 360
    side.set_viewport_size({"width": 1280, "height": 800})

    dialog.get_by_label("Bildefil").set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": png()}
    )
    sett_inn.click()
    expect(dialog).to_have_count(0)
    bilde = Bilde.objects.get()
    felt = side.locator("textarea[name=tekst]")
    assert rens_html(felt.input_value(), bilder=True) == f"<p>Før</p>{figur(bilde)}"

    # The words are changed by choosing the picture.
    flate.locator("img").click()
    dialog.get_by_label("Bildetekst").fill("Foto: Kommunen")
    dialog.get_by_label("Bildetekst").press("Enter")
    expect(flate.locator("figcaption")).to_have_text("Foto: Kommunen")
    expect(flate).to_be_focused()
    ferdig = f"<p>Før</p>{figur(bilde, bildetekst='Foto: Kommunen')}"
    side.get_by_role("button", name="Lagre").last.click()
    expect(side.get_by_text("Endringen er lagret.")).to_be_visible()
    kapittel.refresh_from_db()
    assert kapittel.tekst == ferdig

    side.goto(f"{side.nettsted}{kapittel.plan.get_absolute_url()}plan/")
    vist = side.get_by_role("img", name="En kurve som stiger")
    assert vist.evaluate("e => [e.complete, e.naturalWidth]") == [True, 40]
    assert brudd(side) == []
    side.context.grant_permissions(["clipboard-read", "clipboard-write"])
    side.evaluate("getSelection().selectAllChildren(document.querySelector('.rik'))")
    side.keyboard.press("Control+c")
    side.goto(skjema)
    flate.press("Control+a")
    flate.press("Delete")
    flate.press("Control+v")
    expect(flate.locator("img")).to_be_visible()
    assert rens_html(felt.input_value(), bilder=True) == ferdig
    # And cut in the editor itself.
    flate.press("Control+a")
    flate.press("Control+x")
    expect(flate.locator("img")).to_have_count(0)
    flate.press("Control+v")
    expect(flate.locator("img")).to_be_visible()
    assert rens_html(felt.input_value(), bilder=True) == ferdig

    # A file that is pasted asks for its words; Escape leads back.
    side.evaluate(LIM_FIL, [flate.element_handle(), list(png("red"))])
    expect(dialog.get_by_label("Hva viser bildet?")).to_be_focused()
    side.keyboard.press("Escape")
    expect(flate).to_be_focused()
    flate.locator("img").click()
    dialog.get_by_role("button", name="Fjern bildet").click()
    expect(flate.locator("img")).to_have_count(0)
    assert Bilde.objects.count() == 1

    plan = Handlingsplan.objects.get(pk=kapittel.plan_id)
    with pikepdf.open(BytesIO(pdf.tegn(Utgave(plan).oppdrag()))) as dokument:
        assert any(
            isinstance(del_, pikepdf.Dictionary) and del_.get("/Alt") == vist_som
            for vist_som in ["En kurve som stiger"]
            for del_ in dokument.objects
        )
