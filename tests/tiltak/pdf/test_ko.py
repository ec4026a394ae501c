"""The plan as PDF: the process that draws, the queue before it, and the folder of what is
finished."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.apps import apps

from slt.grunn import pdflager
from slt.grunn.avgrenset import kjent_miljo
from slt.grunn.pdf import PdfFeil
from slt.grunn.pdflager import PdfUnderArbeid
from tests.tiltak.pdf.conftest import (
    BASE,
    LITE,
    STORT,
    filer,
    hent,
    hent_til_slutt,
    ny,
    vent_til,
)

pytestmark = pytest.mark.django_db


def test_twenty_at_once_are_drawn_for_once(prosesser, lager):
    svar, start = Counter(), threading.Barrier(20)

    def spor_om_det():
        start.wait()
        try:
            svar[hent()[:5]] += 1
        except PdfUnderArbeid:
            svar["senere"] += 1

    trader = [threading.Thread(target=spor_om_det) for _ in range(20)]
    for trad in trader:
        trad.start()
    for trad in trader:
        trad.join()

    # Who made it start waits; the others are told at once, so that somebody is left
    # to serve.
    assert svar == {b"%PDF-": 1, "senere": 19}
    assert len(prosesser) == 1
    assert filer(lager) == [f"{'a' * 40}.pdf"]
    assert hent()[:5] == b"%PDF-"
    assert len(prosesser) == 1


def test_another_place_of_the_same_document_keeps_nobody_back(lager):
    lager.mkdir()
    for tidligere in (1, 2):  # as two who asked at the same moment leave them
        (lager / f"{tidligere:020}-1-0--{'a' * 40}.ko").touch()

    assert hent()[:5] == b"%PDF-"


def test_one_document_at_a_time(prosesser):
    with pytest.raises(PdfUnderArbeid):
        hent("a" * 40, STORT, vent=0)
    with pytest.raises(PdfUnderArbeid):
        hent("b" * 40, LITE, vent=0.2)

    assert len(prosesser) == 1


def test_who_does_not_wait_finds_it_later(prosesser, lager):
    with pytest.raises(PdfUnderArbeid):
        hent(vent=0)

    vent_til(lambda: pdflager.lagret("a" * 40))
    assert len(prosesser) == 1


def test_a_process_that_is_killed_leaves_no_file_and_no_lock(
    prosesser, lager, monkeypatch
):
    with pytest.raises(PdfUnderArbeid):
        hent(oppdrag=STORT, vent=0)
    vent_til(lambda: list(lager.glob("arbeid-*/weasyprint-*")))  # it is half-way

    prosesser[0].send_signal(signal.SIGKILL)

    with pytest.raises(PdfFeil):
        hent_til_slutt()
    assert filer(lager) == [f"{'a' * 40}.annet"]
    assert len(prosesser) == 1
    # Once the failure no longer counts, it is drawn as if nothing had been.
    monkeypatch.setitem(pdflager._FEIL, "annet", (PdfFeil, 0))
    monkeypatch.setattr(pdflager, "EN_TIME", 0)
    assert hent_til_slutt()[:5] == b"%PDF-"
    vent_til(lambda: filer(lager) == [f"{'a' * 40}.pdf"])
    vent_til(lambda: list(lager.glob("arbeid-*")) == [])


def test_each_document_has_its_turn_however_often_others_are_asked_for(
    prosesser, monkeypatch
):
    """Somebody who asks for one thing after the other does not keep the rest waiting."""
    monkeypatch.setattr(pdflager, "GITT_OPP", 600)  # on a machine however slow
    with pytest.raises(PdfUnderArbeid):
        hent("a" * 40, STORT, vent=0)
    with pytest.raises(PdfUnderArbeid):
        hent("b" * 40, vent=0)  # comes back now and then
    vent_til(lambda: pdflager.lagret("a" * 40))
    prosesser[0].wait()

    for navn in ("c" * 40, "d" * 40):
        for _gang in range(20):
            with pytest.raises(PdfUnderArbeid):
                hent(navn, vent=0)
            time.sleep(0.01)
    assert len(prosesser) == 1
    assert hent_til_slutt("b" * 40)[:5] == b"%PDF-"
    assert hent_til_slutt("c" * 40)[:5] == b"%PDF-"
    assert hent_til_slutt("d" * 40)[:5] == b"%PDF-"


@pytest.fixture
def drawn_in_order(monkeypatch, lager):
    """Asks for documents while one is drawn; returns in which order they are drawn."""

    def tegnet(*onsker):
        lager.mkdir(exist_ok=True)
        las, rekkefolge = pdflager._las("tegner"), []
        onsker = [(f"{nr}" * 40, pdflager.Ko(*ko)) for nr, ko in enumerate(onsker)]

        def start(modul, fil, **_valg):
            rekkefolge.append(int(os.path.basename(fil)[0]))
            with open(fil, "wb") as ut:
                ut.write(b"%PDF-")
            return subprocess.Popen(["cat"], stdin=subprocess.PIPE)

        monkeypatch.setattr(pdflager, "start", start)
        for navn, ko in onsker:
            with pytest.raises(PdfUnderArbeid):
                pdflager.hent(navn, lambda: LITE, vent=0, ko=ko)
        os.close(las)
        for _gang in range(6000):
            if len(rekkefolge) == len(onsker):
                return rekkefolge
            for navn, ko in onsker:
                with suppress(PdfUnderArbeid):
                    pdflager.hent(navn, lambda: LITE, vent=0, ko=ko)
            time.sleep(0.01)
        raise AssertionError("they were never done")

    return tegnet


SAMMENDRAG, HELE, DEL = pdflager.SAMMENDRAG, pdflager.HELE, pdflager.DEL


def test_the_summary_comes_before_the_whole_and_that_before_parts(drawn_in_order):
    """Who asks for all parts of a plan does not keep the others from the plan."""
    spurt = [(1, DEL), (1, DEL), (1, DEL), (1, HELE), (1, SAMMENDRAG)]

    assert drawn_in_order(*spurt) == [4, 3, 0, 1, 2]


def test_which_documents_are_short(plan):
    hvilke = [{"kort": True}, {}, {"innsatsomrade": "vold"}, {"tjeneste": "politiet"}]

    assert [ny(plan, **h).forrang for h in hvilke] == [SAMMENDRAG, HELE, DEL, DEL]


def test_each_kommune_gets_its_share(drawn_in_order):
    spurt = [(1, DEL), (1, DEL), (1, DEL), (2, DEL), (2, DEL)]

    assert drawn_in_order(*spurt) == [0, 3, 1, 4, 2]


def test_who_asks_for_everything_at_once_has_a_few_in_the_queue(drawn_in_order):
    """And gets all of it; others of the kommune wait for those few alone."""
    alt = [(1, DEL, "grådig")] * 8

    assert drawn_in_order(*alt, (1, DEL, "annen"))[5] == 8


def test_what_waited_long_comes_before_what_is_short(drawn_in_order, monkeypatch):
    monkeypatch.setattr(pdflager, "LENGE", 0)

    assert drawn_in_order((1, DEL), (1, HELE), (1, SAMMENDRAG)) == [0, 1, 2]


def test_a_place_of_another_version_of_the_program_stops_nobody(lager):
    lager.mkdir()
    (lager / f"{time.time_ns():020}-{'b' * 40}.ko").touch()

    assert hent()[:5] == b"%PDF-"


def test_who_does_not_come_back_is_not_waited_for(prosesser, monkeypatch):
    with pytest.raises(PdfUnderArbeid):
        hent("a" * 40, STORT, vent=0)
    with pytest.raises(PdfUnderArbeid):
        hent("b" * 40, vent=0)
    monkeypatch.setattr(pdflager, "GITT_OPP", 0.1)
    vent_til(lambda: pdflager.lagret("a" * 40))

    assert hent_til_slutt("c" * 40)[:5] == b"%PDF-"
    assert pdflager.lagret("b" * 40) is None


def test_without_room_for_a_thread_the_lock_is_let_go(prosesser, monkeypatch):
    def full(trad):
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as forst:
        forst.setattr(threading.Thread, "start", full)
        with pytest.raises(RuntimeError):
            hent()

    assert prosesser[0].returncode is not None
    assert hent_til_slutt()[:5] == b"%PDF-"


def test_a_process_that_hangs_is_ended(lager, python_med, monkeypatch, prosesser):
    python_med("weasyprint", "import time; time.sleep(600)")
    monkeypatch.setattr(pdflager, "HENGER", 0.5)

    with pytest.raises(PdfFeil):
        hent()

    vent_til(lambda: prosesser[0].returncode == -signal.SIGKILL)


def test_a_server_that_is_killed_keeps_no_lock(lager):
    """The server's process dies while it draws; what it started goes on."""
    program = """
        import sys, django
        django.setup()
        from django.conf import settings
        from slt.grunn import pdf, pdflager
        settings.PDF_MAPPE = sys.argv[1]
        oppdrag = pdf.Oppdrag(**__import__("json").load(sys.stdin))
        pdflager.hent("a" * 40, lambda: oppdrag, vent=600)
    """
    server = subprocess.Popen(
        [sys.executable, "-c", re.sub(r"^ {8}", "", program, flags=re.M), lager],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=BASE,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "slt.settings"},
    )
    server.stdin.write(STORT.som_json())
    server.stdin.close()
    vent_til(lambda: list(lager.glob("arbeid-*/weasyprint-*")))  # it is half-way
    server.kill()
    server.wait()

    assert pdflager._las("tegner") is None
    vent_til(lambda: pdflager.lagret("a" * 40))
    assert hent_til_slutt("b" * 40)[:5] == b"%PDF-"


def test_the_folder_is_bounded_in_number_and_bytes(lager, settings):
    lager.mkdir()
    for nummer in range(6):
        fil = lager / f"{nummer}.pdf"
        fil.write_bytes(b"x" * 400_000)
        os.utime(fil, (nummer, nummer))

    settings.PDF_ANTALL = 4
    pdflager._rydd(lager)
    etter_antall = filer(lager)
    settings.PDF_MEGABYTE = 1
    pdflager._rydd(lager)
    etter_bytes = filer(lager)
    settings.PDF_MEGABYTE = settings.PDF_ANTALL = 0
    pdflager._rydd(lager)

    assert etter_antall == ["2.pdf", "3.pdf", "4.pdf", "5.pdf"]
    assert etter_bytes == ["4.pdf", "5.pdf"]
    assert filer(lager) == ["5.pdf"]


def test_what_nobody_asks_for_is_thrown_away_first(lager, settings):
    for navn in "ab":
        hent_til_slutt(navn * 40)
        os.utime(lager / f"{navn * 40}.pdf", (1, 1 + ord(navn)))
    settings.PDF_ANTALL = 1

    assert pdflager.lagret("a" * 40)
    pdflager._rydd(lager)

    assert filer(lager) == [f"{'a' * 40}.pdf"]


def test_the_folder_may_be_thrown_away_at_any_time(lager):
    forste = hent()
    shutil.rmtree(lager)

    assert hent_til_slutt() == forste


def test_strangers_on_the_machine_cannot_read_drafts(lager):
    lager.mkdir(mode=0o755)  # by whoever operates the site

    hent()

    assert filer(lager)
    assert [
        navn for navn in filer(lager) if (lager / navn).stat().st_mode & 0o077
    ] == []


def test_the_folder_is_made_for_the_sites_user_alone(lager):
    hent()

    assert lager.stat().st_mode & 0o077 == 0


def test_the_process_is_told_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hemmelig")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@h/n")
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts")

    miljo = kjent_miljo()

    assert {"SECRET_KEY", "DATABASE_URL"} & set(miljo) == set()
    assert miljo["FONTCONFIG_FILE"] == "/etc/fonts"


# What shapes documents ----------------------------------------------------------------


@pytest.fixture
def program(tmp_path, settings, monkeypatch):
    """A folder with a small program of its own, in place of this one."""
    mal = settings.TEMPLATES[0] | {"DIRS": [tmp_path / "templates"]}
    settings.BASE_DIR, settings.TEMPLATES, settings.DEBUG = tmp_path, [mal], True
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def skriv_fil(fil, innhold=""):
    fil.parent.mkdir(parents=True, exist_ok=True)
    fil.write_text(innhold)


@pytest.mark.parametrize(
    "navn",
    [
        "evaluering/kunnskap/dokument.py",
        "moter/models/fora.py",
        "slt/static/slt/pdf.css",
        "templates/evaluering/pdf/kunnskap.html",
        "templates/noe_nytt/pdf/referat.html",
        "tiltak/data/ordliste.txt",
        "locale/nn/LC_MESSAGES/django.mo",
        "requirements.txt",
        "package-lock.json",
    ],
)
def test_whatever_changes_in_the_program_it_draws_anew(navn, program):
    skriv_fil(program / navn, "gammelt")
    for_ = pdflager.nokkel("samme")

    (program / navn).write_text("nytt")

    assert pdflager.nokkel("samme") != for_


def test_a_new_app_is_part_of_the_program(program, monkeypatch):
    skriv_fil(program / "noe_nytt/__init__.py")
    # The setting would have every app say again, at start, what it adds to the lists of
    # the house; the other tests would find all of it there twice.
    ny = SimpleNamespace(name="noe_nytt")
    appene = [*apps.get_app_configs(), ny]
    monkeypatch.setattr(apps, "get_app_configs", lambda: appene)
    for_ = pdflager.nokkel("samme")

    skriv_fil(program / "noe_nytt/pdf.py", "nytt")

    assert pdflager.nokkel("samme") != for_


def test_what_is_no_part_of_the_program_draws_nothing_anew(program):
    for_ = pdflager.nokkel("samme")

    for navn in ("var/pdf/a.pdf", "tests/test_x.py", "slt/__pycache__/pdf.cpython.pyc"):
        skriv_fil(program / navn, "nytt")

    assert pdflager.nokkel("samme") == for_


# Folders and files of the project that no document is made of.
UTENFOR = {"manage.py", "tests", "docs", "fixtures", "node_modules", "statiske", "var"}


def test_no_folder_of_the_project_is_forgotten():
    mapper = [
        mappe
        for mappe in BASE.iterdir()
        if mappe.name not in UTENFOR and not mappe.name.startswith(".")
    ]
    filer = [fil for mappe in mapper for fil in (mappe, *mappe.rglob("*"))]
    kode = {fil for fil in filer if fil.suffix in {".css", ".html", ".mo", ".py"}}

    assert kode
    assert kode - set(pdflager._programmet()) == set()
