"""For whom a plan is: ages, and words beside them."""

import pytest
from django.core.cache import cache

from tests.factories import HandlingsplanFactory
from tests.lest import Lest
from tests.slt.test_admin import endre
from tiltak.dokument import Utgave

PLANEN = "/lillestrom/2024-2028/"


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


@pytest.mark.parametrize(
    ("aldre", "ord_", "malgruppe"),
    [
        ((10, 25), "", "Barn og unge i alderen 10–25 år"),
        (
            (10, 25),
            "og foreldrene deres",
            "Barn og unge i alderen 10–25 år og foreldrene deres",
        ),
        (
            (10, 25),
            "foreldrene deres",
            "Barn og unge i alderen 10–25 år, foreldrene deres",
        ),
        ((None, None), "alle i kommunen", "Alle i kommunen"),
        ((10, None), "alle i kommunen", "Alle i kommunen"),
    ],
)
def test_the_plan_says_for_whom_it_is(aldre, ord_, malgruppe, kommune, client):
    plan = HandlingsplanFactory(
        kommune=kommune, alder_fra=aldre[0], alder_til=aldre[1], malgruppe_tekst=ord_
    )

    assert f"Målgruppe {malgruppe} Dekning" in Lest(client.get(PLANEN)).tekst
    trykt = " ".join(Utgave(plan).html().split())
    assert f">Målgruppe</th><td>{malgruppe}</td>" in trykt


def test_a_plan_that_does_not_say_for_whom_it_is_says_nothing_of_it(kommune, client):
    plan = HandlingsplanFactory(kommune=kommune)

    assert "Målgruppe" not in Lest(client.get(PLANEN)).tekst
    assert '<th scope="row">Målgruppe' not in Utgave(plan).html()


def test_the_coordinator_says_for_whom_the_plan_is(kommune, koordinator):
    plan = HandlingsplanFactory(kommune=kommune)

    svar = endre(koordinator, plan, malgruppe_tekst="alle i kommunen")

    assert svar.status_code == 302
    plan.refresh_from_db()
    assert plan.malgruppe == "alle i kommunen"
