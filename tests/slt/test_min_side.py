"""Min side lists the plans that the user may see."""

import pytest
from django.core.cache import cache
from django.utils.html import strip_tags

from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    KommuneFactory,
    PlanleserFactory,
    PlanrekkeFactory,
    TilgangFactory,
    TjenesteredaktorFactory,
)
from tests.slt.test_admin import sporringer
from tiltak.models import Handlingsplan

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
GJELDER = "SLT-plan, 2024–2028: gjeldende"
DET_NYE = "Ny plan 2028–2032: utkast"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def planer(kommune, nabokommune):
    """A plan in force and the draft that is to follow; and one of the neighbour."""
    gjeldende = HandlingsplanFactory(kommune=kommune, tittel="SLT-plan")
    HandlingsplanFactory(
        kommune=kommune,
        rekke=gjeldende.rekke,
        tittel="Ny plan 2028–2032",
        fra_ar=2028,
        til_ar=2032,
        status=UTKAST,
    )
    HandlingsplanFactory(kommune=nabokommune, tittel="Naboens")
    return [DET_NYE, GJELDER]


def listen(klient):
    """The plans as the page says them."""
    svar = klient.get("/konto/")
    assert svar.status_code == 200
    _for, _h2, resten = svar.text.partition('id="planer"')
    deler = resten.partition("</section>")[0].split("<li>")[1:]
    return [" ".join(strip_tags(del_).split()) for del_ in deler]


@pytest.mark.parametrize(
    ("rolle", "utkast"),
    [
        (Tilgang.Rolle.KOORDINATOR, True),
        (Tilgang.Rolle.POLITIRAD, True),
        (Tilgang.Rolle.ANSATT, False),
    ],
)
def test_drafts_are_for_those_who_write_or_adopt_them(rolle, utkast, kommune, planer):
    klient = innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)

    assert listen(klient) == (planer if utkast else planer[1:])


def test_who_keeps_a_tjeneste_sees_what_holds(kommune, planer):
    rad = TjenesteredaktorFactory(tjeneste__kommune=kommune)

    assert listen(innlogget(rad.bruker)) == planer[1:]


def test_who_sits_in_a_forum_finds_the_draft_that_it_reads(kommune, planer):
    sete = ForumsmedlemFactory(
        forum__kommune=kommune, forum__navn="Områdemøtet", bruker=BrukerFactory()
    )
    klient = innlogget(sete.bruker)
    assert listen(klient) == planer[1:]

    PlanleserFactory(forum=sete.forum, plan=Handlingsplan.objects.get(status=UTKAST))

    assert listen(klient) == planer
    siden = strip_tags(klient.get("/konto/").text)
    assert "Områdemøtet: medlem" in siden
    assert "Ingenting nå" not in siden


def test_of_two_kommuner_it_is_said_which(kommune, nabokommune, planer):
    bruker = TilgangFactory(kommune=kommune).bruker
    TilgangFactory(kommune=nabokommune, bruker=bruker, rolle=Tilgang.Rolle.ANSATT)

    assert listen(innlogget(bruker)) == [
        "Ny plan 2028–2032, Lillestrøm: utkast",
        "SLT-plan, Lillestrøm, 2024–2028: gjeldende",
        "Naboens, Lørenskog, 2024–2028: gjeldende",
    ]


def test_who_has_access_to_nothing_gets_no_list(planer):
    tilgang = TilgangFactory(kommune=KommuneFactory())
    tilgang.delete()

    assert listen(innlogget(tilgang.bruker)) == []


def test_a_stranger_is_led_to_log_in(planer, client):
    assert client.get("/konto/").status_code == 302


def test_it_costs_the_same_with_one_plan_and_with_many(kommune, koordinator):
    HandlingsplanFactory(kommune=kommune)
    en = sporringer(koordinator, "/konto/")
    for nr in range(3):
        rekke = PlanrekkeFactory(kommune=kommune, navn=f"Rekke {nr}", hoved=False)
        HandlingsplanFactory(kommune=kommune, rekke=rekke)

    assert len(listen(koordinator)) == 4
    assert sporringer(koordinator, "/konto/") == en
