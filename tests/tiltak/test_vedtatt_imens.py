"""Somebody adopts a draft while another one's page of it is on its way: nothing comes into
a plan that holds as it would into a draft."""

import pytest
from django.urls import reverse

from evaluering.kunnskap import planstartsider
from tests.factories import (
    AnbefalingFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    TilbudFactory,
)
from tests.innsending import innsending
from tiltak.models import Handlingsplan
from tiltak.overgang import ny_periode
from tiltak.planlop import vedta
from tiltak.rediger import gjester, overgang, tilbud

UTKAST = Handlingsplan.Status.UTKAST


@pytest.fixture
def utkast(kommune):
    return HandlingsplanFactory(kommune=kommune, status=UTKAST)


@pytest.fixture
def omrade(utkast):
    return InnsatsomradeFactory(plan=utkast)


@pytest.fixture
def vedtas_for(monkeypatch):
    """Lets a plan be adopted by somebody else right before a page has its lock."""

    def avtal(plan, modul):
        las_egen = modul.las_egen

        def vedta_og_las(request, kommune):
            na = Handlingsplan.objects.get(pk=plan.pk)
            if na.er_utkast:
                vedta(na)
            las_egen(request, kommune)

        monkeypatch.setattr(modul, "las_egen", vedta_og_las)

    return avtal


def test_a_tiltak_of_another_draft_is_not_let_in(
    kommune, utkast, omrade, koordinator, vedtas_for
):
    rekke = PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False)
    annet = HandlingsplanFactory(kommune=kommune, rekke=rekke, status=UTKAST)
    tiltak = PlasseringFactory(innsatsomrade__plan=annet).tiltak
    vedtas_for(utkast, gjester)

    svar = koordinator.post(
        reverse("tiltak:sett_inn", args=["lillestrom", utkast.slug]),
        {"tiltak": [tiltak.pk], "innsatsomrade": omrade.pk},
    )

    assert svar.status_code == 422
    assert not omrade.plasseringer.exists()


def test_a_tilbud_that_is_taken_in_waits_to_be_published(
    kommune, utkast, omrade, koordinator, vedtas_for
):
    rad = TilbudFactory(kommune=kommune)
    vedtas_for(utkast, tilbud)

    koordinator.post(
        reverse("tiltak:tilbud_ta_inn", args=["lillestrom", rad.pk]),
        {"innsatsomrade": omrade.pk},
    )

    rad.refresh_from_db()
    assert (rad.plan, rad.publisert) == (utkast, False)


def test_a_recommendation_becomes_no_tiltak(
    kommune, utkast, omrade, koordinator, vedtas_for
):
    anbefaling = AnbefalingFactory(kilde__kommune=kommune)
    adresse = [kommune.slug, anbefaling.kilde.slug, utkast.slug]
    vedtas_for(utkast, planstartsider)

    svar = koordinator.post(
        reverse("evaluering:anbefalinger", args=adresse),
        {f"a{anbefaling.pk}": omrade.pk},
    )

    assert svar.status_code == 422
    assert "Planen er ikke et utkast lenger." in svar.text
    assert not utkast.tiltak.exists()


def test_a_tiltak_of_the_plan_before_is_not_taken_over(
    kommune, koordinator, vedtas_for
):
    forrige = HandlingsplanFactory(kommune=kommune)
    tiltak = PlasseringFactory(innsatsomrade__plan=forrige).tiltak
    ny = ny_periode(forrige=forrige, tittel="Ny", fra_ar=2028, til_ar=2032)
    adresse = reverse("tiltak:overgang", args=["lillestrom", ny.slug])
    sendt = innsending(koordinator.get(adresse))
    vedtas_for(ny, overgang)

    svar = koordinator.post(
        adresse, sendt | {f"t{tiltak.pk}-valg": "viderefores", "handling": "utfor"}
    )

    assert svar.status_code == 404
    assert not ny.tiltak.exists()
    assert not ny.overganger.exists()
