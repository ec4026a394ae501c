"""What the tests of PDFs share: a plan, a folder of its own for each test, and ways to
ask for documents and to read them."""

import shutil
import subprocess
import threading
import time
from contextlib import suppress

import pytest
from django.conf import settings as innstillinger

from slt.felles.dokument import SKRIFTER, STILARK
from slt.grunn import pdflager
from slt.grunn.pdflager import PdfUnderArbeid
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TjenesteFactory,
)
from tiltak.dokument import Utgave
from tiltak.models import Handlingsplan

BASE = innstillinger.BASE_DIR
PLAN_PDF = "/lillestrom/2024-2028/plan.pdf"
KORT_PDF = "/lillestrom/2024-2028/plan-kort.pdf"


def trenger(program):
    return pytest.mark.skipif(
        not shutil.which(program), reason=f"{program} is not installed"
    )


@pytest.fixture(autouse=True)
def lager(settings, tmp_path):
    """A folder of its own for each test: ids and versions begin anew in each."""
    settings.PDF_MAPPE = tmp_path / "pdf"
    settings.PDF_VENT = 60
    return settings.PDF_MAPPE


def lest(fil, *valg):
    ut = subprocess.run(["pdftotext", *valg, fil, "-"], capture_output=True, check=True)
    return ut.stdout.decode()


def oppdrag_av(innhold, **valg):
    html = f'<html lang="nb"><title>Prøve</title><body>{innhold}</body></html>'
    return pdflager.oppdrag(html, stilark=STILARK, filer=SKRIFTER, **valg)


@pytest.fixture
def uten_tegning(monkeypatch):
    """Documents in place of which stands what they would be of; nothing is drawn."""
    spurt = []

    def hent(navn, lag_oppdrag, *, vent, ko):
        spurt.append(lag_oppdrag().html)
        return b"%PDF-" + navn.encode()

    monkeypatch.setattr(pdflager, "hent", hent)
    return spurt


@pytest.fixture
def plan(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    vold = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")
    plassering = PlasseringFactory(
        innsatsomrade=vold, tiltak__tittel="Drøftingstelefon"
    )
    tjeneste = TjenesteFactory(kommune=kommune, navn="Politiet")
    AnsvarFactory(tiltak=plassering.tiltak, tjeneste=tjeneste)
    KontaktpunktFactory(tjeneste=tjeneste, verdi="64993000")
    return plan


def ny(plan, **hvilken):
    """The document of the plan as it stands now in the database."""
    planer = Handlingsplan.objects.select_related("kommune")
    return Utgave(planer.get(pk=plan.pk), **hvilken)


LITE = oppdrag_av("<p>Lite</p>")
# Takes the processor long enough for what is to happen meanwhile.
STORT = oppdrag_av("<p>Mange ord om hverandre. </p>" * 2500)


@pytest.fixture
def prosesser(monkeypatch):
    """The processes that are started, in their order; none is left behind."""
    startet, popen = [], subprocess.Popen

    def start(*args, **kwargs):
        startet.append(popen(*args, **kwargs))
        return startet[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    yield startet
    for prosess in startet:
        prosess.kill()
    for trad in threading.enumerate():
        if trad.name.endswith("(_folg)"):
            trad.join()


def hent(navn="a" * 40, oppdrag=LITE, vent=60, **ko):
    ko = pdflager.Ko(**ko)
    return pdflager.hent(navn, lambda: oppdrag, vent=vent, ko=ko)


def hent_til_slutt(*args, **kwargs):
    """As somebody who comes back until the one that is being drawn is done."""
    for _gang in range(6000):
        with suppress(PdfUnderArbeid):
            return hent(*args, **kwargs)
        time.sleep(0.01)
    raise AssertionError("it was never done")


def filer(lager):
    """The folder's files, without the locks, the queue, and what the fonts' library
    keeps."""
    return sorted(
        fil.name
        for fil in lager.iterdir()
        if fil.suffix not in {".las", ".ko", ".sist"} and fil.is_file()
    )


def vent_til(sant, sekunder=60):
    slutt = time.monotonic() + sekunder
    while not sant():
        assert time.monotonic() < slutt, "it did not happen"
        time.sleep(0.01)


@pytest.fixture
def python_med(tmp_path, monkeypatch):
    """Makes processes start with a module of this name and text in place of another."""

    def bytt_ut(navn, tekst):
        sti = tmp_path / "moduler"
        sti.mkdir()
        (sti / f"{navn}.py").write_text(tekst)
        monkeypatch.setenv("PYTHONPATH", str(sti))

    return bytt_ut
