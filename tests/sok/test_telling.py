"""Words that found nothing are counted: known ones, and nothing else."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse

from slt.models import Kommune, OrdUtenTreff
from slt.sok import telling
from tests.conftest import innlogget
from tests.factories import TilbudFactory, TilgangFactory

ADRESSE = "/lillestrom/sok/uten-treff/"


def spor(client, sporsmal):
    client.get(reverse("sok", args=["lillestrom"]), {"q": sporsmal})


def talt():
    return list(OrdUtenTreff.objects.values_list("ord", "antall"))


def test_only_words_of_the_vocabulary_are_counted(client, kommune):
    spor(client, "gutten i nummer 14 på Strømmen tar kokain")
    spor(client, "kokain!")
    spor(client, "kvasar")

    assert talt() == [("kokain", 2)]


def test_what_finds_something_is_not_counted(client, kommune):
    TilbudFactory(kommune=kommune, tittel="Kokain og andre rusmidler")

    spor(client, "kokain")

    assert talt() == []


def test_counting_leaves_the_content_as_it_was(client, kommune):
    versjon = Kommune.objects.get().versjon

    spor(client, "kokain")

    assert Kommune.objects.get().versjon == versjon
    assert OrdUtenTreff.objects.get().maned.day == 1


def test_a_count_that_cannot_be_written_stops_no_answer(client, kommune, monkeypatch):
    def las(_rad):
        raise OperationalError("database is locked")

    monkeypatch.setattr(telling, "_en_til", las)

    assert client.get("/lillestrom/sok/", {"q": "kokain"}).status_code == 200
    assert talt() == []


def test_one_question_counts_few(client, kommune):
    spor(client, "kokain heroin ecstasy amfetamin subutex tramadol xanax")

    assert len(talt()) == telling.FLEST


def test_two_who_count_the_first_at_the_same_time_are_two(kommune, monkeypatch):
    telling.tell(kommune, ["kokain"])
    en_til, sett = telling._en_til, []

    def som_om_ingen_var_der(rad):
        return en_til(rad) if sett else sett.append(rad)

    monkeypatch.setattr(telling, "_en_til", som_om_ingen_var_der)

    telling.tell(kommune, ["kokain"])

    assert talt() == [("kokain", 2)]


def test_the_coordinator_sees_the_counts_of_this_month(
    kommune, nabokommune, koordinator
):
    telling.tell(kommune, ["kokain"])
    telling.tell(nabokommune, ["heroin"])
    OrdUtenTreff.objects.create(kommune=kommune, ord="abort", maned=date(2020, 1, 1))

    html = koordinator.get(ADRESSE).content.decode()

    assert '<tr><th scope="row">kokain</th><td>1</td></tr>' in html
    assert "abort" not in html
    assert "heroin" not in html


@pytest.mark.parametrize("rolle", ["ansatt", "politirad"])
def test_others_see_none_of_it(kommune, nabo, client, rolle):
    annen = innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)

    assert [c.get(ADRESSE).status_code for c in (annen, nabo, client)] == [
        404,
        404,
        302,
    ]


def test_the_page_of_counts_is_only_read(koordinator):
    assert koordinator.post(ADRESSE).status_code == 405


def test_what_is_older_than_the_month_goes_at_night(kommune):
    telling.tell(kommune, ["kokain"])
    OrdUtenTreff.objects.create(kommune=kommune, ord="abort", maned=date(2020, 1, 1))
    ut = StringIO()

    call_command("rydd", stdout=ut)

    assert talt() == [("kokain", 1)]
    assert "Slettet 1 tellinger av ord uten treff." in ut.getvalue()
