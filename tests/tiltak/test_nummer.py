"""A number is a place: moved in drafts, fixed once the plan holds."""

from tests.factories import InnsatsomradeFactory, PlasseringFactory
from tiltak.models import Handlingsplan, Plassering

UTKAST = Handlingsplan.Status.UTKAST


def lag(omrade, *nivaer):
    return [
        PlasseringFactory(innsatsomrade=omrade, tiltak__niva=niva) for niva in nivaer
    ]


def test_a_new_tiltak_takes_the_next_free_number_whatever_its_level(db):
    omrade = InnsatsomradeFactory(plan__status=UTKAST)
    lag(omrade, "selektiv", "indikativ")
    Plassering.objects.get(nummer=1).tiltak.delete()

    assert omrade.neste_nummer == 3
