"""Who can help, on a phone with a slow connection: what comes over the wire, and how soon
one sees it, against the list of tiltak."""

import shutil
import statistics
import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.ytelse._maling import Rad
from tests.ytelse._tjener import tjener
from tests.ytelse.sider import SIDER, lag_database

START = "/lillestrom/hvem-kan-hjelpe/"
RUNDER = 5
# "Slow 4G" of Lighthouse: a middling telephone at the edge of what covers it.
NETT = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
TREGERE = 4
SIST_STORST = """() => new Promise((svar) => new PerformanceObserver((liste) =>
    svar(liste.getEntries().at(-1).startTime)
  ).observe({type: "largest-contentful-paint", buffered: true}))"""


def bench_hvem():
    """First load, next page, and the largest paint, each time in a browser that has been
    nowhere before."""
    with tempfile.TemporaryDirectory() as mappe, sync_playwright() as playwright:
        lag_database(Path(mappe))
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium")
            or shutil.which("chromium-browser"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        with tjener(Path(mappe)) as base:
            forste, neste = _over_ledningen(chromium, base)
            yield Rad("hvem-kan-hjelpe, first load", forste / 1000, "kB", hoyst=60)
            yield Rad("hvem-kan-hjelpe, next page", neste / 1000, "kB", hoyst=15)
            hvem, listen = [], []
            for _ in range(RUNDER):
                hvem.append(_storst_malt(chromium, base + START))
                listen.append(_storst_malt(chromium, base + SIDER["listen"]))
            yield Rad(
                "hvem-kan-hjelpe / listen, largest paint, slow 4G, CPU 4x",
                statistics.median(hvem) / statistics.median(listen),
                hoyst=0.6,
            )
        chromium.close()


@contextmanager
def _telefon(chromium):
    """Yields a page in an empty browser, and the bytes that each of its files took."""
    sammenheng = chromium.new_context(
        viewport={"width": 360, "height": 760}, is_mobile=True, device_scale_factor=2
    )
    side = sammenheng.new_page()
    cdp = sammenheng.new_cdp_session(side)
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", NETT)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": TREGERE})
    bytene = []
    cdp.on(
        "Network.loadingFinished", lambda fil: bytene.append(fil["encodedDataLength"])
    )
    yield side, bytene
    sammenheng.close()


def _over_ledningen(chromium, base):
    """Returns bytes of the first page with all it needs, and of the largest that follows."""
    with _telefon(chromium) as (side, bytene):
        side.goto(base + START, wait_until="networkidle")
        forste, neste = sum(bytene), []
        for valg in (
            "button[name=hvem][value=ansatte]",
            "button[name=tema][value=skole-og-fravaer]",
        ):
            bytene.clear()
            side.click(valg)
            side.wait_for_load_state("networkidle")
            neste.append(sum(bytene))
    return forste, max(neste)


def _storst_malt(chromium, adresse):
    """Returns milliseconds until the largest thing on the screen is there."""
    with _telefon(chromium) as (side, _bytene):
        side.goto(adresse, wait_until="networkidle")
        return side.evaluate(SIST_STORST)
