"""The coverage: each count is that of the list it leads to, and gaps are said to those
who may hear of them."""

import re
from random import Random

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.urls import resolve

from tests.factories import (
    HandlingsplanFactory,
    InnsatsomradeFactory,
    PlasseringFactory,
    TiltakFactory,
    gi_status,
)
from tests.lest import Lest
from tests.tiltak.provedata import lag
from tiltak.dekning import antall_per_niva, dekning_etter_alder, dekning_etter_niva
from tiltak.filters import TiltakFilter
from tiltak.models import Handlingsplan, Malgruppe, Plassering, Tiltak
from tiltak.views.felles import IPlanen

SIDE = "/lillestrom/2024-2028/dekning/"
LISTE = "/lillestrom/2024-2028/tiltak/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


@pytest.fixture
def vold(plan):
    return InnsatsomradeFactory(plan=plan, navn="Vold", rekkefolge=1)


def plasser(omrade, *grupper, **felter):
    """A tiltak in the innsatsområde, with målgrupper of these (from, to)."""
    felter = {f"tiltak__{navn}": verdi for navn, verdi in felter.items()}
    tiltak = PlasseringFactory(innsatsomrade=omrade, **felter).tiltak
    for fra, til in grupper:
        Malgruppe.objects.create(tiltak=tiltak, tekst="x", alder_fra=fra, alder_til=til)
    return tiltak


def tall(tabell):
    """{innsatsområde: {column: count}}."""
    return {
        str(rad.omrade): {
            str(kolonne): celle.antall
            for kolonne, celle in zip(tabell.kolonner, rad.celler, strict=True)
        }
        for rad in tabell.rader
    }


# Counts -------------------------------------------------------------------------------


def test_by_level(plan, vold):
    InnsatsomradeFactory(plan=plan, navn="Rus", rekkefolge=2)
    for niva in ("universell", "universell", "indikativ"):
        plasser(vold, niva=niva)

    assert tall(dekning_etter_niva(plan)) == {
        "Vold": {"Universell": 2, "Selektiv": 0, "Indikativ": 1},
        "Rus": {"Universell": 0, "Selektiv": 0, "Indikativ": 0},
    }


def test_a_column_for_what_has_no_level_only_when_something_has_none(plan, vold):
    plasser(vold)

    assert tall(dekning_etter_niva(plan)) == {
        "Vold": {"Universell": 0, "Selektiv": 0, "Indikativ": 0, "Nivå ikke oppgitt": 1}
    }


def test_by_age_band(plan, vold):
    plasser(vold, (10, 12))
    plasser(vold, (12, 16), (0, 3))
    plasser(vold)
    plasser(vold, (40, None))

    assert tall(dekning_etter_alder(plan)) == {
        "Vold": {
            "under 10 år": 2,
            "10–12 år": 3,
            "13–15 år": 2,
            "16–18 år": 2,
            "19–25 år": 1,
            "over 25 år": 2,
        }
    }


@pytest.mark.parametrize(
    ("fra", "til", "band"),
    [
        (10, 25, ["10–12 år", "13–15 år", "16–18 år", "19–25 år"]),
        (12, 13, ["10–12 år", "13–15 år"]),
        (0, 9, ["under 10 år"]),
        (19, None, ["19–25 år", "over 25 år"]),
        (None, 12, ["under 10 år", "10–12 år"]),
        (15, 15, ["13–15 år"]),
    ],
)
def test_the_bands_are_those_of_the_plans_own_target_group(fra, til, band, plan, vold):
    plan.alder_fra, plan.alder_til = fra, til

    assert [str(k) for k in dekning_etter_alder(plan).kolonner] == band


def test_who_stands_in_two_counts_in_both_and_once_in_the_pyramid(plan, vold):
    rus = InnsatsomradeFactory(plan=plan, navn="Rus", rekkefolge=2)
    tiltak = plasser(vold, niva="selektiv")
    PlasseringFactory(innsatsomrade=rus, tiltak=tiltak, hoved=False)

    tabell = tall(dekning_etter_niva(plan))

    assert [rad["Selektiv"] for rad in tabell.values()] == [1, 1]
    assert antall_per_niva(plan) == {"universell": 0, "selektiv": 1, "indikativ": 0}


def test_only_what_the_list_shows_is_counted(plan, vold):
    """Neither deltiltak nor what has no main place."""
    tiltak = plasser(vold, niva="selektiv")
    TiltakFactory(plan=plan, overordnet=tiltak, niva="selektiv")
    TiltakFactory(plan=plan, niva="selektiv")
    PlasseringFactory(innsatsomrade=vold, hoved=False, tiltak__niva="selektiv")

    assert tall(dekning_etter_niva(plan))["Vold"]["Selektiv"] == 1
    assert tall(dekning_etter_alder(plan))["Vold"]["13–15 år"] == 1
    assert antall_per_niva(plan)["selektiv"] == 1


def tilfeldig_plan(plan, fro):
    """Eight tiltak at random: levels, ages, grades, deltiltak, places."""
    tilfeldig = Random(fro)  # noqa: S311 (repeatable, no secret)
    omrader = [InnsatsomradeFactory(plan=plan, rekkefolge=n) for n in range(3)]
    numre = dict.fromkeys(omrader, 0)

    def plassering(tiltak, omrade, hoved):
        numre[omrade] += 1
        return {
            "tiltak": tiltak,
            "innsatsomrade": omrade,
            "nummer": numre[omrade],
            "hoved": hoved,
        }

    tiltak = lag(
        Tiltak,
        (
            {
                "plan": plan,
                "tittel": f"T{n}",
                "slug": f"t{n}",
                "niva": tilfeldig.choice([*Tiltak.Niva.values, ""]),
            }
            for n in range(8)
        ),
    )
    deler = lag(
        Tiltak,
        (
            {
                "plan": plan,
                "tittel": "D",
                "slug": f"d{n}",
                "overordnet": t,
                "niva": "selektiv",
            }
            for n, t in enumerate(tilfeldig.sample(tiltak, 3))
        ),
    )
    plasseringer = []
    for t in tiltak:
        valgte = tilfeldig.sample(omrader, tilfeldig.choice([0, 1, 1, 1, 2, 3]))
        har_hoved = tilfeldig.random() < 0.9
        plasseringer += [
            plassering(t, omrade, har_hoved and nr == 0)
            for nr, omrade in enumerate(valgte)
        ]
    lag(Plassering, plasseringer)

    def grenser(hoyest):
        lav, hoy = sorted(tilfeldig.choices(range(1, hoyest), k=2))
        return [tilfeldig.choice([v, v, None]) for v in (lav, hoy)]

    grupper = []
    for t in [*tiltak, *deler]:
        for _n in range(tilfeldig.randrange(3)):
            (alder_fra, alder_til), (trinn_fra, trinn_til) = grenser(40), grenser(14)
            grupper.append(
                {
                    "tiltak": t,
                    "tekst": "x",
                    "alder_fra": alder_fra,
                    "alder_til": alder_til,
                    "trinn_fra": trinn_fra,
                    "trinn_til": trinn_til,
                }
            )
    lag(Malgruppe, grupper)


@pytest.mark.parametrize("fro", range(4))
def test_every_count_is_that_of_the_list_it_leads_to(fro, plan, client):
    tilfeldig_plan(plan, fro)
    listen = IPlanen()
    listen.plan = plan
    tabeller = [dekning_etter_niva(plan), dekning_etter_alder(plan)]

    celler = [celle for t in tabeller for rad in t.rader for celle in rad.celler]

    for celle in celler:
        sti, _, sporring = celle.adresse.partition("?")
        assert resolve(sti).view_name == "tiltak:tiltak_list"
        filter_ = TiltakFilter(QueryDict(sporring), queryset=listen.tiltak(), plan=plan)
        assert filter_.is_valid()
        assert filter_.qs.count() == celle.antall, celle.adresse
    assert any(celle.antall for celle in celler)
    assert len(celler) == 3 * (len(tabeller[0].kolonner) + 6)


def test_the_page_leads_from_each_count_to_its_list(plan, client):
    tilfeldig_plan(plan, 1)

    lenker = Lest(client.get(SIDE)).lenker
    celler = [lenke for lenke in lenker if lenke[0].startswith(f"{LISTE}?")]

    assert len(celler) > 10
    for adresse, antall in celler:
        assert client.get(adresse).context["paginator"].count == int(antall)


def test_the_pyramid_counts_as_the_list_does(plan, client):
    tilfeldig_plan(plan, 2)

    antall = antall_per_niva(plan)

    for niva, n in antall.items():
        svar = client.get(f"{LISTE}?niva={niva.value}")
        assert svar.context["paginator"].count == n
    uten = client.get(f"{LISTE}?niva=uten").context["paginator"].count
    assert sum(antall.values()) + uten == client.get(LISTE).context["paginator"].count


# Gaps ---------------------------------------------------------------------------------


@pytest.fixture
def hullete(plan, vold):
    """Vold has something for 13–15 at two levels, and nothing else."""
    plan.alder_fra, plan.alder_til = 10, 18
    plan.save()
    plasser(vold, (13, 15), niva="universell")
    plasser(vold, (14, 14))
    return plan


HULL = [
    "«Vold» har ingen selektive tiltak.",
    "«Vold» har ingen indikative tiltak.",
    "«Vold» har ingen tiltak for 10–12 år.",
    "«Vold» har ingen tiltak for 16–18 år.",
]


def sagt(klient):
    tekst = Lest(klient.get(SIDE)).tekst
    assert "Etter forebyggingsnivå" in tekst
    assert len(re.findall("» har ingen .*?tiltak", tekst)) in (0, len(HULL))
    return [setning for setning in HULL if setning in tekst]


def test_gaps_are_said_to_coordinators_alone_until_published(
    hullete, koordinator, nabo, administrator, client
):
    assert sagt(koordinator) == HULL
    assert sagt(administrator) == HULL
    assert "ser bare koordinatorene" in Lest(koordinator.get(SIDE)).tekst
    assert (sagt(nabo), sagt(client)) == ([], [])
    assert "ser bare koordinatorene" not in Lest(client.get(SIDE)).tekst

    hullete.hull_er_publisert = True
    hullete.save()

    assert [sagt(k) for k in (koordinator, nabo, client)] == [HULL] * 3
    assert "ser bare koordinatorene" not in Lest(koordinator.get(SIDE)).tekst

    hullete.hull_er_publisert = False
    hullete.save()

    assert (sagt(koordinator), sagt(client)) == (HULL, [])


def test_a_level_that_all_tiltak_have_is_no_gap(plan, vold, koordinator):
    """Vold has no tiltak without a level; that is as it should be."""
    plasser(vold, niva="universell")
    rus = InnsatsomradeFactory(plan=plan, navn="Rus", rekkefolge=2)
    plasser(rus)

    tekst = Lest(koordinator.get(SIDE)).tekst

    assert "Nivå ikke oppgitt" in tekst
    assert "har ." not in tekst
    assert "«Vold» har ingen selektive tiltak." in tekst


def test_without_gaps_nothing_is_said(plan, koordinator):
    omrade = InnsatsomradeFactory(plan=plan)
    for niva in Tiltak.Niva:
        plasser(omrade, niva=niva)

    assert "» har ingen" not in koordinator.get(SIDE).text


def test_a_plan_without_anything_has_a_page(plan, koordinator, client):
    for klient in (koordinator, client):
        svar = klient.get(SIDE)
        assert svar.status_code == 200
        assert "» har ingen" not in svar.text


def test_the_counts_of_a_draft_lead_into_the_draft(plan, vold, koordinator):
    gi_status(plan, Handlingsplan.Status.UTKAST)
    plasser(vold, niva="selektiv")

    [adresse, *_] = Lest(koordinator.get(SIDE)).adresser(f"{LISTE}?")

    assert koordinator.get(adresse).context["paginator"].count == 1
