"""What is empty is not shown to readers: neither as a card with nothing behind it, nor as
a choice with nothing to choose."""

import pytest
from django.core.cache import cache

from tests.factories import (
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
)
from tests.lest import Lest
from tiltak.models import Malsetting

PLANEN = "/lillestrom/2024-2028/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


def test_an_innsatsomrade_with_nothing_in_it_is_for_those_who_write_it(
    kommune, koordinator, client
):
    plan = HandlingsplanFactory(kommune=kommune)
    InnsatsomradeFactory(plan=plan, navn="Tomt", tekst="")
    InnsatsomradeFactory(plan=plan, navn="Omtalt", tekst="<p>Om rus.</p>")
    med_mal = InnsatsomradeFactory(plan=plan, navn="Med mål", tekst="")
    Malsetting.objects.create(
        plan=plan, innsatsomrade=med_mal, type="hovedmal", tekst="Færre ran"
    )
    i_bruk = InnsatsomradeFactory(plan=plan, navn="I bruk", tekst="")
    PlasseringFactory(innsatsomrade=i_bruk)

    def kortene(klient):
        svar = klient.get(PLANEN)
        return [str(o) for o in svar.context["innsatsomrader"]], Lest(svar).tekst

    navn, tekst = kortene(client)
    assert navn == ["Omtalt", "Med mål", "I bruk"]
    assert "0 tiltak" not in tekst
    navn, tekst = kortene(koordinator)
    assert navn == ["Tomt", "Omtalt", "Med mål", "I bruk"]
    assert "0 tiltak" in tekst


@pytest.mark.parametrize("side", [f"{PLANEN}tiltak/", "/lillestrom/tjenester/"])
def test_a_filter_with_nothing_to_choose_is_not_there(side, kommune, client):
    omrade = InnsatsomradeFactory(plan=HandlingsplanFactory(kommune=kommune))
    PlasseringFactory(innsatsomrade=omrade)
    KontaktpunktFactory(tjeneste__kommune=kommune)

    def filtre():
        cache.clear()
        return set(client.get(side).context["filter"].form.fields)

    assert filtre() & {"lokalomrade", "tema", "tjeneste"} == set()
    assert {"q", "kontakt"} <= filtre()
    # Who has kept an address with such a choice is told, as before.
    svar = client.get(f"{side}?lokalomrade=rasta")
    assert "lokalomrade" in svar.context["filter"].form.errors

    LokalomradeFactory(kommune=kommune, navn="Fetsund")
    assert "lokalomrade" in filtre()
    assert client.get(f"{side}?lokalomrade=fetsund").context["er_filtrert"] is True
