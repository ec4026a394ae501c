"""Lørenskog as loaded, against an independent reading of the survey of 2020 (HKH)."""

import re
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, models, transaction

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Funn,
    Funnsvar,
    Grunnlag,
    Indikator,
    Kilde,
    Maling,
)
from moter.models import Forum
from slt.grunn.riktekst import ren_tekst
from slt.models import Kommune, Sted
from tiltak.models import Apningstid, Handlingsplan, Kontaktpunkt, Tjeneste


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The database with all that comes with the software; see tests/tiltak."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("last_grunndata", stdout=StringIO())
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kommune(db):
    return Kommune.objects.get(nummer="3222", slug="lorenskog")


# The survey's proposals (chapter 5): {theme: a word that each is known by, in order}.
TEMAER = {
    "Trygghetsskapende tiltak": [
        "Utekontakten",
        "klubbene",
        "natteravnene",
        "hverdager",
        "trygghetsvandringer",
        "politiet",
        "vektere",
        "bygges ut",
        "møteplasser",
    ],
    "Kompetansehevende tiltak og koordinering": [
        "stilling",
        "SLT",
        "kalender",
        "taushetsplikt",
        "samtykke",
        "fagdager",
        "Trygghetsuka",
    ],
    "Foreldrerettede tiltak": ["FPH", "motherhood", "familien", "familier"],
    "Tiltak på individnivå": [
        "forebygger kriminalitet",
        "rusforebyggende",
        "velferdslab",
        "ungdomsteam",
        "bolig",
        "sommerjobb",
    ],
    "Skolen som forebyggingsarena": [
        "miljøterapeuter",
        "miljøarbeidere",
        "klubbene",
        "fraværsteamet",
        "kjentmenn",
        "rusmidler",
        "MOT",
        "ansatte i skolene",
        "livsmestring",
        "nettvett",
    ],
    "Meningsfull fritid og møtesteder": [
        "Volt",
        "juniorklubben",
        "klubbene",
        "tilskudd",
        "Fridays",
        "Veiviser",
        "Opplevelseskortet",
        "utvikle møteplasser",
        "ungdomskonferanse",
        "ferier",
    ],
}
# The verbs of the survey: {type: numbers counted through the six themes}. The others have
# none of the four.
TYPER = {
    "styrke": {1, 6, 10, 19, 20, 22, 29, 32, 34, 35, 37, 39, 46},
    "opprette": {12, 21, 24, 42},
    "utrede": {2, 4, 7, 14, 25, 28},
    "viderefore": {16, 17, 30, 31, 33, 38, 41, 43, 44},
}
# Figures: (indikator, year, what of): the figure, or the first and last of a range.
TALL = {
    ("slasskamper", 2014, "ungdomsskole"): 20,  # 23 less the increase of 3
    ("slasskamper", 2014, "videregaende"): 9,
    ("slasskamper", 2019, "ungdomsskole"): 23,
    ("slasskamper", 2019, "videregaende"): 12,
    ("voldshendelser-under-18", 2016, ""): 100,
    ("voldshendelser-under-18", 2019, ""): 150,
    ("unge-i-politiets-tall", 2019, ""): 73,
    ("andel-unge-i-politiets-tall", 2019, ""): "2.4",
    ("unge-kjent-av-politiet", 2020, "Lillestrøm politistasjonsdistrikt"): (100, 150),
    ("kriminalitet-under-18", 2019, "Romerike"): "10.2",
    ("ran-under-15", 2020, "Romerike"): "27.8",
    ("barnevernsmeldinger", 2020, ""): 480,
    ("barnevernsmeldinger", 2020, "politiet"): 87,
    ("barnevernsmeldinger", 2020, "unges atferd, rus og kriminalitet"): 44,
    ("meldt-av-politiet", 2020, ""): 31,
    ("statlige-ytelser", 2020, ""): 488,
    ("sosialhjelp", 2020, ""): 200,
    ("sosialhjelp", 2020, "også en statlig ytelse"): 60,
    ("ruskontrakter", 2020, ""): 31,
    ("ruskontrakter", 2020, "med politiet"): 17,
    ("ruskontrakter", 2020, "frivillig, som helsehjelp"): 14,
    ("ruskontrakter", 2020, "i 2019"): 15,
    ("ruskontrakter", 2020, "første halvår 2020"): 16,
    ("rustester", 2020, ""): 286,
    ("rustester", 2020, "negativ"): 241,
    ("rustester", 2020, "positiv"): 45,
    ("positive-rustester", 2020, ""): 45,
    ("positive-rustester", 2020, "cannabis"): 41,
    ("positive-rustester", 2020, "ecstasy"): 20,
    ("positive-rustester", 2020, "amfetamin"): 9,
    ("utekontaktens-bekymring", 2020, ""): 106,
    ("utekontaktens-bekymring-skoleslag", 2020, "barneskole"): 10,
    ("utekontaktens-bekymring-skoleslag", 2020, "ungdomsskole"): 26,
    ("utekontaktens-bekymring-skoleslag", 2020, "videregaende"): 38,
    ("utekontaktens-bekymring-skoleslag", 2020, "over 18 år"): 26,
    ("innbyggere", 2020, ""): 42000,
    ("innbyggere", 2020, "10–19 år"): 5086,
    ("andel-10-19", 2020, ""): 12,
    ("ikke-bestatt-videregaende", 2020, ""): 20,
}
# What the tjenester are for, by the survey's chapter 2: {slug: words of its ages or groups}.
MALGRUPPER = {
    "volt": "13–25 år",
    "fritidsklubbene": "4.–7. klasse",
    "apen-hall": "13–18 år",
    "barneverntjenesten": "0–18 år, med ettervern til 25 år",
    "barnevernvakten": "0–18 år",
    "utekontakten": "13–23 år",
    "grunnskolene": "6–15 år",
    "fph": "alle aldre",
    "hfu": "13–24 år",
    "skolehelsetjenesten": "elever i grunnskolen og videregående",
    "rus-og-psykisk-helse": "over 18 år",
    "nav-ungdomsteam": "18–29 år",
    "vo-teamet": "0–23 år",
    "dps": "over 18 år",
    "konfliktradet": "15–18 år",
}
OM_BAKGRUNN = re.compile(
    r"minoritet|etnisk|innvandr|flyktning|asyl|hjemland|integrer|nasjonalitet|"
    r"utenlandsk|religi|mosk|muslim|krig",
    re.IGNORECASE,
)
KILDENS_RADER = {
    Kilde: "kommune",
    Indikator: "kommune",
    Funn: "kilde__kommune",
    Anbefaling: "kilde__kommune",
    Maling: "indikator__kommune",
}


def tekster(modell, kommune, sti):
    """All that is written in the rows of a model."""
    felt = [
        f.name for f in modell._meta.concrete_fields if isinstance(f, models.TextField)
    ]
    rader = modell.objects.filter(**{sti: kommune}).values_list(*felt)
    return [ren_tekst(tekst) for rad in rader for tekst in rad if tekst]


def test_the_six_themes_have_their_recommendations(kommune):
    lastet = {}
    for anbefaling in Anbefaling.objects.i(kommune).order_by("nummer"):
        lastet.setdefault(anbefaling.tema, []).append(anbefaling.tekst)

    assert list(lastet) == list(TEMAER)
    assert [len(tekster) for tekster in lastet.values()] == [9, 7, 4, 6, 10, 10]
    assert [
        (ord_, tekst)
        for tema, ordene in TEMAER.items()
        for ord_, tekst in zip(ordene, lastet[tema], strict=True)
        if ord_.casefold() not in tekst.casefold()
    ] == []


def test_they_are_one_list_of_the_survey(kommune):
    anbefalinger = Anbefaling.objects.i(kommune)

    assert {a.kilde.slug for a in anbefalinger} == {"hkh-2020"}
    assert sorted(a.nummer for a in anbefalinger) == list(range(1, 47))


@pytest.mark.parametrize(("type_", "numre"), TYPER.items())
def test_the_type_is_the_surveys_verb(type_, numre, kommune):
    lastet = Anbefaling.objects.i(kommune).filter(type=type_)

    assert numre <= {a.nummer for a in lastet}


def test_the_figures_are_the_sources(kommune):
    lastet = {}
    for maling in Maling.objects.filter(indikator__kommune=kommune):
        deler = [maling.kjonn, maling.trinn, maling.slag, maling.gruppe]
        nokkel = maling.indikator.slug, maling.arstall, ", ".join(filter(None, deler))
        lastet[nokkel] = maling.verdi, maling.verdi_til

    rett = {
        nokkel: tuple(map(Decimal, tall)) if isinstance(tall, tuple) else (tall, None)
        for nokkel, tall in TALL.items()
    }
    assert lastet == {
        nokkel: (Decimal(fra), til) for nokkel, (fra, til) in rett.items()
    }


def test_shares_are_of_a_hundred_and_nothing_else_is(kommune):
    assert {
        (i.teller == Indikator.Teller.ANDEL, i.hoyst == 100, i.enhet == "prosent")
        for i in Indikator.objects.filter(kommune=kommune)
    } == {(True, True, True), (False, False, False)}


def test_what_figures_are_split_by_has_a_name(kommune):
    malinger = Maling.objects.filter(indikator__kommune=kommune)

    slag, gruppe = malinger.exclude(slag=""), malinger.exclude(gruppe="")
    assert set(slag.values_list("indikator__slag_heter", flat=True)) == {
        "hva meldingen gjelder",
        "rusmiddel",
        "slag kontrakt",
        "utslag",
        "ytelse ved siden av",
    }
    assert set(gruppe.values_list("indikator__gruppe_heter", flat=True)) == {
        "alder",
        "hvem som melder",
        "når den ble inngått",
        "område",
    }


def test_no_figure_counts_so_few_that_they_are_known(kommune):
    personer = Maling.objects.filter(
        indikator__kommune=kommune, indikator__teller="personer"
    )

    assert personer.exists()
    assert list(personer.filter(verdi__lt=10)) == []


def test_findings_are_numbered_without_gaps_and_some_are_kept_inside(kommune):
    numre = {}
    for funn in Funn.objects.i(kommune):
        numre.setdefault(funn.kilde.slug, []).append(funn.nummer)

    assert numre.keys() == {kilde.slug for kilde in kommune.kilder.all()}
    for rekke in numre.values():
        assert sorted(rekke) == list(range(1, len(rekke) + 1))
    assert set(Funn.objects.i(kommune).values_list("publisert", flat=True)) == {
        True,
        False,
    }


def test_what_is_public_does_not_show_figures_that_are_not(kommune):
    apne = Funn.objects.i(kommune).filter(publisert=True)

    assert set(apne.values_list("indikator__publisert", flat=True)) == {None, True}
    assert Indikator.objects.filter(kommune=kommune, publisert=False).exists()


def test_every_recommendation_rests_on_a_finding(kommune):
    assert not Anbefaling.objects.i(kommune).filter(grunnlag=None).exists()
    assert Grunnlag.objects.filter(funn__kilde__slug="ungdata-2019").exists()


def test_there_is_no_plan_and_so_no_answer(kommune):
    assert not Handlingsplan.objects.filter(kommune=kommune).exists()
    assert not Forum.objects.filter(kommune=kommune).exists()
    assert not Funnsvar.objects.filter(funn__kilde__kommune=kommune).exists()
    assert not Anbefalingssvar.objects.filter(
        anbefaling__kilde__kommune=kommune
    ).exists()
    for rader in (Funn.objects.i(kommune), Anbefaling.objects.i(kommune)):
        assert set(rader.values_list("ikke_fulgt_opp", flat=True)) == {""}


@pytest.mark.parametrize(("modell", "sti"), KILDENS_RADER.items())
def test_nothing_is_said_of_background(modell, sti, kommune):
    skrevet = tekster(modell, kommune, sti)

    assert skrevet
    assert [tekst for tekst in skrevet if OM_BAKGRUNN.search(tekst)] == []


@pytest.mark.parametrize(("slug", "ordene"), MALGRUPPER.items())
def test_a_tjeneste_says_whom_it_is_for(slug, ordene, kommune):
    tekst = kommune.tjenester.get(slug=slug).tekst

    assert ordene in " ".join(tekst.split()).replace("For alle", "for alle")


def test_contact_points_are_functions_and_what_the_source_has(kommune):
    punkter = Kontaktpunkt.objects.filter(tjeneste__kommune=kommune)

    assert set(punkter.values_list("tjeneste__slug", "type", "person", "akutt")) == {
        ("apen-hall", "oppmote", "", False),
        ("hfu", "oppmote", "", False),
        ("korus-ost", "nett", "", False),
    }
    assert not kommune.tjenester.exclude(svaransvarlig="").exists()
    assert (kommune.telefon, kommune.epost) == (
        "67 93 40 00",
        "postmottak@lorenskog.kommune.no",
    )
    assert [
        (tid.fra_dag, tid.klokken)
        for tid in Apningstid.objects.filter(
            kontaktpunkt__tjeneste__kommune=kommune
        ).order_by("fra_dag")
    ] == [(0, "kl. 16.00–20.00"), (4, "kl. 19.00–23.00")]


def test_four_clubs_stand_by_their_schools(kommune):
    navn = set(kommune.steder.values_list("navn", flat=True))

    for sted in ("Rasta", "Åsen", "Kurland", "Fjellsrud"):
        assert {f"{sted} skole", f"Fritidsklubben på {sted}"} <= navn


def test_how_much_there_is(kommune):
    antall = {
        Sted: 15,
        Tjeneste: 45,
        Kilde: 14,
        Indikator: 19,
        Funn: 69,
        Maling: 39,
        Anbefaling: 46,
    }
    for modell, rett in antall.items():
        sti = KILDENS_RADER.get(modell, "kommune")
        assert modell.objects.filter(**{sti: kommune}).count() == rett
