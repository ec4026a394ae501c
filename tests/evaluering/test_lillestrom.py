"""Lillestrøm's knowledge base and figures as loaded, against an independent reading of
the sources: OUT's annual report for 2023 and the knowledge chapter of the plan."""

import re
from collections import defaultdict
from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from evaluering.kunnskap.dokument import Kunnskapsutgave
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
from slt.models import Kommune, Sted, Stedsdel
from tiltak.models import Handlingsplan

FILER = [
    settings.BASE_DIR / "fixtures" / f"3205-lillestrom{navn}.yaml"
    for navn in ("", "-plan-2024-2028", "-moter", "-kunnskap")
]


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The database with what comes of Lillestrøm; see tests/tiltak."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("last_grunndata", *FILER, stdout=StringIO())
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("db")

SKOLE = "skolefelt"
KVELD = "feltarbeid på ettermiddag, kveld og helg"
FELT = "feltarbeid"
# One table of the report each: {sted: (kind, figure)}, and what the table sums to.
TREFF = [
    (
        {
            "Sten-Tærud skole": (SKOLE, 517),
            "Tæruddalen ungdomsskole": (SKOLE, 811),
            "Skedsmokorset": (KVELD, 614),
        },
        1942,
    ),
    (
        {
            "Bråtejordet ungdomsskole": (SKOLE, 962),
            "Stav ungdomsskole": (SKOLE, 3188),
            "Strømmen og Skjetten": (KVELD, 4018),
        },
        8168,
    ),
    ({"Østersund ungdomsskole": (SKOLE, 797), "Fetsund": (KVELD, 689)}, 1486),
    (
        {
            "Frogner skole": (SKOLE, 1429),
            "Asak skole": (SKOLE, 673),
            "Frogner og Leirsund": (KVELD, 491),
        },
        2593,
    ),
    ({"Bingsfoss ungdomsskole": (SKOLE, 643), "Sørumsand": (KVELD, 1521)}, 2164),
    (
        {
            "Sophie Radich skole": (SKOLE, 1189),
            "Kjeller skole": (SKOLE, 1030),
            "Lillestrøm sentrum og Kjeller": (KVELD, 2712),
        },
        4931,
    ),
    (
        {
            "Lillestrøm tog- og busstasjon": (FELT, 7359),
            "Kulturkvartalet, Skateparken, Flomvollen, Helsebygget, Vollen og "
            "Stillverksveien": (FELT, 1260),
        },
        8619,
    ),
]
DELER = {
    "strommen-og-skjetten": {"strommen", "skjetten"},
    "frogner-og-leirsund": {"frogner", "leirsund"},
    "sentrum-og-kjeller": {
        "sorumsparken",
        "gagata",
        "volla",
        "vigernes",
        "sophie-radich",
        "kjeller",
    },
    "tog-og-busstasjon": {"lillestrom-stasjon", "lillestrom-bussterminal"},
    "ved-stasjonsomradet": {
        "kulturkvartalet",
        "skateparken",
        "flomvollen",
        "helsebygget",
        "vollen",
        "stillverksveien",
    },
}
INNKOMMENDE = {
    "Barnevernstjenesten": 6,
    "Barnevernsinstitusjon": 4,
    "Foresatte": 20,
    "Friomsorgen": 1,
    "Oppfølgingstjenesten": 1,
    "Konfliktrådet": 1,
    "Psykisk helse og familiestøtte": 2,
    "Skole": 3,
    "Politi": 4,
    "Andre oppsøkende tjenester": 2,
    "Fritid med bistand": 4,
    "Andre frivillige organisasjoner": 9,
}
UTGAENDE = {
    "Barnevernstjenesten": 11,
    "Barnevernsinstitusjon": 4,
    "Foresatte": 15,
    "BUP/DPS": 1,
    "Konfliktrådet": 2,
    "Psykisk helse og familiestøtte": 7,
    "Ung i jobb": 17,
    "Skole": 5,
    "Tidlig inn": 1,
    "Helsestasjon for ungdom": 2,
    "Familieteamet": 1,
    "Politi": 16,
    "Rustjeneste": 1,
    "Oppfølgingstjenesten": 3,
    "Andre oppsøkende tjenester": 1,
    "Fritid med bistand": 3,
    "Andre frivillige organisasjoner": 10,
}
# {indikator: (counts, {(year, trinn, slag, gruppe): figure})}; those with a table of
# their own above are left out.
TALL = {
    "aldri-alkohol": ("andel", {(2022, "ungdomsskole", "", ""): 60}),
    "beruset": ("andel", {(2022, "ungdomsskole", "", ""): 15}),
    "cannabis": ("andel", {(2022, "ungdomsskole", "", ""): 6}),
    "befolt": (
        "andel",
        {(2022, "ungdomsskole", "", ""): 13, (2022, "videregaende", "", ""): 19},
    ),
    "seksuelle-skjellsord": (
        "andel",
        {(2022, "ungdomsskole", "", ""): 27, (2022, "videregaende", "", ""): 20},
    ),
    "straffbare-forhold": ("hendelser", {(2023, "", "", "hele landet"): 21_800}),
    "okning-ungdomskriminalitet": (
        "andel",
        {
            (2023, "", "", "hele landet"): 28,
            (2023, "", "", "Øst politidistrikt"): 37,
            (2023, "", "", "Vest politidistrikt"): 40,
        },
    ),
    "innbyggere": ("personer", {(2024, "", "", ""): 94_201}),
    "treff-pa-internett": ("hendelser", {(2023, "", "", ""): 463}),
    "oppfolgingssamtaler": (
        "hendelser",
        {(2023, "", "", ""): 445, (2023, "", "anonym", ""): 35},
    ),
    "unge-i-samtaler": ("personer", {(2023, "", "", ""): 93}),
    "unge-i-grupper": (
        "personer",
        {
            (2023, "", "jente- og guttegrupper", "unike"): 81,
            (2023, "", "livsmestringsgrupper", "unike"): 139,
            (2023, "", "mandagsgaming", "unike"): 49,
            (2023, "", "mandagsgaming", "anonyme"): 67,
        },
    ),
    "deltakelser-i-grupper": (
        "hendelser",
        {
            (2023, "", "jente- og guttegrupper", ""): 519,
            (2023, "", "livsmestringsgrupper", ""): 779,
            (2023, "", "mandagsgaming", ""): 221,
        },
    ),
    "unge-videreformidlet": ("personer", {(2023, "", "", ""): 40}),
    "rad-til-anonyme": ("hendelser", {(2023, "", "", ""): 4}),
    "bekymringsmeldinger": ("hendelser", {(2023, "", "", ""): 11}),
    "svar-til-barnevernstjenesten": ("hendelser", {(2023, "", "", ""): 9}),
    "miljoterapeuter": ("personer", {(2023, "", "", ""): 15}),
}
# {shift: {weekday: (from, to)}}
FELTTEAM = {
    "08.30–15.30": {
        "mandag": (2, 3),
        "tirsdag": (3, 4),
        "onsdag": (3, 4),
        "torsdag": (2, 3),
        "fredag": (2, 3),
    },
    "14.30–22.15": {
        "mandag": (2, 3),
        "tirsdag": (2, 3),
        "onsdag": (2, 3),
        "torsdag": (2, 3),
        "søndag": (1, 2),
    },
    "16.00–01.00": {"fredag": (1, 2), "lørdag": (1, 2)},
}
FUNN = {
    "ungdata-2022": 11,
    "hkh-2023": 9,
    "straffesakstall-2023": 2,
    "politiet-2023": 1,
    "ost-2023": 1,
    "fhi-2020": 1,
    "levekar-2020": 1,
    "handlingsplan-2024-2028": 2,
    "out-2023": 21,
}
ATTE_OMRADER = [
    "Tidlig inn",
    "Levekår",
    "Tett oppfølging",
    "Kunnskap",
    "Fritid",
    "Trygghet",
    "Medvirkning",
    "Samarbeid",
]
ETNISITET = re.compile(
    r"etni|minoritet|majoritet|innvandr|flyktning|asyl|rasis|hudfarge|utenlandsk|"
    r"(?:norsk|somalisk|religi\w+|kulturell?)\w* bakgrunn|muslim|roma?ni|\bsam(?:er|isk)",
    re.IGNORECASE,
)
# Places that the survey of living conditions names.
LEVEKARSSTEDER = re.compile(
    r"skedsmokorset øst|åkrene|deler av strømmen", re.IGNORECASE
)


def malinger(slug, **filtre):
    return Maling.objects.filter(indikator__slug=slug, **filtre)


def summen(rader):
    return rader.aggregate(sum=Sum("verdi"))["sum"]


def totalen(slug):
    """The figure of the whole kommune, as the source states it."""
    return malinger(
        slug, sted=None, lokalomrade=None, kjonn="", trinn="", slag="", gruppe=""
    ).get()


@pytest.mark.parametrize(("tabell", "i_alt"), TREFF)
def test_contacts_of_each_place_are_those_of_the_report(tabell, i_alt):
    rader = malinger("treff", sted__navn__in=tabell)
    assert {rad.sted.navn: (rad.slag, rad.verdi) for rad in rader} == tabell
    assert summen(rader) == i_alt


def test_the_tables_and_the_total_of_contacts_both_stand():
    assert sum(i_alt for _tabell, i_alt in TREFF) == 29_903
    assert summen(malinger("treff", sted__isnull=False)) == 29_903
    assert totalen("treff").verdi == 33_636
    assert malinger("treff").count() == 19


def test_contacts_by_kind():
    per_slag = dict(
        malinger("treff", sted__isnull=False)
        .order_by()
        .values_list("slag")
        .annotate(Sum("verdi"))
    )
    assert per_slag == {SKOLE: 11_239, KVELD: 10_045, FELT: 8_619}


def test_fields_of_several_places_say_which():
    deler = defaultdict(set)
    for helhet, sted in Stedsdel.objects.values_list("helhet__slug", "sted__slug"):
        deler[helhet].add(sted)
    assert deler == DELER
    flere = Sted.objects.filter(type=Sted.Type.FLERE)
    assert set(flere.values_list("slug", flat=True)) == set(DELER)


@pytest.mark.parametrize(
    ("slag", "tabell", "i_alt"),
    [("innkommende", INNKOMMENDE, 57), ("utgående", UTGAENDE, 100)],
)
def test_referrals_by_service(slag, tabell, i_alt):
    rader = malinger("videreformidling", slag=slag)
    assert dict(rader.values_list("gruppe", "verdi")) == tabell
    assert summen(rader) == i_alt


def test_the_tables_and_the_total_of_referrals_both_stand():
    assert summen(malinger("videreformidling").exclude(slag="")) == 157
    assert totalen("videreformidling").verdi == 160


def test_general_contacts_repeat_the_table_of_outgoing_referrals():
    rader = malinger("henvendelser").exclude(gruppe="")
    assert dict(rader.values_list("gruppe", "verdi")) == UTGAENDE
    assert summen(rader) == 100
    assert totalen("henvendelser").verdi == 99


def test_the_staffing_plan():
    plan = defaultdict(dict)
    for rad in malinger("feltteam"):
        plan[rad.slag][rad.gruppe] = (rad.verdi, rad.verdi_til)
    assert plan == FELTTEAM
    assert malinger("feltteam").first().i_ord == "2–3"


@pytest.mark.parametrize("slug", TALL)
def test_other_figures(slug):
    teller, tabell = TALL[slug]
    assert Indikator.objects.get(slug=slug).teller == teller
    assert {
        (rad.arstall, rad.trinn, rad.slag, rad.gruppe): rad.verdi
        for rad in malinger(slug, verdi_til=None)
    } == tabell


def test_no_figure_is_without_a_place_in_these_tables():
    andre = {"treff", "videreformidling", "henvendelser", "feltteam"}
    slugger = set(Indikator.objects.values_list("slug", flat=True))
    assert slugger == set(TALL) | andre
    assert Maling.objects.count() == 19 + 30 + 18 + 12 + sum(
        len(tabell) for _teller, tabell in TALL.values()
    )


def test_shares_are_within_a_hundred_and_events_are_not_persons():
    andeler = Indikator.objects.filter(kilde__slug="ungdata-2022")
    assert set(andeler.values_list("teller", "hoyst")) == {("andel", Decimal(100))}
    for slug in ("treff", "videreformidling", "henvendelser"):
        assert Indikator.objects.get(slug=slug).teller == "hendelser"


def test_a_figure_with_kinds_or_groups_says_what_they_are():
    slag, gruppe = Maling.objects.exclude(slag=""), Maling.objects.exclude(gruppe="")
    assert set(slag.values_list("indikator__slag_heter", flat=True)) == {
        "arbeidsmåte",
        "arbeidstid",
        "registrering",
        "retning",
        "tilbud",
    }
    assert set(gruppe.values_list("indikator__gruppe_heter", flat=True)) == {
        "område",
        "registrering",
        "tjeneste",
        "ukedag",
    }


def test_no_targets_are_invented():
    assert set(Indikator.objects.values_list("maltall", "utgangspunkt")) == {
        (None, None)
    }


def test_all_indicators_are_published():
    assert set(Indikator.objects.values_list("publisert", flat=True)) == {True}


def test_findings_are_numbered_within_their_source():
    numre = defaultdict(list)
    for slug, nummer in Funn.objects.values_list("kilde__slug", "nummer"):
        numre[slug].append(nummer)
    assert {slug: sorted(liste) for slug, liste in numre.items()} == {
        slug: list(range(1, antall + 1)) for slug, antall in FUNN.items()
    }
    assert set(Kilde.objects.values_list("slug", flat=True)) == set(FUNN)


def test_recommendations_are_the_eight_areas():
    anbefalinger = Anbefaling.objects.order_by("nummer")
    assert list(anbefalinger.values_list("tema", flat=True)) == ATTE_OMRADER
    assert {a.kilde.slug for a in anbefalinger} == {"hkh-2023"}


def test_what_the_plan_says_of_answers():
    """Ungdom 3 and 12 name the survey as their reason."""
    for slug in ("informasjonsdag", "temakvelder"):
        assert Funnsvar.objects.filter(
            funn__kilde__slug="hkh-2023", tiltak__slug=slug
        ).exists()
        assert Anbefalingssvar.objects.filter(tiltak__slug=slug).exists()


def test_some_findings_have_no_tiltak():
    uten = Funn.objects.filter(svar=None)
    assert uten.filter(publisert=True).exists()
    assert Funn.objects.ubesvarte().filter(sted__slug="kjeller-skole").exists()
    uten = Anbefaling.objects.filter(svar=None, annen_oppfolging="")
    assert [a.tema for a in uten] == ["Medvirkning"]
    godt_nytt = Funn.objects.filter(krever_svar=False)
    assert godt_nytt.count() == 13
    assert not Funn.objects.ubesvarte().filter(pk__in=godt_nytt).exists()


def test_answers_stay_within_the_kommune():
    lillestrom = Kommune.objects.get(nummer="3205")
    for modell in (Funnsvar, Anbefalingssvar):
        plankommuner = modell.objects.values_list("tiltak__plan__kommune", flat=True)
        assert set(plankommuner) == {lillestrom.pk}
    assert Grunnlag.objects.exists()


def test_no_text_tells_of_ethnicity_or_of_places_with_living_condition_problems():
    tekster = [
        *Funn.objects.values_list("tekst", flat=True),
        *Funn.objects.values_list("gruppe", flat=True),
        *Anbefaling.objects.values_list("tekst", flat=True),
        *Anbefaling.objects.values_list("ikke_fulgt_opp", flat=True),
        *Indikator.objects.values_list("navn", flat=True),
        *Indikator.objects.values_list("beskrivelse", flat=True),
        *Maling.objects.values_list("gruppe", flat=True),
        *Maling.objects.values_list("slag", flat=True),
        *Kilde.objects.values_list("navn", flat=True),
    ]
    assert len(tekster) > 300
    assert [tekst for tekst in tekster if ETNISITET.search(tekst)] == []
    assert [tekst for tekst in tekster if LEVEKARSSTEDER.search(tekst)] == []


def test_what_could_stigmatise_is_internal():
    interne = Funn.objects.filter(publisert=False)
    assert interne.filter(kilde__slug="hkh-2023").count() == 4
    assert interne.filter(kilde__slug="out-2023").count() == 3
    assert interne.count() == 7
    assert not Anbefaling.objects.filter(publisert=False).exists()


def test_what_comes_first_is_published_and_answers_or_says_why_not():
    funn = Funn.objects.i(Kommune.objects.get(nummer="3205")).framhevede()
    assert [f.framhevet for f in funn] == [1, 2, 3, 4, 5]
    assert all(f.publisert for f in funn)
    indikatorer = Indikator.objects.filter(kommune__nummer="3205").framhevede()
    assert [i.framhevet for i in indikatorer] == [1, 2, 3, 4]
    uten_tema = Funn.objects.filter(kilde__kommune__nummer="3205", tema=None)
    assert uten_tema.count() < 15


def test_the_page_of_knowledge_is_light(client):
    cache.clear()
    with CaptureQueriesContext(connection) as sporringer:
        svar = client.get("/lillestrom/kunnskap/", secure=True)

    assert svar.status_code == 200
    assert len(svar.content) <= 120_000
    assert len(sporringer) <= 13
    assert svar.text.count("<svg") == 4
    assert "style=" not in svar.text


def test_the_first_page_of_the_document_sums_up_and_the_tables_are_last():
    kommune = Kommune.objects.get(nummer="3205")
    plan = Handlingsplan.objects.gjeldende_i(kommune)
    html = Kunnskapsutgave(kommune, plan).html()

    sammendrag, resten = html.split('class="innholdsliste ', 1)
    assert sammendrag.count("<svg") == 4
    assert sammendrag.count("<li>") == 5
    assert "<table" not in resten.split('id="tallene"', 1)[0]
    assert resten.count("<table") > 5
    # Beside the finding that it shows, once.
    assert resten.count("<svg") == resten.count("med-bilde") > 3


def test_loading_again_adds_nothing():
    fore = Maling.objects.count(), Funn.objects.count()
    call_command("last_grunndata", *FILER, stdout=StringIO())
    assert (Maling.objects.count(), Funn.objects.count()) == fore
