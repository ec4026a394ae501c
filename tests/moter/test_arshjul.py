"""The meetings in the year of a kommune."""

from datetime import date, datetime, timedelta

import pytest

from moter.moteplan.arshjul import motene
from slt.grunn.tid import i_lokal_tid
from slt.models import PUBLIKUM
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    MoteFactory,
)

ARET = date(2027, 1, 1), date(2027, 12, 31)


def mote(forum, dag, kl=9, **felter):
    start = i_lokal_tid(dag, datetime.min.time().replace(hour=kl))
    slutt = start + timedelta(minutes=30)
    return MoteFactory(forum=forum, start=start, slutt=slutt, **felter)


def funnet(kommune, bruker=PUBLIKUM):
    return [(p.fra, p.tittel, p.internt) for p in motene(kommune, *ARET, bruker)]


def test_those_of_the_year_that_are_held(kommune):
    forum = ForumFactory(kommune=kommune, navn="Rådet")
    for dag in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31)):
        mote(forum, dag, kl=23)
    mote(forum, date(2028, 1, 1), kl=0)
    mote(forum, date(2027, 5, 5), status="avlyst")
    mote(ForumFactory(navn="Andres"), date(2027, 5, 5))

    assert funnet(kommune) == [
        (date(2027, 1, 1), "Rådet", False),
        (date(2027, 12, 31), "Rådet", False),
    ]


def test_closed_fora_are_for_those_who_see_them(kommune, koordinator, nabo):
    forum = ForumFactory(kommune=kommune, navn="Lukket", offentlig=False)
    mote(forum, date(2027, 5, 5))
    medlem = ForumsmedlemFactory(forum=forum, bruker=BrukerFactory()).bruker

    ventet = [(date(2027, 5, 5), "Lukket", True)]
    assert funnet(kommune) == funnet(kommune, nabo.bruker) == []
    assert funnet(kommune, koordinator.bruker) == funnet(kommune, medlem) == ventet


def test_a_shared_forum_is_in_the_year_of_both(kommune, nabokommune):
    forum = ForumFactory(kommune=nabokommune, navn="Felles")
    ForumskommuneFactory(forum=forum, kommune=kommune)
    mote(forum, date(2027, 5, 5))

    assert (
        funnet(kommune) == funnet(nabokommune) == [(date(2027, 5, 5), "Felles", False)]
    )


@pytest.mark.parametrize(
    ("slag", "samles"), [("omrademote", "områdemøter"), ("politirad", "")]
)
def test_those_of_the_areas_are_told_of_together(slag, samles, kommune):
    mote(ForumFactory(kommune=kommune, type=slag), date(2027, 5, 5))

    [punkt] = motene(kommune, *ARET, PUBLIKUM)

    assert punkt.samles == samles
