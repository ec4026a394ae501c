"""Rounds while the clock is put forward and back, from year to year, and in July: nothing
goes twice, nothing is lost, and the deadline is right."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from slt.felles.utsending import send_alt, ta
from slt.models import Utsending
from tests.factories import (
    KommuneFactory,
    KontaktpunktFactory,
    RundeFactory,
    TjenesteFactory,
)
from tests.feil.mengde import mengde
from tests.tiltak.test_runder import lenkene
from tiltak.models import Foresporsel, Runde, Rundeoppsett
from tiltak.runder.lop import lag_planlagte, send_pa_nytt

OSLO = timezone.get_default_timezone()


class _Datoklokke(type):
    def __instancecheck__(cls, ting):
        return isinstance(ting, datetime)


@pytest.fixture
def klokken(monkeypatch):
    """Puts the clock of the machine to a moment."""

    class Klokke(datetime, metaclass=_Datoklokke):
        na = datetime(2026, 1, 1, tzinfo=UTC)

        @classmethod
        def now(cls, tz=None):
            return cls.na.astimezone(tz)

    monkeypatch.setattr(timezone, "datetime", Klokke)

    def stilles(*tid, fold=0, sone=OSLO):
        Klokke.na = datetime(*tid, tzinfo=sone, fold=fold)
        return timezone.localdate()

    return stilles


@pytest.fixture(autouse=True)
def _adresse(settings):
    settings.SITE_URL = "https://slt.example"


def som_spor(*uker, adresser=3, sendes=True):
    kommune = KommuneFactory()
    for nr in range(adresser):
        tjeneste = TjenesteFactory(
            kommune=kommune, svaransvarlig=f"nr{nr}@{kommune.slug}.example.org"
        )
        KontaktpunktFactory(tjeneste=tjeneste)
    Rundeoppsett.objects.create(
        kommune=kommune,
        er_pa=True,
        sendes=sendes,
        forste_uke=uker[0],
        andre_uke=uker[1],
    )
    return kommune


def natt():
    """What is run each night; and the mail."""
    call_command("runder", stdout=StringIO())
    send_alt()


def mottakere():
    return sorted(til for melding in mail.outbox for til in melding.to)


# When, and when again: the night in which the hour from two to three comes twice, the one
# in which it does not come, an hour back over noon, and over midnight and the end of a week.
STILT = {
    "back in October": ((2026, 10, 25, 2, 30), 0, (2026, 10, 25, 2, 30), 1),
    "forward in March": ((2026, 3, 29, 1, 59), 0, (2026, 3, 29, 3, 0), 0),
    "an hour back": ((2026, 9, 2, 12, 10), 0, (2026, 9, 2, 11, 10), 0),
    "back over midnight": ((2026, 9, 3, 0, 10), 0, (2026, 9, 2, 23, 10), 0),
    "from year to year": ((2026, 12, 31, 23, 59), 0, (2027, 1, 1, 0, 1), 0),
}


@pytest.mark.parametrize("hva", STILT)
@pytest.mark.parametrize("drept", [False, True])
def test_a_round_in_which_the_clock_is_set(hva, drept, db, klokken):
    """It is begun, and perhaps left half-way; and once more at the other time."""
    forst, fold, sa, fold_sa = STILT[hva]
    dag = klokken(*forst, fold=fold)
    uke = dag.isocalendar().week
    kommune = som_spor(uke, uke % 52 + 1)
    lag_planlagte(dag)
    if drept:
        siste = Foresporsel.objects.order_by("pk").last()
        siste.lenker.get().delete()
        Utsending.objects.filter(nokkel=siste.brev).delete()
        siste.brev = ""
        siste.save()
    else:
        send_alt()

    klokken(*sa, fold=fold_sa)
    natt()
    klokken(*forst, fold=fold)
    natt()

    [runde] = Runde.objects.all()
    assert (runde.arstall, runde.uke) == dag.isocalendar()[:2]
    assert runde.frist == dag + timedelta(days=21)
    ventet = [f"nr{nr}@{kommune.slug}.example.org" for nr in range(3)]
    assert mottakere() == ventet
    slutt = datetime.combine(
        runde.frist + timedelta(days=1), datetime.min.time(), tzinfo=OSLO
    )
    assert {u.senest for u in Utsending.objects.all()} == {slutt.astimezone(UTC)}
    klokken(*date_deler(dag + timedelta(days=1)), 8, 0)
    [apnet] = {Client().get(lenkene_i(m)[0]).status_code for m in mail.outbox}
    assert apnet == 200
    klokken(*date_deler(runde.lenkene_gjelder_til), 23, 59)
    assert Client().get(lenkene_i(mail.outbox[0])[0]).status_code == 200
    klokken(*date_deler(runde.lenkene_gjelder_til + timedelta(days=1)), 0, 0)
    assert Client().get(lenkene_i(mail.outbox[0])[0]).status_code == 404


def lenkene_i(melding):
    return lenkene(Utsending(tekst=melding.body))


def date_deler(dag):
    return dag.year, dag.month, dag.day


def test_what_is_being_sent_when_the_clock_is_set_is_not_sent_again(db, klokken):
    """Forward, it seems long ago that it was begun; back, it is still to begin."""
    for sa in ((2026, 9, 2, 13, 10), (2026, 9, 2, 11, 10)):
        dag = klokken(2026, 9, 2, 12, 10)
        kommune = som_spor(36, 37, adresser=1)
        lag_planlagte(dag)
        rad = ta()
        assert rad.kommune == kommune

        klokken(*sa)
        natt()
        klokken(2026, 9, 2, 14, 30)
        natt()

        rad.refresh_from_db()
        assert rad.tilstand == "uvisst"
    assert mail.outbox == []


@pytest.mark.parametrize("uker", [(5, 36), (53, 1), (26, 27), (30, 52)])
def test_night_after_night_there_are_two_rounds_a_year(uker, db, klokken, tell):
    """From 2026, which has 53 weeks, and so has 2032."""
    kommune = som_spor(*uker, adresser=1)
    dager = mengde(7 * 364, 750)
    dag, slutt = date(2026, 1, 5), date(2026, 1, 5) + timedelta(days=dager)
    sendt = {}
    while dag < slutt:
        klokken(*date_deler(dag), 3, 0)
        for_ = len(mail.outbox)
        natt()
        if len(mail.outbox) > for_:
            sendt[dag] = len(mail.outbox) - for_
        dag += timedelta(days=1)

    def siste(ar):
        return date(ar, 12, 28).isocalendar().week

    ventet = sorted(
        (ar, min(uke, siste(ar)))
        for ar in range(2026, slutt.isocalendar().year + 1)
        for uke in uker
        if (2026, 1) < (ar, min(uke, siste(ar))) < slutt.isocalendar()[:2]
    )
    runder = Runde.objects.filter(kommune=kommune).order_by("arstall", "uke")
    assert list(runder.values_list("arstall", "uke")) == ventet
    sendte = [runde for runde in runder if not runde.er_utkast]
    assert list(sendt.values()) == [1] * len(sendte)
    assert all(d.month != 7 for d in sendt)
    for d, runde in zip(sendt, sendte, strict=True):
        assert (runde.frist - d).days == 21
    # Those that are drafts still were of weeks in July.
    for runde in set(runder) - set(sendte):
        dagene = [
            date.fromisocalendar(runde.arstall, runde.uke, n) for n in range(1, 8)
        ]
        assert {d.month for d in dagene} == {7}
    tell(f"nights of a kommune that asks in the weeks {uker}", dager)
    tell("mails of these, one a round", len(mail.outbox))


def test_a_night_that_goes_over_into_july_leaves_a_draft_and_asks_the_others(
    db, klokken
):
    klokken(2026, 6, 20, 12, 0)
    venter = RundeFactory(kommune=som_spor(1, 2, adresser=0), frist=date(2026, 8, 20))
    tjeneste = TjenesteFactory(kommune=venter.kommune)
    Foresporsel.objects.create(runde=venter, tjeneste=tjeneste, epost="a@example.org")
    kommune = som_spor(27, 36)
    klokken(2026, 7, 1, 0, 0)

    laget, lagt = lag_planlagte(date(2026, 6, 30))

    assert (laget, lagt) == (1, 1)
    assert kommune.runder.get().er_utkast
    assert Utsending.objects.get().til == "a@example.org"


def test_in_july_nobody_loses_the_link_that_they_have(db, klokken):
    dag = klokken(2026, 6, 29, 3, 0)
    som_spor(27, 36, adresser=1)
    lag_planlagte(dag)
    rad, [lenke] = Foresporsel.objects.get(), lenkene(Utsending.objects.get())
    klokken(2026, 7, 2, 12, 0)

    assert not send_pa_nytt(rad)

    assert Client().get(lenke).status_code == 200
    assert Utsending.objects.count() == 1


def test_where_the_site_lost_its_address_no_mail_is_made(db, klokken, settings):
    dag = klokken(2026, 9, 2, 3, 0)
    kommune = som_spor(1, 2, adresser=1)
    runde = RundeFactory(kommune=kommune)
    tjeneste = kommune.tjenester.get()
    rad = Foresporsel.objects.create(runde=runde, tjeneste=tjeneste, epost="a@b.no")
    settings.SITE_URL = ""

    assert lag_planlagte(dag) == (0, 0)
    settings.SITE_URL = "https://slt.example"
    assert lag_planlagte(dag) == (0, 1)

    rad.refresh_from_db()
    assert rad.brev
    assert "https://slt.example/lenke/svar/" in Utsending.objects.get().tekst
