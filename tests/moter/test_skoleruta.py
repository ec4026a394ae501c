"""Many holidays at once: read from a file or a text, looked over, put in."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from moter.models import Motefri
from tests.conftest import innlogget
from tests.factories import MotefriFactory, TilgangFactory
from tests.innsending import innsending
from tests.lest import Lest
from tests.moter.test_ferier import ics

FRI = "/lillestrom/moteplan/motefri/"
LES, LEGG_INN = f"{FRI}les/", f"{FRI}legg-inn/"
TEKST = """Skoleruta
Høstferie 4.–8. oktober 2027
Vinterferie: uke 8 2028
"""
HOST = ("Høstferie", date(2027, 10, 4), date(2027, 10, 8))
VINTER = ("Vinterferie", date(2028, 2, 21), date(2028, 2, 25))


@pytest.fixture(autouse=True)
def _i_dag(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_a: date(2027, 8, 16))


@pytest.fixture
def koordinator(kommune):
    """One who was it before the day that is today here."""
    return innlogget(TilgangFactory(kommune=kommune, fra=date(2026, 1, 1)).bruker)


def alle():
    return list(Motefri.objects.order_by("fra").values_list("navn", "fra", "til"))


def fil(innhold, navn="skoleruta.ics"):
    return SimpleUploadedFile(navn, innhold, "text/calendar")


def test_pasted_holidays_are_shown_and_then_put_in(koordinator, kommune):
    side = koordinator.post(LES, {"limt_inn": TEKST})

    assert (side.status_code, alle()) == (200, [])
    assert "Dette ble ikke lest: Skoleruta: Fant ingen dag." in Lest(side).tekst
    svar = koordinator.post(LEGG_INN, innsending(side), follow=True)

    assert alle() == [HOST, VINTER]
    assert svar.redirect_chain == [(FRI, 302)]
    assert "2 ferier er lagt inn." in Lest(svar).tekst
    assert {rad.kommune for rad in Motefri.objects.all()} == {kommune}
    assert Motefri.historikk.count() == 2


def test_a_calendar_file_is_read(koordinator):
    innhold = ics(
        [
            "SUMMARY:Høstferie",
            "DTSTART;VALUE=DATE:20271004",
            "DTEND;VALUE=DATE:20271009",
        ]
    )

    side = koordinator.post(LES, {"fil": fil(innhold)})
    koordinator.post(LEGG_INN, innsending(side))

    assert alle() == [HOST]


def test_events_that_were_not_read_are_told(koordinator):
    innhold = ics(
        ["SUMMARY:Høstferie", "DTSTART;VALUE=DATE:20271004", "DURATION:P5D"],
        ["SUMMARY:Jul", "DTSTART;VALUE=DATE:00001220"],
    )

    side = koordinator.post(LES, {"fil": fil(innhold), "limt_inn": "Fri uke 36-34"})
    koordinator.post(LEGG_INN, innsending(side))

    ulest = "Jul 00001220: Fant ingen dag. Fri uke 36-34: Ukene går baklengs."
    assert f"Dette ble ikke lest: {ulest}" in Lest(side).tekst
    assert alle() == [HOST]


def test_what_is_there_already_is_not_shown_again(koordinator, kommune):
    MotefriFactory(kommune=kommune, navn=HOST[0], fra=HOST[1], til=HOST[2])

    side = koordinator.post(LES, {"limt_inn": TEKST})
    koordinator.post(LEGG_INN, innsending(side))
    igjen = koordinator.post(LES, {"limt_inn": TEKST}, follow=True)

    assert alle() == [HOST, VINTER]
    assert "Alt som ble lest, er ført opp fra før." in Lest(igjen).tekst


def test_rows_are_corrected_left_out_and_left_empty(koordinator):
    side = koordinator.post(LES, {"limt_inn": f"{TEKST}Fri 1. mai 2028\n"})
    data = innsending(side) | {
        "rad-0-til": "2027-10-09",
        "rad-1-DELETE": "on",
        "rad-2-fra": "",
        "rad-2-til": "",
    }

    koordinator.post(LEGG_INN, data)

    assert alle() == [(*HOST[:2], date(2027, 10, 9))]


def test_a_school_year_can_be_filled_in(koordinator):
    side = koordinator.post(LES, {"handling": "tomt"})
    data = innsending(side)
    navn = [data[f"rad-{nr}-navn"] for nr in range(5)]
    assert navn == [
        *("høstferie", "juleferie", "vinterferie", "påskeferie", "sommerferie")
    ]

    koordinator.post(
        LEGG_INN, data | {"rad-4-fra": "2028-06-20", "rad-4-til": "2028-08-15"}
    )

    assert alle() == [("sommerferie", date(2028, 6, 20), date(2028, 8, 15))]


@pytest.mark.parametrize(
    ("endret", "feil"),
    [
        ({"rad-0-til": "2027-10-01"}, "Den siste dagen kan ikke være før den første."),
        ({"rad-0-navn": ""}, "Feltet er påkrevet."),
        ({"rad-0-fra": ""}, "Feltet er påkrevet."),
        ({"rad-0-navn": "01010050053"}, "fødselsnummer"),
        (
            {
                "rad-1-navn": "Høstferie",
                "rad-1-fra": "2027-10-04",
                "rad-1-til": "2027-10-05",
            },
            "Denne ferien står her to ganger.",
        ),
    ],
)
def test_a_row_that_is_wrong_is_marked_and_nothing_is_put_in(koordinator, endret, feil):
    data = innsending(koordinator.post(LES, {"limt_inn": TEKST})) | endret

    svar = koordinator.post(LEGG_INN, data)

    assert (svar.status_code, alle()) == (422, [])
    assert feil in Lest(svar).tekst
    # What was typed stays, to be mended.
    for navn in ("navn", "fra", "til"):
        felt = f"rad-0-{navn}"
        assert innsending(svar).get(felt, "") == str(data[felt])


def test_what_was_put_in_meanwhile_is_not_put_in_twice(koordinator, kommune):
    side = koordinator.post(LES, {"limt_inn": TEKST})
    MotefriFactory(kommune=kommune, navn=HOST[0], fra=HOST[1], til=HOST[2])

    svar = koordinator.post(LEGG_INN, innsending(side))

    assert (svar.status_code, alle()) == (422, [HOST])
    assert "Denne tiden er allerede ført opp." in Lest(svar).tekst


@pytest.mark.parametrize(
    ("data", "feil"),
    [
        ({}, "Fant ingen dager her."),
        ({"limt_inn": "Skoleruta"}, "Fant ingen dager her."),
        ({"limt_inn": "Fri uke 36-34"}, "Fri uke 36-34: Ukene går baklengs."),
        ({"limt_inn": "x" * 20_001}, "20000 eller færre tegn"),
        ({"fil": b"%PDF-1.7"}, "Filen er ingen kalenderfil."),
        ({"fil": ics(["SUMMARY:Uten dag"])}, "Fant ingen dager her."),
        ({"fil": b"x" * 300_001}, "Filen er for stor."),
    ],
)
def test_what_can_not_be_read_is_said_beside_the_field(koordinator, data, feil):
    if "fil" in data:
        data = {"fil": fil(data["fil"])}

    svar = koordinator.post(LES, data)

    assert svar.status_code == 422
    assert feil in Lest(svar).tekst


def test_more_rows_than_there_is_room_for_are_refused(koordinator):
    data = {"rad-TOTAL_FORMS": "5000", "rad-INITIAL_FORMS": "0"}

    svar = koordinator.post(LEGG_INN, data)

    assert (svar.status_code, alle()) == (422, [])


def test_others_read_and_put_in_nothing(nabo, client, koordinator):
    data = innsending(koordinator.post(LES, {"limt_inn": TEKST}))

    svar = [
        nabo.post(LES, {"limt_inn": TEKST}).status_code,
        nabo.post(LEGG_INN, data).status_code,
        client.post(LEGG_INN, data).status_code,
        koordinator.get(LES).status_code,
        koordinator.get(LEGG_INN).status_code,
    ]

    assert svar == [404, 404, 302, 405, 405]
    assert alle() == []
