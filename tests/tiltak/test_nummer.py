"""A number is a place: proposed and moved in drafts, fixed once the plan holds."""

from tests.factories import InnsatsomradeFactory, PlasseringFactory
from tiltak.models import Handlingsplan, Plassering
from tiltak.nummer import foreslatt_orden

UTKAST = Handlingsplan.Status.UTKAST


def lag(omrade, *nivaer):
    return [
        PlasseringFactory(innsatsomrade=omrade, tiltak__niva=niva) for niva in nivaer
    ]


def test_the_order_is_proposed_by_level_then_the_coordinators_own(db):
    omrade = InnsatsomradeFactory(plan__status=UTKAST)
    uten, sel, uni, ind, uni2 = lag(
        omrade, "", "selektiv", "universell", "indikativ", "universell"
    )

    assert foreslatt_orden(omrade) == [uni, uni2, sel, ind, uten]


def test_a_new_tiltak_takes_the_next_free_number_whatever_its_level(db):
    omrade = InnsatsomradeFactory(plan__status=UTKAST)
    lag(omrade, "selektiv", "indikativ")
    Plassering.objects.get(nummer=1).tiltak.delete()

    assert omrade.neste_nummer == 3
