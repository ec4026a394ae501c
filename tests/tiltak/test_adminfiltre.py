"""The filters of the admin's lists of the plan find what a coordinator looks for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    AnsvarFactory,
    BekreftelseFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    TilbudFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Innsatsomrade,
    Kontaktpunkt,
    Malgruppe,
    Styringsdokument,
    Tiltak,
    Tjeneste,
)

BARE_ANSATTE = Kontaktpunkt.Synlighet.TJENESTER


def liste(client, modell, **sporring):
    adresse = reverse(f"admin:tiltak_{modell._meta.model_name}_changelist")
    return client.get(adresse, sporring)


def treff(client, modell, **sporring):
    svar = liste(client, modell, **sporring)
    assert svar.status_code == 200
    return list(svar.context["cl"].result_list)


@pytest.fixture
def omrade(kommune):
    return InnsatsomradeFactory(plan=HandlingsplanFactory(kommune=kommune))


@pytest.fixture
def helt(omrade):
    """A tiltak that lacks nothing."""
    tiltak = PlasseringFactory(innsatsomrade=omrade, tiltak__niva="universell").tiltak
    Malgruppe.objects.create(tiltak=tiltak, tekst="elever")
    KontaktpunktFactory(tjeneste=AnsvarFactory(tiltak=tiltak).tjeneste)
    return tiltak


@pytest.fixture
def tomt(omrade):
    """One that lacks all that it may, but a place."""
    return PlasseringFactory(innsatsomrade=omrade).tiltak


@pytest.mark.parametrize("mangler", ["ansvar", "malgruppe", "niva"])
def test_tiltak_are_found_by_what_they_lack(mangler, helt, tomt, koordinator):
    assert treff(koordinator, Tiltak, mangler=mangler) == [tomt]


def test_a_tiltak_without_a_place_is_found(helt, omrade, koordinator):
    uten = TiltakFactory(plan=omrade.plan)
    TilbudFactory(kommune=omrade.plan.kommune)  # has none, and needs none

    assert treff(koordinator, Tiltak, mangler="plass") == [uten]


def test_whoever_only_shares_in_it_does_not_answer_for_it(tomt, koordinator):
    AnsvarFactory(tiltak=tomt, rolle=Ansvar.Rolle.GJENNOMFORER)

    assert treff(koordinator, Tiltak, mangler="ansvar") == [tomt]


def test_a_tiltak_whose_parts_say_who_answers_is_not_without(tomt, koordinator):
    del_ = TiltakFactory(plan=tomt.plan, overordnet=tomt)
    AnsvarFactory(tiltak=del_)

    assert treff(koordinator, Tiltak, mangler="ansvar") == []


@pytest.mark.parametrize(
    "punkt", [None, {"synlighet": BARE_ANSATTE}, {"hoved": False}], ids=str
)
def test_a_tiltak_that_nobody_can_reach_is_found(punkt, helt, tomt, koordinator):
    tjeneste = AnsvarFactory(tiltak=tomt).tjeneste
    if punkt:
        KontaktpunktFactory(tjeneste=tjeneste, **punkt)

    assert treff(koordinator, Tiltak, mangler="kontakt") == [tomt]


def test_a_contact_that_was_chosen_counts_before_the_main_one(tomt, koordinator):
    ansvar = AnsvarFactory(tiltak=tomt)
    KontaktpunktFactory(tjeneste=ansvar.tjeneste)
    for_ansatte = KontaktpunktFactory(tjeneste=ansvar.tjeneste, synlighet=BARE_ANSATTE)
    for_alle = KontaktpunktFactory(tjeneste=ansvar.tjeneste, hoved=False)

    ansvar.velg_kontaktpunkter([for_ansatte])
    assert treff(koordinator, Tiltak, mangler="kontakt") == [tomt]

    ansvar.velg_kontaktpunkter([for_alle])
    assert treff(koordinator, Tiltak, mangler="kontakt") == []


def test_what_is_not_public_yet_and_what_was_proposed_is_found(helt, tomt, koordinator):
    nytt = TiltakFactory(plan=helt.plan, publisert=False)
    tomt.niva, tomt.niva_foreslatt = "selektiv", True
    tomt.save()

    assert treff(koordinator, Tiltak, publisert__exact="0") == [nytt]
    assert treff(koordinator, Tiltak, niva_foreslatt__exact="1") == [tomt]
    assert "selektiv (forslag)" in Lest(liste(koordinator, Tiltak)).tekst


def test_the_list_of_tiltak_says_who_answers(helt, tomt, koordinator):
    tekst = Lest(liste(koordinator, Tiltak)).tekst

    assert helt.ansvar.get().tjeneste.kort in tekst
    assert f"{tomt.tittel} {tomt.plasseringer.get().merkelapp} ingen" in tekst


def test_a_column_that_is_the_same_all_the_way_down_is_not_there(
    helt, kommune, koordinator
):
    def kolonner(modell):
        return liste(koordinator, modell).context["cl"].list_display

    assert "periode" not in kolonner(Tiltak)
    assert "rekke" not in kolonner(Handlingsplan)

    rekke = PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False)
    HandlingsplanFactory(kommune=kommune, rekke=rekke)

    assert "periode" in kolonner(Tiltak)
    assert "rekke" in kolonner(Handlingsplan)


def test_tjenester_without_a_contact_are_found(kommune, koordinator):
    har = KontaktpunktFactory(tjeneste__kommune=kommune).tjeneste
    skjult = KontaktpunktFactory(
        tjeneste__kommune=kommune, synlighet=BARE_ANSATTE
    ).tjeneste
    uten = TjenesteFactory(kommune=kommune)
    nedlagt = TjenesteFactory(kommune=kommune, nedlagt=timezone.localdate())

    assert treff(koordinator, Tjeneste, mangler="kontakt") == [uten]
    assert set(treff(koordinator, Tjeneste, mangler="apen")) == {skjult, uten}
    assert treff(koordinator, Tjeneste, virksom="nei") == [nedlagt]
    assert set(treff(koordinator, Tjeneste, virksom="ja")) == {har, skjult, uten}


def test_tjenester_without_whoever_speaks_for_them_are_found(kommune, koordinator):
    TjenesteFactory(kommune=kommune, svaransvarlig="leder@example.org")
    uten = TjenesteFactory(kommune=kommune)

    assert treff(koordinator, Tjeneste, mangler="svaransvarlig") == [uten]


def test_the_list_of_tjenester_shows_the_main_contact(kommune, koordinator):
    KontaktpunktFactory(tjeneste__kommune=kommune, verdi="66938000")

    assert "66 93 80 00" in Lest(liste(koordinator, Tjeneste)).tekst


def test_contacts_are_found_by_when_they_were_confirmed(kommune, koordinator):
    i_dag = timezone.localdate()
    tjeneste = TjenesteFactory(kommune=kommune)
    aldri, gammel, ny = KontaktpunktFactory.create_batch(3, tjeneste=tjeneste)
    BekreftelseFactory(kontaktpunkt=gammel, dato=i_dag - timedelta(days=366))
    BekreftelseFactory(kontaktpunkt=ny)

    assert treff(koordinator, Kontaktpunkt, bekreftet_nar="aldri") == [aldri]
    assert treff(koordinator, Kontaktpunkt, bekreftet_nar="gammel") == [gammel]
    assert treff(koordinator, Kontaktpunkt, bekreftet_nar="ny") == [ny]


def test_innsatsomrader_that_are_not_public_yet_are_found(omrade, koordinator):
    nytt = InnsatsomradeFactory(plan=omrade.plan, publisert=False)

    assert treff(koordinator, Innsatsomrade, publisert__exact="0") == [nytt]


def test_agreements_that_ran_out_are_found(kommune, koordinator):
    i_dag = timezone.localdate()
    uten_slutt, til_i_dag, gatt_ut = (
        Styringsdokument.objects.create(
            kommune=kommune, tittel=f"Avtale {nr}", utloper=d
        )
        for nr, d in enumerate([None, i_dag, i_dag - timedelta(days=1)])
    )

    assert treff(koordinator, Styringsdokument, utlop="utlopt") == [gatt_ut]
    assert set(treff(koordinator, Styringsdokument, utlop="gjelder")) == {
        uten_slutt,
        til_i_dag,
    }
