"""Nothing that is typed is lost: in each of the forms used most, when the log-in is lost, the
network goes, the tab is closed, the button is pressed twice, or one goes back. And nobody
else at the same machine sees it.

./dev test goes through a form of each kind; --alt through all of them.
"""

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
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
)
from tests.nettleser.conftest import logg_inn
from tiltak.models import Malgruppe

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
        "mote": MoteFactory(forum=forum, start=timezone.now() + timedelta(days=30)),
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
    """Waits until nothing of what is typed is on its way."""
    side.wait_for_function(
        "() => Object.keys({...localStorage, ...sessionStorage})"
        ".some(navn => navn.split('.').length === 4)"
    )


def i_nettleseren(side):
    return side.evaluate(
        "() => Object.entries({...localStorage, ...sessionStorage})"
        ".filter(([navn]) => navn.split('.').length === 4)"
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
    lagre(skjema).dblclick()
    if hva == "møteserie":
        side.locator(".omlegging").get_by_role("button").first.click()
    side.wait_for_timeout(500)
    side.goto(f"{side.nettsted}/konto/")
    side.wait_for_load_state("load")
    side.wait_for_timeout(200)
    assert i_nettleseren(side) == []
