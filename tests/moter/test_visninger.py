"""The plan of meetings by month and by year.

Today is Monday 4 January 2027; 29 March is andre påskedag.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from moter.models import Mote
from tests.factories import (
    ForumFactory,
    ForumskommuneFactory,
    MoteFactory,
    MotefriFactory,
)
from tests.lest import Lest

OSLO = ZoneInfo("Europe/Oslo")
PLANEN = "/lillestrom/moteplan/"
AR, MANED = f"{PLANEN}ar/", f"{PLANEN}maned/"
PASKE = date(2027, 3, 29)


@pytest.fixture(autouse=True)
def _i_dag(monkeypatch):
    na = datetime(2027, 1, 4, 9, tzinfo=OSLO)
    monkeypatch.setattr(timezone, "now", lambda: na)


@pytest.fixture
def forum(kommune):
    return ForumFactory(kommune=kommune, navn="Nord")


def mote(forum, dag, fra=9, **felter):
    return MoteFactory(
        forum=forum,
        start=datetime.combine(dag, time(fra), OSLO),
        slutt=datetime.combine(dag, time(fra + 1), OSLO),
        **felter,
    )


def uker(svar):
    """[(number of the week, [(day, its meetings) or None])]."""
    return [
        (uke, [dag and (dag.dato.day, [r.mote for r in dag.rader]) for dag in dager])
        for uke, dager in svar.context["maned"].uker
    ]


# A month ------------------------------------------------------------------------------


def test_a_month_without_meetings_says_so(koordinator, forum):
    mote(forum, date(2027, 2, 2))

    assert "Ingen møter" in Lest(koordinator.get(f"{MANED}2027/3/")).tekst
    assert "Ingen møter" not in Lest(koordinator.get(f"{MANED}2027/2/")).tekst


def test_a_month_stands_week_by_week(koordinator, kommune, forum):
    MotefriFactory(
        kommune=kommune, navn="uke 8", fra=date(2027, 2, 22), til=date(2027, 2, 26)
    )
    tidlig, sent = mote(forum, date(2027, 2, 2)), mote(forum, date(2027, 2, 2), 13)
    mote(forum, date(2027, 3, 2))

    svar = koordinator.get(f"{MANED}2027/2/")

    assert uker(svar) == [
        (5, [(1, []), (2, [tidlig, sent]), (3, []), (4, []), (5, [])]),
        (6, [(dag, []) for dag in range(8, 13)]),
        (7, [(dag, []) for dag in range(15, 20)]),
        (8, [(dag, []) for dag in range(22, 27)]),
    ]
    tekst = Lest(svar).tekst
    assert "Tirsdag 2. 09.00 Nord 13.00 Nord Onsdag 3." in tekst
    assert "Mandag 22. uke 8 Tirsdag 23. uke 8" in tekst
    assert f'href="{PLANEN}moter/{tidlig.pk}/"' in svar.text


def test_the_weeks_of_new_year_have_their_own_numbers(koordinator, forum):
    nyttar = mote(forum, date(2027, 1, 5))

    svar = koordinator.get(MANED)

    assert [uke for uke, _dager in uker(svar)] == [53, 1, 2, 3, 4]
    assert uker(svar)[0][1] == [None, None, None, None, (1, [])]
    assert uker(svar)[1][1][1] == (5, [nyttar])


def test_weekends_stand_where_somebody_meets_then(koordinator, forum):
    lordag = mote(forum, date(2027, 5, 1))

    svar = koordinator.get(f"{MANED}2027/5/")

    assert svar.context["maned"].ukedager[-2:] == ["lørdag", "søndag"]
    assert uker(svar)[0] == (17, [None] * 5 + [(1, [lordag]), (2, [])])


def test_one_goes_from_month_to_month_as_far_as_the_plan_goes(koordinator):
    forste, siste = koordinator.get(MANED), koordinator.get(f"{MANED}2028/1/")

    assert (forste.context["maned"].forrige, siste.context["maned"].neste) == (
        None,
        None,
    )
    assert f'rel="next" href="{MANED}2027/2/"' in forste.text
    assert f'rel="prev" href="{MANED}2027/12/"' in siste.text


@pytest.mark.parametrize(
    "sti", ["2026/12/", "2028/2/", "2027/13/", "2027/0/", "99999999/1/"]
)
def test_a_month_that_the_plan_does_not_reach_is_not_found(koordinator, sti):
    assert koordinator.get(MANED + sti).status_code == 404


# A year -------------------------------------------------------------------------------


def test_a_year_has_the_days_of_each_forum_in_each_month(
    koordinator, kommune, nabokommune, forum
):
    for dag in (date(2027, 2, 2), date(2027, 2, 16), date(2027, 11, 2)):
        mote(forum, dag)
    mote(forum, date(2027, 3, 2), status=Mote.Status.AVLYST)
    deres = ForumFactory(kommune=nabokommune, navn="Felles")
    ForumskommuneFactory(forum=deres, kommune=kommune)
    felles = mote(deres, date(2027, 6, 1))
    ForumFactory(kommune=kommune, navn="Uten møter")

    svar = koordinator.get(AR)

    funnet = {
        f.navn: (
            {m.month: [r.mote.dag.day for r in rader] for m, rader in maneder if rader},
            antall,
        )
        for f, maneder, antall in svar.context["aret"].fora
    }
    assert funnet == {
        "Nord": ({2: [2, 16], 3: [2], 11: [2]}, 3),
        "Felles": ({6: [1]}, 1),
        "Uten møter": ({}, 0),
    }
    assert svar.context["aret"].maneder == [
        *(date(2027, maned, 1) for maned in range(1, 13)),
        date(2028, 1, 1),
    ]
    tekst = Lest(svar).tekst
    assert "4 møter de neste tolv månedene." in tekst
    assert "2 . mars 2027 avlyst" in tekst
    assert f"moter/{felles.pk}/" not in svar.text


@pytest.mark.parametrize("sti", [AR, f"{MANED}2027/3/"])
def test_what_somebody_should_look_at_is_said_in_words(koordinator, forum, sti):
    mote(forum, PASKE)

    assert "! andre påskedag" in Lest(koordinator.get(sti)).tekst


# Both ---------------------------------------------------------------------------------

BEGGE = [AR, MANED, f"{MANED}2027/2/"]


@pytest.mark.parametrize("sti", BEGGE)
def test_others_see_none_of_it(nabo, client, koordinator, sti):
    svar = [
        nabo.get(sti).status_code,
        client.get(sti).status_code,
        koordinator.post(sti).status_code,
        koordinator.get(sti).status_code,
    ]

    assert svar == [404, 302, 405, 200]


@pytest.mark.parametrize(
    ("sti", "visning"), [(PLANEN, "liste"), (AR, "ar"), (MANED, "maned")]
)
def test_each_leads_to_the_others(koordinator, sti, visning):
    svar = koordinator.get(sti)

    assert svar.context["visning"] == visning
    assert [f'href="{s}"' in svar.text for s in (PLANEN, AR, MANED)] == [True] * 3
    assert f'href="{sti}" aria-current="page"' in svar.text


@pytest.mark.parametrize(("sti", "ventet"), [(AR, 12), (f"{MANED}2027/3/", 10)])
@pytest.mark.parametrize("antall", [1, 3])
def test_they_ask_as_much_whatever_there_is(
    koordinator, kommune, django_assert_num_queries, antall, sti, ventet
):
    for _nr in range(antall):
        forum = ForumFactory(kommune=kommune)
        mote(forum, PASKE)
        mote(forum, date(2027, 3, 2))
        MotefriFactory(kommune=kommune)

    with django_assert_num_queries(ventet):
        svar = koordinator.get(sti)

    assert svar.status_code == 200
