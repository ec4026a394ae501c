"""A Word document becomes a plan that anybody reads: sent, looked over with the keyboard,
put in, adopted. In a browser; axe on each page on the way."""

import re
from io import BytesIO

import pdfplumber
import pytest
from playwright.sync_api import expect

from tests.factories import KontaktpunktFactory, TjenesteFactory
from tests.nettleser.test_innspill import feil_pa
from tests.tiltak.innlesing.dokumenter import som_bytes
from tests.tiltak.innlesing.lest import docx
from tiltak.models import Handlingsplan, Planimport, Tiltak

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

PLAN = (
    "# SLT-plan 2026–2029",
    "# Bakgrunn",
    "Slik er det hos oss. Slik vil vi ha det.",
    "# Rus",
    "## Tiltak 1: Uteteam (nytt)",
    "Møter unge mellom 13 og 18 år der de er.",
    "Ansvar: Utekontakten",
    "Telefon: 22 22 55 55",
    "Vertskap: Kulturskolen",
    "## Natteravner",
    "Voksne som går ute i helgene.",
    "## Tiltak 3: Åpen klubb",
    "Ansvar: v/ Kari Nordmann",
)


def send(side, *deler):
    side.goto(f"{side.nettsted}/lillestrom/arbeidsflate/")
    side.get_by_role("link", name="Hent inn planen dere har").click()
    assert feil_pa(side) == []
    side.get_by_label("Fil", exact=True).set_input_files(
        {
            "name": "plan.docx",
            "mimeType": "application/octet-stream",
            "buffer": som_bytes(docx(*deler)),
        }
    )
    side.get_by_role("button", name="Les dokumentet").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("plan.docx")


def merkelapp(side, tekst):
    """The label of the piece of the document that says so."""
    return side.locator(".blokk", has_text=tekst).first.locator("[data-blokk]")


def trykk(side, tekst, tast, ventet):
    """Presses a key at a piece, and waits for what it becomes."""
    merkelapp(side, tekst).focus()
    side.keyboard.press(tast)
    expect(merkelapp(side, tekst)).to_contain_text(ventet)
    # One goes on where one was.
    expect(merkelapp(side, tekst)).to_be_focused()


def test_a_word_document_becomes_a_plan(
    admin, kommune, new_context, settings, tmp_path
):
    settings.PDF_MAPPE = tmp_path / "pdf"
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    KontaktpunktFactory(tjeneste=tjeneste, verdi="22 22 55 55", hoved=True)
    send(admin, *PLAN)
    assert feil_pa(admin) == []

    # One key each; back, and on.
    trykk(admin, "Natteravner", "t", "Tiltak")
    trykk(admin, "Slik er det hos oss.", "h", "Hopp over")
    admin.keyboard.press("z")
    expect(merkelapp(admin, "Slik er det hos oss.")).to_have_text(
        re.compile("Brødtekst")
    )
    expect(admin.get_by_text("innsatsområde og 3 tiltak")).to_be_visible()
    admin.keyboard.press("ArrowDown")
    expect(merkelapp(admin, "Rus")).to_be_focused()
    merkelapp(admin, "Slik er det hos oss.").press("l")
    admin.get_by_role("button", name="«Slik vil vi ha det.»").click()
    expect(admin.locator("[data-blokk='3.1']")).to_have_count(1)
    merkelapp(admin, "Voksne som går ute").press("f")
    expect(admin.get_by_label("Eller et felt i tiltaket")).to_be_focused()
    assert feil_pa(admin) == []
    admin.get_by_role("link", name="Lukk").click()
    admin.get_by_role("button", name=re.compile("Jeg har lest dette.*Uteteam")).click()
    expect(
        admin.get_by_role("button", name=re.compile("Ta bort haken.*Uteteam"))
    ).to_be_focused()

    # A label, and the named person
    admin.get_by_role("link", name="Etiketter").click()
    assert feil_pa(admin) == []
    admin.get_by_label("Vertskap").select_option("samarbeidspart")
    admin.get_by_role("button", name="Lagre").click()
    admin.get_by_role("link", name="Tjenester", exact=True).last.click()
    assert feil_pa(admin) == []
    expect(admin.get_by_label("Utekontakten")).to_have_value(str(tjeneste.pk))
    admin.get_by_role("link", name="Legg inn", exact=True).click()
    expect(admin.get_by_text("ser ut til å nevne en person")).to_be_visible()
    admin.get_by_role("link", name="Navn på personer").first.click()
    assert feil_pa(admin) == []
    admin.get_by_label("Rollen i stedet").fill("Klubbleder")
    admin.get_by_role("button", name="Bytt ut").click()
    admin.get_by_role("link", name="Ikke med", exact=True).click()
    assert feil_pa(admin) == []

    # In
    admin.get_by_role("link", name="Legg inn", exact=True).click()
    assert feil_pa(admin) == []
    expect(admin.get_by_label("Fra år")).to_have_value("2026")
    admin.get_by_role("button", name="Legg inn som utkast").click()
    expect(admin.get_by_text("Utkastet er laget, med 3 tiltak.")).to_be_visible()
    plan = Handlingsplan.objects.get()
    assert [
        (t.tittel, t.nytt, [(a.tjeneste.navn, a.rolle) for a in t.ansvar.order_by("pk")])
        for t in Tiltak.objects.order_by("pk")
    ] == [
        ("Uteteam", True, [("Utekontakten", "ansvarlig"), ("Kulturskolen", "samarbeidspart")]),
        ("Natteravner", False, []),
        ("Åpen klubb", False, [("Klubbleder", "ansvarlig")]),
    ]  # fmt: skip

    # Adopted
    admin.get_by_role("link", name="Registrer behandling").click()
    admin.get_by_label("Behandling", exact=True).select_option("vedtatt")
    admin.get_by_role("button", name="Se dokumentet").click()
    expect(admin.get_by_role("heading", name="Se over og registrer")).to_be_visible(
        timeout=60_000
    )
    admin.konsoll.clear()  # 503 while the document is drawn
    admin.get_by_role("button", name="Registrer behandlingen").click()
    expect(admin.get_by_role("heading", level=1)).to_have_text(str(plan))

    # And read by anybody, as a page and as a document
    leser = new_context(locale="nb-NO").new_page()
    leser.goto(f"{admin.nettsted}{plan.get_absolute_url()}tiltak/")
    leser.get_by_role("link", name="Uteteam").first.click()
    expect(leser.get_by_role("heading", level=1)).to_contain_text("Uteteam")
    expect(leser.get_by_role("link", name="22 22 55 55").first).to_be_visible()
    filen = leser.context.request.get(f"{admin.url.rstrip('/')}.pdf").body()
    with pdfplumber.open(BytesIO(filen)) as pdf:
        ordene = " ".join(side.extract_text() for side in pdf.pages)
    assert "Møter unge mellom 13 og 18 år" in " ".join(ordene.split())
    assert "Kari" not in ordene


def test_who_presses_fast_loses_nothing(admin, kommune):
    send(admin, *PLAN)
    merkelapp(admin, "Slik er det hos oss.").focus()

    for tast in ("h", "ArrowDown", "h", "ArrowDown", "h", "ArrowDown", "h"):
        admin.keyboard.press(tast)

    expect(admin.locator("[data-blokk='6']")).to_contain_text("Hopp over")
    expect(admin.locator("[data-blokk='6']")).to_be_focused()
    valgt = Planimport.objects.get().valg["blokker"]
    assert valgt == dict.fromkeys(["3", "4", "5", "6"], "hopp_over")


def test_what_is_decided_stays_where_another_tab_was_first(admin, kommune):
    send(admin, *PLAN)
    rad = Planimport.objects.get()
    rad.versjon = 7
    rad.save()

    merkelapp(admin, "Natteravner").press("t")

    expect(admin.get_by_role("alert")).to_contain_text("i mellomtiden")
    admin.konsoll.clear()  # 409
    trykk(admin, "Natteravner", "t", "Tiltak")
    expect(admin.get_by_role("alert")).to_have_count(0)


def test_it_is_taken_out_again_and_gone_on_with(admin, kommune):
    send(admin, *PLAN[:8])
    admin.get_by_role("link", name="Legg inn", exact=True).click()
    admin.get_by_role("button", name="Legg inn som utkast").click()
    expect(admin.get_by_text("Utkastet er laget, med 1 tiltak.")).to_be_visible()

    admin.goto(f"{admin.nettsted}/lillestrom/endre/plan/les-inn/")
    admin.get_by_role("link", name="plan.docx").click()
    assert feil_pa(admin) == []
    admin.get_by_role("link", name="Ta utkastet ut igjen").click()
    assert feil_pa(admin) == []
    admin.get_by_role("button", name="Ta ut utkastet").click()

    expect(admin.get_by_text("Utkastet er tatt ut igjen.")).to_be_visible()
    assert not Handlingsplan.objects.exists()
    assert not kommune.tjenester.exists()
    expect(admin.get_by_role("link", name="Legg inn", exact=True)).to_be_visible()
