"""The pages where people make and revoke secret links to calendars."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from moter.models import Kalenderlenke
from slt.felles.innsyn import innsyn
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    KalenderlenkeFactory,
    MoteFactory,
)
from tests.lest import Lest

SIDEN = "/lillestrom/moteplan/kalendere/"
MINE = "/konto/kalender/"


@pytest.fixture
def forum(kommune):
    return ForumFactory(kommune=kommune, navn="Politirådet")


@pytest.fixture
def medlem(forum):
    """A client of somebody who sits in the forum, and nothing else."""
    return innlogget(ForumsmedlemFactory(forum=forum, bruker=BrukerFactory()).bruker)


def vist_adresse(svar):
    """The address that the page shows, or None."""
    funnet = re.search(
        r"<code>(http://testserver/lenke/kalender/[^<]+)</code>", svar.text
    )
    return funnet and funnet[1]


# Of fora ------------------------------------------------------------------------------


def test_a_coordinator_makes_a_link_and_sees_it_once(koordinator, forum, client):
    MoteFactory(forum=forum, sted="Rådhuset")

    svar = koordinator.post(SIDEN, {"forum": forum.pk})
    assert (svar.status_code, svar["Location"]) == (302, SIDEN)
    svar = koordinator.get(SIDEN)

    adresse = vist_adresse(svar)
    assert "Rådhuset" in client.get(adresse).text
    assert Lest(svar).adresser("webcal:") == [adresse.replace("http:", "webcal:")]
    assert "no-store" in svar["Cache-Control"]
    igjen = koordinator.get(SIDEN)
    assert vist_adresse(igjen) is None
    nokkel = adresse.rpartition("/")[2].removesuffix(".ics")
    assert nokkel not in igjen.text
    assert "laget" in Lest(igjen).tekst
    assert "av Koordinator" in Lest(igjen).tekst
    [lenke] = Kalenderlenke.objects.all()
    assert (lenke.forum, lenke.bruker) == (forum, None)
    assert lenke.historikk.get().history_user == koordinator.bruker


def test_a_new_link_is_not_shown_on_another_page(koordinator, forum):
    koordinator.post(SIDEN, {"forum": forum.pk})

    assert vist_adresse(koordinator.get(MINE)) is None
    assert vist_adresse(koordinator.get(SIDEN))


def test_a_coordinator_revokes_a_link(koordinator, forum, client):
    adresse = reverse("kalenderlenke", args=[Kalenderlenke.ny(forum=forum)])
    lenke = Kalenderlenke.objects.get()
    assert client.get(adresse).status_code == 200

    svar = koordinator.post(f"{SIDEN}{lenke.pk}/trekk/", follow=True)

    assert "Lenken er trukket tilbake" in Lest(svar).tekst
    assert "Ingen lenker nå." in Lest(svar).tekst
    assert client.get(adresse).status_code == 404


@pytest.mark.parametrize("felter", [{}, {"forum": "0"}, {"forum": "x"}])
def test_a_forum_that_is_missing_is_said_beside_the_field(koordinator, forum, felter):
    svar = koordinator.post(SIDEN, felter)

    assert svar.status_code == 422
    assert 'aria-invalid="true"' in svar.text
    assert not Kalenderlenke.objects.exists()


def test_nobody_makes_or_revokes_links_to_the_fora_of_others(
    koordinator, nabo, medlem, nabokommune, forum, client
):
    """Not even the neighbour who takes part, nor a member."""
    ForumskommuneFactory(forum=forum, kommune=nabokommune)
    lenke = KalenderlenkeFactory(forum=forum)
    nabosiden = "/lorenskog/moteplan/kalendere/"

    assert nabo.post(nabosiden, {"forum": forum.pk}).status_code == 422
    for klient in (nabo, medlem):
        assert klient.get(SIDEN).status_code == 404
        assert klient.post(SIDEN, {"forum": forum.pk}).status_code == 404
        assert klient.post(f"{SIDEN}{lenke.pk}/trekk/").status_code == 404
    assert nabo.post(f"{nabosiden}{lenke.pk}/trekk/").status_code == 404
    for klient in (koordinator, medlem):
        assert klient.post(f"{MINE}{lenke.pk}/trekk/").status_code == 404
    assert client.post(f"{SIDEN}{lenke.pk}/trekk/")["Location"].startswith("/konto/")
    assert "Politirådet" not in nabo.get(nabosiden).text
    assert [rad.til for rad in Kalenderlenke.objects.all()] == [None]


def test_the_list_has_links_that_hold_and_no_personal_ones(
    koordinator, nabokommune, forum
):
    i_dag = timezone.localdate()
    KalenderlenkeFactory(
        forum=forum, fra=i_dag - timedelta(days=9), til=i_dag - timedelta(days=1)
    )
    KalenderlenkeFactory(forum=None, bruker=koordinator.bruker)
    KalenderlenkeFactory(forum__kommune=nabokommune)

    assert "Ingen lenker nå." in Lest(koordinator.get(SIDEN)).tekst


@pytest.mark.parametrize("antall", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(antall, koordinator, kommune):
    for _nr in range(antall):
        KalenderlenkeFactory(forum__kommune=kommune)

    with CaptureQueriesContext(connection) as sett:
        svar = koordinator.get(SIDEN)

    assert (svar.text.count("/trekk/"), len(sett)) == (antall, 9)


# One's own ----------------------------------------------------------------------------


def test_a_member_finds_the_way_makes_a_link_and_revokes_it(medlem, forum, client):
    MoteFactory(forum=forum, sted="Rådhuset")
    assert Lest(medlem.get("/konto/")).adresser(MINE) == [MINE]

    assert medlem.post(MINE)["Location"] == MINE
    svar = medlem.get(MINE)

    adresse = vist_adresse(svar)
    assert "Rådhuset" in client.get(adresse).text
    assert "Politirådet, Lillestrøm" in Lest(svar).tekst
    [lenke] = Kalenderlenke.objects.all()
    assert (lenke.forum, lenke.bruker) == (None, medlem.bruker)
    assert medlem.post(f"{MINE}{lenke.pk}/trekk/")["Location"] == MINE
    assert client.get(adresse).status_code == 404
    assert vist_adresse(medlem.get(MINE)) is None


def test_the_links_of_others_are_not_there(medlem):
    annen = KalenderlenkeFactory(forum=None, bruker=BrukerFactory())

    assert "Ingen lenker nå." in Lest(medlem.get(MINE)).tekst
    assert medlem.post(f"{MINE}{annen.pk}/trekk/").status_code == 404
    annen.refresh_from_db()
    assert annen.til is None


def test_who_sits_nowhere_is_told_so_and_makes_none(db):
    klient = innlogget(BrukerFactory())

    svar = klient.get(MINE)
    assert "Du sitter ikke i noe forum nå" in Lest(svar).tekst
    assert '<form method="post"><input' not in svar.text
    assert klient.post(MINE).status_code == 403
    assert not Kalenderlenke.objects.exists()


def test_a_coordinator_makes_one_too_and_finds_the_links_to_fora(koordinator, kommune):
    assert SIDEN in Lest(koordinator.get(MINE)).adresser("/")

    assert koordinator.post(MINE).status_code == 302

    assert Kalenderlenke.objects.get().bruker == koordinator.bruker


def test_a_coordinator_who_sits_nowhere_is_not_sent_to_the_coordinator(koordinator):
    svar = koordinator.get(MINE)

    assert "SLT-koordinatoren" not in Lest(svar).tekst
    foraene = reverse("moter:forum_list", args=["lillestrom"])
    assert (foraene, "Fora i Lillestrøm") in Lest(svar).lenker
    assert "/lillestrom/endre/fora/ny/" in koordinator.get(foraene).text


def test_what_is_stored_about_a_person_has_their_links_but_not_the_key(medlem):
    Kalenderlenke.ny(bruker=medlem.bruker)

    sett = innsyn(medlem.bruker)["knyttet til deg nå"]

    [lenke] = sett["kalenderlenker"]
    [_sete] = sett["medlemmer"]
    assert Kalenderlenke.objects.get().avtrykk not in str(lenke)


@pytest.mark.parametrize("side", [SIDEN, MINE])
def test_it_is_said_how_to_subscribe_and_how_long_it_takes(koordinator, side):
    tekst = Lest(koordinator.get(side)).tekst

    for ord_ in ("Outlook", "Google Kalender", "iPhone", "det kan ta et døgn"):
        assert ord_ in tekst
    assert "som har lenken, ser møtene" in tekst
