"""Mistakes are undone with one press each, on a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import PlasseringFactory, TjenesteFactory
from tests.nettleser.conftest import brudd
from tiltak.models import Tiltak

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


def test_what_was_deleted_in_the_admin_is_fetched_back(admin, kommune):
    tiltak = PlasseringFactory(
        innsatsomrade__plan__kommune=kommune,
        innsatsomrade__plan__status="utkast",
        tiltak__tittel="Natteravner",
    ).tiltak
    adresse = reverse("admin:tiltak_tiltak_delete", args=[tiltak.pk])
    admin.goto(f"{admin.nettsted}{adresse}")
    admin.locator("#content input[type=submit]").click()
    assert not Tiltak.objects.exists()

    admin.get_by_role("link", name="Hent det tilbake").click()
    admin.wait_for_url("**/slettet/")
    assert brudd(admin) == []
    admin.get_by_role("button", name="Hent tilbake : Tiltak: Natteravner").click()

    expect(
        admin.get_by_text("Hentet tilbake: Natteravner og 1 rad til.")
    ).to_be_visible()
    expect(
        admin.get_by_text("Ingenting er slettet de siste 30 dagene.")
    ).to_be_visible()
    assert Tiltak.objects.get() == tiltak


def test_an_earlier_version_is_brought_back_from_the_history(admin, kommune):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten", tekst="Før")
    tjeneste.navn, tjeneste.tekst = "Feil", "Etter"
    tjeneste.save()
    admin.goto(f"{admin.nettsted}{tjeneste.get_absolute_url()}")
    admin.get_by_role("link", name="Historikk : Feil").click()
    adresse = reverse("historikk", args=[kommune.slug, "tjeneste", tjeneste.pk])
    admin.wait_for_url(f"**{adresse}")
    assert brudd(admin) == []

    admin.get_by_role("link", name="Hent tilbake slik det var").click()
    admin.wait_for_url("**/tidligere/**")
    assert brudd(admin) == []
    admin.get_by_role("button", name="Hent tilbake").click()

    expect(
        admin.get_by_text("Den tidligere versjonen er hentet tilbake.")
    ).to_be_visible()
    assert admin.url.endswith(adresse)
    tjeneste.refresh_from_db()
    assert (tjeneste.navn, tjeneste.tekst) == ("Utekontakten", "Før")
