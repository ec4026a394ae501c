"""What an indicator serves, and a tiltak's figures before and after it began."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from evaluering.models import (
    Malsettingsindikator,
    Omradeindikator,
    Tiltaksindikator,
)
from evaluering.tall.for_og_etter import begynte, for_og_etter
from slt.models import PUBLIKUM
from tests.factories import (
    HandlingsplanFactory,
    IndikatorFactory,
    MalingFactory,
    PlasseringFactory,
    TilbudFactory,
    TiltakFactory,
)
from tests.lest import Lest
from tests.skjemasvar import feil, send, sporringer
from tiltak.models import Malsetting, Overgang
from tiltak.overgang import ny_periode, utfor, velg

FORBEHOLD = "viser ikke at det er tiltaket som er grunnen"


@pytest.fixture
def sted(kommune):
    return PlasseringFactory(
        innsatsomrade__plan=HandlingsplanFactory(kommune=kommune),
        tiltak__fra_dato=date(2023, 8, 15),
        tiltak__tittel="Natteravner",
        nummer=1,
    )


@pytest.fixture
def tiltak(sted):
    return sted.tiltak


@pytest.fixture
def indikator(kommune):
    return IndikatorFactory(kommune=kommune, navn="Slåsskamper", publisert=True)


def knytt(indikator, tiltak, **felter):
    return Tiltaksindikator.objects.create(indikator=indikator, tiltak=tiltak, **felter)


def i_ord(serie):
    """(of what, before, at the start, after), each figure with its year."""
    punkter = (serie.for_, serie.underveis, serie.etter)
    return (
        serie.omfang or serie.hva,
        *(f"{p[1].tekst} ({p[0]})" if p else None for p in punkter),
    )


def lest(klient, rad):
    return Lest(klient.get(rad.get_absolute_url())).tekst


# Before and after ---------------------------------------------------------------------


def test_the_years_are_parted_by_the_day_it_began(indikator, tiltak):
    for arstall, verdi in ((2021, 40), (2022, 50), (2023, 45), (2024, 30), (2025, 35)):
        MalingFactory(indikator=indikator, arstall=arstall, verdi=verdi)
    MalingFactory(indikator=indikator, arstall=2022, verdi=500, omfang="landet")
    MalingFactory(indikator=indikator, arstall=2025, verdi=550, omfang="landet")
    knytt(indikator, tiltak)

    [tall] = for_og_etter(PUBLIKUM, tiltak)

    assert [i_ord(serie) for serie in tall.egne] == [
        ("", "50 (2022)", "45 (2023)", "35 (2025)")
    ]
    assert [i_ord(serie) for serie in tall.andres] == [
        ("hele landet", "500 (2022)", None, "550 (2025)")
    ]


def test_a_school_year_is_from_august_to_july(indikator, tiltak):
    tiltak.fra_dato = date(2023, 8, 1)
    tiltak.save()
    for arstall in (2021, 2022, 2023):
        MalingFactory(
            indikator=indikator, arstall=arstall, til_ar=arstall + 1, periode="skolear"
        )
    knytt(indikator, tiltak)

    [tall] = for_og_etter(PUBLIKUM, tiltak)

    assert [i_ord(serie) for serie in tall.egne] == [
        ("", "100 (2022/23)", None, "100 (2023/24)")
    ]


def test_parts_stand_where_the_kommune_has_no_figure(indikator, tiltak):
    for trinn, verdi in (("ungdomsskole", 13), ("videregaende", 19)):
        MalingFactory(indikator=indikator, arstall=2022, trinn=trinn, verdi=verdi)
    knytt(indikator, tiltak)

    [tall] = for_og_etter(PUBLIKUM, tiltak)

    assert [i_ord(serie) for serie in tall.egne] == [
        ("ungdomsskole", "13 (2022)", None, None),
        ("videregående", "19 (2022)", None, None),
    ]


def test_when_it_began_is_not_guessed(kommune, tiltak):
    plan = tiltak.plan
    nytt = TiltakFactory(plan=plan, nytt=True)
    gammelt = TiltakFactory(plan=plan)
    tilbud = TilbudFactory(kommune=kommune)

    assert [begynte(t) for t in (tiltak, nytt, gammelt, tilbud)] == [
        date(2023, 8, 15),
        date(plan.fra_ar, 1, 1),
        None,
        None,
    ]


def test_the_page_says_so_where_nobody_knows(indikator, tiltak, client):
    tiltak.fra_dato = None
    tiltak.save()
    MalingFactory(indikator=indikator, arstall=2022, verdi=50)
    knytt(indikator, tiltak)

    tekst = lest(client, tiltak)

    assert "Det er ikke oppgitt når tiltaket begynte" in tekst
    assert "50 (2022)" in tekst
    # There is no before and after, and so nothing to be careful about.
    assert "Slik måles det" in tekst
    assert "Tall før og etter" not in tekst
    assert FORBEHOLD not in tekst


def test_the_page_has_the_criterion_the_figures_and_the_caveat(
    indikator, tiltak, client
):
    MalingFactory(indikator=indikator, arstall=2022, verdi=50)
    MalingFactory(
        indikator=indikator,
        arstall=2024,
        verdi=40,
        merke="forelopig",
        kilde__kommune=indikator.kommune,
    )
    knytt(
        indikator,
        tiltak,
        kriterium="Færre slåss",
        maltall="20.5",
        innen=date(2027, 6, 30),
    )

    tekst = lest(client, tiltak)

    for ordene in (
        "Begynte 15. august 2023.",
        "50 (2022)",
        "40 (foreløpig) (2024)",
        "Suksesskriterium: Færre slåss",
        "Mål: 20,5 treff innen 30. juni 2027.",
        FORBEHOLD,
    ):
        assert ordene in tekst


def test_other_sources_before_and_after_are_said(indikator, tiltak, client):
    MalingFactory(indikator=indikator, arstall=2022)
    siste = MalingFactory(indikator=indikator, arstall=2024)
    knytt(indikator, tiltak)
    assert "ulike kilder" not in lest(client, tiltak)

    siste.kilde = IndikatorFactory(kommune=indikator.kommune).kilde
    siste.save()

    assert "ulike kilder" in lest(client, tiltak)


def test_a_page_without_figures_says_nothing_of_them(tiltak, client):
    tekst = lest(client, tiltak)

    assert "Tall før og etter" not in tekst
    assert FORBEHOLD not in tekst


# What is not seen ---------------------------------------------------------------------


def test_few_persons_stay_hidden(tiltak, kommune, koordinator, client):
    """Also to who may see the rest, and in the goal's list."""
    indikator = IndikatorFactory(kommune=kommune, publisert=True, teller="personer")
    MalingFactory(indikator=indikator, arstall=2022, verdi=3)
    MalingFactory(indikator=indikator, arstall=2024, verdi=47)
    MalingFactory(indikator=indikator, arstall=2025, verdi=44)
    MalingFactory(indikator=indikator, arstall=2025, slag="vold", verdi=2)
    MalingFactory(indikator=indikator, arstall=2025, slag="ran", verdi=42)
    knytt(indikator, tiltak)

    for klient in (koordinator, client):
        [tall] = for_og_etter(PUBLIKUM, tiltak)
        assert [i_ord(serie) for serie in tall.egne] == [("", None, None, "44 (2025)")]
        tekst = lest(klient, tiltak)
        assert "44 (2025)" in tekst
        assert not any(t in tekst for t in ("3 (2022)", "42 (2025)", "2 (2025)"))


def test_an_indicator_that_is_not_published_stays_unseen(
    tiltak, kommune, koordinator, nabo, client
):
    hemmelig = IndikatorFactory(kommune=kommune, navn="Hemmelig tall")
    MalingFactory(indikator=hemmelig, arstall=2022)
    knytt(hemmelig, tiltak, kriterium="Hemmelig mål")

    assert "Hemmelig tall" in lest(koordinator, tiltak)
    for klient in (nabo, client):
        assert "Hemmelig" not in lest(klient, tiltak)


def test_what_it_serves_in_a_draft_stays_unseen(
    kommune, indikator, koordinator, client
):
    utkast = HandlingsplanFactory(
        kommune=kommune, status="utkast", fra_ar=2030, til_ar=2033
    )
    bruk = knytt(indikator, TiltakFactory(plan=utkast))

    def ser(klient):
        bruker = klient.get(reverse("forside")).wsgi_request.user
        return Tiltaksindikator.objects.synlige_for(bruker).filter(pk=bruk.pk).exists()

    assert (ser(koordinator), ser(client)) == (True, False)


# Goals and innsatsområder -------------------------------------------------------------


def test_a_goal_and_an_innsatsomrade_show_what_measures_them(
    sted, indikator, koordinator, client
):
    omrade, plan = sted.innsatsomrade, sted.innsatsomrade.plan
    MalingFactory(indikator=indikator, arstall=2024, verdi=41)
    mal = Malsetting.objects.create(
        plan=plan, innsatsomrade=omrade, type="resultatmal", tekst="Færre slåsskamper"
    )
    Malsettingsindikator.objects.create(
        indikator=indikator, malsetting=mal, maltall=30, innen=date(2028, 12, 31)
    )
    Omradeindikator.objects.create(indikator=indikator, innsatsomrade=omrade)

    siden = lest(client, omrade)
    planen = Lest(
        client.get(reverse("tiltak:plan", args=["lillestrom", plan.slug]))
    ).tekst

    assert siden.count("41 treff (2024)") == 2
    assert "Mål: 30 treff innen 31. desember 2028." in siden
    assert planen.count("41 treff (2024)") == 1

    indikator.publisert = False
    indikator.save()
    assert "Slik måles det" not in lest(client, omrade)
    assert "Slik måles det" in lest(koordinator, omrade)


def test_the_page_of_an_indicator_says_what_it_serves(
    sted, indikator, kommune, koordinator, client
):
    utkast = PlasseringFactory(
        innsatsomrade__plan=HandlingsplanFactory(
            kommune=kommune, status="utkast", fra_ar=2030, til_ar=2033
        ),
        tiltak__tittel="Hemmelig tiltak",
    )
    mal = Malsetting.objects.create(
        plan=sted.plan, type="hovedmal", tekst="Trygge unge"
    )
    Malsettingsindikator.objects.create(indikator=indikator, malsetting=mal)
    Omradeindikator.objects.create(
        indikator=indikator, innsatsomrade=sted.innsatsomrade
    )
    knytt(indikator, sted.tiltak, kriterium="Færre slåss")
    knytt(indikator, utkast.tiltak)

    ute, inne = lest(client, indikator), lest(koordinator, indikator)

    for ordene in (
        "Trygge unge",
        sted.innsatsomrade.navn,
        "Natteravner",
        "Færre slåss",
    ):
        assert ordene in ute
    assert ("Hemmelig tiltak" in ute, "Hemmelig tiltak" in inne) == (False, True)


@pytest.mark.parametrize("antall", [1, 3])
def test_the_page_of_a_tiltak_costs_the_same_for_one_and_three(
    tiltak, kommune, client, antall
):
    mal = Malsetting.objects.create(
        plan=tiltak.plan, tiltak=tiltak, type="resultatmal", tekst="Trygghet"
    )
    uten = sporringer(client, tiltak.get_absolute_url())
    for nr in range(antall):
        indikator = IndikatorFactory(kommune=kommune, publisert=True)
        MalingFactory(indikator=indikator, arstall=2022)
        del_ = TiltakFactory(plan=tiltak.plan, overordnet=tiltak, nytt=True)
        knytt(indikator, tiltak if nr else del_)
        Malsettingsindikator.objects.create(indikator=indikator, malsetting=mal)

    assert sporringer(client, tiltak.get_absolute_url()) - uten == 5


# The form -----------------------------------------------------------------------------


@pytest.fixture
def i(sted, indikator):
    mal = Malsetting.objects.create(plan=sted.plan, type="hovedmal", tekst="Trygghet")
    return SimpleNamespace(
        mal=mal,
        omrade=sted.innsatsomrade,
        tiltak=sted.tiltak,
        indikator=indikator,
        adresse=reverse(
            "evaluering:indikator_endre", args=["lillestrom", indikator.pk]
        ),
    )


def test_a_coordinator_ties_it_to_what_it_shows(i, koordinator):
    svar = send(
        koordinator,
        i.adresse,
        **{
            "malsettingsindikatorer-0-malsetting": i.mal.pk,
            "omradeindikatorer-0-innsatsomrade": i.omrade.pk,
            "tiltaksindikatorer-0-tiltak": i.tiltak.pk,
            "tiltaksindikatorer-0-kriterium": "Færre slåss",
            "tiltaksindikatorer-0-maltall": "12",
            "tiltaksindikatorer-0-innen": "30. juni 2027",
        },
    )

    assert svar.status_code == 302
    assert i.indikator.malsettingsindikatorer.get().malsetting == i.mal
    assert i.indikator.omradeindikatorer.get().innsatsomrade == i.omrade
    bruk = i.indikator.tiltaksindikatorer.get()
    assert (bruk.tiltak, bruk.kriterium, str(bruk.maltall), bruk.innen) == (
        i.tiltak,
        "Færre slåss",
        "12.00",
        date(2027, 6, 30),
    )


@pytest.mark.parametrize(
    ("felter", "felt", "melding"),
    [
        (
            {"maltall": "5"},
            "maltall",
            "Oppgi også når tallet skal være nådd.",
        ),
        (
            {"maltall": "-5", "innen": "1.1.2027"},
            "maltall",
            "Tallet kan ikke være under 0.",
        ),
        (
            {"maltall": "1.250", "innen": "1.1.2027"},
            "maltall",
            "«1.250» kan leses på to måter. Skriv 1250, uten punktum.",
        ),
    ],
)
def test_a_target_is_a_figure_with_a_date(i, koordinator, felter, felt, melding):
    rad = {f"tiltaksindikatorer-0-{n}": verdi for n, verdi in felter.items()}

    svar = send(
        koordinator, i.adresse, **rad, **{"tiltaksindikatorer-0-tiltak": i.tiltak.pk}
    )

    assert melding in feil(svar).values()
    assert Tiltaksindikator.objects.count() == 0


def test_only_what_holds_or_may_come_to_hold_is_offered(i, koordinator, kommune, nabo):
    gammel = HandlingsplanFactory(
        kommune=kommune, status="avlost", fra_ar=2010, til_ar=2014
    )
    borte = TiltakFactory(plan=gammel, tittel="Gammelt")
    TilbudFactory(kommune=kommune, tittel="Åpen hall")

    def tilbys():
        rader = koordinator.get(i.adresse).context["skjema"].rader["tiltak"]
        form = rader.forms[0] if rader.forms else rader.empty_form
        return [navn for _pk, navn in form.fields["tiltak"].choices][1:]

    assert tilbys() == ["Natteravner (2024–2028)", "Åpen hall"]
    feilen = send(koordinator, i.adresse, **{"tiltaksindikatorer-0-tiltak": borte.pk})
    assert "tiltaksindikatorer-0-tiltak" in feil(feilen)
    # What is tied already may stay.
    knytt(i.indikator, borte)
    assert "Gammelt (2010–2014)" in tilbys()
    assert nabo.get(i.adresse).status_code == 404


def test_a_tiltak_that_is_taken_into_the_next_plan_keeps_its_figures(
    i, kommune, koordinator
):
    knytt(i.indikator, i.tiltak, kriterium="Færre slåss")
    ny = ny_periode(forrige=i.tiltak.plan, tittel="Ny plan", fra_ar=2028, til_ar=2032)
    velg(plan=ny, fra=i.tiltak, valg=Overgang.Valg.VIDEREFORES)
    utfor(ny)

    nytt = ny.tiltak.get(tittel="Natteravner")
    assert [b.kriterium for b in nytt.indikatorbruk.all()] == ["Færre slåss"]
