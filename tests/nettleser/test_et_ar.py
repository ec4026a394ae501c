"""A year of a plan that is edited: what is told of it since the politiråd last met, on the
page and as a document, against a list that was written down beforehand; and the pages of
two days of that year against the copies that were taken then."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from slt.grunn.historikk import Dor, spor
from tests.factories import (
    AnsvarFactory,
    ForumFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    MoteFactory,
    PlasseringFactory,
    TjenesteFactory,
)
from tests.nettleser.conftest import brudd
from tests.nettleser.test_disposisjon import pdf_som_tekst
from tests.tiden import det_gar, for_dager_siden
from tiltak.models import (
    Innsatsomrade,
    Kontaktpunkt,
    Plassering,
    Tiltak,
    Tjeneste,
)

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
    # Whom to call is as it is today.
    tekst = re.sub(r"\d\d( \d\d){3}|\d{3} \d\d \d{3}", "(nummer)", tekst)
    return " ".join(tekst.split())


def endre(side, adresse, **felter):
    """Fills in fields of a form of the coordinator's, and saves it."""
    side.goto(f"{side.nettsted}{adresse}")
    skjema = side.locator("form[data-skjema], form.skjema").last
    for navn, verdi in felter.items():
        felt = skjema.locator(f"[name={navn}]")
        if felt.evaluate("e => e.tagName") == "SELECT":
            felt.select_option(verdi)
        else:
            felt.fill(verdi)
    skjema.get_by_role("button", name="Lagre").last.click()
    expect(side.get_by_text("Lagret")).to_be_visible()


def nytt_tiltak(side, omrade, tittel):
    """Writes a tiltak in the plan, and makes it public."""
    side.goto(f"{side.nettsted}{PLANEN}rediger/")
    side.get_by_label(f"Nytt tiltak i {omrade}").fill(tittel)
    side.keyboard.press("Enter")
    skjema = side.locator("form[data-skjema]")
    expect(skjema.locator("[name=tittel]")).to_have_value(tittel)
    skjema.locator(".knapper button[type=submit]").last.click()
    expect(skjema).to_have_count(0)
    side.goto(f"{side.nettsted}{PLANEN}upublisert/")
    side.get_by_role("button", name=re.compile(f"Publiser ?: {tittel}")).click()
    expect(side.get_by_role("main")).to_contain_text(tittel)


def varen(side):
    """What is done before the politiråd meets."""
    punkt = Kontaktpunkt.objects.get(verdi="22 22 22 22")
    endre(side, f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/", verdi="33 33 33 33")
    endre(
        side,
        f"/lillestrom/endre/tiltak/{tiltaket('Konfliktråd').pk}/",
        status="avsluttet",
        begrunnelse="Ingen søkte.",
    )
    side.goto(f"{side.nettsted}{PLANEN}upublisert/")
    side.get_by_role("link", name=re.compile("Slett ?: Hemmelig prøve")).click()
    side.get_by_role("button", name="Slett").click()
    expect(side.get_by_role("main")).not_to_contain_text("Publiser: Hemmelig")
    nytt_tiltak(side, "Vold", "Losen")
    nytt_tiltak(side, "Rus", "Ungdomsvert")
    # Numbers stand in a plan that holds: what moves gets a place more, by the
    # administration, and that is its main one from then on.
    sted = Plassering.objects.get(tiltak__tittel="Foreldremøter")
    with spor(Dor.ADMIN, bruker=side.bruker), transaction.atomic():
        sted.hoved = False
        sted.save()
        PlasseringFactory(
            tiltak=sted.tiltak,
            innsatsomrade=Innsatsomrade.objects.get(navn="Vold"),
            hoved=True,
        )


def hosten(side):
    """What is done after it."""
    endre(
        side,
        f"/lillestrom/endre/tiltak/{tiltaket('Natteravner').pk}/",
        tittel="Natteravner i sentrum",
        status="planlagt",
    )
    adresse = f"/lillestrom/endre/tiltak/{tiltaket('Losen').pk}/"
    side.goto(f"{side.nettsted}{adresse}")
    side.get_by_role("button", name="Legg til en tjeneste").click()
    nav = Tjeneste.objects.get(navn="NAV")
    side.locator("[name=ansvar-0-tjeneste]").select_option(str(nav.pk))
    side.get_by_role("button", name="Lagre").last.click()
    expect(side.get_by_text("Lagret")).to_be_visible()
    punkt = Kontaktpunkt.objects.get(verdi="33 33 33 33")
    endre(side, f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/", verdi="44 44 44 44")


def tiltaket(tittel):
    return Tiltak.objects.get(tittel=tittel)


# Written down before anything was looked at: what readers are told, in this order.
SIDEN_MOTET = [
    (
        "Vold",
        "Natteravner i sentrum",
        "Tittel: fra Natteravner til Natteravner i sentrum",
    ),
    ("Vold", "Natteravner i sentrum", "Status: fra i drift til planlagt"),
    ("Vold", "Losen", "Ansvar: NAV: lagt til"),
]
HELE_ARET = [
    (
        "Vold",
        "Natteravner i sentrum",
        "Tittel: fra Natteravner til Natteravner i sentrum",
    ),
    ("Vold", "Natteravner i sentrum", "Status: fra i drift til planlagt"),
    ("Vold", "Konfliktråd", "Status: fra i drift til avsluttet"),
    ("Vold", "Losen", "Tiltak: lagt til"),
    ("Vold", "Foreldremøter", "Plassering: Vold: lagt til"),
    ("Vold", "Foreldremøter", "Hovedplassering: fra ja til nei"),
    ("Rus", "Ungdomsvert", "Tiltak: lagt til"),
    ("Fora og møter", "Politirådet", "Møter: 1 møte holdt"),
]
# What is told to nobody who only reads: what was withdrawn, never public, or is for few.
ALDRI = ["Hemmelig", "22 22 22 22", "33 33 33 33", "24 24 24 24", "Ingen søkte"]


def fortalt(side):
    """[(innsatsområde or kind, what it is about, what is told)] of what weighs on the page:
    of what was changed, each field."""
    rader = side.evaluate(
        """() => [...document.querySelectorAll("main li")]
          .filter((li) => !li.closest("details") && !li.querySelector("li"))
          .map((li) => {
            const foran = [...document.querySelectorAll("main :is(h2, h3, h4)")]
              .filter((h) => h.compareDocumentPosition(li) & 4).reverse();
            const naermest = foran[0];
            const over = foran.find((h) => h.tagName < naermest.tagName);
            return [over.innerText, naermest.innerText, li.innerText];
          })"""
    )
    return [
        (over, om, re.sub(r" \d+\. \w+ \d{4}$", "", hva)) for over, om, hva in rader
    ]


def test_a_year_is_told_as_it_was(admin, kommune, planen, new_context):
    publikum = new_context(locale="nb-NO").new_page()
    publikum.nettsted = admin.nettsted
    admin.bruker = kommune.tilganger.get().bruker
    i_januar = [kopi(publikum, side) for side in SIDER]
    varen(admin)
    det_gar(100)
    cache.clear()
    i_mai = [kopi(publikum, side) for side in SIDER]
    MoteFactory(
        forum=ForumFactory(kommune=kommune, navn="Politirådet", type="politirad"),
        start=timezone.now() - timedelta(days=50),
    )
    hosten(admin)
    cache.clear()

    # What is told, on the page and as a document
    for sporring, ventet in (
        ("", SIDEN_MOTET),
        (f"?fra={for_dager_siden(150)}", HELE_ARET),
    ):
        publikum.goto(f"{publikum.nettsted}/lillestrom/endringer/{sporring}")
        assert fortalt(publikum) == ventet
        assert brudd(publikum) == []
        smatt = publikum.locator("details.endret-sma")
        smatt.locator("summary").click()
        expect(smatt).to_contain_text("444 44 444")
        dokument = pdf_som_tekst(publikum, f"/lillestrom/endringer.pdf{sporring}")
        linjene = " ".join(dokument.split())
        rest = linjene
        for _over, om, hva in ventet:
            _foran, funnet, rest = rest.partition(hva)
            assert funnet, (om, hva)
        for hva in ("444 44 444", *(om for _over, om, _hva in ventet)):
            assert hva in linjene
        for hemmelig in ALDRI:
            assert hemmelig not in publikum.content()
            assert hemmelig not in dokument
    feeden = publikum.context.request.get(
        f"{publikum.nettsted}/lillestrom/endringer.atom"
    ).text()
    assert "Natteravner i sentrum" in feeden
    assert [hemmelig for hemmelig in ALDRI if hemmelig in feeden] == []

    # The pages of two days of that year
    for dager, kopiene in ((150, i_januar), (60, i_mai)):
        dag = for_dager_siden(dager)
        da = [kopi(publikum, f"{side}?dato={dag}") for side in SIDER]
        assert da == kopiene
        assert brudd(publikum) == []
        assert [ord_ for ord_ in ALDRI for tekst in da if ord_ in tekst] == []
