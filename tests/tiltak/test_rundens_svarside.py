"""The page on which a tjeneste answers a round: what it is called, what it shows back of
what was said, to whom it speaks, and what it says once the round is closed."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from slt.models import Utsending
from tests.factories import KontaktpunktFactory, RundeFactory
from tests.lest import Lest
from tests.tiltak.test_rundens_gang import med_tiltak, over, sa, sendt, stander
from tests.tiltak.test_runder import lenkene
from tiltak.runder.lop import send
from tiltak.runder.lukking import lukk

STATUS = "status"


@pytest.fixture(autouse=True)
def _tom(monkeypatch, settings):
    cache.clear()
    settings.SITE_URL = "https://slt.example"
    # Whatever month it is when this runs.
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)


def siden(tjeneste, navn="svar", *args):
    return reverse(f"tiltak:{navn}", args=["lillestrom", tjeneste.pk, *args])


def bak_lenken(brev):
    klient = Client()
    klient.post(lenkene(brev)[0])
    return klient


def trykk(klient, tjeneste):
    sett = klient.get(siden(tjeneste)).context["sett"]
    return klient.post(siden(tjeneste, "svar_stemmer"), {"sett": sett}, follow=True)


# What it is called ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("antall", "deler", "ventet"),
    [
        (0, [], "Stemmer det som står om Ute?"),
        (1, [], "Stemmer det som står om Ute, og hvordan går det med tiltaket?"),
        (2, [], "Stemmer det som står om Ute, og hvordan går det med tiltakene?"),
        (2, ["kontakter"], "Stemmer det som står om Ute?"),
        (2, [STATUS], "Hvordan går det med tiltakene til Ute?"),
    ],
)
def test_mail_door_and_page_ask_the_same(antall, deler, ventet, kommune):
    tjeneste, _tiltak = med_tiltak(kommune, "Ute", antall=antall)
    sendt(kommune, deler=deler)
    brev = Utsending.objects.get()

    doren = Client().get(lenkene(brev)[0])
    side = bak_lenken(brev).get(siden(tjeneste))

    assert brev.emne == ventet
    assert f">{ventet}</h1>" in doren.text
    assert f">{ventet}</h1>" in side.text


def test_the_mail_says_of_how_many_tiltak_it_asks(kommune):
    med_tiltak(kommune, "En", antall=2, svaransvarlig="x@kommunen.no")
    med_tiltak(kommune, "To", antall=0, svaransvarlig="x@kommunen.no")
    med_tiltak(kommune, "Tre", antall=0)
    sendt(kommune)

    [med] = Utsending.objects.filter(til="x@kommunen.no")
    [uten] = Utsending.objects.exclude(til="x@kommunen.no")

    assert "Vi spør også hvordan det går med 2 tiltak." in med.tekst
    assert "En: 2 tiltak" in med.tekst
    assert "To: " not in med.tekst
    assert "de 2 tjenestene du svarer for, og hvordan går det" in med.emne
    assert "hvordan det går" not in uten.tekst


def knappen(klient, tjeneste):
    """(what the button is called, whether it is the main one)."""
    tekst = klient.get(siden(tjeneste)).text
    [(felter, navn)] = re.findall(
        r'<button class="ds-button"([^>]*)name="sett"[^>]*>(\w+ stemmer)<', tekst
    )
    return navn, "data-variant" not in felter


def test_the_button_is_about_the_rest_once_something_is_said(kommune):
    tjeneste, tiltakene = med_tiltak(kommune, "Ute", antall=2)
    KontaktpunktFactory(tjeneste=tjeneste)
    runde = sendt(kommune)
    klient = bak_lenken(Utsending.objects.get())

    forst = knappen(klient, tjeneste)
    sa(runde, tjeneste, tiltakene[0])
    sa_noe = knappen(klient, tjeneste)
    svar = trykk(klient, tjeneste)

    assert forst == ("Alt stemmer", True)
    assert sa_noe == ("Resten stemmer", True)
    assert "Takk. Det er registrert at resten stemmer i dag." in Lest(svar).tekst
    assert knappen(klient, tjeneste) == ("Resten stemmer", False)


# Several open rounds ----------------------------------------------------------------------


def test_how_it_goes_answers_the_newest_round_alone(kommune):
    tjeneste, _tiltak = med_tiltak(kommune, "Ute")
    i_fjor = timezone.localdate() + timedelta(days=20)
    eldre, bare_status = (
        RundeFactory(kommune=kommune, startet=None, arstall=2020, uke=uke, frist=i_fjor)
        for uke in (5, 6)
    )
    bare_status.deler = [STATUS]
    for runde in (eldre, bare_status):
        runde.save()
        send(runde)
    nyeste = sendt(kommune)
    klient = bak_lenken(Utsending.objects.order_by("pk").last())

    trykk(klient, tjeneste)

    svar = {
        runde.pk: runde.foresporsler.get().svar
        for runde in (eldre, bare_status, nyeste)
    }
    assert svar == {eldre.pk: "stemmer", bare_status.pk: "", nyeste.pk: "stemmer"}
    assert stander(nyeste) == {"Ute": "svart"}
    # Of its tiltak nothing was said in it.
    assert stander(eldre) == {"Ute": "delvis"}
    assert stander(bare_status) == {"Ute": "ikke"}


# To whom it speaks ------------------------------------------------------------------------


def test_all_that_was_said_is_shown_back(kommune):
    tjeneste, [tiltak] = med_tiltak(kommune, "Ute")
    runde = sendt(kommune)
    klient = bak_lenken(Utsending.objects.get())
    sagt = {
        "kommentar": "Ingen ledig lærer.",
        "gjort": "To møter.",
        "resultat": "En avtale.",
        "antall": 40,
        "antall_av": "elever",
        "frist": timezone.localdate(),
        "anbefaling": "endre",
    }

    sa(runde, tjeneste, tiltak, "star_stille", **sagt)
    vist = Lest(klient.get(siden(tjeneste))).tekst
    lukk(runde)
    lukket = Lest(klient.get(siden(tjeneste))).tekst

    ord_ = ["Ingen ledig lærer.", "To møter.", "En avtale.", "40 elever", "endre"]
    assert [o for o in ord_ if o not in vist] == []
    assert [o for o in ord_ if o not in lukket] == []


def test_to_who_writes_down_what_others_said_it_speaks_of_the_tjeneste(
    kommune, koordinator
):
    tjeneste, [tiltak] = med_tiltak(kommune, "Ute")
    KontaktpunktFactory(tjeneste=tjeneste)
    runde = sendt(kommune)
    sa(runde, tjeneste, tiltak)

    side = koordinator.get(siden(tjeneste))
    data = {"sett": side.context["sett"], "hvordan": "telefon"}
    svar = koordinator.post(siden(tjeneste, "svar_stemmer"), data, follow=True)

    tekst = Lest(side).tekst
    assert [o for o in (" dere", "Jeg har", "spør oss") if o in tekst] == []
    assert tekst.count("Hvordan vet du det?") == 1
    assert "Venter på deg." in tekst
    assert "Noen andre svarer for tjenesten" in tekst
    assert "Takk" not in Lest(svar).tekst
    assert "Det er registrert at resten stemmer i dag." in Lest(svar).tekst


# When it is over --------------------------------------------------------------------------


@pytest.mark.parametrize("epost", ["slt@kommunen.no", ""])
def test_a_closed_round_says_whom_to_write_to(epost, kommune):
    kommune.epost = epost
    kommune.save()
    tjeneste, _tiltak = med_tiltak(kommune, "Ute")
    runde = sendt(kommune)
    brev = Utsending.objects.get()
    klient = bak_lenken(brev)
    lukk(runde)

    doren = Lest(Client().get(lenkene(brev)[0])).tekst
    side = klient.get(siden(tjeneste))

    assert "Svar innen" not in doren
    assert "Svar innen" not in Lest(side).tekst
    assert ('href="mailto:slt@kommunen.no"' in side.text) == bool(epost)
    assert "SLT-koordinatoren" in Lest(side).tekst


def test_who_is_late_is_not_told_a_day_that_is_past(kommune):
    tjeneste, _tiltak = med_tiltak(kommune, "Ute")
    runde = sendt(kommune)
    brev = Utsending.objects.get()
    over(runde)

    doren = Lest(Client().get(lenkene(brev)[0])).tekst
    side = Lest(bak_lenken(brev).get(siden(tjeneste))).tekst

    assert "Svar innen" not in doren + side
    assert "men du kan fortsatt svare." in doren
    assert "men du kan fortsatt svare." in side
