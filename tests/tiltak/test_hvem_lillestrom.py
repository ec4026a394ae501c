"""Whom Lillestrøm's real data lead to: for each theme and each asker one who can help, who
may be contacted, and how."""

from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import transaction

from slt.models import PUBLIKUM, Kommune
from tiltak.apent import kalender_rundt
from tiltak.hvem.grunnlag import finn, temaene
from tiltak.hvem.rangering import Sporrer, ranger
from tiltak.models.hvem import Hvem

OSLO = ZoneInfo("Europe/Oslo")
PA_DAGEN = datetime(2026, 11, 24, 13, 30, tzinfo=OSLO)  # a Tuesday in a school week
PA_NATTEN = datetime(2026, 11, 28, 23, 30, tzinfo=OSLO)
PHFS, OUT, VAKTA, POLITIET = "phfs", "out", "barnevernsvakta", "politiet"
VOKSNE = "psykisk-helse-og-avhengighet"  # for those who are of age, and who is close
SKOLE, NETT = "skole-og-fravaer", "nettbruk"
KROPP, HAT = "seksualitet-og-grenser", "radikalisering-og-hatprat"
# {theme: whom unge, foresatte, ansatte and andre ask first, in the middle of the day}
FORST = {
    "rus": (PHFS, PHFS, PHFS, VOKSNE),
    "vold-i-naere-relasjoner": (VAKTA, VAKTA, VAKTA, VAKTA),
    "seksuelle-overgrep": (VAKTA, VAKTA, VAKTA, VAKTA),
    "tvang-og-kontroll": (VAKTA, VAKTA, VAKTA, VAKTA),
    NETT: (PHFS, PHFS, PHFS, POLITIET),
    SKOLE: (PHFS, PHFS, PHFS, VOKSNE),
    "mobbing": (PHFS, PHFS, PHFS, "grunnskolene"),
    "psykisk-helse": (PHFS, PHFS, PHFS, VOKSNE),
    KROPP: ("hfu-lillestrom", "skolehelsetjenesten", POLITIET, POLITIET),
    "kriminalitet": (OUT, OUT, OUT, POLITIET),
    HAT: (POLITIET, POLITIET, POLITIET, POLITIET),
    "fritid": ("barn-og-unge", "barn-og-unge", "barn-og-unge", "bibliotekene"),
    "arbeid": ("ung-i-jobb", "ung-i-jobb", "ung-i-jobb", "nav"),
    "bekymring": (PHFS, PHFS, PHFS, "tryggest"),
}
# Who is reached by what they or others have written of how, and no button.
MED_ORD = {"skolehelsetjenesten", "grunnskolene", "bibliotekene", "nav"}


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The database with all that comes with the software, loaded once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("last_grunndata", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def svarene(db):
    """{(slug of a theme, Hvem): Svar} of a moment."""
    kommune = Kommune.objects.get(slug="lillestrom")

    def svar(na):
        kalender = kalender_rundt(kommune, na)
        return {
            (tema.slug, hvem): ranger(
                finn(kommune, [tema], PUBLIKUM, na, kalender), Sporrer(hvem)
            )
            for tema in temaene(kommune)
            for hvem in Hvem
        }

    return {na: svar(na) for na in (PA_DAGEN, PA_NATTEN)}


def test_whom_each_asks_first(svarene):
    forst = {
        nokkel: svar.kan_kontaktes[0].tjeneste.slug
        for nokkel, svar in svarene[PA_DAGEN].items()
    }

    assert forst == {
        (tema, hvem): slug
        for tema, slugger in FORST.items()
        for hvem, slug in zip(Hvem, slugger, strict=True)
    }


@pytest.mark.parametrize("na", [PA_DAGEN, PA_NATTEN], ids=["day", "night"])
def test_the_first_one_can_be_reached_and_may_be(svarene, na):
    def passer(hvem, forst):
        kan_nas = forst.beste or forst.tjeneste.slug in MED_ORD
        apent_for = forst.tjeneste.apent_for
        bare_ansatte = forst.beste and forst.beste.bare_ansatte
        return (
            kan_nas
            and (not apent_for or hvem in apent_for)
            and not (hvem == Hvem.UNGE and bare_ansatte)
        )

    assert len(svarene[na]) == len(FORST) * len(Hvem)
    assert [
        (tema, hvem)
        for (tema, hvem), svar in svarene[na].items()
        if not passer(hvem, svar.kan_kontaktes[0])
    ] == []


def test_who_hurts_is_told_of_somebody_at_night(svarene):
    for tema in ("vold-i-naere-relasjoner", "seksuelle-overgrep", "tvang-og-kontroll"):
        forst = svarene[PA_NATTEN][tema, Hvem.UNGE].kan_kontaktes[0]

        assert (forst.tjeneste.slug, forst.beste.type) == (VAKTA, "telefon")


def test_staff_who_are_worried_are_told_of_the_coordinator(svarene):
    svar = svarene[PA_DAGEN]["bekymring", Hvem.ANSATTE]

    assert "slt-koordinator" in {t.tjeneste.slug for t in svar.kan_kontaktes}
