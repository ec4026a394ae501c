"""A plan is written in a browser, from nothing to its PDF, without the admin: with a mouse on
a wide and a narrow screen, with the keyboard alone, and without JavaScript."""

import re
import subprocess
import time

import pytest
from playwright.sync_api import expect

from slt.models import Bruker
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.nettleser.conftest import logg_inn
from tests.nettleser.test_sider import brudd
from tiltak.models import Handlingsplan, Plassering, Tiltak

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

MATER = {
    "bred skjerm": {"viewport": {"width": 1280, "height": 900}},
    "smal skjerm": {"viewport": {"width": 360, "height": 740}},
    "tastatur": {"viewport": {"width": 1280, "height": 900}},
    "uten JavaScript": {
        "viewport": {"width": 1280, "height": 900},
        "java_script_enabled": False,
    },
}


class Hand:
    """One who uses a page with a mouse; counts the presses, and the fields written in."""

    def __init__(self, side):
        self.side, self.trykk_til_na, self.felter = side, 0, 0

    def trykk(self, sted):
        self.trykk_til_na += 1
        sted.click()

    def skriv(self, sted, tekst):
        self.felter += 1
        sted.click()
        sted.fill(tekst)

    def velg(self, sted, verdi):
        self.trykk_til_na += 2  # to open it, and to choose
        sted.select_option(verdi)


class Tastatur(Hand):
    """One who has no mouse: all is reached with Tab, and pressed with Enter."""

    def ga_til(self, sted):
        for _forsok in range(400):
            if sted.evaluate("e => e.contains(document.activeElement)"):
                return
            self.side.keyboard.press("Tab")
        raise AssertionError(f"no way to {sted} by the keyboard")

    def trykk(self, sted):
        self.ga_til(sted)
        self.side.keyboard.press("Enter")

    def skriv(self, sted, tekst):
        self.ga_til(sted)
        self.side.keyboard.press("Control+A")
        self.side.keyboard.type(tekst)

    def velg(self, sted, verdi):
        self.ga_til(sted)
        valget = sted.locator(f"option[value='{verdi}']")
        self.side.keyboard.type(valget.inner_text().strip())


@pytest.fixture
def kommune(transactional_db):
    return KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")


@pytest.fixture
def ny_side(kommune, new_context, nettsted):
    """Makes a page on which a coordinator is logged in."""

    def lag(**valg):
        side = new_context(locale="nb-NO", **valg).new_page()
        side.feil = []
        side.on("pageerror", lambda feil: side.feil.append(str(feil)))
        side.nettsted = nettsted
        logg_inn(side, innlogget(TilgangFactory(kommune=kommune).bruker))
        return side

    return lag


def lagre(hand):
    """Presses the button of the one form that is open."""
    hand.trykk(hand.side.locator("form[data-skjema] .knapper button[type=submit]").last)


def tekstfelt(side, *, script):
    felt = side.locator("form[data-skjema] .ProseMirror[contenteditable]")
    return felt if script else side.locator("form[data-skjema] textarea[name=tekst]")


def pdf_som_tekst(side, adresse):
    """The text of a document, once it is drawn."""
    for _forsok in range(60):
        svar = side.context.request.get(f"{side.nettsted}{adresse}")
        if svar.headers["content-type"] == "application/pdf":
            lest = ["pdftotext", "-layout", "-", "-"]
            ut = subprocess.run(
                lest, input=svar.body(), capture_output=True, check=True
            )
            return ut.stdout.decode()
        time.sleep(0.5)
    raise AssertionError(f"no document at {adresse}")


@pytest.mark.parametrize("mate", MATER)
def test_a_plan_is_written_from_nothing_to_pdf(mate, ny_side):
    side = ny_side(**MATER[mate])
    hand = Tastatur(side) if mate == "tastatur" else Hand(side)
    script = mate != "uten JavaScript"
    skjema = side.locator("form[data-skjema]")

    side.goto(f"{side.nettsted}/lillestrom/endre/plan/ny/")
    hand.skriv(skjema.locator("[name=tittel]"), "Plan for trygge unge")
    hand.skriv(skjema.locator("[name=fra_ar]"), "2027")
    hand.skriv(skjema.locator("[name=til_ar]"), "2030")
    lagre(hand)
    side.wait_for_url("**/2027-2030/rediger/")

    hand.trykk(side.get_by_role("link", name="Nytt kapittel"))
    hand.skriv(skjema.locator("[name=tittel]"), "Bakgrunn")
    hand.skriv(tekstfelt(side, script=script), "Slik har vi det.")
    lagre(hand)
    expect(side.get_by_role("heading", name="Bakgrunn")).to_be_visible()

    hand.trykk(side.get_by_role("link", name="Nytt innsatsområde"))
    hand.skriv(skjema.locator("[name=navn]"), "Rus og uro")
    hand.skriv(skjema.locator("[name=kortnavn]"), "Rus")
    lagre(hand)

    hand.skriv(side.get_by_label("Nytt tiltak i Rus og uro"), "Utekontakt")
    side.keyboard.press("Enter")
    expect(skjema.locator("[name=tittel]")).to_have_value("Utekontakt")
    assert not script or brudd(side) == []
    hand.velg(skjema.locator("[name=niva]"), "selektiv")
    hand.trykk(skjema.get_by_role("button", name="Legg til en målgruppe"))
    hand.skriv(skjema.locator("[name=malgrupper-0-tekst]"), "Ungdom")
    hand.skriv(skjema.locator("[name=malgrupper-0-alder_fra]"), "13")
    hand.skriv(skjema.locator("[name=malgrupper-0-alder_til]"), "20")
    hand.trykk(skjema.get_by_role("button", name="Legg til en tjeneste"))
    hand.trykk(skjema.locator("summary", has_text="Tjenesten står ikke i listen"))
    hand.skriv(skjema.locator("[name=ansvar-0-ny_tjeneste]"), "Utekontakten")
    hand.trykk(skjema.locator("summary", has_text="Ny telefon eller e-post"))
    hand.skriv(skjema.locator("[name=ansvar-0-telefon]"), "469 34 634")
    lagre(hand)
    expect(skjema).to_have_count(0)

    hand.skriv(side.get_by_label("Nytt tiltak i Rus og uro"), "Natteravner")
    side.keyboard.press("Enter")
    expect(skjema.locator("[name=tittel]")).to_have_value("Natteravner")
    lagre(hand)
    expect(skjema).to_have_count(0)
    hand.trykk(side.get_by_role("button", name="Flytt opp: Natteravner"))
    expect(side.locator("#disposisjon")).to_contain_text(
        re.compile(r"Rus 1:\s+Natteravner.*Rus 2:\s+Utekontakt", re.DOTALL)
    )

    plan = Handlingsplan.objects.get(slug="2027-2030")
    assert [k.tittel for k in plan.kapitler.all()] == ["Bakgrunn"]
    assert [
        (sted.merkelapp, sted.tiltak.tittel, sted.tiltak.niva)
        for sted in plan.plasseringer.order_by("nummer")
    ] == [("Rus 1", "Natteravner", ""), ("Rus 2", "Utekontakt", "selektiv")]
    utekontakt = Tiltak.objects.get(tittel="Utekontakt")
    assert [str(m) for m in utekontakt.malgrupper.all()] == ["Ungdom, 13–20 år"]
    assert [
        (a.tjeneste.navn, [k.verdi for k in a.tjeneste.kontaktpunkter.all()])
        for a in utekontakt.ansvar.all()
    ] == [("Utekontakten", ["469 34 634"])]
    hand.trykk(side.get_by_role("link", name="Slik leserne ser planen"))
    expect(side.get_by_role("heading", level=1)).to_contain_text("Plan for trygge unge")
    tekst = pdf_som_tekst(side, "/lillestrom/2027-2030/plan.pdf")
    assert "Slik har vi det." in tekst
    assert "469 34 634" in tekst
    assert side.feil == []


@pytest.fixture
def planen(kommune):
    """A draft with two innsatsområder, and a tjeneste with two ways in."""
    plan = HandlingsplanFactory(
        kommune=kommune, status="utkast", fra_ar=2027, til_ar=2030
    )
    KapittelFactory(plan=plan, tittel="Bakgrunn")
    vold = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")
    rus = InnsatsomradeFactory(plan=plan, navn="Rus", kortnavn="Rus")
    for omrade, titler in ((vold, ["A", "B", "C"]), (rus, ["D"])):
        for tittel in titler:
            PlasseringFactory(
                innsatsomrade=omrade,
                tiltak__tittel=f"Tiltak {tittel}",
                tiltak__plan=plan,
            )
    out = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    KontaktpunktFactory(tjeneste=out, verdi="46934634")
    KontaktpunktFactory(tjeneste=out, verdi="63801224", hoved=False)
    AnsvarFactory(tiltak=Tiltak.objects.get(tittel="Tiltak A"), tjeneste=out)
    return plan


def rekken(plan):
    steder = Plassering.objects.filter(plan=plan)
    steder = steder.order_by("innsatsomrade__rekkefolge", "nummer")
    return [(sted.merkelapp, sted.tiltak.tittel[-1]) for sted in steder]


def test_a_tiltak_with_ansvar_contact_and_level_takes_nine_presses(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    hand, skjema = Hand(side), side.locator("form[data-skjema]")
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")

    hand.skriv(side.get_by_label("Nytt tiltak i Vold"), "Trygghetsvandring")
    hand.trykk(side.get_by_role("button", name="Legg til").first)
    expect(skjema).to_have_count(1)
    expect(side.get_by_label("Nytt tiltak i Vold")).to_have_value("")
    hand.velg(skjema.locator("[name=niva]"), "universell")
    hand.trykk(skjema.get_by_role("button", name="Legg til en tjeneste"))
    out = planen.kommune.tjenester.get()
    hand.velg(skjema.locator("[name=ansvar-0-tjeneste]"), str(out.pk))
    hand.trykk(
        skjema.get_by_label("Utekontakten: telefon 638 01 224").or_(
            skjema.get_by_label("63 80 12 24")
        )
    )
    lagre(hand)
    expect(skjema).to_have_count(0)

    tiltak = Tiltak.objects.get(tittel="Trygghetsvandring")
    (ansvar,) = tiltak.ansvar.all()
    assert (tiltak.niva, ansvar.tjeneste) == ("universell", out)
    assert [v.kontaktpunkt.verdi for v in ansvar.kontaktvalg.all()] == ["63801224"]
    assert hand.trykk_til_na <= 9
    assert hand.felter <= 3


def test_a_tiltak_is_moved_by_one_drag_or_two_keys(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    rad = {b: side.locator(f"li:has(> div h3:has-text('Tiltak {b}'))") for b in "ABCD"}

    with side.expect_response("**/flytt/"):
        rad["D"].locator("[data-handtak]").drag_to(rad["B"].locator("[data-handtak]"))
    expect(rad["D"].locator(".nummer")).to_have_text("2")
    assert rekken(planen) == [
        ("Vold 1", "A"),
        ("Vold 2", "D"),
        ("Vold 3", "B"),
        ("Vold 4", "C"),
    ]
    rad["C"].get_by_role("link", name="Tiltak C").focus()
    with side.expect_response("**/flytt/"):
        side.keyboard.press("Tab")
        side.keyboard.press("Enter")
    expect(rad["C"].locator(".nummer")).to_have_text("3")
    assert [tittel for _sted, tittel in rekken(planen)] == ["A", "D", "C", "B"]
    # The button keeps the focus, so that it can be pressed again.
    expect(rad["C"].get_by_role("button", name="Flytt opp: Tiltak C")).to_be_focused()
    assert side.feil == []


def test_one_form_is_open_at_a_time_and_nothing_typed_is_lost(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    skjema = side.locator("form[data-skjema]")

    side.get_by_role("link", name="Tiltak A").last.click()
    expect(skjema.locator("[name=tittel]")).to_be_focused()
    # Untouched, it closes when another one is opened.
    side.get_by_role("link", name="Tiltak B").last.click()
    expect(skjema.locator("[name=tittel]")).to_have_value("Tiltak B")
    expect(skjema).to_have_count(1)
    skjema.locator("[name=tittel]").fill("Tiltak B, nytt")
    side.get_by_role("link", name="Tiltak C").last.click()
    expect(side.locator("#status")).to_contain_text("ikke er lagret")
    expect(skjema.locator("[name=tittel]")).to_have_value("Tiltak B, nytt")
    side.get_by_role("button", name="Flytt opp: Tiltak C").click()
    expect(skjema.locator("[name=tittel]")).to_have_value("Tiltak B, nytt")
    assert [tittel for _sted, tittel in rekken(planen)] == ["A", "B", "C", "D"]
    skjema.get_by_role("link", name="Avbryt").click()
    expect(skjema).to_have_count(0)
    expect(side.get_by_role("heading", name="Vold 2: Tiltak B")).to_be_visible()


def test_what_was_refused_is_not_left_unseen(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    skjema = side.locator("form[data-skjema]")
    side.get_by_role("link", name="Tiltak A").last.click()
    skjema.locator("[name=kontakt_merknad]").fill("Ring først")
    skjema.locator("[name=tittel]").fill("")
    lagre(Hand(side))
    expect(side.locator(".ds-error-summary")).to_be_focused()

    side.get_by_role("link", name="Tiltak B").last.click()

    expect(side.locator("#status")).to_contain_text("ikke er lagret")
    expect(skjema.locator("[name=kontakt_merknad]")).to_have_value("Ring først")


def test_the_keyboard_goes_on_from_where_it_was(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    hand, skjema = Tastatur(side), side.locator("form[data-skjema]")
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    raden = side.locator("#disposisjon h3").get_by_role("link", name="Tiltak B")

    # From a form that was left, and from one that was saved, to the row.
    hand.trykk(raden)
    hand.trykk(skjema.get_by_role("link", name="Avbryt"))
    expect(raden).to_be_focused()
    hand.trykk(raden)
    lagre(hand)
    expect(skjema).to_have_count(0)
    expect(raden).to_be_focused()

    # What was renamed is so beside the text too.
    hand.trykk(side.locator("#disposisjon h3").get_by_role("link", name="Bakgrunn"))
    hand.skriv(skjema.locator("[name=tittel]"), "Slik er det")
    lagre(hand)
    expect(side.locator(".disposisjonstre")).to_contain_text("Slik er det")
    expect(side.get_by_role("link", name="Slik er det").last).to_be_focused()

    # To what was added.
    hand.trykk(side.get_by_role("link", name="Nytt kapittel"))
    hand.skriv(skjema.locator("[name=tittel]"), "Veien videre")
    hand.skriv(tekstfelt(side, script=True), "Slik går vi fram.")
    lagre(hand)
    expect(side.get_by_role("link", name="Veien videre").last).to_be_focused()

    # In a form: to the new row; and with a row, as far as it goes.
    hand.trykk(raden)
    for nr, navn in enumerate(("En", "To", "Tre")):
        hand.trykk(skjema.get_by_role("button", name="Legg til en målgruppe"))
        felt = skjema.locator(f"[name=malgrupper-{nr}-tekst]")
        expect(felt).to_be_focused()
        felt.fill(navn)
    opp = skjema.get_by_role("button", name="Flytt rad 3 opp")
    hand.ga_til(opp)
    for plass in (2, 1, 1):
        with side.expect_response("**/endre/tiltak/**"):
            side.keyboard.press("Enter")
        flyttet = skjema.get_by_role("button", name=f"Flytt rad {plass} opp")
        expect(flyttet).to_be_focused()
        expect(flyttet).to_have_attribute("value", "malgrupper-2")
    velg = skjema.get_by_role("button", name="Legg til en tjeneste")
    hand.trykk(velg)
    tjeneste = skjema.locator("[name=ansvar-0-tjeneste]")
    with side.expect_response("**/endre/tiltak/**"):
        tjeneste.select_option(label="Utekontakten")
    expect(
        skjema.locator("[name=ansvar-0-valgte_kontaktpunkter]").first
    ).to_be_visible()
    expect(tjeneste).to_be_focused()
    assert side.feil == []


@pytest.mark.parametrize("bredde", [1280, 360])
def test_the_outline_and_an_open_form_are_for_everybody(planen, ny_side, bredde):
    side = ny_side(viewport={"width": bredde, "height": 900})
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    assert brudd(side) == []

    side.get_by_role("link", name="Tiltak A").last.click()
    side.locator("form[data-skjema] .ProseMirror[contenteditable]").wait_for()
    assert brudd(side) == []
    side.set_viewport_size({"width": bredde, "height": 900})
    assert side.evaluate("document.documentElement.scrollWidth") <= bredde


def test_what_the_server_refuses_keeps_what_was_typed(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    skjema = side.locator("form[data-skjema]")
    side.get_by_role("link", name="Tiltak A").last.click()
    skjema.locator("[name=tittel]").fill("Noe annet")
    side.context.clear_cookies(name="sessionid")

    skjema.locator(".knapper button[type=submit]").last.click()

    expect(side.locator("#status")).to_contain_text("logget ut")
    expect(skjema.locator("[name=tittel]")).to_have_value("Noe annet")
    assert Tiltak.objects.filter(tittel="Noe annet").count() == 0


def test_who_logs_in_again_in_another_tab_saves_what_was_typed(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    bruker = Bruker.objects.get()
    bruker.set_password("et-langt-passord-88")
    bruker.save()
    logg_inn_i_fane(side, bruker)
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    skjema = side.locator("form[data-skjema]")
    side.get_by_role("link", name="Tiltak A").last.click()
    skjema.locator("[name=tittel]").fill("Noe annet")
    side.context.clear_cookies(name="sessionid")
    lagre_ = skjema.locator(".knapper button[type=submit]").last
    lagre_.click()
    expect(side.locator("#status")).to_contain_text("logget ut")

    logg_inn_i_fane(side, bruker)
    # The tests' browser does not tell a page that it is looked at again.
    side.evaluate("dispatchEvent(new Event('focus'))")

    expect(side.locator("#status")).to_contain_text("logget inn igjen")
    lagre_.click()
    expect(skjema).to_have_count(0)
    assert Tiltak.objects.filter(tittel="Noe annet").count() == 1


def logg_inn_i_fane(side, bruker):
    fane = side.context.new_page()
    fane.goto(f"{side.nettsted}/konto/logg-inn/")
    fane.locator("[name=username]").fill(bruker.epost)
    fane.locator("[name=password]").fill("et-langt-passord-88")
    fane.locator("[name=password]").press("Enter")
    fane.wait_for_url(lambda adresse: "/konto/" not in adresse)
    fane.close()


def test_what_was_dragged_and_not_moved_stands_where_it_stood(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    rader = side.locator("[data-sorter=tiltak] > [data-plass]")
    rad = {b: rader.filter(has_text=f"Tiltak {b}") for b in "ABCD"}
    side.get_by_role("link", name="Tiltak A").last.click()
    side.locator("form[data-skjema] [name=tittel]").fill("Noe annet")

    rad["D"].locator("[data-handtak]").drag_to(rad["B"].locator("[data-handtak]"))

    expect(side.locator("#status")).to_contain_text("ikke er lagret")
    expect(rader.nth(3)).to_contain_text("Tiltak D")
    assert [tittel for _sted, tittel in rekken(planen)] == ["A", "B", "C", "D"]


def test_the_plan_itself_is_saved_in_place_and_the_page_shows_it(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    skjema = side.locator("form[data-skjema]")
    side.locator("#apne-plan").click()
    skjema.locator("[name=til_ar]").fill("2031")
    skjema.locator("[name=ingress]").fill("Det vi vil.")

    # Nobody is asked whether to leave what is saved.
    side.on("dialog", lambda dialog: side.feil.append(dialog.type) or dialog.accept())
    skjema.locator(".knapper button[type=submit]").last.click()

    side.wait_for_url("**/lillestrom/2027-2031/rediger/")
    expect(side.locator("#plan")).to_contain_text("Det vi vil.")
    expect(side.get_by_text("Endringen er lagret.")).to_be_visible()
    assert side.feil == []


@pytest.mark.parametrize("bredde", [1280, 360])
def test_who_closes_a_form_goes_on_at_its_row(planen, ny_side, bredde):
    side = ny_side(viewport={"width": bredde, "height": 740})
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    skjema = side.locator("form[data-skjema]")

    def er_ved(navn):
        apner = side.locator("#disposisjon [id^=apne-]", has_text=navn)
        expect(apner).to_be_focused()
        expect(apner).to_be_in_viewport()

    side.locator("#disposisjon h3").get_by_role("link", name="Tiltak A").click()
    expect(skjema.locator("[name=tittel]")).to_be_focused()
    lagre(Hand(side))
    expect(skjema).to_have_count(0)
    er_ved("Tiltak A")
    side.locator("#disposisjon h3").get_by_role("link", name="Tiltak B").click()
    expect(skjema.locator("[name=tittel]")).to_be_focused()
    skjema.get_by_role("link", name="Avbryt").click()
    expect(skjema).to_have_count(0)
    er_ved("Tiltak B")
    side.get_by_role("link", name="Nytt kapittel").click()
    skjema.locator("[name=tittel]").fill("Kunnskap")
    tekstfelt(side, script=True).fill("Det vi vet.")
    lagre(Hand(side))
    expect(skjema).to_have_count(0)
    er_ved("Kunnskap")
    assert side.feil == []


def test_the_tree_is_closed_on_a_phone_and_stays_as_it_was_left(planen, ny_side):
    tre = "details.disposisjonstre"
    smal, bred = ny_side(**MATER["smal skjerm"]), ny_side(**MATER["bred skjerm"])
    for side in (smal, bred):
        side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    expect(smal.locator(f"{tre}:not([open])")).to_have_count(1)
    expect(bred.locator(f"{tre}[open]")).to_have_count(1)
    bred.locator(f"{tre} summary").click()

    for side in (smal, bred):
        with side.expect_response("**/flytt/"):
            side.get_by_role("button", name="Flytt opp: Tiltak B").click()
        side.get_by_role("heading", name="Vold 1: Tiltak B").wait_for()
        expect(side.locator(f"{tre}:not([open])")).to_have_count(1)


def test_what_goes_wrong_is_said_beside_what_was_typed(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/")
    hand, skjema = Hand(side), side.locator("form[data-skjema]")
    status = side.locator("#status")
    hand.trykk(side.get_by_role("link", name="Tiltak A").last)
    hand.skriv(skjema.locator("[name=tittel]"), "Noe annet")

    side.context.set_offline(True)
    lagre(hand)
    expect(skjema.get_by_role("alert")).to_contain_text("Ingen forbindelse")
    side.context.set_offline(False)

    Tiltak.objects.get(tittel="Tiltak A").delete()
    lagre(hand)
    expect(status).to_contain_text("Det finnes ikke lenger")
    expect(skjema.locator("[name=tittel]")).to_have_value("Noe annet")


def test_the_codes_of_a_text_are_shown_only_where_no_editor_comes(planen, ny_side):
    side = ny_side(**MATER["bred skjerm"])
    side.route(re.compile("prose[-_]editor.*configurable"), lambda rute: rute.abort())
    side.goto(f"{side.nettsted}/lillestrom/2027-2030/rediger/kapittel/")
    tekst = side.locator("form[data-skjema] textarea[name=tekst]")

    assert tekst.evaluate("e => getComputedStyle(e).opacity") == "0"
    expect(tekst).to_have_css("opacity", "1")
