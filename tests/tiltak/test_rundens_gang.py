"""A round from what it asks to how it is closed: whom it asks, how far each has come, one
reminder, and who is late."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from slt.grunn.historikk import uten_vern
from slt.models import Utsending
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    ForesporselFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    RundeFactory,
    StatusrapportFactory,
    TilbudFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.tiltak.test_runder import lenkene
from tiltak.arbeidsflate.svarene import LENGE
from tiltak.models import Endringsforslag, Foresporsel, Runde, Rundeoppsett, Rundevalg
from tiltak.runder.lop import lag_runde, legg_ut, send
from tiltak.runder.lukking import gjenapne, lukk
from tiltak.runder.oversikt import Stand, oversikt, per_tilstand
from tiltak.runder.paminnelse import DAGER_ETTER, purr
from tiltak.runder.statusforslag import som_innhold
from tiltak.runder.utvalg import spurt_og_uspurt, spurte_tjenester

STATUS = "status"


@pytest.fixture(autouse=True)
def _tom(monkeypatch, settings):
    cache.clear()
    settings.SITE_URL = "https://slt.example"
    # Whatever month it is when this runs.
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)


def med_tiltak(kommune, navn="", *, antall=1, **felter):
    """A tjeneste that answers for so many tilbud; returns it and them."""
    if navn:
        felter["navn"] = navn
    felter = {"svaransvarlig": f"{navn or 'x'}@kommunen.no".lower()} | felter
    tjeneste = TjenesteFactory(kommune=kommune, **felter)
    tiltakene = TilbudFactory.create_batch(antall, kommune=kommune)
    for tiltak in tiltakene:
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    return tjeneste, tiltakene


def sendt(kommune, **felter):
    runde = lag_runde(kommune, timezone.localdate())
    for navn, verdi in felter.items():
        setattr(runde, navn, verdi)
    runde.save()
    send(runde)
    runde.refresh_from_db()
    return runde


def for_lenge_siden(runde, dager=DAGER_ETTER):
    """So long ago that who did not answer may be reminded."""
    runde.startet -= timedelta(days=dager)
    runde.save()


def sa(runde, tjeneste, tiltak, tilstand="som_planlagt", **felter):
    """That the tjeneste answered of a tiltak; it waits."""
    return Endringsforslag.objects.create(
        tjeneste=tjeneste,
        tiltak=tiltak,
        foresporsel=runde.foresporsler.get(tjeneste=tjeneste),
        slag=STATUS,
        innhold=som_innhold({"tilstand": tilstand} | felter),
        hvordan="lenke",
    )


def stemmer(runde, tjeneste):
    rad = runde.foresporsler.get(tjeneste=tjeneste)
    rad.svar, rad.besvart, rad.hvordan = "stemmer", timezone.now(), "lenke"
    rad.save()


def over(runde, dager=1):
    runde.frist = timezone.localdate() - timedelta(days=dager)
    runde.save()


def side(runde, navn="runde", *args):
    return reverse(f"tiltak:{navn}", args=[runde.kommune.slug, runde.pk, *args])


def stander(runde):
    return {str(rad.tjeneste): rad.stand for rad in oversikt(runde)}


# Whom it asks -----------------------------------------------------------------------------


def test_a_round_of_some_plans_asks_those_who_have_something_there(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    omrader = InnsatsomradeFactory.create_batch(2, plan=plan)
    tjenester = TjenesteFactory.create_batch(2, kommune=kommune)
    for omrade, tjeneste in zip(omrader, tjenester, strict=True):
        tiltak = PlasseringFactory(innsatsomrade=omrade).tiltak
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    utenfor, _tilbud = med_tiltak(kommune)
    uten = TjenesteFactory(kommune=kommune)
    TjenesteFactory(kommune=KommuneFactory())
    runde = RundeFactory(kommune=kommune, startet=None)

    alle = set(spurte_tjenester(runde))
    runde.deler = [STATUS]
    med_noe = set(spurte_tjenester(runde))
    Rundevalg.objects.create(runde=runde, plan=plan)
    i_planen = set(spurte_tjenester(runde))
    Rundevalg.objects.all().get().delete()
    Rundevalg.objects.create(runde=runde, plan=plan, innsatsomrade=omrader[1])
    i_omradet = set(spurte_tjenester(runde))

    assert alle == {*tjenester, utenfor, uten}
    assert med_noe == {*tjenester, utenfor}
    assert i_planen == set(tjenester)
    assert i_omradet == {tjenester[1]}


def test_the_draft_says_whom_it_asks_and_what_nobody_is_asked_of(kommune, koordinator):
    _spurt, [spurt] = med_tiltak(kommune, "Utekontakten")
    med_tiltak(kommune, "Barnevernet", svaransvarlig="")
    _vil_ikke, [uspurt] = med_tiltak(kommune, "Politiet", sporres_ikke=True)
    uten = TilbudFactory(kommune=kommune)
    runde = lag_runde(kommune, timezone.localdate())

    svar = koordinator.get(side(runde))

    tekst = Lest(svar).tekst
    assert "1 tjeneste får e-post når du sender. Det spørres om 2 tiltak." in tekst
    assert "utekontakten@kommunen.no , spørres om 1 tiltak" in tekst
    assert [str(t) for t in svar.context["uten_adresse"]] == ["Barnevernet"]
    assert {t.pk for t in svar.context["uspurte"]} == {uspurt.pk, uten.pk}
    assert "Politiet vil ikke spørres. Ring, eller endre det på tjenesten." in tekst
    assert "Ingen tjeneste er ansvarlig eller gjennomfører." in tekst
    assert reverse("tiltak:tiltak_endre", args=["lillestrom", uten.pk]) in svar.text
    assert spurt.pk not in {t.pk for t in svar.context["uspurte"]}


def test_what_is_asked_of_the_whole_is_asked_of_its_parts(kommune):
    tjeneste, [hele] = med_tiltak(kommune)
    TilbudFactory(kommune=kommune, overordnet=hele)
    runde = RundeFactory(kommune=kommune, startet=None)

    antall, uspurte = spurt_og_uspurt(runde, {tjeneste.pk})

    assert (antall, uspurte) == (1, [])


def test_a_round_with_nobody_to_ask_stays_a_draft(kommune, koordinator):
    TjenesteFactory(kommune=kommune)
    runde = lag_runde(kommune, timezone.localdate())
    runde.deler = [STATUS]
    runde.save()
    sendes = {
        "frist": str(timezone.localdate() + timedelta(days=5)),
        "deler": [STATUS],
        "hvilke": "alle",
        "sporsmal": "",
    }

    with pytest.raises(ValidationError, match="Runden har ingen å spørre"):
        send(runde)
    svar = koordinator.post(side(runde, "runde_send"), sendes, follow=True)

    assert "Runden har ingen å spørre" in Lest(svar).tekst
    assert Runde.objects.get().er_utkast
    assert not Foresporsel.objects.exists()


def test_what_the_draft_asks_is_chosen_and_kept(kommune, koordinator):
    plan = HandlingsplanFactory(kommune=kommune)
    omrade = InnsatsomradeFactory(plan=plan)
    fremmed = InnsatsomradeFactory(plan=HandlingsplanFactory(kommune=KommuneFactory()))
    runde = lag_runde(kommune, timezone.localdate())
    felter = {
        "frist": str(timezone.localdate() + timedelta(days=5)),
        "deler": ["kontakter", STATUS],
        "hvilke": "prioriterte",
        "sporsmal": "Hei",
    }
    navn = f"plan_{plan.pk}"

    def valgt():
        return list(Rundevalg.objects.values_list("plan", "innsatsomrade"))

    koordinator.post(side(runde), felter | {navn: [omrade.pk]})
    i_omradet = valgt()
    koordinator.post(side(runde), felter | {navn: ["hele", omrade.pk]})
    hele = valgt()
    feil = koordinator.post(side(runde), felter | {navn: [fremmed.pk]})
    uten = koordinator.post(side(runde), felter | {"deler": [], "sporsmal": "Nytt"})

    runde.refresh_from_db()
    assert i_omradet == [(plan.pk, omrade.pk)]
    assert hele == valgt() == [(plan.pk, None)]
    assert (feil.status_code, uten.status_code) == (422, 422)
    assert "Velg minst én ting å spørre om." in Lest(uten).tekst
    assert "Nytt</textarea>" in uten.text
    assert (runde.deler, runde.hvilke) == (["kontakter", STATUS], "prioriterte")
    assert runde.sporsmal == "Hei"


def test_a_plan_that_holds_no_more_stays_chosen(kommune, koordinator):
    med_tiltak(kommune)
    plan = HandlingsplanFactory(kommune=kommune)
    runde = lag_runde(kommune, timezone.localdate())
    Rundevalg.objects.create(runde=runde, plan=plan)
    with uten_vern():
        plan.status = "avlost"
        plan.save()

    sendes = innsending(koordinator.get(side(runde)))
    svar = koordinator.post(side(runde, "runde_send"), sendes, follow=True)

    assert f"{plan} (gjelder ikke lenger)" in Lest(svar).tekst
    assert "Runden har ingen å spørre" in Lest(svar).tekst
    assert [valg.plan for valg in runde.valg.all()] == [plan]
    assert not Foresporsel.objects.exists()


def test_a_round_that_is_sent_says_what_it_asked_for(kommune):
    med_tiltak(kommune)

    runde = sendt(kommune)

    assert {"kontakter", "tiltak", STATUS} <= set(runde.deler)


# How far they have come -------------------------------------------------------------------


def test_the_round_says_who_has_answered_partly(kommune, koordinator):
    alt, alle = med_tiltak(kommune, "Alt", antall=2)
    noe, noen = med_tiltak(kommune, "Noe", antall=3)
    ikke_resten, ett = med_tiltak(kommune, "Resten")
    med_tiltak(kommune, "Taus")
    runde = sendt(kommune)
    for tiltak in alle:
        sa(runde, alt, tiltak)
    stemmer(runde, alt)
    sa(runde, noe, noen[0], "star_stille", kommentar="Ingen ledig lærer.")
    StatusrapportFactory(
        tiltak=ett[0], tjeneste=ikke_resten, runde=runde, tilstand="som_planlagt"
    )

    svar = koordinator.get(side(runde))

    tekst = Lest(svar).tekst
    assert stander(runde) == {
        "Alt": Stand.SVART,
        "Noe": Stand.DELVIS,
        "Resten": Stand.DELVIS,
        "Taus": Stand.IKKE,
    }
    assert "1 av 4 har svart. 2 har svart på noe." in tekst
    assert "1 av 3 tiltak" in tekst
    assert "Mangler svar om 2 av 3 tiltak." in tekst
    assert "Mangler svar om resten av siden." in tekst
    assert per_tilstand(oversikt(runde)) == [
        ("som_planlagt", "som planlagt", 3),
        ("star_stille", "står stille", 1),
        ("", "ikke besvart", 3),
    ]


def test_what_needs_the_coordinator_stands_before_who_is_silent(kommune, koordinator):
    delvis, tiltakene = med_tiltak(kommune, "Delvis", antall=2)
    med_tiltak(kommune, "Taus")
    med_tiltak(kommune, "Uten adresse", svaransvarlig="")
    andre, _tiltak = med_tiltak(kommune, "Noen andre")
    runde = sendt(kommune)
    sa(runde, delvis, tiltakene[0])
    rad = runde.foresporsler.get(tjeneste=andre)
    rad.svar, rad.besvart, rad.hvordan = "ikke_ansvar", timezone.now(), "lenke"
    rad.save()

    svar = koordinator.get(side(runde))

    grupper = {
        navn: [str(r.tjeneste) for r in svar.context[navn]]
        for navn in ("trenger", "delvise", "tause", "besvarte")
    }
    assert grupper == {
        "trenger": ["Noen andre", "Uten adresse"],
        "delvise": ["Delvis"],
        "tause": ["Taus"],
        "besvarte": [],
    }
    assert "<summary>1 har ikke svart</summary>" in svar.text
    assert "e-posten er ikke sendt ennå" in Lest(svar).tekst


def test_that_the_contacts_hold_is_no_answer_where_they_are_not_asked_for(
    kommune, koordinator
):
    tjeneste, _tiltakene = med_tiltak(kommune, "Ute")
    KontaktpunktFactory(tjeneste=tjeneste)
    runde = sendt(kommune, deler=[STATUS])
    motet = reverse("tiltak:kontaktmote", args=[kommune.slug])
    [rad] = koordinator.get(motet).context["gjenstar"]

    hit = reverse("tiltak:kontaktmote_stemmer", args=[kommune.slug, tjeneste.pk])
    svar = koordinator.post(hit, {"sett": rad.sett}, follow=True)

    assert "Ute er bekreftet." in Lest(svar).tekst
    assert stander(runde) == {"Ute": Stand.IKKE}


def test_of_a_round_about_tiltak_alone_the_last_of_them_answers_it(kommune):
    tjeneste, tiltakene = med_tiltak(kommune, "Ute", antall=2)
    runde = sendt(kommune, deler=[STATUS])

    sagt = []
    for tiltak in tiltakene:
        sa(runde, tjeneste, tiltak)
        sagt.append(stander(runde)["Ute"])

    assert sagt == [Stand.DELVIS, Stand.SVART]


def test_what_ended_during_the_round_is_asked_of_no_more_and_its_answer_stands(kommune):
    tjeneste, [ett, annet] = med_tiltak(kommune, "Ute", antall=2)
    runde = sendt(kommune, deler=[STATUS])
    sa(runde, tjeneste, ett)
    for tiltak in (ett, annet):
        tiltak.status = "avsluttet"
        tiltak.save()

    [rad] = oversikt(runde)

    assert [(t.pk, svar.tilstand) for t, svar in rad.tiltakene] == [
        (ett.pk, "som_planlagt")
    ]
    assert rad.stand == Stand.SVART


def test_a_tjeneste_that_was_laid_down_is_said_to_be_and_not_reminded(
    kommune, koordinator
):
    tjeneste, _tiltak = med_tiltak(kommune, "Ute")
    runde = sendt(kommune)
    tjeneste.nedlagt = timezone.localdate()
    tjeneste.save()

    svar = koordinator.get(side(runde))

    assert "Den spørres ikke mer." in Lest(svar).tekst
    for_lenge_siden(runde)
    assert svar.context["antall_minnes"] == 0
    assert purr(runde) == 0


def test_who_came_to_it_later_is_asked_by_a_press_and_once(kommune, koordinator):
    med_tiltak(kommune, "Ute")
    runde = sendt(kommune)
    ny, _tiltak = med_tiltak(kommune, "Ny")
    naboens, _tiltak = med_tiltak(KommuneFactory(), "Nabo")
    adresse = side(runde, "runde_spor_ogsa", ny.pk)

    sett = koordinator.get(side(runde)).context["nye"]
    for _gang in range(2):
        koordinator.post(adresse)
    fremmed = koordinator.post(side(runde, "runde_spor_ogsa", naboens.pk))

    assert sett == [ny]
    assert koordinator.get(side(runde)).context["nye"] == []
    assert koordinator.get(adresse).status_code == 405
    assert fremmed.status_code == 404
    assert Utsending.objects.filter(til="ny@kommunen.no").count() == 1
    assert runde.foresporsler.filter(tjeneste=ny).count() == 1


def test_who_came_later_is_not_asked_when_it_is_over(kommune, koordinator):
    med_tiltak(kommune, "Ute")
    runde = sendt(kommune)
    ny, _tiltak = med_tiltak(kommune, "Ny")
    over(runde)

    svar = koordinator.post(side(runde, "runde_spor_ogsa", ny.pk), follow=True)

    assert "Runden kan ikke besvares lenger." in Lest(svar).tekst
    assert runde.foresporsler.count() == 1


# One reminder -----------------------------------------------------------------------------


def paminnelser():
    return Utsending.objects.filter(nokkel__endswith=":paminnelse")


def test_one_reminder_to_each_address_with_all_it_lacks(kommune, koordinator):
    taus, _tiltak = med_tiltak(kommune, "Taus", svaransvarlig="en@kommunen.no")
    delvis, tiltakene = med_tiltak(
        kommune, "Delvis", antall=3, svaransvarlig="En@kommunen.no"
    )
    svart, _tiltak = med_tiltak(kommune, "Svart", antall=0)
    med_tiltak(kommune, "Uten", svaransvarlig="")
    vil_ikke, _tiltak = med_tiltak(kommune, "Vil ikke", antall=0)
    runde = sendt(kommune)
    gamle = lenkene(Utsending.objects.get(til="en@kommunen.no"))
    sa(runde, delvis, tiltakene[0])
    stemmer(runde, delvis)
    stemmer(runde, svart)
    vil_ikke.sporres_ikke = True
    vil_ikke.save()
    for_lenge_siden(runde)

    sett = Lest(koordinator.get(side(runde))).tekst
    svar = koordinator.post(side(runde, "runde_purr"), follow=True)
    igjen = koordinator.post(side(runde, "runde_purr"), follow=True)

    [brev] = paminnelser()
    assert "Send påminnelse til de 2 som ikke har svart" in sett
    assert "1 påminnelse ligger i utboksen." in Lest(svar).tekst
    assert "Ingen å minne på" in Lest(igjen).tekst
    assert brev.til.lower() == "en@kommunen.no"
    assert "Delvis: mangler svar om 2 av 3 tiltak" in brev.tekst
    assert "Taus: mangler svar om 1 av 1 tiltak" in brev.tekst
    nye = lenkene(brev)
    assert len(nye) == len(gamle) == 2
    koder = {Client().get(lenke).status_code for lenke in (*gamle, *nye)}
    assert koder == {200}
    purret = runde.foresporsler.filter(purret__isnull=False)
    assert set(purret.values_list("tjeneste", flat=True)) == {taus.pk, delvis.pk}


def test_nobody_is_reminded_by_a_press_just_after_they_were_asked(kommune, koordinator):
    med_tiltak(kommune, "Taus")
    runde = sendt(kommune)
    for_lenge_siden(runde, DAGER_ETTER - 1)

    for_tidlig = Lest(koordinator.get(side(runde)))
    svar = koordinator.post(side(runde, "runde_purr"), follow=True)
    antall_for = paminnelser().count()
    for_lenge_siden(runde, 1)
    siden = Lest(koordinator.get(side(runde)))
    koordinator.post(side(runde, "runde_purr"))

    fra = date_format(timezone.localdate() + timedelta(days=1), "j. F")
    assert f"Kan sendes fra {fra}." in for_tidlig.tekst
    assert "Send påminnelse til" not in for_tidlig.tekst
    assert f"Påminnelsen kan sendes fra {fra}." in Lest(svar).tekst
    assert "Send påminnelse til den ene" in siden.tekst
    assert "Kan sendes fra" not in siden.tekst
    assert (antall_for, paminnelser().count()) == (0, 1)


def test_on_the_last_day_to_answer_they_may_be_reminded(kommune):
    med_tiltak(kommune, "Taus")
    runde = sendt(kommune)
    runde.frist = timezone.localdate()
    runde.save()

    assert purr(runde) == 1


def test_what_is_reminded_of_is_what_the_address_of_today_answers_for(kommune):
    tjeneste, _tiltak = med_tiltak(kommune, "Ute")
    runde = sendt(kommune)
    [gammel] = lenkene(Utsending.objects.get())
    tjeneste.svaransvarlig = "ny@kommunen.no"
    tjeneste.save()
    for_lenge_siden(runde)

    assert purr(runde) == 1

    [ny] = lenkene(paminnelser().get(til="ny@kommunen.no"))
    koder = [Client().get(lenke).status_code for lenke in (gammel, ny)]
    assert koder == [404, 200]


@pytest.mark.parametrize("hva", ["juli", "over", "lukket", "uten adresse"])
def test_nobody_is_reminded_when_it_is_of_no_use(hva, kommune, monkeypatch, settings):
    med_tiltak(kommune)
    runde = sendt(kommune)
    for_lenge_siden(runde)
    if hva == "juli":
        monkeypatch.setattr("tiltak.runder.lop.JULI", timezone.localdate().month)
    elif hva == "over":
        over(runde)
    elif hva == "lukket":
        runde.lukket = timezone.now()
        runde.save()
    else:
        settings.SITE_URL = ""

    with pytest.raises(ValidationError):
        purr(runde)

    assert Utsending.objects.count() == 1
    assert runde.foresporsler.get().purret is None


def test_who_answers_before_the_reminder_is_put_there_gets_none(kommune, monkeypatch):
    tjeneste, [tiltak] = med_tiltak(kommune)
    runde = sendt(kommune)
    for_lenge_siden(runde)
    monkeypatch.setattr("tiltak.runder.lop.legg_ut", lambda runde: 0)
    purr(runde)
    monkeypatch.undo()
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)
    sa(runde, tjeneste, tiltak)
    stemmer(runde, tjeneste)

    assert legg_ut(runde) == 0
    assert not paminnelser().exists()


def natt():
    ut = StringIO()
    call_command("runder", stdout=ut)
    return ut.getvalue().strip()


def test_a_reminder_that_was_begun_is_finished_by_the_night(kommune, monkeypatch):
    med_tiltak(kommune)
    Rundeoppsett.objects.create(kommune=kommune, er_pa=False)
    runde = sendt(kommune)
    for_lenge_siden(runde)
    monkeypatch.setattr("tiltak.runder.lop.legg_ut", lambda runde: 0)
    purr(runde)
    monkeypatch.undo()
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)

    sagt = [natt(), natt()]

    assert sagt == [
        "Laget 0 runder, la 1 e-poster i utboksen, lukket 0 runder.",
        "Laget 0 runder, la 0 e-poster i utboksen, lukket 0 runder.",
    ]
    assert paminnelser().count() == 1


@pytest.mark.parametrize(
    ("dager", "purrer", "ventet"), [(6, True, 0), (5, True, 1), (5, False, 0)]
)
def test_five_days_before_it_goes_by_itself_where_that_is_wanted(
    dager, purrer, ventet, kommune, monkeypatch
):
    med_tiltak(kommune)
    Rundeoppsett.objects.create(kommune=kommune, er_pa=False, purrer=purrer)
    runde = sendt(kommune)
    for lenke in runde.foresporsler.get().lenker.all():
        lenke.fra -= timedelta(days=20)
        lenke.save()
    runde.frist = timezone.localdate() + timedelta(days=dager)
    runde.save()

    natt()
    natt()

    assert paminnelser().count() == ventet


def test_who_was_asked_just_now_is_not_reminded_by_night(kommune):
    med_tiltak(kommune)
    Rundeoppsett.objects.create(kommune=kommune, er_pa=False, purrer=True)
    sendt(kommune, frist=timezone.localdate() + timedelta(days=3))

    natt()

    assert not paminnelser().exists()


# Who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "navn", ["runde_purr", "runde_si_fra", "runde_lukk", "runde_gjenapne"]
)
def test_only_who_coordinates_the_kommune_moves_a_round(navn, kommune):
    med_tiltak(kommune)
    runde = sendt(kommune)
    leser = innlogget(TilgangFactory(kommune=kommune, rolle="politirad").bruker)
    nabo = innlogget(TilgangFactory(kommune=KommuneFactory()).bruker)

    koder = [klient.post(side(runde, navn)).status_code for klient in (leser, nabo)]
    utlogget = Client().post(side(runde, navn))

    runde.refresh_from_db()
    assert koder == [404, 404]
    assert utlogget.status_code == 302
    assert (runde.lukket, runde.foresporsler.get().purret) == (None, None)


# What it costs ----------------------------------------------------------------------------


def sporringer(klient, adresse):
    klient.get(adresse)
    with CaptureQueriesContext(connection) as fanget:
        assert klient.get(adresse).status_code == 200
    return len(fanget)


@pytest.mark.parametrize("hva", ["utkast", "apen", "lukk", "lukket"])
def test_the_pages_of_a_round_cost_the_same_for_few_and_more(hva, kommune, koordinator):
    plan = HandlingsplanFactory(kommune=kommune)
    omrade = InnsatsomradeFactory(plan=plan)
    runde = RundeFactory(kommune=kommune, startet=None)

    def en_til(nummer):
        tjeneste, tilbud = med_tiltak(kommune, f"Nr {nummer}")
        tiltak = PlasseringFactory(innsatsomrade=omrade, nummer=nummer).tiltak
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
        TilbudFactory(kommune=kommune)
        KontaktpunktFactory(tjeneste=tjeneste)
        if hva != "utkast":
            ForesporselFactory(tjeneste=tjeneste, runde=runde, epost="x@kommunen.no")
            sa(runde, tjeneste, tiltak)
            StatusrapportFactory(tiltak=tilbud[0], tjeneste=tjeneste, runde=runde)
            med_tiltak(kommune, f"Ny {nummer}")

    def malt():
        if hva == "lukket":
            gjenapne(runde, "For å måle.")
            lukk(runde)
        adresse = side(runde, "runde_lukk" if hva == "lukk" else "runde")
        return sporringer(koordinator, adresse)

    if hva != "utkast":
        runde.startet = timezone.now()
        runde.save()
    en_til(1)
    for_en = malt()
    for nummer in (2, 3):
        en_til(nummer)

    assert malt() == for_en


# Where the coordinator begins -------------------------------------------------------------


def test_where_the_coordinator_begins_it_is_said_what_a_closed_round_left(
    kommune, koordinator
):
    tjeneste, [tiltak] = med_tiltak(kommune, "Noe")
    med_tiltak(kommune, "Taus")
    med_tiltak(kommune, "Stum")
    runde = sendt(kommune)
    sa(runde, tjeneste, tiltak, "star_stille", kommentar="Tomt.")

    def linjene():
        venter = koordinator.get("/lillestrom/arbeidsflate/").context["venter"]
        return [
            (r.tekst, r.adresse) for r in venter if r.tekst.startswith("Etter runden")
        ]

    apen = linjene()
    lukking = lukk(runde)
    etter = linjene()
    lukking.tid -= LENGE
    lukking.save()
    lenge_etter = linjene()
    lukking.tid += LENGE
    lukking.save()
    RundeFactory(
        kommune=kommune, arstall=2020, uke=5, startet=timezone.now(), frist=runde.frist
    )

    uke = f"{runde.uke}/{runde.arstall}"
    tekst = f"Etter runden i uke {uke}: 1 tiltak står stille, 2 tjenester svarte ikke"
    assert etter == [(tekst, side(runde))]
    assert apen == lenge_etter == linjene() == []


def test_where_the_coordinator_begins_it_is_said_how_far_the_rounds_are(
    kommune, koordinator
):
    svarte, [tiltak] = med_tiltak(kommune, "Noe")
    med_tiltak(kommune, "Taus")
    runde = sendt(kommune)
    sa(runde, svarte, tiltak)
    flaten = "/lillestrom/arbeidsflate/"
    uke = f"Runden i uke {runde.uke}/{runde.arstall}"

    def linjene():
        venter = koordinator.get(flaten).context["venter"]
        return [(r.tekst, r.adresse) for r in venter if r.tekst.startswith(uke)]

    [(tekst, adresse)] = linjene()
    over(runde)
    [(etter, lukk_den)] = linjene()
    lukk(runde)

    assert tekst.startswith(f"{uke}: 1 av 2 har svart helt eller delvis. Svar innen")
    assert adresse == side(runde)
    assert etter == f"{uke} er over: 1 av 2 har svart helt eller delvis. Lukk den"
    assert lukk_den == side(runde, "runde_lukk")
    assert linjene() == []
