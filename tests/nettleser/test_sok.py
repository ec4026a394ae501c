"""The search in a browser: on a phone, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from slt.models import OrdUtenTreff
from tests.factories import (
    AnsvarFactory,
    KommuneFactory,
    KontaktpunktFactory,
    TilbudFactory,
    TjenesteFactory,
)
from tests.nettleser.conftest import brudd

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stranda(transactional_db):
    kommune = KommuneFactory(navn="Stranda", slug="stranda", epost="post@example.no")
    tjeneste = TjenesteFactory(kommune=kommune, navn="Konfliktrådet")
    KontaktpunktFactory(tjeneste=tjeneste, type="telefon", verdi="21 50 71 09")
    tiltak = TilbudFactory(
        kommune=kommune, tittel="Mekling", tekst="<p>Noen mekler mellom dere.</p>"
    )
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    return kommune


@pytest.mark.parametrize("script", [True, False], ids=["med script", "uten script"])
def test_from_any_page_one_comes_to_a_number(stranda, new_context, nettsted, script):
    side = new_context(
        base_url=nettsted,
        java_script_enabled=script,
        viewport={"width": 320, "height": 640},
    ).new_page()
    side.goto("/stranda/tjenester/")

    side.get_by_label("Søk etter hjelp").fill("hvem kan megle for oss")
    side.keyboard.press("Enter")

    expect(side.get_by_role("status")).to_have_text(re.compile("treff"))
    nummer = side.get_by_role("link", name="21 50 71 09").first
    assert nummer.get_attribute("href") == "tel:+4721507109"
    bredde = side.locator("html").evaluate("e => e.scrollWidth")
    assert bredde == 320


@pytest.mark.parametrize("sporsmal", ["mekling", "kvasar", ""])
def test_the_page_is_one_that_all_can_use(stranda, side, sporsmal):
    side.goto(f"{side.nettsted}/stranda/sok/?q={sporsmal}")

    assert brudd(side, [320, 1280]) == []
    assert not OrdUtenTreff.objects.exists()
