"""The plan as PDF: the first time, kept, growing, and what others notice of it."""

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from slt.felles.dokument import SKRIFTER, STILARK
from slt.grunn import pdflager
from slt.grunn.pdf import Oppdrag, tegn
from slt.models import Kommune
from tests.tiltak.provedata import full_plan
from tests.ytelse._maling import Rad, i_tur
from tests.ytelse._tjener import per_sekund, tjener
from tests.ytelse.sider import lag_database
from tiltak.dokument import Utgave
from tiltak.models import Handlingsplan

PLAN = "/lillestrom/2024-2028/plan.pdf"
ANDRE_SIDER = [
    "/lillestrom/2024-2028/",
    "/lillestrom/2024-2028/tiltak/",
    "/lillestrom/2024-2028/tiltak/ungdomskriminalitet/8/",
]
LITE = Oppdrag("<html lang=nb><title>En</title><p>Ett.", finders.find(STILARK))
# Between two pages that somebody opens, in seconds.
TAKT = 0.04


def setup():
    call_command("last_grunndata", stdout=StringIO())


def hent_plan():
    return Handlingsplan.objects.select_related("kommune").get(
        kommune__slug="lillestrom", fra_ar=2024
    )


def bench_forste_gang():
    """From the asker's press to the file, against the program of WeasyPrint alone and
    against Chromium, with the same finished HTML, style and fonts."""
    with tempfile.TemporaryDirectory() as mappe:
        mappe = Path(mappe)
        utgave = Utgave(hent_plan())
        _som_sider(mappe, utgave.html())

        def vart():
            with override_settings(PDF_MAPPE=mappe / "lager"):
                navn = pdflager.nokkel(time.perf_counter())
                pdflager.hent(navn, Utgave(hent_plan()).oppdrag, vent=300)

        def alene():
            _hoflig(
                *(sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/a-2a"),
                *(mappe / "side.html", mappe / "ut.pdf"),
            )

        def chromium():
            _hoflig(
                *("chromium", "--headless", "--no-sandbox", "--disable-gpu"),
                *("--no-pdf-header-footer", f"--print-to-pdf={mappe / 'ut.pdf'}"),
                # Else it leaves files in the home of whoever runs this.
                f"--user-data-dir={mappe / 'chromium'}",
                (mappe / "side.html").as_uri(),
            )

        andre = [alene, chromium] if _starter("chromium") else [alene]
        tid, *andres = i_tur(vart, *andre, ganger=5)
        yield Rad("plan.pdf, first time", tid, "s")
        yield Rad(
            "plan.pdf, first time / WeasyPrint alone", tid / andres[0], hoyst=1.15
        )
        for andre_tid in andres[1:]:
            yield Rad("plan.pdf, first time / Chromium's print", tid / andre_tid)


def _starter(program):
    """Whether it is there and runs: Ubuntu's Chromium may be but a pointer to a snap."""
    try:
        kjort = subprocess.run([program, "--version"], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return kjort.returncode == 0


def _hoflig(*kommando):
    """Runs a program that gives way to others, as ours does."""
    subprocess.run(["nice", "-n", "10", *kommando], check=True, capture_output=True)


def _som_sider(mappe, html):
    """The page with its style sheet and fonts, as files that any program can open."""
    for navn in (STILARK, *SKRIFTER):
        (mappe / navn).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(finders.find(navn), mappe / navn)
    ark = f'<link rel="stylesheet" href="{STILARK}"></head>'
    (mappe / "side.html").write_text(html.replace("</head>", ark), encoding="utf-8")


def bench_vekst():
    """Time and memory of the process that draws, by the size of the plan."""
    # What drawing nearly nothing costs, is no part of a tiltak.
    oppstart = min(_tegn(LITE.som_json())[0] for _ in range(3))
    yield Rad("a document of one word", oppstart, "s")
    per_tiltak = {}
    # With 400, it takes more memory than the process is given (slt.grunn.pdf).
    for antall in (50, 100, 200):
        kommune = Kommune.objects.create(
            nummer=f"{9000 + antall}", navn=f"Stor {antall}", slug=f"stor-{antall}"
        )
        plan = full_plan(kommune, antall)
        plan.kommune.refresh_from_db()
        innhold = Utgave(plan).oppdrag().som_json()
        sekunder, megabyte = _tegn(innhold)
        per_tiltak[antall] = (sekunder - oppstart) / antall
        yield Rad(f"{antall} tiltak and as many deltiltak", sekunder, "s")
        yield Rad(f"{antall} tiltak, peak memory", megabyte, "MB")
    for antall in (100, 200):
        yield Rad(
            f"a tiltak of {antall} / a tiltak of 50",
            per_tiltak[antall] / per_tiltak[50],
            hoyst=1.3,
        )
    sekunder, megabyte = _tegn(Utgave(hent_plan()).oppdrag().som_json())
    yield Rad("Lillestrøm's plan, processor time", sekunder, "s")
    yield Rad("Lillestrøm's plan, peak memory", megabyte, "MB")


def _tegn(innhold):
    """(processor seconds, peak megabytes) of a process that draws."""
    with (
        tempfile.TemporaryDirectory() as mappe,
        (Path(mappe) / "inn").open("w+b") as inn,
    ):
        inn.write(innhold)
        inn.seek(0)
        prosess = subprocess.Popen(
            [sys.executable, "-m", "slt.grunn.pdf", Path(mappe) / "ut.pdf"],
            stdin=inn,
            cwd=settings.BASE_DIR,
        )
        _pid, status, brukt = os.wait4(prosess.pid, 0)
        prosess.returncode = os.waitstatus_to_exitcode(status)
        if prosess.returncode:
            raise RuntimeError("no document")
    return brukt.ru_utime + brukt.ru_stime, brukt.ru_maxrss / 1000


def bench_bevart():
    """A kept document against a static file of its size."""
    with tempfile.TemporaryDirectory() as mappe:
        mappe = Path(mappe)
        lag_database(mappe)
        # Before the server starts: it looks once at which files there are.
        storrelse = len(tegn(Utgave(hent_plan()).oppdrag()))
        (mappe / "statiske" / "like-stor.bin").write_bytes(os.urandom(storrelse))
        with tjener(mappe, PDF_MAPPE=str(mappe / "pdf")) as base:
            _hent_ferdig(base + PLAN)
            for forbindelser in (2, 16):
                forhold = [
                    per_sekund(f"{base}/static/like-stor.bin", forbindelser)
                    / per_sekund(base + PLAN, forbindelser)
                    for _ in range(3)
                ]
                yield Rad(
                    f"static file / kept plan.pdf, {forbindelser} connections",
                    statistics.median(forhold),
                    hoyst=3,
                )


def bench_mens_det_tegnes():
    """What others notice when 20 people ask for a plan that was just edited."""
    with tempfile.TemporaryDirectory() as mappe:
        mappe = Path(mappe)
        lag_database(mappe)
        with tjener(mappe, PDF_MAPPE=str(mappe / "pdf")) as base:
            i_ro, imens = _ro_og_travelhet(mappe, base)
    yield Rad("other pages at rest, p95", 1000 * _p95(i_ro), "ms")
    yield Rad(
        "other pages while 20 ask for a new plan.pdf, p95", 1000 * _p95(imens), "ms"
    )
    yield Rad(
        "other pages, p95 while drawing / at rest", _p95(imens) / _p95(i_ro), hoyst=2
    )


def _ro_og_travelhet(mappe, base):
    """How long each page took at rest, and while the plan was drawn."""
    for side in ANDRE_SIDER:
        urlopen(base + side).close()  # noqa: S310
    _hent_ferdig(base + PLAN)

    svar = []

    def hent_tjue():
        with ThreadPoolExecutor(20) as trader:
            svar.extend(trader.map(lambda _: _hent_ferdig(base + PLAN), range(20)))

    i_ro = _ventetider(base, lambda: None, 6)
    with sqlite3.connect(mappe / "db.sqlite3") as database:
        database.execute("UPDATE slt_kommune SET versjon = versjon + 1")
    # The edit made every kept page lapse as well; that is not what is measured here.
    for side in 10 * ANDRE_SIDER:
        urlopen(base + side).close()  # noqa: S310
    imens = _ventetider(base, hent_tjue, 0)
    if len(svar) != 20 or len(set(svar)) != 1:
        raise RuntimeError("not all of the 20 got the document")
    return i_ro, imens


def _p95(tider):
    return statistics.quantiles(tider, n=20)[-1]


def _ventetider(base, imens, minst):
    """How long each page took, opened at a steady pace whether or not the last one has
    come, while `imens` runs and for `minst` seconds."""
    slutt = time.monotonic() + minst
    arbeid = threading.Thread(target=imens)
    arbeid.start()

    def apne(side):
        start = time.perf_counter()
        with urlopen(base + side) as svar:  # noqa: S310
            svar.read()
        return time.perf_counter() - start

    apnet = []
    with ThreadPoolExecutor(50) as lesere:
        while arbeid.is_alive() or time.monotonic() < slutt:
            side = ANDRE_SIDER[len(apnet) % len(ANDRE_SIDER)]
            apnet.append(lesere.submit(apne, side))
            time.sleep(TAKT)
    return [ventet.result() for ventet in apnet]


def _hent_ferdig(adresse):
    """The document, asked for as a browser does: when told to wait, now and then whether
    it is there."""
    sporsmal = Request(adresse)  # noqa: S310
    for _forsok in range(100):
        try:
            with urlopen(sporsmal) as svar:  # noqa: S310
                if sporsmal.method != "HEAD":
                    return svar.read()
                sporsmal.method = "GET"
        except HTTPError as feil:
            if feil.code != 503:
                raise
            sporsmal.method = "HEAD"
            time.sleep(float(feil.headers["Retry-After"]))
    raise RuntimeError("the document did not come")
