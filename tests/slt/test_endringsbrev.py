"""The mail of what changed: for those who asked, once a month, and what each may see."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.core.management import call_command
from django.utils import timezone

from slt.endringer import brev
from slt.endringer.brev import legg_endringsbrev
from slt.grunn.historikk import Dor, spor
from slt.models import Endringsbrev, Tilgang, Utsending
from tests.conftest import innlogget
from tests.factories import (
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tests.slt.test_samtidig import alle_pa_en_gang, klienter  # noqa: F401

MIN_SIDE = "/konto/"
BREV = "/konto/endringsbrev/"


@pytest.fixture(autouse=True)
def _hele_aret(monkeypatch):
    """Mail is written whatever month the tests run in."""
    monkeypatch.setattr(brev, "JULI", 0)


@pytest.fixture(autouse=True)
def _ved_skjemaet():
    with spor(Dor.SKJEMA):
        yield


@pytest.fixture
def losen(kommune):
    with spor(Dor.KOMMANDO):
        plan = HandlingsplanFactory(kommune=kommune)
        omrade = InnsatsomradeFactory(plan=plan, navn="Ungdom")
        plass = PlasseringFactory(innsatsomrade=omrade, tiltak__tittel="Ungdomslos")
    return plass.tiltak


def bestilt(kommune, rolle=Tilgang.Rolle.ANSATT):
    """An order that is two months old; the mail is due."""
    bruker = TilgangFactory(kommune=kommune, rolle=rolle).bruker
    return Endringsbrev.objects.create(
        bruker=bruker,
        kommune=kommune,
        fortalt_til=timezone.now() - timedelta(days=62),
    )


def endre(rad, **felter):
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save()


def brevene():
    return list(Utsending.objects.filter(nokkel__startswith="endringer:"))


def test_it_is_asked_for_and_stopped_on_min_side(kommune, losen):
    klient = innlogget(TilgangFactory(kommune=kommune, rolle="ansatt").bruker)
    assert "Få e-post" in Lest(klient.get(MIN_SIDE)).tekst

    for _gang in range(2):
        klient.post(BREV, {"kommune": "lillestrom", "send": "1"})

    [rad] = Endringsbrev.objects.all()
    assert (rad.bruker, rad.kommune) == (klient.bruker, kommune)
    assert "Du får e-post." in Lest(klient.get(MIN_SIDE)).tekst

    klient.post(BREV, {"kommune": "lillestrom"})

    assert not Endringsbrev.objects.exists()
    assert [h.history_type for h in Endringsbrev.historikk.all()] == ["-", "+"]


def test_who_has_no_part_in_the_kommune_can_not_ask(kommune, nabo):
    svar = nabo.post(BREV, {"kommune": "lillestrom", "send": "1"})

    assert svar.status_code == 404
    assert not Endringsbrev.objects.exists()


def test_each_gets_one_a_month_where_something_changed(kommune, losen):
    bestilt(kommune)
    call_command("endringsbrev")
    assert brevene() == []

    endre(losen, tittel="Losen")
    for _gang in range(2):
        call_command("endringsbrev")

    [brev] = brevene()
    assert "Losen. Tiltak: endret" in brev.tekst
    assert "Stans den på Min side" in brev.tekst
    endre(losen, tittel="Enda en")
    call_command("endringsbrev")
    assert len(brevene()) == 1


def test_the_same_month_of_another_year_is_another_one(kommune, losen):
    rad = bestilt(kommune)
    i_fjor = timezone.now() - relativedelta(years=1)
    endre(rad, fortalt_til=i_fjor)
    endre(losen, tittel="Losen")

    call_command("endringsbrev")

    assert len(brevene()) == 1


def test_who_runs_it_at_the_same_time_sends_nothing_more(kommune, losen):
    """Whoever read the row before the other was done, finds the mail by its key."""
    rad = bestilt(kommune)
    endre(losen, tittel="Losen")
    call_command("endringsbrev")
    endre(Endringsbrev.objects.get(), fortalt_til=rad.fortalt_til)

    call_command("endringsbrev")

    assert len(brevene()) == 1


def test_it_says_what_the_receiver_may_see_today(kommune, losen):
    ansatt, koordinator = bestilt(kommune), bestilt(kommune, "koordinator")
    out = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    with spor(Dor.KOMMANDO):
        punkt = KontaktpunktFactory(tjeneste=out, verdi="22 22 22 22")
    endre(punkt, verdi="33 33 33 33")
    TiltakFactory(plan=losen.plan, publisert=False, tittel="Hemmelig tiltak")
    borte = TiltakFactory(plan=losen.plan, publisert=False, tittel="Hemmelig borte")
    borte.delete()

    call_command("endringsbrev")

    tekster = {rad.til: rad.tekst + rad.html for rad in brevene()}
    assert "Hemmelig tiltak" in tekster[koordinator.bruker.epost]
    assert "ikke publisert" in tekster[koordinator.bruker.epost]
    assert "Utekontakten" in tekster[ansatt.bruker.epost]
    assert "Hemmelig" not in tekster[ansatt.bruker.epost]
    for tekst in tekster.values():
        assert "22 22 22 22" not in tekst


@pytest.mark.parametrize("hvordan", ["administrator", "avsluttet", "inaktiv"])
def test_it_stops_when_the_role_ends(kommune, losen, hvordan):
    rad = bestilt(kommune)
    endre(losen, tittel="Losen")
    if hvordan == "inaktiv":
        endre(rad.bruker, is_active=False)
    elif hvordan == "administrator":
        endre(rad.bruker, is_superuser=True)
    else:
        i_gar = timezone.localdate() - timedelta(days=1)
        endre(rad.bruker.tilganger.get(), fra=i_gar, til=i_gar)

    call_command("endringsbrev")

    assert brevene() == []
    assert not Endringsbrev.objects.exists()


def test_none_is_written_in_july_when_none_goes(kommune, losen, monkeypatch):
    """In August it would say what was withdrawn since."""
    bestilt(kommune)
    endre(losen, tittel="Losen")
    for juli, antall in ((timezone.localdate().month, 0), (0, 1)):
        monkeypatch.setattr(brev, "JULI", juli)

        call_command("endringsbrev")

        assert len(brevene()) == antall


# Several at once, on PostgreSQL -----------------------------------------------------------


@pytest.mark.usefixtures("klienter")
def test_of_many_runs_at_once_each_gets_one_mail(kommune, losen):
    """And who stops it at the same moment does not make them wait for each other."""
    bestilte = [bestilt(kommune) for _nr in range(3)]
    endre(losen, tittel="Losen")
    stanser = innlogget(bestilte[0].bruker)

    def kjor(_hvem, nr):
        if nr == 0:
            return stanser.post(BREV, {"kommune": "lillestrom"}).status_code
        return legg_endringsbrev()

    stanset, *rundene = alle_pa_en_gang([None] * 6, kjor)

    lagt = sum(antall for antall, _feilet in rundene)
    assert stanset == 302
    assert [feilet for _antall, feilet in rundene] == [0] * 5
    assert len(brevene()) == lagt
    assert lagt in {2, 3}
    assert not Endringsbrev.objects.filter(pk=bestilte[0].pk).exists()


def test_a_run_that_was_killed_half_way_is_taken_up_again(kommune, losen, monkeypatch):
    for _nr in range(3):
        bestilt(kommune)
    endre(losen, tittel="Losen")
    ekte, ganger = brev.legg_samlebrev, []

    def avbrutt(*args, **kwargs):
        ganger.append(1)
        if len(ganger) == 2:
            raise KeyboardInterrupt
        return ekte(*args, **kwargs)

    monkeypatch.setattr(brev, "legg_samlebrev", avbrutt)
    with pytest.raises(KeyboardInterrupt):
        legg_endringsbrev()
    monkeypatch.setattr(brev, "legg_samlebrev", ekte)

    assert len(brevene()) == 1
    assert legg_endringsbrev() == (2, 0)
    assert len({rad.til for rad in brevene()}) == 3
