"""Two kommuner of one name are told apart wherever they stand beside each other, by the
fylke; one that has its name alone is called as before."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slt.models import Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    HandlingsplanFactory,
    KommuneFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.innsending import innsending
from tests.lest import Lest

OSTFOLD, INNLANDET = "Våler (Østfold)", "Våler (Innlandet)"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def begge(db):
    """Both kommuner; each has something to read."""
    kommuner = [
        KommuneFactory(nummer=nummer, navn="Våler", slug=f"valer-{nummer}")
        for nummer in ("3114", "3419")
    ]
    for kommune in kommuner:
        HandlingsplanFactory(kommune=kommune)
    return kommuner


@pytest.fixture
def i_begge(begge):
    """Coordinates both."""
    bruker = BrukerFactory()
    for kommune in begge:
        TilgangFactory(kommune=kommune, bruker=bruker)
    return innlogget(bruker)


@pytest.mark.parametrize(
    ("nummer", "ventet"),
    [("1818", "Herøy (Nordland)"), ("0301", "Herøy (Oslo)"), ("9999", "Herøy (9999)")],
)
def test_the_fylke_follows_from_the_number(nummer, ventet, db):
    KommuneFactory(navn="Herøy", nummer="1515")
    KommuneFactory(navn="Herøy", nummer=nummer)

    assert str(Kommune.objects.get(nummer=nummer)) == ventet


def test_one_that_has_its_name_alone_is_called_by_it(begge, kommune):
    assert list(Kommune.objects.navnene().values()) == [
        "Lillestrøm",
        OSTFOLD,
        INNLANDET,
    ]


def test_the_first_page_tells_them_apart(begge):
    lest = Lest(Client().get("/"))

    assert [t for _adresse, t in lest.alle_lenker if "Våler" in t] == [
        OSTFOLD,
        INNLANDET,
    ]


def test_so_does_min_side(i_begge):
    lest = Lest(i_begge.get("/konto/"))

    for navn in (OSTFOLD, INNLANDET):
        assert f"Arbeidsflate: {navn}" in lest.tekst
        assert f"{navn} : SLT-koordinator" in lest.tekst


def test_so_do_the_head_the_title_and_the_way_to_the_other(i_begge, begge):
    her, _der = begge
    svar = i_begge.get(reverse("tiltak:tjeneste_list", args=[her.slug]))
    lest = Lest(svar)

    flate = reverse("arbeidsflate", args=["valer-3419"])
    assert (flate, INNLANDET) in lest.alle_lenker
    assert f"<span>{OSTFOLD}</span>" in svar.text
    assert "Hjelp i Våler kommune (Østfold)</title>" in svar.text
    flaten = i_begge.get(flate).text
    assert f"SLT i {INNLANDET}</title>" in flaten


def test_so_does_the_admin(i_begge):
    svar = i_begge.get("/admin/")

    assert f"SLT-administrasjon: {OSTFOLD}" in svar.text
    assert f">{INNLANDET}</option>" in svar.text


def test_so_does_what_an_administrator_sees_of_all(begge, administrator):
    svar = administrator.get("/kommuner/")

    assert f">{OSTFOLD}</a>" in svar.text
    assert f">{INNLANDET}</a>" in svar.text


@pytest.mark.parametrize("side", ["tiltak:tjeneste_endre", "moter:forum_endre"])
def test_so_do_the_other_kommuner_that_one_shares_with(
    side, begge, kommune, koordinator
):
    rad = {"tiltak:tjeneste_endre": TjenesteFactory, "moter:forum_endre": ForumFactory}
    adresse = reverse(side, args=["lillestrom", rad[side](kommune=kommune).pk])
    navn = {"tiltak:tjeneste_endre": "delinger", "moter:forum_endre": "deltakere"}

    sendt = innsending(koordinator.get(adresse)) | {"_ny_rad": navn[side]}
    svar = koordinator.post(adresse, sendt)

    assert f">{OSTFOLD}</option>" in svar.text
    assert f">{INNLANDET}</option>" in svar.text


def test_a_plan_calls_its_kommune_by_name(begge):
    side = begge[0].planer.get().get_absolute_url()

    assert "Våler kommune" in Lest(Client().get(side)).tekst


def test_kept_pages_say_it_when_the_other_one_comes_and_goes(begge):
    eneste = KommuneFactory(nummer="1515", navn="Herøy", slug="heroy")
    HandlingsplanFactory(kommune=eneste)
    side = reverse("personvern", args=["heroy"])
    assert "SLT i Herøy</title>" in Client().get(side).text

    annen = KommuneFactory(nummer="1818", navn="Herøy", slug="heroy-nordland")
    assert "SLT i Herøy (Møre og Romsdal)</title>" in Client().get(side).text

    annen.navn = "Herøy i Nordland"
    annen.save()
    assert "SLT i Herøy</title>" in Client().get(side).text


@pytest.mark.parametrize("side", ["/konto/", "/admin/", "/konto/kalender/"])
def test_no_list_asks_once_for_each(side, i_begge):
    def sporringer():
        i_begge.get(side)
        with CaptureQueriesContext(connection) as sett:
            i_begge.get(side)
        return len(sett)

    to = sporringer()
    bruker = i_begge.bruker
    for nr in range(2):
        en_til = KommuneFactory(navn="Våler", nummer=f"460{nr}")
        HandlingsplanFactory(kommune=en_til)
        TilgangFactory(kommune=en_til, bruker=bruker)
        TilgangFactory(kommune=en_til, bruker=bruker, rolle=Tilgang.Rolle.ANSATT)

    assert sporringer() == to
