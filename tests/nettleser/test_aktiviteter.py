"""A coordinator's activities in a browser: one is entered in seconds, one of last year is
held again, what is missing is filled in, and all may read the forebyggingskalender; axe on
each page, and none is wider than a phone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import AktivitetFactory, StedFactory
from tests.nettleser.test_innspill import feil_pa

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


def test_a_year_of_activities(admin, kommune, new_context):
    i_dag = timezone.localdate()
    i_fjor = i_dag.year - 1
    StedFactory(kommune=kommune, navn="Kjeller skole")
    AktivitetFactory(
        kommune=kommune,
        tittel="Fagdag om vold",
        dato=date(i_fjor, 3, 6),
        antall=3,
        gikk="Fint",
    )
    AktivitetFactory(
        kommune=kommune, tittel="Trygghetsvandring", dato=i_dag - timedelta(days=1)
    )
    kommune.forebyggingskalender_er_apen = True
    kommune.save()

    # One is entered.
    admin.goto(f"{admin.nettsted}/lillestrom/endre/aktiviteter/?ar={i_dag.year}")
    assert feil_pa(admin) == []
    admin.get_by_role("link", name="Ny aktivitet").click()
    admin.get_by_label("Tittel").fill("Temakveld om rus")
    admin.get_by_label("Slag").select_option("temakveld")
    admin.get_by_label("Dato").fill(i_dag.isoformat())
    assert feil_pa(admin) == []
    admin.get_by_role("checkbox", name="Vis for alle").check()
    admin.get_by_text("For hvem, og hvem som holder den").click()
    admin.get_by_label("Fra trinn").select_option("8. trinn")
    admin.get_by_role("button", name="Lagre").click()
    expect(
        admin.get_by_role("link", name="Temakveld om rus", exact=True)
    ).to_be_visible()

    # What is over is filled in.
    admin.get_by_role("link", name="Fyll ut").click()
    admin.get_by_label("hvor mange kom?").fill("12")
    admin.get_by_label("Hvordan gikk det?").fill("Mange ble med hele runden.")
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Lagre").click()
    expect(admin.get_by_text("Endringene er lagret.")).to_be_visible()
    expect(admin.get_by_role("link", name="Fyll ut")).to_have_count(0)
    assert kommune.aktiviteter.get(tittel="Trygghetsvandring").antall == 12

    # That of last year is held again.
    admin.get_by_role("link", name=f"Gjenta fra {i_fjor}").click()
    expect(admin.get_by_label("Fagdag om vold")).to_be_checked()
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Gjenta de valgte").click()
    expect(admin.get_by_role("link", name="Fagdag om vold", exact=True)).to_be_visible()

    # What all may read.
    alle = new_context(
        locale="nb-NO", viewport={"width": 360, "height": 740}
    ).new_page()
    alle.goto(f"{admin.nettsted}/lillestrom/forebyggingskalender/")
    expect(
        alle.get_by_role("link", name="Temakveld om rus", exact=True)
    ).to_be_visible()
    assert feil_pa(alle) == []
    alle.get_by_role("link", name="8. trinn", exact=True).click()
    expect(alle.get_by_role("heading", level=1)).to_contain_text("8. trinn")
    assert feil_pa(alle) == []
    alle.get_by_role("link", name="Temakveld om rus", exact=True).click()
    expect(alle.get_by_role("heading", level=1)).to_have_text("Temakveld om rus")
    assert feil_pa(alle) == []
    alle.get_by_role("link", name=f"Aktiviteter i {i_dag.year}").click()
    expect(alle.get_by_text("Fagdag om vold")).to_have_count(0)
    assert feil_pa(alle) == []
