"""The page of a source: how it came to be, what it says, and who sees it; and the form in
which a coordinator says so."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluering.kunnskap.kildesiden import kalendere, temafaktorer
from evaluering.models import (
    Faktor,
    Kalenderpunkt,
    Kilde,
    Kildesteg,
)
from slt.grunn.tid import tidsrom
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
    FunnFactory,
    IndikatorFactory,
    KildeFactory,
    MedvirkningFactory,
    TemaFactory,
    TilgangFactory,
)
from tests.lest import Lest
from tests.skjemasvar import feil, send, sporringer

PERSONNUMMER = "01010050053"
FIGUR = "<p>En figur</p>"


@pytest.fixture
def kilde(kommune):
    return KildeFactory(
        kommune=kommune,
        navn="HKH 2026",
        publisert=True,
        mandat="Politirådet ba om den.",
        sporsmal="Hva er vanskelig?\nHva mangler?",
        fra_dato=date(2026, 3, 1),
        til_dato=date(2026, 6, 30),
    )


@pytest.fixture
def rus(kommune):
    return TemaFactory(kommune=kommune, navn="Rus")


def lest(klient, kilde):
    return Lest(klient.get(kilde.get_absolute_url())).tekst


def endre(kilde):
    return reverse("evaluering:kilde_endre", args=["lillestrom", kilde.pk])


@pytest.mark.parametrize(
    ("fra", "til", "ordene"),
    [
        (None, None, ""),
        ("2026-03-05", None, "5. mars 2026"),
        ("2026-03-05", "2026-03-05", "5. mars 2026"),
        ("2026-03-01", "2026-03-31", "mars 2026"),
        ("2026-03-01", "2026-06-30", "mars–juni 2026"),
        ("2025-12-01", "2026-01-31", "desember 2025 – januar 2026"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("2025-01-01", "2026-12-31", "2025–2026"),
        ("2024-02-01", "2024-02-29", "februar 2024"),
        ("2026-03-05", "2026-03-07", "5. mars – 7. mars 2026"),
    ],
)
def test_a_time_is_said_no_closer_than_it_is_known(fra, til, ordene):
    dager = [dag and date.fromisoformat(dag) for dag in (fra, til)]

    assert tidsrom(*dager) == ordene


# What stands there --------------------------------------------------------------------


def test_it_says_how_the_source_came_to_be(kilde, client):
    Kildesteg.objects.create(kilde=kilde, navn="Intervjuer", fra_dato=date(2026, 4, 7))
    MedvirkningFactory(kilde=kilde, navn="lærere", antall=1200)
    MedvirkningFactory(kilde=kilde, navn="politikontakter", antall=4)

    tekst = lest(client, kilde)

    for ordene in (
        "Politirådet ba om den.",
        "Hva mangler?",
        "mars–juni 2026",
        "Intervjuer 7. april 2026",
        "lærere: 1 200",
        "politikontakter: færre enn 5",
    ):
        assert ordene in tekst.replace("\N{NO-BREAK SPACE}", " ")
    assert "politikontakter: 4" not in tekst


@pytest.mark.parametrize("navn", ["i alt", "elever"])
def test_all_who_took_part_tell_of_no_few_among_them(kilde, client, navn):
    """By its name, or as it is the sum of the others."""
    for gruppe, antall in ((navn, 33), ("lærere", 30), ("foreldre", 3)):
        MedvirkningFactory(kilde=kilde, navn=gruppe, antall=antall)

    tekst = lest(client, kilde)

    assert "lærere: 30" in tekst
    assert f"{navn}: 33" not in tekst


def test_risk_and_protection_stand_by_theme_and_age(kilde, rus, client):
    funn = FunnFactory(kilde=kilde, tekst="Mange kjeder seg", publisert=True)
    godt = FunnFactory(kilde=kilde, tekst="Klubben er åpen", publisert=True)
    skjult = FunnFactory(kilde=kilde, tekst="Ikke for alle")
    lag = Faktor.objects.create
    eldre = lag(funn=funn, type="risiko", tema=rus, alder_fra=16, alder_til=18)
    yngre = lag(funn=funn, type="risiko", tema=rus, alder_fra=13, alder_til=15)
    vern = lag(funn=godt, type="beskyttelse", tema=rus)
    uten = lag(funn=funn, type="risiko")
    lag(funn=skjult, type="risiko", tema=rus)

    tekst = lest(client, kilde)

    faktorene = [eldre, yngre, vern, uten]
    assert [(t.tema, t.risiko, t.beskyttelse) for t in temafaktorer(faktorene)] == [
        (rus, [yngre, eldre], [vern]),
        (None, [uten], []),
    ]
    assert "Mange kjeder seg (13–15 år)" in tekst
    assert "Uten tema" in tekst
    assert "Ikke for alle" not in tekst


def test_the_calendar_is_theme_by_grade_for_each_year(kilde, rus, client):
    nett = TemaFactory(kommune=kilde.kommune, navn="Nett")
    for tema, arstall, trinn, tekst in (
        (rus, 2026, 11, "Vg-møte"),
        (rus, 2026, 8, "Rusundervisning"),
        (rus, 2026, 8, "Foreldremøte"),
        (nett, 2026, 6, "Nettvett"),
        (rus, None, 8, "Hvert år"),
    ):
        Kalenderpunkt.objects.create(
            kilde=kilde, tema=tema, arstall=arstall, trinn=trinn, tekst=tekst
        )

    hvert, aret = kalendere(list(kilde.kalenderpunkter.select_related("tema")))

    assert (hvert.skolear, hvert.trinn) == ("", ["8. trinn"])
    assert (aret.skolear, aret.trinn) == ("2026/27", ["6. trinn", "8. trinn", "vg1"])
    assert aret.rader == [
        (nett, [["Nettvett"], [], []]),
        (rus, [[], ["Rusundervisning", "Foreldremøte"], ["Vg-møte"]]),
    ]
    assert "Skoleåret 2026/27" in lest(client, kilde)


# Who sees it --------------------------------------------------------------------------


def test_what_is_not_published_is_there_for_those_inside(kilde, kommune, nabo, client):
    kilde.publisert = False
    kilde.save()
    roller = {
        rolle: innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)
        for rolle in Tilgang.Rolle.values
    }

    sett = {
        navn: klient.get(kilde.get_absolute_url()).status_code
        for navn, klient in (roller | {"nabo": nabo, "alle": client}).items()
    }

    assert {navn for navn, status in sett.items() if status == 200} == {
        "koordinator",
        "politirad",
    }
    assert set(sett.values()) == {200, 404}


def test_it_shows_of_what_it_says_what_the_asker_sees(kilde, koordinator, client):
    FunnFactory(kilde=kilde, tekst="Åpent funn", publisert=True)
    FunnFactory(kilde=kilde, tekst="Lukket funn")
    AnbefalingFactory(kilde=kilde, tekst="Lukket anbefaling")
    IndikatorFactory(kommune=kilde.kommune, kilde=kilde, navn="Lukket tall")

    ute, inne = lest(client, kilde), lest(koordinator, kilde)

    assert "Åpent funn" in ute
    assert "Lukket" not in ute
    assert all(f"Lukket {hva}" in inne for hva in ("funn", "anbefaling", "tall"))


def test_pages_that_name_it_lead_there_where_one_may_go(kilde, client, koordinator):
    indikator = IndikatorFactory(kommune=kilde.kommune, kilde=kilde, publisert=True)
    FunnFactory(kilde=kilde, publisert=True)
    sider = ["/lillestrom/kunnskap/", "/lillestrom/indikatorer/"]

    def leder_dit(klient):
        lenker = [{a for a, _tekst in Lest(klient.get(s)).lenker} for s in sider]
        return [kilde.get_absolute_url() in lenkene for lenkene in lenker]

    assert leder_dit(client) == [True, True]
    kilde.publisert = False
    kilde.save()
    assert leder_dit(client) == [False, False]
    assert leder_dit(koordinator) == [True, True]
    assert client.get(indikator.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("antall", [1, 3])
def test_it_costs_the_same_for_one_and_three(kilde, kommune, client, antall):
    for nr in range(antall):
        tema = TemaFactory(kommune=kommune, navn=f"Tema {nr}")
        funn = FunnFactory(kilde=kilde, publisert=True)
        AnbefalingFactory(kilde=kilde, publisert=True)
        IndikatorFactory(kommune=kommune, kilde=kilde, publisert=True)
        Faktor.objects.create(funn=funn, type="risiko", tema=tema)
        Kildesteg.objects.create(kilde=kilde, navn="Intervjuer")
        MedvirkningFactory(kilde=kilde, navn="lærere")
        Kalenderpunkt.objects.create(kilde=kilde, tema=tema, trinn=nr + 1, tekst="Møte")

    assert sporringer(client, kilde.get_absolute_url()) == 12


# The form -----------------------------------------------------------------------------


def test_a_coordinator_says_how_it_came_to_be(kilde, rus, koordinator):
    svar = send(
        koordinator,
        endre(kilde),
        metode="Intervjuer på skolene.",
        begrensninger="Gjelder bare ungdomstrinnet.",
        til_dato="31. mai 2026",
        **{
            "steg-0-navn": "Mandat",
            "steg-0-fra_dato": "1.3.2026",
            "steg-1-navn": "Intervjuer",
            "medvirkning-0-gruppe": "barn_og_unge",
            "medvirkning-0-navn": "elever",
            "medvirkning-0-antall": "40",
            "kalenderpunkter-0-tema": rus.pk,
            "kalenderpunkter-0-trinn": "8",
            "kalenderpunkter-0-arstall": "2026",
            "kalenderpunkter-0-tekst": "Foreldremøte",
        },
    )

    kilde.refresh_from_db()
    assert svar.status_code == 302
    assert (kilde.metode, kilde.til_dato) == (
        "Intervjuer på skolene.",
        date(2026, 5, 31),
    )
    assert [(s.navn, s.nar, s.rekkefolge) for s in kilde.steg.all()] == [
        ("Mandat", "1. mars 2026", 1),
        ("Intervjuer", "", 2),
    ]
    assert list(kilde.medvirkning.values_list("gruppe", "navn", "antall")) == [
        ("barn_og_unge", "elever", 40)
    ]
    punkt = kilde.kalenderpunkter.get()
    assert (punkt.tema, punkt.skolear, punkt.get_trinn_display()) == (
        rus,
        "2026/27",
        "8. trinn",
    )


def test_a_coordinator_says_what_a_finding_means(kilde, rus, koordinator):
    funn = FunnFactory(kilde=kilde)
    adresse = reverse("evaluering:funn_endre", args=["lillestrom", funn.pk])
    rad = {
        "faktorer-0-type": "risiko",
        "faktorer-0-tema": rus.pk,
        "faktorer-0-alder_fra": "16",
        "faktorer-0-alder_til": "13",
    }

    assert (
        feil(send(koordinator, adresse, **rad))
        == {"faktorer-0-alder_til": "Alderen kan ikke slutte før den begynner."}
        or Faktor.objects.count() == 0
    )
    rad["faktorer-0-alder_til"] = "18"
    assert send(koordinator, adresse, **rad).status_code == 302

    assert [(f.type, f.tema, f.alder) for f in funn.faktorer.all()] == [
        ("risiko", rus, "16–18 år")
    ]


def test_what_is_wrong_is_said_beside_the_field(kilde, koordinator):
    for sendt, felt, melding in (
        ({"til_dato": "1.2.2026"}, "fra_dato", "Det kan ikke slutte før det begynner."),
        (
            {"figurer": FIGUR},
            "tillatelse",
            "Skriv hvem som har sagt at figurene kan brukes, eller lisensen.",
        ),
        (
            {"medvirkning-0-navn": "elever", "medvirkning-0-antall": "0"},
            "medvirkning-0-antall",
            None,
        ),
        ({"mandat": f"Om {PERSONNUMMER}"}, "mandat", None),
    ):
        funnet = feil(send(koordinator, endre(kilde), **sendt))
        assert list(funnet) == [felt]
        assert melding in (None, funnet[felt])
    kilde.refresh_from_db()
    assert (kilde.figurer, kilde.medvirkning.count()) == ("", 0)


def test_a_figure_stands_with_who_said_that_it_may(kilde, koordinator, client):
    tillatelse = "KORUS Øst, 3. mars 2026"

    send(koordinator, endre(kilde), figurer=FIGUR, tillatelse=tillatelse)

    assert f"Kan brukes: {tillatelse}" in lest(client, kilde)
    kilde.refresh_from_db()
    kilde.tillatelse = ""
    with pytest.raises(ValidationError):
        kilde.full_clean()


def test_a_theme_of_the_neighbour_is_refused(kilde, nabokommune, koordinator):
    fremmed = TemaFactory(kommune=nabokommune, navn="Naboens")

    svar = send(
        koordinator,
        endre(kilde),
        **{
            "kalenderpunkter-0-tema": fremmed.pk,
            "kalenderpunkter-0-trinn": "8",
            "kalenderpunkter-0-tekst": "Møte",
        },
    )

    assert "kalenderpunkter-0-tema" in feil(svar)
    assert Kalenderpunkt.objects.count() == 0


def test_a_source_goes_with_what_is_said_of_it(kilde, rus, koordinator):
    Kildesteg.objects.create(kilde=kilde, navn="Intervjuer")
    Kalenderpunkt.objects.create(kilde=kilde, tema=rus, trinn=8, tekst="Møte")

    koordinator.post(f"{endre(kilde)}slett/")

    assert (Kilde.objects.count(), Kildesteg.objects.count()) == (0, 0)
