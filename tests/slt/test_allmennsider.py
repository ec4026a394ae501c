"""What everybody meets: the root, the page where nothing is, and no words of our own."""

import re
from html.parser import HTMLParser

import pytest
from django.core.management import call_command

from tests.factories import (
    KommuneFactory,
    KontaktpunktFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tiltak.models import Kontaktpunkt

pytestmark = pytest.mark.django_db

BORTE = "/lillestrom/finnes-ikke/"


class Sokefelt(HTMLParser):
    """Where the search of a page leads: {address of a form: names of its fields}."""

    def __init__(self, svar):
        super().__init__()
        self.skjemaer = {}
        self.feed(svar.text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and attrs.get("role") == "search":
            self._denne = self.skjemaer.setdefault(attrs["action"], [])
        elif tag == "input" and attrs.get("type") == "search":
            self._denne.append(attrs["name"])


# The root -----------------------------------------------------------------------------


@pytest.mark.parametrize("antall", [0, 2])
def test_the_root_says_what_this_is(antall, client):
    for _nr in range(antall):
        TjenesteFactory()

    side = Lest(client.get("/")).tekst

    assert "samordning av lokale rus- og kriminalitetsforebyggende tiltak" in side
    assert "hvem som har ansvaret, og hvordan du tar kontakt" in side
    assert ("Velg kommune" in side) is bool(antall)


# Where nothing is ---------------------------------------------------------------------


def test_where_nothing_is_one_can_search_the_kommune(kommune, client):
    svar = client.get(BORTE)

    assert svar.status_code == 404
    [(adresse, felt)] = Sokefelt(svar).skjemaer.items()
    assert (adresse, felt) == ("/lillestrom/sok/", ["q"])
    assert client.get(adresse, {"q": "natteravn"}).status_code == 200


def test_outside_the_only_kommune_it_is_searched(kommune, client):
    assert Sokefelt(client.get("/wp/x/")).skjemaer == {"/lillestrom/sok/": ["q"]}


def test_outside_several_kommuner_one_is_led_to_choose(kommune, client):
    KommuneFactory()

    svar = client.get("/wp/x/")

    assert Sokefelt(svar).skjemaer == {}
    assert Lest(svar).lenker == [("/", "Gå til forsiden")]


# The menu, and who sees a contact point ------------------------------------------------


@pytest.mark.parametrize(
    ("malform", "navn"), [("nb", "Hovedmeny"), ("nn", "Hovudmeny")]
)
def test_the_menu_has_a_name(malform, navn, kommune, client):
    kommune.malform = malform
    kommune.save()

    html = client.get("/lillestrom/tjenester/").text

    assert re.findall(r'<nav class="meny"[^>]*>', html) == [
        f'<nav class="meny" aria-label="{navn}">'
    ]


def test_who_sees_a_contact_point_stands_beside_those_that_not_all_see(
    kommune, client, koordinator
):
    tjeneste = TjenesteFactory(kommune=kommune, slug="out")
    for synlighet in Kontaktpunkt.Synlighet:
        KontaktpunktFactory(tjeneste=tjeneste, synlighet=synlighet)

    def sies_om(klient):
        html = klient.get("/lillestrom/tjenester/out/").text
        return sorted(re.findall(r"Vises for: ([^<]+)<", html))

    assert sies_om(client) == []
    assert sies_om(koordinator) == [
        "ansatte og samarbeidspartnere",
        "bare SLT-koordinatoren",
    ]


# Words --------------------------------------------------------------------------------

# What we call things among ourselves; everybody else would have to ask.
INTERNE_ORD = re.compile(
    r"kontaktpunkt|deltiltak|plassering|ikke satt|utkast|svaransvarlig|synlighet"
    r"|indikator|merkelapp|målform|redaktør|administrator|hovedkontakt",
    re.IGNORECASE,
)


def alle_sider(klient, *begynnelser):
    """{address: Lest} of all public pages that links lead to from these."""
    sider, kommer = {}, list(begynnelser)
    while kommer:
        adresse = kommer.pop().partition("#")[0]
        if adresse in sider or not re.fullmatch(r"/[a-z][\w/-]*/", adresse):
            continue
        if adresse.startswith(("/admin/", "/konto/")):
            continue
        svar = klient.get(adresse, follow=True)
        if svar["Content-Type"].startswith("text/html"):
            sider[adresse] = Lest(svar)
            kommer += [lenke for lenke, _tekst in sider[adresse].alle_lenker]
    return sider


def test_everybody_reads_no_words_of_our_own(client):
    call_command("last_grunndata", verbosity=0)
    sider = alle_sider(client, "/lillestrom/", "/lorenskog/")

    assert len(sider) > 150
    assert {
        adresse: funnet
        for adresse, side in sider.items()
        if (funnet := set(INTERNE_ORD.findall(side.alt)))
    } == {}
