"""A round of which somebody dies on the way, or that is begun by two: each tjeneste is asked
once, each address gets one mail, and each link in it opens its page."""

import os
import random
import re
import signal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from slt.felles.utsending import send_alt
from slt.models import Utsending
from tests.factories import KommuneFactory, TjenesteFactory
from tests.feil.mengde import mengde
from tests.slt.posttjener import Postkasse, i_barn, tjener, ventet
from tests.slt.test_utsending import base  # noqa: F401 (a fixture)
from tiltak.models import Foresporsel, Runde, Rundeoppsett, Svarlenke

ADRESSER = 8


@pytest.fixture(autouse=True)
def _innstilt(monkeypatch, settings):
    settings.SITE_URL = "https://slt.example"
    settings.UTSENDING_FRIST = 0
    # Whatever month it is when this runs.
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)
    monkeypatch.setattr("slt.models.utsendinger.JULI", 0)


def adressene(kommune):
    return [f"nr{nr}@{kommune.slug}.example.org" for nr in range(ADRESSER)]


def kommune_som_spor():
    """One that has planned a round for this week, which goes by itself."""
    for oppsett in Rundeoppsett.objects.filter(er_pa=True):
        oppsett.er_pa = False
        oppsett.save()
    kommune, uke = KommuneFactory(), timezone.localdate().isocalendar().week
    adresser = adressene(kommune)
    # Two of them answer for two tjenester, one of these under a name with large letters.
    for adresse in (*adresser, adresser[0].upper(), adresser[1]):
        TjenesteFactory(kommune=kommune, svaransvarlig=adresse)
    Rundeoppsett.objects.create(
        kommune=kommune,
        er_pa=True,
        sendes=True,
        forste_uke=uke,
        andre_uke=uke % 52 + 1,
    )
    return kommune


def runder():
    call_command("runder", stdout=StringIO())


def antall_sporringer(arbeid):
    """How many times it asks the database."""
    antall = 0

    def tell(execute, *args):
        nonlocal antall
        antall += 1
        return execute(*args)

    with connection.execute_wrapper(tell):
        arbeid()
    return antall


def drept_ved(sted, arbeid, *, etter):
    """Does the work in a process of its own, which is killed before or after it has asked
    the database so many times; returns whether it was."""

    def i_barnet():
        igjen = sted

        def tell(execute, *args):
            nonlocal igjen
            igjen -= 1
            if igjen < 0 and not etter:
                os.kill(os.getpid(), signal.SIGKILL)
            svar = execute(*args)
            if igjen < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return svar

        with connection.execute_wrapper(tell):
            arbeid()

    return ventet(i_barn(i_barnet)) == -signal.SIGKILL


def lenkene(tekst):
    return re.findall(r"/lenke/svar/[\w-]+/", tekst)


def sjekk_runden(kommune):
    """What must be so of a round that somebody finished; returns its mails."""
    foresporsler = Foresporsel.objects.filter(runde__kommune=kommune)
    spurte = list(foresporsler.values_list("tjeneste", flat=True).order_by("pk"))
    assert Runde.objects.filter(kommune=kommune).count() == 1
    assert spurte == list(kommune.tjenester.order_by("pk").values_list("pk", flat=True))
    brevene = list(Utsending.objects.filter(kommune=kommune))
    assert sorted(b.til.lower() for b in brevene) == adressene(kommune)
    lenker = [lenke for brev in brevene for lenke in lenkene(brev.tekst)]
    assert len(lenker) == len(set(lenker)) == len(spurte)
    assert Svarlenke.objects.filter(foresporsel__runde__kommune=kommune).count() == len(
        lenker
    )
    apnet = set()
    for lenke in lenker:
        svar = Client().post(lenke)
        assert svar.status_code == 302
        apnet.add(svar.url)
    assert len(apnet) == len(spurte)
    return brevene


def send_og_drep(settings, brevene):
    """Lets the mail of a round be sent by some who are killed, each at another place that a
    mail comes by at the server, and by one who is not. Returns (how many were killed,
    how many mails are uncertain)."""
    barn, drept = [], 0

    def ved(_her, _server):
        if barn and random.random() < 0.2:  # noqa: S311
            os.kill(barn.pop(), signal.SIGKILL)

    with tjener(settings, Postkasse(ved)) as postkasse:
        for _gang in range(4):
            barn.append(pid := i_barn(send_alt))
            drept += ventet(pid) == -signal.SIGKILL
            barn.clear()
        send_alt()

    rader = Utsending.objects.filter(pk__in=[brev.pk for brev in brevene])
    uvisse = rader.filter(tilstand="uvisst")
    mottakere, uvisst = postkasse.mottakere, {rad.til for rad in uvisse}
    mottakere = [til for til in mottakere if til in {brev.til for brev in brevene}]
    assert len(mottakere) == len(set(mottakere))
    assert set(mottakere) | uvisst == {brev.til for brev in brevene}
    assert rader.filter(tilstand="sendt").count() == len(brevene) - len(uvisst)
    assert set(rader.trenger_noen()) == set(uvisse)
    assert len(uvisst) <= drept
    return drept, len(uvisst)


def test_a_round_that_is_killed_is_finished_by_the_next(base, settings, tell):  # noqa: F811
    """Before and after what it asks of the database; and then who sends its mail."""
    kommune_som_spor()
    alle, ganger = antall_sporringer(runder), mengde(50, 5)
    runden_drept = postbud = sendte = uvisse = 0
    for gang in range(ganger):
        kommune = kommune_som_spor()
        # Of each round before it is asked once whether somebody waits there.
        sted = gang * (alle + gang) // ganger
        runden_drept += drept_ved(sted, runder, etter=gang % 2)
        runder()
        brevene = sjekk_runden(kommune)
        runder()
        assert Utsending.objects.filter(kommune=kommune).count() == len(brevene)

        drepte, uviss = send_og_drep(settings, brevene)
        postbud, uvisse = postbud + drepte, uvisse + uviss
        sendte += len(brevene) - uviss
    tell("rounds killed on the way and finished by the next run", runden_drept)
    tell("times that who sent their mail was killed", postbud)
    tell("of these mails that came, none of them twice", sendte)
    tell("of these mails listed as uncertain", uvisse)
    assert runden_drept == ganger
    assert postbud > 0


def test_two_who_begin_the_same_round_at_once_make_one(base, tell):  # noqa: F811
    ganger, brev = mengde(20, 3), 0
    for _gang in range(ganger):
        kommune = kommune_som_spor()

        barn = [i_barn(runder) for _nr in range(2)]

        assert [ventet(pid) for pid in barn] == [0, 0]
        brev += len(sjekk_runden(kommune))
    tell("rounds begun by two at once", ganger)
    tell("mails of these, one to each address", brev)
    assert brev >= ganger
