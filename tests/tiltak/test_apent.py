"""Whether a contact point is open: a table of moments, and the same as asking of every
minute by the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import MotefriFactory
from tiltak.apent import (
    Apent,
    Kalender,
    Tilstand,
    apent_na,
    gjelder_til,
    kalender_rundt,
)
from tiltak.models import Apningstid, Tjeneste

OSLO = ZoneInfo("Europe/Oslo")
APENT, UTE, STENGT, VET_IKKE = Tilstand
Hva, Uker, Gjelder, Helligdager = (
    Apningstid.Hva,
    Apningstid.Uker,
    Apningstid.Gjelder,
    Apningstid.Helligdager,
)
MAN, TIR, ONS, TOR, FRE, LOR, SON = range(7)


def tid(fra_dag, til_dag, apner, stenger, **felter):
    felter = {"uker": Uker.ALLE, "gjelder": Gjelder.ALLTID, "hva": Hva.SVARER} | felter
    apner, stenger = time.fromisoformat(apner), time.fromisoformat(stenger)
    return Apningstid(
        fra_dag=fra_dag, til_dag=til_dag, apner=apner, stenger=stenger, **felter
    )


def na(tekst):
    return datetime.fromisoformat(tekst).replace(tzinfo=OSLO)


def si(nar, *tider, kalender=None, tjeneste=None):
    """[(state, words)] of a contact point with these hours."""
    punkt = SimpleNamespace(apningstider=SimpleNamespace(all=lambda: tider))
    nar = na(nar) if isinstance(nar, str) else nar
    apne = apent_na(punkt, tjeneste or Tjeneste(), nar, kalender or Kalender())
    assert all(apent.gjelder_til > nar for apent in apne)
    return [(apent.tilstand, apent.tekst) for apent in apne]


KONTOR = tid(MAN, FRE, "08:00", "15:30")
NATT = tid(FRE, FRE, "20:00", "02:00")
FELT = tid(FRE, LOR, "20:00", "02:00", hva=Hva.UTE)
DOGN = tid(MAN, SON, "00:00", "00:00")


# 2026-11-23 is a Monday, in week 48.
@pytest.mark.parametrize(
    ("nar", "tider", "svar"),
    [
        ("2026-11-23T07:59", [KONTOR], (STENGT, "åpner kl. 08.00")),
        ("2026-11-23T08:00", [KONTOR], (APENT, "åpent nå (til kl. 15.30)")),
        ("2026-11-23T15:29", [KONTOR], (APENT, "åpent nå (til kl. 15.30)")),
        ("2026-11-23T15:30", [KONTOR], (STENGT, "åpner tirsdag kl. 08.00")),
        ("2026-11-27T15:31", [KONTOR], (STENGT, "åpner mandag kl. 08.00")),
        (
            "2026-11-28T12:00",
            [KONTOR],
            (STENGT, "stengt i dag, åpner mandag kl. 08.00"),
        ),
        ("2026-11-28T01:00", [NATT], (APENT, "åpent nå (til kl. 02.00)")),
        ("2026-11-28T02:00", [NATT], (STENGT, "åpner fredag kl. 20.00")),
        (
            "2026-11-27T12:00",
            [tid(FRE, FRE, "08:00", "10:00")],
            (STENGT, "åpner fredag 4. desember kl. 08.00"),
        ),
        ("2026-11-27T22:00", [FELT], (UTE, "ute nå (til kl. 02.00)")),
        ("2026-11-24T22:00", [FELT], (STENGT, "ute igjen fredag kl. 20.00")),
        ("2026-11-24T22:00", [DOGN], (APENT, "åpent hele døgnet")),
        (
            "2026-11-24T22:00",
            [tid(TIR, TIR, "18:00", "00:00")],
            (APENT, "åpent nå (til kl. 24.00)"),
        ),
        # Two that follow each other are one.
        (
            "2026-11-24T09:00",
            [KONTOR, tid(TIR, TIR, "15:30", "20:00")],
            (APENT, "åpent nå (til kl. 20.00)"),
        ),
        # All of the weekend: a time alone would not say of which day.
        (
            "2026-11-28T09:00",
            [tid(FRE, SON, "08:00", "08:00")],
            (APENT, "åpent nå"),
        ),
        # Even weeks, by the day on which it begins: Sunday of week 48, over to week 49.
        (
            "2026-11-30T01:00",
            [tid(SON, SON, "20:00", "02:00", uker=Uker.PARTALL)],
            (APENT, "åpent nå (til kl. 02.00)"),
        ),
        (
            "2026-11-24T01:00",
            [tid(MAN, MAN, "08:00", "15:00", uker=Uker.ODDETALL)],
            (STENGT, "stengt i dag, åpner mandag kl. 08.00"),
        ),
        # Week 53 and week 1 are both odd: the first Monday of 2027 is open, too.
        (
            "2027-01-04T09:00",
            [tid(MAN, MAN, "08:00", "15:00", uker=Uker.ODDETALL)],
            (APENT, "åpent nå (til kl. 15.00)"),
        ),
        ("2028-02-28T16:00", [KONTOR], (STENGT, "åpner tirsdag kl. 08.00")),
        ("2028-02-29T08:00", [KONTOR], (APENT, "åpent nå (til kl. 15.30)")),
        # The clock is put forward and back at night: 02.00 comes once, and twice.
        (
            "2027-03-28T01:59",
            [tid(LOR, LOR, "20:00", "04:00")],
            (APENT, "åpent nå (til kl. 04.00)"),
        ),
        (
            "2027-10-31T01:59",
            [tid(LOR, LOR, "20:00", "02:00")],
            (APENT, "åpent nå (til kl. 02.00)"),
        ),
    ],
)
def test_hours_say_what_holds_at_a_moment(nar, tider, svar):
    assert si(nar, *tider) == [svar]


def test_hours_that_are_not_given_say_nothing():
    assert si("2026-11-24T12:00") == []


def test_an_opening_further_off_is_not_said():
    julestengt = Tjeneste(
        stengt=True,
        melding="Ferie",
        melding_fra=date(2026, 12, 1),
        melding_til=date(2027, 1, 1),
    )

    assert si("2026-11-30T16:00", KONTOR, tjeneste=julestengt) == []


def test_a_night_when_the_clock_is_put_back_is_an_hour_longer():
    """02.30 comes twice; who is there from 20.00 till 04.00 is there all the time."""
    ute = tid(LOR, LOR, "20:00", "04:00", hva=Hva.UTE)
    forst = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)

    svar = [si(forst + timedelta(hours=nr), ute)[0][0] for nr in range(4)]

    assert svar == [UTE, UTE, UTE, STENGT]


def test_that_a_team_is_out_is_told_apart_from_that_it_answers():
    assert si("2026-11-27T21:00", KONTOR, FELT) == [
        (STENGT, "åpner mandag kl. 08.00"),
        (UTE, "ute nå (til kl. 02.00)"),
    ]


SKJAERTORSDAG, PASKEAFTEN = date(2027, 3, 25), date(2027, 3, 27)
PASKE = Kalender(
    frozenset({SKJAERTORSDAG, date(2027, 3, 26), date(2027, 3, 28), date(2027, 3, 29)}),
    frozenset({PASKEAFTEN}),
)
UVISST = "det er ikke oppgitt hva som gjelder på helligdager"


@pytest.mark.parametrize(
    ("nar", "helligdager", "svar"),
    [
        ("2027-03-25T09:00", "", (VET_IKKE, UVISST)),
        ("2027-03-25T07:00", "", (VET_IKKE, UVISST)),
        ("2027-03-25T16:00", "", (STENGT, "åpner senest tirsdag kl. 08.00")),
        ("2027-03-24T16:00", "", (STENGT, "åpner senest tirsdag kl. 08.00")),
        ("2027-03-24T12:00", "", (APENT, "åpent nå (til kl. 15.30)")),
        ("2027-03-25T09:00", "apent", (APENT, "åpent nå (til kl. 15.30)")),
        (
            "2027-03-25T09:00",
            "stengt",
            (STENGT, "stengt i dag, åpner tirsdag kl. 08.00"),
        ),
    ],
)
def test_on_holidays_only_what_was_said_is_said(nar, helligdager, svar):
    timer = tid(MAN, FRE, "08:00", "15:30", helligdager=helligdager)

    assert si(nar, timer, kalender=PASKE) == [svar]


def test_on_an_eve_nobody_knows_but_who_is_open_always():
    lordag = tid(LOR, LOR, "10:00", "16:00", helligdager=Helligdager.STENGT)
    alltid = tid(MAN, SON, "00:00", "00:00", helligdager=Helligdager.APENT)

    assert si("2027-03-27T12:00", lordag, kalender=PASKE) == [(VET_IKKE, UVISST)]
    assert si("2027-03-27T12:00", alltid, kalender=PASKE) == [
        (APENT, "åpent hele døgnet")
    ]


def test_before_a_holiday_of_which_nothing_is_said_no_end_is_said():
    assert si("2027-03-24T22:00", DOGN, kalender=PASKE) == [(APENT, "åpent nå")]
    assert si("2027-03-25T22:00", DOGN, kalender=PASKE) == [(VET_IKKE, UVISST)]


HOST, JUL = (
    (date(2026, 10, 5), date(2026, 10, 9)),
    (date(2026, 12, 21), date(2027, 1, 1)),
)
SKOLE = tid(MAN, FRE, "08:00", "14:00", gjelder=Gjelder.SKOLEUKER)
FERIE = tid(MAN, FRE, "10:00", "18:00", gjelder=Gjelder.SKOLEFERIE)
UVISST_FERIE = "det er ikke oppgitt når skolene har ferie"


@pytest.mark.parametrize(
    ("nar", "ferier", "svar"),
    [
        ("2026-10-12T12:00", [HOST, JUL], (APENT, "åpent nå (til kl. 14.00)")),
        ("2026-10-05T12:00", [HOST, JUL], (APENT, "åpent nå (til kl. 18.00)")),
        ("2026-10-05T09:00", [HOST], (STENGT, "åpner kl. 10.00")),
        ("2026-10-12T12:00", [HOST], (VET_IKKE, UVISST_FERIE)),
        # So far apart that a holiday between them was not entered.
        (
            "2026-10-12T12:00",
            [HOST, (date(2027, 2, 22), date(2027, 2, 26))],
            (VET_IKKE, UVISST_FERIE),
        ),
        ("2026-10-12T12:00", [], (VET_IKKE, UVISST_FERIE)),
    ],
)
def test_hours_of_school_weeks_ask_when_the_schools_are_out(nar, ferier, svar):
    kalender = Kalender(skoleferier=tuple(ferier))

    assert si(nar, SKOLE, FERIE, kalender=kalender) == [svar]


def test_a_notice_closes_whatever_the_hours_are():
    stengt = Tjeneste(
        stengt=True,
        melding="Sommerferie",
        melding_fra=date(2026, 11, 24),
        melding_til=date(2026, 11, 24),
    )

    assert si("2026-11-24T12:00", KONTOR, tjeneste=stengt) == [
        (STENGT, "stengt: Sommerferie")
    ]
    assert si("2026-11-24T12:00", tjeneste=stengt) == [(STENGT, "stengt: Sommerferie")]
    assert si("2026-11-25T12:00", KONTOR, tjeneste=stengt) == [
        (APENT, "åpent nå (til kl. 15.30)")
    ]
    # The opening that is looked for is not one of its days.
    assert si("2026-11-23T16:00", KONTOR, tjeneste=stengt) == [
        (STENGT, "åpner onsdag kl. 08.00")
    ]


def test_a_night_ends_where_a_notice_begins():
    stengt = Tjeneste(stengt=True, melding="Ferie", melding_fra=date(2026, 11, 28))

    assert si("2026-11-27T22:00", NATT, tjeneste=stengt) == [
        (APENT, "åpent nå (til kl. 24.00)")
    ]


def test_several_hold_until_the_first_of_them_does_not():
    tider = [na("2026-11-24T15:30"), na("2026-11-24T12:00"), na("2026-11-25T00:00")]

    assert gjelder_til(Apent(APENT, "", til) for til in tider) == tider[1]
    assert gjelder_til([]) is None


def test_a_notice_does_not_say_closed_twice_nor_close_by_itself():
    ord_ = "Stengt i uke 48. Ring Ungdomskontakten."
    bare_sagt = Tjeneste(stengt=False, melding=ord_)

    assert si("2026-11-24T12:00", tjeneste=Tjeneste(stengt=True, melding=ord_)) == [
        (STENGT, ord_)
    ]
    assert si("2026-11-24T12:00", KONTOR, tjeneste=bare_sagt) == [
        (APENT, "åpent nå (til kl. 15.30)")
    ]


def test_who_is_closed_down_is_neither_open_nor_closed():
    assert (
        si("2026-11-24T12:00", KONTOR, tjeneste=Tjeneste(nedlagt=date(2026, 1, 1)))
        == []
    )


def test_the_words_are_in_the_language_of_the_kommune():
    with translation.override("nn"):
        assert si("2026-11-28T12:00", KONTOR) == [
            (STENGT, "stengt i dag, opnar måndag kl. 08.00")
        ]


# Properties --------------------------------------------------------------------------

klokkeslett = st.times().map(lambda t: t.replace(second=0, microsecond=0))
dager = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)
apningstider = st.builds(
    lambda dager, apner, stenger, uker: Apningstid(
        fra_dag=dager[0],
        til_dag=dager[1],
        apner=apner,
        stenger=stenger,
        uker=uker,
        gjelder=Gjelder.ALLTID,
        hva=Hva.SVARER,
    ),
    dager,
    klokkeslett,
    klokkeslett,
    st.sampled_from(Uker.values),
)
# No clock is put forward or back in winter, so that the one on the wall can be asked.
vintertider = st.integers(0, 110 * 24 * 60).map(
    lambda minutter: na("2026-11-05T00:00") + timedelta(minutes=minutter)
)


def apent_pa_veggen(tider, nar):
    """Whether it is open, by the clock on the wall."""

    def dagen(tid, dag):
        uke = {"partall": [0], "oddetall": [1]}.get(tid.uker, [0, 1])
        er_dag = tid.fra_dag <= dag.weekday() <= tid.til_dag
        return er_dag and dag.isocalendar().week % 2 in uke

    i_gar = nar.date() - timedelta(days=1)
    for tid in tider:
        over_midnatt = tid.stenger <= tid.apner
        klokken = nar.time()
        for_stengetid = klokken < tid.stenger
        begynte_i_dag = dagen(tid, nar.date()) and tid.apner <= klokken
        begynte_i_gar = over_midnatt and dagen(tid, i_gar)
        if begynte_i_dag and (over_midnatt or for_stengetid):
            return True
        if begynte_i_gar and for_stengetid:
            return True
    return False


@given(st.lists(apningstider, min_size=1, max_size=3), vintertider)
@settings(max_examples=150, deadline=None)
def test_it_is_open_when_the_clock_on_the_wall_says_so(tider, nar):
    svar = si(nar, *tider)

    er_apent = bool(svar) and svar[0][0] == APENT
    assert er_apent == apent_pa_veggen(tider, nar)


@given(st.lists(apningstider, min_size=1, max_size=3), vintertider)
@settings(max_examples=60, deadline=None)
def test_the_words_hold_until_they_say_and_no_opening_is_passed_over(tider, nar):
    punkt = SimpleNamespace(apningstider=SimpleNamespace(all=lambda: tider))
    [sagt] = apent_na(punkt, Tjeneste(), nar, Kalender()) or [None]
    # Where nothing is said, it does not open for as long as is looked.
    til = sagt.gjelder_til if sagt else nar + timedelta(days=13)
    minutter = range(0, int((til - nar) / timedelta(minutes=1)), 7)

    avvik = [
        tid
        for tid in (timezone.localtime(nar + timedelta(minutes=m)) for m in minutter)
        if apent_pa_veggen(tider, tid) != bool(sagt and sagt.tilstand == APENT)
    ]
    like_for = si(max(nar, til - timedelta(minutes=1)), *tider)

    assert avvik == []
    assert like_for == ([(sagt.tilstand, sagt.tekst)] if sagt else like_for)


# What it asks ------------------------------------------------------------------------


@pytest.mark.parametrize("antall", [1, 3])
def test_the_calendar_asks_once_for_holidays_of_the_own_kommune(
    kommune, nabokommune, antall, django_assert_num_queries
):
    for nr in range(antall):
        fri = date(2026, 12, 21 + nr)
        MotefriFactory(kommune=kommune, fra=fri, til=fri)
        MotefriFactory(kommune=nabokommune, fra=date(2026, 12, 1), til=fri)

    with django_assert_num_queries(1):
        kalender = kalender_rundt(kommune, na("2026-12-20T12:00"))

    assert [fra.day for fra, _til in kalender.skoleferier] == [21, 22, 23][:antall]
    assert kalender.helligdager == {
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 1, 1),
    }
    assert kalender.aftener == {date(2026, 12, 24), date(2026, 12, 31)}
