"""Plans of many shapes: nearly all of each is proposed right without a touch, and what is
not is still there."""

import pytest

from tests.tiltak.innlesing import andre, andre_pdf, fasit, flere, sist
from tests.tiltak.innlesing.fasit import svar
from tests.tiltak.innlesing.lest import lest
from tiltak.innlesing.forslag import foresla

DOKUMENTER = fasit.DOKUMENTER | flere.DOKUMENTER | sist.DOKUMENTER
MINST = 0.95
# Those that take a browser, or long.
TUNGE = {"fra nettleseren", "seks sider med samme hode"}
UTEN_NETTLESER = pytest.mark.skipif(not andre_pdf.CHROMIUM, reason="NO CHROMIUM")


@pytest.mark.parametrize(
    "navn",
    [
        pytest.param(
            navn,
            marks=[pytest.mark.alt, UTEN_NETTLESER] if navn in TUNGE else [],
        )
        for navn in DOKUMENTER
    ],
)
def test_most_of_the_plan_is_proposed_right(navn):
    dokument = DOKUMENTER[navn]
    innhold = dokument.lag()
    blokker = lest(
        dokument.slag, innhold.encode() if isinstance(innhold, str) else innhold
    )

    forslag = foresla(blokker)

    alle = list(svar(forslag, dokument))
    gale = [(slag, hva) for slag, rett, hva in alle if not rett]
    assert len(gale) <= (1 - MINST) * len(alle), gale
    # Nothing is lost without a word.
    assert forslag.dekning.andel > 0.98 or forslag.utelatt
    assert [u for u in forslag.utelatt if u.grunn == "ukjent"] == []


def test_pasted_from_a_table_a_line_each():
    """As a reader of PDF files gives the cells of a table of labels."""
    linjer = [
        celle
        for blokk in lest("docx", andre.nynorsk())
        for celle in (blokk.celler or [blokk.tekst])
    ]

    forslag = foresla(lest("tekst", "\n".join(linjer).encode()))

    gale = [
        hva for _slag, rett, hva in svar(forslag, DOKUMENTER["nynorsk"]) if not rett
    ]
    assert gale == []
