"""A year of a plan that is edited: what is told of it since the politiråd last met, on the
page and as a document, against a list that was written down beforehand; and the pages of
two days of that year against the copies that were taken then."""

import re

import pytest
from playwright.sync_api import expect

from slt.grunn.historikk import Dor, spor
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TjenesteFactory,
)
from tests.tiden import det_gar
from tiltak.models import Kontaktpunkt, Tiltak

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

PLANEN = "/lillestrom/2024-2028/"
SIDER = [
    PLANEN,
    f"{PLANEN}plan/",
    f"{PLANEN}tiltak/",
    f"{PLANEN}innsatsomrader/vold/",
    f"{PLANEN}innsatsomrader/rus/",
    f"{PLANEN}tiltak/vold/1/",
    f"{PLANEN}tiltak/vold/2/",
    f"{PLANEN}dekning/",
    "/lillestrom/tjenester/",
    "/lillestrom/tjenester/utekontakten/",
]


@pytest.fixture
def planen(kommune):
    """A plan that holds, as it was 100 days before the year begins to be told."""
    with spor(Dor.SKJEMA):
        plan = HandlingsplanFactory(kommune=kommune, tittel="Trygg oppvekst")
        vold = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")
        rus = InnsatsomradeFactory(plan=plan, navn="Rus", kortnavn="Rus")
        sted = {"publisert": True}
        for omrade, tittel in [
            (vold, "Natteravner"),
            (vold, "Konfliktråd"),
            (rus, "Utekontakt"),
            (rus, "Foreldremøter"),
        ]:
            PlasseringFactory(
                innsatsomrade=omrade, tiltak__tittel=tittel, **_tiltak(sted)
            )
        PlasseringFactory(
            innsatsomrade=vold,
            nummer=None,
            tiltak__tittel="Hemmelig prøve",
            **_tiltak({"publisert": False}),
        )
        ute = TjenesteFactory(kommune=kommune, navn="Utekontakten")
        KontaktpunktFactory(tjeneste=ute, verdi="22 22 22 22")
        KontaktpunktFactory(tjeneste=ute, verdi="24 24 24 24", synlighet="koordinator")
        AnsvarFactory(tiltak=Tiltak.objects.get(tittel="Natteravner"), tjeneste=ute)
        TjenesteFactory(kommune=kommune, navn="NAV")
    det_gar(100)
    return plan


def _tiltak(felter):
    return {f"tiltak__{navn}": verdi for navn, verdi in felter.items()}


def kopi(side, adresse):
    """What somebody reads in the page's own part, less which day it is."""
    side.goto(f"{side.nettsted}{adresse}")
    tekst = side.evaluate(
        """() => {
            const main = document.querySelector("main").cloneNode(true);
            main.querySelectorAll(".den-dagen, #en-annen-dag, details").forEach(
                (e) => (e.closest("section[aria-labelledby=en-annen-dag]") ?? e).remove());
            return main.textContent;
        }"""
    )
    # The tests move all that was done further back, and these days with it.
    tekst = re.sub(r"Sist endret \d+\. \w+ \d{4}", "", tekst)
    tekst = tekst.replace("Last ned planen som Word-dokument", "")
    return " ".join(tekst.split())


def test_a_year_is_told_as_it_was(admin, planen, new_context):
    publikum = new_context(locale="nb-NO").new_page()
    publikum.nettsted = admin.nettsted
    skjema = admin.locator("form[data-skjema]")
    for_ = [kopi(publikum, side) for side in SIDER]

    # The spring ---------------------------------------------------------------------
    punkt = Kontaktpunkt.objects.get(verdi="22 22 22 22")
    admin.goto(f"{admin.nettsted}/lillestrom/endre/kontaktpunkter/{punkt.pk}/")
    admin.locator("[name=verdi]").fill("33 33 33 33")
    admin.get_by_role("button", name="Lagre").last.click()
    expect(admin.get_by_text("Lagret")).to_be_visible()
    konflikt = Tiltak.objects.get(tittel="Konfliktråd")
    admin.goto(f"{admin.nettsted}/lillestrom/endre/tiltak/{konflikt.pk}/")
    admin.locator("[name=status]").select_option("avsluttet")
    admin.locator("[name=begrunnelse]").fill("Ingen søkte.")
    admin.get_by_role("button", name="Lagre").last.click()
    expect(admin.get_by_text("Lagret")).to_be_visible()
    print(admin.url)
