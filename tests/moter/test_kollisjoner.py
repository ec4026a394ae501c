"""Meetings at the same time with members in common."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from moter.models import Forum, Mote
from moter.moteplan.kollisjoner import er_samme, last_motekalender
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumsmedlemFactory,
    MoteFactory,
    TjenesteFactory,
)

DAG = date(2027, 1, 12)
OSLO = ZoneInfo("Europe/Oslo")


def mote(forum, fra, til, dag=DAG, **felter):
    """A meeting from an hour to another, "9" or "9.30"."""

    def tid(kl):
        time, _punktum, minutt = kl.partition(".")
        return datetime(
            dag.year, dag.month, dag.day, int(time), int(minutt or 0), tzinfo=OSLO
        )

    return MoteFactory(forum=forum, start=tid(fra), slutt=tid(til), **felter)


@pytest.fixture
def fora(kommune):
    """Two fora with the coordinator in common, and a function of its own in each."""
    tjeneste = TjenesteFactory(kommune=kommune, navn="SLT-koordinator")
    to = [ForumFactory(kommune=kommune, navn=navn) for navn in ("Nord", "Sør")]
    for forum in to:
        ForumsmedlemFactory(forum=forum, funksjon="", tjeneste=tjeneste, fra=DAG)
        ForumsmedlemFactory(forum=forum, fra=DAG)
    return to


def kalender():
    return last_motekalender(Forum.objects.all(), DAG, DAG + timedelta(days=30))


def funnet():
    """{a meeting: [(which one it clashes with, who is in both)]}."""
    return {
        Mote.objects.get(pk=pk): [(k.med, list(k.felles)) for k in alle]
        for pk, alle in kalender().kollisjoner().items()
    }


def test_both_are_told_and_who_is_common(fora):
    nord, sor = mote(fora[0], "9", "10.30"), mote(fora[1], "10", "11")

    assert funnet() == {
        nord: [(sor, ["SLT-koordinator"])],
        sor: [(nord, ["SLT-koordinator"])],
    }


def test_one_after_the_other_is_no_clash(fora):
    mote(fora[0], "9", "10")
    mote(fora[1], "10", "11")

    assert funnet() == {}


def test_a_long_meeting_clashes_with_each_within(fora):
    lang = mote(fora[0], "8", "16")
    korte = [mote(fora[1], kl, f"{kl}.30") for kl in ("9", "11")]

    assert [med for med, _hvem in funnet()[lang]] == korte


def test_without_common_members_there_is_no_clash(kommune):
    for _nr in range(2):
        forum = ForumsmedlemFactory(forum__kommune=kommune, fra=DAG).forum
        mote(forum, "9", "10")

    assert funnet() == {}


def test_cancelled_meetings_are_in_nobodys_way(fora):
    mote(fora[0], "9", "10", status=Mote.Status.AVLYST)
    mote(fora[1], "9", "10")

    assert funnet() == {}


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({"til": DAG}, 2),
        ({"fra": DAG}, 2),
        ({"fra": DAG - timedelta(days=9), "til": DAG - timedelta(days=1)}, 0),
        ({"fra": DAG + timedelta(days=1)}, 0),
    ],
)
def test_only_seats_that_hold_on_the_day_count(fora, felter, ventet):
    sete = fora[0].medlemmer.first()
    for navn, verdi in felter.items():
        setattr(sete, navn, verdi)
    sete.save()
    mote(fora[0], "9", "10")
    mote(fora[1], "9", "10")

    assert len(funnet()) == ventet


def test_a_deputy_is_free_as_long_as_somebody_else_can_go(fora):
    sete = fora[0].medlemmer.first()
    sete.vara_for = fora[0].medlemmer.last()
    sete.save()
    mote(fora[0], "9", "10")
    mote(fora[1], "9", "10")

    assert funnet() == {}


def test_a_forum_can_not_be_in_two_meetings(fora):
    forst, sist = mote(fora[0], "9", "11"), mote(fora[0], "10", "12")

    assert funnet()[forst] == [(sist, ["hele forumet"])]


def test_names_of_people_are_not_said(fora):
    bruker = BrukerFactory(navn="Kari")
    for forum in fora:
        sete = forum.medlemmer.first()
        sete.person, sete.bruker = "Kari", bruker
        sete.save()
    nord, sor = mote(fora[0], "9", "10"), mote(fora[1], "9", "10")

    assert funnet()[nord] == [(sor, ["SLT-koordinator"])]


@pytest.mark.parametrize(
    ("brukere", "ventet"),
    [((1, 1), True), ((1, 2), False), ((1, None), True), ((None, None), True)],
)
def test_of_two_with_the_same_function_users_tell_whether_they_are_the_same(
    brukere, ventet
):
    en, annen = (
        ForumsmedlemFactory.build(forum=None, funksjon="Rådgiver", bruker_id=bruker)
        for bruker in brukere
    )

    assert er_samme(en, annen) is ventet


def test_the_same_user_is_the_same_one_whatever_the_function():
    en, annen = (
        ForumsmedlemFactory.build(forum=None, funksjon=f, bruker_id=1) for f in "ab"
    )

    assert er_samme(en, annen)


# Whether a meeting could be moved to a day --------------------------------------------


def test_a_day_is_free_when_nothing_is_there(fora):
    flyttes = mote(fora[0], "9", "10")

    assert kalender().er_ledig(flyttes, DAG + timedelta(days=7))


def test_a_day_on_which_the_forum_meets_is_not_free_at_any_hour(fora):
    flyttes = mote(fora[0], "9", "10")
    mote(fora[0], "14", "15", DAG + timedelta(days=7))

    assert not kalender().er_ledig(flyttes, DAG + timedelta(days=7))


@pytest.mark.parametrize(("kl", "ventet"), [("9.30", False), ("10", True)])
def test_a_day_is_not_free_when_members_are_elsewhere(fora, kl, ventet):
    flyttes = mote(fora[0], "9", "10")
    mote(fora[1], kl, "11", DAG + timedelta(days=7))

    assert kalender().er_ledig(flyttes, DAG + timedelta(days=7)) is ventet


def test_a_day_on_which_the_clock_skips_the_hour_is_not_free(fora):
    flyttes = mote(fora[0], "2.15", "2.45", date(2027, 2, 1))

    assert not kalender().er_ledig(flyttes, date(2027, 3, 28))


@pytest.mark.parametrize("antall", [1, 3])
def test_loading_asks_twice_whatever_there_is(
    kommune, django_assert_num_queries, antall
):
    for _nr in range(antall):
        forum = ForumFactory(kommune=kommune)
        ForumsmedlemFactory(forum=forum, tjeneste=TjenesteFactory(kommune=kommune))
        mote(forum, "9", "10")

    with django_assert_num_queries(2):
        funn = kalender().kollisjoner()

    assert funn == {}
