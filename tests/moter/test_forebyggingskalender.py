"""The forebyggingskalender: what stands where, for whom, and in which month."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from moter.aktiviteter.kalender import Skolear, kalender
from slt.models import PUBLIKUM, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AktivitetFactory,
    BrukerFactory,
    HandlingsplanFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    gi_status,
)
from tests.lest import Lest
from tiltak.models import Malgruppe

SIDEN = "/lillestrom/forebyggingskalender/"
ARET = Skolear(2026)


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


def i_rutene(kommune, skolear=ARET, bruker=PUBLIKUM):
    """{(grade, "2026-10"): titles} of the squares in which something stands."""
    return {
        (navn, f"{maned:%Y-%m}"): [punkt.tittel for punkt in punkter]
        for _nr, navn, maneder in kalender(kommune, skolear, bruker).rader
        for maned, punkter in maneder
        if punkter
    }


def lag(kommune, tittel, dato, **felter):
    felter = {"publisert": True, "trinn_fra": 8} | felter
    return AktivitetFactory(kommune=kommune, tittel=tittel, dato=dato, **felter)


def lag_tiltak(kommune, tittel, uke, *trinn, **felter):
    plan = kommune.planer.first() or HandlingsplanFactory(kommune=kommune)
    tiltak = TiltakFactory(plan=plan, tittel=tittel, uke=uke, **felter)
    PlasseringFactory(tiltak=tiltak)
    for fra, til in trinn:
        Malgruppe.objects.create(
            tiltak=tiltak, tekst="elever", trinn_fra=fra, trinn_til=til
        )
    return tiltak


def test_an_activity_stands_with_each_grade_in_each_month(kommune):
    lag(kommune, "Uke", date(2026, 10, 5), trinn_til=9)
    lag(kommune, "Kampanje", date(2026, 11, 20), til_dato=date(2027, 1, 3))
    lag(kommune, "Vg", date(2027, 6, 1), trinn_fra=None, trinn_til=12)
    lag(kommune, "Uten trinn", date(2026, 10, 5), trinn_fra=None)
    lag(kommune, "Neste år", date(2027, 8, 1))
    lag(kommune, "Skjult", date(2026, 10, 5), publisert=False)

    assert i_rutene(kommune) == {
        ("8. trinn", "2026-10"): ["Uke"],
        ("9. trinn", "2026-10"): ["Uke"],
        ("8. trinn", "2026-11"): ["Kampanje"],
        ("8. trinn", "2026-12"): ["Kampanje"],
        ("8. trinn", "2027-01"): ["Kampanje"],
        ("vg2", "2027-06"): ["Vg"],
    }


def test_what_began_in_the_year_before_stands_from_august_on(kommune):
    lag(kommune, "Lang", date(2026, 6, 1), til_dato=date(2026, 8, 20))

    assert i_rutene(kommune) == {("8. trinn", "2026-08"): ["Lang"]}


def test_there_is_a_july_where_something_is_in_it(kommune):
    tom = [m.month for m in kalender(kommune, ARET, PUBLIKUM).maneder]
    lag(kommune, "Sommer", date(2027, 7, 1))

    assert tom == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6]
    assert [m.month for m in kalender(kommune, ARET, PUBLIKUM).maneder] == [*tom, 7]


def test_a_tiltak_of_the_plan_in_force_stands_in_its_week(kommune):
    lag_tiltak(kommune, "Trygghetsuka", 44, (5, 7), (None, 10))
    lag_tiltak(kommune, "Vår", 10, (8, None))
    lag_tiltak(kommune, "Uten uke", None, (8, None))
    lag_tiltak(kommune, "Uten trinn", 44)
    lag_tiltak(kommune, "Ferdig", 44, (8, None), status="avsluttet")
    lag_tiltak(kommune, "Over", 44, (8, None), til_dato=date(2026, 6, 1))
    lag_tiltak(kommune, "Ikke publisert", 44, (8, None), publisert=False)

    assert i_rutene(kommune) == {
        **{(f"{n}. trinn", "2026-10"): ["Trygghetsuka"] for n in (5, 6, 7, 10)},
        ("8. trinn", "2027-03"): ["Vår"],
    }


def test_that_of_another_plan_does_not(kommune):
    tiltak = lag_tiltak(kommune, "Trygghetsuka", 44, (5, 7))

    gi_status(tiltak.plan, "avlost")

    assert i_rutene(kommune) == {}


@pytest.mark.parametrize(
    ("uke", "skolear", "dag"),
    [
        (44, 2026, date(2026, 10, 29)),
        (1, 2026, date(2027, 1, 7)),
        (53, 2026, date(2026, 12, 31)),  # 2026 has one
        (53, 2025, date(2025, 12, 25)),  # 2025 has none
        (31, 2026, date(2026, 8, 1)),  # July in 2026, August in 2027
        (31, 2024, date(2024, 8, 1)),
        (30, 2026, date(2027, 7, 29)),
        (9, 2027, date(2028, 3, 2)),  # after a leap day
    ],
)
def test_a_week_is_one_of_the_school_year(uke, skolear, dag):
    assert Skolear(skolear).torsdag_i(uke) == dag


def test_every_week_of_every_year_is_in_its_school_year():
    utenfor = [
        (ar, uke)
        for ar in range(2000, 2199)
        for uke in range(1, 54)
        if not Skolear(ar).fra <= Skolear(ar).torsdag_i(uke) <= Skolear(ar).til
    ]

    assert utenfor == []


# Who sees it ------------------------------------------------------------------------------


def svarene(kommune, nabo):
    klienter = {"alle": Client(), "nabo": nabo}
    for rolle in Tilgang.Rolle:
        bruker = BrukerFactory()
        TilgangFactory(bruker=bruker, kommune=kommune, rolle=rolle)
        klienter[rolle.value] = innlogget(bruker)
    return {navn: k.get(SIDEN).status_code for navn, k in klienter.items()}


def test_it_is_for_those_who_work_there_until_the_kommune_wants_it(kommune, nabo):
    lukket = svarene(kommune, nabo)
    kommune.forebyggingskalender_er_apen = True
    kommune.save()

    assert lukket == {
        "alle": 404,
        "nabo": 404,
        "koordinator": 200,
        "politirad": 200,
        "ansatt": 200,
    }
    assert set(svarene(kommune, nabo).values()) == {200}


def test_the_coordinator_switches_it_on_in_the_settings(kommune, koordinator):
    adresse = "/lillestrom/innstillinger/deler/"
    skjema = koordinator.get(adresse).context["skjema"].hoved

    svar = koordinator.post(
        adresse,
        {
            "sett": skjema["sett"].value(),
            "hvem_er_pa": "on",
            "forebyggingskalender_er_apen": "on",
        },
    )

    kommune.refresh_from_db()
    assert svar.status_code == 302
    assert kommune.forebyggingskalender_er_apen


def test_what_is_not_for_all_says_so_and_strangers_do_not_get_it(kommune, koordinator):
    kommune.forebyggingskalender_er_apen = True
    kommune.save()
    lag(kommune, "Intern", date(2026, 10, 5), publisert=False)
    lag(kommune, "Lang", date(2026, 10, 5), til_dato=date(2026, 11, 2))

    inne = Lest(koordinator.get(SIDEN, {"skolear": 2026})).tekst
    ute = Client().get(SIDEN, {"skolear": 2026}).text

    assert "Intern 5. oktober, ikke for alle" in inne
    assert "Lang 5. okt–2. nov" in inne
    assert "Intern" not in ute


# The page -----------------------------------------------------------------------------------


def test_one_grade_is_a_list_by_month(kommune, koordinator):
    lag(kommune, "Åttende", date(2026, 10, 5))
    lag(kommune, "Niende", date(2026, 10, 5), trinn_fra=9)

    siden = Lest(koordinator.get(SIDEN, {"skolear": 2026, "trinn": 8}))

    assert "Forebyggingskalender 2026/27: 8. trinn" in siden.tekst
    assert "Oktober 2026 Åttende 5. oktober" in siden.tekst
    assert "Niende" not in siden.tekst


@pytest.mark.parametrize(
    ("dag", "skolear"),
    [("2027-07-31", "2026/27"), ("2027-08-01", "2027/28"), ("2028-02-29", "2027/28")],
)
def test_it_begins_with_the_year_that_is_now(dag, skolear, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date.fromisoformat(dag))

    assert str(Skolear.na()) == skolear


def test_an_empty_year_says_so_and_one_that_nobody_means_is_not_there(
    kommune, koordinator
):
    tomt = koordinator.get(SIDEN, {"skolear": 2150})
    galt = [
        koordinator.get(SIDEN, data).status_code
        for data in (
            {"skolear": 1999},
            {"skolear": "nå"},
            {"trinn": 14},
            {"trinn": "x"},
        )
    ]

    assert "Det står ingenting i kalenderen for 2150/51." in tomt.text
    assert galt == [404] * 4
