"""The document beside the plan: every piece of it once, in its order."""

import pytest

from tests.tiltak.innlesing.lest import docx, fra_docx
from tiltak.innlesing import oppstilling
from tiltak.innlesing.forslag import foresla
from tiltak.innlesing.forslag.modell import HvorOfte
from tiltak.innlesing.forslag.valg import Valg
from tiltak.innlesing.kort import feltene, kort, rytmen
from tiltak.innlesing.oppstilling import pa_sider, seksjoner, siden_med

PLAN = (
    "Forord", "# Bakgrunn", "Slik er det.", "# Rus", "## Tiltak 1: Uteteam (nytt)",
    "Møter unge fra 13 til 18 år.", "Ansvar: Utekontakten", "Telefon: 22 22 55 55",
    "# Vold", "## Tiltak 1: Uteteam (nytt)", "Ansvar: Utekontakten",
)  # fmt: skip


def stilt_opp(*deler, valg=None, sett=()):
    blokker = fra_docx(docx(*deler))
    valg = Valg.fra_json(valg or {})
    forslag = foresla(blokker, valg)
    return seksjoner(blokker, valg, forslag, sett), forslag


def test_each_piece_stands_once_and_beside_what_came_of_it():
    alle, forslag = stilt_opp(*PLAN)

    assert [rad.bit.tekst for s in alle for rad in s.rader] == [
        del_.lstrip("# ") for del_ in PLAN
    ]
    assert [(s.rolle, s.tittel, len(s.rader)) for s in alle] == [
        ("tekst", "Forord", 1),
        ("kapittel", "Bakgrunn", 2),
        ("innsatsomrade", "Rus", 1),
        ("tiltak", "Uteteam", 4),
        ("innsatsomrade", "Vold", 1),
        # The same tiltak, at its other place.
        ("tiltak", "Uteteam", 2),
    ]
    assert alle[3].elementer == alle[5].elementer == [forslag.tiltak[0]]


def test_a_row_with_its_area_and_several_tiltak_shows_them_all():
    alle, _forslag = stilt_opp(
        "# Tiltak",
        [
            ["Innsatsområde", "Tiltak", "Ansvar"],
            ["Rus", "• Uteteam\n• Natteravner", "OUT"],
        ],
    )

    assert [e.tittel.tekst for e in alle[-1].elementer] == [
        "Rus",
        "Uteteam",
        "Natteravner",
    ]


def test_a_section_is_read_when_all_that_says_something_is():
    alle, _forslag = stilt_opp(*PLAN, sett=["2", "3", "5"])

    assert [s.lest for s in alle] == [False, True, False, False, False, False]
    assert alle[3].nokler == ["5", "6", "7", "8"]
    # Of two blocks that are one, both.
    sammen = {"slatt_sammen": ["3"]}
    for sett, lest in ((["2"], False), (["2", "3"], True)):
        alle, _forslag = stilt_opp(*PLAN, valg=sammen, sett=sett)
        assert alle[1].lest is lest


def test_goals_and_fora_stand_where_they_were_found():
    alle, _forslag = stilt_opp(
        "# Mål", "* Færre unge ruser seg", "# Politirådet", "Politirådet møtes to ganger i året.",
        "# Rus", "## Tiltak 1: Uteteam", "Ansvar: OUT",
    )  # fmt: skip

    funnet = {s.tittel: [type(e).__name__ for e in s.ellers] for s in alle if s.ellers}
    assert funnet["Mål"] == ["Malsetting"]


def test_no_section_is_parted_by_a_page(monkeypatch):
    monkeypatch.setattr(oppstilling, "PER_SIDE", 3)
    alle, _forslag = stilt_opp(*PLAN)

    sider = pa_sider(alle)

    assert [[s.tittel for s in side] for side in sider] == [
        ["Forord", "Bakgrunn"],
        ["Rus", "Uteteam"],
        ["Vold", "Uteteam"],
    ]
    assert [siden_med(sider, nokkel) for nokkel in ("1", "8", "11", "99")] == [
        1,
        2,
        3,
        1,
    ]


def test_what_a_tiltak_says_knows_where_it_was_said():
    _alle, forslag = stilt_opp(*PLAN)

    sagt = kort(forslag.tiltak[0], forslag, "5")

    assert (sagt.slag, sagt.tittel, sagt.nummer, sagt.nytt) == (
        "Tiltak",
        "Uteteam",
        1,
        True,
    )
    assert sagt.fakta == [
        ("Innsatsområde", [("Rus", "5"), ("Vold", "10")]),
        ("Ansvarlig", [("Utekontakten", "7"), ("Utekontakten", "11")]),
        ("Telefon", [("22 22 55 55", "8")]),
        ("Målgruppe", [("13–18 år", "6")]),
    ]
    assert feltene(forslag) == {
        "6": ["målgruppe"],
        "7": ["ansvarlig"],
        "8": ["telefon"],
        "11": ["ansvarlig"],
    }


def test_a_tiltak_has_the_number_of_the_place_at_which_it_is_shown():
    _alle, forslag = stilt_opp(
        "# Rus", "## Tiltak 1: Uteteam", "Ansvar: OUT",
        "# Vold", "## Tiltak 7: Uteteam", "Ansvar: OUT",
    )  # fmt: skip

    (tiltak,) = forslag.tiltak
    assert [kort(tiltak, forslag, nokkel).nummer for nokkel in ("2", "5")] == [1, 7]


@pytest.mark.parametrize(
    ("ofte", "ordene"),
    [
        (HvorOfte(4, 6, "ar"), "4–6 ganger i året"),
        (HvorOfte(2, 2, "maned"), "2 ganger per måned"),
        (HvorOfte(2, None, "uke", hver=6), "2 ganger hver 6. uke"),
        (HvorOfte(1, None, "uke", hver=6, tekst="hver 6. uke"), "hver 6. uke"),
    ],
)
def test_how_often_in_words(ofte, ordene):
    assert rytmen(ofte) == ordene
