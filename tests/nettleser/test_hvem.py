"""Who can help, in a browser: with a thumb, with the keyboard, without scripts, and what the
browser knows of it afterwards."""

import pytest
from playwright.sync_api import expect

from tests.factories import (
    HandlingsplanFactory,
    KommuneFactory,
    KontaktpunktFactory,
    StedFactory,
    TjenesteFactory,
)
from tests.nettleser.conftest import brudd
from tiltak.models import Tema, TjenesteTema

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db]

START = "/lillestrom/hvem-kan-hjelpe/"
UNG, ANSATT = (f"main button[name=hvem][value={hvem}]" for hvem in ("unge", "ansatte"))
RUS = "button[name=tema][value=rus]"


@pytest.fixture
def plan(db):
    """That of a kommune that has entered fourteen themes, and six who help with one."""
    kommune = KommuneFactory(
        navn="Lillestrøm", slug="lillestrom", telefon="64 99 30 00"
    )
    for emne in Tema.Emne:
        Tema.objects.create(
            kommune=kommune,
            navn=emne.label,
            slug=emne.value,
            i_hverdagen=emne.label.capitalize(),
            emne=emne,
        )
    rus = Tema.objects.get(slug="rus")
    for nr in range(6):
        tjeneste = TjenesteFactory(
            kommune=kommune,
            navn=f"Psykisk helse- og familiestøttetjenesten {nr}",
            tekst="Snakker med unge og foresatte om det som er vanskelig.",
            melding="Stengt i uke 28–31." if nr == 2 else "",
            stengt=nr == 2,
        )
        KontaktpunktFactory(
            tjeneste=tjeneste, ved_ikke_svar="send SMS"
        ).apningstider.create(
            fra_dag=0, til_dag=6, apner="00:00", stenger="00:00", helligdager="apent"
        )
        KontaktpunktFactory(
            tjeneste=tjeneste, type="epost", verdi="enganskelangadresse@example.org"
        )
        TjenesteTema.objects.create(tjeneste=tjeneste, tema=rus)
    KontaktpunktFactory(tjeneste=tjeneste, sted=StedFactory(kommune=kommune))
    return HandlingsplanFactory(kommune=kommune)


def smalest(side):
    """Whether a page is no wider than the narrowest phone."""
    side.set_viewport_size({"width": 320, "height": 640})
    return side.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_page_can_be_read_by_all(side, plan):
    side.goto(side.nettsted + START)
    assert brudd(side, [1280, 360]) == []
    assert smalest(side)

    side.click(ANSATT)
    expect(side.locator("h1")).to_have_text("Hva gjelder det?")
    assert brudd(side, [1280, 360]) == []
    assert smalest(side)

    side.click(RUS)
    expect(side.locator("article")).to_have_count(5)
    side.locator("details.presiser summary").click()
    assert brudd(side, [1280, 360]) == []
    assert smalest(side)


def test_from_the_front_page_a_number_is_three_taps_away(side, plan):
    side.set_viewport_size({"width": 360, "height": 640})
    side.goto(side.nettsted + plan.get_absolute_url())
    assert brudd(side) == []

    side.click(UNG)
    side.click(RUS)

    nummer = side.locator("a.hovedvei").first
    assert nummer.get_attribute("href").startswith("tel:")
    expect(nummer).to_be_in_viewport()
    assert nummer.bounding_box()["height"] >= 44


def test_the_browser_knows_nothing_of_what_was_chosen(side, plan):
    side.goto(side.nettsted + START)
    side.click(UNG)
    side.click(RUS)

    side.locator("details.presiser summary").click()
    side.get_by_label("Hvor gammel er den det gjelder?").fill("14")
    side.get_by_role("button", name="Vis svaret").click()

    expect(side).to_have_url(f"{side.nettsted}{START}svar/")
    expect(side).to_have_title("Hvem kan hjelpe? – Hjelp i Lillestrøm kommune")
    husket = side.evaluate(
        "[history.state, document.cookie, {...localStorage}, {...sessionStorage}]"
    )
    assert husket == [None, "", {}, {}]
    with side.expect_request("**/tjenester/**") as foresporsel:
        side.locator("article h3 a").first.click()
    assert "referer" not in foresporsel.value.all_headers()


def test_all_of_it_is_reached_by_the_keyboard(side, plan):
    side.goto(side.nettsted + START)

    side.locator(UNG).focus()
    side.keyboard.press("Enter")
    side.locator(RUS).focus()
    side.keyboard.press("Enter")
    expect(side.locator("h1")).to_have_text("Her kan du få hjelp")

    stanset_ved = []
    for _ in range(40):
        side.keyboard.press("Tab")
        stanset_ved.append(side.evaluate("document.activeElement.className"))
    assert sum("hovedvei" in navn for navn in stanset_ved) == 5


def test_nothing_of_it_needs_scripts(new_context, nettsted, plan):
    side = new_context(java_script_enabled=False, locale="nb-NO").new_page()
    side.goto(nettsted + START)

    side.click(UNG)
    side.click(RUS)
    side.locator("details.presiser summary").click()
    side.get_by_label("Hvor gammel er den det gjelder?").fill("abc")
    side.get_by_role("button", name="Vis svaret").click()

    expect(side.get_by_text("Skriv alderen med tall")).to_be_visible()
    expect(side.get_by_label("Hvor gammel er den det gjelder?")).to_have_value("abc")
    expect(side.locator("article")).to_have_count(5)
