"""The notes of a tiltak: who sees them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from tests.factories import (
    BrukerFactory,
    KommuneFactory,
    RundeFactory,
    StatusrapportFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tests.slt.test_admin import legg_til
from tiltak.models import Statusrapport, Tjeneste
from tiltak.notater import notater


@pytest.fixture
def tiltak(kommune):
    return TiltakFactory(plan__kommune=kommune)


@pytest.fixture
def to(tiltak):
    """A note of one tjeneste, and a newer one of nobody."""
    i_fjor = timezone.localdate() - timedelta(days=300)
    tjeneste = TjenesteFactory(kommune=tiltak.kommune)
    runde = RundeFactory(kommune=tiltak.kommune)
    fra = {"tjeneste": tjeneste, "runde": runde, "dato": i_fjor}
    return [
        StatusrapportFactory(tiltak=tiltak),
        StatusrapportFactory(tiltak=tiltak, **fra),
    ]


@pytest.mark.parametrize("rolle", ["koordinator", "politirad"])
def test_who_follows_the_plan_sees_all_the_newest_first(rolle, tiltak, to):
    bruker = TilgangFactory(kommune=tiltak.kommune, rolle=rolle).bruker

    assert notater([tiltak], bruker) == {tiltak.pk: to}


def test_who_keeps_a_tjeneste_sees_what_it_said(tiltak, to):
    bruker = TjenesteredaktorFactory(tjeneste=to[1].tjeneste).bruker

    assert notater([tiltak], bruker) == {tiltak.pk: [to[1]]}


@pytest.mark.parametrize("hvem", ["ansatt", "nabo", "uten", "ingen"])
def test_no_one_else_sees_any(hvem, tiltak, to):
    bruker = {
        "ansatt": lambda: TilgangFactory(kommune=tiltak.kommune, rolle="ansatt").bruker,
        "nabo": lambda: TilgangFactory(kommune=KommuneFactory()).bruker,
        "uten": BrukerFactory,
        "ingen": AnonymousUser,
    }[hvem]()

    assert notater([tiltak], bruker) == {}


def test_of_many_tiltak_one_query(tiltak, to, django_assert_max_num_queries):
    andre = TiltakFactory(plan=tiltak.plan)
    annet = StatusrapportFactory(tiltak=andre)
    bruker = TilgangFactory(kommune=tiltak.kommune).bruker

    with django_assert_max_num_queries(2):
        per_tiltak = notater([tiltak, andre], bruker)
        navnene = {
            (rad.runde and rad.runde.kommune_id, rad.tjeneste and rad.tjeneste.navn)
            for rader in per_tiltak.values()
            for rad in rader
        }

    assert per_tiltak == {tiltak.pk: to, andre.pk: [annet]}
    assert len(navnene) == 2


# Whose words they are -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fra", "blir"), [("", "Utekontakten"), ("En annen", "En annen")]
)
def test_the_admin_keeps_the_name_of_who_said_it(tiltak, koordinator, fra, blir):
    """The tjeneste may be deleted, and is let go of then."""
    tjeneste = TjenesteFactory(kommune=tiltak.kommune, navn="Utekontakten")
    felter = {"tilstand": "som_planlagt", "hvordan": "telefon", "fra": fra}

    svar = legg_til(
        koordinator,
        Statusrapport,
        tiltak=tiltak.pk,
        tjeneste=tjeneste.pk,
        **felter,
    )
    Tjeneste.objects.filter(pk=tjeneste.pk).delete()

    assert svar.status_code == 302
    rapport = Statusrapport.objects.get()
    assert (rapport.tjeneste, rapport.fra, rapport.hvem) == (None, blir, blir)
