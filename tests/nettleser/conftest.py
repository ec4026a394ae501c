"""Tests in a real Chromium: Debian's, as `./dev test` installs it.

`axe` looks at a page, and `brudd` at what changes with the width and the colours of one.
`side` is a page that must keep its console clean: what the browser refuses or cannot
make sense of fails the test. `admin` is the same, logged in as coordinator of `kommune`.
"""

import os
import shutil
from threading import Lock

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from playwright.sync_api import Error
from pytest_django.live_server_helper import LiveServer

from tests.stikkprover import VALG

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

# Playwright keeps an event loop in the thread of the tests, and Django then refuses to
# ask the database; nothing here is in fact asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


WCAG = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
FARGER = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
AXE = Axe().axe_script


def pytest_collection_modifyitems(items):
    if CHROMIUM:
        return
    uten = pytest.mark.skip(reason="NO CHROMIUM: sudo apt-get install chromium")
    for test in items:
        if test.get_closest_marker("nettleser"):
            test.add_marker(uten)


def en_om_gangen(get_response):
    """Middleware: the threads of the test's server share one connection to the database,
    which two of them in the midst of their transactions would tear apart."""
    opptatt = Lock()

    def svar(request):
        with opptatt:
            return get_response(request)

    return svar


@pytest.fixture(scope="package", autouse=True)
def _en_om_gangen():
    rekke = [f"{__name__}.en_om_gangen", *settings.MIDDLEWARE]
    # No browser keeps anything but where that is what is tested: it would ask for more
    # than the page does, long after the test is over.
    with override_settings(MIDDLEWARE=rekke, UTEN_NETT=False):
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        # Root, as in a container, has no sandbox; the pages are our own.
        "args": ["--no-sandbox", "--disable-gpu"],
    }


@pytest.fixture(scope="package")
def live_server():
    """pytest-django's, which reads how strict to be about TLS as it starts, long before
    the settings of a single test."""
    with override_settings(SECURE_SSL_REDIRECT=False, SECURE_HSTS_SECONDS=0):
        server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def nettsted(live_server, settings):
    """The address of the site, which answers without TLS and remembers nothing."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    cache.clear()
    return live_server.url


@pytest.fixture
def side(new_context, nettsted):
    """A page on the site, whose console has to stay clean; a test that expects something
    there takes it out of `side.konsoll`."""
    page = new_context(locale="nb-NO", timezone_id="Europe/Oslo").new_page()
    page.konsoll = konsoll = []
    page.on(
        "console",
        lambda melding: (
            konsoll.append(f"{melding.type}: {melding.text}")
            if melding.type in {"error", "warning"}
            else None
        ),
    )
    page.on("pageerror", lambda feil: konsoll.append(f"pageerror: {feil}"))
    page.nettsted = nettsted
    yield page
    assert konsoll == []


def axe(side, regler=WCAG):
    """What axe finds in a page as it is, as [(rule, [where])]."""
    side.wait_for_load_state("load")
    try:
        funnet = _funnet(side, regler)
    except Error:  # another page came in the midst of it
        side.wait_for_load_state("load")
        funnet = _funnet(side, regler)
    return [
        (brudd["id"], [node["target"] for node in brudd["nodes"]]) for brudd in funnet
    ]


def _funnet(side, regler):
    # Half a megabyte: to read it takes as long as to run it.
    if not side.evaluate("'axe' in window"):
        side.evaluate(AXE)
    return side.evaluate(
        "valg => axe.run(valg).then(svar => svar.violations)",
        {"runOnly": regler, "resultTypes": ["violations"]},
    )


def brudd(side, bredder=None):
    """What axe finds in a page at these widths, and in dark colours at the first.

    ./dev test looks at it as wide as a phone, where there is least room; with --alt as
    wide as a desk, too.
    """
    bredder = bredder or ([1280, 360] if VALG.alt else [360])
    vindu = side.viewport_size
    funnet = [
        *(feil for bredde in bredder for feil in brudd_i(side, bredde, "light")),
        # What else there is to find is the same in all colours, and those at all widths.
        *brudd_i(side, bredder[0], "dark", FARGER),
    ]
    side.set_viewport_size(vindu)
    return funnet


def brudd_i(side, bredde, skjema, regler=WCAG):
    """What axe finds in a page at one width, in one colour scheme."""
    side.set_viewport_size({"width": bredde, "height": 800})
    side.emulate_media(color_scheme=skjema)
    return [f"{bredde} {skjema} {regel}: {hvor}" for regel, hvor in axe(side, regler)]


def logg_inn(side, klient):
    """Lets the browser go on as the user of a test client."""
    informasjonskapsel = klient.cookies["sessionid"]
    side.context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": informasjonskapsel.value,
                "url": side.nettsted,
            }
        ]
    )


@pytest.fixture
def admin(side, koordinator):
    """The page, logged in as coordinator of `kommune`."""
    logg_inn(side, koordinator)
    return side


def begynn_sist_i(flate):
    """Puts the cursor at the end, once the editor knows that it is being written in:
    until then it may still put the cursor where it was."""
    flate.click()
    flate.page.locator(".ProseMirror-focused").wait_for()
    flate.press("Control+End")
