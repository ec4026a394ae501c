"""Somebody says that a number is wrong, and the coordinator deals with it. In a browser, the
first without scripts; axe on each page on the way, and none of them is wider than a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import KontaktpunktFactory, TjenesteFactory
from tests.nettleser.conftest import logg_inn
from tests.nettleser.test_innspill import feil_pa
from tiltak.feilmeldinger import stempel

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


def test_a_wrong_number_is_reported_and_dealt_with(
    side, kommune, koordinator, new_context, monkeypatch
):
    monkeypatch.setattr(stempel, "MINST", -1)
    utekontakten = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    KontaktpunktFactory(tjeneste=utekontakten, verdi="469 34 634")
    KontaktpunktFactory(
        tjeneste=utekontakten,
        type="nett",
        verdi="https://www.kommunen.example/en/svaert/lang/adresse/til/utekontakten",
    )
    tjenesten = f"{side.nettsted}{utekontakten.get_absolute_url()}"
    side.goto(tjenesten)
    assert feil_pa(side) == []
    side.get_by_role("link", name=re.compile("Meld feil.*469 34 634")).click()
    assert feil_pa(side) == []
    side.get_by_role("textbox", name="Fortell kort").fill("Nytt nummer: 22 33 44 55")
    side.get_by_role("button", name="Send").click()
    expect(side.locator(".ds-error-summary")).to_be_focused()
    assert feil_pa(side) == []

    leser = new_context(locale="nb-NO", java_script_enabled=False).new_page()
    leser.goto(tjenesten)
    leser.get_by_role("link", name=re.compile("Meld feil.*469 34 634")).click()
    leser.get_by_role("radio", name="Ingen svarer").check()
    leser.get_by_role("textbox", name="Fortell kort").fill("Ringte tre ganger.")
    leser.get_by_role("button", name="Send").click()
    expect(leser.get_by_role("heading", name="Takk")).to_be_visible()
    side.goto(leser.url)
    assert feil_pa(side) == []

    logg_inn(side, koordinator)
    side.goto(f"{side.nettsted}/lillestrom/arbeidsflate/")
    side.get_by_role("link", name="1 melding om feil i kontaktene venter").click()
    expect(side.get_by_text("Ringte tre ganger.")).to_be_visible()
    assert feil_pa(side) == []
    side.get_by_role("button", name=re.compile("Ferdig")).click()
    expect(side.locator(".ds-error-summary")).to_be_focused()
    assert feil_pa(side) == []
    side.get_by_role("textbox", name="Hva som ble gjort").fill("Ringte, nå svarer de")
    side.get_by_role("button", name=re.compile("Ferdig")).click()
    expect(side.get_by_text("Ingen meldinger venter.")).to_be_visible()
    side.get_by_role("link", name="Behandlet").click()
    assert feil_pa(side) == []
    side.get_by_role("button", name=re.compile("Sett på listen")).click()
    expect(side.get_by_role("button", name=re.compile("Ferdig"))).to_be_visible()
    # The browser tells of the status.
    assert ["422" in linje for linje in side.konsoll] == [True, True]
    side.konsoll.clear()
