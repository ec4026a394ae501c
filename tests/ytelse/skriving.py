"""Where a plan is written, against the list that everybody reads: on a phone, throttled."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import sync_playwright

from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
    UtkastFactory,
)
from tests.ytelse._maling import Rad
from tests.ytelse._tjener import tjener
from tests.ytelse.sider import lag_database
from tiltak.models import Malgruppe

TILTAK = 60
SIDER = {
    "listen": "/skriveby/2024-2028/tiltak/",
    "disposisjonen": "/skriveby/2028-2032/rediger/",
}
# A phone of the middle, on a slow mobile net: what Lighthouse calls "Slow 4G" and 4 x.
NETT = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 750_000 / 8,
}
TREGERE = 4
RUNDER = 7


def bench_disposisjon():
    """Queries, bytes, and the time until one can type, of a plan of 60 tiltak."""
    koordinator = lag_planer()
    klient = Client()
    klient.force_login(koordinator)
    klient.get("/konto/")
    with CaptureQueriesContext(connection) as spurt:
        svar = klient.get(SIDER["disposisjonen"])
    yield Rad("queries of the outline of 60 tiltak", len(spurt), "", hoyst=20)
    yield Rad("the outline over the wire", len(svar.content) / 1000, "kB", hoyst=150)
    if connection.vendor == "sqlite":
        yield _pa_telefon()


def _pa_telefon():
    with tempfile.TemporaryDirectory() as mappe:
        mappe = Path(mappe)
        lag_database(mappe)
        okt = subprocess.run(
            [sys.executable, "-c", LOGG_INN],
            # As the server has them.
            env=os.environ
            | {
                "DATABASE_URL": f"sqlite:///{mappe / 'db.sqlite3'}",
                "SECRET_KEY": "bench",
            },
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()[-1]
        with tjener(mappe) as base, sync_playwright() as p:
            brukte = p.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu"],
            )
            tider = {navn: [] for navn in SIDER}
            for _runde in range(RUNDER):
                for navn, sti in SIDER.items():
                    innlogget = okt if navn == "disposisjonen" else None
                    tider[navn].append(_klar(brukte, base, sti, innlogget))
            brukte.close()
    # Of several the best: what else the machine does only adds to it.
    forhold = min(tider["disposisjonen"]) / min(tider["listen"])
    return Rad("ready to type in on a slow phone / the public list", forhold, hoyst=2)


LOGG_INN = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slt.settings")
import django
django.setup()
from django.test import Client
from tests.ytelse.skriving import lag_planer
klient = Client()
klient.force_login(lag_planer())
print(klient.cookies["sessionid"].value)
"""


def _klar(nettleser, base, sti, okt):
    """Seconds from nothing kept at all until the page is there, with its scripts."""
    kontekst = nettleser.new_context(viewport={"width": 360, "height": 740})
    if okt:
        kontekst.add_cookies([{"name": "sessionid", "value": okt, "url": base}])
    side = kontekst.new_page()
    cdp = kontekst.new_cdp_session(side)
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", NETT)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": TREGERE})
    svar = side.goto(base + sti, wait_until="domcontentloaded")
    if svar.status != 200 or (okt and side.locator("[name=tittel]").count() == 0):
        raise RuntimeError(f"{sti} is not the page that was meant")
    tid = side.evaluate(
        "performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart"
    )
    kontekst.close()
    return tid / 1000


def lag_planer():
    """A plan in force and a draft, of 60 tiltak each; returns who writes them."""
    kommune = KommuneFactory(slug="skriveby", navn="Skriveby")
    tjenester = [TjenesteFactory(kommune=kommune) for _nr in range(20)]
    for tjeneste in tjenester:
        KontaktpunktFactory(tjeneste=tjeneste)
    plan = HandlingsplanFactory(kommune=kommune, fra_ar=2024, til_ar=2028)
    _fyll(plan, tjenester)
    neste = {"fra_ar": 2028, "til_ar": 2032, "bygger_pa": plan}
    _fyll(UtkastFactory(kommune=kommune, **neste), tjenester)
    return TilgangFactory(kommune=kommune).bruker


def _fyll(plan, tjenester):
    """In four innsatsområder, each with ansvar, contact, level and målgruppe."""
    for _nr in range(6):
        KapittelFactory(plan=plan)
    omrader = [InnsatsomradeFactory(plan=plan) for _nr in range(4)]
    for nr in range(TILTAK):
        tiltak = PlasseringFactory(
            innsatsomrade=omrader[nr % 4],
            tiltak__plan=plan,
            tiltak__tittel=f"Et tiltak med et vanlig langt navn, nummer {nr}",
            tiltak__niva="universell",
        ).tiltak
        AnsvarFactory(tiltak=tiltak, tjeneste=tjenester[nr % 20])
        Malgruppe.objects.create(tiltak=tiltak, tekst="Barn og unge i kommunen")
