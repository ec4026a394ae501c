"""Ways in keep the words beside them, and are never a service that answers."""

import pytest

from tests.tiltak.innlesing.lest import plan
from tiltak.innlesing.forslag import kontakter

HODE = ["Tiltak", "Ansvar", "Beskrivelse"]


def med_ansvar(celle):
    (tiltak,) = plan([HODE, ["Uteteam", celle, "Møter unge."]]).tiltak
    ansvar = [a.navn for a in tiltak.ansvar]
    return ansvar, [(k.verdi, k.merknad) for k in tiltak.kontakter]


@pytest.mark.parametrize(
    ("celle", "ansvar", "veier_inn"),
    [
        ("Lensmannen, tlf. 02800", ["Lensmannen"], [("02800", "")]),
        (
            "Lensmannen tel: 02800\nBarnevernet, mobil 900 11 223",
            ["Lensmannen", "Barnevernet"],
            [("02800", "Lensmannen"), ("900 11 223", "Barnevernet")],
        ),
        (
            "Barnevernet 900 11 223 (barnevernvakten)",
            ["Barnevernet"],
            [("900 11 223", "barnevernvakten")],
        ),
        ("Skolen, tlf", ["Skolen"], []),
        ("post@skolen.no, telefon", [], [("post@skolen.no", "")]),
    ],
)
def test_numbers_in_a_cell_for_ansvar_are_ways_in(celle, ansvar, veier_inn):
    assert med_ansvar(celle) == (ansvar, veier_inn)


@pytest.mark.parametrize(
    ("tekst", "merknader"),
    [
        ("Barnevernet, tlf. 64 99 30 00", ["Barnevernet"]),
        (
            "Kontoret tlf. 64 99 30 00, mobil: 900 11 223 (barnevernvakten)",
            ["Kontoret", "barnevernvakten"],
        ),
        ("/: 900 11 223", [""]),
        ("Rektor (mobil 900 11 223)", ["Rektor"]),
        ("Kontakt oss på tlf. 64 99 30 00 eller e-post: a@b.no", ["Kontakt oss", ""]),
        ("Vakttelefon 900 11 223 hele døgnet", ["Vakttelefon hele døgnet"]),
    ],
)
def test_words_that_only_say_what_kind_of_number_it_is_are_no_note(tekst, merknader):
    assert [k.merknad for k in kontakter.finn(tekst, korte=True)] == merknader


def test_five_digits_are_a_phone_in_prose_where_a_word_says_so():
    def numre(tekst):
        return [k.verdi for k in kontakter.finn(tekst)]

    assert numre("Politiet har tlf. 02800.") == ["02800"]
    assert numre("02800 om det haster") == []
