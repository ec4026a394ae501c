"""A number is a place: proposed and moved in drafts, fixed once the plan holds."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import InnsatsomradeFactory, PlasseringFactory
from tiltak.models import Handlingsplan, Plassering
from tiltak.nummer import foreslatt_orden, nummerer

UTKAST = Handlingsplan.Status.UTKAST


def lag(omrade, *nivaer):
    return [
        PlasseringFactory(innsatsomrade=omrade, tiltak__niva=niva) for niva in nivaer
    ]


def numre(omrade):
    return dict(omrade.plasseringer.order_by("nummer").values_list("nummer", "pk"))


def test_the_order_is_proposed_by_level_then_the_coordinators_own(db):
    omrade = InnsatsomradeFactory(plan__status=UTKAST)
    uten, sel, uni, ind, uni2 = lag(
        omrade, "", "selektiv", "universell", "indikativ", "universell"
    )

    assert foreslatt_orden(omrade) == [uni, uni2, sel, ind, uten]


def test_renumbering_changes_places_and_leaves_one_trace_for_each(db):
    omrade = InnsatsomradeFactory(plan__status=UTKAST)
    a, b, c = lag(omrade, "selektiv", "universell", "")

    flyttet = nummerer(innsatsomrade=omrade, orden=foreslatt_orden(omrade))

    assert (flyttet, numre(omrade)) == (2, {1: b.pk, 2: a.pk, 3: c.pk})
    assert [p.historikk.count() for p in (a, b, c)] == [2, 2, 1]


def test_numbers_stand_once_the_plan_holds(db):
    omrade = InnsatsomradeFactory()
    a, b = lag(omrade, "selektiv", "universell")

    with pytest.raises(ValidationError):
        nummerer(innsatsomrade=omrade, orden=[b, a])

    assert numre(omrade) == {1: a.pk, 2: b.pk}


def test_a_new_tiltak_takes_the_next_free_number_whatever_its_level(db):
    omrade = InnsatsomradeFactory(plan__status=UTKAST)
    lag(omrade, "selektiv", "indikativ")
    Plassering.objects.get(nummer=1).tiltak.delete()

    assert omrade.neste_nummer == 3
