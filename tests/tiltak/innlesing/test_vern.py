"""Where a document holds national identity numbers. The numbers are made here."""

import pytest

from tests.slt.test_personvern import lag_nummer, terning
from tests.tiltak.innlesing.fakta import plan
from tests.tiltak.innlesing.lest import docx, fra_docx, fra_tekst
from tiltak.innlesing.vern import med_identitetsnummer

NUMMER = lag_nummer(terning(3))
DAG, FEM = NUMMER[:6], NUMMER[6:]


@pytest.mark.parametrize(
    ("skrevet", "steder"),
    [
        ([f"Eleven {NUMMER} møtte."], ["1"]),
        (["Foran.", f"Eleven {DAG} {FEM}.", "Etter."], ["2"]),
        ([f"Født {DAG}", f"personnummer {FEM}"], ["1", "2"]),
        ([[["Født", "Nummer"], [DAG, FEM], ["Ring", "22 22 22 22"]]], ["2"]),
        (["Ring 22 22 22 22.", "Sak 2024/12345 av 1.6.2024."], []),
    ],
)
def test_the_places_are_told(skrevet, steder):
    funnet = med_identitetsnummer(fra_docx(docx(*skrevet)))

    assert [blokk.sted for blokk in funnet] == [("avsnitt", sted) for sted in steder]


def test_a_number_that_the_end_of_a_line_broke():
    funnet = med_identitetsnummer(
        fra_tekst(f"Om eleven {DAG}\n{FEM} ble det sagt mye.")
    )

    assert [blokk.sted for blokk in funnet] == [("linje", "1"), ("linje", "2")]


def test_a_plan_holds_none():
    tekst = "\n\n".join(linje for f in plan()[1] for linje in [f.tittel, *f.tekst])

    assert med_identitetsnummer(fra_tekst(tekst)) == []
