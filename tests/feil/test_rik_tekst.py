"""Rich text past the editor: what word processors and web pages put on the clipboard, cut
up and put together anew. What is saved of it is whole, harmless, and saved again as it is."""

import re
from itertools import pairwise
from pathlib import Path

from slt.grunn.riktekst import TAGGER, ren_tekst, rens_html
from tests.feil.mengde import mengde
from tests.slt.test_personvern import terning
from tests.slt.test_riktekst import LOVLIG, bredder

MAPPE = Path(__file__).parent.parent / "limt"
DOKUMENTER = sorted(MAPPE.glob("[0-9][0-9]-*.html"))
KODE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "<table><tr><td colspan=99 rowspan=99>",
    "</table>",
    "https://a.no/<b>",
    "<svg><style><!--",
    "<h1><li><td>",
    "&lt;script&gt;",
]


def sjekk(html):
    renset = rens_html(html)
    assert rens_html(renset) == renset
    tagger = re.findall("<[^<>]*>", renset)
    assert {re.match("</?([a-z0-9]*)", tagg)[1] for tagg in tagger} <= TAGGER
    assert all(LOVLIG.fullmatch(tagg) for tagg in tagger)
    for tabell in re.findall("<table>.*?</table>", renset, re.DOTALL):
        assert len(set(bredder(tabell))) == 1
    # Its headings are read in order.
    niva = [2, *map(int, re.findall("<h([3-5])>", renset))]
    assert all(neste <= forrige + 1 for forrige, neste in pairwise(niva))
    assert "<" not in re.sub("<[^<>]*>", "", renset)
    return ren_tekst(renset)


def test_documents_in_pieces(tell):
    kast = terning(17)
    tekster = [fil.read_text(encoding="utf-8") for fil in DOKUMENTER]
    assert len(tekster) == 20
    assert min(len(sjekk(tekst)) for tekst in tekster) > 25

    antall = mengde(10_000, 300)
    for _gang in range(antall):
        biter = []
        for _bit in range(kast.randrange(1, 8)):
            tekst = kast.choice([*tekster, kast.choice(KODE)])
            fra = kast.randrange(len(tekst))
            biter.append(tekst[fra : fra + kast.randrange(400)])
        sjekk("".join(biter))

    tell("pasted documents, cut up and put together anew", antall + len(tekster))
