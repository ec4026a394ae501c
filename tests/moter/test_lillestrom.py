"""Lillestrøm's fora as loaded, against an independent reading of the plan (its chapters
on the SLT model's meeting structure and on other networks)."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from moter.models import Forum, Forumskommune, Forumsmedlem, Mote, Moteserie, Sendevei
from moter.models.fora import OM_ENKELTSAKER
from slt.grunn.riktekst import ren_tekst


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The database with all that comes with the software; see tests/tiltak."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("last_grunndata", stdout=StringIO())
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


OMRADER = [
    "Fetsund",
    "Frogner",
    "Lillestrøm/Kjeller",
    "Skedsmokorset/Leirsund",
    "Strømmen/Skjetten",
    "Sørumsand",
]
# Level: {name: how often, in the plan's words; "" where it does not say}.
FORA = {
    "styrende": {"Politirådet": ""},
    "koordinerende": {f"BTI, ledernivå {nr}": "" for nr in (1, 2, 3)},
    "utforende": {
        "SLT-arbeidsgruppe": "en gang i måneden",
        **{f"SLT-områdemøte {omrade}": "hver 6. uke" for omrade in OMRADER},
        "SLT-koordinator og politikontakt": "en gang i uka",
    },
    "nettverk": {
        "Nasjonalt SLT-samarbeid": "",
        "SLT på Romerike": "fire ganger i året",
        "SLT på Nedre Romerike": "en gang i måneden",
        "SLT og Salto": "",
        "Stasjonen og storsenteret": "hver 6. uke",
    },
}
FRA_HOSTEN_2024 = date(2024, 8, 1)
# Words of the plan that each member is known by.
OMRADEMOTET = ["SLT-koordinator", "rektor", "videregående", "politiet", "frivillige"]
MEDLEMMER = {
    "politiradet": [
        "politiske ledelse",
        "administrative ledelse",
        "politistasjonen",
        "videregående skole",
    ],
    **{
        f"bti-lederniva-{nr}": [
            "SLT-koordinator",
            "BTI-koordinator",
            "Folkehelsekoordinator",
        ]
        for nr in (1, 2, 3)
    },
    "arbeidsgruppe": [
        "SLT-koordinator",
        "Politikontakten",
        "Assisterende kommunalsjef skole",
        "Fagstab Oppvekst",
        "Barneverntjenesten",
        "OUT",
        "PHFS-U",
        "HFU",
        "Møteplasser",
        "PPA",
        "Ung i jobb",
        "Psykisk helse og avhengighet",
        "NAV-ung",
        "Videregående skole",
    ],
    "koordinator-politikontakt": ["SLT-koordinator", "Politikontakten"],
    "nasjonalt": ["SLT-koordinator", "Konfliktrådet"],
    "romerike": ["SLT-koordinatorene på Romerike"],
    "nedre-romerike": [
        "SLT-koordinatorene i fem kommuner",
        "Politikontaktene",
        "Områdedirektører",
        "skolesjefer",
    ],
    "slt-salto": ["Lørenskog", "Alna, Bjerke, Grorud og Stovner", "Oslo"],
    "stasjon-storsenter": [
        "SLT-koordinator",
        "Politiet",
        "Lillestrøm stasjon og bussterminal",
        "Strømmen storsenter og Lillestrøm stortorv",
    ],
}
# What each purpose has to say, as a pattern.
FORMAL = {
    "politiradet": r"kriminalitet.*redning.*beredskap.*2024–2028",
    "bti-lederniva-1": r"en av tre tverrfaglige rådgivere",
    "omrademote-fetsund": r"rus og kriminalitet.*2023–2024.*våren 2024",
    "arbeidsgruppe": r"politirådet.*områdemøter.*handlingsplanen.*2024",
    "koordinator-politikontakt": r"følger opp innsatser og tiltak",
    "nasjonalt": r"Konfliktrådet.*hele landet.*erfaringer, kunnskap",
    "romerike": r"felles utfordringer.*fagdager",
    "nedre-romerike": r"fem kommunene.*2023.*januar 2024",
    "slt-salto": r"Oslo.*organisert kriminalitet.*2024",
    "stasjon-storsenter": r"bussterminalen.*høsten 2023.*HKH",
}


def test_every_forum_is_there_on_its_level_and_with_its_rhythm(db):
    lastet = {niva: {} for niva in FORA}
    for forum in Forum.objects.all():
        lastet[forum.niva][forum.navn] = forum.rytme

    assert lastet == FORA


def test_the_kinds_follow_the_names(db):
    typer = dict.fromkeys(Forum.objects.order_by("type").values_list("type", flat=True))
    antall = {type_: Forum.objects.filter(type=type_).count() for type_ in typer}

    assert antall == {
        "arbeidsgruppe": 1,
        "bti_mote": 3,
        "koordineringsmote": 1,
        "nettverk": 5,
        "omrademote": 6,
        "politirad": 1,
    }


def test_each_area_has_its_meeting_and_no_other_forum_an_area(db):
    steder = Forum.objects.exclude(lokalomrade=None).values_list(
        "type", "navn", "lokalomrade__navn"
    )

    assert sorted(steder) == [
        ("omrademote", f"SLT-områdemøte {omrade}", omrade) for omrade in OMRADER
    ]


def test_the_area_meetings_are_alike(db):
    moter = Forum.objects.filter(type="omrademote")

    assert len({mote.formal for mote in moter}) == 1
    assert {tuple(str(plass) for plass in mote.medlemmer.all()) for mote in moter} == {
        tuple(str(p) for p in moter[0].medlemmer.all())
    }


@pytest.mark.parametrize(
    ("slug", "medlemmer"), [*MEDLEMMER.items(), ("omrademote-fetsund", OMRADEMOTET)]
)
def test_who_sits_there(slug, medlemmer, db):
    plasser = [
        f"{p} ({p.tjeneste.navn if p.tjeneste else ''})"
        for p in Forum.objects.get(slug=slug).medlemmer.all()
    ]

    assert len(plasser) == len(medlemmer)
    ukjente = [
        (ordene, plass)
        for ordene, plass in zip(medlemmer, plasser, strict=True)
        if ordene.casefold() not in plass.casefold()
    ]
    assert ukjente == []


def test_those_to_be_added_sit_there_from_autumn_2024(db):
    nye = Forumsmedlem.objects.exclude(fra=date(2024, 1, 1))

    assert {(p.forum.slug, p.fra) for p in nye} == {("arbeidsgruppe", FRA_HOSTEN_2024)}
    assert [p.tjeneste.slug for p in nye] == [
        "psykisk-helse-og-avhengighet",
        "nav",
        "akershus-fylkeskommune",
    ]
    assert not Forumsmedlem.objects.exclude(til=None).exists()


def test_the_coordinator_leads_what_the_coordinator_calls(db):
    ledere = Forumsmedlem.objects.filter(verv="leder")

    assert {p.tjeneste.slug for p in ledere} == {"slt-koordinator"}
    assert {p.forum.type for p in ledere} == {"arbeidsgruppe", "omrademote"}
    assert len(ledere) == 7


def test_concerns_rise_and_foringer_come_down(db):
    omrader = list(
        Forum.objects.filter(type="omrademote").values_list("slug", flat=True)
    )
    opp = {(slug, "arbeidsgruppe") for slug in omrader}
    opp.add(("arbeidsgruppe", "politiradet"))

    veier = set(Sendevei.objects.values_list("forum__slug", "til__slug"))

    assert veier == opp | {(til, fra) for fra, til in opp}


@pytest.mark.parametrize(("slug", "ordene"), FORMAL.items())
def test_the_purpose_says_what_the_plan_says(slug, ordene, db):
    formal = " ".join(ren_tekst(Forum.objects.get(slug=slug).formal).split())

    assert re.search(ordene, formal), formal


def test_networks_and_the_weekly_talk_are_in_the_calendar_only(db):
    lette = Forum.objects.filter(lett=True)

    assert {forum.type for forum in lette} == {"nettverk", "koordineringsmote"}
    assert len(lette) == 6


def test_all_of_it_is_public_and_nothing_is_invented(db):
    felter = Forum.objects.values_list("offentlig", "overordnet", "nedlagt")
    assert set(felter) == {(True, None, None)}
    # The plan names no day, no person and no other kommune that uses the software.
    for modell in (Moteserie, Mote, Forumskommune):
        assert not modell.objects.exists()
    assert set(Forumsmedlem.objects.values_list("person", "bruker")) == {("", None)}


def test_meetings_about_single_cases_are_no_fora(db):
    tekster = [
        *Forum.objects.values_list("navn", flat=True),
        *Forum.objects.values_list("formal", flat=True),
        *Forumsmedlem.objects.values_list("funksjon", flat=True),
    ]

    assert len(tekster) > 100
    assert [tekst for tekst in tekster if OM_ENKELTSAKER.search(tekst)] == []
