"""The main menu: on every page of a kommune, to the plan in force."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from slt.models import Tilgangslenke
from tests.factories import (
    ForumFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    TjenesteFactory,
    gi_status,
)
from tests.lest import Lest

NOKKEL = "hemmelig"
PLANSIDER = {"/lillestrom/2024-2028/tiltak/", "/lillestrom/2024-2028/plan/"}
FOR_ALLE = [
    "/lillestrom/ansatt/",
    "/lillestrom/ansatt/en-lenke-som-ikke-holder/",
    f"/lenke/{NOKKEL}/",
    "/lillestrom/personvern/",
    "/lillestrom/tjenester/",
    "/lillestrom/tjenester/ut/",
    "/lillestrom/moter/",
    "/lillestrom/moter/radet/",
    "/lillestrom/kunnskap/",
    "/lillestrom/indikatorer/",
    "/lillestrom/indikatorer/treff/",
    "/lillestrom/finnes-ikke/",
]
FOR_KOORDINATOREN = [
    "/lillestrom/startsett/",
    "/lillestrom/tilganger/",
    "/lillestrom/moteplan/",
    "/lillestrom/moteplan/planlegger/",
    "/lillestrom/moteplan/motefri/",
    "/lillestrom/moteplan/kalendere/",
    "/lillestrom/moteplan/moter/ny/?forum=radet",
    "/lillestrom/moteplan/serier/ny/?forum=radet",
    "/lillestrom/tallimport/",
]


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def plan(kommune):
    kommune.ansattdomener = "lillestrom.kommune.no"
    kommune.save()
    TjenesteFactory(kommune=kommune, navn="Ut", slug="ut")
    ForumFactory(kommune=kommune, navn="Rådet", slug="radet")
    IndikatorFactory(kommune=kommune, navn="Treff", slug="treff", publisert=True)
    Tilgangslenke.objects.create(
        kommune=kommune, mottaker="Politiet", avtrykk=Tilgangslenke.avtrykk_av(NOKKEL)
    )
    return HandlingsplanFactory(kommune=kommune)


def i_menyen(svar):
    return {adresse for adresse, _tekst in Lest(svar).alle_lenker} & PLANSIDER


@pytest.mark.parametrize("adresse", FOR_ALLE)
def test_every_page_leads_to_the_plan_in_force(adresse, plan, client):
    assert i_menyen(client.get(adresse)) == PLANSIDER


@pytest.mark.parametrize("adresse", FOR_KOORDINATOREN)
def test_so_do_those_of_the_coordinator(adresse, plan, koordinator):
    svar = koordinator.get(adresse)

    assert svar.status_code == 200
    assert i_menyen(svar) == PLANSIDER


@pytest.mark.parametrize("adresse", FOR_ALLE)
@pytest.mark.parametrize("status", ["utkast", "avlost"])
def test_none_leads_to_another_plan(status, adresse, plan, client):
    gi_status(plan, status)

    assert i_menyen(client.get(adresse)) == set()


def test_a_page_of_a_draft_has_the_menu_of_the_draft(plan, koordinator):
    HandlingsplanFactory(
        kommune=plan.kommune, fra_ar=2029, til_ar=2032, status="utkast"
    )

    lenker = Lest(koordinator.get("/lillestrom/2029-2032/tiltak/")).alle_lenker

    assert "/lillestrom/2029-2032/plan/" in {adresse for adresse, _tekst in lenker}


def test_the_menu_asks_for_the_plan_once(plan, koordinator):
    with CaptureQueriesContext(connection) as sporringer:
        koordinator.get("/lillestrom/tilganger/")

    sql = [s["sql"] for s in sporringer if 'FROM "tiltak_handlingsplan"' in s["sql"]]
    assert len(sql) == 1
