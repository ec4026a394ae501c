"""A round to many tjenester against one to few; and the page on which one of them says that
all holds."""

import gc
import re
import time
import tracemalloc
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from slt.grunn.historikk import opprett_mange
from slt.models import Utsending
from tests.factories import (
    AnsvarFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    StatusrapportFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.ytelse._maling import Rad, paa
from tiltak.models import Bekreftelse, Endringsforslag
from tiltak.runder.lop import lag_runde, send
from tiltak.runder.statusforslag import som_innhold
from tiltak.runder.utvalg import spurt_om

FA, NOEN, MANGE = 10, 100, 1000
KONTAKTER = 12
TILTAK = 8


@contextmanager
def _innstilt():
    """As on a site that knows its address, whatever month it is."""
    with (
        override_settings(
            SITE_URL="https://slt.example", SECURE_SSL_REDIRECT=False, DEBUG=False
        ),
        patch("tiltak.runder.lop.JULI", 0),
    ):
        yield


def _utkast(antall):
    """A round that is not sent, to so many tjenester, each with its own address."""
    kommune = KommuneFactory()
    opprett_mange(
        TjenesteFactory.build_batch(
            antall, kommune=kommune, svaransvarlig="x@kommunen.no"
        )
    )
    for nr, tjeneste in enumerate(kommune.tjenester.all()):
        tjeneste.svaransvarlig = f"nr{nr}@kommunen.no"
        tjeneste.save()
    return lag_runde(kommune, timezone.localdate())


def _sendt(antall):
    """Sends a round; returns the queries and seconds of each tjeneste."""
    runde, sporringer = _utkast(antall), 0

    def tell(execute, *args):
        nonlocal sporringer
        sporringer += 1
        return execute(*args)

    start = time.perf_counter()
    with connection.execute_wrapper(tell):
        assert send(runde) == antall
    return sporringer / antall, (time.perf_counter() - start) / antall


def _minne(antall):
    """The most bytes that Python holds at once to send a round, beyond what it had."""
    runde, terskler = _utkast(antall), gc.get_threshold()
    # What is in nobody's hands any more is thrown away soon, not some time.
    gc.freeze()
    gc.set_threshold(500, 3, 3)
    tracemalloc.start()
    try:
        assert send(runde) == antall
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.set_threshold(*terskler)
        gc.unfreeze()


@paa("sqlite", "postgresql")
def bench_runder():
    """What each tjeneste more costs: the same, however many there are."""
    with _innstilt():
        _sendt(FA)  # what is looked up once, is
        sporringer, sekunder = {}, {}
        for antall in (FA, NOEN, MANGE):
            sporringer[antall], sekunder[antall] = _sendt(antall)
            navn = f"a round to {antall:,}: queries per service"
            yield Rad(navn, sporringer[antall], "")
        yield Rad(
            "a round: queries per service, 1,000 / 100",
            sporringer[MANGE] / sporringer[NOEN],
            hoyst=1.02,
        )
        yield Rad("a round to 1,000: time per service", 1000 * sekunder[MANGE], "ms")
        yield Rad(
            "a round: time per service, 1,000 / 100",
            sekunder[MANGE] / sekunder[NOEN],
            hoyst=1.5,
        )
        _minne(NOEN)
        # The lower of two: what waits to be thrown away is not held.
        minne = {
            antall: min(_minne(antall), _minne(antall)) for antall in (NOEN, MANGE)
        }
        yield Rad("a round to 1,000: most memory at once", minne[MANGE] / 1e6, "MB")
        yield Rad(
            "a round: most memory at once, 1,000 / 100",
            minne[MANGE] / minne[NOEN],
            hoyst=2,
        )
        # Its id and its address: what it is sent to is known from the start.
        yield Rad(
            "a round: memory more for each service more",
            (minne[MANGE] - minne[NOEN]) / (MANGE - NOEN) / 1000,
            "kB",
            hoyst=1,
        )


def bench_svarsiden():
    """The page of a tjeneste with twelve contacts and as many tiltak, and the way there from
    its mail."""
    kommune = KommuneFactory()
    tjeneste = TjenesteFactory(kommune=kommune, svaransvarlig="ute@kommunen.no")
    KontaktpunktFactory.create_batch(
        KONTAKTER, tjeneste=tjeneste, instruks="be om vakta " * 9
    )
    sted = PlasseringFactory(innsatsomrade__plan__kommune=kommune, nummer=1)
    AnsvarFactory(tiltak=sted.tiltak, tjeneste=tjeneste)
    for nummer in range(2, KONTAKTER + 1):
        annet = PlasseringFactory(innsatsomrade=sted.innsatsomrade, nummer=nummer)
        AnsvarFactory(tiltak=annet.tiltak, tjeneste=tjeneste)
    with _innstilt():
        cache.clear()
        send(lag_runde(kommune, timezone.localdate()))
        brev = Utsending.objects.get(kommune=kommune).tekst
        trykk, storst = _fra_brevet(
            brev, lambda: Bekreftelse.objects.count() >= KONTAKTER
        )
    yield Rad("the page of twelve contacts", storst / 1000, "kB", hoyst=60)
    yield Rad("presses from the mail to «Alt stemmer»", trykk, "", hoyst=6)


def bench_status():
    """The page of a tjeneste that is asked how it goes with eight tiltak, of which it has
    said something before, and the way from its mail to that nothing changed of any."""
    kommune = KommuneFactory()
    tjeneste = TjenesteFactory(kommune=kommune, svaransvarlig="ute@kommunen.no")
    KontaktpunktFactory(tjeneste=tjeneste)
    omrade = InnsatsomradeFactory(plan__kommune=kommune)
    for _nr in range(TILTAK):
        sted = PlasseringFactory(
            innsatsomrade=omrade, tiltak__tekst="<p>Voksne går ute i helgene.</p>" * 9
        )
        AnsvarFactory(tiltak=sted.tiltak, tjeneste=tjeneste)
        StatusrapportFactory(
            tiltak=sted.tiltak,
            tjeneste=tjeneste,
            dato=timezone.localdate() - timedelta(days=200),
            tilstand="annerledes",
            kommentar="Holdt digitalt i stedet for på skolene. " * 4,
            gjort="Åtte temakvelder på ungdomsskolene. " * 9,
        )
    with _innstilt():
        cache.clear()
        send(lag_runde(kommune, timezone.localdate()))
        brev = Utsending.objects.get(kommune=kommune).tekst
        trykk, storst = _fra_brevet(brev, lambda: _svart(kommune) == TILTAK)
    yield Rad("the page of eight tiltak", storst / 1000, "kB", hoyst=60)
    yield Rad("presses from the mail to «Ingen endring» on eight", trykk, "", hoyst=6)


def _svart(kommune):
    forslag = Endringsforslag.objects.filter(slag="status")
    return forslag.filter(tjeneste__kommune=kommune).count()


def _fra_brevet(brev, er_ferdig):
    """Goes on from the link in a mail, pressing the button of each page that answers all of
    it, until that is done. Returns (how many presses that were, the bytes of the largest
    page)."""
    klient = Client(SERVER_NAME="localhost")
    svar = klient.get(re.search(r"/lenke/svar/[\w-]+/", brev)[0])
    trykk, storst = 1, len(svar.content)
    while not er_ferdig():
        assert trykk < 20, svar.text
        adresse, data = _skjemaet(svar)
        svar = klient.post(adresse, data, follow=True)
        assert svar.status_code == 200
        trykk, storst = trykk + 1, max(storst, len(svar.content))
    return trykk, storst


def _skjemaet(svar):
    """Where the form leads in which a page is answered as a whole, and what it holds:
    that of a door is its only one."""
    _topp, side = svar.text.split("<main", 1)
    skjemaene = re.findall(r"<form([^>]*)>(.*?)</form>", side, re.DOTALL)
    med = [(a, inni) for a, inni in skjemaene if "/stemmer/" in a]
    attributter, inni = (med or skjemaene)[0]
    adresse = re.search(r'action="([^"]+)"', attributter)
    felter = re.findall(r'name="(\w+)" value="([^"]*)"', inni)
    return adresse[1] if adresse else svar.request["PATH_INFO"], dict(felter)


# The coordinator's ------------------------------------------------------------------------

SMA, STOR = (8, 30), (80, 300)


def bench_rundesiden():
    """A round about 300 tiltak of 80 tjenester, against 30 of 8: what it costs the
    coordinator to look at it as a draft, as sent, before it is closed and after, and to
    close it."""
    with _innstilt():
        malt = {storrelse: _malt(*storrelse) for storrelse in (SMA, SMA, STOR)}
    for hva, (sporringer, sekunder, antall_bytes) in malt[STOR].items():
        yield Rad(f"a round of 300 tiltak: {hva}, queries", sporringer, "")
        yield Rad(
            f"a round: {hva}, queries, 300 / 30",
            sporringer / malt[SMA][hva][0],
            hoyst=1.05,
        )
        yield Rad(f"a round of 300 tiltak: {hva}", 1000 * sekunder, "ms")
        if antall_bytes:
            yield Rad(f"a round of 300 tiltak: {hva}, bytes", antall_bytes / 1000, "kB")


def _malt(antall_tjenester, antall_tiltak):
    """{what: (queries, seconds, bytes)} of a round of that size."""
    kommune = KommuneFactory()
    koordinator = TilgangFactory(kommune=kommune).bruker
    klient = Client(SERVER_NAME="localhost")
    klient.force_login(koordinator)
    runde = _runde_om(kommune, antall_tjenester, antall_tiltak)
    siden = reverse("tiltak:runde", args=[kommune.slug, runde.pk])
    lukk_siden = reverse("tiltak:runde_lukk", args=[kommune.slug, runde.pk])
    ut = {"the draft": _kostnad(klient.get, siden)}
    send(runde)
    _svar_om_halvparten(runde)
    ut["as sent"] = _kostnad(klient.get, siden)
    ut["who has not answered"] = _kostnad(klient.get, lukk_siden)
    ut["to close it"] = _kostnad(klient.post, lukk_siden)
    ut["closed"] = _kostnad(klient.get, siden)
    return ut


def _runde_om(kommune, antall_tjenester, antall_tiltak):
    tjenester = TjenesteFactory.create_batch(
        antall_tjenester, kommune=kommune, svaransvarlig="x@kommunen.no"
    )
    omrade = InnsatsomradeFactory(plan__kommune=kommune)
    for nr in range(antall_tiltak):
        tiltak = PlasseringFactory(innsatsomrade=omrade, nummer=nr + 1).tiltak
        AnsvarFactory(tiltak=tiltak, tjeneste=tjenester[nr % antall_tjenester])
    return lag_runde(kommune, timezone.localdate())


def _svar_om_halvparten(runde):
    runde.refresh_from_db()
    for pk, tiltakene in spurt_om(runde).items():
        foresporsel = runde.foresporsler.get(tjeneste=pk)
        opprett_mange(
            [
                Endringsforslag(
                    foresporsel=foresporsel,
                    tjeneste_id=pk,
                    tiltak=tiltak,
                    slag="status",
                    innhold=som_innhold({"tilstand": "som_planlagt"}),
                    hvordan="lenke",
                )
                for tiltak in tiltakene[::2]
            ]
        )


def _kostnad(gjor, adresse):
    """(queries, seconds, bytes) of one request, the second of those that read."""
    if gjor.__name__ == "get":
        gjor(adresse)
    start = time.perf_counter()
    with CaptureQueriesContext(connection) as sporringer:
        svar = gjor(adresse)
    assert svar.status_code in {200, 302}, svar.status_code
    lest = len(svar.content) if svar.status_code == 200 else 0
    return len(sporringer), time.perf_counter() - start, lest
