"""Two kommuner that share a forum lock each other's rows, always in the same order: else
two who write would wait for each other."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from moter.models import Forum
from slt.felles.angre import hent_tilbake, slettet_i, tilbake_til
from slt.models import Kommune
from tests.conftest import innlogget
from tests.factories import (
    ForumFactory,
    ForumskommuneFactory,
    KommuneFactory,
    MoteFactory,
    TilgangFactory,
)
from tests.slt.test_samtidig import apne


@pytest.fixture
def forum(transactional_db):
    """Shared with a kommune that is locked before its own."""
    if connection.vendor == "sqlite":
        pytest.skip("one database in memory has one writer")
    nabo = KommuneFactory()
    forum = ForumFactory(kommune=KommuneFactory(), navn="Stasjonsforum")
    ForumskommuneFactory(forum=forum, kommune=nabo)
    assert nabo.pk < forum.kommune_id
    return forum


def _henter(forum):
    MoteFactory(forum=forum).delete()
    [slettet] = slettet_i(kommune=forum.kommune)
    return lambda: hent_tilbake(samling=slettet.samling, kommune=forum.kommune)


def _bringer_tilbake(forum):
    forum.navn = "Et annet navn"
    forum.save()
    forst = forum.historikk.order_by("history_id").first()
    return lambda: tilbake_til(historisk_rad=forst, kommune=forum.kommune)


def _lagrer(forum):
    klient = innlogget(TilgangFactory(kommune=forum.kommune).bruker)
    adresse, data = apne(klient, forum)
    return lambda: klient.post(adresse, data | {"navn": "Et annet navn"})


def _sletter(forum):
    mote = MoteFactory(forum=forum)
    return mote.delete


def _noen_venter():
    with connection.cursor() as peker:
        peker.execute("SELECT pg_stat_clear_snapshot()")  # kept in a transaction
        peker.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND datname = current_database()"
        )
        return peker.fetchone()[0]


@pytest.mark.parametrize("gjor", [_henter, _bringer_tilbake, _lagrer, _sletter])
def test_who_waits_for_the_neighbour_holds_nothing_of_theirs(gjor, forum):
    [nabo] = forum.deltakere.values_list("kommune", flat=True)
    handling = gjor(forum)

    def en():
        try:
            return handling()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as trad:
        with transaction.atomic():
            Kommune.objects.las(nabo)
            arbeid = trad.submit(en)
            frist = time.monotonic() + 30
            while not _noen_venter() and time.monotonic() < frist:
                time.sleep(0.02)
            assert _noen_venter()
            eier = Kommune.objects.select_for_update(nowait=True, no_key=True)
            try:
                assert eier.get(pk=forum.kommune_id)
            except OperationalError:
                pytest.fail("they wait for the neighbour, and hold their own kommune")
        arbeid.result(timeout=30)

    assert Forum.objects.count() == 1
