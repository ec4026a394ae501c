"""Whom to call, on one page for a wall: what counts when it is chosen who stands there."""

from datetime import date

import pytest
from django.core.cache import cache

from tests.factories import (
    AnsvarFactory,
    BekreftelseFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
    StedFactory,
    TiltakFactory,
    TjenesteFactory,
    UtkastFactory,
)
from tests.tiltak.test_kontaktark import ark, rekke, tjeneste
from tiltak.models import TiltakLokalomrade


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


@pytest.fixture
def omrade(kommune):
    """An innsatsområde of a plan that holds."""
    return PlasseringFactory(innsatsomrade__plan__kommune=kommune).innsatsomrade


def test_an_acute_number_stands_once(kommune):
    vakt = tjeneste(kommune, "Barnevernsvakta", "64 99 32 70", akutt=True)
    KontaktpunktFactory(tjeneste=vakt, verdi="64 99 32 71")

    tekst = ark(kommune)

    assert [tekst.count(n) for n in ("64 99 32 70", "64 99 32 71")] == [1, 1]


@pytest.mark.parametrize("hva", ["utkast", "avlost", "upublisert", "avsluttet"])
def test_only_what_all_can_read_of_what_holds_counts(hva, kommune, omrade):
    plan = omrade.plan
    if hva == "utkast":
        plan = UtkastFactory(kommune=kommune, fra_ar=2040, til_ar=2043)
    elif hva == "avlost":
        plan = HandlingsplanFactory(
            kommune=kommune, status="avlost", fra_ar=2010, til_ar=2013
        )
    her = InnsatsomradeFactory(plan=plan, publisert=hva != "upublisert")
    skjulte = [PlasseringFactory(innsatsomrade=her).tiltak for _nr in range(2)]
    for tiltak in skjulte if hva == "avsluttet" else ():
        tiltak.status = "avsluttet"
        tiltak.save()
    tjeneste(kommune, "A svarer for det andre ikke ser", "64 00 00 01", *skjulte)
    sett = PlasseringFactory(innsatsomrade=omrade).tiltak
    tjeneste(kommune, "B svarer for ett", "64 00 00 02", sett)

    navnene = ["B svarer for ett", "A svarer for det andre ikke ser"]
    assert rekke(ark(kommune), *navnene) == navnene


def test_a_sted_that_is_nowhere_is_for_every_lokalomrade(kommune):
    fetsund = LokalomradeFactory(kommune=kommune)
    sted = StedFactory(kommune=kommune, lokalomrade=None)
    tjeneste(kommune, "Ungdomshuset", "64 00 00 01", sted=sted)

    assert "Ungdomshuset" in ark(kommune, fetsund)


def test_a_deltiltak_is_where_the_whole_is(kommune, omrade):
    fetsund, sorumsand = (LokalomradeFactory(kommune=kommune) for _nr in range(2))
    hele = PlasseringFactory(innsatsomrade=omrade).tiltak
    del_ = TiltakFactory(plan=hele.plan, overordnet=hele)
    TiltakLokalomrade.objects.create(tiltak=hele, lokalomrade=fetsund)
    tjeneste(kommune, "Har en del av det", "64 00 00 01", del_)

    arkene = [ark(kommune, her) for her in (fetsund, sorumsand)]

    assert ["Har en del av det" in tekst for tekst in arkene] == [True, False]


def test_of_several_numbers_the_one_that_was_confirmed_first_is_said(kommune):
    out = tjeneste(kommune, "Utekontakten", "64 00 00 01")
    KontaktpunktFactory(tjeneste=out, verdi="64 00 00 02")
    for punkt, maned in zip(out.kontaktpunkter.all(), (6, 3), strict=True):
        BekreftelseFactory(kontaktpunkt=punkt, dato=date(2026, maned, 9))

    tekst = ark(kommune)

    assert ("mars 2026" in tekst, "juni 2026" in tekst) == (True, False)


def test_what_is_said_of_these_days_stands_there(kommune):
    ny = TjenesteFactory(kommune=kommune, melding="Vi har flyttet")
    KontaktpunktFactory(tjeneste=ny, verdi="64 00 00 01")
    AnsvarFactory(tjeneste=ny)

    assert "Vi har flyttet" in ark(kommune)
