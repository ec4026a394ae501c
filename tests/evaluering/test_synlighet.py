"""What is published may point to what is not: that stays unseen."""

import pytest
from django.urls import reverse

from evaluering.models import Anbefalingssvar, Funnsvar, Grunnlag
from tests.factories import (
    AnbefalingFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    KildeFactory,
    PlasseringFactory,
)


@pytest.fixture
def kilde(kommune):
    return KildeFactory(kommune=kommune)


@pytest.fixture
def i_utkast(kommune):
    """The place of a tiltak in a draft."""
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")
    return PlasseringFactory(
        innsatsomrade__plan=plan,
        innsatsomrade__navn="Hemmelig område",
        tiltak__tittel="Hemmelig tiltak",
    )


def kunnskap(client, kommune):
    return client.get(reverse("evaluering:kunnskap", args=[kommune.slug])).text


def test_a_draft_stands_by_nothing_that_is_published(
    kilde, i_utkast, kommune, koordinator, client
):
    funn = FunnFactory(kilde=kilde, publisert=True)
    anbefaling = AnbefalingFactory(
        kilde=kilde, publisert=True, innsatsomrade=i_utkast.innsatsomrade
    )
    Funnsvar.objects.create(funn=funn, tiltak=i_utkast.tiltak)
    Anbefalingssvar.objects.create(anbefaling=anbefaling, tiltak=i_utkast.tiltak)

    inne, ute = kunnskap(koordinator, kommune), kunnskap(client, kommune)

    assert all(t in inne and t in ute for t in (funn.tekst, anbefaling.tekst))
    assert ("Hemmelig område" in inne, "Hemmelig tiltak" in inne) == (True, True)
    assert "Hemmelig" not in ute


def test_what_is_not_published_stands_by_nothing_that_is(
    kilde, kommune, koordinator, client
):
    indikator = IndikatorFactory(kommune=kommune, kilde=kilde, navn="Hemmelig tall")
    funn = FunnFactory(kilde=kilde, publisert=True, indikator=indikator)
    anbefaling = AnbefalingFactory(kilde=kilde, tekst="Hemmelig anbefaling")
    Grunnlag.objects.create(anbefaling=anbefaling, funn=funn)
    skjult = FunnFactory(kilde=kilde, tekst="Hemmelig funn")
    kommune.refresh_from_db()
    kommune.kunnskapshull_er_publisert = True
    kommune.save()

    inne, ute = kunnskap(koordinator, kommune), kunnskap(client, kommune)

    assert all(
        str(rad) in inne and str(rad) not in ute
        for rad in (indikator, anbefaling, skjult)
    )
    assert funn.tekst in ute
    assert "Hemmelig" not in ute
