"""A year of Lillestrøm's area meetings, planned in the browser from what the fixtures
have; and axe on the pages of the planning.

Today is Monday 4 January 2027; 29 March is andre påskedag.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from moter.models import Mote, Moteserie
from slt.models import Kommune
from tests.conftest import innlogget
from tests.factories import (
    MoteFactory,
    MotefriFactory,
    TilgangFactory,
)
from tests.nettleser.conftest import logg_inn

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

OSLO = ZoneInfo("Europe/Oslo")
PLANEN = "/lillestrom/moteplan/"
WCAG = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}


@pytest.fixture
def lillestrom(transactional_db):
    call_command("last_grunndata", verbosity=0)
    return Kommune.objects.get(slug="lillestrom")


@pytest.fixture
def koordinatoren(lillestrom, side, monkeypatch):
    """The page, logged in as the coordinator, on a day in January."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 1, 4, 7, tzinfo=OSLO))
    logg_inn(side, innlogget(TilgangFactory(kommune=lillestrom).bruker))
    return side


def test_a_year_of_area_meetings_is_planned(koordinatoren):
    side = koordinatoren
    side.goto(f"{side.nettsted}{PLANEN}")
    side.get_by_role("link", name="Planlegg møter for flere fora").click()

    valgte = side.get_by_role("group", name="Fora").get_by_role(
        "checkbox", checked=True
    )
    expect(valgte).to_have_count(6)
    side.get_by_label("Fra og med").fill("2027-01-04")
    side.get_by_label("Til og med").fill("2027-12-31")
    for dag in ("tirsdag", "onsdag", "torsdag"):
        side.get_by_label(dag).first.uncheck()
    side.get_by_label("mandag").first.check()
    side.get_by_role("button", name="Lag et forslag").click()

    forslaget = side.get_by_role("region", name="Forslag")
    expect(forslaget).to_be_focused()
    expect(forslaget).to_contain_text("Ingen av dem kolliderer")
    expect(forslaget).to_contain_text("nei: andre påskedag")
    expect(forslaget).to_contain_text("alle 9 dagene passer")
    assert Mote.objects.count() == 0
    side.get_by_role("button", name="Legg inn i kalenderen").click()

    expect(side.get_by_role("status")).to_contain_text("Lagt inn: 52 møter i 6 fora.")
    assert (Moteserie.objects.count(), Mote.objects.count()) == (6, 52)
    expect(side.get_by_text("Samtidig med")).to_have_count(0)
    paske = side.get_by_role("listitem").filter(
        has_text="Dagen passer ikke: andre påskedag"
    )
    expect(paske).to_have_count(1)
    paske.get_by_role("button", name="Flytt til tirsdag 30. mars").click()

    expect(side.get_by_role("status")).to_contain_text("flyttet til tirsdag 30. mars")
    flyttet = side.get_by_role("listitem").filter(
        has_text="flyttet fra mandag 29. mars"
    )
    expect(flyttet).to_contain_text("Tirsdag 30. mars")
    expect(side.get_by_text("andre påskedag")).to_have_count(0)
    mote = Mote.objects.get(fastsatt=True)
    assert timezone.localtime(mote.start) == datetime(2027, 3, 30, 8, 30, tzinfo=OSLO)


def test_a_wish_for_one_forum_changes_the_proposal(koordinatoren):
    side = koordinatoren
    side.goto(f"{side.nettsted}{PLANEN}planlegger/")
    side.get_by_role("button", name="Lag et forslag").click()

    fetsund = side.get_by_role("group", name="SLT-områdemøte Fetsund")
    fetsund.get_by_text("Bestem selv").click()
    fetsund.get_by_label("Ukedag").select_option("fredag")
    fetsund.get_by_label("Klokkeslett").fill("lunsj")
    side.get_by_role("button", name="Lag et nytt forslag").last.click()

    expect(side.get_by_role("alert")).to_contain_text("Skriv et klokkeslett")
    expect(fetsund.get_by_label("Klokkeslett")).to_have_value("lunsj")
    _sjekk_feil(side)

    fetsund.get_by_label("Klokkeslett").fill("13.15")
    side.get_by_role("button", name="Lag et nytt forslag").last.click()

    expect(fetsund).to_contain_text("fredag kl. 13.15–14.45")


@pytest.mark.parametrize("bredde", [1280, 360])
def test_the_pages_have_no_violations_and_fit(koordinatoren, lillestrom, bredde):
    side = koordinatoren
    fri = MotefriFactory(kommune=lillestrom, navn="vinterferie")
    MotefriFactory(kommune=lillestrom, fra="2026-02-22", til="2026-02-26")
    _med_hinder_og_kollisjon(lillestrom)
    side.set_viewport_size({"width": bredde, "height": 900})

    side.goto(f"{side.nettsted}{PLANEN}")
    # At each of the two, and once for both of them above.
    expect(side.get_by_text("Samtidig med SLT-")).to_have_count(3)
    _sjekk(side)
    side.goto(f"{side.nettsted}{PLANEN}motefri/{fri.pk}/")
    _sjekk(side)
    side.goto(f"{side.nettsted}{PLANEN}motefri/")
    _sjekk(side)
    side.get_by_role("button", name="Legg til").click()
    _sjekk_feil(side)
    side.goto(f"{side.nettsted}{PLANEN}planlegger/")
    _sjekk(side)
    side.get_by_role("button", name="Lag et forslag").click()
    side.get_by_text("Uke for uke").click()
    expect(side.get_by_role("region", name="Uke for uke")).to_be_visible()
    _sjekk(side)
    side.get_by_label("Fra og med").fill("")
    side.get_by_role("button", name="Lag et nytt forslag").last.click()
    _sjekk_feil(side)


def _sjekk_feil(side):
    expect(side.get_by_role("alert")).to_be_focused()
    expect(side.get_by_role("alert")).to_be_in_viewport()
    expect(side.get_by_role("heading", name="Forslag")).to_have_count(0)
    _sjekk(side)
    # The site answers so when a form is filled in wrongly; the browser notes it.
    assert [melding for melding in side.konsoll if "422" not in melding] == []
    side.konsoll.clear()


def _med_hinder_og_kollisjon(kommune):
    """Two meetings at once, of fora with a member in common, on a red day."""
    paske = datetime(2027, 3, 29, 9, tzinfo=OSLO)
    for slug in ("arbeidsgruppe", "koordinator-politikontakt"):
        MoteFactory(forum=kommune.fora.get(slug=slug), start=paske)


def _sjekk(side):
    svar = Axe().run(side, options={"runOnly": WCAG})
    assert svar.violations_count == 0, svar.generate_report()
    bredde = side.evaluate("document.documentElement.scrollWidth")
    assert bredde <= side.viewport_size["width"]
