"""Days that are no good for meetings, and what is suggested instead."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from django.utils.translation import override

import slt.grunn.helligdager
from moter.moteplan.hinder import ANTALL_FORSLAG, VINDU, forslag, hinder, rode_dager
from tests.factories import MotefriFactory

ONSDAG = date(2027, 4, 14)  # nothing red within four weeks, but what a test puts there


@pytest.mark.parametrize(
    ("dag", "ord_"),
    [
        (date(2027, 1, 1), "første nyttårsdag"),
        (date(2027, 3, 25), "skjærtorsdag"),
        (date(2027, 3, 27), "påskeaften"),
        (date(2027, 3, 29), "andre påskedag"),
        (date(2027, 5, 6), "Kristi himmelfartsdag"),
        (date(2027, 5, 17), "andre pinsedag, grunnlovsdag"),
        (date(2027, 12, 24), "julaften"),
        (date(2027, 12, 27), "romjul"),
        (date(2027, 12, 30), "romjul"),
        (date(2027, 12, 31), "nyttårsaften"),
        (date(2028, 4, 17), "andre påskedag"),
        (date(2027, 1, 9), "lørdag"),
        (date(2027, 1, 10), "søndag"),
    ],
)
def test_red_days_and_weekends_have_their_names(kommune, dag, ord_):
    assert hinder(kommune, dag, dag) == {dag: ord_}


def test_a_common_day_is_no_hindrance(kommune):
    assert hinder(kommune, ONSDAG, ONSDAG) == {}


JULI = "juli, ingen sommerferie er lagt inn"


def test_july_is_no_time_for_meetings_where_no_summer_holiday_is_entered(
    kommune, nabokommune
):
    """Not even where the holiday of another year, or of a neighbour, is."""
    ferie = {"navn": "sommerferie", "fra": date(2027, 6, 21), "til": date(2027, 7, 9)}
    MotefriFactory(kommune=kommune, **ferie)
    MotefriFactory(kommune=nabokommune, **ferie)

    i_ar = hinder(kommune, date(2027, 7, 5), date(2027, 7, 16))
    neste = hinder(kommune, date(2028, 6, 28), date(2028, 8, 2))
    naboens = hinder(nabokommune, date(2028, 7, 3), date(2028, 7, 3))

    hverdager = {dag: ord_ for dag, ord_ in i_ar.items() if dag.weekday() < 5}
    assert hverdager == {date(2027, 7, dag): "sommerferie" for dag in range(5, 10)}
    assert [dag for dag, ord_ in neste.items() if ord_ == JULI] == [
        date(2028, 7, dag) for dag in range(1, 32)
    ]
    assert naboens == {date(2028, 7, 3): JULI}


def test_every_year_that_is_asked_for_is_covered(kommune):
    alle = hinder(kommune, date(2026, 12, 1), date(2029, 1, 31))

    nyttar = [dag for dag, ord_ in alle.items() if ord_ == "første nyttårsdag"]
    assert nyttar == [date(2027, 1, 1), date(2028, 1, 1), date(2029, 1, 1)]


def test_all_that_the_library_says_is_marked_for_translation():
    """It has no nynorsk of its own, and answers in English when asked for it."""
    kilde = Path(slt.grunn.helligdager.__file__).read_text(encoding="utf-8")
    norske = holidays.country_holidays("NO", language="no", years=range(2000, 2060))

    navn = {navnet for dag in norske for navnet in norske.get_list(dag)}

    assert len(navn) == 12
    assert [n for n in navn if f'gettext_noop("{n}")' not in kilde] == []


def test_red_days_in_nynorsk_are_not_english():
    with override("nn"):
        dager = rode_dager(date(2027, 1, 1), date(2027, 12, 31))

    assert "skjærtorsdag" in dager[date(2027, 3, 25)]
    assert not any("Day" in navn for alle in dager.values() for navn in alle)


def test_the_kommunes_own_holidays_count_and_the_neighbours_do_not(
    kommune, nabokommune
):
    MotefriFactory(
        kommune=kommune,
        navn="vinterferie",
        fra=date(2027, 2, 22),
        til=date(2027, 2, 24),
    )
    MotefriFactory(kommune=nabokommune, fra=date(2027, 2, 25), til=date(2027, 2, 25))

    funnet = hinder(kommune, date(2027, 2, 23), date(2027, 2, 26))

    assert funnet == {
        date(2027, 2, 23): "vinterferie",
        date(2027, 2, 24): "vinterferie",
    }


def test_a_red_day_in_a_holiday_says_both(kommune):
    MotefriFactory(
        kommune=kommune, navn="påskeferie", fra=date(2027, 3, 22), til=date(2027, 3, 29)
    )

    funnet = hinder(kommune, date(2027, 3, 27), date(2027, 3, 29))

    assert list(funnet.values()) == [
        "påskeaften, påskeferie",
        "første påskedag, påskeferie",
        "andre påskedag, påskeferie",
    ]


@pytest.mark.parametrize("antall", [0, 1, 3])
def test_it_asks_once(kommune, django_assert_num_queries, antall):
    MotefriFactory.create_batch(antall, kommune=kommune)

    with django_assert_num_queries(1):
        hinder(kommune, date(2026, 1, 1), date(2028, 12, 31))


# Suggestions --------------------------------------------------------------------------


HELGER = [
    dag for nr in range(-40, 41) if (dag := ONSDAG + timedelta(days=nr)).weekday() >= 5
]


def foresla(dag=ONSDAG, *, hinder=(), opptatt=(), tidligst=date(2027, 1, 1)):
    return forslag(
        dag,
        hinder=dict.fromkeys([*HELGER, *hinder, dag], "fri"),
        tidligst=tidligst,
        ledig=lambda ny: ny not in opptatt,
    )


def dager(*unna):
    return [ONSDAG + timedelta(days=nr) for nr in unna]


def test_the_same_weekday_comes_first_then_the_other_days_of_the_week():
    assert foresla() == dager(7, -7, 1)


def test_days_with_hindrance_and_days_taken_are_never_suggested():
    assert foresla(hinder=dager(7, 1), opptatt=dager(-7)) == dager(-1, 2, -2)


def test_what_is_past_is_not_suggested():
    assert foresla(tidligst=ONSDAG) == dager(7, 1, 2)


def test_a_whole_week_off_leads_to_the_weeks_beside_it():
    uka, samme_ukedag = dager(*range(-2, 5)), dager(-7, 7)

    assert foresla(hinder=uka, opptatt=samme_ukedag) == dager(5, -5, 6)


def test_a_whole_holiday_leads_further_off():
    uka = dager(*range(-9, 12))

    assert foresla(hinder=uka) == dager(14, -14, 12)


def test_nothing_is_suggested_where_nothing_is_free():
    borte = [ONSDAG + timedelta(days=nr) for nr in range(-40, 41)]

    assert foresla(hinder=borte) == []


def test_suggestions_stay_within_what_hinder_has_to_cover():
    sett = []

    forslag(
        ONSDAG,
        hinder={},
        tidligst=date.min,
        ledig=lambda ny: sett.append(ny),  # None: never free
    )

    assert VINDU - timedelta(weeks=1) < max(abs(d - ONSDAG) for d in sett) <= VINDU
    assert ONSDAG not in sett
    assert len(foresla()) == ANTALL_FORSLAG
