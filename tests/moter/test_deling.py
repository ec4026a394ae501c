"""A forum that a neighbour shares stands here once it is accepted, and not before."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from moter.models import Forum, Forumskommune, Mote
from slt.models import Kommune
from tests.factories import (
    ForumFactory,
    ForumskommuneFactory,
    HandlingsplanFactory,
    MoteFactory,
)

# Where fora of neighbours stand for everybody.
OFFENTLIG = ["moter/", "moter/kalender.ics", "2024-2028/"]


@pytest.fixture
def deling(kommune, nabokommune):
    """Lørenskog would like to share a forum with Lillestrøm."""
    cache.clear()
    HandlingsplanFactory(kommune=kommune)
    forum = ForumFactory(kommune=nabokommune, navn="Felles politiråd")
    MoteFactory(forum=forum, sted="Rådhuset")
    return ForumskommuneFactory(forum=forum, kommune=kommune, godtatt=None)


def til(navn, deling):
    return reverse(f"moter:{navn}", args=[deling.kommune.slug, deling.pk])


def star_pa(client, kommune):
    """The public addresses of the kommune that name the forum."""
    return [
        slutt
        for slutt in OFFENTLIG
        if "Felles politiråd" in client.get(f"/{kommune.slug}/{slutt}").text
    ]


def test_it_is_asked_about_and_stands_nowhere_else(deling, koordinator, client):
    bruker, kommune = koordinator.bruker, deling.kommune
    moteplan = koordinator.get(reverse("moter:moteplan", args=[kommune.slug])).text

    assert "Lørenskog vil dele Felles politiråd med dere" in moteplan
    assert "holdes av" not in moteplan
    assert til("deling_godta", deling) in moteplan
    assert star_pa(client, kommune) == []
    assert list(Forum.objects.innenfra(bruker)) == []
    assert list(Forum.objects.i(kommune)) == []
    assert "Felles med" not in client.get(deling.forum.get_absolute_url()).text


def test_what_is_not_accepted_lapses_nothing_here(deling):
    for_ = Kommune.objects.get(pk=deling.kommune_id).versjon

    MoteFactory(forum=deling.forum)

    assert Kommune.objects.get(pk=deling.kommune_id).versjon == for_


def test_accepted_it_stands_here(deling, koordinator, client):
    kommune = deling.kommune
    star_pa(client, kommune)  # kept now

    svar = koordinator.post(til("deling_godta", deling))

    assert svar.url == reverse("moter:moteplan", args=[kommune.slug])
    deling.refresh_from_db()
    assert deling.godtatt == timezone.localdate()
    assert star_pa(client, kommune) == OFFENTLIG
    assert list(Forum.objects.innenfra(koordinator.bruker)) == [deling.forum]
    tekst = koordinator.get(svar.url).text
    assert "Felles politiråd står nå på deres sider også." in tekst
    assert "Slutt å dele" in tekst
    assert til("deling_godta", deling) not in tekst
    assert "Felles med" in client.get(deling.forum.get_absolute_url()).text


@pytest.mark.parametrize("godtatt", [None, "2026-02-02"])
def test_refused_or_no_longer_shared_it_is_gone(deling, godtatt, koordinator, client):
    deling.godtatt = godtatt
    deling.save()

    svar = koordinator.post(til("deling_avsla", deling))

    assert svar.status_code == 302
    assert not Forumskommune.objects.exists()
    assert star_pa(client, deling.kommune) == []
    assert Mote.objects.filter(forum=deling.forum).exists()
    assert koordinator.post(til("deling_godta", deling)).status_code == 404


@pytest.mark.parametrize("navn", ["deling_godta", "deling_avsla"])
def test_only_who_coordinates_the_other_kommune_answers(
    navn, deling, koordinator, nabo, administrator, client
):
    eierens = reverse(f"moter:{navn}", args=[deling.forum.kommune.slug, deling.pk])

    assert nabo.post(til(navn, deling)).status_code == 404
    assert nabo.post(eierens).status_code == 404
    assert koordinator.post(eierens).status_code == 404
    assert client.post(til(navn, deling)).status_code == 302  # to log in
    assert koordinator.get(til(navn, deling)).status_code == 405
    assert Forumskommune.objects.get().godtatt is None
    assert administrator.post(til(navn, deling)).status_code == 302
    assert not Forumskommune.objects.filter(godtatt=None).exists()


def test_the_two_see_what_is_not_answered(deling, koordinator, nabo, administrator):
    def sett(bruker):
        return Forumskommune.objects.synlige_for(bruker).exists()

    assert sett(koordinator.bruker)
    assert sett(nabo.bruker)
    deling.kommune = ForumFactory().kommune
    deling.save()
    assert not sett(koordinator.bruker)
