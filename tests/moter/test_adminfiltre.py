"""The filters of the admin's lists of the meeting structure find what a coordinator looks
for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moter.models import Forum, Motefri
from tests.factories import ForumFactory, ForumsmedlemFactory, MotefriFactory


def treff(client, modell, **sporring):
    adresse = reverse(f"admin:moter_{modell._meta.model_name}_changelist")
    svar = client.get(adresse, sporring)
    assert svar.status_code == 200
    return list(svar.context["cl"].result_list)


@pytest.fixture
def i_dag():
    return timezone.localdate()


def test_fora_are_found_by_what_they_lack(kommune, koordinator, i_dag):
    helt, uten_leder, tomt = (
        ForumFactory(kommune=kommune, rytme=rytme) for rytme in ("ukentlig", "x", "")
    )
    ForumsmedlemFactory(forum=helt, verv="leder")
    ForumsmedlemFactory(forum=uten_leder)
    # Whose time is over sits there no more.
    i_gar = i_dag - timedelta(days=1)
    ForumsmedlemFactory(forum=tomt, verv="leder", fra=i_gar, til=i_gar)
    ForumFactory(kommune=kommune, nedlagt=i_gar)  # lacks nothing any longer

    assert treff(koordinator, Forum, mangler="medlemmer") == [tomt]
    assert treff(koordinator, Forum, mangler="leder") == [uten_leder, tomt]
    assert treff(koordinator, Forum, mangler="rytme") == [tomt]


def test_fora_are_found_by_whether_they_still_meet(kommune, koordinator, i_dag):
    varer, siste_dag, over = (
        ForumFactory(kommune=kommune, nedlagt=dag)
        for dag in (None, i_dag, i_dag - timedelta(days=1))
    )

    assert treff(koordinator, Forum, virksom="ja") == [varer, siste_dag]
    assert treff(koordinator, Forum, virksom="nei") == [over]


def test_days_without_meetings_are_found_by_when_they_are(kommune, koordinator, i_dag):
    i_gar = i_dag - timedelta(days=1)
    over = MotefriFactory(kommune=kommune, fra=i_gar - timedelta(days=5), til=i_gar)
    varer = MotefriFactory(kommune=kommune, fra=i_gar, til=i_dag)

    assert treff(koordinator, Motefri, nar="kommende") == [varer]
    assert treff(koordinator, Motefri, nar="tidligere") == [over]
