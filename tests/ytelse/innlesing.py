"""A plan from a document: what a long PDF takes beside what its words alone take, and how
much of a real plan lands where it belongs."""

from io import BytesIO
from time import process_time

import pdfplumber

from tests.tiltak.innlesing.dokumenter import (
    med_overskrifter,
    med_tabeller,
    plan_html,
    som_pdf,
)
from tests.tiltak.innlesing.fakta import andel, plan, treff
from tests.tiltak.innlesing.lest import lest
from tests.ytelse._maling import Rad, topp_megabyte
from tiltak.innlesing.forslag import foresla

LUFT = "<p style='break-before:page'>Om planen.</p>" * 16
GANGER = 3


def bench_innlesing_pdf():
    """Processor time in turns, and of each the least: to read is nothing but work."""
    for navn, tagger in (("tagged", True), ("untagged", False)):
        innhold = som_pdf(LUFT + plan_html(), tagger=tagger)
        ordene, alt = [], []
        for _gang in range(GANGER):
            sider = _ta_tiden(ordene, lambda pdf=innhold: _bare_ordene(pdf))
            _ta_tiden(alt, lambda pdf=innhold: foresla(lest("pdf", pdf)))
        yield Rad(f"pages of a {navn} PDF", sider, "", minst=40)
        yield Rad(f"{navn} PDF, read and proposed", min(alt), "s")
        yield Rad(
            f"{navn} PDF, read and proposed / pdfplumber's words alone",
            min(alt) / min(ordene),
            hoyst=2,
        )
        yield Rad(
            f"{navn} PDF, peak memory of the process that reads",
            topp_megabyte("tiltak.innlesing.lesere.pdf:blokker", innhold),
            "MB",
            hoyst=300,
        )


def _ta_tiden(tider, arbeid):
    start = process_time()
    svar = arbeid()
    tider.append(process_time() - start)
    return svar


def _bare_ordene(innhold):
    with pdfplumber.open(BytesIO(innhold)) as pdf:
        for side in pdf.pages:
            side.extract_words()
            side.close()
        return len(pdf.pages)


def bench_innlesing_fakta():
    """The facts of Lillestrøm's plan at the right place without a touch."""
    for navn, slag, innhold in (
        ("Word, labelled lines", "docx", med_overskrifter()),
        ("Word, tables", "docx", med_tabeller()),
        ("PDF", "pdf", som_pdf(plan_html(), tagger=True)),
    ):
        funnet = treff(foresla(lest(slag, innhold)), plan()[1])
        yield Rad(f"{navn}: facts in place", 100 * andel(funnet), "%", minst=95)
