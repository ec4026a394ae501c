"""Whom to call, on one page for a wall: who stands there, in which order, and for whom."""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from slt.grunn import pdflager
from slt.grunn.pdf import ombrekk
from slt.models import Kommune
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BekreftelseFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
    StedFactory,
    TemaFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteTemaFactory,
)
from tests.lest import Lest
from tiltak.kontaktark import Kontaktark, spalter
from tiltak.models import TiltakLokalomrade

SIDEN = "/lillestrom/kontaktark/"
ARKET = "/lillestrom/kontaktark.pdf"


@pytest.fixture(autouse=True)
def _tom_bevaring(db, settings):
    settings.SITE_URL = "https://slt.example.org/"
    cache.clear()


@pytest.fixture
def spurt(monkeypatch):
    """What documents were asked for: their HTML, in place of drawing them."""
    html = []

    def hent(navn, lag_oppdrag, *, vent, ko):
        html.append(lag_oppdrag().html)
        return b"%PDF-" + navn.encode()

    monkeypatch.setattr(pdflager, "hent", hent)
    monkeypatch.setattr(pdflager, "lagret", lambda navn: None)
    return html


@pytest.fixture
def tiltak(kommune):
    """Returns the next tiltak of a plan that holds."""
    omrade = PlasseringFactory(innsatsomrade__plan__kommune=kommune).innsatsomrade

    def neste():
        return PlasseringFactory(innsatsomrade=omrade).tiltak

    return neste


def tjeneste(kommune, navn, nummer, *tiltakene, **felter):
    ny = TjenesteFactory(kommune=kommune, navn=navn)
    KontaktpunktFactory(tjeneste=ny, verdi=nummer, **felter)
    for t in tiltakene:
        AnsvarFactory(tiltak=t, tjeneste=ny)
    return ny


def ark(kommune, *args):
    """The words of a sheet, as it stands now in the database."""
    html = Kontaktark(Kommune.objects.get(pk=kommune.pk), *args).html()
    return " ".join(strip_tags(html).split())


def rekke(tekst, *navn):
    """Those of the names that stand in the text, by where."""
    return sorted((n for n in navn if n in tekst), key=tekst.index)


def test_acute_numbers_stand_first_and_each_tjeneste_under_what_it_helps_with(kommune):
    vakt = tjeneste(kommune, "Barnevernsvakta", "64 99 32 70", akutt=True)
    out = tjeneste(kommune, "Utekontakten", "469 34 634", etikett="vakttelefonen")
    tjeneste(kommune, "Biblioteket", "64 84 33 70")
    for navn, emne in (("Vold", "vold"), ("Rus", "rus")):
        tema = TemaFactory(kommune=kommune, navn=navn, emne=emne)
        TjenesteTemaFactory(tjeneste=out, tema=tema)
    punkt = out.kontaktpunkter.get()
    BekreftelseFactory(kontaktpunkt=punkt, dato=date(2026, 3, 9))

    tekst = ark(kommune)

    i_rekke = ["112", "113", vakt.navn, "64 99 32 70", "Rus", out.navn, "Biblioteket"]
    assert rekke(tekst, *i_rekke) == i_rekke
    assert (
        "Utekontakten Slik er det her. Bekreftet i mars 2026 469 34 634Vakttelefonen"
        in tekst
    )
    # Once, by what is asked first.
    assert (tekst.count("Utekontakten"), "Vold" in tekst) == (1, False)
    assert "slt.example.org/lillestrom/tjenester" in tekst
    assert "Alle tjenester med telefon står her." in tekst
    assert "har ingen sagt at det stemmer" in tekst  # of the library's
    html = Kontaktark(Kommune.objects.get(pk=kommune.pk)).html()
    assert "<title>QR-kode til slt.example.org/lillestrom/tjenester</title>" in html


def test_without_its_own_address_the_site_gives_none(kommune, settings):
    settings.SITE_URL = ""

    html = Kontaktark(kommune).html()

    assert ("<svg" in html, "//" in strip_tags(html)) == (False, False)


def test_who_answers_for_most_stays_when_there_is_no_room_for_all(kommune, tiltak):
    mange = [tiltak() for _ in range(3)]
    for nr in range(60):
        tjeneste(kommune, f"Avdeling {nr:02}", f"640000{nr:02}")
    tjeneste(kommune, "Å svare for tre", "469 34 634", *mange)

    tekst = ark(kommune)

    antall = int(re.search(r"plass til (\d+) av 61", tekst)[1])
    assert "Å svare for tre" in tekst
    vist = [f"Avdeling {nr:02}" for nr in range(antall - 1)]
    forst_nevnt = f"Ikke med: Avdeling {antall - 1:02}, "
    assert all(navn in tekst for navn in vist)
    assert forst_nevnt in tekst
    assert f"og {61 - antall - 8} til." in tekst
    assert antall > 15


@pytest.mark.parametrize("antall", [5, 60])
def test_it_is_one_page_whatever_stands_there(antall, kommune):
    """And so much that little of the text has to shrink."""
    lang = "Svært lang tekst om hva denne tjenesten gjør for den som trenger den. " * 4
    for nr in range(antall):
        ny = TjenesteFactory(kommune=kommune, navn=f"{nr} {lang}"[:110], tekst=lang)
        for merke in ("vakttelefonen for alle som lurer på noe", "", ""):
            KontaktpunktFactory(tjeneste=ny, etikett=merke, instruks=lang[:250])

    dokument = ombrekk(Kontaktark(Kommune.objects.get(pk=kommune.pk)).oppdrag())

    [side] = dokument.pages
    tekster = [b.text for b in side._page_box.descendants() if hasattr(b, "text")]
    # Nothing was cut: the last line is there.
    assert "Numre endres" in " ".join(tekster)
    [body] = [b for b in side._page_box.descendants() if b.element_tag == "body"]
    assert body.style["font_size"] / 96 * 72 >= 8


@pytest.mark.parametrize("hva", ["navn", "etikett", "begge"])
def test_wide_letters_push_nothing_off_the_page(hva, kommune):
    for nr in range(40):
        navn = f"{nr} {'WWWWMMMMWWWWMMMM' * 6}"[:100]
        ny = TjenesteFactory(
            kommune=kommune, navn=f"Avdeling {nr}" if hva == "etikett" else navn
        )
        for _nummer in range(2):
            merke = "vakt" if hva == "navn" else "W" * 80
            KontaktpunktFactory(tjeneste=ny, etikett=merke, instruks="W" * 80)

    dokument = ombrekk(Kontaktark(Kommune.objects.get(pk=kommune.pk)).oppdrag())

    [side] = dokument.pages
    tekster = [b.text for b in side._page_box.descendants() if hasattr(b, "text")]
    assert "Numre endres" in " ".join(tekster)


def test_a_lokalomrade_has_its_own_numbers_first_and_no_others(kommune, tiltak):
    fetsund, sorumsand = (
        LokalomradeFactory(kommune=kommune, navn=navn)
        for navn in ("Fetsund", "Sørumsand")
    )
    her, der, overalt = tiltak(), tiltak(), tiltak()
    TiltakLokalomrade.objects.create(tiltak=her, lokalomrade=fetsund)
    TiltakLokalomrade.objects.create(tiltak=der, lokalomrade=sorumsand)
    tjeneste(kommune, "Overalt", "64 00 00 01", overalt, tiltak())
    tjeneste(kommune, "Bare her", "64 00 00 02", her)
    tjeneste(kommune, "Bare der", "64 00 00 03", der)
    for navn, omrade, nummer in (
        ("Skolen her", fetsund, "64 00 00 04"),
        ("Skolen der", sorumsand, "64 00 00 05"),
    ):
        sted = StedFactory(kommune=kommune, navn=navn, lokalomrade=omrade)
        tjeneste(kommune, f"På {navn}", nummer, sted=sted)

    tekst = ark(kommune, fetsund)

    navnene = ["På Skolen her", "Overalt", "Bare her", "Bare der", "På Skolen der"]
    assert rekke(tekst, *navnene) == ["På Skolen her", "Overalt", "Bare her"]
    assert "Fetsund, Lillestrøm kommune" in tekst
    assert "tjenester/?lokalomrade=fetsund" in tekst
    assert len(rekke(ark(kommune), *navnene)) == 5


@pytest.mark.parametrize("hvem", ["client", "nabo", "koordinator", "ansatt"])
def test_what_the_services_see_is_for_them_and_kept_by_nobody(
    hvem, kommune, request, spurt
):
    out = tjeneste(kommune, "Utekontakten", "469 34 634")
    for nummer, synlighet in (
        ("469 34 635", "tjenester"),
        ("469 34 636", "koordinator"),
    ):
        KontaktpunktFactory(tjeneste=out, verdi=nummer, synlighet=synlighet)
    klient = (
        innlogget(TilgangFactory(kommune=kommune, rolle="ansatt").bruker)
        if hvem == "ansatt"
        else request.getfixturevalue(hvem)
    )
    slipper_inn = hvem in {"koordinator", "ansatt"}

    apent, lukket = klient.get(ARKET), klient.get(f"{ARKET}?for=ansatte")

    assert (apent.status_code, apent["Cache-Control"]) == (200, "no-cache")
    assert (
        apent["Content-Disposition"] == 'inline; filename="kontaktark-lillestrom.pdf"'
    )
    numre = ["469 34 634", "469 34 635", "469 34 636"]
    assert rekke(spurt[0], *numre) == numre[:1]
    assert lukket.status_code == (200 if slipper_inn else 404)
    lenker = Lest(klient.get(SIDEN)).adresser(ARKET)
    assert lenker == [ARKET, f"{ARKET}?for=ansatte"][: 1 + slipper_inn]
    if slipper_inn:
        assert lukket["Cache-Control"] == "private, no-store"
        assert lukket.content != apent.content
        # What the coordinator alone sees, hangs on no wall.
        assert rekke(spurt[1], *numre) == numre[:2]
        assert "Heng det ikke der andre ser det." in spurt[1]


def test_of_what_is_shared_only_what_is_for_all_stands_there(kommune, nabokommune):
    felles = tjeneste(nabokommune, "Krisesenteret", "66 93 23 10")
    KontaktpunktFactory(tjeneste=felles, verdi="66 93 23 11", synlighet="tjenester")
    assert "Krisesenteret" not in ark(kommune, None, True)
    TjenestekommuneFactory(tjeneste=felles, kommune=kommune)

    for for_ansatte in (False, True):
        tekst = ark(kommune, None, for_ansatte)
        assert ("66 93 23 10" in tekst, "66 93 23 11" in tekst) == (True, False)
    assert "66 93 23 11" in ark(nabokommune, None, True)


@pytest.mark.parametrize(
    "adresse",
    [
        "/finnes-ikke/kontaktark.pdf",
        f"{ARKET}?lokalomrade=finnes-ikke",
        f"{ARKET}?lokalomrade=",
        f"{ARKET}?lokalomrade=a%00b",
        f"{ARKET}?lokalomrade=naboens",
    ],
)
def test_of_what_is_not_there_there_is_no_sheet(adresse, kommune, nabokommune, client):
    LokalomradeFactory(kommune=nabokommune, navn="Naboens")

    assert client.get(adresse).status_code == 404


def test_a_sheet_is_of_its_day(kommune, monkeypatch):
    i_dag = Kontaktark(kommune).innhold
    monkeypatch.setattr(
        "tiltak.kontaktark.timezone.localdate", lambda: date(2027, 1, 1)
    )

    assert Kontaktark(kommune).innhold != i_dag
    assert "1. januar 2027" in ark(kommune)


def test_it_costs_the_same_for_one_and_three(kommune, tiltak):
    kostet = []
    for nr in range(3):
        sted = StedFactory(kommune=kommune)
        ny = tjeneste(kommune, f"Nr. {nr}", f"6400000{nr}", tiltak(), sted=sted)
        TjenesteTemaFactory(tjeneste=ny)
        denne = Kommune.objects.get(pk=kommune.pk)
        with CaptureQueriesContext(connection) as sporringer:
            Kontaktark(denne, None, True).html()
        kostet.append(len(sporringer))

    assert kostet == [kostet[0]] * 3
    assert kostet[0] <= 8


@dataclass
class Hoy:
    """A row of so many lines."""

    linjer: int


def test_where_nobody_has_a_number_it_says_so_on_a_line(kommune):
    tekst = ark(kommune)

    assert "Ingen tjenester har et telefonnummer her ennå." in tekst
    assert "Alle tjenester med telefon" not in tekst


def test_the_columns_are_about_as_high_and_what_goes_on_says_so():
    rader = [Hoy(n) for n in (5, 5, 5, 5, 9)]

    assert spalter([("Rus", rader[:4]), ("Vold", rader[4:])]) == [
        [("Rus", rader[:3])],
        [("Rus (forts.)", rader[3:4]), ("Vold", rader[4:])],
    ]
    assert spalter([("", rader[:2])]) == [[("", rader[:1])], [("", rader[1:2])]]
    assert spalter([("Rus", rader[:1])]) == [[("Rus", rader[:1])], []]
    assert spalter([]) == [[], []]
