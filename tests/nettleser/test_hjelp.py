"""The help in a browser, as one who is new would use it: on a phone and on a desk, in both
languages, and without JavaScript."""

import pytest

from tests.conftest import innlogget
from tests.factories import KommuneFactory, TilgangFactory
from tests.nettleser.conftest import brudd, logg_inn
from tests.tiltak.provedata import full_plan

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

MATER = {
    "smal, nynorsk": ({"viewport": {"width": 360, "height": 740}}, "nn"),
    "bred, uten JavaScript": (
        {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
        "nb",
    ),
}
SPORSMAL = {
    "nb": (
        "Hvordan lager jeg en ny plan for neste periode?",
        "Ny plan for neste periode",
        "Registrer behandling",
    ),
    "nn": (
        "Korleis lagar eg ein ny plan for neste periode?",
        "Ny plan for neste periode",
        "Registrer behandling",
    ),
}


@pytest.fixture
def ny_side(transactional_db, new_context, nettsted):
    def lag(malform, **valg):
        kommune = KommuneFactory(
            nummer="3205", navn="Stranda", slug="stranda", malform=malform
        )
        full_plan(kommune, 3)
        side = new_context(locale="nb-NO", base_url=nettsted, **valg).new_page()
        side.nettsted = nettsted
        logg_inn(side, innlogget(TilgangFactory(kommune=kommune).bruker))
        return side

    return lag


@pytest.mark.parametrize(("valg", "malform"), MATER.values(), ids=MATER)
def test_one_who_is_new_asks_and_finds_the_answer(valg, malform, ny_side):
    sporsmal, tittel, svar = SPORSMAL[malform]
    side = ny_side(malform, **valg)
    side.goto("/stranda/arbeidsflate/")

    side.get_by_role("link", name="Hjelp til denne").click()
    assert side.url.partition("?")[0].endswith("/hjelp/kom-i-gang/")
    side.get_by_role("main").get_by_role("searchbox").fill(sporsmal)
    side.keyboard.press("Enter")
    side.get_by_role("link", name=tittel, exact=True).first.click()

    assert side.get_by_role("heading", level=1).inner_text() == tittel
    assert svar in side.locator(".handbok").inner_text()
    assert side.locator("html").get_attribute("lang") == malform


def test_a_word_is_explained_by_key_and_axe_finds_nothing(ny_side):
    side = ny_side("nb", viewport={"width": 360, "height": 740})
    side.goto("/stranda/2024-2028/dekning/")
    forklaring = side.locator("details.forklaring")
    forklaring.locator("summary").focus()
    side.keyboard.press("Enter")

    assert "Universelle tiltak er for alle" in forklaring.inner_text()
    funnet = {side.url: brudd(side)}
    for adresse in (
        "/hjelp/",
        "/hjelp/?q=telefonnummer",
        "/hjelp/tilgang/",
        "/hjelp/ord/",
        "/hjelp/maler/ros/",
    ):
        side.goto(adresse)
        funnet[adresse] = brudd(side)
        assert side.evaluate("document.documentElement.scrollWidth") <= 360
    assert {adresse: feil for adresse, feil in funnet.items() if feil} == {}
