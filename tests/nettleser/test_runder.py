"""A round from the mail to the document: a kommune asks, one who answers for a tjeneste
would have another number, the coordinator takes it in, and the plan says it. In a browser,
with a real mail server; axe on each page on the way, and none of them is wider than a
phone. One of those who answer has no scripts."""

import re
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import expect

from slt.felles.utsending import send_alt
from tests.factories import (
    AnsvarFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TjenesteFactory,
)
from tests.nettleser.test_disposisjon import pdf_som_tekst
from tests.nettleser.test_innspill import feil_pa
from tests.slt.posttjener import Postkasse, tjener
from tiltak.models import Endringsforslag, Runde

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _sendes(settings, nettsted, monkeypatch):
    """Links lead to the site of the test, whatever month it is."""
    settings.SITE_URL = nettsted
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)
    monkeypatch.setattr("slt.models.utsendinger.JULI", 0)


@pytest.fixture
def sted(kommune):
    """A tiltak of the plan in force, which the Utekontakten answers for."""
    sted = PlasseringFactory(
        innsatsomrade__plan__kommune=kommune, tiltak__tittel="Natteravner"
    )
    ute = TjenesteFactory(
        kommune=kommune, navn="Utekontakten", svaransvarlig="ute@kommunen.example"
    )
    KontaktpunktFactory(tjeneste=ute, verdi="22 22 22 22")
    KontaktpunktFactory(tjeneste=ute, type="epost", verdi="ute@kommunen.example")
    AnsvarFactory(tiltak=sted.tiltak, tjeneste=ute)
    TjenesteFactory(kommune=kommune, navn="NAV", svaransvarlig="nav@kommunen.example")
    return sted


def brevene(postkasse):
    """{receiver: what the mail says}."""
    return {
        til: message_from_bytes(innhold, policy=policy.default)
        .get_body(("plain",))
        .get_content()
        for til, innhold in postkasse.brev
    }


def lenken_i(brev):
    [lenke] = re.findall(r"https?://\S+", brev)
    return lenke


@pytest.mark.usefixtures("_sendes")
def test_from_the_mail_to_the_new_number_in_the_plan(
    admin, sted, settings, new_context
):
    admin.goto(f"{admin.nettsted}/lillestrom/arbeidsflate/")
    admin.get_by_role("link", name="Runder").click()
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Lag en runde nå").click()
    admin.get_by_label("Det dere vil si").fill("Vi lager kontaktark i januar.")
    admin.get_by_text("Slik begynner e-posten").click()
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Lagre og send runden").click()
    expect(admin.get_by_text("0 av 2 har svart.")).to_be_visible()
    assert feil_pa(admin) == []
    with tjener(settings, Postkasse()) as postkasse:
        send_alt()
    brev = brevene(postkasse)
    assert sorted(brev) == ["nav@kommunen.example", "ute@kommunen.example"]
    assert "Vi lager kontaktark i januar." in brev["ute@kommunen.example"]

    ute = new_context(locale="nb-NO").new_page()
    ute.goto(lenken_i(brev["ute@kommunen.example"]))
    assert feil_pa(ute) == []
    ute.get_by_role("button", name="Fortsett").click()
    expect(ute.get_by_role("button", name="Alt stemmer")).to_be_visible()
    assert feil_pa(ute) == []
    ute.get_by_role("link", name=re.compile("Foreslå endring.*22 22 22 22")).click()
    assert feil_pa(ute) == []
    ute.get_by_label("Nummer, adresse eller fremgangsmåte").fill("33 33 33")
    ute.get_by_role("button", name="Send forslaget").click()
    expect(ute.locator(".ds-error-summary")).to_be_focused()
    assert feil_pa(ute) == []
    ute.get_by_label("Nummer, adresse eller fremgangsmåte").fill("33333333")
    ute.get_by_role("button", name="Legg til en åpningstid").click()
    ute.get_by_label("Fra dag").select_option("mandag")
    ute.get_by_label("Til og med dag").select_option("fredag")
    ute.get_by_label("Åpner").fill("08:00")
    ute.get_by_label("Stenger").fill("15:30")
    assert feil_pa(ute) == []
    ute.get_by_role("button", name="Send forslaget").click()
    expect(ute.get_by_text("Forslaget er sendt")).to_be_visible()
    ute.get_by_role("button", name="Resten stemmer").click()
    expect(ute.get_by_text("registrert at")).to_be_visible()
    assert feil_pa(ute) == []

    offentlig = f"{admin.nettsted}{sted.tiltak.get_absolute_url()}"
    ute.goto(offentlig)
    expect(ute.get_by_role("link", name="22 22 22 22", exact=True)).to_be_visible()
    admin.goto(f"{admin.nettsted}/lillestrom/arbeidsflate/")
    admin.get_by_role("link", name="2 forslag fra tjenestene venter").click()
    expect(admin.get_by_text("33 33 33 33")).to_be_visible()
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Ta inn 1 som sier «ingen endring»").click()
    expect(admin.get_by_text("1 svar er tatt inn.")).to_be_visible()
    admin.get_by_role("button", name=re.compile("Ta inn")).click()
    expect(admin.get_by_text("Ingen forslag venter.")).to_be_visible()
    assert feil_pa(admin) == []

    ute.goto(offentlig)
    kontakten = ute.locator(".kontaktpunkt", has_text="33 33 33 33")
    expect(kontakten).to_contain_text("Bekreftet i")
    expect(kontakten).to_contain_text("Hverdager kl. 08.00–15.30")
    assert feil_pa(ute) == []
    planen = f"{sted.tiltak.plan.get_absolute_url()}plan.pdf"
    tekst = " ".join(pdf_som_tekst(admin, planen).split())
    assert "33 33 33 33" in tekst
    assert "22 22 22 22" not in tekst
    assert re.search(r"\(bekreftet i \w+ 20\d\d\)", tekst)
    runden = Runde.objects.get()
    admin.goto(f"{admin.nettsted}/lillestrom/endre/runder/{runden.pk}/")
    expect(admin.get_by_text("1 av 2 har svart.")).to_be_visible()
    assert feil_pa(admin) == []
    # The browser tells of the status.
    assert admin.konsoll == []


@pytest.mark.usefixtures("_sendes")
def test_who_has_no_scripts_asks_for_a_way_in_and_the_rest_is_taken_in_a_meeting(
    admin, sted, settings, new_context
):
    admin.goto(f"{admin.nettsted}/lillestrom/endre/runder/")
    admin.get_by_role("button", name="Lag en runde nå").click()
    admin.get_by_role("button", name="Lagre og send runden").click()
    expect(admin.get_by_text("0 av 2 har svart.")).to_be_visible()
    with tjener(settings, Postkasse()) as postkasse:
        send_alt()
    nav = new_context(locale="nb-NO", java_script_enabled=False).new_page()
    nav.goto(lenken_i(brevene(postkasse)["nav@kommunen.example"]))
    nav.get_by_role("button", name="Fortsett").click()
    nav.get_by_role("link", name="Foreslå en kontakt").click()
    nav.get_by_label("Type").select_option("telefon")
    nav.get_by_label("Nummer, adresse eller fremgangsmåte").fill("55553333")
    nav.get_by_role("button", name="Legg til en åpningstid").click()
    nav.get_by_label("Fra dag").select_option("mandag")
    nav.get_by_label("Til og med dag").select_option("torsdag")
    nav.get_by_label("Åpner").fill("09:00")
    nav.get_by_label("Stenger").fill("14:00")
    nav.get_by_role("button", name="Send forslaget").click()
    expect(nav.get_by_text("Forslaget er sendt")).to_be_visible()
    expect(nav.get_by_text("venter på svar")).to_be_visible()

    forslag = Endringsforslag.objects.get()
    admin.goto(f"{admin.nettsted}/lillestrom/endre/forslag/{forslag.pk}/")
    assert feil_pa(admin) == []
    expect(admin.get_by_label("Åpner")).to_have_value("09:00")
    admin.get_by_label("Hva det kalles").fill("kontaktsenteret")
    admin.get_by_role("button", name="Lagre").last.click()
    expect(admin.get_by_text("Ingen forslag venter.")).to_be_visible()

    admin.goto(f"{admin.nettsted}/lillestrom/endre/kontakter/mote/")
    assert feil_pa(admin) == []
    admin.get_by_role("button", name=re.compile("Stemmer.*Utekontakten")).click()
    expect(admin.get_by_text("Utekontakten er bekreftet.")).to_be_visible()
    assert feil_pa(admin) == []
    admin.goto(f"{admin.nettsted}/lillestrom/tjenester/nav/")
    expect(admin.get_by_role("link", name="55 55 33 33", exact=True)).to_be_visible()
    expect(admin.get_by_text("Mandag–torsdag kl. 09.00–14.00")).to_be_visible()
    assert feil_pa(admin) == []
