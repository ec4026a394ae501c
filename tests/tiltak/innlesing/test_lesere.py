"""What files are read as, block by block."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from PIL import Image

from tests.tiltak.innlesing.dokumenter import som_bytes, som_pdf
from tests.tiltak.innlesing.lest import docx, fra_docx, fra_tekst, lest, omriss
from tiltak.innlesing.blokker import Blokk
from tiltak.innlesing.forslag import foresla
from tiltak.innlesing.linjer import lapp


def former(blokker):
    return [(blokk.slag, blokk.niva, blokk.tekst) for blokk in blokker]


# Word ---------------------------------------------------------------------------------


def test_changes_that_are_tracked_are_read_as_accepted():
    dokument = docx("# Rus")
    dokument.element.body.insert(
        1,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:t>Klubben er </w:t></w:r>"
            '<w:ins w:id="1" w:author="x"><w:r><w:t>åpen</w:t></w:r></w:ins>'
            '<w:del w:id="2" w:author="x"><w:r><w:delText>stengt</w:delText></w:r></w:del>'
            '<w:commentRangeStart w:id="3"/><w:r><w:t>.</w:t></w:r></w:p>'
        ),
    )

    assert former(fra_docx(dokument)) == [
        ("overskrift", 1, "Rus"),
        ("avsnitt", 0, "Klubben er åpen."),
    ]


def test_comments_are_left_out():
    dokument = Document()
    avsnitt = dokument.add_paragraph("Klubben er åpen.")
    dokument.add_comment(avsnitt.runs, text="Er den det?", author="x")

    assert former(fra_docx(dokument)) == [("avsnitt", 0, "Klubben er åpen.")]


def test_numbers_that_word_sets_are_known():
    dokument = Document()
    for tekst in ("Uteteam", "Klubb"):
        dokument.add_paragraph(tekst, style="List Number")

    assert [(b.slag, b.merke, b.tekst) for b in fra_docx(dokument)] == [
        ("punkt", "1.", "Uteteam"), ("punkt", "2.", "Klubb"),
    ]  # fmt: skip


def test_merged_cells_hold_for_all_their_rows():
    dokument = docx(
        "# Plan",
        [
            ["Område", "Tiltak", "Ansvar"],
            ["Rus", "Uteteam", "OUT"],
            ["", "Klubb", "OUT"],
        ],
    )
    tabell = dokument.tables[0]
    tabell.cell(1, 0).merge(tabell.cell(2, 0))
    tabell.cell(1, 2).merge(tabell.cell(2, 2))

    blokker = fra_docx(dokument)

    assert blokker[-1].gjentatt == (0, 2)
    assert omriss(foresla(blokker)) == [
        ("Rus", None, "Uteteam"),
        ("Rus", None, "Klubb"),
    ]


def test_a_row_over_all_columns_names_the_area():
    dokument = docx(
        [["Tiltak", "Ansvar", "Frist"], ["Rus", "", ""], ["Uteteam", "OUT", "2026"],
         ["Vold", "", ""], ["Senter", "NAV", "2027"]]
    )  # fmt: skip
    for nr in (1, 3):
        rad = dokument.tables[0].rows[nr].cells
        rad[0].merge(rad[2])

    assert omriss(foresla(fra_docx(dokument))) == [
        ("Rus", None, "Uteteam"),
        ("Vold", None, "Senter"),
    ]


def test_a_picture_is_listed_as_not_taken_in():
    dokument = docx("# Rus", "Om rus.")
    fil = BytesIO()
    Image.new("RGB", (80, 80)).save(fil, "PNG")
    dokument.add_picture(fil)

    utelatt = foresla(fra_docx(dokument)).utelatt

    assert [u.grunn for u in utelatt] == ["bilde"]


# PDF ----------------------------------------------------------------------------------

LANG = (
    "Teamet møter ungdom der de er, og følger dem videre til dem som kan hjelpe dem. "
    * 6
)


def test_two_columns_are_read_one_after_the_other():
    avsnitt = [f"<p>Nummer {nr}. {LANG}</p>" for nr in range(1, 7)]
    pdf = som_pdf(f"<h1>Plan</h1><div class=to>{''.join(avsnitt)}</div>", tagger=False)

    tekster = [b.tekst for b in lest("pdf", pdf) if b.tekst.startswith("Nummer")]

    assert [t[:9] for t in tekster] == [f"Nummer {nr}." for nr in range(1, 7)]
    assert all(" ".join(LANG.split()) in t for t in tekster)


def test_heads_feet_numbers_and_contents_are_no_text():
    innhold = "<h2>Innhold</h2><p>Rus ........ 2</p><p>Vold ........ 3</p>"
    sider = "".join(f"<h2>{navn}</h2><p>{LANG}</p>" for navn in ("Rus", "Vold", "Hat"))
    blokker = lest("pdf", som_pdf(f"<h1>Plan</h1>{innhold}{sider}", tagger=False))

    slag = {b.tekst: b.slag for b in blokker}

    assert slag["Handlingsplan 2024–2028"] == slag["1 av 5"] == "marg"
    assert (slag["Innhold"], slag["Rus ........ 2"]) == ("innhold", "innhold")
    assert [b.tekst for b in blokker if b.slag == "overskrift"] == [
        "Rus",
        "Vold",
        "Hat",
    ]
    forslag = foresla(blokker)
    assert forslag.dekning.andel == 1
    assert {u.grunn for u in forslag.utelatt} == {"marg", "innhold"}


@pytest.mark.parametrize("tagger", [True, False])
def test_a_table_over_pages_with_its_head_on_each(tagger):
    rader = "".join(
        f"<tr><td>{nr}</td><td>Uteteam {nr} i byen</td><td>{LANG}</td><td>OUT</td></tr>"
        for nr in range(1, 31)
    )
    hode = "<thead><tr><th>Nr.<th>Tiltak<th>Beskrivelse<th>Ansvar</tr></thead>"
    pdf = som_pdf(
        f"<h1>Plan</h1><h2>Rus</h2><table>{hode}{rader}</table>", tagger=tagger
    )

    forslag = foresla(lest("pdf", pdf))

    assert omriss(forslag) == [
        ("Rus", nr, f"Uteteam {nr} i byen") for nr in range(1, 31)
    ]
    assert {a.navn for t in forslag.tiltak for a in t.ansvar} == {"OUT"}


# Spreadsheets -------------------------------------------------------------------------


def test_each_sheet_is_an_area():
    bok = Workbook()
    for ark, tittel in ((bok.active, "Rus"), (bok.create_sheet(), "Vold")):
        ark.title = tittel
        ark.append(["Tiltak", "Ansvarlig", "Frist"])
        ark.append([f"Mot {tittel}", "OUT", 2026])

    forslag = foresla(lest("xlsx", som_bytes(bok)))

    assert omriss(forslag) == [("Rus", None, "Mot Rus"), ("Vold", None, "Mot Vold")]
    assert forslag.tiltak[0].tittel.blokker == ("3",)


# Text ---------------------------------------------------------------------------------


def test_a_pasted_table():
    forslag = foresla(fra_tekst("Rus\n\nTiltak\tAnsvar\nUteteam\tOUT\nKlubb\tKultur\n"))

    assert omriss(forslag) == [("Rus", None, "Uteteam"), ("Rus", None, "Klubb")]


@pytest.mark.parametrize(
    ("forste", "neste", "hele"),
    [
        ("kriminali-", "teten øker", "kriminaliteten øker"),
        ("rus-", "og kriminalitet", "rus- og kriminalitet"),
        ("SLT-", "modellen", "SLT-modellen"),
        ("https://x.no/psykisk-", "helse/tilbud", "https://x.no/psykisk-helse/tilbud"),
        ("Nett: https://x.no/a/", "Telefon: 1", "Nett: https://x.no/a/ Telefon: 1"),
        ("skriv til ung@", "x.no", "skriv til ung@x.no"),
        ("en", "linje", "en linje"),
        ("", "linje", "linje"),
    ],
)
def test_lines_are_joined_as_they_were_written(forste, neste, hele):
    assert lapp(forste, neste) == hele


def test_a_block_is_kept_as_json():
    blokk = Blokk(
        3,
        ("side", "4"),
        "rad",
        celler=("a", "b"),
        gjentatt=(0,),
        lenker=(("a", "https://x.no"),),
    )

    assert Blokk.fra_json(blokk.som_json()) == blokk


def test_several_small_tables_on_a_page():
    """What stands between two tables belongs to neither."""
    tabeller = "".join(
        f"<h3>{tittel}</h3><table><tr><td>Målgruppe<td>13–18 år</tr><tr><td>Ansvarlig<td>OUT</tr></table>"
        for tittel in ("Uteteam", "Klubb", "Leir")
    )
    pdf = som_pdf(f"<h1>Plan</h1><p>{LANG}</p><h2>Rus</h2>{tabeller}", tagger=False)

    forslag = foresla(lest("pdf", pdf))

    assert omriss(forslag) == [
        ("Rus", None, "Uteteam"),
        ("Rus", None, "Klubb"),
        ("Rus", None, "Leir"),
    ]


def test_letters_are_one_sign_each_however_the_source_has_them():
    """Files from some machines have the ring of å as a sign of its own."""
    (blokk,) = fra_tekst("Målgruppe: Grønne unge".replace("å", "a\u030a"))

    assert blokk.tekst == "Målgruppe: Grønne unge"
