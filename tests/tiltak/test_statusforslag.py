"""What becomes of what a tjeneste says of how it goes: the coordinator takes it in, writes
down what they hear, and goes through it in a meeting."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.conftest import innlogget
from tests.factories import (
    EndringsforslagFactory,
    ForesporselFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    RundeFactory,
    StatusrapportFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.skjemasvar import sporringer
from tests.tiltak.test_endringsforslag import behandle
from tests.tiltak.test_runder import med_lenke, side, stemmer
from tests.tiltak.test_status import (
    LISTEN,
    STILLE,
    UENDRET,
    adresse,
    avloses,
    nytt,
    svar_med,
    trykk,
)
from tiltak.models import (
    Endringsforslag,
    Foresporsel,
    Statusrapport,
    Tiltak,
)


@pytest.fixture(autouse=True)
def _tom():
    cache.clear()


@pytest.fixture
def omrade(kommune):
    return InnsatsomradeFactory(plan__kommune=kommune)


@pytest.fixture
def tjeneste(kommune):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    KontaktpunktFactory(tjeneste=tjeneste)
    return tjeneste


@pytest.fixture
def tiltak(omrade, tjeneste):
    return nytt(omrade, tjeneste, "Natteravner")


# What the coordinator does with it --------------------------------------------------------


@pytest.mark.parametrize(
    ("for_", "tilstand", "etter"),
    [
        ("i_drift", "avsluttet", "avsluttet"),
        ("i_drift", "ikke_startet", "planlagt"),
        ("i_drift", "annerledes", "i_drift"),
        ("innforing", "som_planlagt", "innforing"),
        ("planlagt", "ikke_startet", "planlagt"),
    ],
)
def test_what_follows_for_the_tiltak_is_shown_before_it_is_taken_in(
    for_, tilstand, etter, omrade, tjeneste, koordinator
):
    tiltak = nytt(omrade, tjeneste, "Natteravner", status=for_)
    klient, _lenke = med_lenke(tjeneste)
    svar_med(klient, tjeneste, tiltak, tilstand=tilstand, kommentar="Slik ble det.")

    [rad] = koordinator.get(LISTEN).context["forslagene"]
    behandle(koordinator, "godta", Endringsforslag.objects.get())

    ord_ = dict(Tiltak.Status.choices)
    vist = [
        (str(na), str(ny)) for hva, na, ny, _e in rad.forskjeller if hva == "status"
    ]
    assert vist == ([(ord_[for_], ord_[etter])] if etter != for_ else [])
    tiltak.refresh_from_db()
    assert tiltak.status == etter
    assert Statusrapport.objects.get().tilstand == tilstand


def test_of_a_plan_that_was_superseded_meanwhile_the_note_is_taken_in_alone(
    tjeneste, tiltak, koordinator
):
    klient, _lenke = med_lenke(tjeneste)
    svar_med(klient, tjeneste, tiltak, tilstand="avsluttet", kommentar="Ferdig.")
    avloses(tiltak)

    behandle(koordinator, "godta", Endringsforslag.objects.get())

    assert Statusrapport.objects.get().tilstand == "avsluttet"
    tiltak.refresh_from_db()
    assert tiltak.status == "i_drift"


def test_it_can_be_written_anew_before_it_is_taken_in(tjeneste, tiltak, koordinator):
    klient, _lenke = med_lenke(tjeneste)
    svar_med(klient, tjeneste, tiltak, tilstand="avsluttet", kommentar="Ferdig.")
    forslag = Endringsforslag.objects.get()
    siden = reverse("tiltak:forslag_endre", args=["lillestrom", forslag.pk])
    skjemaet = koordinator.get(siden)

    svar = koordinator.post(siden, innsending(skjemaet, kommentar="Ferdig i mai."))

    assert "Natteravner" in Lest(skjemaet).tekst
    assert svar.status_code == 302
    rapport = Statusrapport.objects.get()
    assert (rapport.kommentar, rapport.fra) == ("Ferdig i mai.", "Utekontakten")
    tiltak.refresh_from_db()
    forslag.refresh_from_db()
    assert (tiltak.status, forslag.tilstand) == ("avsluttet", "godtatt")


def test_why_it_was_set_aside_is_told(tjeneste, tiltak, koordinator):
    klient, _lenke = med_lenke(tjeneste)
    svar_med(klient, tjeneste, tiltak, **STILLE)

    behandle(
        koordinator, "avvis", Endringsforslag.objects.get(), svar="Skolen er klar nå."
    )

    siden = Lest(klient.get(side(tjeneste))).tekst
    assert "Skolen er klar nå." in siden
    assert Statusrapport.objects.count() == 0
    svar_med(klient, tjeneste, tiltak, tilstand="som_planlagt", kommentar="")
    tilstander = Endringsforslag.objects.order_by("pk").values_list("tilstand")
    assert [t for (t,) in tilstander] == ["avvist", "venter"]


@pytest.mark.parametrize(
    "innhold",
    [
        {},
        {"tilstand": "bra"},
        UENDRET | {"tilstand": "star_stille"},
        UENDRET | {"frist": "i morgen"},
        UENDRET | {"antall": "mange"},
        UENDRET | {"antall_av": "elever"},
        UENDRET | {"kommentar": None},
    ],
)
def test_what_cannot_be_read_is_said_and_not_taken_in(
    innhold, tjeneste, tiltak, koordinator
):
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste,
        tiltak=tiltak,
        kontaktpunkt=None,
        slag="status",
        innhold=innhold,
    )

    listen = koordinator.get(LISTEN)
    behandle(koordinator, "godta", forslag)

    assert "kan ikke leses" in Lest(listen).tekst
    assert listen.context["uendrede"] == 0
    assert Statusrapport.objects.count() == 0


def alle_uendrede(koordinator, sett=None):
    sett = sett or koordinator.get(LISTEN).context["merke_uendrede"]
    return koordinator.post(f"{LISTEN}uendret/", {"sett": sett}, follow=True)


def test_all_that_say_no_change_are_taken_in_by_one_press(
    omrade, tjeneste, tiltak, koordinator
):
    andre = nytt(omrade, tjeneste, "Fritidsklubb")
    tredje = nytt(omrade, tjeneste, "Ungdomsråd")
    klient, _lenke = med_lenke(tjeneste)
    trykk(klient, tjeneste, tiltak)
    trykk(klient, tjeneste, andre)
    svar_med(klient, tjeneste, tredje, **STILLE)

    listen = koordinator.get(LISTEN)
    svar = alle_uendrede(koordinator)

    assert "Ta inn alle 2 som sier «ingen endring»" in Lest(listen).tekst
    assert "2 svar er tatt inn" in Lest(svar).tekst
    tatt = Statusrapport.objects.values_list("tiltak", "fra", "tilstand")
    assert set(tatt) == {
        (tiltak.pk, "Utekontakten", "som_planlagt"),
        (andre.pk, "Utekontakten", "som_planlagt"),
    }
    assert Endringsforslag.objects.som_venter().get().tiltak == tredje


def test_those_that_came_after_it_was_seen_are_not_taken_in(
    omrade, tjeneste, tiltak, koordinator
):
    andre = nytt(omrade, tjeneste, "Fritidsklubb")
    klient, _lenke = med_lenke(tjeneste)
    trykk(klient, tjeneste, tiltak)
    sett = koordinator.get(LISTEN).context["merke_uendrede"]
    trykk(klient, tjeneste, andre)

    svar = alle_uendrede(koordinator, sett)

    assert "Det er kommet andre svar" in Lest(svar).tekst
    assert Statusrapport.objects.count() == 0


def test_no_change_that_would_change_the_tiltak_is_taken_in_by_itself(
    tjeneste, tiltak, koordinator
):
    StatusrapportFactory(
        tiltak=tiltak,
        tjeneste=tjeneste,
        dato=timezone.localdate() - timedelta(days=200),
        tilstand="ikke_startet",
        kommentar="Mangler folk.",
    )
    klient, _lenke = med_lenke(tjeneste)
    trykk(klient, tjeneste, tiltak)

    assert koordinator.get(LISTEN).context["uendrede"] == 0


def test_the_list_asks_as_often_however_many_answers_wait(
    omrade, tjeneste, tiltak, koordinator
):
    klient, _lenke = med_lenke(tjeneste)
    trykk(klient, tjeneste, tiltak)
    ett = sporringer(koordinator, LISTEN)
    for nr in range(3):
        trykk(klient, tjeneste, nytt(omrade, tjeneste, f"Tiltak {nr}"))

    assert sporringer(koordinator, LISTEN) == ett


# What the coordinator writes down ---------------------------------------------------------


def test_what_the_coordinator_heard_is_taken_in_at_once(tjeneste, tiltak, koordinator):
    foresporsel = ForesporselFactory(tjeneste=tjeneste)

    svar_med(koordinator, tjeneste, tiltak, **STILLE, hvordan="telefon")

    rapport = Statusrapport.objects.get()
    assert (rapport.hvordan, rapport.runde, rapport.kommentar) == (
        "telefon",
        foresporsel.runde,
        "Venter på skolen.",
    )
    assert not Endringsforslag.objects.som_venter().exists()


def test_the_coordinator_says_how_they_know_it(tjeneste, tiltak, koordinator):
    ForesporselFactory(tjeneste=tjeneste)

    uten = trykk(koordinator, tjeneste, tiltak)
    med = trykk(koordinator, tjeneste, tiltak, hvordan="epost")

    assert (uten.status_code, med.status_code) == (422, 302)
    assert Statusrapport.objects.get().hvordan == "epost"


def test_what_the_coordinator_confirms_is_taken_in_too(tjeneste, tiltak, koordinator):
    ForesporselFactory(tjeneste=tjeneste)

    stemmer(koordinator, tjeneste, hvordan="mote")

    assert Statusrapport.objects.get().hvordan == "mote"
    assert Foresporsel.objects.get().svar == "stemmer"


def test_the_coordinator_writes_down_what_came_late(tjeneste, tiltak, koordinator):
    runde = ForesporselFactory(tjeneste=tjeneste).runde
    runde.frist = timezone.localdate() - timedelta(days=3)
    runde.save()

    trykk(koordinator, tjeneste, tiltak, hvordan="telefon")

    assert Statusrapport.objects.get().runde == runde


# In a meeting -----------------------------------------------------------------------------


def motet(runde):
    return reverse("tiltak:runde_mote", args=["lillestrom", runde.pk])


def test_in_a_meeting_those_not_answered_come_first_and_it_leads_back(
    omrade, tjeneste, tiltak, koordinator
):
    andre = nytt(omrade, tjeneste, "Fritidsklubb")
    runde = ForesporselFactory(tjeneste=tjeneste).runde
    siden = koordinator.get(motet(runde))
    [(hvem, kort)] = siden.context["gjenstar"]
    data = {"sett": kort[1].sett, "hvordan": "mote"}

    svar = koordinator.post(
        f"{adresse(tjeneste, tiltak, 'svar_uendret')}?fra=mote", data
    )
    etter = koordinator.get(motet(runde)).context

    assert (hvem, [k.tiltak for k in kort]) == (tjeneste, [andre, tiltak])
    assert svar.url == f"{motet(runde)}#t{tjeneste.pk}-{tiltak.pk}"
    assert Statusrapport.objects.get().hvordan == "mote"
    assert [k.tiltak for _t, kort in etter["gjenstar"] for k in kort] == [andre]
    assert [k.tiltak for _t, kort in etter["besvart"] for k in kort] == [tiltak]
    skjema = koordinator.get(f"{adresse(tjeneste, andre)}?fra=mote").context
    assert skjema["tilbake"] == f"{motet(runde)}#t{tjeneste.pk}-{andre.pk}"
    assert skjema["skjema"]["hvordan"].value() == "mote"


def test_who_was_not_asked_by_mail_is_asked_in_the_meeting(
    tjeneste, tiltak, koordinator
):
    runde = RundeFactory(kommune=tjeneste.kommune)
    [(_hvem, [kort])] = koordinator.get(motet(runde)).context["gjenstar"]

    koordinator.post(
        f"{adresse(tjeneste, tiltak, 'svar_uendret')}?fra=mote",
        {"sett": kort.sett, "hvordan": "mote"},
    )

    assert Statusrapport.objects.get().runde == runde
    assert Foresporsel.objects.get().tjeneste == tjeneste


@pytest.mark.parametrize(
    ("runden", "sier"),
    [
        ({"lukket": timezone.now()}, "Runden ble lukket"),
        ({"deler": ["kontakter"]}, "spør ikke om hvordan det går"),
        (
            {"frist": timezone.localdate() - timedelta(days=20)},
            "Svar skrives i den nyeste.",
        ),
        (
            {"startet": timezone.now() - timedelta(days=9)},
            "Svar skrives i den nyeste.",
        ),
    ],
)
def test_in_a_round_that_takes_no_answers_there_is_nothing_to_press(
    runden, sier, tjeneste, tiltak, koordinator
):
    runde = RundeFactory(kommune=tjeneste.kommune, **runden)
    if "startet" in runden:
        RundeFactory(kommune=tjeneste.kommune)

    siden = koordinator.get(motet(runde))

    assert sier in Lest(siden).tekst
    assert "svar_uendret" not in siden.text
    assert "ingen-endring" not in siden.text


def test_who_keeps_a_tjeneste_may_be_as_late_as_a_link(tjeneste, tiltak):
    runde = ForesporselFactory(tjeneste=tjeneste).runde
    runde.frist = timezone.localdate() - timedelta(days=2)
    runde.save()
    klient = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)

    svar = trykk(klient, tjeneste, tiltak)

    assert svar.status_code == 302
    assert Endringsforslag.objects.get().foresporsel.runde == runde


def test_the_meeting_asks_as_often_however_many_there_are(
    omrade, tjeneste, tiltak, koordinator
):
    runde = ForesporselFactory(tjeneste=tjeneste).runde
    ett = sporringer(koordinator, motet(runde))
    for nr in range(3):
        ny = nytt(omrade, TjenesteFactory(kommune=tjeneste.kommune), f"Tiltak {nr}")
        StatusrapportFactory(tiltak=ny, tjeneste=ny.ansvar.get().tjeneste)

    assert sporringer(koordinator, motet(runde)) == ett


def test_a_draft_and_another_kommunes_round_have_no_meeting(kommune, koordinator):
    runder = [RundeFactory(kommune=kommune, startet=None), RundeFactory()]

    assert [koordinator.get(motet(r)).status_code for r in runder] == [404, 404]
