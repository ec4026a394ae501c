"""The names of the SLT-koordinator and the politikontakt: shown where the kommune says so,
with their contacts, and nowhere else."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from slt.felles.angre import tilbake_til
from slt.models import Kommune, OrdUtenTreff
from tests.factories import (
    KontaktpunktFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
)
from tests.lest import Lest
from tests.skjemasvar import feil, send
from tiltak.kontaktark import Kontaktark

NAVN, ANNET = "Kari Eksempel", "Ola Eksempel"
SIDEN = "/lillestrom/tjenester/slt-koordinator/"
KOMMUNEN = "/lillestrom/innstillinger/kommunen/"


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


@pytest.fixture
def koordinatoren(kommune):
    ny = TjenesteFactory(
        kommune=kommune, navn="SLT-koordinator", funksjon="slt_koordinator"
    )
    KontaktpunktFactory(tjeneste=ny)
    return ny


@pytest.fixture
def vist(kommune, koordinatoren):
    """The kommune shows its two names."""
    kommune.viser_navn = True
    kommune.slt_koordinator_navn, kommune.politikontakt_navn = NAVN, ANNET
    kommune.save()
    return kommune


def test_it_is_off_until_the_coordinator_switches_it_on(
    koordinatoren, koordinator, client
):
    send(koordinator, KOMMUNEN, slt_koordinator_navn=NAVN, politikontakt_navn=ANNET)
    assert NAVN not in client.get(SIDEN).text
    assert "Navn på to kontakter" not in client.get("/lillestrom/personvern/").text

    send(koordinator, KOMMUNEN, viser_navn="on")

    tekst = Lest(client.get(SIDEN)).tekst
    assert (NAVN in tekst, ANNET in tekst) == (True, False)
    personvern = Lest(client.get("/lillestrom/personvern/")).tekst
    assert "viser hva SLT-koordinatoren og politikontakten heter" in personvern

    send(koordinator, KOMMUNEN, viser_navn=None)
    assert NAVN not in client.get(SIDEN).text


@pytest.mark.parametrize(
    ("synlighet", "ser"),
    [("tjenester", (False, False, True)), ("koordinator", (False, False, True))],
)
def test_who_sees_no_contact_sees_no_name(
    synlighet, ser, vist, koordinatoren, client, nabo, koordinator
):
    punkt = koordinatoren.kontaktpunkter.get()
    punkt.synlighet = synlighet
    punkt.save()

    klienter = (client, nabo, koordinator)
    assert tuple(NAVN in k.get(SIDEN).text for k in klienter) == ser


def test_it_stands_on_the_sheet_and_in_no_file_or_search(vist, client, koordinator):
    ark = Kontaktark(Kommune.objects.get(pk=vist.pk)).html()
    assert (NAVN in ark, ANNET in ark) == (True, False)
    assert NAVN not in client.get(f"{SIDEN}kontakt.vcf").text
    for side in ("tjenester/", "uten-nett/", "hvem-kan-hjelpe/"):
        assert NAVN not in client.get(f"/lillestrom/{side}").text

    svar = Lest(client.get("/lillestrom/sok/", {"q": NAVN}))

    assert "SLT-koordinator" not in [ordene for _adresse, ordene in svar.lenker]
    assert not OrdUtenTreff.objects.exists()


def test_other_kommuner_show_their_own_alone(vist, koordinatoren, nabokommune, client):
    TjenestekommuneFactory(tjeneste=koordinatoren, kommune=nabokommune)

    der = client.get("/lorenskog/tjenester/slt-koordinator/")

    assert der.status_code == 200
    assert NAVN not in der.text


def test_going_back_brings_no_name_back(vist):
    da = vist.historikk.latest("history_id")
    vist.viser_navn, vist.slt_koordinator_navn = False, ""
    vist.telefon = "64 84 33 70"
    vist.save()

    tilbake_til(historisk_rad=da, kommune=vist)

    vist.refresh_from_db()
    assert (vist.telefon, vist.viser_navn, vist.slt_koordinator_navn) == ("", False, "")


def test_a_kommune_has_one_of_each(koordinatoren, koordinator, kommune):
    annen = TjenesteFactory(kommune=kommune, navn="SLT-rådgiver")

    svar = send(
        koordinator,
        f"/lillestrom/endre/tjenester/{annen.pk}/",
        funksjon="slt_koordinator",
    )

    [melding] = feil(svar).values()
    assert melding == "Kommunen har allerede en tjeneste med denne funksjonen."
    annen.funksjon = "slt_koordinator"
    with pytest.raises(IntegrityError), transaction.atomic():
        annen.save()
    TjenesteFactory(funksjon="slt_koordinator")  # of another kommune
