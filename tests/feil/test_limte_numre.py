"""Telephone numbers as people paste them: read, and shown in one way, or refused with a
word on what to do."""

import pytest

from slt.grunn.telefon import les_telefon
from tests.factories import KontaktpunktFactory, TjenesteFactory
from tests.innsending import innsending
from tests.lest import Lest
from tests.slt.test_admin import feil as adminfeil
from tests.slt.test_admin import legg_til
from tiltak.models import Kontaktpunkt

VAKTA = "469 34 634"
# What is pasted, and what is stored and shown.
FORSTAS = {
    "46934634": VAKTA,
    " 469 34 634 ": VAKTA,
    "46 93 46 34": VAKTA,
    "469\u00a034\u00a0634": VAKTA,
    "469\u202f34\u2009634": VAKTA,
    "\u200b469\u200b34634\ufeff": VAKTA,
    "\u202a+47 469 34 634\u202c": VAKTA,
    "469\u00ad34\u2060634": VAKTA,
    "469-34-634": VAKTA,
    "469\u201134\u2011634": VAKTA,
    "46–93–46–34": VAKTA,
    "469\u221234\u2212634": VAKTA,
    "46.93.46.34": VAKTA,
    "46/93/46/34": VAKTA,
    "(469) 34 634": VAKTA,
    "[469] 34 634": VAKTA,
    "+4746934634": VAKTA,
    "+ 47 469 34 634": VAKTA,
    "+47-469-34-634": VAKTA,
    "(+47) 469 34 634": VAKTA,
    "+47 (0) 469 34 634": VAKTA,
    "0047 469 34 634": VAKTA,
    "(0047)46934634": VAKTA,
    "47 469 34 634": VAKTA,
    "tel:+4746934634": VAKTA,
    "tel:+47%20469%2034%20634": VAKTA,
    "sms:46934634": VAKTA,
    "tlf. 46 93 46 34": VAKTA,
    "Telefon: 469 34 634.": VAKTA,
    "Mobil:\t46934634": VAKTA,
    "469 34 634 (vakt)": VAKTA,
    "４６９ ３４ ６３４": VAKTA,
    "64993000": "64 99 30 00",
    "Sentralbord: 64 99 30 00": "64 99 30 00",
    "800 80 000": "800 80 000",
    "112": "112",
    "Ring 113!": "113",
    "tel:110": "110",
    "02 800": "02800",
    "+47 02800": "02800",
    "Politiet: 02800.": "02800",
    "116117": "116 117",
    "116\u00a0117": "116 117",
    "Legevakt 116 117 (hele døgnet)": "116 117",
    "116 111": "116 111",
    "+46 8-123 456 78": "+46 8 123 456 78",
    "0046 8 123 456 78": "+46 8 123 456 78",
    "+46 (0)8 123 456 78": "+46 8 123 456 78",
}
FLERE = (
    "Her står det flere telefonnumre. La bare ett stå, for eksempel 469 34 634.",
    "Legg hvert av de andre til som et eget kontaktpunkt.",
)
MER = (
    (
        "Her står det flere sifre enn telefonnummeret. Skriv bare nummeret, for eksempel "
        "469 34 634."
    ),
)
INTET = (
    (
        "Dette er ikke et telefonnummer. Norske numre har åtte eller fem sifre, for eksempel "
        "469 34 634; utenlandske begynner med + og landkoden."
    ),
)
AVVISES = {
    "469 34 634 / 908 21 722": FLERE,
    "46934634, 90821722": FLERE,
    "469 34 634 eller 908 21 722": FLERE,
    "46 93 46 34 90 82 17 22": FLERE,
    "+47 469 34 634 og +47 908 21 722": FLERE,
    "112/113": FLERE,
    "02800 eller 116 117": FLERE,
    "64 99 30 00 lokal 12": MER,
    "469 34 634 kl. 9-15": MER,
    "46934634;ext=2": MER,
    "ring oss": INTET,
    "(vakt)": INTET,
    "469 34 63": INTET,
    "046934634": INTET,
    "12 34 56 78": INTET,
    "115 000": INTET,
    "+47 469 34 634 55": INTET,
    "+46 12345": INTET,
}


@pytest.fixture
def punkt(kommune):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    return KontaktpunktFactory(tjeneste=tjeneste, verdi="22 22 22 22")


def test_what_is_pasted_is_stored_and_shown_in_one_way(punkt, koordinator, tell):
    adresse = f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/"
    lagret, vist = {}, {}
    for limt in FORSTAS:
        svar = koordinator.post(
            adresse, innsending(koordinator.get(adresse), verdi=limt)
        )
        assert svar.status_code == 302, (limt, svar.context["skjema"].hoved.errors)
        punkt.refresh_from_db()
        lagret[limt], vist[limt] = punkt.verdi, punkt.visning
        punkt.verdi = "22 22 22 22"
        punkt.save()

    assert lagret == FORSTAS
    assert vist == FORSTAS
    assert {tekst: les_telefon(tekst) for tekst in vist.values()} == {
        tekst: tekst for tekst in vist.values()
    }
    tell("ways of pasting one telephone number, all read", len(FORSTAS))


def test_what_is_not_one_number_is_refused_and_kept(punkt, koordinator, tell):
    adresse = f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/"
    sagt = {}
    for limt in AVVISES:
        svar = koordinator.post(
            adresse, innsending(koordinator.get(adresse), verdi=limt)
        )
        assert svar.status_code == 422, limt
        sagt[limt] = tuple(svar.context["skjema"].hoved.errors["verdi"])
        assert innsending(svar)["verdi"] == limt
        assert all(melding in Lest(svar).tekst for melding in sagt[limt])
        punkt.refresh_from_db()
        assert punkt.verdi == "22 22 22 22"

    assert sagt == AVVISES
    tell("texts that are not one telephone number, all refused", len(AVVISES))


def test_the_admin_reads_and_refuses_the_same(punkt, koordinator):
    lagret, sagt = {}, {}
    for limt in FORSTAS:
        Kontaktpunkt.objects.exclude(pk=punkt.pk).delete()
        svar = legg_til(
            koordinator,
            Kontaktpunkt,
            tjeneste=punkt.tjeneste_id,
            type="telefon",
            verdi=limt,
        )
        assert adminfeil(svar) == {}, limt
        lagret[limt] = Kontaktpunkt.objects.exclude(pk=punkt.pk).get().verdi
    for limt in AVVISES:
        svar = legg_til(
            koordinator,
            Kontaktpunkt,
            tjeneste=punkt.tjeneste_id,
            type="sms",
            verdi=limt,
        )
        sagt[limt] = tuple(adminfeil(svar)["verdi"])

    assert (lagret, sagt) == (FORSTAS, AVVISES)


def test_two_ways_of_writing_are_one_number(punkt, koordinator):
    """So that no tjeneste has it twice."""
    for limt, melding in {
        "469 34 634": {},
        "46934634": {"verdi": ["Tjenesten har allerede dette kontaktpunktet."]},
        "+47 46 93 46 34": {"verdi": ["Tjenesten har allerede dette kontaktpunktet."]},
    }.items():
        svar = legg_til(
            koordinator,
            Kontaktpunkt,
            tjeneste=punkt.tjeneste_id,
            type="telefon",
            verdi=limt,
        )
        assert (limt, adminfeil(svar)) == (limt, melding)


def test_the_telephone_of_the_kommune_is_read_alike(kommune, koordinator):
    """Also where what is pasted is longer than what is stored."""
    adresse = "/lillestrom/innstillinger/kommunen/"
    lagret, sagt = {}, {}
    for limt in FORSTAS:
        svar = koordinator.post(
            adresse, innsending(koordinator.get(adresse), telefon=limt)
        )
        assert svar.status_code == 302, (limt, svar.context["skjema"].hoved.errors)
        kommune.refresh_from_db()
        lagret[limt] = kommune.telefon
    for limt in AVVISES:
        svar = koordinator.post(
            adresse, innsending(koordinator.get(adresse), telefon=limt)
        )
        sagt[limt] = tuple(svar.context["skjema"].hoved.errors["telefon"])
        assert innsending(svar)["telefon"] == limt

    assert lagret == FORSTAS
    assert sagt == {limt: meldinger[:1] for limt, meldinger in AVVISES.items()}
