"""A tjeneste on a phone: a contact that it stores, and a code that leads to its page."""

from datetime import date, time
from xml.etree import ElementTree

import pytest
import segno
import vobject
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    KommuneFactory,
    KontaktpunktFactory,
    StedFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
)
from tests.lest import Lest
from tiltak.models import Apningstid, Kontaktpunkt

Type = Kontaktpunkt.Type
SIDEN = "/lillestrom/tjenester/utekontakten/"
KORTET = f"{SIDEN}kontakt.vcf"
KODEN = f"{SIDEN}kode.svg"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


@pytest.fixture
def out(kommune):
    return TjenesteFactory(kommune=kommune, navn="Utekontakten", kortnavn="OUT")


def les(svar):
    """The one vCard of a response, as an address book reads it."""
    assert (svar.status_code, svar["Content-Type"]) == (
        200,
        "text/vcard; charset=utf-8",
    )
    [kort] = vobject.readComponents(svar.content.decode())
    return kort


def felt(kort, navn):
    return [linje.value for linje in kort.contents.get(navn, [])]


def test_a_phone_gets_numbers_by_name_and_where_to_look_again(out, client, settings):
    settings.SITE_URL = "https://slt.example.org/"
    vakt = KontaktpunktFactory(
        tjeneste=out,
        verdi="469 34 634",
        etikett="vakttelefonen",
        instruks="be om den som er ute",
        ved_ikke_svar="send SMS",
    )
    Apningstid.objects.create(
        kontaktpunkt=vakt, fra_dag=0, til_dag=4, apner=time(9), stenger=time(15)
    )
    pa_skolen = StedFactory(kommune=out.kommune, navn="Stav skole")
    KontaktpunktFactory(tjeneste=out, type=Type.SMS, verdi="02800", sted=pa_skolen)
    KontaktpunktFactory(tjeneste=out, type=Type.EPOST, verdi="out@example.org")
    KontaktpunktFactory(tjeneste=out, type=Type.NETT, verdi="https://example.org/out")
    KontaktpunktFactory(tjeneste=out, type=Type.OPPMOTE, verdi="Snakk med oss ute")

    svar = client.get(KORTET)

    kort, side = les(svar), f"https://slt.example.org{SIDEN}"
    assert svar["Content-Disposition"] == 'attachment; filename="utekontakten.vcf"'
    assert svar.content.startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert felt(kort, "fn") == ["Utekontakten"]
    assert felt(kort, "nickname") == ["OUT"]
    merker = {m.group: m.value for m in kort.contents["x-ablabel"]}
    assert [(t.value, t.type_paramlist, merker[t.group]) for t in kort.tel_list] == [
        ("+4746934634", ["WORK", "VOICE"], "Vakttelefonen"),
        ("02800", ["CELL"], "Stav skole"),
    ]
    assert felt(kort, "email") == ["out@example.org"]
    assert felt(kort, "url") == [side, "https://example.org/out"]
    assert felt(kort, "uid") == [side]
    assert felt(kort, "note") == [
        (
            "Vakttelefonen 469 34 634: Hverdager kl. 09.00–15.00. Be om den som er ute. "
            "Ingen svar? send SMS.\n"
            "Oppmøte: Snakk med oss ute.\n"
            f"Numre endres. Det som gjelder nå: {side}"
        )
    ]


def test_what_is_typed_stays_in_its_field(out, client):
    ord_ = "a;b,c\\d\nEND:VCARD\nTEL:112"
    punkt = KontaktpunktFactory(tjeneste=out, verdi="469 34 634", instruks=ord_)
    punkt.etikett = ord_
    punkt.save()
    out.navn = "Ute; og, \\ inne"
    out.save()

    kort = les(client.get(KORTET))

    assert felt(kort, "tel") == ["+4746934634"]
    assert felt(kort, "fn") == [out.navn]
    assert felt(kort, "x-ablabel") == [f"A{ord_[1:]}".replace("\n", " ")]


def test_no_name_of_a_person_goes_along(out, koordinator):
    KontaktpunktFactory(
        tjeneste=out, verdi="469 34 634", synlighet="tjenester", person="Et Navn"
    )

    assert "Et Navn" in koordinator.get(SIDEN).text
    svar = koordinator.get(KORTET)
    assert felt(les(svar), "tel") == ["+4746934634"]
    assert "Et Navn" not in svar.text


def test_what_another_kommune_shares_has_a_card_and_a_code_there(
    out, nabokommune, nabo, client
):
    KontaktpunktFactory(tjeneste=out, verdi="469 34 634")
    KontaktpunktFactory(tjeneste=out, verdi="469 34 635", synlighet="tjenester")
    der = "/lorenskog/tjenester/utekontakten/"
    assert client.get(f"{der}kontakt.vcf").status_code == 404
    TjenestekommuneFactory(tjeneste=out, kommune=nabokommune)

    for klient in (client, nabo):
        kort = les(klient.get(f"{der}kontakt.vcf"))
        assert felt(kort, "tel") == ["+4746934634"]
        assert felt(kort, "uid") == [f"http://testserver{der}"]
    assert client.get(f"{der}kode.svg").content != client.get(KODEN).content


@pytest.mark.parametrize("hvorfor", ["uten", "nett", "skjult", "nedlagt"])
def test_where_nothing_can_be_stored_nothing_is_offered(hvorfor, out, client):
    felter = {
        "nett": {"type": Type.NETT, "verdi": "https://example.org/"},
        "skjult": {"synlighet": "koordinator"},
    }
    if hvorfor != "uten":
        KontaktpunktFactory(tjeneste=out, **felter.get(hvorfor, {}))
    if hvorfor == "nedlagt":
        out.nedlagt = date(2026, 1, 1)
        out.save()

    assert KORTET not in dict(Lest(client.get(SIDEN)).lenker)
    assert client.get(KORTET).status_code == 404


def test_the_card_costs_the_same_for_one_and_three(kommune, out, client):
    kostet = []
    for _nr in range(3):
        sted = StedFactory(kommune=kommune)
        punkt = KontaktpunktFactory(tjeneste=out, sted=sted)
        Apningstid.objects.create(
            kontaktpunkt=punkt, fra_dag=0, til_dag=4, apner=time(9), stenger=time(15)
        )
        with CaptureQueriesContext(connection) as sporringer:
            les(client.get(KORTET))
        kostet.append(len(sporringer))

    assert kostet == [kostet[0]] * 3


def test_the_code_leads_to_the_page_and_holds_no_number(out, client, settings):
    settings.SITE_URL = "https://slt.example.org"
    KontaktpunktFactory(tjeneste=out, verdi="469 34 634")
    side = Lest(client.get(SIDEN))
    assert (KORTET, "Lagre kontakten på telefonen") in side.lenker
    assert f'src="{KODEN}"' in client.get(SIDEN).text
    assert 'alt="QR-kode til siden om Utekontakten"' in client.get(SIDEN).text

    svar = client.get(KODEN)

    assert svar["Content-Type"] == "image/svg+xml"
    assert svar["Content-Disposition"] == 'inline; filename="utekontakten.svg"'
    tegning = ElementTree.fromstring(svar.content)  # noqa: S314 (our own)
    assert tegning.find(f"{SVG}title").text == "QR-kode til siden om Utekontakten"
    # Styles and scripts would be refused.
    assert {e.tag.removeprefix(SVG) for e in tegning.iter()} == {"svg", "title", "path"}
    assert not [e for e in tegning.iter() if {"style", "class"} & set(e.attrib)]
    # It has as many modules as the address takes, and white around them.
    side = segno.make_qr(f"https://slt.example.org{SIDEN}", error="m")
    bredde, hoyde = side.symbol_size(border=4)
    assert tegning.get("viewBox") == f"0 0 {bredde} {hoyde}"


def test_of_what_is_not_there_there_is_no_code(out, client):
    annen = TjenesteFactory(kommune=KommuneFactory(), navn="Nabotjenesten")

    for sted in (annen.slug, "finnes-ikke"):
        for fil in ("kode.svg", "kontakt.vcf"):
            adresse = f"/lillestrom/tjenester/{sted}/{fil}"
            assert client.get(adresse).status_code == 404
    assert client.get("/finnes-ikke/tjenester/utekontakten/kode.svg").status_code == 404
