"""Choices change what is proposed, and nothing else."""

import json
from random import Random

from tests.tiltak.innlesing.lest import docx, fra_docx, fra_tekst, omriss
from tiltak.innlesing.forslag import foresla
from tiltak.innlesing.forslag.valg import ROLLER, Valg

PLAN = (
    "# Rus", "## Tiltak 1: Uteteam", "Møter unge.", "Hovedaktør: OUT", "Vertskap: Kultur",
    "## Tiltak 2: Klubb", "Hovedaktør: Kultur",
)  # fmt: skip


def med(valg, *deler):
    return foresla(fra_docx(docx(*(deler or PLAN))), Valg.fra_json(valg))


def test_a_label_is_mapped_once_for_the_whole_document():
    uten, etter = med({}), med({"etiketter": {"Hovedaktør": "ansvarlig"}})

    assert [t.ansvar for t in uten.tiltak] == [[], []]
    assert uten.etiketter == {"Hovedaktør": "", "Vertskap": ""}
    assert [[a.navn for a in t.ansvar] for t in etter.tiltak] == [["OUT"], ["Kultur"]]
    # What has no field stands in the text, with its label.
    assert [d.tekst for d in etter.tiltak[0].tekst] == [
        "Møter unge.",
        "Vertskap: Kultur",
    ]


def test_a_block_is_something_else():
    forslag = med({"blokker": {"6": "kapittel", "3": "hopp_over"}})

    assert omriss(forslag) == [("Rus", 1, "Uteteam")]
    assert [k.tittel.tekst for k in forslag.kapitler] == ["Tiltak 2: Klubb"]
    assert [(u.blokk, u.grunn) for u in forslag.utelatt] == [("3", "hoppet_over")]
    assert forslag.dekning.andel < 1


def test_a_paragraph_belongs_to_a_field():
    (tiltak, _klubb) = med({"felt": {"3": "malgruppe"}}).tiltak

    assert [m.tekst for m in tiltak.malgrupper] == ["Møter unge."]


def test_blocks_are_joined_and_split():
    tekst = "Uteteam møter unge. Klubb på torsdager."
    deler = ("# Rus", tekst, "Alle er", "velkomne.")

    forslag = med(
        {
            "delt": {"2": [20]},
            "slatt_sammen": ["4"],
            "blokker": {"2": "tiltak", "2.1": "tiltak"},
        },
        *deler,
    )

    assert [t.tittel.tekst for t in forslag.tiltak] == [
        "Uteteam møter unge",
        "Klubb på torsdager",
    ]
    assert [(d.tekst, d.blokker) for d in forslag.tiltak[1].tekst] == [
        ("Alle er velkomne.", ("3", "4"))
    ]


def test_choices_are_kept_as_json():
    valg = Valg.fra_json(
        {"blokker": {"1": "tiltak", "2": "ukjent"}, "etiketter": {"Hvem:": "ansvarlig"},
         "slatt_sammen": [3], "delt": {"4": [9, 5]}, "felt": {"5": "nett"}}
    )  # fmt: skip

    igjen = Valg.fra_json(json.loads(json.dumps(valg.som_json())))

    assert igjen == valg
    assert valg == Valg(
        {"1": "tiltak"},
        {"5": "nett"},
        {"hvem": "ansvarlig"},
        frozenset({"3"}),
        {"4": [5, 9]},
    )


def test_choices_about_blocks_that_are_gone_change_nothing():
    blokker = fra_tekst("Rus\n\nTiltak 1: Klubb\nAnsvar: Kultur\n")
    valg = Valg.fra_json(
        {"blokker": {"99": "tiltak"}, "delt": {"98": [3]}, "slatt_sammen": ["97"]}
    )

    assert foresla(blokker, valg).som_json() == foresla(blokker).som_json()


def test_whatever_is_chosen_nothing_goes_away():
    """Each block is in the plan, unless it was chosen to be left out."""
    blokker = fra_docx(
        docx(
            *PLAN, "# Vold", [["Tiltak", "Ansvar"], ["Senter", "NAV"], ["Vakt", "Politiet"]],
            "Mellom tabeller.", [["Målgruppe", "Unge"], ["Ansvar", "OUT"]], "* Et punkt", [["a", "b"], ["c", "d"]],
        )
    )  # fmt: skip
    tilfeldig = Random(5)  # noqa: S311 (the same each time)

    for _forsok in range(150):
        nokler = tilfeldig.sample([b.nokkel for b in blokker], 5)
        roller = {nokkel: tilfeldig.choice(sorted(ROLLER)) for nokkel in nokler}
        forslag = foresla(blokker, Valg(blokker=roller))

        borte = {u.blokk for u in forslag.utelatt if u.grunn == "ukjent"}
        # A level or a label with nothing beneath it says nothing.
        assert borte <= {
            n for n, rolle in roller.items() if rolle in {"nivagruppe", "felt"}
        }, roller
        assert forslag.dekning.andel > 0.1


def test_a_column_is_mapped_as_any_label():
    tabell = [
        ["Tiltak", "Hovedaktør", "Økonomi"],
        ["Uteteam", "OUT", "Ramme"],
        ["Klubb", "Kultur", "Ramme"],
    ]
    uten = med({}, "# Rus", tabell)
    etter = med({"etiketter": {"Hovedaktør": "ansvarlig"}}, "# Rus", tabell)

    assert uten.etiketter == {"Tiltak": "tittel", "Hovedaktør": "", "Økonomi": ""}
    assert [[a.navn for a in t.ansvar] for t in etter.tiltak] == [["OUT"], ["Kultur"]]


def test_labels_after_items_that_were_made_deltiltak_are_of_the_tiltak():
    deler = (
        "# Rus", "## Tiltak 1: Uteteam", "Møter unge:", "* på bussen", "* på nett",
        "Ansvar: OUT, tlf. 469 34 634", "Målgruppe: 13–18 år", "## Tiltak 2: Klubb",
    )  # fmt: skip

    forslag = med({"blokker": {"4": "deltiltak", "5": "deltiltak"}}, *deler)

    uteteam = forslag.tiltak[0]
    assert [d.tittel.tekst for d in uteteam.deltiltak] == ["på bussen", "på nett"]
    assert [a.navn for a in uteteam.ansvar] == ["OUT"]
    assert [m.alder_fra for m in uteteam.malgrupper] == [13]
    assert [k.verdi for k in uteteam.kontakter] == ["469 34 634"]


def test_labels_between_items_that_were_made_deltiltak_are_of_each():
    deler = (
        "# Rus", "## Tiltak 1: Uteteam", "* på bussen", "Ansvar: OUT", "* på nett",
        "Ansvar: NAV", "## Tiltak 2: Klubb", "Ansvar: Kultur",
    )  # fmt: skip

    forslag = med({"blokker": {"3": "deltiltak", "5": "deltiltak"}}, *deler)

    uteteam = forslag.tiltak[0]
    assert uteteam.ansvar == []
    assert [[a.navn for a in d.ansvar] for d in uteteam.deltiltak] == [["OUT"], ["NAV"]]
