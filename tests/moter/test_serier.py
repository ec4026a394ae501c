"""From rules to meetings: what is made, moved, cancelled, and left alone."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from moter.models import Mote, Moteserie
from moter.moteplan.serier import (
    avslutt,
    fyll,
    horisont,
    legg_ned,
    legg_om,
    omlegging,
    slipp,
)
from moter.rytme import Regel
from tests.factories import ForumFactory, MoteFactory, MoteserieFactory
from tests.stikkprover import eksempler

MANDAG, TIRSDAG, TORSDAG, SONDAG = 0, 1, 3, 6
# A Wednesday.
NAA = datetime(2027, 3, 3, 11, tzinfo=UTC)


@pytest.fixture
def klokken(monkeypatch):
    """Puts the clock somewhere: on Wednesday 3 March 2027, to begin with."""

    def still(na):
        monkeypatch.setattr(timezone, "now", lambda: na)

    still(NAA)
    return still


@pytest.fixture
def forum(kommune, klokken):
    return ForumFactory(kommune=kommune)


def lag_serie(forum, **felter):
    """Every sixth Tuesday from 2 March 2027, at nine."""
    felles = {"forum": forum, "antall": 6, "fra": date(2027, 3, 2)}
    return MoteserieFactory(**felles | felter)


def dager(serie, status="planlagt"):
    rader = serie.moter.filter(status=status).order_by("start")
    return [mote.dag for mote in rader]


def alt(serie):
    """All rows of the series, as they are stored."""
    return list(serie.moter.order_by("pk").values())


def endre(serie, **felter):
    for navn, verdi in felter.items():
        setattr(serie, navn, verdi)
    serie.save()
    return legg_om(serie=serie)


# Making -------------------------------------------------------------------------------


def test_the_horizon_is_twelve_months_away_and_ends_a_week(klokken):
    assert horisont() == date(2028, 3, 5)

    klokken(datetime(2028, 2, 29, 11, tzinfo=UTC))
    assert horisont() == date(2029, 3, 4)


def test_a_new_series_gets_its_meetings_to_come(forum):
    serie = lag_serie(forum, sted="Rådhuset", motelenke="https://example.org/")

    nye = fyll(serie=serie)

    # That of the day before is past.
    assert dager(serie) == [
        date(2027, 4, 13),
        date(2027, 5, 25),
        date(2027, 7, 6),
        date(2027, 8, 17),
        date(2027, 9, 28),
        date(2027, 11, 9),
        date(2027, 12, 21),
        date(2028, 2, 1),
    ]
    assert list(serie.moter.order_by("start")) == nye
    [forste, *_resten] = nye
    assert (forste.start, forste.slutt) == (
        datetime(2027, 4, 13, 7, tzinfo=UTC),
        datetime(2027, 4, 13, 8, 30, tzinfo=UTC),
    )
    assert (forste.sted, forste.motelenke, forste.forum) == (
        "Rådhuset",
        "https://example.org/",
        forum,
    )
    assert (forste.opprinnelig_dato, forste.fastsatt, forste.sekvens) == (
        date(2027, 4, 13),
        False,
        0,
    )


def test_filling_again_makes_nothing(forum):
    serie = lag_serie(forum)
    fyll(serie=serie)
    for_ = alt(serie)

    assert fyll(serie=serie) == []
    assert alt(serie) == for_


def test_as_time_goes_the_next_ones_are_made(forum, klokken):
    serie = lag_serie(forum)
    fyll(serie=serie)

    klokken(NAA + timedelta(days=50))
    nye = fyll(serie=serie)

    assert [mote.dag for mote in nye] == [date(2028, 3, 14)]


def test_after_a_long_pause_nothing_is_made_in_the_past(forum, klokken):
    serie = lag_serie(forum)
    fyll(serie=serie)

    klokken(NAA + timedelta(days=800))
    nye = fyll(serie=serie)

    assert nye[0].start > timezone.now()
    assert nye[0].dag - timezone.localdate() <= timedelta(weeks=6)


def test_what_was_moved_or_cancelled_is_not_made_again(forum):
    serie = lag_serie(forum)
    flyttet, avlyst, *_resten = fyll(serie=serie)
    flyttet.start += timedelta(days=2)
    flyttet.slutt += timedelta(days=2)
    flyttet.fastsatt = True
    flyttet.save()
    avlyst.status, avlyst.fastsatt = Mote.Status.AVLYST, True
    avlyst.save()

    assert fyll(serie=serie) == []
    assert legg_om(serie=serie).er_tom


def test_red_days_are_no_hindrance(forum):
    serie = lag_serie(forum, antall=1, ukedag=MANDAG, fra=date(2027, 3, 22))

    assert date(2027, 3, 29) in [mote.dag for mote in fyll(serie=serie)]  # Easter


def test_when_the_forum_meets_already_no_second_meeting_is_made(forum):
    serie = lag_serie(forum)
    MoteFactory(forum=forum, start=datetime(2027, 4, 13, 7, tzinfo=UTC))

    assert omlegging(serie=serie).opptatt == [date(2027, 4, 13)]
    assert fyll(serie=serie)[0].dag == date(2027, 5, 25)


def test_a_slot_comes_back_when_nothing_is_in_its_way_any_longer(forum):
    serie = lag_serie(forum)
    i_veien = MoteFactory(forum=forum, start=datetime(2027, 5, 25, 7, tzinfo=UTC))
    fyll(serie=serie)
    assert date(2027, 5, 25) not in dager(serie)

    i_veien.status = Mote.Status.AVLYST
    i_veien.save()

    assert [mote.dag for mote in fyll(serie=serie)] == [date(2027, 5, 25)]
    assert date(2027, 5, 25) in dager(serie)
    assert fyll(serie=serie) == []


def test_a_meeting_called_off_for_another_comes_back_as_the_same(forum):
    serie = lag_serie(forum)
    forste, andre, *_resten = fyll(serie=serie)
    i_veien = MoteFactory(forum=forum, start=forste.start - timedelta(hours=1))
    endre(serie, start_kl=time(8))
    andre.refresh_from_db()
    andre.status, andre.fastsatt = Mote.Status.AVLYST, True
    andre.save()
    i_veien.start += timedelta(days=1)
    i_veien.slutt += timedelta(days=1)
    i_veien.save()

    [tilbake] = fyll(serie=serie)

    assert (tilbake.pk, tilbake.uid, tilbake.er_avlyst) == (
        forste.pk,
        forste.uid,
        False,
    )
    andre.refresh_from_db()
    assert andre.er_avlyst


def test_what_was_held_for_a_slot_is_not_held_once_more(forum, klokken):
    serie = lag_serie(forum)
    forste, *_resten = fyll(serie=serie)  # 13 April
    forste.start -= timedelta(days=12)
    forste.slutt -= timedelta(days=12)
    forste.fastsatt = True
    forste.save()
    klokken(datetime(2027, 4, 5, 11, tzinfo=UTC))

    # The next one of the year to come, and none on 13 April.
    assert [mote.dag for mote in fyll(serie=serie)] == [date(2028, 3, 14)]


def test_an_hour_that_is_not_there_makes_no_meeting_and_no_error(forum):
    serie = lag_serie(
        forum, antall=1, ukedag=SONDAG, start_kl=time(2, 15), slutt_kl=time(3, 30)
    )

    laget = {mote.dag for mote in fyll(serie=serie)}

    assert date(2027, 3, 21) in laget
    assert not laget & {date(2027, 3, 28), date(2027, 10, 31)}


def test_the_nightly_command_fills_the_series_that_run(forum, kommune):
    lag_serie(forum)
    lag_serie(forum, til=date(2027, 3, 2), start_kl=time(8))
    nedlagt = ForumFactory(kommune=kommune, nedlagt=date(2027, 1, 1))
    lag_serie(nedlagt)

    def kjor():
        ut = StringIO()
        call_command("planlegg_moter", stdout=ut)
        return ut.getvalue().strip()

    assert kjor() == "Gikk gjennom 1 møteserier, la inn 8 møter."
    assert kjor() == "Gikk gjennom 1 møteserier, la inn 0 møter."
    assert set(Mote.objects.values_list("forum", flat=True)) == {forum.pk}


# Changing -----------------------------------------------------------------------------


def test_another_time_and_place_keeps_the_days(forum):
    serie = lag_serie(forum)
    fyll(serie=serie)
    for_ = alt(serie)

    plan = endre(serie, start_kl=time(8), sted="Rådhuset")

    etter = alt(serie)
    assert (len(plan.flyttes), plan.avlyses, plan.nye) == (8, [], [])
    for gammel, ny in zip(for_, etter, strict=True):
        assert ny["uid"] == gammel["uid"]
        assert ny["start"] == gammel["start"] - timedelta(hours=1)
        assert (ny["sted"], ny["sekvens"]) == ("Rådhuset", 1)
        assert ny["opprinnelig_dato"] == gammel["opprinnelig_dato"]


def test_another_place_alone(forum):
    serie = lag_serie(forum)
    fyll(serie=serie)

    plan = endre(serie, sted="Rådhuset")

    assert (len(plan.endres), plan.flyttes) == (8, [])
    assert set(serie.moter.values_list("sted", "sekvens")) == {("Rådhuset", 1)}


def test_another_weekday_moves_each_meeting_within_its_week(forum):
    serie = lag_serie(forum)
    moter = fyll(serie=serie)

    plan = endre(serie, ukedag=TORSDAG)

    # The first Thursday is this week: new, as the Tuesday of this week was before the
    # series was filled.
    assert [timezone.localdate(start) for start in plan.nye] == [date(2027, 3, 4)]
    assert plan.avlyses == []
    assert dager(serie) == [
        date(2027, 3, 4),
        *(mote.dag + timedelta(days=2) for mote in moter),
    ]
    for mote in moter:
        gammel = (mote.uid, mote.dag)
        mote.refresh_from_db()
        assert (mote.uid, mote.dag) == (gammel[0], gammel[1] + timedelta(days=2))
        assert (mote.opprinnelig_dato, mote.sekvens) == (mote.dag, 1)


def test_a_week_later_moves_each_meeting_by_a_week(forum):
    serie = lag_serie(forum)
    moter = fyll(serie=serie)

    endre(serie, fra=date(2027, 3, 9))

    # And one that comes a week after today's.
    assert dager(serie)[1:] == [mote.dag + timedelta(days=7) for mote in moter]
    assert serie.moter.count() == len(moter) + 1


@pytest.mark.parametrize(
    ("for_", "endring"),
    [
        ({"antall": 6}, {"fra": date(2027, 3, 16)}),
        ({"antall": 6}, {"fra": date(2027, 2, 16)}),
        ({"antall": 6}, {"ukedag": MANDAG}),
        ({"antall": 6}, {"ukedag": SONDAG, "start_kl": time(8)}),
        (
            {"regel": Regel.MANED, "antall": 1, "nummer": 2},
            {"nummer": 3, "ukedag": MANDAG},
        ),
        ({"regel": Regel.MANED, "antall": 1, "nummer": 1}, {"ukedag": MANDAG}),
        (
            {"regel": Regel.UKENUMRE, "ukenumre": "16, 24, 36, 46"},
            {"ukenumre": "18, 23, 38, 45"},
        ),
    ],
)
def test_a_small_change_moves_the_meetings_and_calls_none_off(forum, for_, endring):
    serie = lag_serie(forum, **for_)
    moter = fyll(serie=serie)

    plan = endre(serie, **endring)

    # At either end of the year one may come or go.
    assert len(plan.avlyses) <= 1
    assert len(plan.nye) <= 1
    assert len(plan.flyttes) >= len(moter) - 1 > 2
    for mote, start in plan.flyttes:
        gammel = next(gammel for gammel in moter if gammel.pk == mote.pk)
        mote.refresh_from_db()
        assert (mote.uid, mote.start, mote.sekvens) == (gammel.uid, start, 1)
        assert mote.opprinnelig_dato == mote.dag
        assert not mote.er_avlyst
    assert legg_om(serie=serie).er_tom
    assert fyll(serie=serie) == []


def test_no_meeting_is_moved_further_than_half_the_way_to_the_next(forum):
    serie = lag_serie(forum, antall=6)
    moter = fyll(serie=serie)

    plan = endre(serie, fra=date(2027, 3, 30), antall=12)

    # From 30 March on: 22 June, 14 September, 7 December, 29 February.
    assert [mote.dag for mote, _start in plan.flyttes] != []
    for mote, start in plan.flyttes:
        gammel = next(gammel for gammel in moter if gammel.pk == mote.pk)
        assert abs(gammel.start - start) <= timedelta(weeks=6)


def test_a_rarer_series_cancels_what_it_has_no_room_for(forum):
    serie = lag_serie(forum)
    moter = fyll(serie=serie)

    plan = endre(serie, antall=12)

    assert plan.nye == []
    assert dager(serie) == [mote.dag for mote in moter[1::2]]
    assert dager(serie, "avlyst") == [mote.dag for mote in moter[::2]]


def test_what_the_rule_took_away_comes_back_as_the_same_meeting(forum):
    serie = lag_serie(forum)
    fyll(serie=serie)
    uider = list(serie.moter.order_by("start").values_list("uid", flat=True))

    endre(serie, antall=12)
    plan = endre(serie, antall=6)

    assert len(plan.nye) == 4
    assert (
        list(serie.moter.holdes().order_by("start").values_list("uid", flat=True))
        == uider
    )
    assert serie.moter.count() == 8
    assert sorted(serie.moter.values_list("sekvens", flat=True)) == [0] * 4 + [2] * 4


def test_what_was_decided_by_hand_stands_and_gets_no_neighbour(forum):
    serie = lag_serie(forum)
    flyttet, avlyst, beholdt, vanlig, *_resten = fyll(serie=serie)
    flyttet.start += timedelta(days=1)
    flyttet.slutt += timedelta(days=1)
    flyttet.fastsatt = beholdt.fastsatt = avlyst.fastsatt = True
    avlyst.status = Mote.Status.AVLYST
    for mote in (flyttet, avlyst, beholdt):
        mote.save()
    for_ = {
        m.pk: Mote.objects.filter(pk=m.pk).values().get()
        for m in (flyttet, avlyst, beholdt)
    }

    plan = endre(serie, ukedag=TORSDAG)

    assert plan.uberort == [flyttet, avlyst, beholdt]
    assert plan.bestemt == [flyttet, beholdt]
    assert plan.avlyst == [avlyst]
    for pk, rad in for_.items():
        assert Mote.objects.filter(pk=pk).values().get() == rad
    vanlig.refresh_from_db()
    assert vanlig.dag == date(2027, 8, 19)
    i_ukene = serie.moter.filter(
        start__date__gt=date(2027, 4, 1), start__date__lt=vanlig.dag
    )
    assert i_ukene.count() == 3


def test_a_meeting_that_was_moved_to_another_week_fills_the_slot_there(forum):
    serie = lag_serie(forum, antall=2)
    forste, *_resten = fyll(serie=serie)  # 16 March
    forste.start += timedelta(days=8)
    forste.slutt += timedelta(days=8)
    forste.fastsatt = True
    forste.save()

    endre(serie, fra=date(2027, 3, 9))

    # It is on Wednesday 24 March, and so nothing is on Tuesday the 23rd.
    assert dager(serie)[:3] == [date(2027, 3, 9), date(2027, 3, 24), date(2027, 4, 6)]


def test_past_meetings_are_left_alone(forum, klokken):
    serie = lag_serie(forum, antall=1)
    fyll(serie=serie)
    klokken(NAA + timedelta(days=30))
    holdt = list(serie.moter.filter(start__lte=timezone.now()).order_by("pk").values())
    assert len(holdt) == 4

    endre(serie, ukedag=TORSDAG, start_kl=time(8))

    pker = [rad["id"] for rad in holdt]
    assert list(serie.moter.filter(pk__in=pker).order_by("pk").values()) == holdt


def test_who_met_this_week_does_not_meet_twice(forum, klokken):
    serie = lag_serie(forum, antall=1)
    fyll(serie=serie)
    klokken(datetime(2027, 3, 10, 11, tzinfo=UTC))  # they met on Tuesday the 9th

    endre(serie, ukedag=TORSDAG)

    assert dager(serie)[:2] == [date(2027, 3, 9), date(2027, 3, 18)]


def test_what_was_held_does_not_stand_in_the_way_of_the_next_week(forum, klokken):
    serie = lag_serie(forum, antall=4, fra=date(2027, 3, 9))
    fyll(serie=serie)
    klokken(datetime(2027, 3, 10, 11, tzinfo=UTC))  # they met on Tuesday the 9th

    endre(serie, fra=date(2027, 3, 16))

    assert dager(serie)[:3] == [date(2027, 3, 9), date(2027, 3, 16), date(2027, 4, 13)]


def test_the_meeting_of_today_is_held_when_its_new_hour_is_past(forum, klokken):
    serie = lag_serie(forum, antall=1, start_kl=time(14), slutt_kl=time(15))
    fyll(serie=serie)
    klokken(datetime(2027, 3, 9, 11, tzinfo=UTC))

    plan = endre(serie, start_kl=time(9))

    assert plan.avlyses == []
    assert [
        timezone.localtime(m.start).hour for m in serie.moter.order_by("start")[:2]
    ] == [14, 9]


def test_a_meeting_of_another_kind_at_that_time_comes_first(forum):
    serie = lag_serie(forum)
    vanlig, *_resten = fyll(serie=serie)
    annet = MoteFactory(forum=forum, start=vanlig.start - timedelta(hours=1))

    plan = endre(serie, start_kl=time(8))

    assert plan.opptatt == [vanlig.opprinnelig_dato]
    assert plan.avlyses == [vanlig]
    annet.refresh_from_db()
    assert not annet.er_avlyst


def test_a_moved_meeting_of_the_series_itself_is_not_run_into(forum):
    """The one of the week before was moved to where the series now wants its own."""
    serie = lag_serie(forum, antall=1)
    forste, andre, *_resten = fyll(serie=serie)
    forste.start, forste.slutt = (
        andre.start + timedelta(hours=2),
        andre.slutt + timedelta(hours=2),
    )
    forste.fastsatt = True
    forste.save()

    plan = endre(serie, start_kl=time(11), slutt_kl=time(12))

    assert plan.avlyses == [andre]
    assert legg_om(serie=serie).er_tom


def test_the_end_of_a_series_cancels_what_was_to_come(forum):
    serie = lag_serie(forum)
    moter = fyll(serie=serie)
    siste = moter[-1]
    siste.fastsatt = True
    siste.save()

    plan = avslutt(serie=serie, dag=date(2027, 5, 25))

    assert plan.avlyses == moter[2:-1]
    assert dager(serie) == [date(2027, 4, 13), date(2027, 5, 25), siste.dag]
    serie.refresh_from_db()
    assert serie.til == date(2027, 5, 25)
    assert fyll(serie=serie) == []


def test_a_series_does_not_end_before_it_begins(forum):
    serie = lag_serie(forum)

    with pytest.raises(IntegrityError), transaction.atomic():
        avslutt(serie=serie, dag=date(2027, 3, 1))


def test_a_forum_that_is_laid_down_meets_no_more(forum, klokken):
    serie = lag_serie(forum)
    fyll(serie=serie)
    klokken(NAA + timedelta(days=60))  # 2 May; they met on 13 April
    bestemt = serie.moter.get(opprinnelig_dato=date(2027, 7, 6))
    bestemt.fastsatt = True
    bestemt.save()
    lost = MoteFactory(forum=forum, start=timezone.now() + timedelta(days=3))
    annet = MoteFactory(start=timezone.now() + timedelta(days=3))
    forum.nedlagt = date(2027, 4, 1)
    forum.save()

    legg_ned(forum=forum, dag=forum.nedlagt)

    assert dager(serie) == [date(2027, 4, 13)]
    assert len(dager(serie, "avlyst")) == 7
    for mote in (lost, annet):
        mote.refresh_from_db()
    assert lost.er_avlyst
    assert not annet.er_avlyst
    serie.refresh_from_db()
    assert serie.til == date(2027, 4, 1)
    assert fyll(serie=serie) == []
    assert legg_om(serie=serie).er_tom


def test_meetings_do_not_come_back_with_the_forum(forum):
    gaende = lag_serie(forum)
    senere = lag_serie(forum, fra=date(2027, 6, 1), start_kl=time(8))
    for serie in (gaende, senere):
        fyll(serie=serie)
    assert forum.moter.holdes().filter(serie=senere).exists()
    legg_ned(forum=forum, dag=timezone.localdate())

    call_command("planlegg_moter", stdout=StringIO())
    for serie in (gaende, senere):
        serie.refresh_from_db()
        legg_om(serie=serie)

    assert not forum.moter.holdes().exists()


@pytest.mark.parametrize("dag", [date(2027, 5, 25), date(2027, 5, 26)])
def test_a_forum_that_will_be_laid_down_meets_until_then(forum, dag):
    gaende = lag_serie(forum)
    senere = lag_serie(forum, fra=date(2027, 6, 1), start_kl=time(8))
    for serie in (gaende, senere):
        fyll(serie=serie)
    forum.nedlagt = dag
    forum.save()

    legg_ned(forum=forum, dag=dag)
    call_command("planlegg_moter", stdout=StringIO())
    for serie in (gaende, senere):
        serie.refresh_from_db()
        legg_om(serie=serie)

    assert dager(gaende) == [date(2027, 4, 13), date(2027, 5, 25)]
    assert dager(senere) == []


def test_a_series_of_a_forum_that_is_laid_down_makes_nothing(kommune, klokken):
    serie = lag_serie(ForumFactory(kommune=kommune, nedlagt=date(2027, 3, 1)))

    assert fyll(serie=serie) == []
    assert legg_om(serie=serie).er_tom


def test_what_is_asked_changes_nothing(forum):
    serie = lag_serie(forum)
    fyll(serie=serie)
    for_ = alt(serie)
    serie.ukedag, serie.antall = TORSDAG, 3

    plan = omlegging(serie=serie)

    assert plan.flyttes
    assert plan.nye
    assert alt(serie) == for_
    assert Moteserie.objects.get(pk=serie.pk).ukedag == TIRSDAG


@pytest.mark.parametrize(
    "felter",
    [
        {"antall": 1},
        {"regel": Regel.MANED, "antall": 1, "nummer": -1},
        {"regel": Regel.AR, "antall": 4},
        {"regel": Regel.UKENUMRE, "ukenumre": "2, 20, 53"},
    ],
)
def test_each_rule_is_filled_as_it_would_be_laid_out(forum, felter):
    fylt, lagt = (
        lag_serie(forum, **felter),
        lag_serie(forum, **felter, start_kl=time(8)),
    )

    fyll(serie=fylt)
    legg_om(serie=lagt)

    assert dager(fylt) == dager(lagt) != []


@pytest.mark.parametrize("felt", ["fra", "til"])
@pytest.mark.parametrize("dag", [date(1, 1, 1), date(9999, 12, 31)])
def test_years_that_are_mistyped_are_refused(forum, felt, dag):
    serie = lag_serie(forum)
    setattr(serie, felt, dag)

    with pytest.raises(ValidationError) as feil:
        serie.full_clean()
    assert list(feil.value.message_dict) == [felt]


# Whatever happens in whatever order ---------------------------------------------------

REGLER = st.one_of(
    st.fixed_dictionaries(
        {"regel": st.just(Regel.UKER), "antall": st.sampled_from([4, 6, 9])}
    ),
    st.fixed_dictionaries(
        {
            "regel": st.just(Regel.MANED),
            "antall": st.sampled_from([1, 2]),
            "nummer": st.sampled_from([1, 3, -1]),
        }
    ),
    st.fixed_dictionaries(
        {"regel": st.just(Regel.AR), "antall": st.sampled_from([2, 9])}
    ),
    st.fixed_dictionaries(
        {
            "regel": st.just(Regel.UKENUMRE),
            "antall": st.just(1),
            "ukenumre": st.sampled_from(["1, 20, 53", "10, 11, 12, 40"]),
        }
    ),
)
ENDRINGER = st.tuples(
    st.just("endre"),
    REGLER,
    st.integers(0, 6),
    st.sampled_from([time(8), time(9), time(9, 30)]),
)
HENDELSER = st.lists(
    st.one_of(
        ENDRINGER,
        st.tuples(st.just("flytt"), st.integers(0, 12), st.integers(-9, 9)),
        st.tuples(st.just("avlys"), st.integers(0, 12)),
        st.tuples(st.just("behold"), st.integers(0, 12)),
        st.tuples(st.just("slipp"), st.integers(0, 3)),
        st.tuples(st.just("vent"), st.integers(1, 90)),
        st.tuples(st.just("avslutt"), st.integers(0, 300)),
        st.tuples(st.just("fyll")),
    ),
    min_size=1,
    max_size=6,
)


def skje(serie, hendelse, klokken):
    """Lets something happen to the series."""
    match hendelse:
        case ("endre", regel, ukedag, start_kl):
            serie.refresh_from_db()
            endre(serie, **regel, ukedag=ukedag, start_kl=start_kl, til=None)
        case ("vent", antall):
            klokken(timezone.now() + timedelta(days=antall))
            fyll(serie=serie)
        case ("avslutt", antall):
            dag = timezone.localdate() + timedelta(days=antall)
            avslutt(serie=serie, dag=dag)
        case ("fyll",):
            fyll(serie=serie)
        case ("slipp", nummer):
            bestemte = serie.moter.holdes().filter(
                fastsatt=True, start__gt=timezone.now()
            )
            if mote := bestemte.order_by("start")[nummer : nummer + 1].first():
                slipp(mote=mote)
                assert not mote.fastsatt
        case (hva, nummer, *hvor):
            kommende = serie.moter.holdes().filter(start__gt=timezone.now())
            if mote := kommende.order_by("start")[nummer : nummer + 1].first():
                for_hand(mote, hva, *hvor)


def for_hand(mote, hva, dager=0):
    """What a coordinator does to one meeting."""
    start = mote.start + timedelta(days=dager)
    if mote.forum.moter.holdes().filter(start=start).exclude(pk=mote.pk).exists():
        return
    mote.slutt += timedelta(days=dager)
    mote.start, mote.fastsatt = start, True
    if hva == "avlys":
        mote.status = Mote.Status.AVLYST
    mote.save()


def urorlige(serie):
    """{id: the row} of those that are past or were decided by hand."""
    rader = serie.moter.values()
    return {
        rad["id"]: rad
        for rad in rader
        if rad["fastsatt"] or rad["start"] <= timezone.now()
    }


@settings(
    max_examples=eksempler(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(hendelser=HENDELSER)
# Rare in so few: one that was moved by hand goes back to its series.
@example(hendelser=[("flytt", 0, 3), ("slipp", 0)])
def test_whatever_happens_no_slot_has_two_meetings(hendelser, forum, klokken):
    klokken(NAA)
    with transaction.atomic():
        serie = lag_serie(forum)
        fyll(serie=serie)
        uider = dict(serie.moter.values_list("pk", "uid"))
        for hendelse in [*hendelser, ("fyll",)]:
            for_ = urorlige(serie)
            skje(serie, hendelse, klokken)

            if hendelse[0] in {"endre", "fyll", "avslutt", "vent"}:
                etter = {rad["id"]: rad for rad in serie.moter.values()}
                assert {pk: etter[pk] for pk in for_} == for_
            na = dict(serie.moter.values_list("pk", "uid"))
            assert {pk: na.get(pk) for pk in uider} == uider
            uider = na
            uker = [
                dag.isocalendar()[:2]
                for dag in serie.moter.holdes().values_list(
                    "opprinnelig_dato", flat=True
                )
            ]
            assert len(uker) == len(set(uker))
        serie.refresh_from_db()
        legg_om(serie=serie)
        for_ = alt(serie)
        assert legg_om(serie=serie).er_tom
        assert fyll(serie=serie) == []
        assert alt(serie) == for_
        transaction.set_rollback(True)
