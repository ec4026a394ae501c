"""Long documents: what they take, beside what the library alone takes to find the words."""

import sys
from io import BytesIO
from subprocess import run
from time import process_time

import pdfplumber
import pikepdf
import pytest
from docx import Document

from slt.grunn.avgrenset import ROT
from tests.tiltak.innlesing.dokumenter import plan_html, som_bytes, som_pdf
from tests.tiltak.innlesing.lest import lest, omriss
from tiltak.innlesing.fil import les_fil
from tiltak.innlesing.forslag import foresla


def gjentatt(pdf, antall):
    """The pages of a file, over and over, until there are so many."""
    ut = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as kilde:
        mal = pikepdf.new()
        while len(mal.pages) < antall:
            mal.pages.extend(kilde.pages[: antall - len(mal.pages)])
        mal.save(ut)
    return ut.getvalue()


@pytest.fixture(scope="module", params=[True, False], ids=["tagget", "utagget"])
def forti_sider(request):
    luft = "<p style='break-before:page'>Om planen.</p>" * 16
    return som_pdf(luft + plan_html(), tagger=request.param)


def bare_ordene(innhold):
    with pdfplumber.open(BytesIO(innhold)) as pdf:
        for side in pdf.pages:
            side.extract_words()
            side.close()
        return len(pdf.pages)


def test_forty_pages_take_at_most_twice_what_their_words_take(forti_sider):
    start = process_time()
    assert bare_ordene(forti_sider) >= 40
    ordene = process_time() - start

    start = process_time()
    foresla(lest("pdf", forti_sider))
    alt = process_time() - start

    print(f"words {ordene:.1f} s, all {alt:.1f} s")  # noqa: T201 (for pytest -s)
    assert alt <= 2 * ordene


def test_forty_pages_take_at_most_300_megabytes(forti_sider):
    kode = (
        # Not by getrusage: there, a process begins with the peak of who started it.
        "import re, sys; from tiltak.innlesing.lesere.pdf import blokker;"
        "print(sum(map(len, blokker(sys.stdin.buffer.read()))),"
        " re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])"
    )

    svar = run(
        [sys.executable, "-c", kode],
        input=forti_sider,
        capture_output=True,
        cwd=ROT,
        check=True,
    )

    lest_, kilobyte = map(int, svar.stdout.split())
    assert lest_ > 10_000
    assert kilobyte < 300_000


def test_four_hundred_pages(forti_sider):
    blokker = les_fil(gjentatt(forti_sider, 400))

    assert blokker[-1].sted == ("side", "400") or int(blokker[-1].sted[1]) > 390
    # The same plan ten times over is the same tiltak, at the same places; but for those
    # whose headings are taken for heads of pages, as they stand on so many.
    assert len(omriss(foresla(blokker))) >= 40


def test_a_word_document_of_four_hundred_pages():
    dokument = Document()
    for nr in range(1, 401):
        dokument.add_heading(f"Tiltak {nr}: Møte {nr}", 2)
        for _avsnitt in range(8):
            dokument.add_paragraph("Teamet møter ungdom der de er. " * 12)
        dokument.add_paragraph("Ansvar: OUT")

    forslag = foresla(les_fil(som_bytes(dokument)))

    assert [t.plasseringer[0].nummer for t in forslag.tiltak] == list(range(1, 401))
