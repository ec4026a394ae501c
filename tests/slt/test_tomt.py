"""What is empty is not public: strangers find neither the part nor the kommune, and who
keeps it is told what is left."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from slt.felles.startsett import GRUPPER
from slt.models import Kommune, Tilgang
from slt.nykommune.oppretting import Vakt, opprett
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
    ForumFactory,
    ForumskommuneFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TemaFactory,
    TilbudFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    UtkastFactory,
)
from tests.lest import Lest
from tiltak.models import Styringsdokument

HER = "/lillestrom/"
TJENESTER, MOTER, KUNNSKAP = (
    f"{HER}{del_}/" for del_ in ("tjenester", "moter", "kunnskap")
)


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def kommune(kommune):
    kommune.hvem_er_pa = False
    kommune.save()
    return kommune


def menyen(klient):
    alle = Lest(klient.get(f"{HER}personvern/")).alle_lenker
    return [a for a, _ in alle if a in {TJENESTER, MOTER, KUNNSKAP}]


def dokument(kommune, **felter):
    return Styringsdokument.objects.create(kommune=kommune, tittel="Avtalen", **felter)


def pa_forsiden(klient):
    return Lest(klient.get("/")).adresser(HER)


def test_an_empty_kommune_says_so_and_has_no_menu(kommune, client):
    lest = Lest(client.get(HER))

    assert "Kommunen har ikke publisert noe her ennå." in lest.tekst
    assert lest.adresser(HER) == []
    assert "112" in lest.alt
    assert menyen(client) == []


@pytest.mark.parametrize(
    "side", [TJENESTER, MOTER, KUNNSKAP, f"{HER}indikatorer/", f"{HER}tilbud/"]
)
def test_an_empty_page_says_that_nothing_is_there(side, kommune, client):
    lest = Lest(client.get(side))

    assert "ennå" in lest.tekst
    assert "112" in lest.alt


@pytest.mark.parametrize(
    ("lag", "adresse"),
    [
        (lambda k: TjenesteFactory(kommune=k), TJENESTER),
        (lambda k: TjenestekommuneFactory(kommune=k), TJENESTER),
        (lambda k: ForumFactory(kommune=k, offentlig=True), MOTER),
        (lambda k: dokument(k), MOTER),
        (lambda k: FunnFactory(kilde__kommune=k, publisert=True), KUNNSKAP),
        (lambda k: AnbefalingFactory(kilde__kommune=k, publisert=True), KUNNSKAP),
        (lambda k: IndikatorFactory(kommune=k, publisert=True), KUNNSKAP),
    ],
)
def test_what_is_published_is_in_the_menu_and_puts_the_kommune_on_the_list(
    lag, adresse, kommune, nabokommune, client
):
    lag(nabokommune)
    HandlingsplanFactory(kommune=KommuneFactory())
    assert menyen(client) == []
    assert pa_forsiden(client) == []

    lag(kommune)

    assert menyen(client) == [adresse]
    assert pa_forsiden(client) == [HER]


@pytest.mark.parametrize(
    "lag",
    [
        lambda k: UtkastFactory(kommune=k),
        lambda k: dokument(k, plan=UtkastFactory(kommune=k)),
        lambda k: TilbudFactory(kommune=k, publisert=False),
        lambda k: TjenesteFactory(kommune=k, nedlagt=timezone.localdate()),
        lambda k: TjenestekommuneFactory(kommune=k, godtatt=None),
        lambda k: ForumFactory(kommune=k, offentlig=False),
        lambda k: ForumFactory(kommune=k, offentlig=True, nedlagt=date(2026, 1, 1)),
        lambda k: FunnFactory(kilde__kommune=k, publisert=False),
        lambda k: AnbefalingFactory(kilde__kommune=k, publisert=False),
        lambda k: IndikatorFactory(kommune=k, publisert=False),
        lambda k: ForumskommuneFactory(kommune=k, godtatt=None, forum__offentlig=True),
        lambda k: KontaktpunktFactory(tjeneste__kommune=k, verdi="116 111"),
        lambda k: KontaktpunktFactory(tjeneste__kommune=k, akutt=True),
    ],
)
def test_what_is_not_public_shows_nothing(lag, kommune, client):
    for _ in range(2):
        TjenesteFactory(kommune=KommuneFactory())

    lag(kommune)

    assert menyen(client) == []
    assert pa_forsiden(client) == []


def test_a_tilbud_puts_the_kommune_on_the_list(kommune, nabokommune, client):
    TilbudFactory(kommune=kommune)

    assert menyen(client) == []
    assert client.get("/").url == HER


def test_a_shared_forum_is_something_to_read(kommune, client):
    ForumskommuneFactory(kommune=kommune, forum__offentlig=True)

    assert menyen(client) == [MOTER]


def test_who_works_there_finds_the_empty_kommune_and_all_its_parts(
    kommune, nabo, koordinator, administrator
):
    for _ in range(2):
        TjenesteFactory(kommune=KommuneFactory())
    ansatt = TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker

    for klient in (koordinator, administrator, innlogget(ansatt)):
        assert pa_forsiden(klient) == [HER]
        assert menyen(klient) == [TJENESTER, MOTER, KUNNSKAP]
    for klient in (nabo, Client()):
        assert pa_forsiden(klient) == []
        assert menyen(klient) == []
    assert f"{HER}start/" in Lest(koordinator.get(HER)).adresser(HER)
    assert f"{HER}start/" not in Lest(nabo.get(HER)).adresser(HER)


def test_an_empty_kommune_is_in_no_sitemap(kommune, client):
    TjenesteFactory(kommune=KommuneFactory(slug="annen"))

    kartet = client.get("/sitemap.xml").text
    deler = [bit.partition("</loc>")[0] for bit in kartet.split("<loc>")[1:]]
    alle = "".join(
        client.get(del_.removeprefix("http://testserver")).text for del_ in deler
    )

    assert "/annen/" in alle
    assert HER not in alle


def test_a_kommune_that_was_just_made_is_on_no_list(kommune, client):
    for annen in (kommune, KommuneFactory()):
        TjenesteFactory(kommune=annen)
    ny = Kommune(navn="Nittedal", slug="nittedal", nummer="3232")
    vakt = Vakt("Barnevernsvakten", "64 99 00 00", hele_dognet=True)
    grupper = {gruppe.nokkel for gruppe in GRUPPER}
    opprett(kommune=ny, vakt=vakt, koordinator="", grupper=grupper)

    def star():
        steder = ("/", "/sitemap-tjenester.xml")
        return [sted for sted in steder if "/nittedal/" in client.get(sted).text]

    assert ny.tjenester.exclude(kontaktpunkter=None).count() > 1
    assert star() == []
    KontaktpunktFactory(tjeneste=ny.tjenester.get(slug="barneverntjenesten"))
    assert star() == ["/", "/sitemap-tjenester.xml"]


def test_where_nobody_has_published_the_front_page_says_so(
    kommune, nabokommune, client
):
    assert "Ingen kommuner har publisert noe her ennå." in Lest(client.get("/")).tekst


# A list of nothing says why ---------------------------------------------------------------


def med_ny_rad(klient, adresse, rader):
    """The form as it is drawn with a row more."""
    radene = klient.get(adresse).context["skjema"].rader[rader]
    sendt = {f.html_name: f.value() for f in radene.management_form}
    return klient.post(adresse, sendt | {"_ny_rad": radene.prefix})


def test_a_choice_among_no_tjenester_says_so_and_leads_to_a_new_one(
    kommune, koordinator
):
    tema = TemaFactory(kommune=kommune)

    lest = Lest(
        med_ny_rad(koordinator, f"{HER}innstillinger/temaer/{tema.pk}/", "tjenester")
    )

    assert "Det er ingen tjenester å velge ennå." in lest.tekst
    assert lest.adresser(f"{HER}endre/tjenester/ny/") == [f"{HER}endre/tjenester/ny/"]


def test_a_choice_among_some_says_nothing_of_it(kommune, koordinator):
    tema = TemaFactory(kommune=kommune)
    TjenesteFactory(kommune=kommune)

    lest = Lest(
        med_ny_rad(koordinator, f"{HER}innstillinger/temaer/{tema.pk}/", "tjenester")
    )

    assert "Det er ingen tjenester å velge ennå." not in lest.tekst


def test_a_tiltak_without_any_tjeneste_to_choose_says_where_one_is_written(
    kommune, koordinator
):
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak

    lest = Lest(med_ny_rad(koordinator, f"{HER}endre/tiltak/{tiltak.pk}/", "ansvar"))

    assert "Skriv den nye under «Tjenesten står ikke i listen»." in lest.tekst
