"""What PDF files without good tags, and narrow tables, are read as."""

from io import BytesIO

import pikepdf
import pytest

from tests.tiltak.innlesing.dokumenter import som_pdf
from tests.tiltak.innlesing.lest import lest

SMAL = """<style>td, th { width: 22mm; overflow-wrap: anywhere; font: 11pt sans-serif }
table { width: auto }</style><h1>Plan for kommunen</h1>
<p>Skolehelsetjenesten er med, og foreldrene på Strandheim skole hjelper til med foreldreveiledning.</p>
<table><tr><th>Tiltak</th><th>Ansvar</th><th>Frist</th></tr>
<tr><td>Foreldreveiledning i grupper</td><td>Skolehelsetjenesten</td><td>2026</td></tr>
<tr><td>Forebyggende samtaler</td><td>Ungdomskontakten</td><td>Våren</td></tr></table>"""


def celler(blokker):
    return [blokk.celler for blokk in blokker if blokk.celler]


@pytest.mark.parametrize("tagger", [True, False])
def test_words_that_a_narrow_cell_broke_are_whole(tagger):
    assert celler(lest("pdf", som_pdf(SMAL, tagger=tagger))) == [
        ("Tiltak", "Ansvar", "Frist"),
        ("Foreldreveiledning i grupper", "Skolehelsetjenesten", "2026"),
        ("Forebyggende samtaler", "Ungdomskontakten", "Våren"),
    ]


UTEN_STREKER = "<style>td, th { border: 0 !important; padding: 0 6pt 4pt 0 }</style>"


def test_a_table_without_lines_ends_where_text_begins():
    html = f"""{UTEN_STREKER}<h1>Plan</h1><h2>Rus</h2><table>
<tr><th>Tiltak</th><th>Ansvarlig</th><th>Frist</th></tr>
<tr><td>Uteteam som møter unge der de er, hver helg</td><td>Oppvekst</td><td>2026</td></tr>
<tr><td>Klubb</td><td>Kultur</td><td>Løpende</td></tr></table>
<p>Tabellen er vedtatt av politirådet, og den gjelder for hele kommunen i perioden.</p>"""

    blokker = lest("pdf", som_pdf(html, tagger=False))

    assert celler(blokker) == [
        ("Tiltak", "Ansvarlig", "Frist"),
        ("Uteteam som møter unge der de er, hver helg", "Oppvekst", "2026"),
        ("Klubb", "Kultur", "Løpende"),
    ]
    assert blokker[-1].tekst.startswith("Tabellen er vedtatt av politirådet, og den")


def test_labels_with_values_beside_them_are_rows():
    html = f"""{UTEN_STREKER}<h1>Plan</h1><h2>Uteteam</h2><table>
<tr><td style="width: 40mm">Målgruppe</td><td>Ungdom 13–18 år</td></tr>
<tr><td>Ansvar</td><td>Oppvekst</td></tr></table>"""

    assert celler(lest("pdf", som_pdf(html, tagger=False))) == [
        ("Målgruppe", "Ungdom 13–18 år"),
        ("Ansvar", "Oppvekst"),
    ]


def test_the_pages_of_contents_are_no_table():
    html = f"""{UTEN_STREKER}<h1>Plan</h1><h2>Innhold</h2><table>
<tr><td style="width: 90mm">Bakgrunn</td><td>2</td></tr>
<tr><td>Tiltak</td><td>4</td></tr><tr><td>Evaluering</td><td>9</td></tr></table>"""

    assert celler(lest("pdf", som_pdf(html, tagger=False))) == []


def test_links_are_read_beside_a_comment_that_has_no_place():
    pdf = som_pdf("<p>Se <a href='https://x.no/ung'>siden</a>, som er åpen for alle.</p>", tagger=False)  # fmt: skip
    ut = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as fil:
        fil.pages[0].Annots.append(pikepdf.Dictionary(Type=pikepdf.Name.Annot))
        fil.save(ut)

    lenker = [par for blokk in lest("pdf", ut.getvalue()) for par in blokk.lenker]

    assert [adresse for _tekst, adresse in lenker] == ["https://x.no/ung"]
