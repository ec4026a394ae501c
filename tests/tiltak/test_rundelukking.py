"""A round that is closed: what stands of it is kept by name, nobody answers it, and it is
opened again with a reason."""

import csv
import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from slt.models import Kommune, Utsending
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    EndringsforslagFactory,
    HandlingsplanFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    RundeFactory,
    StatusrapportFactory,
    TilbudFactory,
    TilgangFactory,
)
from tests.lest import Lest
from tests.tiltak.test_rundens_gang import (
    STATUS,
    for_lenge_siden,
    med_tiltak,
    over,
    paminnelser,
    sa,
    sendt,
    side,
    stemmer,
)
from tests.tiltak.test_runder import lenkene
from tiltak.models import Endringsforslag, Foresporsel, Rundelukking, Rundevalg
from tiltak.models.runder import LENGER
from tiltak.runder.lop import send_pa_nytt
from tiltak.runder.lukking import gjenapne, lukk
from tiltak.runder.paminnelse import purr


@pytest.fixture(autouse=True)
def _tom(monkeypatch, settings):
    cache.clear()
    settings.SITE_URL = "https://slt.example"
    # Whatever month it is when this runs.
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)


@pytest.fixture
def runde(kommune):
    """One in which one has answered of one of two, and one is silent."""
    svarte, [forste, _andre] = med_tiltak(kommune, "Utekontakten", antall=2)
    med_tiltak(kommune, "Taus")
    TilbudFactory(kommune=kommune, tittel="Ingen svarer for det")
    runde = sendt(kommune)
    sa(
        runde,
        svarte,
        forste,
        "annerledes",
        kommentar="=Færre ansatte",
        antall=3,
        antall_av="foreldre",
        frist=date(2027, 3, 1),
        anbefaling="endre",
    )
    stemmer(runde, svarte)
    return runde


def lukket(runde):
    lukking = lukk(runde)
    runde.refresh_from_db()
    return lukking


def lest(klient, runde):
    """The page, without what is said once."""
    return Lest(klient.get(side(runde))).tekst


# Closing ----------------------------------------------------------------------------------


def test_who_has_not_answered_is_named_before_it_is_closed(runde, koordinator):
    svar = koordinator.get(side(runde, "runde_lukk"))

    tekst = Lest(svar).tekst
    assert [str(rad.tjeneste) for rad in svar.context["ubesvarte"]] == ["Taus"]
    assert "Utekontakten: mangler svar om 1 av 2 tiltak" in tekst
    assert "Fristen er ikke over" in tekst
    assert "1 forslag venter på deg. Det kan tas inn også etter" in tekst
    runde.refresh_from_db()
    assert runde.lukket is None


def test_a_round_is_closed_once_and_says_what_was_not_answered(runde, koordinator):
    for _gang in range(2):
        koordinator.post(side(runde, "runde_lukk"))
    tekst = lest(koordinator, runde)

    [lukking] = Rundelukking.objects.all()
    runde.refresh_from_db()
    assert runde.lukket == lukking.tid
    assert "0 av 2 svarte. 1 svarte på noe. 1 svarte ikke." in tekst
    assert "Ikke besvart" in tekst
    assert "færre enn 5 foreldre" in tekst
    assert (
        "1 svar ventet på deg da runden ble lukket. Det kan fortsatt tas inn." in tekst
    )
    assert "Ingen svarer for det" in tekst


def test_the_snapshot_is_by_name_and_tells_no_address(runde):
    innhold = lukket(runde).innhold

    assert innhold["versjon"] == 1
    assert "@" not in json.dumps(innhold)
    taus, ute = innhold["tjenester"]
    [tittel] = [t["tittel"] for t in taus["tiltak"]]
    assert taus == {"navn": "Taus", "stand": "ikke", "tiltak": [{"tittel": tittel}]}
    assert (ute["stand"], ute["svar"]) == ("delvis", "alt stemmer")
    [svart] = [t["svar"] for t in ute["tiltak"] if "svar" in t]
    assert svart == {
        "tilstand": "annerledes",
        "kommentar": "=Færre ansatte",
        "antall": 3,
        "antall_av": "foreldre",
        "frist": "2027-03-01",
        "anbefaling": "endre",
        "behandlet": "venter",
        "dato": timezone.localdate().isoformat(),
        "hvordan": "av tjenesten selv, med lenke",
    }


def test_what_is_deleted_and_changed_later_changes_nothing(runde, kommune, koordinator):
    lukking = lukket(runde)
    for_ = lest(koordinator, runde)
    tabell = reverse("tiltak:rundelukking_csv", args=["lillestrom", lukking.pk])
    tabellen_for = koordinator.get(tabell).content

    Endringsforslag.objects.all().get().delete()
    taus = runde.foresporsler.get(tjeneste__navn="Taus").tjeneste
    StatusrapportFactory(tiltak=TilbudFactory(kommune=kommune), tjeneste=taus)
    for tiltak in kommune.tiltak.all():
        tiltak.delete()
    taus.delete()
    annen = kommune.tjenester.get()
    annen.navn = "Et annet navn"
    annen.save()
    cache.clear()

    assert Foresporsel.objects.count() == 1
    assert lest(koordinator, runde) == for_
    assert koordinator.get(tabell).content == tabellen_for


def test_the_table_is_text_that_no_spreadsheet_runs(runde, koordinator):
    lukking = lukket(runde)

    svar = koordinator.get(
        reverse("tiltak:rundelukking_csv", args=["lillestrom", lukking.pk])
    )

    hode, *rader = csv.reader(StringIO(svar.content.decode("utf-8-sig")), delimiter=";")
    assert "attachment" in svar["Content-Disposition"]
    assert [len(rad) for rad in rader] == [len(hode)] * 3
    assert {rad[0] for rad in rader} == {"Taus", "Utekontakten"}
    [svart] = [rad for rad in rader if rad[5] == "annerledes enn planlagt"]
    assert svart[6:] == [
        "'=Færre ansatte",
        "",
        "",
        "færre enn 5 foreldre",
        "2027-03-01",
        "endre",
        "venter på koordinatoren",
        "0",
        "0",
    ]
    assert sorted(rad[5] for rad in rader if rad != svart) == ["ikke besvart"] * 2


def test_what_waits_when_it_is_closed_is_taken_in_still(runde, koordinator):
    lukket(runde)
    adresse = reverse("tiltak:forslag", args=["lillestrom"])
    [rad] = koordinator.get(f"{adresse}?runde={runde.pk}").context["forslagene"]

    koordinator.post(
        reverse("tiltak:forslag_godta", args=["lillestrom", rad.pk]),
        {"sett": rad.merket},
    )

    [rapport] = runde.statusrapporter.all()
    assert rapport.tilstand == "annerledes"


def test_the_proposals_of_one_round_are_shown_apart(runde, koordinator):
    annen = Endringsforslag.objects.create(
        tjeneste=runde.foresporsler.first().tjeneste,
        slag="ansvar",
        hvordan="konto",
    )
    adresse = reverse("tiltak:forslag", args=["lillestrom"])

    vist = {
        sporring: {
            f.pk for f in koordinator.get(adresse + sporring).context["forslagene"]
        }
        for sporring in ("", f"?runde={runde.pk}", "?runde=tull", "?runde=" + "9" * 40)
    }

    alle = {*Endringsforslag.objects.values_list("pk", flat=True)}
    assert vist[f"?runde={runde.pk}"] == alle - {annen.pk}
    assert vist[""] == vist["?runde=tull"] == vist["?runde=" + "9" * 40] == alle


def test_a_draft_cannot_be_closed(kommune, koordinator):
    utkast = RundeFactory(kommune=kommune, startet=None)

    svar = koordinator.post(side(utkast, "runde_lukk"))

    assert svar.status_code == 404
    assert lukk(utkast) is None
    assert not Rundelukking.objects.exists()


def test_there_is_one_closing_that_stands(runde):
    lukket(runde)

    with pytest.raises(IntegrityError), transaction.atomic():
        Rundelukking.objects.create(runde=runde)


def test_the_snapshot_says_of_which_plans_it_asked(runde, kommune):
    plan = HandlingsplanFactory(kommune=kommune, tittel="SLT-planen")
    Rundevalg.objects.create(runde=runde, plan=plan)

    innhold = lukket(runde).innhold
    plan.tittel = "Ny tittel"
    plan.save()

    assert innhold["valg"] == ["SLT-planen 2024–2028"]


# By night ---------------------------------------------------------------------------------


def natt():
    ut = StringIO()
    call_command("runder", stdout=ut)
    return ut.getvalue().strip()


@pytest.mark.parametrize(("dager", "ventet"), [(LENGER, 0), (LENGER + 1, 1)])
def test_when_the_links_are_over_it_is_closed_by_itself(
    dager, ventet, runde, koordinator
):
    over(runde, dager)

    for _gang in range(2):
        natt()

    assert Rundelukking.objects.count() == ventet
    tekst = lest(koordinator, runde)
    assert ("Lukket av seg selv da lenkene gikk ut." in tekst) == bool(ventet)


def test_where_one_cannot_be_closed_the_others_are(runde, monkeypatch):
    med_tiltak(annen := KommuneFactory())
    andres = sendt(annen)
    for rad in (runde, andres):
        over(rad, LENGER + 1)

    def lukker(rad, **kwargs):
        if rad == runde:
            raise RuntimeError("broken")
        return lukk(rad, **kwargs)

    monkeypatch.setattr("tiltak.runder.natt.lukk", lukker)
    with pytest.raises(ExceptionGroup):
        natt()

    assert [rad.runde for rad in Rundelukking.objects.all()] == [andres]


# What is closed ---------------------------------------------------------------------------


def test_what_is_closed_takes_no_answer_and_reminds_nobody(runde, koordinator):
    [til_taus] = lenkene(Utsending.objects.get(til="taus@kommunen.no"))
    klient = Client()
    klient.post(til_taus)
    lukket(runde)
    taus = runde.foresporsler.get(tjeneste__navn="Taus")
    svarside = reverse("tiltak:svar", args=["lillestrom", taus.tjeneste_id])
    stemmer_ = reverse("tiltak:svar_stemmer", args=["lillestrom", taus.tjeneste_id])

    les = klient.get(svarside)
    svar = klient.post(stemmer_, {"sett": les.context["sett"]})
    koordinator.post(side(runde, "runde_purr"))
    koordinator.post(
        reverse("tiltak:foresporsel_pa_nytt", args=["lillestrom", taus.pk])
    )

    taus.refresh_from_db()
    assert (les.status_code, svar.status_code) == (200, 409)
    assert "Runden ble lukket" in Lest(les).tekst
    assert (taus.svar, taus.purret) == ("", None)
    assert Utsending.objects.filter(til="taus@kommunen.no").count() == 1
    with pytest.raises(ValidationError):
        purr(runde)


# Opening again ----------------------------------------------------------------------------


def test_it_is_opened_again_with_a_reason_and_the_closing_stays_listed(
    runde, koordinator
):
    lukking = lukket(runde)
    adresse = side(runde, "runde_gjenapne")
    frist = str(timezone.localdate() + timedelta(days=7))

    uten = koordinator.post(adresse, {"frist": frist, "hvorfor": " "})
    fnr = koordinator.post(adresse, {"frist": frist, "hvorfor": "01010112377"})
    koordinator.post(adresse, {"frist": frist, "hvorfor": "Politiet ringte."})
    to_ganger = koordinator.post(adresse, {"frist": frist, "hvorfor": "Igjen."})

    assert (uten.status_code, fnr.status_code, to_ganger.status_code) == (422, 422, 302)
    assert "Skriv hvorfor runden åpnes igjen." in Lest(uten).tekst
    runde.refresh_from_db()
    lukking.refresh_from_db()
    assert (runde.lukket, str(runde.frist)) == (None, frist)
    assert lukking.hvorfor == "Politiet ringte."
    tekst = lest(koordinator, runde)
    assert "Lukket før" in tekst
    assert "Politiet ringte." in tekst
    gammel = reverse("tiltak:rundelukking", args=["lillestrom", lukking.pk])
    assert "1 svarte ikke." in Lest(koordinator.get(gammel)).tekst
    lukket(runde)
    assert Rundelukking.objects.count() == 2
    assert "Politiet ringte." in lest(koordinator, runde)


def test_a_deadline_that_is_over_must_be_a_new_one(runde, koordinator):
    over(runde, 3)
    lukket(runde)
    adresse = side(runde, "runde_gjenapne")

    vist = koordinator.get(adresse).context["skjema"]["frist"].value()
    gammel = koordinator.post(
        adresse, {"frist": str(runde.frist), "hvorfor": "De ringte."}
    )
    with pytest.raises(ValidationError, match="Fristen er over"):
        gjenapne(runde, "De ringte.")

    runde.refresh_from_db()
    assert vist is None
    assert gammel.status_code == 422
    assert "De ringte." in gammel.text
    assert runde.er_lukket


def test_links_that_are_not_over_hold_again_and_as_long_as_the_new_deadline(runde):
    [ute] = lenkene(Utsending.objects.get(til="utekontakten@kommunen.no"))
    [taus] = lenkene(Utsending.objects.get(til="taus@kommunen.no"))
    i_gar = timezone.localdate() - timedelta(days=1)
    utlopt = runde.foresporsler.get(tjeneste__navn="Taus").lenker.get()
    utlopt.fra = utlopt.til = i_gar
    utlopt.save()
    lukket(runde)

    gjenapne(runde, "De ringte.", frist=timezone.localdate() + timedelta(days=60))

    runde.refresh_from_db()
    koder = [Client().get(lenke).status_code for lenke in (ute, taus)]
    assert koder == [200, 404]
    [holder] = runde.foresporsler.get(tjeneste__navn="Utekontakten").lenker.all()
    assert holder.til == runde.lenkene_gjelder_til
    assert send_pa_nytt(runde.foresporsler.get(tjeneste__navn="Taus"))


def test_who_was_reminded_before_is_not_reminded_once_more(runde):
    for_lenge_siden(runde)
    purr(runde)
    lukket(runde)

    gjenapne(runde, "De ringte.")
    purr(runde)

    assert paminnelser().count() == 2
    assert {brev.til for brev in paminnelser()} == {
        "taus@kommunen.no",
        "utekontakten@kommunen.no",
    }


def si_fra_siden(runde):
    return side(runde, "runde_si_fra")


def test_who_has_not_answered_is_told_once_each_time_it_is_opened_again(
    runde, koordinator
):
    [ute, taus] = (
        Utsending.objects.get(til=til)
        for til in ("utekontakten@kommunen.no", "taus@kommunen.no")
    )
    gamle = [lenke for brev in (ute, taus) for lenke in lenkene(brev)]
    for_ = Lest(koordinator.get(side(runde))).tekst

    lukket(runde)
    gjenapne(runde, "Politiet ringte.")
    siden = Lest(koordinator.get(side(runde))).tekst
    svar = koordinator.post(si_fra_siden(runde), follow=True)
    igjen = koordinator.post(si_fra_siden(runde), follow=True)
    antall = Utsending.objects.filter(nokkel__contains=":igjen:").count()
    lukket(runde)
    gjenapne(runde, "Og barnevernet.")
    koordinator.post(si_fra_siden(runde))

    assert "Runden ble åpnet igjen" not in for_
    assert "Politiet ringte." in siden.split("har svart.")[0]
    assert "Si fra til de 2 som ikke har svart" in siden
    assert "2 e-poster med ny lenke ligger i utboksen." in Lest(svar).tekst
    assert "Si fra til" not in Lest(svar).tekst
    assert "Ingen å si fra til" in Lest(igjen).tekst
    brevene = Utsending.objects.filter(nokkel__contains=":igjen:").order_by("pk")
    assert (antall, len(brevene)) == (2, 4)
    assert {brev.til for brev in brevene} == {ute.til, taus.til}
    assert "Runden er åpnet igjen: Vi mangler svar fra" in brevene[0].emne
    nye = [lenke for brev in brevene[2:] for lenke in lenkene(brev)]
    assert {Client().get(lenke).status_code for lenke in gamle} == {404}
    assert {Client().get(lenke).status_code for lenke in nye} == {200}


def test_who_was_asked_anew_since_it_was_opened_knows(runde, koordinator):
    lukket(runde)
    gjenapne(runde, "De ringte.")
    send_pa_nytt(runde.foresporsler.get(tjeneste__navn="Taus"))

    koordinator.post(si_fra_siden(runde))

    [brev] = Utsending.objects.filter(nokkel__contains=":igjen:")
    assert brev.til == "utekontakten@kommunen.no"


@pytest.mark.parametrize("hva", ["juli", "over", "lukket", "aldri lukket"])
def test_nobody_is_told_when_there_is_nothing_to_tell(
    hva, runde, koordinator, monkeypatch
):
    if hva != "aldri lukket":
        lukket(runde)
    if hva in {"juli", "over"}:
        gjenapne(runde, "De ringte.")
    if hva == "juli":
        monkeypatch.setattr("tiltak.runder.lop.JULI", timezone.localdate().month)
    if hva == "over":
        runde.refresh_from_db()
        over(runde)
    antall = Utsending.objects.count()

    svar = koordinator.post(si_fra_siden(runde), follow=True)

    assert "Si fra til" not in Lest(svar).tekst
    assert Utsending.objects.count() == antall


# Who may, and what it costs ---------------------------------------------------------------


@pytest.mark.parametrize("navn", ["rundelukking", "rundelukking_csv"])
def test_what_was_is_the_coordinators(navn, runde, koordinator):
    rad = TilgangFactory(kommune=runde.kommune, rolle="politirad")
    lukking = lukket(runde)
    andres = Rundelukking.objects.create(runde=RundeFactory(kommune=KommuneFactory()))

    def kode(klient, rad):
        adresse = reverse(f"tiltak:{navn}", args=["lillestrom", rad.pk])
        return klient.get(adresse).status_code

    assert kode(koordinator, lukking) == 200
    assert kode(koordinator, andres) == 404
    assert kode(innlogget(rad.bruker), lukking) == 404
    assert kode(Client(), lukking) == 302


def test_to_close_costs_the_same_for_few_and_more(kommune):
    def kostnad(antall):
        tjeneste, tiltakene = med_tiltak(kommune, antall=antall)
        for _nr in range(antall):
            med_tiltak(kommune)
        runde = sendt(kommune)
        sa(runde, tjeneste, tiltakene[0])
        with CaptureQueriesContext(connection) as sporringer:
            lukk(runde)
        runde.startet = runde.startet - timedelta(days=400)
        runde.arstall -= 1
        runde.refresh_from_db()
        runde.arstall -= antall
        runde.save()
        return len(sporringer)

    assert kostnad(1) == kostnad(4)


def test_how_many_proposals_came_stands_whatever_is_deleted(runde, koordinator):
    taus = runde.foresporsler.get(tjeneste__navn="Taus")
    punkt = KontaktpunktFactory(tjeneste=taus.tjeneste, verdi="22 22 22 22")
    felles = {"tjeneste": taus.tjeneste, "foresporsel": taus}
    EndringsforslagFactory(**felles, slag="bort", kontaktpunkt=punkt)
    EndringsforslagFactory(
        **felles, slag="nytt", kontaktpunkt=None, innhold={"verdi": "33 33 33 33"}
    )
    EndringsforslagFactory(**felles, slag="tall", kontaktpunkt=None, innhold={"a": 1})
    punkt.delete()

    lukking = lukket(runde)
    Endringsforslag.objects.filter(foresporsel=taus).get(slag="nytt").delete()

    [rad, ute] = lukking.innhold["tjenester"]
    assert (rad["kontaktforslag"], rad["tall"]) == (2, 1)
    assert "kontaktforslag" not in ute
    assert "33 33" not in json.dumps(lukking.innhold)
    assert "Sendte 2 forslag om kontaktene. Oppga 1 tall" in lest(koordinator, runde)


def test_a_guest_tiltak_stands_with_its_label(kommune):
    tjeneste, _tilbud = med_tiltak(kommune, "Ute", antall=0)
    sted = PlasseringFactory(innsatsomrade__plan__kommune=kommune)
    AnsvarFactory(tiltak=sted.tiltak, tjeneste=tjeneste)
    runde = sendt(kommune, deler=[STATUS])

    [ute] = lukket(runde).innhold["tjenester"]

    assert ute["tiltak"] == [{"tittel": sted.tiltak.tittel, "merke": sted.merkelapp}]


def test_a_closing_is_saved_without_a_word_to_the_pages_that_are_kept(runde):
    lukking = lukket(runde)
    plan = HandlingsplanFactory(kommune=runde.kommune)
    versjon = Kommune.objects.get(pk=runde.kommune_id).versjon

    lukking.save()
    Rundevalg(runde=runde, plan=plan).save()

    assert Kommune.objects.get(pk=runde.kommune_id).versjon == versjon
