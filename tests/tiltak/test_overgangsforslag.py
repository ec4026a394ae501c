"""What is proposed for each tiltak when the next plan is made: shown beside it, followed in
one press, and never over what somebody chose. And what does not come along."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    FinansieringFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    PlasseringFactory,
    StatusrapportFactory,
    TiltaksvurderingFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tiltak import overgang
from tiltak.models import Lenke, Overgang, Statusrapport, Tilstand
from tiltak.overgang import Forslag, foreslatt, ny_periode, utfor, velg

Valg = Overgang.Valg
SIDEN = "/lillestrom/2028-2032/overgang/"


@pytest.fixture
def plan(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    omrade = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")
    titler = ("Natteravn", "Konfliktråd", "Foreldremøter")
    for nummer, tittel in enumerate(titler, start=1):
        PlasseringFactory(innsatsomrade=omrade, nummer=nummer, tiltak__tittel=tittel)
    return plan


@pytest.fixture
def ny(plan):
    return ny_periode(forrige=plan, tittel="Ny plan", fra_ar=2028, til_ar=2032)


def tiltaket(plan, tittel):
    return plan.tiltak.get(tittel=tittel)


def anbefalt(plan, tittel, anbefaling, **mer):
    felles = {"tilstand": Tilstand.ANNERLEDES, "kommentar": "Det virker ikke."}
    return StatusrapportFactory(
        tiltak=tiltaket(plan, tittel), anbefaling=anbefaling, **felles | mer
    )


def valgt(ny):
    rader = ny.overganger.order_by("fra__tittel")
    return [*rader.values_list("fra__tittel", "valg", "begrunnelse")]


def trykk(klient, handling, **felter):
    data = {}
    for skjema, *_resten in ((rad[1],) for rad in klient.get(SIDEN).context["rader"]):
        data |= skjemaets(skjema)
    return klient.post(SIDEN, data | felter | {"handling": handling})


def skjemaets(skjema):
    if skjema is None:
        return {}
    verdier = {felt.html_name: felt.value() or "" for felt in skjema}
    return verdier | {felt.html_initial_name: felt.initial or "" for felt in skjema}


# What the notes recommend ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("anbefaling", "blir"),
    [
        ("viderefore", Valg.VIDEREFORES),
        ("endre", Valg.ENDRES),
        ("avslutte", Valg.AVSLUTTES),
    ],
)
def test_each_recommendation_is_a_choice(anbefaling, blir, plan, ny):
    notat = anbefalt(plan, "Natteravn", anbefaling)

    forslag = foreslatt(ny)[notat.tiltak_id]

    assert (forslag.valg, forslag.internt) == (blir, "Det virker ikke.")
    assert set(Statusrapport.Anbefaling.values) == {"viderefore", "endre", "avslutte"}


def test_the_latest_that_recommends_something_stands(plan, ny):
    anbefalt(plan, "Natteravn", "avslutte", dato=date(2027, 3, 1))
    anbefalt(plan, "Natteravn", "endre", dato=date(2026, 3, 1))
    StatusrapportFactory(tiltak=tiltaket(plan, "Natteravn"), dato=date(2027, 9, 1))

    assert [f.valg for f in foreslatt(ny).values()] == [Valg.AVSLUTTES]


def test_a_long_reason_is_cut_so_that_it_can_be_chosen(plan, ny):
    notat = anbefalt(plan, "Natteravn", "endre", kommentar="ord " * 240)

    assert 280 < len(foreslatt(ny)[notat.tiltak_id].internt) <= 300


def test_why_somebody_recommended_it_goes_to_no_reader(plan, ny):
    anbefalt(plan, "Natteravn", "avslutte", kommentar="Lederen er sykmeldt.")

    overgang.folg_forslagene(ny)

    assert valgt(ny) == [("Natteravn", "avsluttes", "")]


def test_what_is_said_of_another_plan_is_no_proposal_here(plan, ny, nabokommune):
    andre = HandlingsplanFactory(kommune=nabokommune)
    omrade = InnsatsomradeFactory(plan=andre)
    fremmed = PlasseringFactory(innsatsomrade=omrade).tiltak
    StatusrapportFactory(tiltak=fremmed, anbefaling="avslutte")

    assert foreslatt(ny) == {}


def test_what_an_evaluation_proposes_stands_before_it(plan, ny, monkeypatch):
    notat = anbefalt(plan, "Natteravn", "avslutte")
    andre = anbefalt(plan, "Konfliktråd", "endre")
    evalueringens = Forslag(Valg.ENDRES, "Bør spisses.", "Evalueringen foreslår", "/e/")
    monkeypatch.setattr(
        overgang,
        "FORSLAG",
        [lambda _plan: {notat.tiltak_id: evalueringens}, *overgang.FORSLAG],
    )

    forslagene = foreslatt(ny)

    assert forslagene[notat.tiltak_id] == evalueringens
    assert forslagene[andre.tiltak_id].valg == Valg.ENDRES


# The page -------------------------------------------------------------------------------


def test_the_page_says_who_proposes_what_and_why(plan, ny, kommune, koordinator):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    anbefalt(plan, "Natteravn", "endre", tjeneste=tjeneste, dato=date(2027, 3, 1))

    lest = Lest(koordinator.get(SIDEN)).tekst

    assert "Utekontakten anbefalte 1. mars 2027: videreføres og endres" in lest
    assert "Det virker ikke." in lest
    assert "For 1 av dem er det et forslag." in lest


def test_the_proposal_of_an_evaluation_leads_to_it(plan, ny, koordinator, monkeypatch):
    pk = tiltaket(plan, "Natteravn").pk
    forslag = Forslag(Valg.ENDRES, "", "Evalueringen foreslår", "/der/")
    monkeypatch.setattr(overgang, "FORSLAG", [lambda _plan: {pk: forslag}])

    assert 'href="/der/">Evalueringen foreslår</a>' in koordinator.get(SIDEN).text


def test_nothing_is_offered_where_nothing_is_proposed(ny, koordinator):
    assert 'value="forslag"' not in koordinator.get(SIDEN).text


def test_one_press_follows_them_all_and_does_nothing_yet(plan, ny, koordinator):
    anbefalt(plan, "Natteravn", "endre")
    anbefalt(plan, "Konfliktråd", "avslutte", kommentar="Gjort ferdig.")

    svar = trykk(koordinator, "forslag")

    assert svar.status_code == 302
    assert valgt(ny) == [
        ("Konfliktråd", "avsluttes", ""),
        ("Natteravn", "endres", ""),
    ]
    assert not ny.tiltak.exists()
    assert "2 forslag er valgt." in koordinator.get(SIDEN).text
    assert 'value="forslag"' not in koordinator.get(SIDEN).text


def test_what_somebody_chose_stays(plan, ny, koordinator):
    notat = anbefalt(plan, "Natteravn", "avslutte")
    anbefalt(plan, "Konfliktråd", "avslutte")
    velg(plan=ny, fra=notat.tiltak, valg=Valg.VIDEREFORES, begrunnelse="Vi vil ha det.")

    trykk(koordinator, "forslag")

    assert valgt(ny) == [
        ("Konfliktråd", "avsluttes", ""),
        ("Natteravn", "viderefores", "Vi vil ha det."),
    ]


def test_what_is_chosen_on_the_page_in_the_same_press_stays_too(plan, ny, koordinator):
    notat = anbefalt(plan, "Natteravn", "avslutte")

    trykk(koordinator, "forslag", **{f"t{notat.tiltak_id}-valg": "viderefores"})

    assert valgt(ny) == [("Natteravn", "viderefores", "")]


def test_pressed_twice_it_chooses_once(plan, ny, koordinator):
    anbefalt(plan, "Natteravn", "endre")

    trykk(koordinator, "forslag")
    trykk(koordinator, "forslag")

    assert valgt(ny) == [("Natteravn", "endres", "")]


def test_others_follow_nothing(plan, ny, nabo, client):
    anbefalt(plan, "Natteravn", "endre")

    svarene = [k.post(SIDEN, {"handling": "forslag"}) for k in (nabo, client)]

    assert [svar.status_code for svar in svarene] == [404, 302]
    assert valgt(ny) == []


def test_it_costs_the_same_for_one_and_three(plan, ny, kommune, koordinator):
    def sporringer():
        with CaptureQueriesContext(connection) as fanget:
            svar = koordinator.get(SIDEN)
        return svar.context["antall_foreslatt"], len(fanget)

    tjeneste = TjenesteFactory(kommune=kommune)
    anbefalt(plan, "Natteravn", "endre", tjeneste=tjeneste)
    sporringer()
    en = sporringer()
    for tittel in ("Konfliktråd", "Foreldremøter"):
        annen = TjenesteFactory(kommune=kommune)
        anbefalt(plan, tittel, "avslutte", tjeneste=annen)
    tre = sporringer()

    assert (en[0], tre[0]) == (1, 3)
    assert tre[1] == en[1]


# What does not come along ---------------------------------------------------------------


def med_alt(tiltak):
    tiltak.frist, tiltak.prioritet = date(2027, 6, 1), "hoy"
    tiltak.statuslinje = "Åtte av ti skoler er i gang."
    tiltak.save()
    StatusrapportFactory(tiltak=tiltak)
    FinansieringFactory(tiltak=tiltak, fra=tiltak.tittel, publisert=True)
    TiltaksvurderingFactory(tiltak=tiltak)
    Lenke.objects.create(
        tiltak=tiltak, tittel=tiltak.tittel, adresse=f"https://example.org/{tiltak.pk}"
    )


def baerer(tiltak):
    return {
        "frist": tiltak.frist,
        "prioritet": tiltak.prioritet,
        "statuslinje": tiltak.statuslinje,
        "notater": tiltak.statusrapporter.count(),
        "finansiering": tiltak.finansiering.count(),
        "vurderinger": TiltaksvurderingFactory._meta.model.objects.filter(
            tiltak=tiltak
        ).count(),
        "forslag": tiltak.endringsforslag.count(),
    }


INGENTING = {
    "frist": None,
    "prioritet": "",
    "statuslinje": "",
    "notater": 0,
    "finansiering": 0,
    "vurderinger": 0,
    "forslag": 0,
}


@pytest.mark.parametrize("blir", [Valg.VIDEREFORES, Valg.ENDRES, Valg.DELES])
def test_what_was_said_of_the_old_one_stays_there(blir, plan, ny):
    gammelt = tiltaket(plan, "Natteravn")
    med_alt(gammelt)
    for_ = baerer(gammelt)
    velg(plan=ny, fra=gammelt, valg=blir)

    utfor(ny)

    nye = [rad.til for rad in ny.overganger.filter(fra=gammelt)]
    assert [baerer(t) for t in nye] == [INGENTING] * len(nye)
    assert [[lenke.tittel for lenke in t.lenker.all()] for t in nye] == [
        ["Natteravn"]
    ] * len(nye)
    gammelt.refresh_from_db()
    assert baerer(gammelt) == for_
    assert (for_["notater"], for_["vurderinger"]) == (1, 1)


def test_nor_does_it_come_by_a_merge(plan, ny):
    ett, annet = (tiltaket(plan, t) for t in ("Natteravn", "Konfliktråd"))
    for tiltak in (ett, annet):
        med_alt(tiltak)
    velg(plan=ny, fra=ett, valg=Valg.VIDEREFORES)
    velg(plan=ny, fra=annet, valg=Valg.SLAS_SAMMEN, sammen_med=ett)

    utfor(ny)

    nytt = ny.tiltak.get()
    assert baerer(nytt) == INGENTING
    assert {lenke.tittel for lenke in nytt.lenker.all()} == {"Natteravn", "Konfliktråd"}
