"""The rules by which fora meet, against a calendar that is counted through day by day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from moter.rytme import Regel, Rytme, les_ukenumre

MANDAG, TIRSDAG, FREDAG = 0, 1, 4


def rytme(regel=Regel.UKER, **felter):
    felles = {"antall": 1, "ukedag": TIRSDAG, "fra": date(2027, 1, 4)}
    return Rytme(regel=regel, **felles | felter)


def test_every_sixth_week_begins_on_the_first_such_day():
    datoer = rytme(antall=6).datoer(date(2027, 1, 1), date(2027, 6, 30))

    assert datoer == [
        date(2027, 1, 5),
        date(2027, 2, 16),
        date(2027, 3, 30),
        date(2027, 5, 11),
        date(2027, 6, 22),
    ]


def test_what_is_asked_for_later_is_the_same_series():
    hele = rytme(antall=6).datoer(date(2027, 1, 1), date(2028, 12, 31))
    siste_del = rytme(antall=6).datoer(date(2028, 1, 1), date(2028, 12, 31))

    assert siste_del == [dag for dag in hele if dag.year == 2028]


def test_the_last_friday_of_every_second_month():
    datoer = rytme(
        Regel.MANED, antall=2, ukedag=FREDAG, nummer=-1, fra=date(2027, 1, 30)
    ).datoer(date(2027, 1, 1), date(2027, 8, 1))

    # That of January is past on the 30th; the rhythm is counted from it all the same.
    assert datoer == [date(2027, 3, 26), date(2027, 5, 28), date(2027, 7, 30)]


@pytest.mark.parametrize("antall", [1, 2, 3, 4, 5, 10, 12, 52])
def test_times_a_year_are_spread_evenly(antall):
    datoer = rytme(Regel.AR, antall=antall).datoer(date(2027, 1, 1), date(2036, 12, 31))

    mellomrom = {(b - a).days // 7 for a, b in pairwise(datoer)}
    assert max(mellomrom) - min(mellomrom) <= 1
    assert abs(len(datoer) - 10 * antall) <= 1
    assert {dag.weekday() for dag in datoer} == {TIRSDAG}


def test_week_53_comes_only_in_years_that_have_it():
    datoer = rytme(
        Regel.UKENUMRE, ukedag=FREDAG, ukenumre=(53,), fra=date(2026, 1, 1)
    ).datoer(date(2026, 1, 1), date(2033, 12, 31))

    # The Friday of week 53 of 2026 is New Year's Day of 2027.
    assert datoer == [date(2027, 1, 1), date(2032, 12, 31)]


def test_week_1_begins_in_the_year_before_its_own():
    i_uke_1 = {"regel": Regel.UKENUMRE, "ukenumre": (1,)}
    fra, til = date(2024, 12, 23), date(2025, 1, 5)

    mandag = rytme(**i_uke_1, ukedag=MANDAG, fra=fra).datoer(fra, til)
    tirsdag = rytme(**i_uke_1, ukedag=TIRSDAG, fra=fra).datoer(fra, date(2024, 12, 31))
    fredag = rytme(**i_uke_1, ukedag=FREDAG, fra=fra).datoer(fra, til)

    assert mandag == [date(2024, 12, 30)]
    assert tirsdag == [date(2024, 12, 31)]
    assert fredag == [date(2025, 1, 3)]


def test_the_last_week_ends_in_the_year_after_its_own():
    """Asked for from January on: the year before has to be looked through, too."""
    uke_53 = rytme(
        Regel.UKENUMRE, ukedag=FREDAG, ukenumre=(53,), fra=date(2027, 1, 1)
    ).datoer(date(2027, 1, 1), date(2027, 12, 31))

    assert uke_53 == [date(2027, 1, 1)]


def test_days_that_are_left_out_are_left_out_and_move_nothing():
    unntak = frozenset([date(2027, 2, 16)])

    datoer = rytme(antall=6, unntak=unntak).datoer(date(2027, 1, 1), date(2027, 4, 1))

    assert datoer == [date(2027, 1, 5), date(2027, 3, 30)]


@given(
    ukenumre=st.sets(st.integers(1, 53), min_size=1).map(tuple),
    ukedag=st.integers(0, 6),
    fra=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_week_numbers_are_those_of_the_calendar(ukenumre, ukedag, fra):
    til = fra + timedelta(days=800)
    dager = (fra + timedelta(days=n) for n in range(801))

    datoer = rytme(Regel.UKENUMRE, ukedag=ukedag, ukenumre=ukenumre, fra=fra).datoer(
        fra, til
    )

    assert datoer == [
        dag
        for dag in dager
        if dag.isocalendar().week in ukenumre and dag.weekday() == ukedag
    ]


def test_nothing_after_the_last_day_or_before_the_first():
    regel = rytme(fra=date(2027, 3, 1), til=date(2027, 3, 16))

    assert regel.datoer(date(2027, 1, 1), date(2027, 2, 28)) == []
    assert regel.datoer(date(2027, 1, 1), date(2027, 12, 31)) == [
        date(2027, 3, 2),
        date(2027, 3, 9),
        date(2027, 3, 16),
    ]


@pytest.mark.parametrize(
    ("tekst", "numre"),
    [
        ("34", (34,)),
        ("46, 34,40", (34, 40, 46)),
        ("2 og 8; 2", (2, 8)),
        ("", ()),
        ("34–36", (34, 35, 36)),
        ("34-36, 40 og 35", (34, 35, 36, 40)),
        ("34 — 36;  1\u22122", (1, 2, 34, 35, 36)),
        ("51–2", (1, 2, 51, 52, 53)),
        ("7–7", (7,)),
    ],
)
def test_week_numbers_are_read(tekst, numre):
    assert les_ukenumre(tekst) == numre


@pytest.mark.parametrize(
    "tekst",
    [
        *("0", "54", "-3", "+5", "1_0", "٣", "uke 3", "3.5", "9" * 30),
        *("34-", "34--36", "34–36–38", "0–3", "50–54", "–", "34 36–"),
    ],
)
def test_what_is_no_week_number_is_refused(tekst):
    with pytest.raises(ValueError):  # noqa: PT011
        les_ukenumre(tekst)


@pytest.mark.parametrize(
    ("felter", "ord_"),
    [
        ({}, "hver tirsdag"),
        ({"antall": 6}, "tirsdag hver 6. uke"),
        ({"regel": Regel.MANED, "nummer": 1}, "første tirsdag i måneden"),
        (
            {"regel": Regel.MANED, "nummer": -1, "antall": 3},
            "siste tirsdag hver 3. måned",
        ),
        ({"regel": Regel.AR, "antall": 4}, "tirsdag, 4 ganger i året"),
        ({"regel": Regel.UKENUMRE, "ukenumre": (34, 40)}, "tirsdag i uke 34, 40"),
        (
            {"regel": Regel.UKENUMRE, "ukenumre": (1, 2, 34, 35, 36, 40)},
            "tirsdag i uke 1, 2, 34–36, 40",
        ),
    ],
)
def test_a_rule_in_words(felter, ord_):
    with override("nb"):
        assert str(rytme(**felter)) == ord_
