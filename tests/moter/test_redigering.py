"""The forms for series and single meetings: who may, what is shown before it is saved,
and what is refused with the typed values kept."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from moter.models import Mote, Moteserie
from moter.moteplan.serier import avslutt, fyll
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    MoteFactory,
    MoteserieFactory,
    TilgangFactory,
)
from tests.innsending import innsending
from tests.lest import Lest

# A Wednesday.
NAA = datetime(2027, 3, 3, 11, tzinfo=UTC)
PERSONNUMMER = "01010050053"
PAKREVD = "er påkrevet"
KONFLIKT = "Noen andre endret dette mens du skrev."
SE_NAA = "Se siden slik den er nå (åpnes i en ny fane)"
LANGT_UNNA = "Skriv en dag fra år 2000 til ti år fram i tid."
SLUTTER_FOR = "Møtet må slutte etter at det begynner."
SERIE = {
    "regel": "uker",
    "antall": "6",
    "ukedag": "1",
    "nummer": "",
    "ukenumre": "",
    "fra": "2027-03-02",
    "til": "",
    "start_kl": "09:00",
    "slutt_kl": "10:30",
    "sted": "Rådhuset",
    "motelenke": "",
}
MOTE = {
    "dag": "2027-03-10",
    "start_kl": "09:00",
    "slutt_kl": "10:00",
    "sted": "Rådhuset",
    "motelenke": "https://example.org/mote",
}


@pytest.fixture(autouse=True)
def _klokken(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NAA)


@pytest.fixture
def forum(kommune):
    return ForumFactory(kommune=kommune, navn="Arbeidsgruppe")


@pytest.fixture
def serie(forum):
    """Every sixth Tuesday from 13 April 2027 at nine; eight meetings."""
    serie = MoteserieFactory(forum=forum, antall=6, fra=date(2027, 4, 13))
    fyll(serie=serie)
    return serie


@pytest.fixture
def mote(serie):
    return serie.moter.order_by("start")[0]


def til(navn, *args):
    return reverse(f"moter:{navn}", args=["lillestrom", *args])


def ny(navn, forum):
    return f"{til(navn)}?forum={forum.slug}"


def alt():
    """Every row that the forms can change, and how much history there is."""
    return [
        (list(modell.objects.order_by("pk").values()), modell.historikk.count())
        for modell in (Moteserie, Mote)
    ]


def send(klient, adresse, **endret):
    """Opens the form, changes it, sends it."""
    return klient.post(adresse, innsending(klient.get(adresse), **endret))


def bekreft(klient, adresse, svar, **endret):
    """Sends what was shown, by the button that saves."""
    merke = svar.context["skjema"].merke
    return klient.post(adresse, innsending(svar, bekreft=merke, **endret))


def feil(svar, skjema="skjema"):
    """{field: message}, all of which stand on the page."""
    assert svar.status_code == 422
    ut = {felt: str(f[0]) for felt, f in svar.context[skjema].errors.items()}
    tekst = Lest(svar).tekst
    assert all(" ".join(melding.split()) in tekst for melding in ut.values())
    return ut


def lasing(sporringer):
    """The first question that reads rows of kommuner alone, in order, to lock them."""
    return next(
        s["sql"]
        for s in sporringer
        if s["sql"].startswith('SELECT "slt_kommune"."id" AS "pk" FROM')
    )


# Who may ------------------------------------------------------------------------------


@pytest.fixture
def sider(forum, serie, mote):
    """(method, address) of all that the forms do."""
    skjemaer = [
        ny("serie_ny", forum),
        til("serie_endre", serie.pk),
        til("serie_avslutt", serie.pk),
        ny("mote_ny", forum),
        til("mote_endre", mote.pk),
    ]
    knapper = [
        til(navn, mote.pk) for navn in ("mote_avlys", "mote_gjenopprett", "mote_slipp")
    ]
    return [
        *(("get", side) for side in skjemaer),
        *(("post", side) for side in skjemaer + knapper),
    ]


def svarene(klient, sider):
    return {getattr(klient, metode)(side).status_code for metode, side in sider}


def test_the_pages_are_not_there_for_others(kommune, nabo, forum, sider, client):
    ForumskommuneFactory(forum=forum, kommune=nabo.bruker.koordinerer.get())
    medlem = ForumsmedlemFactory(forum=forum, bruker=BrukerFactory()).bruker
    politirad = TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD).bruker
    for_ = alt()

    # A neighbour that takes part sees the inside, but does not keep the forum.
    assert svarene(nabo, sider) == {404}
    assert svarene(innlogget(medlem), sider) == {404}
    assert svarene(innlogget(politirad), sider) == {404}
    assert svarene(client, sider) == {302}
    assert alt() == for_


def test_they_are_not_under_another_kommune(nabokommune, koordinator, sider):
    TilgangFactory(kommune=nabokommune, bruker=koordinator.bruker)

    hos_naboen = [(m, s.replace("/lillestrom/", "/lorenskog/")) for m, s in sider]

    assert svarene(koordinator, hos_naboen) == {404}


@pytest.mark.parametrize("navn", ["mote_avlys", "mote_gjenopprett", "mote_slipp"])
def test_buttons_are_not_addresses_to_open(koordinator, mote, navn):
    for_ = alt()

    assert koordinator.get(til(navn, mote.pk)).status_code == 405
    assert alt() == for_


@pytest.mark.parametrize("metode", ["put", "delete", "patch"])
def test_other_methods(koordinator, forum, serie, metode):
    for side in (ny("serie_ny", forum), til("serie_endre", serie.pk)):
        assert getattr(koordinator, metode)(side).status_code == 405


@pytest.mark.parametrize("navn", ["serie_ny", "mote_ny"])
@pytest.mark.parametrize("valgt", ["", "?forum=", "?forum=finnes-ikke", "?forum=%00"])
def test_without_a_forum_there_is_nothing_to_plan(koordinator, forum, navn, valgt):
    assert koordinator.get(til(navn) + valgt).status_code == 404


@pytest.mark.parametrize("navn", ["serie_ny", "mote_ny"])
def test_a_forum_that_was_closed_gets_no_new_meetings(koordinator, forum, navn):
    forum.nedlagt = date(2027, 3, 1)
    forum.save()

    assert koordinator.get(ny(navn, forum)).status_code == 404
    assert koordinator.post(ny(navn, forum), SERIE | MOTE).status_code == 404


# A new series -------------------------------------------------------------------------


def test_the_first_dates_are_shown_and_nothing_is_saved(koordinator, forum):
    svar = koordinator.post(ny("serie_ny", forum), SERIE)

    assert svar.status_code == 200
    tekst = Lest(svar).tekst
    assert "Tirsdag hver 6. uke, 09.00–10.30" in tekst
    assert "8 nye møter" in tekst
    assert "tir 13. april 2027 09.00" in tekst.lower()
    assert innsending(svar)["sted"] == "Rådhuset"
    assert (Moteserie.objects.count(), Mote.objects.count()) == (0, 0)


def test_what_was_shown_is_saved(koordinator, forum):
    adresse = ny("serie_ny", forum)
    svar = bekreft(koordinator, adresse, koordinator.post(adresse, SERIE))

    serie = Moteserie.objects.get()
    assert (svar.status_code, svar["Location"]) == (302, til("serie_endre", serie.pk))
    assert (serie.forum, serie.antall, serie.ukedag, serie.start_kl) == (
        forum,
        6,
        1,
        time(9),
    )
    assert [m.dag for m in serie.moter.all()][:2] == [
        date(2027, 4, 13),
        date(2027, 5, 25),
    ]
    assert serie.historikk.get().history_user == koordinator.bruker
    siden = Lest(koordinator.get(svar["Location"])).tekst
    assert "Møteserien er lagt inn." in siden
    assert "tirsdag 13. april 2027, 09.00–10.30" in siden.lower()


def test_sending_it_twice_makes_one_series(koordinator, forum):
    adresse = ny("serie_ny", forum)
    vist = koordinator.post(adresse, SERIE)
    bekreft(koordinator, adresse, vist)

    svar = bekreft(koordinator, adresse, vist)

    assert "Forumet har allerede møter" in feil(svar)["start_kl"]
    assert Moteserie.objects.count() == 1


def test_what_was_not_shown_is_not_saved(koordinator, forum):
    adresse = ny("serie_ny", forum)
    vist = koordinator.post(adresse, SERIE)

    svar = bekreft(koordinator, adresse, vist, antall="3")

    assert svar.status_code == 200
    assert "Se over på nytt" in Lest(svar).tekst
    assert Moteserie.objects.count() == 0


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({"antall": "0"}, {"antall": "større enn eller lik 1"}),
        ({"antall": "53"}, {"antall": "mindre enn eller lik 52"}),
        ({"antall": ""}, {"antall": PAKREVD}),
        ({"antall": "9" * 400}, {"antall": ""}),
        ({"ukedag": ""}, {"ukedag": PAKREVD}),
        ({"ukedag": "7"}, {"ukedag": "gyldig valg"}),
        ({"regel": "aldri"}, {"regel": "gyldig valg"}),
        ({"regel": "maned", "nummer": ""}, {"nummer": "hvilken av månedens"}),
        ({"regel": "ukenumre", "ukenumre": ""}, {"ukenumre": "Skriv ukenumrene."}),
        ({"regel": "ukenumre", "ukenumre": "54"}, {"ukenumre": "fra 1 til 53"}),
        ({"regel": "ukenumre", "ukenumre": "uke 8"}, {"ukenumre": "fra 1 til 53"}),
        ({"regel": "ukenumre", "ukenumre": "1_0, +5"}, {"ukenumre": "fra 1 til 53"}),
        ({"fra": ""}, {"fra": PAKREVD}),
        ({"fra": "2027-02-30"}, {"fra": "ikke en dato"}),
        ({"fra": "0001-01-01"}, {"fra": LANGT_UNNA}),
        ({"fra": "9999-12-31"}, {"fra": LANGT_UNNA}),
        ({"til": "9999-12-31"}, {"til": LANGT_UNNA}),
        ({"til": "2027-03-01"}, {"til": "kan ikke være før den første"}),
        ({"fra": "2027-03-10", "til": "2027-03-15"}, {"til": "Det blir ingen møter"}),
        (
            {"fra": "2026-03-03", "til": "2027-01-01"},
            {"til": "ingen møter fra i dag av"},
        ),
        ({"slutt_kl": "09:00"}, {"slutt_kl": SLUTTER_FOR}),
        ({"slutt_kl": "08:00"}, {"slutt_kl": SLUTTER_FOR}),
        ({"start_kl": "25:00"}, {"start_kl": "Skriv et klokkeslett"}),
        (
            {"antall": "1", "ukedag": "6", "start_kl": "02:30"},
            {"start_kl": "Klokken stilles den 28. mars 2027"},
        ),
        (
            {"antall": "1", "ukedag": "6", "start_kl": "01:00", "slutt_kl": "02:30"},
            {"slutt_kl": "Klokken stilles den 28. mars 2027"},
        ),
        ({"motelenke": "javascript:alert(1)"}, {"motelenke": ""}),
        ({"sted": f"Hos {PERSONNUMMER}"}, {"sted": "fødselsnummer"}),
        ({"sted": "x" * 121}, {"sted": "120"}),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_said_beside_its_field(
    koordinator, forum, felter, ventet
):
    svar = koordinator.post(ny("serie_ny", forum), SERIE | felter)

    meldinger = feil(svar)
    assert list(meldinger) == list(ventet)
    assert all(ventet[felt] in meldinger[felt] for felt in ventet)
    # What was typed is there still.
    assert innsending(svar) | SERIE | felter == innsending(svar)
    assert "Ingenting er lagret ennå" in Lest(svar).tekst
    assert (Moteserie.objects.count(), Mote.objects.count()) == (0, 0)


@pytest.mark.parametrize("ar", ["0001", "1899", "1999", "2050", "2200", "9999"])
@pytest.mark.parametrize("felt", ["fra", "til"])
def test_a_day_is_told_of_one_limit(koordinator, forum, felt, ar):
    svar = koordinator.post(ny("serie_ny", forum), SERIE | {felt: f"{ar}-03-02"})

    for_den_forste = felt == "til" and ar < SERIE["fra"]
    melding = "Den siste dagen kan ikke være før den første."
    assert svar.context["skjema"].errors == {
        felt: [melding if for_den_forste else LANGT_UNNA]
    }


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        (
            {"nummer": "1", "ukenumre": "tull"},
            {"regel": "uker", "antall": 6, "nummer": None, "ukenumre": ""},
        ),
        (
            {"regel": "maned", "nummer": "-1", "ukenumre": "99", "antall": "1"},
            {"regel": "maned", "antall": 1, "nummer": -1, "ukenumre": ""},
        ),
        (
            {"regel": "ukenumre", "ukenumre": "34, 40 og 46", "antall": "x"},
            {"regel": "ukenumre", "antall": 1, "nummer": None},
        ),
        ({"start_kl": "9.15"}, {"start_kl": time(9, 15)}),
        ({"fra": "2.3.2027"}, {"fra": date(2027, 3, 2)}),
    ],
    ids=str,
)
def test_what_the_rule_does_not_ask_for_counts_for_nothing(
    koordinator, forum, felter, ventet
):
    adresse = ny("serie_ny", forum)
    bekreft(koordinator, adresse, koordinator.post(adresse, SERIE | felter))

    serie = Moteserie.objects.get()
    assert {felt: getattr(serie, felt) for felt in ventet} == ventet


def test_week_53_is_taken_and_explained(koordinator, forum):
    adresse = ny("serie_ny", forum)
    vist = koordinator.post(
        adresse, SERIE | {"regel": "ukenumre", "ukenumre": "10, 53"}
    )

    assert "Uke 53 finnes bare noen år. Neste gang er møtet 28. desember 2032" in (
        Lest(vist).tekst
    )
    bekreft(koordinator, adresse, vist)
    assert [m.dag for m in Mote.objects.all()] == [date(2027, 3, 9)]


@pytest.mark.parametrize(
    "felter",
    [{"regel": "ukenumre", "ukenumre": "53"}, {"fra": "2031-01-01"}],
    ids=str,
)
def test_a_series_may_begin_later_than_meetings_are_made(koordinator, forum, felter):
    adresse = ny("serie_ny", forum)
    vist = koordinator.post(adresse, SERIE | felter)

    assert "Møtene legges inn når det er under ett år til" in Lest(vist).tekst
    bekreft(koordinator, adresse, vist)
    assert (Moteserie.objects.count(), Mote.objects.count()) == (1, 0)


def test_when_the_forum_meets_already_it_is_said(koordinator, forum):
    MoteFactory(forum=forum, start=datetime(2027, 4, 13, 7, tzinfo=UTC))

    svar = koordinator.post(ny("serie_ny", forum), SERIE)

    assert "7 nye møter" in Lest(svar).tekst
    assert "Forumet har allerede et annet møte på samme tid" in Lest(svar).tekst
    assert "13.4.2027" in Lest(svar).tekst


# Changing a series --------------------------------------------------------------------


def test_what_a_change_does_is_shown_first(koordinator, serie, mote):
    mote.fastsatt = True
    mote.save()
    for_ = alt()

    svar = send(koordinator, til("serie_endre", serie.pk), ukedag="3", antall="12")

    tekst = Lest(svar).tekst
    for ordene in (
        "3 møter flyttes",
        "4 møter avlyses",
        "1 er bestemt for hånd og står: 13.4.2027",
    ):
        assert ordene in tekst
    assert alt() == for_


def test_what_was_shown_happens(koordinator, serie, mote):
    uid = mote.uid
    adresse = til("serie_endre", serie.pk)

    svar = bekreft(
        koordinator,
        adresse,
        send(koordinator, adresse, ukedag="3", begrunnelse="Rektorene kan torsdager"),
    )

    assert (svar.status_code, svar["Location"]) == (302, adresse)
    mote.refresh_from_db()
    assert (mote.dag, mote.uid, mote.sekvens) == (date(2027, 4, 15), uid, 1)
    for rad in (serie, mote):
        siste = rad.historikk.first()
        assert (siste.history_dor, siste.history_change_reason) == (
            "skjema",
            "Rektorene kan torsdager",
        )


def test_opening_and_saving_changes_nothing(koordinator, serie):
    for_, adresse = alt(), til("serie_endre", serie.pk)

    vist = send(koordinator, adresse)
    bekreft(koordinator, adresse, vist)

    assert "Ingen møter endres." in Lest(vist).tekst
    assert alt() == for_


def test_a_series_that_somebody_else_changed_is_not_written_over(koordinator, serie):
    adresse = til("serie_endre", serie.pk)
    data = innsending(koordinator.get(adresse), sted="Biblioteket")
    serie.sted = "Kulturhuset"
    serie.save()

    svar = koordinator.post(adresse, data)

    assert KONFLIKT in feil(svar)["__all__"]
    assert (adresse, SE_NAA) in Lest(svar).lenker
    assert innsending(svar)["sted"] == "Biblioteket"
    serie.refresh_from_db()
    assert serie.sted == "Kulturhuset"
    # In knowledge of it, the next try goes through.
    vist = koordinator.post(adresse, innsending(svar))
    assert bekreft(koordinator, adresse, vist).status_code == 302
    serie.refresh_from_db()
    assert serie.sted == "Biblioteket"


def test_when_a_meeting_changed_meanwhile_it_is_shown_again(koordinator, serie, mote):
    adresse = til("serie_endre", serie.pk)
    vist = send(koordinator, adresse, ukedag="3")
    mote.fastsatt = True
    mote.save()

    svar = bekreft(koordinator, adresse, vist)

    assert svar.status_code == 200
    assert "Se over på nytt" in Lest(svar).tekst
    serie.refresh_from_db()
    assert serie.ukedag == 1


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"antall": "0"}, "antall"),
        ({"til": "2027-04-01"}, "til"),
        ({"slutt_kl": "08:00"}, "slutt_kl"),
    ],
)
def test_a_bad_change_changes_nothing(koordinator, serie, felter, felt):
    for_ = alt()

    svar = send(koordinator, til("serie_endre", serie.pk), **felter)

    assert list(feil(svar)) == [felt]
    assert SE_NAA not in svar.text
    assert innsending(svar) | felter == innsending(svar)
    assert alt() == for_


def test_a_series_leads_back_to_the_plan_of_meetings(koordinator, forum, serie):
    for adresse in (til("serie_endre", serie.pk), ny("serie_ny", forum)):
        lest = Lest(koordinator.get(adresse))
        assert (til("moteplan"), "Møteplan") in lest.alle_lenker
        assert (til("moteplan"), "Avbryt") in lest.lenker


# The end of a series ------------------------------------------------------------------


def test_a_series_is_ended(koordinator, serie):
    adresse = til("serie_avslutt", serie.pk)
    vist = send(
        koordinator, adresse, til="2027-05-25", begrunnelse="Prosjektet er ferdig"
    )
    assert "6 møter avlyses" in Lest(vist).tekst
    assert serie.moter.holdes().count() == 8

    svar = bekreft(koordinator, adresse, vist)

    assert svar["Location"] == til("serie_endre", serie.pk)
    serie.refresh_from_db()
    assert serie.til == date(2027, 5, 25)
    assert serie.moter.holdes().count() == 2
    assert serie.historikk.first().history_change_reason == "Prosjektet er ferdig"


@pytest.mark.parametrize(
    ("dag", "melding"),
    [
        ("", PAKREVD),
        ("2027-04-12", "kan ikke være før den første"),
        ("9999-12-31", LANGT_UNNA),
        ("i morgen", "ikke en dato"),
    ],
)
def test_an_end_that_makes_no_sense(koordinator, serie, dag, melding):
    for_ = alt()

    svar = send(koordinator, til("serie_avslutt", serie.pk), til=dag)

    assert melding in feil(svar)["til"]
    assert innsending(svar)["til"] == dag
    assert alt() == for_


# Single meetings ----------------------------------------------------------------------


def test_a_new_meeting(koordinator, forum):
    svar = koordinator.post(ny("mote_ny", forum), MOTE)

    mote = Mote.objects.get()
    assert svar["Location"] == til("mote_endre", mote.pk)
    assert (mote.forum, mote.serie, mote.sted, mote.motelenke) == (
        forum,
        None,
        "Rådhuset",
        "https://example.org/mote",
    )
    assert (mote.start, mote.slutt) == (
        datetime(2027, 3, 10, 8, tzinfo=UTC),
        datetime(2027, 3, 10, 9, tzinfo=UTC),
    )
    assert "Møtet er lagret." in Lest(koordinator.get(svar["Location"])).tekst


def test_one_that_was_held_may_be_noted_afterwards(koordinator, forum):
    svar = koordinator.post(ny("mote_ny", forum), MOTE | {"dag": "2026-11-03"})

    assert svar.status_code == 302
    assert Mote.objects.get().dag == date(2026, 11, 3)


UGYLDIGE_MOTER = [
    ({"dag": ""}, {"dag": PAKREVD}),
    ({"dag": "2027-02-29"}, {"dag": "ikke en dato"}),
    ({"dag": "0001-01-01"}, {"dag": LANGT_UNNA}),
    ({"dag": "9999-12-31"}, {"dag": LANGT_UNNA}),
    ({"start_kl": ""}, {"start_kl": PAKREVD}),
    ({"slutt_kl": "kveld"}, {"slutt_kl": "Skriv et klokkeslett"}),
    ({"slutt_kl": "09:00"}, {"slutt_kl": SLUTTER_FOR}),
    ({"slutt_kl": "07:00"}, {"slutt_kl": SLUTTER_FOR}),
    (
        {"dag": "2027-03-28", "start_kl": "02:30"},
        {"start_kl": "Klokken stilles den 28. mars 2027"},
    ),
    (
        {"dag": "2027-10-31", "start_kl": "01:00", "slutt_kl": "02:30"},
        {"slutt_kl": "Klokken stilles den 31. oktober 2027"},
    ),
    (
        {"dag": "2027-05-25", "start_kl": "09:00"},
        {"start_kl": "Forumet har allerede et møte da."},
    ),
    ({"motelenke": "http://"}, {"motelenke": ""}),
    ({"sted": PERSONNUMMER}, {"sted": "fødselsnummer"}),
]


@pytest.mark.parametrize(("felter", "ventet"), UGYLDIGE_MOTER, ids=str)
@pytest.mark.parametrize("hva", ["ny", "endre"])
def test_a_meeting_that_makes_no_sense(
    koordinator, forum, serie, mote, hva, felter, ventet
):
    adresse = ny("mote_ny", forum) if hva == "ny" else til("mote_endre", mote.pk)
    for_ = alt()

    svar = send(koordinator, adresse, **MOTE | felter)

    meldinger = feil(svar)
    assert list(meldinger) == list(ventet)
    assert all(ventet[felt] in meldinger[felt] for felt in ventet)
    assert innsending(svar) | MOTE | felter == innsending(svar)
    assert alt() == for_


def test_a_meeting_is_moved_and_stays_so(koordinator, mote):
    uid = mote.uid

    svar = send(
        koordinator,
        til("mote_endre", mote.pk),
        dag="2027-04-15",
        start_kl="12:00",
        slutt_kl="13:00",
        begrunnelse="Sykdom",
    )

    assert svar.status_code == 302
    mote.refresh_from_db()
    assert (mote.start, mote.fastsatt, mote.sekvens, mote.uid) == (
        datetime(2027, 4, 15, 10, tzinfo=UTC),
        True,
        1,
        uid,
    )
    assert mote.opprinnelig_dato == date(2027, 4, 13)
    siste = mote.historikk.first()
    assert (siste.history_dor, siste.history_change_reason) == ("skjema", "Sykdom")


def test_another_place_by_hand_is_not_taken_back_by_the_series(
    koordinator, serie, mote
):
    send(koordinator, til("mote_endre", mote.pk), sted="Biblioteket")

    adresse = til("serie_endre", serie.pk)
    bekreft(koordinator, adresse, send(koordinator, adresse, sted="Rådhuset"))

    mote.refresh_from_db()
    assert (mote.sted, mote.fastsatt) == ("Biblioteket", True)
    assert serie.moter.filter(sted="Rådhuset").count() == 7


def test_saving_a_meeting_without_a_change_changes_nothing(koordinator, mote):
    for_ = alt()

    assert send(koordinator, til("mote_endre", mote.pk)).status_code == 302

    assert alt() == for_


def test_a_meeting_that_somebody_else_changed_is_not_written_over(koordinator, mote):
    adresse = til("mote_endre", mote.pk)
    data = innsending(koordinator.get(adresse), sted="Biblioteket")
    mote.sted = "Kulturhuset"
    mote.save()

    svar = koordinator.post(adresse, data)

    assert KONFLIKT in feil(svar)["__all__"]
    assert (adresse, SE_NAA) in Lest(svar).lenker
    assert innsending(svar)["sted"] == "Biblioteket"
    mote.refresh_from_db()
    assert mote.sted == "Kulturhuset"


# Back to the series -------------------------------------------------------------------


def test_a_meeting_decided_by_hand_is_given_back_to_its_series(
    koordinator, serie, mote
):
    start, antall = mote.start, serie.moter.count()
    adresse = til("mote_endre", mote.pk)
    assert til("mote_slipp", mote.pk) not in koordinator.get(adresse).text
    send(koordinator, adresse, dag=str(mote.dag + timedelta(days=1)), sted="Annet sted")
    mote.refresh_from_db()
    assert (mote.fastsatt, mote.start) == (True, start + timedelta(days=1))
    assert til("mote_slipp", mote.pk) in koordinator.get(adresse).text

    svar = koordinator.post(til("mote_slipp", mote.pk), follow=True)

    assert "Møtet følger serien igjen." in Lest(svar).tekst
    mote.refresh_from_db()
    assert (mote.fastsatt, mote.start, mote.sted) == (False, start, serie.sted)
    assert serie.moter.count() == antall
    assert koordinator.post(til("mote_slipp", mote.pk)).status_code == 404


def test_a_meeting_that_its_series_has_no_room_for_is_cancelled(
    koordinator, serie, mote
):
    mote = serie.moter.last()
    mote.fastsatt = True
    mote.save()
    avslutt(serie=serie, dag=serie.fra)

    svar = koordinator.post(til("mote_slipp", mote.pk), follow=True)

    assert "Serien har ikke noe møte da, så møtet er avlyst." in Lest(svar).tekst
    mote.refresh_from_db()
    assert (mote.er_avlyst, mote.fastsatt) == (True, False)


def test_a_past_meeting_is_neither_kept_nor_given_back(koordinator, serie):
    for_lengst = timezone.now() - timedelta(days=20)
    holdt = MoteFactory(
        forum=serie.forum,
        serie=serie,
        start=for_lengst,
        opprinnelig_dato=timezone.localdate(for_lengst),
    )
    side = koordinator.get(til("mote_endre", holdt.pk)).text

    for navn in ("mote_behold", "mote_slipp"):
        assert til(navn, holdt.pk) not in side
        assert koordinator.post(til(navn, holdt.pk)).status_code == 404


# Cancelling ---------------------------------------------------------------------------


def test_a_meeting_is_cancelled_with_a_reason(koordinator, mote):
    svar = koordinator.post(
        til("mote_avlys", mote.pk), {"avlys-begrunnelse": "Ingen saker denne gangen"}
    )

    assert svar["Location"] == til("mote_endre", mote.pk)
    mote.refresh_from_db()
    assert (mote.status, mote.fastsatt, mote.sekvens) == ("avlyst", True, 1)
    siste = mote.historikk.first()
    assert siste.history_change_reason == "Ingen saker denne gangen"
    assert "Møtet er avlyst." in Lest(koordinator.get(svar["Location"])).tekst


def test_a_reason_with_an_identity_number_is_refused(koordinator, mote):
    for_ = alt()

    svar = koordinator.post(
        til("mote_avlys", mote.pk), {"avlys-begrunnelse": f"Gjelder {PERSONNUMMER}"}
    )

    assert "fødselsnummer" in feil(svar, "avlys")["begrunnelse"]
    assert svar.context["avlys"]["begrunnelse"].value() == f"Gjelder {PERSONNUMMER}"
    assert alt() == for_


def test_a_cancelled_meeting_is_held_all_the_same(koordinator, mote):
    koordinator.post(til("mote_avlys", mote.pk))

    koordinator.post(til("mote_gjenopprett", mote.pk))

    mote.refresh_from_db()
    assert (mote.status, mote.fastsatt, mote.sekvens) == ("planlagt", True, 2)


def test_but_not_when_the_forum_meets_then(koordinator, forum, mote):
    koordinator.post(til("mote_avlys", mote.pk))
    MoteFactory(forum=forum, start=mote.start, slutt=mote.slutt)

    svar = koordinator.post(til("mote_gjenopprett", mote.pk), follow=True)

    assert "Forumet har allerede et møte da." in Lest(svar).tekst
    mote.refresh_from_db()
    assert mote.er_avlyst


def test_nor_when_the_forum_is_laid_down_by_then(koordinator, forum, mote):
    koordinator.post(til("mote_avlys", mote.pk))
    forum.nedlagt = mote.dag - timedelta(days=1)
    forum.save()

    svar = koordinator.post(til("mote_gjenopprett", mote.pk), follow=True)

    assert "Forumet er nedlagt fra" in Lest(svar).tekst
    mote.refresh_from_db()
    assert mote.er_avlyst


def test_a_cancelled_meeting_may_be_moved_to_where_there_is_room(
    koordinator, forum, mote
):
    koordinator.post(til("mote_avlys", mote.pk))
    MoteFactory(forum=forum, start=mote.start, slutt=mote.slutt)

    send(koordinator, til("mote_endre", mote.pk), dag="2027-04-14")
    koordinator.post(til("mote_gjenopprett", mote.pk))

    mote.refresh_from_db()
    assert (mote.dag, mote.er_avlyst) == (date(2027, 4, 14), False)


def test_the_page_of_a_series_costs_the_same_for_more_meetings(
    koordinator, serie, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        koordinator.get(til("serie_endre", serie.pk))

    assert serie.moter.count() == 8


@pytest.mark.parametrize(
    "navn",
    [
        *("serie_ny", "serie_endre", "serie_avslutt", "mote_ny", "mote_endre"),
        *("mote_avlys", "mote_gjenopprett", "mote_flytt", "mote_behold"),
        "mote_slipp",
    ],
)
def test_all_who_write_lock_the_same_kommuner_in_the_same_order(
    navn, koordinator, forum, nabokommune, serie, mote
):
    ForumskommuneFactory(forum=forum, kommune=nabokommune)
    adresse = (
        ny(navn, forum)
        if navn.endswith("_ny")
        else til(navn, serie.pk if navn.startswith("serie") else mote.pk)
    )

    with CaptureQueriesContext(connection) as sporringer:
        koordinator.post(adresse, {"dag": "2027-04-14"})

    las = lasing(sporringer)
    pker = re.search(r"IN \((.*?)\) ORDER BY 1 ASC", las)[1]
    assert {int(pk) for pk in pker.split(", ")} == {forum.kommune_id, nabokommune.pk}


def test_nobody_locks_kommuner_in_another_way():
    laser = {
        f"{mappe}/{fil.relative_to(settings.BASE_DIR / mappe)}": linjer
        for mappe in ("slt", "tiltak", "moter", "evaluering")
        for fil in (settings.BASE_DIR / mappe).rglob("*.py")
        if (linjer := fil.read_text("utf-8").count("select_for_update"))
    }

    # The others lock administrators, mail, and an import once its kommune is locked.
    assert laser == {
        "slt/models/kommune.py": 1,
        "slt/admin.py": 1,
        "slt/felles/utsending.py": 3,
        "evaluering/tall/tallimport.py": 1,
        "tiltak/innlesing/arbeid.py": 1,
    }
