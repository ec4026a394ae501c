"""What the fault scripts share: the world of the permission matrix with what must not
leak marked, and the counts that they print."""

import logging
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from slt.felles import dokument
from slt.grunn import pdflager
from tests.factories import (
    HandlingsplanFactory,
    KapittelFactory,
    KontaktpunktFactory,
    PlasseringFactory,
)
from tests.slt.test_matrise import klienter, verden  # noqa: F401 (fixtures)


@pytest.fixture
def tell(record_property):
    """Says how many of something were tried: tell("requests", 300)."""
    return lambda hva, antall: record_property("feil", f"{antall:>6} {hva}")


def pytest_terminal_summary(terminalreporter):
    linjer = [
        verdi
        for utfall in ("passed", "failed")
        for rapport in terminalreporter.stats.get(utfall, [])
        for navn, verdi in getattr(rapport, "user_properties", [])
        if navn == "feil"
    ]
    if linjer:
        terminalreporter.section("fault scripts tried")
        for linje in linjer:
            terminalreporter.write_line(linje)


@pytest.fixture
def stille():
    """Each refusal is logged; thousands of them would hide what failed."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def ingen_tegner(monkeypatch, settings, tmp_path):
    """Documents are made up to the point where a process would draw them."""
    settings.PDF_MAPPE = tmp_path / "pdf"

    def begynn(navn, lag_oppdrag, ko):
        lag_oppdrag().som_json()
        return True

    monkeypatch.setattr(pdflager, "_begynn", begynn)
    monkeypatch.setattr(dokument, "kjor", lambda *args: b"PK")
    monkeypatch.setattr(dokument, "FLEST_WORD", 1_000_000)


def merk(ting, merke):
    """Gives a kommune a draft and contact points that not all may see, each marked.

    Returns the things of the draft, and {what: the mark that must not leak}.
    """
    utkast = HandlingsplanFactory(
        kommune=ting["kommune"],
        tittel=f"{merke}UTKAST",
        ingress=f"{merke}UTKAST",
        status="utkast",
        fra_ar=2030,
        til_ar=2034,
    )
    plassering = PlasseringFactory(
        innsatsomrade__plan=utkast,
        innsatsomrade__navn=f"{merke}UTKAST",
        tiltak__tittel=f"{merke}UTKAST",
        tiltak__tekst=f"<p>{merke}UTKAST</p>",
        nummer=1,
    )
    for synlighet in ("tjenester", "koordinator"):
        KontaktpunktFactory(
            tjeneste=ting["tiltak_tjeneste"],
            type="fremgangsmate",
            verdi=f"{merke}{synlighet.upper()}",
            synlighet=synlighet,
        )
    i_utkastet = ting | {
        "tiltak_handlingsplan": utkast,
        "tiltak_innsatsomrade": plassering.innsatsomrade,
        "tiltak_tiltak": plassering.tiltak,
        "tiltak_kapittel": KapittelFactory(plan=utkast, tittel=f"{merke}UTKAST"),
    }
    return i_utkastet, {
        hva: f"{merke}{hva.upper()}" for hva in ("utkast", "tjenester", "koordinator")
    }


def leder_ut(adresse):
    """Whether a browser that is on http://testserver/ would leave it."""
    # As browsers read it: white space and control signs gone, backslashes as slashes.
    renset = "".join(t for t in adresse.strip() if t >= " ").replace("\\", "/")
    if renset.startswith("//"):
        return not renset.startswith("//testserver/")
    deler = urlsplit(renset)
    return bool(deler.scheme) and (deler.scheme, deler.netloc) != ("http", "testserver")


class _Sidens(HTMLParser):
    def __init__(self):
        super().__init__()
        self.felter = {}

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in {"input", "select", "textarea", "button"} and attrs.get("name"):
            self.felter.setdefault(attrs["name"], attrs.get("value") or "")


def felter_i(svar):
    """{name: value} of all that the forms of a page may send."""
    leser = _Sidens()
    leser.feed(svar.content.decode())
    return leser.felter
