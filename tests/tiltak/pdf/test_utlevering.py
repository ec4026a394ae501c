"""The plan as PDF: who gets it, by which address and name, and what they are told while it
is drawn and when it cannot be."""

import os
import re
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pikepdf
import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command

from slt.felles.dokument import SKRIFTER
from slt.grunn import pdflager
from slt.grunn.pdf import tegn
from slt.grunn.pdflager import PdfUnderArbeid
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TjenesteFactory,
    gi_status,
)
from tests.tiltak.pdf.conftest import (
    BASE,
    KORT_PDF,
    PLAN_PDF,
    STORT,
    filer,
    lest,
    ny,
    trenger,
    vent_til,
)
from tiltak.dokument import Utgave
from tiltak.models import Handlingsplan

pytestmark = pytest.mark.django_db


# Who gets it --------------------------------------------------------------------------

FILNAVN = {
    PLAN_PDF: "slt-handlingsplan-lillestrom-2024-2028.pdf",
    f"{PLAN_PDF}?innsatsomrade=vold": "slt-handlingsplan-lillestrom-2024-2028-vold.pdf",
    f"{PLAN_PDF}?tjeneste=politiet": (
        "slt-handlingsplan-lillestrom-2024-2028-tjeneste-politiet.pdf"
    ),
    f"{PLAN_PDF}?innsatsomrade=&tjeneste=&utm_source=x": (
        "slt-handlingsplan-lillestrom-2024-2028.pdf"
    ),
    KORT_PDF: "slt-handlingsplan-lillestrom-2024-2028-kort.pdf",
}


@pytest.mark.parametrize("adresse", FILNAVN)
def test_anybody_gets_what_was_adopted_by_a_name_that_says_what_it_is(
    adresse, plan, client, nabo, uten_tegning
):
    for klient in (client, nabo):
        svar = klient.get(adresse)

        assert svar.status_code == 200
        assert svar["Content-Type"] == "application/pdf"
        assert svar["Content-Disposition"] == f'inline; filename="{FILNAVN[adresse]}"'
        assert svar["Cache-Control"] == "no-cache"
        assert klient.head(adresse).status_code == 200


def test_who_asks_makes_no_difference(plan, client, koordinator, uten_tegning):
    tjeneste = plan.kommune.tjenester.get()
    KontaktpunktFactory(tjeneste=tjeneste, verdi="40404040", synlighet="koordinator")

    for klient in (client, koordinator):
        assert klient.get(PLAN_PDF).status_code == 200

    [for_fremmede, for_koordinator] = uten_tegning
    assert for_fremmede == for_koordinator
    assert "64 99 30 00" in for_fremmede
    assert "404 04 040" not in for_fremmede


@pytest.mark.parametrize("adresse", [PLAN_PDF, KORT_PDF])
def test_a_draft_is_for_its_own_coordinators_and_stamped(
    adresse, plan, client, koordinator, nabo, uten_tegning
):
    gi_status(plan, Handlingsplan.Status.UTKAST)

    assert [k.get(adresse).status_code for k in (client, nabo)] == [404, 404]
    svar = koordinator.get(adresse)
    assert svar.status_code == 200
    assert svar["Content-Disposition"].endswith('-utkast.pdf"')
    assert svar["Cache-Control"] == "private, no-store"
    [html] = uten_tegning
    assert 'data-stempel="UTKAST"' in html
    assert "<title>UTKAST: " in html
    assert '<strong class="utkast">UTKAST</strong>' in html


@trenger("pdftotext")
def test_the_stamp_stands_on_every_page_of_a_draft(plan, tmp_path):
    gi_status(plan, Handlingsplan.Status.UTKAST)
    fil = tmp_path / "utkast.pdf"

    fil.write_bytes(tegn(ny(plan).oppdrag()))

    *sider, _slutt = lest(fil).split("\f")
    assert len(sider) > 3
    assert [n for n, side in enumerate(sider, 1) if "UTKAST" not in side] == []


@pytest.mark.parametrize(
    "adresse",
    [
        f"{PLAN_PDF}?innsatsomrade=finnes-ikke",
        f"{PLAN_PDF}?tjeneste=finnes-ikke",
        f"{PLAN_PDF}?innsatsomrade=vold&tjeneste=politiet",
        f"{PLAN_PDF}?tjeneste=nabotjenesten",
        f"{PLAN_PDF}?tjeneste=uten-tiltak",
        f"{PLAN_PDF}?innsatsomrade=%00",
        "/lillestrom/2020-2023/plan.pdf",
        "/finnes-ikke/2024-2028/plan.pdf",
    ],
)
def test_what_is_not_there_is_a_404(adresse, plan, nabokommune, client, uten_tegning):
    TjenesteFactory(kommune=nabokommune, navn="Nabotjenesten")
    TjenesteFactory(kommune=plan.kommune, navn="Uten tiltak")

    assert client.get(adresse).status_code == 404
    assert uten_tegning == []


@pytest.mark.parametrize("metode", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("adresse", [PLAN_PDF, KORT_PDF])
def test_documents_are_for_reading(metode, adresse, plan, koordinator):
    assert getattr(koordinator, metode)(adresse).status_code == 405


@pytest.mark.parametrize("fil", ["plan.pdf", "plan-kort.pdf"])
def test_without_period_it_is_the_plan_in_force(fil, plan, client):
    svar = client.get(f"/lillestrom/{fil}?tjeneste=politiet")

    adresse = f"/lillestrom/2024-2028/{fil}?tjeneste=politiet"
    assert (svar.status_code, svar["Location"]) == (302, adresse)


def test_a_browser_that_has_it_is_told_so(plan, client, uten_tegning):
    etag = client.get(PLAN_PDF)["ETag"]

    for merke in (etag, f"W/{etag}", f'"annet", {etag}', "*"):
        svar = client.get(PLAN_PDF, headers={"If-None-Match": merke})

        assert (svar.status_code, svar.content) == (304, b"")
    svar = client.get(PLAN_PDF, headers={"If-None-Match": '"annet"'})
    assert svar.status_code == 200


def test_a_browser_is_not_told_so_of_other_bytes_by_the_same_name(
    plan, client, monkeypatch
):
    """As after a backup is restored: versions count from an earlier number."""
    monkeypatch.setattr(pdflager, "hent", lambda *_args, **_valg: b"%PDF-en")
    etag = client.get(PLAN_PDF)["ETag"]
    monkeypatch.setattr(pdflager, "hent", lambda *_args, **_valg: b"%PDF-annen")

    svar = client.get(PLAN_PDF, headers={"If-None-Match": etag})

    assert (svar.status_code, svar.content) == (200, b"%PDF-annen")


def test_each_document_is_its_own(plan, client, uten_tegning):
    etager = {client.get(adresse)["ETag"] for adresse in FILNAVN}
    annen = HandlingsplanFactory(kommune__slug="annen")
    etager.add(client.get(f"{annen.get_absolute_url()}plan.pdf")["ETag"])

    assert len(etager) == len(FILNAVN)  # two addresses of the whole; one more plan


@pytest.mark.parametrize("antall", [1, 3])
def test_the_content_costs_the_same_for_one_and_three(
    plan, antall, django_assert_num_queries
):
    omrade = plan.innsatsomrader.get()
    for plassering in PlasseringFactory.create_batch(antall - 1, innsatsomrade=omrade):
        AnsvarFactory(tiltak=plassering.tiltak)

    with django_assert_num_queries(60):
        Utgave(plan).html()


def test_in_nynorsk_where_the_kommune_writes_it(plan):
    plan.kommune.malform = "nn"
    plan.kommune.save()

    with pikepdf.open(BytesIO(tegn(ny(plan, kort=True).oppdrag()))) as dokument:
        assert str(dokument.Root.Lang) == "nn"


# What changes is in the next one ------------------------------------------------------


@trenger("pdftotext")
def test_a_changed_number_is_in_the_next_download(plan, client, tmp_path):
    def numre():
        fil = tmp_path / "ut.pdf"
        vent_til(lambda: client.get(PLAN_PDF).status_code == 200)
        fil.write_bytes(client.get(PLAN_PDF).content)
        return set(re.findall(r"64 99 30 \d\d", lest(fil)))

    for_ = numre()
    punkt = plan.kommune.tjenester.get().kontaktpunkter.get()
    punkt.verdi = "64993001"
    punkt.save()

    assert (for_, numre()) == ({"64 99 30 00"}, {"64 99 30 01"})


def test_what_is_kept_is_not_drawn_again(plan, client, monkeypatch):
    forste = client.get(KORT_PDF).content
    monkeypatch.setattr(Utgave, "oppdrag", None)

    assert client.get(KORT_PDF).content == forste


def test_what_is_saved_while_the_plan_is_read_is_in_it(plan, client, monkeypatch):
    lest_html, html = [], Utgave.html

    def les_og_lagre(utgave):
        ferdig = html(utgave)
        if not lest_html:
            plan.ingress = "Lagret imens"
            plan.save()
        lest_html.append(ferdig)
        return ferdig

    monkeypatch.setattr(Utgave, "html", les_og_lagre)
    monkeypatch.setattr(pdflager, "hent", lambda _navn, lag, **_valg: lag() and b"%PDF")

    assert client.get(PLAN_PDF).status_code == 200
    assert ["Lagret imens" in ferdig for ferdig in lest_html] == [False, True]


@pytest.mark.alt
def test_the_same_content_gives_the_same_bytes(plan, settings):
    """Whatever the process, the time, the time zone and the order of its sets."""
    innhold = ny(plan).oppdrag().som_json()
    ut = []
    for fro, sone in (("1", "Europe/Oslo"), ("2", "Pacific/Auckland")):
        fil = settings.PDF_MAPPE.parent / f"{fro}.pdf"
        subprocess.run(
            [sys.executable, "-m", "slt.grunn.pdf", fil],
            input=innhold,
            env=os.environ | {"PYTHONHASHSEED": fro, "TZ": sone},
            cwd=BASE,
            check=True,
        )
        ut.append(fil.read_bytes())

    assert ut[0] == ut[1]
    assert ut[0].startswith(b"%PDF-1.7")


# While it is drawn, and when it cannot be ---------------------------------------------

NETTLESER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
}


def test_without_pango_a_page_says_what_to_install(plan, client, python_med):
    python_med("weasyprint", "raise OSError('cannot load library libpango')")

    for _gang in range(2):
        svar = client.get(PLAN_PDF, headers=NETTLESER)

        assert (svar.status_code, svar["Retry-After"]) == (503, "60")
        assert "libpangoft2-1.0-0" in svar.text
        assert "text/html" in svar["Content-Type"]


def test_when_it_goes_wrong_a_page_says_so_and_it_is_not_tried_again_at_once(
    plan, client, python_med, prosesser, caplog
):
    python_med("weasyprint", "raise ZeroDivisionError('grunnen')")

    svarene = [client.get(PLAN_PDF, headers=NETTLESER) for _gang in range(3)]

    assert [svar.status_code for svar in svarene] == [503] * 3
    assert "Noe gikk galt mens dokumentet ble laget." in svarene[0].text
    assert len(prosesser) == 1
    assert "grunnen" in caplog.text


@pytest.mark.parametrize(
    "grunn",
    [
        "alt = bytearray(3_000_000_000)",
        "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)",
        "import os; os.abort()",  # as Pango does without memory
    ],
)
def test_a_document_too_big_is_said_so_and_not_tried_again_at_once(
    plan, client, python_med, prosesser, lager, grunn
):
    python_med("weasyprint", grunn)

    svarene = [client.get(PLAN_PDF, headers=NETTLESER) for _gang in range(2)]

    assert [svar.status_code for svar in svarene] == [503] * 2
    for svar in svarene:
        assert "Dokumentet er for stort til å lages." in svar.text
    assert len(prosesser) == 1
    vent_til(lambda: [Path(navn).suffix for navn in filer(lager)] == [".stort"])


def test_a_full_disk_leaves_no_broken_file(plan, client, lager, tmp_path, monkeypatch):
    """The process may write 100 kB a file: less than the fonts that it unpacks."""
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nulimit -f 200\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))

    svar = client.get(PLAN_PDF, headers=NETTLESER)

    assert svar.status_code == 503
    assert "får ikke lagret dokumentet" in svar.text
    vent_til(lambda: [Path(navn).suffix for navn in filer(lager)] == [".plass"])
    assert list(lager.glob("arbeid-*")) == []


def test_a_folder_that_cannot_be_made_is_said_so(plan, client, settings, tmp_path):
    (tmp_path / "fil").write_text("opptatt")
    settings.PDF_MAPPE = tmp_path / "fil" / "pdf"

    svar = client.get(PLAN_PDF, headers=NETTLESER)

    assert svar.status_code == 503
    assert "får ikke lagret dokumentet" in svar.text


def test_who_asks_while_it_is_drawn_gets_a_page_that_waits(
    plan, client, settings, monkeypatch, prosesser
):
    settings.PDF_VENT = 0
    monkeypatch.setattr(Utgave, "oppdrag", lambda utgave: STORT)

    svar = client.get(PLAN_PDF, headers=NETTLESER)

    assert (svar.status_code, svar["Retry-After"]) == (503, "2")
    assert svar["Cache-Control"] == "no-store"
    assert "<h1" in svar.text
    assert "Dokumentet lages" in svar.text
    assert '<meta http-equiv="refresh" content="2">' in svar.text
    assert 'data-sekunder="2"' in svar.text
    assert plan.get_absolute_url() in svar.text
    svar = client.head(PLAN_PDF)  # what the page's script asks
    assert (svar.status_code, svar["Retry-After"], svar.content) == (503, "2", b"")


@pytest.mark.parametrize(
    "vil_ha", [{}, {"Accept": "*/*"}, {"Accept": "application/pdf"}, {"Accept": "tull"}]
)
def test_who_only_stores_what_comes_gets_one_line_and_no_page(
    vil_ha, plan, client, settings, monkeypatch, prosesser
):
    settings.PDF_VENT = 0
    monkeypatch.setattr(Utgave, "oppdrag", lambda utgave: STORT)

    svar = client.get(PLAN_PDF, headers=vil_ha)

    assert (svar.status_code, svar["Retry-After"]) == (503, "2")
    assert svar["Content-Type"] == "text/plain; charset=utf-8"
    assert svar["Cache-Control"] == "no-store"
    assert "Accept" in svar["Vary"]
    assert svar.text == "Dokumentet lages. Prøv igjen om 2 sekunder.\n"


def test_the_line_is_in_the_language_of_the_kommune(plan, client, python_med):
    plan.kommune.malform = "nn"
    plan.kommune.save()
    python_med("weasyprint", "raise ZeroDivisionError")

    svar = client.get(PLAN_PDF)

    assert svar.text == "Dokumentet kan ikkje lagast no. Prøv igjen om 60 sekund.\n"


@pytest.fixture
def uten_skrifter(settings, tmp_path, monkeypatch):
    """As before `npm ci`."""
    finn = finders.find
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(
        finders, "find", lambda navn: None if navn.startswith("vendor/") else finn(navn)
    )


def test_without_the_fonts_a_page_says_so_and_the_log_says_which(
    plan, client, uten_skrifter, prosesser, caplog
):
    svar = client.get(PLAN_PDF, headers=NETTLESER)

    assert (svar.status_code, svar["Retry-After"]) == (503, "60")
    assert "Serveren mangler skriftene" in svar.text
    assert SKRIFTER[0] in caplog.text
    assert prosesser == []


def test_an_expected_wait_is_no_error_in_the_log(
    plan, client, settings, monkeypatch, prosesser, caplog
):
    settings.PDF_VENT = 0
    monkeypatch.setattr(Utgave, "oppdrag", lambda utgave: STORT)

    assert client.get(PLAN_PDF, headers=NETTLESER).status_code == 503

    assert [rad for rad in caplog.records if rad.levelname == "ERROR"] == []


# The command --------------------------------------------------------------------------


def test_the_command_writes_the_plan_in_force_or_a_part(plan, tmp_path):
    for valg in ([], ["--kort"], ["--innsatsomrade=vold"], ["--plan=2024-2028"]):
        fil = tmp_path / "ut.pdf"
        call_command("lag_pdf", "lillestrom", *valg, ut=fil, stdout=StringIO())

        assert fil.read_bytes().startswith(b"%PDF")
        fil.unlink()


def test_without_the_fonts_the_command_says_which_and_writes_nothing(
    plan, uten_skrifter, tmp_path, caplog
):
    ut = tmp_path / "plan.pdf"

    with pytest.raises(CommandError) as feil:
        call_command("lag_pdf", "lillestrom", ut=ut)

    assert "npm ci" in str(feil.value)
    assert caplog.text == ""  # said once
    assert [navn for navn in SKRIFTER if navn not in str(feil.value)] == []
    assert not ut.exists()


def test_the_command_says_that_somebody_saved_meanwhile(plan, monkeypatch):
    html = Utgave.html

    def les_og_lagre(utgave):
        ferdig = html(utgave)
        plan.tittel += " (ny)"
        plan.save()
        return ferdig

    monkeypatch.setattr(Utgave, "html", les_og_lagre)

    with pytest.raises(CommandError, match="imens"):
        call_command("lag_pdf", "lillestrom")


@pytest.mark.parametrize(
    "valg",
    [
        ["finnes-ikke"],
        ["lillestrom", "--periode=2020-2023"],
        ["lillestrom", "--periode=tull"],
        ["lillestrom", "--tjeneste=finnes-ikke"],
        ["lillestrom", "--ut=/finnes/ikke/ut.pdf"],
    ],
)
def test_the_command_says_what_is_wrong(valg, plan, monkeypatch):
    monkeypatch.setattr("tiltak.management.commands.lag_pdf.tegn", lambda _: b"%PDF")

    with pytest.raises(CommandError):
        call_command("lag_pdf", *valg)


def test_who_asks_is_known_in_the_queue_by_no_address(plan, client, monkeypatch):
    spurt = []

    def hent(navn, lag_oppdrag, *, vent, ko):
        spurt.append(ko.avsender)
        raise PdfUnderArbeid

    monkeypatch.setattr(pdflager, "hent", hent)
    for adresse in ("192.0.2.7", "192.0.2.7", "192.0.2.8"):
        assert client.get(PLAN_PDF, REMOTE_ADDR=adresse).status_code == 503

    assert spurt[0] == spurt[1] != spurt[2]
    assert [ord_ for ord_ in spurt if not re.fullmatch("[a-z0-9]+", ord_)] == []
