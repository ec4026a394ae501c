"""Where a round ends: who is asked no more, who is late, what is answered anew, and what a
round that was sent does not change."""

from datetime import date, time, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    AnsvarFactory,
    BekreftelseFactory,
    EndringsforslagFactory,
    ForesporselFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    RundeFactory,
    SvarlenkeFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tests.tiltak.test_endringsforslag import behandle, foresla
from tests.tiltak.test_runder import med_lenke, sendt, side, stemmer
from tiltak.models import (
    Apningstid,
    Bekreftelse,
    Endringsforslag,
    Foresporsel,
    Svarlenke,
)
from tiltak.runder.lop import lag_runde, legg_ut, send, send_pa_nytt


@pytest.fixture(autouse=True)
def _tom(monkeypatch, settings):
    cache.clear()
    settings.SITE_URL = "https://slt.example"
    # Whatever month it is when this runs.
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)


@pytest.fixture
def tjeneste(kommune):
    tjeneste = TjenesteFactory(kommune=kommune, svaransvarlig="ute@kommunen.no")
    KontaktpunktFactory(tjeneste=tjeneste, verdi="22 22 22 22")
    return tjeneste


def i_gar():
    return timezone.localdate() - timedelta(days=1)


def er_over(runde):
    runde.frist = i_gar()
    runde.save()


# Who answers ------------------------------------------------------------------------------


def test_of_what_is_closed_nobody_is_asked_in_whatever_way(tjeneste, koordinator):
    tjeneste.nedlagt = i_gar()
    tjeneste.save()
    i_mote = reverse("tiltak:kontaktmote_stemmer", args=["lillestrom", tjeneste.pk])

    assert koordinator.get(side(tjeneste)).status_code == 404
    assert koordinator.post(i_mote).status_code == 404
    assert Bekreftelse.objects.count() == 0


def test_who_is_late_answers_what_the_newest_link_was_made_for(tjeneste):
    klient = Client()
    for nr in range(2):
        foresporsel = ForesporselFactory(tjeneste=tjeneste)
        avtrykk = Svarlenke.avtrykk_av(f"sen-{nr}")
        SvarlenkeFactory(foresporsel=foresporsel, avtrykk=avtrykk)
        klient.post(reverse("svarlenke", args=[f"sen-{nr}"]))
        er_over(foresporsel.runde)

    stemmer(klient, tjeneste)

    svar = Foresporsel.objects.order_by("pk").values_list("svar", flat=True)
    assert list(svar) == ["", "stemmer"]


def test_what_stands_in_an_area_that_is_not_published_is_not_told(tjeneste):
    omrade = InnsatsomradeFactory(plan__kommune=tjeneste.kommune, publisert=False)
    tiltak = PlasseringFactory(innsatsomrade=omrade).tiltak
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    klient, _lenke = med_lenke(tjeneste)

    assert tiltak.tittel not in Lest(klient.get(side(tjeneste))).tekst


def test_who_tries_very_often_has_to_wait(tjeneste, monkeypatch):
    monkeypatch.setattr("tiltak.runder.views.svar.FORSOK_I_MINUTTET", 1)
    klient, _lenke = med_lenke(tjeneste)
    adresse = side(tjeneste, "svar_sporres_ikke")

    klient.post(adresse)
    svar = klient.post(adresse, {"spor": "ja"})

    assert "For mange forsøk" in Lest(klient.get(svar.url)).tekst
    tjeneste.refresh_from_db()
    assert tjeneste.sporres_ikke


# What is answered -------------------------------------------------------------------------


def test_of_what_was_answered_the_last_word_stands(tjeneste):
    klient, lenke = med_lenke(tjeneste)

    stemmer(klient, tjeneste)
    foresla(klient, tjeneste, "ansvar", svaransvarlig="ny@kommunen.no")

    assert Foresporsel.objects.get().svar == "ikke_ansvar"
    assert Endringsforslag.objects.get().foresporsel == lenke.foresporsel


def test_hours_that_were_changed_meanwhile_are_not_confirmed(tjeneste):
    klient, _lenke = med_lenke(tjeneste)
    sett = klient.get(side(tjeneste)).context["sett"]
    Apningstid.objects.create(
        kontaktpunkt=tjeneste.kontaktpunkter.get(),
        fra_dag=0,
        til_dag=4,
        apner=time(8),
        stenger=time(12),
    )

    svar = klient.post(side(tjeneste, "svar_stemmer"), {"sett": sett})

    assert (svar.status_code, Bekreftelse.objects.count()) == (409, 0)


def test_a_round_shows_the_parts_that_it_asks_for(tjeneste):
    runde = RundeFactory(kommune=tjeneste.kommune, deler=["tiltak"])
    avtrykk = Svarlenke.avtrykk_av("deler")
    SvarlenkeFactory(
        foresporsel=ForesporselFactory(tjeneste=tjeneste, runde=runde), avtrykk=avtrykk
    )
    klient = Client()
    klient.post(reverse("svarlenke", args=["deler"]))

    assert klient.get(side(tjeneste)).context["deler"] == []
    stemmer(klient, tjeneste)
    assert Bekreftelse.objects.count() == 0


def test_hours_that_are_taken_in_take_the_place_of_the_others(tjeneste, koordinator):
    punkt = tjeneste.kontaktpunkter.get()
    tid = {"fra_dag": 0, "til_dag": 4, "apner": "08:00", "stenger": "12:00"}
    Apningstid.objects.create(kontaktpunkt=punkt, **tid)
    Apningstid.objects.create(kontaktpunkt=punkt, **tid | {"fra_dag": 3})
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste,
        kontaktpunkt=punkt,
        innhold={"apningstider": [tid | {"stenger": "15:30"}]},
    )

    behandle(koordinator, "godta", forslag)

    tider = punkt.apningstider.values_list("fra_dag", "apner", "stenger")
    assert list(tider) == [(0, time(8), time(15, 30))]


def test_what_is_to_go_cannot_be_written_in_other_words(tjeneste, koordinator):
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste,
        slag="bort",
        kontaktpunkt=tjeneste.kontaktpunkter.get(),
        innhold={},
    )
    adresse = reverse("tiltak:forslag_endre", args=["lillestrom", forslag.pk])

    assert koordinator.get(adresse).status_code == 404


# Sending ----------------------------------------------------------------------------------


def test_a_draft_that_lay_there_still_gives_time_to_answer(kommune, tjeneste):
    runde = lag_runde(kommune, date(2026, 2, 3))

    send(runde)

    runde.refresh_from_db()
    assert runde.frist >= timezone.localdate() + timedelta(days=21)


def test_who_does_not_want_to_be_asked_gets_no_mail_that_still_lay_there(
    kommune, tjeneste
):
    foresporsel = ForesporselFactory(tjeneste=tjeneste, epost="ute@kommunen.no")
    tjeneste.sporres_ikke = True
    tjeneste.save()

    assert legg_ut(foresporsel.runde) == 0


def test_what_is_over_is_not_asked_once_more(kommune, tjeneste):
    runde = sendt(kommune)
    er_over(runde)

    assert not send_pa_nytt(runde.foresporsler.get())
    assert runde.foresporsler.get().lenker.gyldige().count() == 1


def test_what_was_sent_is_not_written_again(kommune, tjeneste, koordinator):
    runde = sendt(kommune)
    adresse = reverse("tiltak:runde", args=["lillestrom", runde.pk])

    koordinator.post(adresse, {"sporsmal": "Noe annet", "frist": "2199-01-01"})

    for_ = (runde.sporsmal, runde.frist)
    runde.refresh_from_db()
    assert (runde.sporsmal, runde.frist) == for_


# In a meeting -----------------------------------------------------------------------------


def test_in_a_meeting_those_that_nobody_confirmed_lately_come_first(
    kommune, tjeneste, koordinator
):
    fersk, snart = (
        KontaktpunktFactory(
            tjeneste__kommune=kommune, tjeneste__navn=navn, verdi="33 33 33 33"
        )
        for navn in ("Fersk", "Snart")
    )
    BekreftelseFactory(kontaktpunkt=fersk)
    dato = timezone.localdate() - timedelta(days=200)
    BekreftelseFactory(kontaktpunkt=snart, dato=dato)
    uten = TjenesteFactory(kommune=kommune, navn="Uten kontakt")
    TjenesteFactory(kommune=kommune, nedlagt=i_gar())

    vist = koordinator.get(reverse("tiltak:kontaktmote", args=["lillestrom"])).context

    assert {t.pk for t in vist["gjenstar"]} == {tjeneste.pk, snart.tjeneste_id}
    assert [t.pk for t in vist["ferske"]] == [fersk.tjeneste_id]
    assert vist["uten_kontakt"] == [uten]
