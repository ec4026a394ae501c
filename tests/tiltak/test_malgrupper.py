"""Which ages a tiltak is for: what people type, and whom it finds."""

from random import Random

import pytest
from django.core.exceptions import ValidationError

from tests.factories import HandlingsplanFactory, TiltakFactory
from tiltak.malgrupper import ALDERSBAND, ELDST, Aldersspenn, for_alder, les_alder
from tiltak.models import Malgruppe, Tiltak


@pytest.mark.parametrize(
    ("tekst", "fra", "til"),
    [
        ("14", 14, 14),
        (" 14 ", 14, 14),
        ("0", 0, 0),
        ("10-12", 10, 12),
        ("10–12", 10, 12),
        ("10 - 12", 10, 12),
        ("12-12", 12, 12),
        ("007", 7, 7),
        ("0-120", 0, 120),
    ],
)
def test_ages_are_read_as_people_type_them(tekst, fra, til):
    assert les_alder(tekst) == Aldersspenn(fra, til)


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("fjorten", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("14 år", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("-14", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("14-", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("10-12-14", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("1.5", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("9999", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("9" * 10_000, "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("1\0", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("14\n15", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("²", "Skriv alderen med tall, for eksempel 14 eller 10-12."),
        ("12-10", "Skriv den laveste alderen først."),
        ("121", "Alderen kan ikke være over 120 år."),
        ("10-999", "Alderen kan ikke være over 120 år."),
    ],
)
def test_what_is_no_age_is_explained(tekst, melding):
    with pytest.raises(ValidationError) as feil:
        les_alder(tekst)

    assert feil.value.messages == [melding]


def test_a_span_is_written_as_it_is_read():
    assert [str(Aldersspenn(14, 14)), str(Aldersspenn(10, 12))] == ["14", "10-12"]
    assert [
        les_alder(str(band)) == Aldersspenn(band.fra, band.til) for band in ALDERSBAND
    ]


def test_the_bands_cover_every_age_once():
    aldre = [alder for b in ALDERSBAND for alder in range(b.fra, b.til + 1)]

    assert aldre == list(range(ELDST + 1))


@pytest.mark.parametrize(
    ("felter", "yngst", "eldst"),
    [
        ({"alder_fra": 13, "alder_til": 18}, 13, 18),
        ({"alder_fra": 13}, 13, ELDST),
        ({"alder_til": 18}, 0, 18),
        ({"alder_fra": 0, "alder_til": 0}, 0, 0),
        ({}, 0, ELDST),
        # Who is in the eighth grade turns 13 or 14 in the course of it.
        ({"trinn_fra": 8, "trinn_til": 8}, 13, 14),
        ({"trinn_fra": 8}, 13, 14),
        ({"trinn_til": 8}, 13, 14),
        ({"trinn_fra": 1, "trinn_til": 10}, 6, 16),
        ({"trinn_fra": 11, "trinn_til": 13}, 16, 19),
        # The ages say it more exactly than the grades.
        ({"alder_fra": 15, "alder_til": 15, "trinn_fra": 1, "trinn_til": 10}, 15, 15),
    ],
)
def test_a_malgruppe_holds_for_these_ages(felter, yngst, eldst, db):
    tiltak = TiltakFactory()
    Malgruppe.objects.create(tiltak=tiltak, tekst="Noen", **felter)

    spurt = [0, yngst - 1, yngst, (yngst + eldst) // 2, eldst, eldst + 1, ELDST]
    funnet = {
        alder: for_alder(Tiltak.objects.all(), Aldersspenn(alder, alder)).exists()
        for alder in spurt
        if 0 <= alder <= ELDST
    }

    assert funnet == {alder: yngst <= alder <= eldst for alder in funnet}


def test_a_tiltak_without_malgruppe_is_for_all_ages(db):
    tiltak = TiltakFactory()

    assert list(for_alder(Tiltak.objects.all(), Aldersspenn(99, 99))) == [tiltak]


def test_a_deltiltak_counts_for_the_tiltak_it_is_part_of(db):
    tiltak = TiltakFactory()
    del_ = TiltakFactory(plan=tiltak.plan, overordnet=tiltak)
    Malgruppe.objects.create(tiltak=del_, tekst="Små", alder_fra=6, alder_til=8)

    selvstendige = Tiltak.objects.selvstendige()
    assert list(for_alder(selvstendige, Aldersspenn(7, 7))) == [tiltak]
    assert list(for_alder(selvstendige, Aldersspenn(9, 9))) == []


def test_each_tiltak_is_found_once(db):
    tiltak = TiltakFactory()
    for _n in range(3):
        Malgruppe.objects.create(tiltak=tiltak, tekst="Alle")

    assert list(for_alder(Tiltak.objects.all(), Aldersspenn(7, 7))) == [tiltak]


def passer(gruppe, fra, til):
    """The rule once more, without a database."""
    alder = (gruppe.alder_fra, gruppe.alder_til)
    trinn = [t for t in (gruppe.trinn_fra, gruppe.trinn_til) if t is not None]
    if alder != (None, None):
        yngst, eldst = alder[0] or 0, ELDST if alder[1] is None else alder[1]
    elif trinn:
        yngst, eldst = min(trinn) + 5, max(trinn) + 6
    else:
        return True
    return yngst <= til and eldst >= fra


@pytest.mark.postgres
@pytest.mark.parametrize("fro", range(3))
def test_random_malgrupper_are_found_by_the_rule(fro, db):
    tilfeldig = Random(fro)  # noqa: S311 (repeatable, no secret)
    plan = HandlingsplanFactory()

    def grense(hoyest):
        lav, hoy = sorted(tilfeldig.sample(range(1, hoyest), 2))
        return [tilfeldig.choice([v, v, None]) for v in (lav, hoy)]

    grupper = {}
    for _n in range(12):
        tiltak = TiltakFactory(plan=plan)
        hos = [tiltak, TiltakFactory(plan=plan, overordnet=tiltak)]
        grupper[tiltak] = []
        for _m in range(tilfeldig.randrange(4)):
            (af, at), (tf, tt) = grense(30), grense(14)
            grupper[tiltak].append(
                Malgruppe.objects.create(
                    tiltak=tilfeldig.choice(hos),
                    tekst="x",
                    alder_fra=af,
                    alder_til=at,
                    trinn_fra=tf,
                    trinn_til=tt,
                )
            )
    for _n in range(20):
        fra = tilfeldig.randrange(30)
        til = fra + tilfeldig.choice([0, 0, 1, 5])

        funnet = for_alder(Tiltak.objects.selvstendige(), Aldersspenn(fra, til))

        assert set(funnet) == {
            tiltak
            for tiltak, hennes in grupper.items()
            if not hennes or any(passer(g, fra, til) for g in hennes)
        }


def test_an_age_that_the_words_say_is_not_said_again():
    hyphen = Malgruppe(tekst="barn 8-12 år", alder_fra=8, alder_til=12)
    uten = Malgruppe(tekst="barn", alder_fra=8, alder_til=12)

    assert (str(hyphen), str(uten)) == ("barn 8-12 år", "barn, 8–12 år")
