"""The page of contacts that a browser keeps, its manifest, and the script that keeps it."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from PIL import Image

from slt.views import SKRIPT
from tests.conftest import innlogget
from tests.factories import KontaktpunktFactory, TilgangFactory, TjenesteFactory
from tests.lest import Lest
from tiltak.models import Apningstid

UTEN_NETT = "/lillestrom/uten-nett/"
MANIFEST = "/lillestrom/manifest.webmanifest"
EN_DAG = timedelta(days=1)


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


def lag_tjeneste(kommune, nr=1):
    punkt = KontaktpunktFactory(
        tjeneste=TjenesteFactory(kommune=kommune, navn=f"Tjeneste {nr}"),
        verdi=f"9000000{nr}",
        apningstid_tekst="ikke i fellesferien",
    )
    Apningstid.objects.create(
        kontaktpunkt=punkt, fra_dag=0, til_dag=4, apner="08:00", stenger="15:30"
    )
    return punkt


def test_the_page_has_all_that_everybody_may_call(kommune, nabokommune, client):
    punkt = lag_tjeneste(kommune)
    KontaktpunktFactory(tjeneste=punkt.tjeneste, verdi="90000008", hoved=False)
    KontaktpunktFactory(
        tjeneste=punkt.tjeneste, verdi="90000009", synlighet="tjenester"
    )
    TjenesteFactory(kommune=kommune, navn="Uten kontakt")
    KontaktpunktFactory(
        tjeneste=TjenesteFactory(kommune=kommune, navn="Lagt ned", nedlagt="2026-01-01")
    )
    KontaktpunktFactory(tjeneste=TjenesteFactory(kommune=nabokommune, navn="Naboens"))
    KontaktpunktFactory(tjeneste=punkt.tjeneste, verdi="90000007", akutt=True)
    koordinator = innlogget(TilgangFactory(kommune=kommune).bruker)

    for klient in (client, koordinator):
        svar = klient.get(UTEN_NETT)
        assert [t.navn for t in svar.context["tjenester"]] == ["Tjeneste 1"]
        tekst = Lest(svar).alt
        assert "900 00 001" in tekst
        assert "900 00 008" in tekst
        # In the strip, among what is urgent, and at its tjeneste.
        assert tekst.count("900 00 007") == 3
        assert "900 00 009" not in tekst
        assert "Hverdager kl. 08.00–15.30" in tekst
        assert "Ikke i fellesferien" in tekst
        assert [
            nr
            for nr in ("112", "113", "110", "116 117", "116 111", "02800")
            if nr not in tekst
        ] == []


def test_a_notice_stands_there_with_its_days_until_it_is_over(kommune, client):
    """Who reads it without a network, does so on another day."""
    i_dag = timezone.localdate()
    for navn, fra, til in (
        ("Over", None, i_dag - EN_DAG),
        ("Na", None, i_dag),
        ("Senere", i_dag + EN_DAG, None),
    ):
        tjeneste = TjenesteFactory(
            kommune=kommune,
            navn=navn,
            melding=f"ferie {navn}",
            melding_fra=fra,
            melding_til=til,
        )
        KontaktpunktFactory(tjeneste=tjeneste)

    tekst = Lest(client.get(UTEN_NETT)).alt

    assert "Ferie Over" not in tekst
    assert f"Ferie Na Gjelder til og med {date_format(i_dag, 'j. F Y')}." in tekst
    dagen_etter = date_format(i_dag + EN_DAG, "j. F Y")
    assert f"Ferie Senere Gjelder fra {dagen_etter}." in tekst


def test_nobody_reads_over_the_shoulder_what_it_is_about(kommune, client):
    lag_tjeneste(kommune)

    lest = client.get(UTEN_NETT).text

    assert "<title>Kontakter uten nett – Hjelp i Lillestrøm kommune</title>" in lest
    assert "kriminal" not in lest.partition("<body")[2]


def test_it_is_there_in_every_kommune_and_nowhere_else(kommune, client):
    svar = client.get(UTEN_NETT)

    assert "Ingen kontakter er lagt inn ennå." in svar.text
    assert client.get("/finnes-ikke/uten-nett/").status_code == 404
    assert client.get("/finnes-ikke/manifest.webmanifest").status_code == 404
    assert client.post(UTEN_NETT).status_code == 405
    assert client.post(MANIFEST).status_code == 405


def test_it_is_in_the_language_of_the_kommune(kommune, client):
    kommune.malform = "nn"
    kommune.save()

    assert "Du er utan nett" in client.get(UTEN_NETT).text
    assert json.loads(client.get(MANIFEST).content)["name"] == (
        "Kven kan hjelpe – Lillestrøm"
    )


def test_what_is_kept_says_nothing_of_who_asked_nor_when_but_the_day(kommune, client):
    lag_tjeneste(kommune)

    svar = client.get(UTEN_NETT)

    assert "csrfmiddlewaretoken" not in svar.text
    assert not svar.cookies
    assert client.get(UTEN_NETT).content == svar.content
    for ord_ in ("åpent nå", "stengt", "åpner"):
        assert ord_ not in Lest(svar).alt.lower()


@pytest.mark.parametrize("antall", [1, 3])
def test_it_costs_the_same_for_one_and_three(
    antall, kommune, client, django_assert_num_queries
):
    for nr in range(antall):
        lag_tjeneste(kommune, nr)

    with django_assert_num_queries(7):
        client.get(UTEN_NETT)


def test_the_manifest_says_nothing_of_what_the_pages_are_about(kommune, client):
    svar = client.get(MANIFEST)

    assert svar["Content-Type"] == "application/manifest+json"
    innhold = json.loads(svar.content)
    assert innhold["name"] == "Hvem kan hjelpe – Lillestrøm"
    assert (innhold["scope"], innhold["theme_color"]) == ("/lillestrom/", "#14495c")
    assert innhold["start_url"].startswith(innhold["scope"])
    for ord_ in ('slt"', "kriminal", "rus"):
        assert ord_ not in svar.text.lower()
    ikoner = [
        (ikon["sizes"], ikon["purpose"], SKRIPT / ikon["src"].rpartition("/")[2])
        for ikon in innhold["icons"]
    ]
    assert [(storrelse, bruk) for storrelse, bruk, _fil in ikoner] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for storrelse, _bruk, fil in ikoner:
        with Image.open(fil) as bilde:
            assert f"{bilde.width}x{bilde.height}" == storrelse


# The script ---------------------------------------------------------------------------


def test_the_script_is_asked_for_anew_each_time(client, db):
    svar = client.get(reverse("sw"))

    assert svar.status_code == 200
    assert svar["Content-Type"] == "text/javascript; charset=utf-8"
    assert svar["Cache-Control"] == "no-cache"
    assert svar.content == (SKRIPT / "sw.js").read_bytes()
    igjen = client.get(reverse("sw"), headers={"If-None-Match": svar["ETag"]})
    assert igjen.status_code == 304
    assert client.post(reverse("sw")).status_code == 405


def test_the_operator_has_another_one_that_takes_it_away(client, kommune, settings):
    settings.UTEN_NETT = False

    assert client.get(reverse("sw")).content == (SKRIPT / "sw_bort.js").read_bytes()
    assert 'data-uten-nett=""' in client.get(UTEN_NETT).text


def test_pages_of_a_kommune_say_where_it_works_and_others_nothing(client, kommune):
    def omradet(adresse):
        return client.get(adresse).text.partition('data-uten-nett="')[2].split('"')[0]

    assert omradet("/lillestrom/personvern/") == "/lillestrom/"
    assert omradet("/hjelp/") == ""
    assert omradet("/konto/logg-inn/") == ""


# Leaving at once ----------------------------------------------------------------------


def test_pages_where_help_is_looked_for_are_left_at_once(client, kommune, settings):
    settings.FORLAT_TIL = "https://vaeret.example/"
    punkt = lag_tjeneste(kommune)
    apne = [
        UTEN_NETT,
        "/lillestrom/tjenester/",
        "/lillestrom/tilbud/",
        punkt.tjeneste.get_absolute_url(),
    ]

    for adresse in apne:
        html = client.get(adresse).text
        assert html.count("data-forlat\n") == 1, adresse
        assert 'rel="noreferrer" href="https://vaeret.example/"' in html
        assert 'href="/lillestrom/personvern/#forlat-siden"' in html
    assert "data-forlat" not in client.get("/lillestrom/moter/").text
    personvern = client.get("/lillestrom/personvern/").text
    assert 'id="forlat-siden"' in personvern
    assert "vaeret.example" in personvern
