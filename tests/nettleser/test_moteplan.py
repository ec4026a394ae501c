"""A year of Lillestrøm's area meetings, planned in the browser from what the fixtures
have; and axe on the pages of the planning.

Today is Monday 4 January 2027; 29 March is andre påskedag.
"""

from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from django.conf import settings
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
from tests.nettleser.conftest import axe, logg_inn

FILER = ["3205-lillestrom.yaml", "3205-lillestrom-moter.yaml"]

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

OSLO = ZoneInfo("Europe/Oslo")
PLANEN = "/lillestrom/moteplan/"


@pytest.fixture
def lillestrom(transactional_db):
    filer = [settings.BASE_DIR / "fixtures" / fil for fil in FILER]
    call_command("last_grunndata", *filer, verbosity=0)
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
    expect(forslaget).to_contain_text("Andre påskedag: flyttes til mandag")
    assert Mote.objects.count() == 0
    side.get_by_role("button", name="Legg inn i kalenderen").click()

    antall = Mote.objects.count()
    assert (Moteserie.objects.count(), antall > 45) == (6, True)
    expect(side.get_by_role("status")).to_contain_text(
        f"Lagt inn: {antall} møter i 6 fora."
    )
    expect(side.get_by_text("Samtidig med")).to_have_count(0)
    expect(side.get_by_text("Dagen passer ikke")).to_have_count(0)
    i_paska = Mote.objects.get(opprinnelig_dato=date(2027, 3, 29))
    assert (i_paska.dag != i_paska.opprinnelig_dato, i_paska.dag.weekday()) == (True, 0)


def test_meetings_are_moved_one_by_one_and_several_at_once(koordinatoren, lillestrom):
    side = koordinatoren
    _med_hinder_og_kollisjon(lillestrom)
    for slug in ("omrademote-fetsund", "omrademote-frogner"):
        MoteFactory(
            forum=lillestrom.fora.get(slug=slug),
            start=datetime(2027, 5, 6, 13, tzinfo=OSLO),
        )
    side.goto(f"{side.nettsted}{PLANEN}")

    rad = side.get_by_role("listitem").filter(has_text="Dagen passer ikke")
    rad.first.get_by_role("button", name="Flytt til").first.click()

    expect(side.get_by_role("status")).to_contain_text("er flyttet til")
    expect(rad).to_have_count(3)
    side.get_by_text("Flytt flere på én gang").click()
    expect(side.get_by_role("combobox")).to_have_count(3)
    _sjekk(side)
    side.get_by_role("button", name="Flytt de valgte").click()

    expect(side.get_by_role("status")).to_contain_text("3 møter er flyttet.")
    expect(rad).to_have_count(0)
    assert Mote.objects.filter(fastsatt=True).count() == 4


@pytest.mark.alt
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


@pytest.mark.alt
@pytest.mark.parametrize("bredde", [1280, 360])
def test_the_holidays_of_the_fylke_have_no_violations_and_fit(
    koordinatoren, lillestrom, bredde
):
    side = koordinatoren
    # In Vestland, which has one holiday with two times to choose from.
    lillestrom.nummer = "4699"
    lillestrom.save()
    MotefriFactory(kommune=lillestrom, navn="påskeferie")
    side.set_viewport_size({"width": bredde, "height": 900})

    side.goto(f"{side.nettsted}{PLANEN}motefri/")
    _sjekk(side)
    side.get_by_role("button", name="Fyll ut med disse").click()

    expect(side.get_by_text("Ført opp fra før, og ikke med her")).to_be_visible()
    _sjekk(side)


@pytest.mark.alt
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
    side.get_by_role("button", name="Legg til", exact=True).click()
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


@pytest.mark.parametrize("bredde", [1280, 360])
def test_months_years_and_the_school_year_fit(koordinatoren, lillestrom, bredde):
    side = koordinatoren
    _med_hinder_og_kollisjon(lillestrom)
    side.set_viewport_size({"width": bredde, "height": 900})

    side.goto(f"{side.nettsted}{PLANEN}ar/")
    expect(side.get_by_role("rowheader", name="SLT-arbeidsgruppe")).to_be_visible()
    _sjekk(side)
    side.goto(f"{side.nettsted}{PLANEN}maned/2027/3/")
    expect(side.get_by_role("cell").filter(has_text="andre påskedag")).to_be_visible()
    _sjekk(side)
    side.goto(f"{side.nettsted}{PLANEN}motefri/")
    side.get_by_label("Eller lim inn tekst").fill("Vinterferie uke 8\nSkoleruta")
    side.get_by_role("button", name="Les skoleruta").click()
    expect(side.get_by_label("Navn")).to_have_value("Vinterferie")
    _sjekk(side)


@pytest.mark.alt
def test_a_year_and_a_month_are_printed_on_a_sheet_each(koordinatoren, lillestrom):
    """With a year of meetings, of the fora that the plan has."""
    call_command("demo_moter", verbosity=0)
    side = koordinatoren
    sider = {}

    for sti in ("ar/", "maned/2027/4/", "maned/2027/9/"):
        side.goto(f"{side.nettsted}{PLANEN}{sti}")
        with pikepdf.open(BytesIO(side.pdf(prefer_css_page_size=True))) as trykk:
            bredde, hoyde = trykk.pages[0].mediabox[2:]
            sider[sti] = (len(trykk.pages), bredde > hoyde)

    assert Mote.objects.count() > 100
    assert sider == dict.fromkeys(sider, (1, True))


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
    assert axe(side) == []
    bredde = side.evaluate("document.documentElement.scrollWidth")
    assert bredde <= side.viewport_size["width"]
