"""From a round to the next plan: a kommune asks how it goes, two tjenester answer on a
phone, one is silent, the answers are taken in, the round is closed and names what it spoke
of for good, an evaluation begins with what they said, and the next plan with what it says.
In a browser, with a real mail server; axe on each page, and none is wider than a phone."""

import re

import pytest
from playwright.sync_api import expect

from evaluering.models import Evaluering, Tiltaksvurdering
from slt.felles.utsending import send_alt
from tests.factories import (
    AnsvarFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilbudFactory,
    TjenesteFactory,
)
from tests.nettleser.test_disposisjon import pdf_som_tekst
from tests.nettleser.test_innspill import feil_pa
from tests.nettleser.test_runder import brevene, lenken_i
from tests.slt.posttjener import Postkasse, tjener
from tiltak.models import Handlingsplan, Statusrapport, Tiltak

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

UTE, HELSE = "ute@kommunen.example", "helse@kommunen.example"


@pytest.fixture
def _sendes(settings, nettsted, monkeypatch):
    """Links lead to the site of the test, whatever month it is."""
    settings.SITE_URL = nettsted
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)
    monkeypatch.setattr("slt.models.utsendinger.JULI", 0)


@pytest.fixture
def planen(kommune):
    """A plan in force: two tiltak of the Utekontakten, one of the helsestasjon, and beside
    it a tilbud of the kulturskole."""
    forste = PlasseringFactory(
        innsatsomrade__plan__kommune=kommune,
        innsatsomrade__plan__fra_ar=2024,
        innsatsomrade__plan__til_ar=2028,
        tiltak__tittel="Natteravner",
    )
    omrade = forste.innsatsomrade
    andre = PlasseringFactory(
        innsatsomrade=omrade, nummer=2, tiltak__tittel="Ungdomslos"
    )
    tredje = PlasseringFactory(
        innsatsomrade=omrade, nummer=3, tiltak__tittel="Foreldremøter"
    )
    tilbud = TilbudFactory(kommune=kommune, tittel="Åpent verksted")
    for navn, epost, tiltakene in (
        ("Utekontakten", UTE, [forste.tiltak, andre.tiltak]),
        ("Helsestasjonen", HELSE, [tredje.tiltak]),
        ("Kulturskolen", "kultur@kommunen.example", [tilbud]),
    ):
        tjeneste = TjenesteFactory(kommune=kommune, navn=navn, svaransvarlig=epost)
        KontaktpunktFactory(tjeneste=tjeneste)
        for tiltak in tiltakene:
            AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    return omrade.plan


def telefon(new_context, lenke):
    """The page of the one who answers, on a phone."""
    side = new_context(
        locale="nb-NO", viewport={"width": 360, "height": 740}
    ).new_page()
    side.goto(lenke)
    side.get_by_role("button", name="Fortsett").click()
    expect(side.get_by_role("heading", level=1)).to_contain_text("Stemmer det som står")
    assert feil_pa(side) == []
    return side


@pytest.mark.usefixtures("_sendes")
def test_what_is_answered_in_a_round_becomes_an_evaluation_and_the_next_plan(
    admin, planen, settings, new_context
):
    # A round is opened.
    admin.goto(f"{admin.nettsted}/lillestrom/endre/runder/")
    admin.get_by_role("button", name="Lag en runde nå").click()
    expect(admin.get_by_text("3 tjenester får e-post")).to_be_visible()
    expect(admin.get_by_text("Det spørres om 4 tiltak.")).to_be_visible()
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Lagre og send runden").click()
    expect(admin.get_by_text("0 av 3 har svart.")).to_be_visible()
    assert feil_pa(admin) == []
    runden = admin.url
    with tjener(settings, Postkasse()) as postkasse:
        send_alt()
    brev = brevene(postkasse)
    assert len(brev) == 3

    # One says what is otherwise with one tiltak, and nothing new of the other.
    ute = telefon(new_context, lenken_i(brev[UTE]))
    ute.get_by_role("link", name=re.compile("Ungdomslos")).last.click()
    ute.get_by_label("Står stille").check()
    assert feil_pa(ute) == []
    ute.get_by_role("button", name="Send svaret").click()
    expect(ute.locator(".ds-error-summary")).to_be_visible()
    expect(ute.get_by_label("Står stille")).to_be_checked()
    assert feil_pa(ute) == []
    ute.get_by_label("Hvorfor").fill("Stillingen er ledig.")
    ute.get_by_label("Hva bør skje videre").select_option("endre")
    ute.get_by_role("button", name="Send svaret").click()
    expect(ute.get_by_text("Stillingen er ledig.").first).to_be_visible()
    assert feil_pa(ute) == []
    ute.get_by_role("button", name="Resten stemmer").click()
    expect(ute.get_by_text("Takk.").first).to_be_visible()
    assert feil_pa(ute) == []

    # Another has nothing new, in one press.
    helse = telefon(new_context, lenken_i(brev[HELSE]))
    helse.get_by_role("button", name="Alt stemmer").click()
    expect(helse.get_by_text("Takk.").first).to_be_visible()
    assert feil_pa(helse) == []

    # What they said is taken in.
    admin.goto(runden)
    expect(admin.get_by_text("2 av 3 har svart.")).to_be_visible()
    assert feil_pa(admin) == []
    admin.get_by_role("link", name="Se 3 forslag som venter").click()
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Ta inn alle 2 som sier «ingen endring»").click()
    admin.get_by_role("button", name=re.compile("^Ta inn")).click()
    expect(admin.get_by_text("Ingen forslag venter")).to_be_visible()
    assert sorted(Statusrapport.objects.values_list("tiltak__tittel", "tilstand")) == [
        ("Foreldremøter", "som_planlagt"),
        ("Natteravner", "som_planlagt"),
        ("Ungdomslos", "star_stille"),
    ]

    # It is closed, and says who was silent, whatever is deleted later.
    admin.goto(runden)
    admin.get_by_role("link", name="Lukk runden").click()
    assert feil_pa(admin) == []
    expect(
        admin.get_by_role("listitem").filter(has_text="Kulturskolen")
    ).to_be_visible()
    admin.get_by_role("button", name="Lukk runden").click()
    expect(admin.get_by_text("2 av 3 svarte.")).to_be_visible()
    assert feil_pa(admin) == []
    admin.goto(runden)
    lukket = admin.locator("main").inner_text()
    assert "Åpent verksted" in admin.locator("main").text_content()
    tilbud = Tiltak.objects.get(tittel="Åpent verksted")
    tilbud.ansvar.get().delete()
    tilbud.delete()
    admin.goto(runden)
    assert admin.locator("main").inner_text() == lukket
    ute.reload()
    expect(ute.get_by_text("Runden ble lukket").first).to_be_visible()
    assert feil_pa(ute) == []

    # An evaluation begins with it.
    admin.goto(f"{admin.nettsted}/lillestrom/endre/evalueringer/")
    admin.get_by_role("link", name="Ny evaluering").click()
    assert feil_pa(admin) == []
    _velg_midtveis(admin)
    admin.get_by_role("button", name="Gå videre").click()
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Lagre").last.click()
    expect(admin.get_by_text("0 av 3 tiltak er vurdert.")).to_be_visible()
    assert feil_pa(admin) == []
    for tittel, valg in (
        ("Natteravner", "viderefores"),
        ("Ungdomslos", "avsluttes"),
        ("Foreldremøter", "viderefores"),
    ):
        admin.get_by_role("link", name=tittel, exact=True).click()
        felt = admin.get_by_label("Ble det gjort som planlagt?")
        assert felt.input_value() != ""
        if tittel == "Ungdomslos":
            assert "Stillingen er ledig." in felt.input_value()
            admin.get_by_label("Begrunnelse").first.fill("Losen ble aldri ansatt.")
        admin.get_by_label("Hva skjer videre").select_option(valg)
        assert feil_pa(admin) == []
        admin.get_by_role("button", name="Lagre").last.click()
        admin.goto(_arbeidet(admin))
    expect(admin.get_by_text("3 av 3 tiltak er vurdert.")).to_be_visible()
    admin.get_by_role("link", name="Gjør ferdig").click()
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Gjør ferdig og frys").click()
    expect(admin.get_by_role("button", name="Publiser for alle")).to_be_visible()
    evaluering = Evaluering.objects.get()
    tekst = " ".join(
        pdf_som_tekst(admin, f"{evaluering.get_absolute_url()}evaluering.pdf").split()
    )
    assert "Losen ble aldri ansatt." in tekst

    # And the next plan with what it says.
    admin.goto(f"{admin.nettsted}{planen.get_absolute_url()}ny-plan/")
    admin.get_by_role("button", name=re.compile("Lag")).click()
    expect(admin.get_by_text("Losen ble aldri ansatt.")).to_be_visible()
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Følge alle forslagene som ikke er valgt").click()
    admin.get_by_role("button", name="Lagre og utfør valgene").click()
    expect(admin.get_by_text("valg er utført").first).to_be_visible()
    assert feil_pa(admin) == []
    ny = Handlingsplan.objects.get(bygger_pa=planen)
    assert sorted(ny.tiltak.values_list("tittel", flat=True)) == [
        "Foreldremøter",
        "Natteravner",
    ]
    assert Tiltaksvurdering.objects.count() == 3
    assert not Statusrapport.objects.filter(tiltak__plan=ny).exists()
    # 503 while the document is drawn.
    assert [linje for linje in admin.konsoll if "503" not in linje] == []
    admin.konsoll.clear()


def _velg_midtveis(side):
    valget = side.locator("select").first
    verdi = valget.locator("option", has_text=re.compile("midtveis", re.IGNORECASE))
    valget.select_option(verdi.first.get_attribute("value"))


def _arbeidet(side):
    evaluering = Evaluering.objects.get()
    return f"{side.nettsted}/lillestrom/endre/evalueringer/{evaluering.pk}/"
