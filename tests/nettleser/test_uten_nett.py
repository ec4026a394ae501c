"""Whom to call is read without a network, in a browser that was on the site before; and
nothing else is kept there."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import KontaktpunktFactory, TjenesteFactory

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

FORSIDEN = "/lillestrom/"
TJENESTENE = "/lillestrom/tjenester/"
UTEN_NETT = "/lillestrom/uten-nett/"
# Every address that a browser keeps, however it is kept.
LAGRET = """async () => {
  const funnet = [];
  for (const navn of await caches.keys())
    for (const sporring of await (await caches.open(navn)).keys())
      funnet.push(sporring.url.slice(location.origin.length));
  return funnet.sort();
}"""


@pytest.fixture
def side(side, kommune, settings):
    settings.UTEN_NETT = True
    side.tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    side.punkt = KontaktpunktFactory(
        tjeneste=side.tjeneste, verdi="90000001", apningstid_tekst="hverdager 9–15"
    )
    return side


def besok(side, adresse=FORSIDEN):
    """Goes to a page, and waits until the browser has kept what it keeps."""
    side.goto(side.nettsted + adresse)
    side.evaluate("navigator.serviceWorker.ready.then(() => true)")


def uten_nett(side):
    side.context.set_offline(True)
    side.konsoll.clear()


def test_whom_to_call_is_read_without_a_network(side):
    besok(side)

    uten_nett(side)
    side.goto(side.nettsted + TJENESTENE)

    expect(side.locator("h1")).to_have_text("Kontakter i Lillestrøm")
    expect(side.get_by_role("link", name="900 00 001")).to_be_visible()
    side.konsoll.clear()
