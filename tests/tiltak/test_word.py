"""The plan as a Word document: who gets it, what is in it, and that it can be read back."""

import json
from io import BytesIO
from itertools import pairwise

import pytest
from django.db import connection
from docx import Document
from docx.oxml.ns import qn

from slt.felles import dokument
from slt.grunn.avgrenset import ForStort, Mislyktes
from slt.grunn.word import skriv
from tests.factories import (
    AnsvarFactory,
    BildeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    figur,
    gi_status,
)
from tests.lest import Lest
from tests.tiltak.innlesing.fakta import andel, rapport, treff
from tests.tiltak.innlesing.fakta import plan as fakta
from tests.tiltak.innlesing.lest import lest
from tiltak.innlesing.forslag import foresla
from tiltak.models import Handlingsplan, Kontaktpunkt

WORD = "/lillestrom/2024-2028/plan.docx"


@pytest.fixture
def plan(sted):
    return sted.plan


@pytest.fixture
def sted(kommune):
    return PlasseringFactory(
        innsatsomrade__plan__kommune=kommune,
        innsatsomrade__navn="Vold",
        tiltak__tittel="Drøftingstelefon",
    )


@pytest.fixture
def uten_prosess(monkeypatch):
    """Documents are written here; a process each takes its time."""

    def kjor(funksjon, innhold, budsjett):
        return b"".join(skriv(innhold))

    monkeypatch.setattr(dokument, "kjor", kjor)


def teksten(svar):
    """All that a document says, those of its tables too."""
    kropp = Document(BytesIO(svar.content)).element.body
    return "\n".join(
        "".join(t.text or "" for t in avsnitt.iter(qn("w:t")))
        for avsnitt in kropp.iter(qn("w:p"))
    )


# Who gets it --------------------------------------------------------------------------


def test_anybody_gets_what_was_adopted(plan, client):
    """Once through the process, as it is."""
    svar = client.get(WORD)

    assert svar.status_code == 200
    assert svar["Content-Type"] == dokument.WORD
    assert svar["Content-Disposition"] == (
        'attachment; filename="slt-handlingsplan-lillestrom-2024-2028.docx"'
    )
    assert svar["Cache-Control"] == "no-cache"
    assert "Drøftingstelefon" in teksten(svar)


@pytest.mark.usefixtures("uten_prosess")
def test_a_draft_is_for_its_readers_and_stamped(plan, client, koordinator, nabo):
    gi_status(plan, Handlingsplan.Status.UTKAST)

    svar = koordinator.get(WORD)

    assert [k.get(WORD).status_code for k in (client, nabo)] == [404, 404]
    assert svar["Cache-Control"] == "private, no-store"
    assert "-utkast.docx" in svar["Content-Disposition"]
    hode = Document(BytesIO(svar.content)).sections[0].first_page_header
    assert hode.paragraphs[0].text == "UTKAST"


@pytest.mark.parametrize("metode", ["post", "put", "delete"])
def test_it_is_for_reading(metode, plan, koordinator):
    assert getattr(koordinator, metode)(WORD).status_code == 405


def test_it_is_found_where_the_plan_is_read_and_written(plan, client, koordinator):
    lest_av_alle = Lest(client.get(plan.get_absolute_url())).adresser(WORD)
    gi_status(plan, Handlingsplan.Status.UTKAST)
    skrives = Lest(koordinator.get(f"{plan.get_absolute_url()}rediger/"))

    assert lest_av_alle == [WORD]
    assert skrives.adresser(WORD) == [WORD]


# What is in it ------------------------------------------------------------------------


@pytest.mark.usefixtures("uten_prosess")
def test_whoever_asks_it_says_what_the_public_sees(sted, client, koordinator):
    KapittelFactory(plan=sted.plan, tittel="Apent kapittel")
    KapittelFactory(plan=sted.plan, tittel="Skjult kapittel", publisert=False)
    PlasseringFactory(
        innsatsomrade=sted.innsatsomrade,
        tiltak__tittel="Skjult tiltak",
        tiltak__publisert=False,
    )
    ansvar = AnsvarFactory(tiltak=sted.tiltak)
    KontaktpunktFactory(tjeneste=ansvar.tjeneste, verdi="64993000")
    KontaktpunktFactory(
        tjeneste=ansvar.tjeneste,
        verdi="64993001",
        synlighet=Kontaktpunkt.Synlighet.TJENESTER,
    )

    svar = [teksten(klient.get(WORD)) for klient in (client, koordinator)]

    for ordene in svar:
        assert "Apent kapittel" in ordene
        assert "64 99 30 00" in ordene
        assert "Skjult" not in ordene
        assert "64 99 30 01" not in ordene


@pytest.mark.usefixtures("uten_prosess")
def test_its_pictures_are_those_of_the_kommune(sted, nabokommune, client):
    eget = BildeFactory(kommune=sted.plan.kommune)
    annet = BildeFactory(kommune=nabokommune)
    KapittelFactory(plan=sted.plan, tekst=figur(eget, "Vår kurve"))
    with connection.cursor() as cursor:  # past the door that would stop it
        cursor.execute(
            "UPDATE tiltak_innsatsomrade SET tekst = %s", [figur(annet, "Deres kurve")]
        )

    bilder = Document(BytesIO(client.get(WORD).content)).inline_shapes

    assert [b._inline.docPr.get("descr") for b in bilder] == ["Vår kurve"]


@pytest.mark.usefixtures("uten_prosess")
@pytest.mark.parametrize("antall", [1, 3])
def test_it_costs_the_same_for_one_and_three(
    sted, antall, client, django_assert_num_queries
):
    andre = PlasseringFactory.create_batch(antall - 1, innsatsomrade=sted.innsatsomrade)
    for plassering in (sted, *andre):
        KontaktpunktFactory(tjeneste=AnsvarFactory(tiltak=plassering.tiltak).tjeneste)

    with django_assert_num_queries(67):
        client.get(WORD)


@pytest.fixture(scope="module")
def lillestroms(dokumentmappe):
    """Lillestrøm's plan; see tests.dokumenter."""
    oppdrag = json.loads((dokumentmappe / "lillestrom/nb/hele.oppdrag").read_text())
    ordene = json.dumps({"html": oppdrag["html"], "bilder": oppdrag["bilder"]})
    return b"".join(skriv(ordene.encode()))


def test_it_can_be_read_back(lillestroms):
    forslag = foresla(lest("docx", lillestroms))

    sett = treff(forslag, fakta()[1])
    print(f"\n{rapport(sett)}")  # noqa: T201 (pytest -s shows the share of each kind)
    assert andel(sett) >= 0.95
    assert (forslag.fra_ar, forslag.til_ar) == (2024, 2028)
    assert "Lillestrøm kommune" not in {k.tittel.tekst for k in forslag.kapitler}
    assert {t.status.tekst for t in forslag.tiltak if t.status} == {
        "innforing",
        "planlagt",
    }
    uavklart = [a.navn for t in forslag.tiltak for a in t.ansvar if "avklart" in a.navn]
    assert uavklart == []


def test_its_headings_come_in_order(lillestroms):
    stiler = [a.style.name for a in Document(BytesIO(lillestroms)).paragraphs]
    nivaer = [int(navn[8:]) for navn in stiler if navn.startswith("Heading")]

    hopp = [(a, b) for a, b in pairwise(nivaer) if b > a + 1]
    assert stiler.count("Title") == 1
    assert nivaer[0] == 1
    assert hopp == []


# When there is none -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feil", "ordene"),
    [
        (ForStort(5), "Dokumentet er for stort til å lages."),
        (Mislyktes(1), "Noe gikk galt mens dokumentet ble laget."),
    ],
)
def test_when_it_goes_wrong_a_page_says_so(feil, ordene, plan, client, monkeypatch):
    def kjor(*args):
        raise feil

    monkeypatch.setattr(dokument, "kjor", kjor)

    svar = client.get(WORD, headers={"accept": "text/html"})

    assert svar.status_code == 503
    assert ordene in svar.text


@pytest.mark.usefixtures("uten_prosess")
def test_who_asks_again_and_again_has_to_wait(plan, client, monkeypatch):
    monkeypatch.setattr(dokument, "FLEST_WORD", 1)

    statuser = [client.get(WORD).status_code for _gang in range(2)]
    svar = client.get(WORD, headers={"accept": "text/html"})

    assert statuser == [200, 429]
    assert "Vent et kvarter, og prøv igjen." in svar.text
