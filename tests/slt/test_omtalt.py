"""What a kommune is told of a user of another one: the address that was typed there."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moter.models import Forum, Forumsmedlem
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumsmedlemFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tests.slt.test_admin import side
from tiltak.models import Tjeneste

NAVN = "Hemmelig Navn"


@pytest.fixture
def nabo(nabokommune):
    """Somebody who has logged in, but not since this kommune gave them something."""
    bruker = BrukerFactory(
        epost="x@nabo.example.org", navn=NAVN, last_login=timezone.now()
    )
    TilgangFactory(kommune=nabokommune, bruker=bruker)
    return bruker


@pytest.fixture
def forum(kommune, nabo):
    forum = ForumFactory(kommune=kommune)
    TilgangFactory(kommune=kommune, bruker=nabo, rolle=Tilgang.Rolle.ANSATT)
    ForumsmedlemFactory(forum=forum, bruker=nabo)
    return forum


def sidene(forum):
    return [
        forum.get_absolute_url(),
        side(Forum, "change", forum.pk),
        side(Forum, "history", forum.pk),
    ]


def test_a_seat_tells_the_address_alone(forum, koordinator):
    tekster = [koordinator.get(adresse).text for adresse in sidene(forum)]

    assert ["x@nabo.example.org" in tekst for tekst in tekster] == [True] * 3
    assert [NAVN in tekst for tekst in tekster] == [False] * 3


def test_the_history_tells_no_more_when_all_is_ended(forum, nabo, kommune, koordinator):
    for modell in (Tilgang, Forumsmedlem):
        for rad in modell.objects.filter(bruker=nabo, **{modell.kommune_sti: kommune}):
            rad.fratre() if modell is Forumsmedlem else rad.avslutt()

    historikken = koordinator.get(side(Forum, "history", forum.pk)).text

    assert "x@nabo.example.org" in historikken
    assert NAVN not in historikken


def test_who_has_logged_in_since_is_told_by_name(forum, nabo, koordinator):
    innlogget(nabo)

    tekster = [koordinator.get(adresse).text for adresse in sidene(forum)]

    assert [NAVN in tekst for tekst in tekster] == [True] * 3


def test_a_page_that_refuses_to_delete_tells_no_name(kommune, nabo, koordinator):
    tjeneste = TjenesteFactory(kommune=kommune)
    TjenesteredaktorFactory(tjeneste=tjeneste, bruker=nabo)

    tekst = koordinator.get(side(Tjeneste, "delete", tjeneste.pk)).text

    assert "x@nabo.example.org" in tekst
    assert NAVN not in tekst


def test_a_forum_costs_the_same_for_one_and_three_seats(forum, koordinator):
    def antall():
        tall = []
        for adresse in sidene(forum):
            with CaptureQueriesContext(connection) as sporringer:
                koordinator.get(adresse)
            tall.append(len(sporringer))
        return tall

    antall()
    en = antall()
    for _n in range(2):
        ForumsmedlemFactory(
            forum=forum, bruker=BrukerFactory(last_login=timezone.now())
        )

    assert antall() == en


def test_no_address_on_the_list_has_the_number_of_a_user(koordinator, kommune, nabo):
    """A new one would have the next number."""
    for _n in range(3):
        BrukerFactory()  # or the numbers of rights and users might be the same
    rett = TilgangFactory(kommune=kommune, bruker=nabo, rolle=Tilgang.Rolle.ANSATT)
    sete = ForumsmedlemFactory(forum__kommune=kommune, bruker=nabo)

    tekst = koordinator.get("/lillestrom/tilganger/").text

    alt = f"/lillestrom/tilganger/tilgang/{rett.pk}/avslutt-alt/"
    assert re.findall(r'href="(\S*avslutt\S*)"', tekst) == [alt, alt]
    assert f"tilganger/sete/{sete.pk}/avslutt/" in tekst
    assert nabo.epost in koordinator.get(alt).text


def test_any_right_of_a_person_leads_to_all_they_have(koordinator, kommune, nabo):
    TilgangFactory(kommune=kommune, bruker=nabo, rolle=Tilgang.Rolle.ANSATT)
    sete = ForumsmedlemFactory(forum__kommune=kommune, bruker=nabo)

    koordinator.post(f"/lillestrom/tilganger/sete/{sete.pk}/avslutt-alt/")

    assert not nabo.tilganger.ikke_over().filter(kommune=kommune).exists()
    sete.refresh_from_db()
    assert sete.bruker is None


def test_the_order_of_the_choices_tells_no_name(koordinator, kommune):
    """Of names as of addresses, the first one would be last."""
    forum = ForumFactory(kommune=kommune)
    for nr, navn in enumerate(["Å", "M", "A"]):
        TilgangFactory(
            kommune=kommune,
            rolle=Tilgang.Rolle.ANSATT,
            bruker__epost=f"x{nr}@example.org",
            bruker__navn=navn,
        )

    tekst = koordinator.get(side(Forum, "add")).text
    tekst += koordinator.get(side(Forum, "change", forum.pk)).text

    ventet = [f"x{nr}@example.org" for nr in range(3)]
    assert re.findall(r">(x\d@example.org)</option>", tekst) == ventet * 2
