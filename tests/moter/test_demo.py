"""The year of meetings that the trial installation has."""

from datetime import timedelta
from io import StringIO

import pytest
from dateutil.relativedelta import relativedelta
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from moter.management.commands.demo_moter import STED
from moter.models import Forum, Mote, Moteserie
from moter.moteplan.hinder import hinder
from moter.moteplan.oversikt import Moteplan
from slt.models import Bruker, Kommune


def demo():
    ut = StringIO()
    call_command("demo_moter", stdout=ut)
    return ut.getvalue()


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The database with all that comes with the software, and the meetings."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("last_grunndata", stdout=StringIO())
        demo()
        call_command("demo_bruker", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def test_every_forum_meets_through_the_year(db):
    i_dag = timezone.localdate()
    dager = {
        forum.navn: sorted(mote.dag for mote in forum.moter.holdes())
        for forum in Forum.objects.all()
    }

    assert len(dager) == 17
    # Of four a year, two may fall on holidays, at Christmas and at Easter.
    assert [navn for navn, alle in dager.items() if len(alle) < 2] == []
    om_et_ar = i_dag + relativedelta(months=12)
    alle = sorted(dag for egne in dager.values() for dag in egne)
    assert i_dag < alle[0] < i_dag + timedelta(weeks=3)
    assert om_et_ar - timedelta(weeks=4) < alle[-1] <= om_et_ar


def test_none_is_on_a_day_that_is_no_good_and_none_collides(db):
    kommune = Kommune.objects.get(slug="lillestrom")
    planen = Moteplan(Bruker.objects.get(epost="koordinator@example.org"), kommune)

    assert len(planen.rader) > 100
    assert planen.uavklarte == []
    i_veien = hinder(kommune, planen.i_dag, planen.til)
    assert {rad.mote.dag for rad in planen.rader}.isdisjoint(i_veien)


def test_all_say_that_they_are_made_up(db):
    assert "oppdiktet" in STED
    assert {mote.sted for mote in Mote.objects.all()} == {STED}


def test_where_there_are_series_nothing_is_put_in(db):
    for_ = (Moteserie.objects.count(), Mote.objects.count())

    assert demo() == ""
    assert (Moteserie.objects.count(), Mote.objects.count()) == for_
