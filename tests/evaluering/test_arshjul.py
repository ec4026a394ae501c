"""What the knowledge and the evaluations have in the year of a kommune."""

from datetime import date

import pytest
from django.utils import timezone

from evaluering.arshjul import (
    egenvurderingene,
    evalueringene,
    kildene,
    milepaelene,
    planene,
)
from slt.models import PUBLIKUM, Tilgang
from tests.factories import (
    EgenvurderingFactory,
    EvalueringFactory,
    ForumFactory,
    HandlingsplanFactory,
    KildeFactory,
    MilepalFactory,
    TilgangFactory,
    ferdig_evaluering,
)


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


@pytest.fixture
def politirad(kommune):
    rolle = Tilgang.Rolle.POLITIRAD
    return TilgangFactory(kommune=kommune, rolle=rolle).bruker


def aret(ar):
    return date(ar, 1, 1), date(ar, 12, 31)


def dagene(finn, kommune, ar, bruker=PUBLIKUM):
    """[(title, first day, last day, whether it is internal)] of what is in a year."""
    fra, til = aret(ar)
    return [
        (p.tittel, p.fra, p.til, p.internt)
        for p in finn(kommune, fra, til, bruker)
        if p.fra <= til and (p.til or p.fra) >= fra
    ]


def test_a_finished_evaluation_is_there_on_its_day(plan, kommune, koordinator):
    evaluering = ferdig_evaluering(plan)
    i_dag = timezone.localdate()
    ventet = [(f"Ferdig: {evaluering}", i_dag, None, False)]

    assert dagene(evalueringene, kommune, i_dag.year) == ventet
    assert dagene(evalueringene, kommune, i_dag.year - 1) == []


def test_one_that_is_not_published_is_internal(plan, kommune, politirad, nabo):
    evaluering = ferdig_evaluering(plan, publisert=False)
    i_dag = timezone.localdate()

    for bruker in (PUBLIKUM, nabo.bruker):
        assert dagene(evalueringene, kommune, i_dag.year, bruker) == []
    assert dagene(evalueringene, kommune, i_dag.year, politirad) == [
        (f"Ferdig: {evaluering}", i_dag, None, True)
    ]


def test_one_under_way_and_its_milestones_are_for_the_coordinator(
    plan, kommune, koordinator, politirad
):
    evaluering = EvalueringFactory(
        plan=plan, fra_dato=date(2026, 1, 1), til_dato=date(2027, 5, 1)
    )
    MilepalFactory(evaluering=evaluering, hva="Spurt", frist=date(2027, 2, 1))
    nadd = {"frist": date(2026, 2, 1), "nadd": date(2027, 3, 1)}
    MilepalFactory(evaluering=evaluering, hva="Skrevet", **nadd)

    def alt(bruker):
        finnere = (evalueringene, milepaelene)
        return [rad for f in finnere for rad in dagene(f, kommune, 2027, bruker)]

    siste_dag = f"{evaluering}: siste dag i perioden som evalueres"
    assert alt(PUBLIKUM) == alt(politirad) == []
    assert alt(koordinator.bruker) == [
        (siste_dag, date(2027, 5, 1), None, True),
        ("Milepæl: Spurt", date(2027, 2, 1), None, True),
        ("Milepæl, nådd: Skrevet", date(2027, 3, 1), None, True),
    ]


def test_a_plan_is_to_be_evaluated_in_its_last_two_years(plan, kommune, koordinator):
    def skal(ar, bruker=koordinator.bruker):
        return [rad[0] for rad in dagene(planene, kommune, ar, bruker)]

    tekst = f"Evaluering av {plan}"
    assert [skal(ar) for ar in (2026, 2027, 2028, 2029)] == [[], [tekst], [tekst], []]
    assert skal(2027, PUBLIKUM) == []

    EvalueringFactory(plan=plan)

    assert skal(2027) == []


def test_surveys_are_there_in_their_year_or_on_their_days(kommune, politirad):
    KildeFactory(kommune=kommune, navn="Ungdata", arstall=2025, publisert=True)
    dager = {"fra_dato": date(2025, 3, 1), "til_dato": date(2025, 4, 30)}
    KildeFactory(kommune=kommune, navn="HKH", type="hkh", arstall=2025, **dager)
    KildeFactory(navn="Andres", arstall=2025, publisert=True)

    ungdata = ("Ungdata", *aret(2025), False)
    assert dagene(kildene, kommune, 2025) == [ungdata]
    assert dagene(kildene, kommune, 2024) == []
    assert dagene(kildene, kommune, 2025, politirad) == [
        ("HKH", *dager.values(), True),
        ungdata,
    ]


def test_ungdata_may_come_again_as_it_did(kommune, politirad):
    i_ar = timezone.localdate().year
    for ar in (i_ar - 5, i_ar - 2):
        KildeFactory(kommune=kommune, arstall=ar, publisert=True)

    igjen = ("Ungdata kan komme igjen", *aret(i_ar + 1), True)
    assert dagene(kildene, kommune, i_ar + 1, politirad) == [igjen]
    assert dagene(kildene, kommune, i_ar + 1) == []


def test_nobody_guesses_from_one_survey(kommune, politirad):
    i_ar = timezone.localdate().year
    KildeFactory(kommune=kommune, arstall=i_ar - 2, publisert=True)

    funnet = [dagene(kildene, kommune, i_ar + n, politirad) for n in range(10)]
    assert funnet == [[]] * 10


def test_the_politirad_looks_at_its_work_in_the_same_month(kommune, koordinator):
    i_ar = timezone.localdate().year
    forum = ForumFactory(kommune=kommune, navn="Rådet", type="politirad")
    EgenvurderingFactory(forum=forum, arstall=i_ar - 1, dato=date(i_ar, 12, 5))
    tekst = "Egenvurdering i Rådet"

    def funnet(ar, bruker=koordinator.bruker):
        return dagene(egenvurderingene, kommune, ar, bruker)

    assert funnet(i_ar) == [(tekst, date(i_ar, 12, 5), None, True)]
    neste = date(i_ar + 1, 12, 1), date(i_ar + 1, 12, 31)
    assert funnet(i_ar + 1) == [(tekst, *neste, True)]
    assert funnet(i_ar + 2) == funnet(i_ar, PUBLIKUM) == []

    EgenvurderingFactory(forum=forum, arstall=i_ar, dato=date(i_ar + 1, 1, 5))

    assert funnet(i_ar + 1) == [(tekst, date(i_ar + 1, 1, 5), None, True)]
