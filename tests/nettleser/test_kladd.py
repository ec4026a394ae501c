"""Nothing that is typed is lost: in each of the forms used most, when the log-in is lost, the
network goes, the tab is closed, the button is pressed twice, or one goes back. And nobody
else at the same machine sees it.

./dev test goes through a form of each kind; --alt through all of them.
"""

import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.conftest import innlogget
from tests.factories import (
    ForumFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    MoteFactory,
    MoteserieFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
    klokka_tolv,
)
from tests.nettleser.conftest import begynn_sist_i, brudd, logg_inn
from tiltak.models import Malgruppe, Tiltak

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

PASSORD = "et-langt-passord-88"
TEKST = "Dette har jeg tenkt lenge på"
DISPOSISJONEN = "/lillestrom/2027-2030/rediger/"


def side_(navn, felt, **args):
    """How a form on a page of its own is opened: (address, from the rows; selector of the
    field in which one writes)."""

    def adresse(rader):
        hva = {n: rader[rad].pk for n, rad in args.items()}
        return reverse(navn, kwargs={"kommune": "lillestrom"} | hva)

    return adresse, f"[name={felt}]"


def admin_(modell, felt, rad):
    def adresse(rader):
        return reverse(f"admin:{modell}_change", args=[rader[rad].pk])

    return adresse, f"[name={felt}]"


# What a form needs besides, so that it can be saved.
DESSUTEN = {
    "ny tjeneste": {"type": "kommunal"},
    "møtefri": {"fra": "2027-02-15", "til": "2027-02-19"},
}
FORMER = {
    "tiltak": side_("tiltak:tiltak_endre", "tittel", pk="tiltak"),
    "planen": side_("tiltak:plan_endre", "tittel", pk="plan"),
    "kapittel": side_("tiltak:kapittel_endre", "tittel", pk="kapittel"),
    "innsatsområde": side_("tiltak:innsatsomrade_endre", "navn", pk="omrade"),
    "ny tjeneste": side_("tiltak:tjeneste_ny", "navn"),
    "tjeneste": side_("tiltak:tjeneste_endre", "navn", pk="tjeneste"),
    "kontaktpunkt": side_("tiltak:kontaktpunkt_endre", "instruks", pk="kontaktpunkt"),
    "forum": side_("moter:forum_endre", "navn", pk="forum"),
    "kilde": side_("evaluering:kilde_endre", "navn", pk="kilde"),
    "funn": side_("evaluering:funn_endre", "tekst", pk="funn"),
    "indikator": side_("evaluering:indikator_endre", "navn", pk="indikator"),
    "kommunen": side_("innstillinger_kommune", "begrunnelse"),
    "lokalområder": side_("innstillinger_lokalomrader", "begrunnelse"),
    "møte": side_("moter:mote_endre", "sted", pk="mote"),
    "møteserie": side_("moter:serie_endre", "sted", pk="serie"),
    "møtefri": side_("moter:motefri", "navn"),
    "Min side": (lambda _rader: "/konto/", "[name=navn]"),
    "tiltak i administrasjonen": admin_("tiltak_tiltak", "tittel", "tiltak"),
    "kommune i administrasjonen": admin_("slt_kommune", "navn", "kommune"),
    "forum i administrasjonen": admin_("moter_forum", "navn", "forum"),
}
HVER_DAG = {"møte"}


@pytest.fixture
def rader(transactional_db):
    kommune = KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")
    plan = HandlingsplanFactory(
        kommune=kommune, status="utkast", fra_ar=2027, til_ar=2030
    )
    omrade = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")
    sted = PlasseringFactory(
        innsatsomrade=omrade, tiltak__tittel="Utekontakt", tiltak__plan=plan
    )
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    forum = ForumFactory(kommune=kommune, navn="Rådet")
    funn = FunnFactory(kilde__kommune=kommune)
    LokalomradeFactory(kommune=kommune)
    Malgruppe.objects.create(tiltak=sted.tiltak, tekst="Ungdom")
    return {
        "kommune": kommune,
        "plan": plan,
        "kapittel": KapittelFactory(plan=plan, tittel="Bakgrunn"),
        "omrade": omrade,
        "tiltak": sted.tiltak,
        "tjeneste": tjeneste,
        "kontaktpunkt": KontaktpunktFactory(tjeneste=tjeneste),
        "forum": forum,
        "mote": MoteFactory(forum=forum, start=klokka_tolv(dager=30)),
        "serie": MoteserieFactory(forum=forum),
        "kilde": funn.kilde,
        "funn": funn,
        "indikator": IndikatorFactory(kommune=kommune, kilde=funn.kilde),
    }


def gjor_til_administrator(bruker):
    bruker.is_superuser = True
    bruker.save()


def med_passord(kommune, **mer):
    bruker = TilgangFactory(kommune=kommune, **mer).bruker
    bruker.set_password(PASSORD)
    bruker.save()
    return bruker


@pytest.fixture
def side(rader, side):
    """A page on which a coordinator, who knows their password, is logged in."""
    side.bruker = med_passord(rader["kommune"])
    logg_inn(side, innlogget(side.bruker))
    return side


def lagre(skjema):
    return skjema.locator(
        "[name=_save], [type=submit]:not([name^=_]):not(.ds-sr-only)"
    ).last


def apne(side, adresse, felt):
    """Opens the form, and returns (the field, its form)."""
    side.goto(f"{side.nettsted}{adresse}")
    return feltet(side, felt)


def feltet(side, felt):
    side.wait_for_load_state("load")
    skjema = side.locator(f"form[method=post]:has({felt})").first
    return skjema.locator(felt).first, skjema


def er_bevart(side):
    """Waits until what is typed is kept: a form listens a while after its page is there, on
    a busy machine a long one, and writes a moment after the last key."""
    side.wait_for_function(
        "() => Object.keys({...localStorage, ...sessionStorage})"
        ".some(navn => navn.split('.').length === 4)"
    )
    side.wait_for_timeout(400)


I_NETTLESEREN = (
    "Object.entries({...localStorage, ...sessionStorage})"
    ".filter(([navn]) => navn.split('.').length === 4)"
)


def i_nettleseren(side):
    return side.evaluate(I_NETTLESEREN)


def er_tomt(side):
    """Waits till nothing is kept in the browser any more: it goes once the server has said
    that it took it, and a busy machine is slow to say so."""
    side.wait_for_function(f"() => {I_NETTLESEREN}.length === 0")


def paa_neste_side(side, trykk):
    """Presses, and waits until the next page is there, however slow its server: who asks for
    another one before, may be interrupted by it."""
    side.evaluate("window.erForrigeSide = true")
    trykk()
    side.wait_for_function(
        "() => !window.erForrigeSide && document.readyState === 'complete'"
    )


def logg_inn_her(side, bruker):
    side.wait_for_url("**/konto/logg-inn/**")
    side.locator("[name=username]").fill(bruker.epost)
    side.locator("[name=password]").fill(PASSORD)
    side.locator("[name=password]").press("Enter")


def mist_innloggingen(side):
    """As when it runs out on the server."""
    Session.objects.all().delete()
    side.konsoll.clear()


def hent_frem(side):
    side.get_by_role("button", name="Hent det frem").click()


@pytest.mark.parametrize(
    "hva",
    [
        pytest.param(hva, marks=[] if hva in HVER_DAG else [pytest.mark.alt])
        for hva in FORMER
    ],
)
def test_what_was_typed_is_there(hva, rader, side):
    bygg, felt = FORMER[hva]
    adresse = bygg(rader)
    if hva == "kommune i administrasjonen":
        gjor_til_administrator(side.bruker)

    # Back.
    skrevet, skjema = apne(side, adresse, felt)
    skrevet.fill(TEKST)
    side.goto(f"{side.nettsted}/lillestrom/arbeidsflate/")
    side.go_back()
    skrevet, skjema = feltet(side, felt)
    if skrevet.input_value() != TEKST:
        hent_frem(side)
    expect(skrevet).to_have_value(TEKST)

    # The tab is closed.
    er_bevart(side)
    fane = side.context.new_page()
    side.close()
    fane.nettsted, fane.konsoll, fane.bruker = side.nettsted, side.konsoll, side.bruker
    side = fane
    skrevet, skjema = apne(side, adresse, felt)
    expect(skrevet).not_to_have_value(TEKST)
    hent_frem(side)
    expect(skrevet).to_have_value(TEKST)

    # The network is gone.
    side.context.set_offline(True)
    lagre(skjema).click()
    expect(skjema.get_by_role("alert")).to_contain_text("Ingen forbindelse")
    expect(skrevet).to_have_value(TEKST)
    side.context.set_offline(False)

    # Another one at the same machine.
    annen = med_passord(rader["kommune"])
    if hva == "kommune i administrasjonen":
        gjor_til_administrator(annen)
    kjeks = side.context.cookies()
    side.context.clear_cookies()
    logg_inn(side, innlogget(annen))
    deres, _skjema = apne(side, adresse, felt)
    expect(deres).not_to_have_value(TEKST)
    expect(side.get_by_role("button", name="Hent det frem")).to_have_count(0)
    assert TEKST not in json.dumps(i_nettleseren(side))
    side.context.clear_cookies()
    side.context.add_cookies(kjeks)

    # The log-in is lost.
    skrevet, skjema = apne(side, adresse, felt)
    hent_frem(side)
    expect(skrevet).to_have_value(TEKST)
    mist_innloggingen(side)
    lagre(skjema).click()
    logg_inn_her(side, side.bruker)
    skrevet, skjema = feltet(side, felt)
    expect(side.locator(".kladd-hentet")).to_contain_text("ble ikke lagret")
    expect(skrevet).to_have_value(TEKST)

    # The button is pressed twice. What is saved is not kept here any more.
    for navn, verdi in DESSUTEN.get(hva, {}).items():
        utfylt = skjema.locator(f"[name={navn}]")
        if utfylt.evaluate("felt => felt.tagName") == "SELECT":
            utfylt.select_option(verdi)
        else:
            utfylt.fill(verdi)
    if hva == "møteserie":
        lagre(skjema).dblclick()
        siste = side.locator(".omlegging").get_by_role("button").first
        expect(siste).to_be_visible()
        paa_neste_side(side, siste.click)
    else:
        paa_neste_side(side, lagre(skjema).dblclick)
    # It is told with the next page: one that was asked for too early does not know yet.
    for _gang in range(5):
        side.goto(f"{side.nettsted}/konto/")
        side.wait_for_load_state("load")
        side.wait_for_timeout(200)
        if i_nettleseren(side) == []:
            break
    assert i_nettleseren(side) == []


def ny_fane(side):
    """Closes the tab, as if by its cross, and opens another one. Returns (what was asked
    before the old one closed, the new one)."""
    spurt = []
    side.on("dialog", lambda dialog: spurt.append(dialog.type) or dialog.accept())
    fane = side.context.new_page()
    for navn in ("nettsted", "konsoll", "bruker"):
        setattr(fane, navn, getattr(side, navn))
    with side.expect_event("close"):
        side.close(run_before_unload=True)
    return spurt, fane


def apne_i_disposisjonen(side, navn):
    side.goto(f"{side.nettsted}{DISPOSISJONEN}")
    side.locator("#disposisjon h3").get_by_role("link", name=navn).click()
    return side.locator("form[data-skjema]")


def test_the_outline_brings_back_rows_and_rich_text(rader, side):
    skjema = apne_i_disposisjonen(side, "Utekontakt")
    flate = skjema.locator(".ProseMirror[contenteditable]").first
    begynn_sist_i(flate)
    side.keyboard.type("Vi møter dem ute.")
    skjema.locator("[name=malgrupper-0-tekst]").fill("Unge")
    skjema.get_by_role("button", name="Legg til en målgruppe").click()
    skjema.locator("[name=malgrupper-1-tekst]").fill("Foreldre")
    er_bevart(side)

    spurt, fane = ny_fane(side)
    fane.goto(f"{fane.nettsted}{DISPOSISJONEN}")
    varsel = fane.locator(".kladd-rad")
    expect(varsel).to_contain_text(re.compile("noe i «Utekontakt» i (dag|går) kl"))
    varsel.get_by_role("button", name="Åpne det").click()
    skjema = fane.locator("form[data-skjema]")

    expect(skjema.locator("[name=malgrupper-1-tekst]")).to_have_value("Foreldre")
    expect(skjema.locator("[name=malgrupper-0-tekst]")).to_have_value("Unge")
    flate = skjema.locator(".ProseMirror[contenteditable]").first
    expect(flate).to_contain_text("Vi møter dem ute.")
    assert spurt == []
    assert brudd(fane) == []
    lagre(skjema).click()
    expect(skjema).to_have_count(0)
    tiltak = Tiltak.objects.get()
    assert "Vi møter dem ute." in tiltak.tekst
    assert [m.tekst for m in tiltak.malgrupper.order_by("pk")] == ["Unge", "Foreldre"]
    er_tomt(fane)


@pytest.mark.alt
def test_the_outline_keeps_what_was_typed_when_the_log_in_is_lost(rader, side):
    skjema = apne_i_disposisjonen(side, "Utekontakt")
    skjema.locator("[name=tittel]").fill(TEKST)
    mist_innloggingen(side)
    lagre(skjema).click()
    expect(side.locator("#status")).to_contain_text("logget ut")
    lenken = side.locator("#status").get_by_role("link", name="Logg inn")
    assert [lenken.get_attribute(n) for n in ("href", "target")] == [
        "/konto/",
        "_blank",
    ]
    side.konsoll.clear()

    side.goto(f"{side.nettsted}{DISPOSISJONEN}")
    logg_inn_her(side, side.bruker)
    side.get_by_role("button", name="Åpne det").click()

    expect(skjema.locator("[name=tittel]")).to_have_value(TEKST)
    lagre(skjema).click()
    expect(skjema).to_have_count(0)
    assert Tiltak.objects.get().tittel == TEKST


@pytest.mark.alt
def test_rows_of_the_admin_come_back(rader, side):
    adresse = reverse("admin:tiltak_tiltak_change", args=[rader["tiltak"].pk])
    skrevet, _skjema = apne(side, adresse, "[name=tittel]")
    skrevet.fill(TEKST)
    rader_ = side.locator("#ansvar-group")
    rader_.locator(".add-row a, a.addlink").last.click()
    rader_.locator("#ansvar-0 .select2-selection").first.click()
    side.locator(".select2-results__option", has_text="Utekontakten").click()
    rader_.locator("[name=ansvar-0-merknad]").fill("Ring først")
    er_bevart(side)

    spurt, fane = ny_fane(side)
    skrevet, skjema = apne(fane, adresse, "[name=tittel]")
    hent_frem(fane)

    expect(skrevet).to_have_value(TEKST)
    expect(fane.locator("[name=ansvar-0-merknad]")).to_have_value("Ring først")
    expect(fane.locator("#ansvar-0 .select2-selection").first).to_contain_text(
        "Utekontakten"
    )
    assert spurt == []
    for bredde in (1280, 360):
        fane.set_viewport_size({"width": bredde, "height": 900})
        boks = fane.locator(".kladd").bounding_box()
        assert boks["x"] + boks["width"] <= bredde
    lagre(skjema).click()
    fane.wait_for_url("**/admin/tiltak/tiltak/")
    (ansvar,) = rader["tiltak"].ansvar.all()
    assert (ansvar.tjeneste, ansvar.merknad) == (rader["tjeneste"], "Ring først")


@pytest.mark.alt
def test_a_stale_text_that_comes_back_writes_over_nothing(rader, side):
    bygg, felt = FORMER["forum"]
    skrevet, skjema = apne(side, bygg(rader), felt)
    skrevet.fill(TEKST)
    er_bevart(side)
    _spurt, fane = ny_fane(side)
    forum = rader["forum"]
    forum.navn = "Ungdomsrådet"
    forum.save()

    skrevet, skjema = apne(fane, bygg(rader), felt)
    hent_frem(fane)
    expect(skrevet).to_have_value(TEKST)
    lagre(skjema).click()

    expect(fane.locator("form[data-skjema]")).to_be_visible()
    fane.locator(".ds-error-summary").wait_for()
    forum.refresh_from_db()
    assert forum.navn == "Ungdomsrådet"
    fane.konsoll.clear()  # that it was refused
    # What was refused is kept, too.
    _spurt, siste = ny_fane(fane)
    skrevet, _skjema = apne(siste, bygg(rader), felt)
    hent_frem(siste)
    expect(skrevet).to_have_value(TEKST)


@pytest.mark.alt
def test_a_lost_answer_is_found_out(rader, side):
    bygg, felt = FORMER["forum"]
    skrevet, skjema = apne(side, bygg(rader), felt)
    skrevet.fill(TEKST)

    def mist(rute):
        rute.fetch(max_redirects=0)
        rute.abort()

    side.route("**/endre/fora/**", mist)
    lagre(skjema).click()
    side.wait_for_timeout(500)
    side.unroute_all()
    side.konsoll.clear()

    skrevet, skjema = apne(side, bygg(rader), felt)
    side.wait_for_timeout(500)
    rader["forum"].refresh_from_db()
    assert rader["forum"].navn == TEKST
    expect(side.locator(".kladd")).to_have_count(0)
    er_tomt(side)


@pytest.mark.alt
def test_who_logs_out_leaves_nothing_behind(rader, side):
    bygg, felt = FORMER["forum"]
    skrevet, _skjema = apne(side, bygg(rader), felt)
    skrevet.fill(TEKST)
    er_bevart(side)
    annen = side.context.new_page()
    annen.goto(f"{side.nettsted}/konto/")
    annen.locator("footer").get_by_role("button", name="Logg ut").click()
    annen.wait_for_url(lambda adresse: "/konto/" not in adresse)

    # Nor does the other tab write it anew, where it can be saved still.
    skrevet.press_sequentially("!")
    side.wait_for_timeout(500)
    er_tomt(side)
    lagre(_skjema).click()
    expect(_skjema.get_by_role("alert")).to_contain_text("logget ut")
    lenken = _skjema.get_by_role("alert").get_by_role("link", name="Logg inn")
    assert [lenken.get_attribute(n) for n in ("href", "target")] == [
        "/konto/",
        "_blank",
    ]
    annen.goto(f"{side.nettsted}/konto/")
    logg_inn_her(annen, side.bruker)
    annen.wait_for_load_state("load")
    lagre(_skjema).click()
    side.get_by_text("Endringen er lagret.").wait_for()
    rader["forum"].refresh_from_db()
    assert rader["forum"].navn == TEKST + "!"


@pytest.mark.parametrize("anker", ["", "#innhold"])
def test_who_goes_back_to_what_another_wrote_finds_the_form_as_it_came(
    anker, rader, side
):
    """A browser fills in what was typed on a page, whoever has logged in since."""
    deres = med_passord(rader["kommune"])
    adresse, felt = FORMER["ny tjeneste"]
    navn, _skjema = apne(side, adresse(rader), felt)
    side.evaluate("anker => anker && (location.hash = anker)", anker)
    navn.fill(TEKST)
    er_bevart(side)
    side.context.clear_cookies()
    side.goto(side.nettsted + reverse("konto:logg_inn"))
    logg_inn_her(side, deres)
    side.wait_for_url(lambda url: "logg-inn" not in url)

    side.evaluate("history.go(-2)")
    side.wait_for_url(f"**{adresse(rader)}{anker}")
    navn, _skjema = feltet(side, felt)
    side.wait_for_timeout(600)  # longer than a browser waits before it fills in

    assert navn.input_value() == ""
    expect(side.locator(".kladd")).to_have_count(0)
    assert (
        len(side.evaluate("Object.keys(localStorage)")) == 2
    )  # theirs, and the session


@pytest.mark.alt
def test_nobody_sends_in_the_name_of_another(rader, side):
    bygg, felt = FORMER["forum"]
    skrevet, skjema = apne(side, bygg(rader), felt)
    skrevet.fill(TEKST)
    annen = side.context.new_page()
    side.context.clear_cookies()
    deres = med_passord(rader["kommune"])
    annen.goto(f"{side.nettsted}/konto/")
    logg_inn_her(annen, deres)
    annen.wait_for_load_state("load")

    lagre(skjema).click()

    expect(skjema.get_by_role("alert")).to_contain_text("En annen er logget inn")
    expect(skrevet).to_have_value(TEKST)
    rader["forum"].refresh_from_db()
    assert rader["forum"].navn == "Rådet"


@pytest.mark.alt
@pytest.mark.parametrize(
    ("tekst", "holdes"),
    [
        ("Ring 469 34 634, eller 638 01 224", True),
        ("I 2019, 2020 og 2021", True),
        ("Tall: 2019 2020 2021", True),
        ("01017012345", False),
        ("010170 12345", False),
        ("01.01.70-123 45", False),
        ("a 01\u00a001\u00a070\u00a0123\u00a045 b", False),
    ],
)
def test_eleven_digits_are_not_kept_and_one_is_asked_before_one_leaves(
    tekst, holdes, rader, side
):
    bygg, felt = FORMER["kontaktpunkt"]
    skrevet, skjema = apne(side, bygg(rader), felt)
    skrevet.fill(tekst)
    skjema.locator("[name=begrunnelse]").fill(TEKST)
    er_bevart(side)

    spurt, fane = ny_fane(side)
    skrevet, skjema = apne(fane, bygg(rader), felt)
    hent_frem(fane)

    expect(skjema.locator("[name=begrunnelse]")).to_have_value(TEKST)
    assert spurt == ([] if holdes else ["beforeunload"])
    assert (skrevet.input_value() == tekst) is holdes


@pytest.mark.alt
def test_what_is_about_people_goes_with_the_tab(rader, side):
    adresse, felt = "/lillestrom/tilganger/", "[name=inviter-epost]"
    skrevet, _skjema = apne(side, adresse, felt)
    skrevet.fill("noen@example.org")
    er_bevart(side)
    assert side.evaluate("Object.keys(localStorage)") == ["kladd.okt"]

    # In the tab it comes back.
    side.on("dialog", lambda dialog: dialog.accept())
    side.goto(f"{side.nettsted}/konto/")
    skrevet, _skjema = apne(side, adresse, felt)
    hent_frem(side)
    expect(skrevet).to_have_value("noen@example.org")

    spurt, fane = ny_fane(side)
    skrevet, _skjema = apne(fane, adresse, felt)
    fane.wait_for_timeout(400)
    expect(skrevet).to_have_value("")
    assert spurt == ["beforeunload"]
    er_tomt(fane)


def fane_etter_skriving(rader, side):
    """A new tab, after something was typed in the form of a forum and kept."""
    bygg, felt = FORMER["forum"]
    skrevet, _skjema = apne(side, bygg(rader), felt)
    skrevet.fill(TEKST)
    er_bevart(side)
    return ny_fane(side)[1]


@pytest.mark.alt
def test_what_is_old_goes(rader, side):
    bygg, felt = FORMER["forum"]
    fane = fane_etter_skriving(rader, side)
    fane.goto(f"{fane.nettsted}/konto/")
    fane.evaluate(
        """() => Object.keys(localStorage).filter(n => n.split('.').length === 4)
        .forEach(n => localStorage.setItem(
            n, localStorage.getItem(n).replace(/^\\d+/, Date.now() - 8 * 86400e3)))"""
    )

    apne(fane, bygg(rader), felt)
    fane.wait_for_timeout(400)

    expect(fane.locator(".kladd")).to_have_count(0)
    er_tomt(fane)


@pytest.mark.alt
def test_the_newest_thirty_are_kept(rader, side):
    fane = fane_etter_skriving(rader, side)
    fane.goto(f"{fane.nettsted}/konto/")
    fane.evaluate(
        """() => {
            const [navn] = Object.keys(localStorage)
                .filter(n => n.split('.').length === 4);
            for (let nr = 1; nr < 40; nr++)
                localStorage.setItem(
                    navn.replace(/[^.]+$/, `nr${nr}`),
                    localStorage.getItem(navn).replace(/^\\d+/, Date.now() - nr * 6e4));
        }"""
    )

    fane.goto(f"{fane.nettsted}/konto/")
    fane.wait_for_timeout(400)

    igjen = {navn.split(".")[3] for navn, _verdi in i_nettleseren(fane)}
    assert len(igjen) == 30
    assert {f"nr{nr}" for nr in range(1, 30)} < igjen


@pytest.mark.alt
@pytest.mark.parametrize("bredde", [1280, 360])
def test_it_can_be_thrown_away_with_the_keyboard(bredde, rader, side):
    bygg, felt = FORMER["forum"]
    side.set_viewport_size({"width": bredde, "height": 900})
    skrevet, _skjema = apne(side, bygg(rader), felt)
    skrevet.fill(TEKST)
    er_bevart(side)
    _spurt, fane = ny_fane(side)
    fane.set_viewport_size({"width": bredde, "height": 900})
    skrevet, _skjema = apne(fane, bygg(rader), felt)
    varsel = fane.get_by_role("region", name="Tekst som ikke er lagret")
    expect(varsel.get_by_role("status")).to_contain_text("Du skrev noe her i")
    assert brudd(fane, [bredde]) == []

    varsel.get_by_role("button", name="Forkast").focus()
    fane.keyboard.press("Enter")

    expect(varsel).to_have_count(0)
    expect(skrevet).to_have_value("Rådet")
    er_tomt(fane)


@pytest.mark.alt
@pytest.mark.parametrize("status", [403, 500])
def test_what_met_an_error_is_there_when_one_goes_back(status, rader, side):
    bygg, felt = FORMER["forum"]
    skrevet, skjema = apne(side, bygg(rader), felt)
    skrevet.fill(TEKST)
    side.route(
        "**/endre/fora/**",
        lambda rute: (
            # With no picture for its tab: the browser would ask for one, some time.
            rute.fulfill(
                status=status, body='<link rel="icon" href="data:,"><p>Noe gikk galt'
            )
            if rute.request.method == "POST"
            else rute.continue_()
        ),
    )
    lagre(skjema).click()
    side.get_by_text("Noe gikk galt").wait_for()
    side.unroute_all()

    side.goto(f"{side.nettsted}{bygg(rader)}")

    expect(side.locator(".kladd-hentet")).to_contain_text("ble ikke lagret")
    expect(skrevet).to_have_value(TEKST)
    # That the answer was an error, the browser says, sooner or later.
    andre = [linje for linje in side.konsoll if f"status of {status}" not in linje]
    side.konsoll[:] = andre


@pytest.mark.alt
def test_a_tab_that_is_closed_at_once_loses_nothing(rader, side):
    bygg, felt = FORMER["forum"]
    skrevet, _skjema = apne(side, bygg(rader), felt)
    skrevet.click()
    side.wait_for_timeout(400)
    skrevet.fill(TEKST)

    _spurt, fane = ny_fane(side)
    skrevet, _skjema = apne(fane, bygg(rader), felt)
    hent_frem(fane)

    expect(skrevet).to_have_value(TEKST)


@pytest.mark.alt
def test_where_there_is_no_room_one_is_asked_before_one_leaves(rader, side):
    bygg, felt = FORMER["forum"]
    skrevet, _skjema = apne(side, bygg(rader), felt)
    side.evaluate(
        """() => {
            for (let n = 4e6, i = 0; n > 1; n = n / 2 | 0)
                for (;;)
                    try { localStorage.setItem(`fullt${i++}`, "x".repeat(n)); }
                    catch { break; }
        }"""
    )
    skrevet.fill(TEKST)
    skrevet.evaluate(
        "felt => new Promise(svar => setTimeout(function se() {"
        "kladd.erEndret(felt.form) ? svar() : setTimeout(se, 50)}))"
    )

    spurt, _fane = ny_fane(side)

    assert spurt == ["beforeunload"]


def test_the_outline_says_nothing_of_what_was_added(rader, side):
    side.goto(f"{side.nettsted}{DISPOSISJONEN}")
    for navn in ("Natteravner", "Ungdomslos"):
        nytt = side.get_by_label("Nytt tiltak i Vold")
        nytt.fill(navn)
        nytt.press("Enter")
        # Its form opens by itself, and is left open.
        expect(side.locator("form[data-skjema] [name=tittel]")).to_have_value(navn)

    er_tomt(side)
    side.reload()
    side.wait_for_load_state("load")
    side.wait_for_timeout(500)
    expect(side.locator(".kladd")).to_have_count(0)
    assert i_nettleseren(side) == []


def test_what_is_on_its_way_is_not_new_when_a_row_opens_meanwhile(rader, side):
    holdt = []
    side.route("**/rediger/tiltak/", lambda ruten: holdt.append(ruten))
    side.goto(f"{side.nettsted}{DISPOSISJONEN}")
    nytt = side.get_by_label("Nytt tiltak i Vold")
    nytt.fill("Natteravner")
    nytt.press("Enter")
    er_bevart(side)
    side.locator("#disposisjon h3").get_by_role("link", name="Utekontakt").click()
    expect(side.locator("form[data-skjema]")).to_have_count(1)
    side.wait_for_timeout(400)

    [sendt] = holdt
    sendt.continue_()

    expect(side.locator("#disposisjon h3", has_text="Natteravner")).to_have_count(1)
    er_tomt(side)
