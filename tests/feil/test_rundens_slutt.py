"""A round of which somebody dies while they remind or close, or that two remind, close and
open again at once: each is reminded once, and a round is either closed with all that was
answered, or open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from slt.models import Utsending
from tests.factories import KommuneFactory, TjenesteFactory
from tests.feil.mengde import mengde
from tests.feil.test_runder import (  # noqa: F401 (a fixture)
    _innstilt,
    antall_sporringer,
    drept_ved,
    runder,
)
from tests.slt.posttjener import i_barn, ventet
from tests.slt.test_utsending import base  # noqa: F401 (a fixture)
from tiltak.models import Rundelukking, Rundeoppsett, Svarlenke
from tiltak.models.runder import LENGER
from tiltak.runder.adgang import Svarer
from tiltak.runder.deler import delene, merke
from tiltak.runder.lop import lag_runde, send
from tiltak.runder.lukking import gjenapne, lukk
from tiltak.runder.paminnelse import DAGER_ETTER, purr
from tiltak.runder.svaret import alt_stemmer

ADRESSER = 5


def sendt_runde():
    """One that was sent to so many addresses, of which the first answers for two."""
    kommune = KommuneFactory()
    # Nothing new is made by night.
    Rundeoppsett.objects.create(kommune=kommune, er_pa=False)
    for nr in (0, *range(ADRESSER)):
        TjenesteFactory(
            kommune=kommune, svaransvarlig=f"nr{nr}@{kommune.slug}.example.org"
        )
    runde = lag_runde(kommune, timezone.localdate())
    send(runde)
    runde.refresh_from_db()
    # They had time to answer.
    runde.startet -= timedelta(days=DAGER_ETTER)
    runde.save()
    return runde


def sjekk_paminnelsen(runde):
    """What must be so of a reminder that somebody finished."""
    brev = Utsending.objects.filter(
        kommune=runde.kommune, nokkel__endswith=":paminnelse"
    )
    assert len({b.til for b in brev}) == len(brev) == ADRESSER
    assert not runde.foresporsler.filter(purret=None).exists()
    lenker = Svarlenke.objects.filter(foresporsel__runde=runde)
    assert lenker.count() == 2 * (ADRESSER + 1)


def sjekk_lukkingen(runde):
    """It is closed as its closing says that stands, or open and none stands."""
    runde.refresh_from_db()
    staende = Rundelukking.objects.filter(runde=runde, gjenapnet=None)
    assert [rad.tid for rad in staende] == ([runde.lukket] if runde.lukket else [])


def test_a_reminder_that_is_killed_is_finished_by_the_night(base, tell):  # noqa: F811
    forste = sendt_runde()
    alle, ganger = antall_sporringer(lambda: purr(forste)), mengde(40, 4)
    drept = halvveis = 0
    for gang in range(ganger):
        runde = sendt_runde()
        sted = gang * alle // ganger
        drept += drept_ved(sted, lambda runde=runde: purr(runde), etter=gang % 2)
        begynt = runde.foresporsler.filter(purret__isnull=False).exists()
        halvveis += begynt
        runder()
        if not begynt:
            # Who they were was not stored: nobody is reminded until it is pressed anew.
            assert not runde.foresporsler.filter(purret__isnull=False).exists()
            purr(runde)
        runder()
        sjekk_paminnelsen(runde)
    tell("reminders killed on the way", drept)
    tell("of these begun, and finished by the night", halvveis)
    assert drept == ganger
    assert halvveis > 0


def test_a_closing_that_is_killed_is_done_whole_by_the_next(base, tell):  # noqa: F811
    def over():
        runde = sendt_runde()
        runde.frist = timezone.localdate() - timedelta(days=LENGER + 1)
        runde.save()
        return runde

    over()
    alle, ganger = antall_sporringer(runder), mengde(40, 4)
    drept = 0
    for gang in range(ganger):
        runde = over()
        drept += drept_ved(gang * alle // ganger, runder, etter=gang % 2)
        sjekk_lukkingen(runde)
        runder()
        sjekk_lukkingen(runde)
        assert runde.er_lukket
        [lukking] = runde.lukkinger.all()
        assert len(lukking.innhold["tjenester"]) == ADRESSER + 1
    tell("closings killed on the way, each done by the next run", drept)
    assert drept == ganger


def pa_en_gang(*gjores):
    barn = [i_barn(gjor) for gjor in gjores]
    return [ventet(pid) for pid in barn]


def test_two_who_remind_at_once_send_one_to_each(base, tell):  # noqa: F811
    ganger = mengde(20, 3)
    for _gang in range(ganger):
        runde = sendt_runde()

        assert pa_en_gang(lambda: purr(runde), lambda: purr(runde)) == [0, 0]  # noqa: B023

        sjekk_paminnelsen(runde)
    tell("rounds that two reminded of at once", ganger)
    assert ganger > 0


@pytest.mark.parametrize("annet", ["lukker", "åpner"])
def test_two_who_close_and_open_at_once_leave_it_one_or_the_other(
    annet,
    base,  # noqa: F811
    tell,
):
    ganger, lukket = mengde(20, 3), 0
    for _gang in range(ganger):
        runde = sendt_runde()
        if annet == "åpner":
            lukk(runde)

        def en(runde=runde):
            lukk(runde)

        def to(runde=runde):
            if annet == "lukker":
                lukk(runde)
            else:
                gjenapne(runde, "De ringte.")

        assert pa_en_gang(en, to) == [0, 0]

        sjekk_lukkingen(runde)
        assert runde.lukkinger.count() == 1 + (annet == "åpner" and runde.er_lukket)
        lukket += runde.er_lukket
    tell(f"rounds closed while another one at once {annet}, and closed after", lukket)
    assert lukket == ganger or annet == "åpner"


def test_who_answers_while_it_is_closed_stands_there_or_is_refused(
    base,  # noqa: F811
    tell,
):
    ganger, svarte = mengde(20, 3), 0
    for _gang in range(ganger):
        runde = sendt_runde()
        foresporsel = runde.foresporsler.select_related("tjeneste__kommune").first()
        svarer = Svarer(foresporsel.tjeneste, lenke=foresporsel.lenker.get())
        sett = merke(delene(svarer, runde))

        def svar(svarer=svarer, sett=sett):
            # Refused, it ends with an error.
            alt_stemmer(svarer, hvordan="lenke", sett=sett)

        utfall = pa_en_gang(svar, lambda runde=runde: lukk(runde))

        sjekk_lukkingen(runde)
        foresporsel.refresh_from_db()
        assert utfall[1] == 0
        assert foresporsel.er_besvart == (utfall[0] == 0)
        [lukking] = runde.lukkinger.all()
        sagt = [t["stand"] for t in lukking.innhold["tjenester"] if "svar" in t]
        assert sagt == (["svart"] if foresporsel.er_besvart else [])
        svarte += foresporsel.er_besvart
    tell("answers given while the round was closed, that stand in it", svarte)
    tell("of these refused", ganger - svarte)
    assert ganger > 0
