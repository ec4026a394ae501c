"""Plans of many shapes: nearly all of each is proposed right without a touch, and what is
not is still there."""

import pytest

from tests.tiltak.innlesing import andre
from tests.tiltak.innlesing.fasit import DOKUMENTER, svar
from tests.tiltak.innlesing.lest import lest
from tiltak.innlesing.forslag import foresla

MINST = 0.9
# Those that take a browser, or long.
TUNGE = {"fra nettleseren", "seks sider med samme hode"}
UTEN_NETTLESER = pytest.mark.skipif(not andre.CHROMIUM, reason="NO CHROMIUM")


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
