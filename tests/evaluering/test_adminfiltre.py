"""The filters of the admin's lists of findings, recommendations and figures find what a
coordinator looks for."""

import pytest
from django.urls import reverse

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Funn,
    Funnsvar,
    Indikator,
)
from tests.factories import (
    AnbefalingFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    KildeFactory,
    MalingFactory,
    TiltakFactory,
)
from tests.lest import Lest


def liste(client, modell, **sporring):
    adresse = reverse(f"admin:evaluering_{modell._meta.model_name}_changelist")
    return client.get(adresse, sporring)


def treff(client, modell, **sporring):
    svar = liste(client, modell, **sporring)
    assert svar.status_code == 200
    return list(svar.context["cl"].result_list)


@pytest.mark.parametrize(
    ("lag", "modell", "svar", "nokkel"),
    [
        (FunnFactory, Funn, Funnsvar, "funn"),
        (AnbefalingFactory, Anbefaling, Anbefalingssvar, "anbefaling"),
    ],
    ids=["funn", "anbefaling"],
)
def test_what_nobody_follows_up_is_found(
    lag, modell, svar, nokkel, kommune, koordinator
):
    kilde = KildeFactory(kommune=kommune)
    ingen, med_tiltak, annet, bort = (lag(kilde=kilde) for _nr in range(4))
    plan = HandlingsplanFactory(kommune=kommune)
    for _gang in range(2):  # twice, and still one row of the list
        tiltak = TiltakFactory(plan=plan)
        svar.objects.create(tiltak=tiltak, **{nokkel: med_tiltak})
    annet.annen_oppfolging, bort.ikke_fulgt_opp = "Et forum", "For dyrt"
    annet.save()
    bort.save()

    assert {
        valg: treff(koordinator, modell, oppfolging=valg)
        for valg in ("ingen", "tiltak", "annet", "valgt_bort")
    } == {
        "ingen": [ingen],
        "tiltak": [med_tiltak],
        "annet": [annet],
        "valgt_bort": [bort],
    }
    rader = liste(koordinator, modell).context["cl"]
    admin = rader.model_admin
    assert {rad: str(admin.oppfolging(rad)) for rad in rader.result_list} == {
        ingen: "",
        med_tiltak: "tiltak",
        annet: "på annen måte",
        bort: "valgt bort",
    }


def test_good_news_needs_no_follow_up(kommune, koordinator):
    FunnFactory(kilde__kommune=kommune, krever_svar=False)

    assert treff(koordinator, Funn, oppfolging="ingen") == []


def test_indicators_are_found_by_what_they_lack(kommune, koordinator):
    kilde = KildeFactory(kommune=kommune)
    uten = IndikatorFactory(kommune=kommune, kilde=kilde)
    med = IndikatorFactory(kommune=kommune, kilde=kilde, maltall=3, maltall_ar=2028)
    for ar in (2021, 2023):
        MalingFactory(indikator=med, kilde=kilde, arstall=ar)

    assert treff(koordinator, Indikator, mangler="tall") == [uten]
    assert treff(koordinator, Indikator, mangler="mal") == [uten]
    assert "2023" in Lest(liste(koordinator, Indikator)).tekst
