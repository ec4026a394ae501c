"""Whom to call is read without a network, in a browser that was on the site before; and
nothing else is kept there."""

import re
import time
from threading import Event

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from playwright.sync_api import Error, expect

from slt import views
from tests.conftest import innlogget
from tests.factories import (
    HandlingsplanFactory,
    KommuneFactory,
    KontaktpunktFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.nettleser.conftest import brudd, logg_inn
from tiltak.models import Apningstid
from tiltak.views import TjenesteListView

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

FORSIDEN = "/lillestrom/2024-2028/"
TJENESTENE = "/lillestrom/tjenester/"
UTEN_NETT = "/lillestrom/uten-nett/"
MANIFEST = "/lillestrom/manifest.webmanifest"
# [address, how much is kept of it], however it is kept.
LAGRET = """async () => {
  const funnet = [];
  for (const navn of await caches.keys())
    for (const sporring of await (await caches.open(navn)).keys())
      funnet.push(sporring.url.slice(location.origin.length));
  return funnet.sort();
}"""
# What stands in the page that is kept of a kommune; "" where none is.
SIDEN = """async (omrade) => {
  const siden = await caches.match(`${omrade}uten-nett/`);
  return siden ? siden.text() : "";
}"""
ARBEIDERE = "navigator.serviceWorker.getRegistrations().then((alle) => alle.length)"
HEMMELIG = "999 99 999"


@pytest.fixture
def side(side, kommune, settings):
    settings.UTEN_NETT = True
    HandlingsplanFactory(kommune=kommune)
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    side.punkt = KontaktpunktFactory(tjeneste=tjeneste, verdi="90000001")
    Apningstid.objects.create(
        kontaktpunkt=side.punkt, fra_dag=0, til_dag=4, apner="08:00", stenger="15:30"
    )
    KontaktpunktFactory(tjeneste=tjeneste, verdi="99999999", synlighet="koordinator")
    side.kommune = kommune
    return side


def ga_til(side, adresse):
    side.goto(side.nettsted + adresse)


def besok(side, adresse=FORSIDEN, *, med="900 00 001", i="/lillestrom/"):
    """Goes to a page, and waits until the browser keeps a page of the kommune that has
    these words."""
    ga_til(side, adresse)
    vent_til_lagret(side, med, i)


def vent_til_lagret(side, med, i="/lillestrom/"):
    for _gang in range(100):
        if med in side.evaluate(SIDEN, i):
            return
        time.sleep(0.05)
    raise AssertionError(f"not kept: {med}")


@pytest.fixture
def uten_nett(side):
    """Takes the network away, of which the browser complains."""

    def ta_bort():
        side.context.set_offline(True)

    yield ta_bort
    # And of the icon, where it is shown what is no page.
    ventet = ("net::ERR_", "404 (Not Found)")
    side.konsoll[:] = [
        linje for linje in side.konsoll if not any(ord_ in linje for ord_ in ventet)
    ]


def test_whom_to_call_is_read_without_a_network_and_the_page_itself_with_one(
    side, uten_nett
):
    besok(side)

    uten_nett()
    ga_til(side, TJENESTENE)

    expect(side.locator("h1")).to_have_text("Kontakter i Lillestrøm")
    expect(side.get_by_role("link", name="900 00 001")).to_be_visible()
    expect(side.get_by_role("link", name="Legevakt 116 117")).to_be_visible()
    innhold = side.locator("main")
    expect(innhold).to_contain_text("kl. 08.00–15.30")
    expect(innhold).to_contain_text(
        re.compile(
            r"Lagret på enheten \d+\.\d+\.20\d\d kl\. \d\d\.\d\d, "
            "for mindre enn en time siden"
        )
    )
    expect(innhold).not_to_contain_text(re.compile("åpent nå|åpner|stengt", re.I))
    # With its style sheets.
    assert side.locator(".forlat").evaluate("e => getComputedStyle(e).position") == (
        "sticky"
    )

    side.context.set_offline(False)
    side.get_by_role("link", name="Prøv igjen").click()
    expect(side.locator("h1")).to_have_text("Tjenester og kontakter")
    # What leads on, and what is no page, passes the worker.
    ga_til(side, "/lillestrom/")
    assert side.url.endswith(FORSIDEN)
    ga_til(side, MANIFEST)
    expect(side.locator("body")).to_contain_text('"Hvem kan hjelpe – Lillestrøm"')


@pytest.mark.parametrize(
    ("timer", "siden"),
    [
        (1.5, "for over en time siden"),
        (5, "for 5 timer siden"),
        (75, "for 3 døgn siden"),
    ],
)
def test_the_kept_page_says_how_old_it_is(timer, siden, side, uten_nett):
    besok(side)
    side.clock.install(time=time.time() + timer * 3600)

    uten_nett()
    ga_til(side, TJENESTENE)

    expect(side.locator("main")).to_contain_text(f", {siden}.")


def test_the_next_visit_replaces_what_was_kept(side, uten_nett):
    besok(side)
    side.punkt.verdi = "90000002"
    side.punkt.save()

    besok(side, med="900 00 002")
    uten_nett()
    ga_til(side, TJENESTENE)

    expect(side.get_by_role("link", name="900 00 002")).to_be_visible()
    expect(side.get_by_role("link", name="900 00 001")).to_have_count(0)


@pytest.mark.parametrize("svaret", ["feil", "annet"])
def test_an_answer_that_is_not_the_page_leaves_what_was_kept(
    svaret, side, uten_nett, monkeypatch
):
    """The server fails when the next page is fetched, or something on the way answers in
    its place."""
    besok(side)
    spurt = []

    def galt(request, *args, **kwargs):
        spurt.append(request)
        if svaret == "feil":
            raise RuntimeError("the database is gone")
        return HttpResponse("<p>Vedlikehold</p>")

    monkeypatch.setattr("tiltak.hvem.uten_nett.render", galt)
    side.kommune.navn = "Lillestrøm by"  # another version, so that it is made anew
    side.kommune.save()
    ga_til(side, TJENESTENE)
    for _gang in range(100):
        if spurt:
            break
        time.sleep(0.05)
    side.wait_for_load_state("networkidle")
    side.wait_for_timeout(300)

    assert spurt
    assert "900 00 001" in side.evaluate(SIDEN, "/lillestrom/")
    uten_nett()
    ga_til(side, TJENESTENE)
    expect(side.get_by_role("link", name="900 00 001")).to_be_visible()
    side.konsoll[:] = [linje for linje in side.konsoll if "500" not in linje]


def test_a_network_that_does_not_answer_is_none(side, monkeypatch):
    ekte, kom = views._skript, Event()
    monkeypatch.setattr(
        views, "_skript", lambda navn: ekte(navn).replace(b" = 6000;", b" = 1500;")
    )
    besok(side)

    with monkeypatch.context() as mens:
        mens.setattr(TjenesteListView, "get_queryset", lambda _view: kom.wait(20))
        ga_til(side, TJENESTENE)

        expect(side.locator("h1")).to_have_text("Kontakter i Lillestrøm")
        expect(side.locator("main")).to_contain_text("nettet svarer ikke")
        kom.set()
    igjen = side.get_by_role("link", name="Prøv igjen")
    # A busy machine may be as slow as that itself.
    for _gang in range(10):
        igjen.click()
        side.wait_for_load_state("load")
        if igjen.count() == 0:
            break
    expect(side.locator("h1")).to_have_text("Tjenester og kontakter")


def test_a_kommune_that_was_not_visited_is_not_answered_for(side, uten_nett):
    KommuneFactory(nummer="3222", navn="Lørenskog", slug="lorenskog")
    besok(side)

    uten_nett()

    andre = ["/lorenskog/tjenester/", "/", "/konto/logg-inn/", "/hjelp/", MANIFEST]
    for adresse in andre:
        with pytest.raises(Error, match=r"ERR_(INTERNET_DISCONNECTED|FAILED)"):
            ga_til(side, adresse)


def test_what_is_sent_is_never_answered_from_what_is_kept(side, uten_nett):
    side.kommune.ansattdomener = "example.org"
    side.kommune.save()
    besok(side, "/lillestrom/ansatt/")
    side.get_by_label("E-post").fill("rektor@example.org")

    uten_nett()
    side.locator("main form [type=submit]").click()

    expect(side.locator("body")).to_contain_text("ERR_INTERNET_DISCONNECTED")
    expect(side.locator("body")).not_to_contain_text("Kontakter i")


def test_who_asks_who_can_help_without_a_network_is_told_whom_to_call(side, uten_nett):
    """It changes nothing, and a page that says that there is no network helps nobody."""
    besok(side, "/lillestrom/hvem-kan-hjelpe/")

    uten_nett()
    side.get_by_role("button", name="Jeg er barn eller ungdom").click()

    expect(side.locator("h1")).to_have_text("Kontakter i Lillestrøm")
    expect(side.locator("main")).to_contain_text("Du er uten nett")
    side.context.set_offline(False)
    side.get_by_role("link", name="Prøv igjen").click()
    expect(side.locator("h1")).to_have_text("Hvem kan hjelpe?")
    lagret = side.evaluate(LAGRET)
    assert [adresse for adresse in lagret if not adresse.startswith("/static/")] == [
        UTEN_NETT
    ]


def test_one_page_and_its_files_are_all_that_is_kept(side):
    besok(side)
    for adresse in (
        f"{FORSIDEN}tiltak/?q=rus&kontakt=unge",
        f"{TJENESTENE}utekontakten/",
        "/lillestrom/personvern/",
        UTEN_NETT,
    ):
        ga_til(side, adresse)
    vent_til_lagret(side, "900 00 001")

    lagret = side.evaluate(LAGRET)
    sider = [adresse for adresse in lagret if not adresse.startswith("/static/")]
    assert sider == [UTEN_NETT]
    assert {fil.rpartition("/")[2] for fil in lagret} >= {"slt.css?uten-nett"}
    assert {fil.rpartition(".")[2] for fil in lagret if fil not in sider} == {
        "css?uten-nett",
        "js?uten-nett",
        "svg?uten-nett",
    }
    assert len(lagret) < 12
    assert side.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert side.evaluate("document.cookie") == ""


def test_who_is_logged_in_keeps_nothing(side, koordinator):
    logg_inn(side, koordinator)

    ga_til(side, TJENESTENE)
    side.wait_for_load_state("networkidle")

    expect(side.get_by_text(HEMMELIG)).to_be_visible()
    assert (side.evaluate(ARBEIDERE), side.evaluate(LAGRET)) == (0, [])


def test_what_the_staff_see_is_not_kept_where_a_stranger_was_before(side, uten_nett):
    besok(side)
    logg_inn(side, innlogget(TilgangFactory(kommune=side.kommune).bruker))
    side.punkt.verdi = "90000002"
    side.punkt.save()

    besok(side, TJENESTENE, med="900 00 002")
    expect(side.get_by_text(HEMMELIG)).to_be_visible()

    assert HEMMELIG not in side.evaluate(SIDEN, "/lillestrom/")
    assert "Logget inn" not in side.evaluate(SIDEN, "/lillestrom/")
    uten_nett()
    ga_til(side, TJENESTENE)
    expect(side.locator("h1")).to_have_text("Kontakter i Lillestrøm")
    expect(side.get_by_text(HEMMELIG)).to_have_count(0)


def test_the_three_kommuner_that_were_visited_last_are_kept(side):
    for nr in range(4):
        adresse = f"/kommune-{nr}/"
        KommuneFactory(navn=f"Kommune {nr}", slug=adresse.strip("/"))
        besok(side, adresse, med=f"Kontakter i Kommune {nr}", i=adresse)
    for _gang in range(100):
        if len(navn := side.evaluate("caches.keys()")) == 3:
            break
        time.sleep(0.05)

    assert sorted(navn) == [f"uten-nett 1 /kommune-{nr}/" for nr in (1, 2, 3)]


def test_the_operator_takes_it_away(side, settings):
    besok(side)

    settings.UTEN_NETT = False
    cache.clear()  # as the restart does that it takes
    ga_til(side, TJENESTENE)
    side.evaluate("navigator.serviceWorker.ready.then((den) => den.update())")

    side.wait_for_function(f"{ARBEIDERE}.then((antall) => antall === 0)")
    side.wait_for_function("caches.keys().then((navn) => navn.length === 0)")
    ga_til(side, TJENESTENE)
    assert (side.evaluate(ARBEIDERE), side.evaluate(LAGRET)) == (0, [])


def test_axe_finds_nothing_on_what_is_kept(side, uten_nett):
    besok(side)
    uten_nett()
    ga_til(side, TJENESTENE)

    assert brudd(side, [320]) == []
    side.set_viewport_size({"width": 320, "height": 640})
    assert side.evaluate("document.documentElement.scrollWidth") <= 320
