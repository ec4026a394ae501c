"""Two at once with one table: what one of them did meanwhile is not undone by the other."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from evaluering.models import Indikator, Maling, Tallimport
from evaluering.tall.tallimport import forkast, les_igjen, merke
from evaluering.tall.tallimport import legg_inn as tjenesten
from evaluering.tall.views import importen
from tests.evaluering.importveien import lim_inn, siste, til
from tests.factories import IndikatorFactory, KildeFactory
from tests.innsending import innsending


@pytest.fixture
def imens(monkeypatch):
    """Has somebody else do something, right before the view has the others wait."""

    def gjor(hva):
        igjen = [hva]

        def atomic():
            if igjen:
                igjen.pop()()
            return transaction.atomic()

        monkeypatch.setattr(importen, "transaction", SimpleNamespace(atomic=atomic))

    return gjor


@pytest.fixture
def tabellen(kommune, koordinator):
    kilde = KildeFactory(kommune=kommune, arstall=2023)
    IndikatorFactory(kommune=kommune, navn="Treff", kilde=kilde)
    lim_inn(koordinator, "indikator;år;tall", "Treff;2022;20", "Treff;2023;30")
    return siste()


def kast(rad):
    return lambda: forkast(tallimport=rad, bruker=rad.bruker)


def test_what_was_thrown_away_does_not_come_back(tabellen, koordinator, imens):
    side = til("tallimport_oppsett", tabellen.pk)
    svaret = innsending(koordinator.get(side))
    imens(kast(tabellen))

    svar = koordinator.post(side, svaret)

    assert svar.status_code == 404
    assert not Tallimport.objects.exists()


def test_what_was_put_in_stays_so(tabellen, koordinator, imens):
    side = til("tallimport_oppsett", tabellen.pk)
    svaret = innsending(koordinator.get(side))
    sett = merke(les_igjen(tabellen))
    imens(lambda: tjenesten(tallimport=tabellen, bruker=koordinator.bruker, sett=sett))

    svar = koordinator.post(side, svaret)

    assert svar.status_code == 404
    assert siste().lagt_inn
    assert (siste().rader, Maling.objects.count()) == ([], 2)


def test_who_presses_twice_makes_an_indicator_once(koordinator, kommune, imens):
    kilde = KildeFactory(kommune=kommune, arstall=2023)
    lim_inn(koordinator, "indikator;år;tall", "Samtaler;2022;20", "Samtaler;2023;30")
    side = til("tallimport_navn", siste().pk)
    svaret = innsending(
        koordinator.get(side),
        **{"indikatorer-0": "ny"},
        enhet="samtaler",
        teller="hendelser",
        kilde=str(kilde.pk),
    )
    imens(lambda: koordinator.post(side, svaret))

    svar = koordinator.post(side, svaret)

    assert (svar.status_code, svar["Location"]) == (302, til("tallimport", siste().pk))
    assert Indikator.objects.get().navn == "Samtaler"
    assert len(siste().laget["indikator"]) == 1


@pytest.mark.parametrize("hva", ["legg_inn", "forkast", "angre"])
def test_what_is_gone_is_not_found(tabellen, koordinator, imens, hva):
    imens(kast(tabellen))

    svar = koordinator.post(til(f"tallimport_{hva}", tabellen.pk))

    assert svar.status_code == 404
    assert not Maling.objects.exists()
