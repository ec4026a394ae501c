"""Two who change the same in a browser: both texts are for everybody, and the choice is
made by the keyboard."""

import pytest
from playwright.sync_api import expect

from tests.nettleser.test_disposisjon import (  # noqa: F401 (fixtures)
    MATER,
    Tastatur,
    kommune,
    lagre,
    ny_side,
    planen,
)
from tests.nettleser.test_sider import brudd
from tiltak.models import Tiltak

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


def test_both_texts_in_the_outline_and_a_choice_by_the_keyboard(planen, ny_side):  # noqa: F811
    side = ny_side(**MATER["tastatur"])
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    skjema = side.locator("form[data-skjema]")
    side.get_by_role("link", name="Tiltak A").last.click()
    skjema.locator("[name=tittel]").fill("Mine nye ord")
    tiltak = Tiltak.objects.get(tittel="Tiltak A")
    tiltak.tittel, tiltak.tekst = "Deres nye ord", "<p>Noe nytt.</p>"
    tiltak.kontakt_merknad = "Ring først"
    tiltak.save()

    hand = Tastatur(side)
    lagre(hand)

    expect(side.locator(".ds-error-summary")).to_be_focused()
    expect(skjema.locator("[name=tittel]")).to_have_value("Mine nye ord")
    expect(skjema.locator("[name=kontakt_merknad]")).to_have_value("Ring først")
    merket = skjema.locator(".begge mark")
    expect(merket.nth(0)).to_contain_text("Deres")
    expect(merket.nth(1)).to_contain_text("Mine")
    skjema.locator(".ProseMirror[contenteditable]").wait_for()
    assert brudd(side) == []
    for bredde in (1280, 360):
        side.set_viewport_size({"width": bredde, "height": 900})
        assert side.evaluate("document.documentElement.scrollWidth") <= bredde

    side.get_by_role("link", name="Tittel: Noen andre endret også").click()
    expect(skjema.locator("[name=tittel]")).to_be_focused()
    hand.ga_til(skjema.locator("[id$=-valg-mitt]"))
    side.keyboard.press("ArrowDown")
    expect(skjema.locator("[id$=-valg-lagret]")).to_be_checked()
    lagre(hand)

    expect(skjema).to_have_count(0)
    tiltak.refresh_from_db()
    assert (tiltak.tittel, tiltak.kontakt_merknad) == ("Deres nye ord", "Ring først")
    assert side.feil == []
