"""The rows of a proposal, before any of them is saved."""

import pytest

from tests.factories import KommuneFactory, UtkastFactory
from tests.tiltak.innlesing.lest import plan as lest_plan
from tiltak.innlesing.forslag import modell
from tiltak.innlesing.forslag.modell import Planforslag, Styringsdokument, Verdi
from tiltak.innlesing.forslag.valg import Valg
from tiltak.innlesing.planen import Planrader
from tiltak.models import Ansvar, Malgruppe, Malsetting, Plassering, Tiltak
from tiltak.models import Styringsdokument as Dokumentrad

pytestmark = pytest.mark.django_db


def radene(**forslag):
    plan = UtkastFactory.build(kommune=KommuneFactory())
    return Planrader(Planforslag(**forslag), plan, Valg(), []).bygg().av


def test_what_is_said_twice_is_one(db):
    rader = radene(
        malsettinger=[
            modell.Malsetting("visjon", "Trygt for alle"),
            modell.Malsetting("visjon", "Trygt for alle"),
            modell.Malsetting("hovedmal", "Trygt for alle"),
            modell.Malsetting("hovedmal", " "),
        ],
        styringsdokumenter=[
            Styringsdokument("Politirådsavtalen"),
            Styringsdokument("politirådsavtalen"),
        ],
    )

    assert [(m.type, m.tekst) for m in rader[Malsetting]] == [
        ("visjon", "Trygt for alle"),
        ("hovedmal", "Trygt for alle"),
    ]
    assert [(d.tittel, d.art) for d in rader[Dokumentrad]] == [
        ("Politirådsavtalen", "avtale")
    ]


@pytest.mark.parametrize(
    ("fra", "til", "ventet"),
    [
        (2020, 2024, (2020, 2024)),
        (2020, None, (2020, None)),
        (2024, 2020, (None, None)),
        (1024, 2020, (None, None)),
    ],
)
def test_years_that_cannot_be_are_left_out(fra, til, ventet):
    (rad,) = radene(styringsdokumenter=[Styringsdokument("Planen", fra, til)])[
        Dokumentrad
    ]

    assert (rad.fra_ar, rad.til_ar) == ventet


@pytest.mark.parametrize(
    ("numre", "ventet"),
    [
        ([3, None, 4, None], [3, 5, 4, 6]),
        ([9999, None, None], [9999, 1, 2]),
        ([10000, 0, None], [1, 2, 3]),
    ],
)
def test_each_has_a_number_of_its_own(numre, ventet):
    tiltak = [
        modell.Tiltak(Verdi(f"Tiltak {nr}"), [modell.Plassering(None, nummer)])
        for nr, nummer in enumerate(numre)
    ]

    assert [rad.nummer for rad in radene(tiltak=tiltak)[Plassering]] == ventet


@pytest.mark.parametrize(
    ("numre", "ventet"),
    [
        (["1a", "1b", "2a", "2b"], [1, 2, 1, 2]),
        (["1.1", "1.2", "2.1", "2.2"], [1, 2, 1, 2]),
        (["1.1", "1.1", "2.1", "2.1"], [1, 2, 1, 2]),  # 1.10, of a spreadsheet
    ],
)
def test_numbers_that_name_their_area_are_places_in_it(numre, ventet):
    forste, andre, tredje, fjerde = numre
    forslag = lest_plan(
        [
            ["Nr.", "Tiltak", "Ansvar"],
            ["SATSINGSOMRÅDE 1: SKOLE", "", ""], [forste, "Leksehjelp", "SFO"],
            [andre, "Uteteam", "OUT"],
            ["SATSINGSOMRÅDE 2: RUS", "", ""], [tredje, "Kurs", "NAV"],
            [fjerde, "Klubb", "Kultur"],
        ],
    )  # fmt: skip

    rader = radene(innsatsomrader=forslag.innsatsomrader, tiltak=forslag.tiltak)

    assert [rad.nummer for rad in rader[Plassering]] == ventet
    assert [t.tittel for t in rader[Tiltak] if "Nummer" in t.tekst] == []


def test_a_question_over_a_column_is_a_clean_label():
    forslag = lest_plan(
        [
            ["Hva skal vi gjøre?", "Hvorfor?", "Hvem gjør det?", "Målgr."],
            ["Natteravner", "Voksne er synlige", "FAU", "Alle"],
            ["Klubb", "Et sted å være", "Kultur", "13-18"],
        ]
    )

    rader = radene(tiltak=forslag.tiltak)

    natteravner, _klubb = rader[Tiltak]
    assert natteravner.tekst == "<p><strong>Hvorfor:</strong> Voksne er synlige</p>"
    assert [str(a.tjeneste) for a in rader[Ansvar]] == ["FAU", "Kultur"]
    assert [str(m) for m in rader[Malgruppe]] == ["Alle", "13–18 år"]


@pytest.mark.parametrize(
    "linje",
    [
        "Status: Planlagt, starter 2025",
        "BTI-nivå: 0, 1 og 3",
        "Hvor ofte: to ganger i uken, uke 12",
    ],
)
def test_what_a_field_says_besides_stands_in_the_text(linje):
    (tiltak,) = lest_plan("# Rus", "## Tiltak 1: Uteteam", "Ansvar: OUT", linje).tiltak

    etikett, _kolon, verdi = linje.partition(": ")
    assert [(d.etikett, d.tekst) for d in tiltak.tekst] == [(etikett, verdi)]
    assert tiltak.bti is None
