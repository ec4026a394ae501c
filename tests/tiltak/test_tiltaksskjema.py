"""What the form of a tiltak asks, and what it makes of the answers."""

import pytest

from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    LokalomradeFactory,
    PlasseringFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tests.skjemasvar import send
from tiltak.models import Handlingsplan, Malgruppe, Tiltak

STATUS = Handlingsplan.Status


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune, status=STATUS.UTKAST)


@pytest.fixture
def tiltak(plan):
    """One of a draft, with a level that was proposed."""
    return PlasseringFactory(
        innsatsomrade__plan=plan,
        tiltak__plan=plan,
        tiltak__tittel="Natteravn",
        tiltak__niva="selektiv",
        tiltak__niva_foreslatt=True,
    ).tiltak


@pytest.fixture
def skjema(tiltak):
    return f"/lillestrom/endre/tiltak/{tiltak.pk}/"


def nivaet(tiltak):
    tiltak.refresh_from_db()
    return tiltak.niva, tiltak.niva_foreslatt


# Levels -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("endret", "ventet"),
    [
        ({"tittel": "Nytt"}, ("selektiv", True)),
        ({"niva_foreslatt": None}, ("selektiv", False)),
        # What somebody chose is no proposal any more.
        ({"niva": "universell"}, ("universell", False)),
    ],
)
def test_a_level_is_proposed_until_somebody_agrees_or_chooses(
    endret, ventet, tiltak, skjema, koordinator
):
    assert send(koordinator, skjema, **endret).status_code == 302

    assert nivaet(tiltak) == ventet
    # Nobody proposes in the form.
    felter = koordinator.get(skjema).context["skjema"].hoved.fields
    assert ("niva_foreslatt" in felter) == ventet[1]


# New ----------------------------------------------------------------------------------


def test_whether_it_is_new_is_asked_only_where_no_plan_tells(
    kommune, plan, skjema, koordinator
):
    def felter():
        return koordinator.get(skjema).context["skjema"].hoved.fields

    assert "nytt" in felter()
    plan.bygger_pa = HandlingsplanFactory(kommune=kommune, fra_ar=2020, til_ar=2023)
    plan.save()
    assert "nytt" not in felter()


# What is not asked here ---------------------------------------------------------------


def test_what_holds_at_one_place_is_neither_asked_nor_lost(
    kommune, plan, tiltak, skjema, koordinator
):
    sted = PlasseringFactory(tiltak=tiltak, innsatsomrade__plan=plan, hoved=False)
    andre = TjenesteFactory(kommune=kommune, navn="Naboene")
    her = AnsvarFactory(tiltak=tiltak, tjeneste=andre, plassering=sted)
    egen = Malgruppe.objects.create(tiltak=tiltak, tekst="Her", plassering=sted)

    svar = koordinator.get(skjema)

    rader = svar.context["skjema"].rader
    assert [len(rader[navn].forms) for navn in ("ansvar", "malgrupper")] == [0, 0]
    assert "er det andre: Naboene" in svar.text
    assert send(koordinator, skjema, tittel="Nytt").status_code == 302
    assert list(tiltak.ansvar.all()) == [her]
    assert list(tiltak.malgrupper.all()) == [egen]


def test_parts_of_what_stands_in_no_plan_are_seen_as_the_whole_of_it(
    kommune, koordinator
):
    tilbud = TiltakFactory(plan=None, kommune=kommune, publisert=True)
    del_ = TiltakFactory(
        plan=None, kommune=kommune, overordnet=tilbud, publisert=True, tittel="Del"
    )

    send(koordinator, f"/lillestrom/endre/tiltak/{tilbud.pk}/", for_alle=None)

    assert list(Tiltak.objects.values_list("pk", "publisert").order_by("pk")) == [
        (tilbud.pk, False),
        (del_.pk, False),
    ]


def test_a_part_that_is_folded_together_is_open_when_it_says_something(
    kommune, tiltak, skjema, koordinator
):
    LokalomradeFactory(kommune=kommune)

    def apne():
        seksjoner = koordinator.get(skjema).context["skjema"].seksjoner
        return {str(del_.tittel) for del_, _linjer, apen in seksjoner if apen}

    lukkede = {"Når og hvor", "Hvorfor"}
    assert not lukkede & apne()
    tiltak.ganger_fra, tiltak.ganger_per = 2, "uke"
    tiltak.save()
    assert lukkede & apne() == {"Når og hvor"}
    svar = send(koordinator, skjema, evalueres_dato="tull")
    apen = {str(d.tittel): apen for d, _li, apen in svar.context["skjema"].seksjoner}
    assert apen["Mer"]
