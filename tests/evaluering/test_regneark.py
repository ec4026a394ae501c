"""Spreadsheets that were made to hold a server up are refused within a budget; all others
are read as before."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from evaluering.models import Tallimport
from evaluering.tall import ark
from evaluering.tall.ark import BUDSJETT, FLEST_RADER, ark_i_regneark
from evaluering.tall.forms import TallForm
from evaluering.tall.tallimport import les_igjen, ta_vare_pa
from slt.felles.opplasting import filtype
from slt.grunn.avgrenset import ROT
from slt.grunn.regneark import alle_ark
from tests.evaluering.importveien import regneark
from tests.factories import BrukerFactory, IndikatorFactory
from tests.feil.mengde import mengde

FOR_STORT = (
    "Regnearket er for stort eller for innviklet til å leses. Lagre det som CSV, eller "
    "del det."
)
OVERSKRIFTER = ["indikator", "år", "tall"]

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAKKE = "http://schemas.openxmlformats.org/package/2006"
SLAG = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def bok(*rader):
    arbeidsbok = Workbook()
    for rad in rader:
        arbeidsbok.active.append(rad)
    ut = BytesIO()
    arbeidsbok.save(ut)
    return ut.getvalue()


def pakke(rader, *, tekster="", stiler="", etter=""):
    """The least that is a spreadsheet, of parts as they are given."""
    deler = {
        "[Content_Types].xml": f'<Types xmlns="{PAKKE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SLAG}.sheet.main+xml"/>'
        f'<Override PartName="/xl/a.xml" ContentType="{SLAG}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{SLAG}.styles+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" '
        f'ContentType="{SLAG}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PAKKE}/relationships"><Relationship '
        f'Id="r" Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {NS} xmlns:r="{R}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PAKKE}/relationships">'
        f'<Relationship Id="r1" Type="{R}/worksheet" Target="a.xml"/></Relationships>',
        "xl/a.xml": f"<worksheet {NS}><sheetData>{rader}</sheetData>{etter}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {NS}>{tekster}</sst>",
        "xl/styles.xml": f"<styleSheet {NS}>{stiler}</styleSheet>",
    }
    ut = BytesIO()
    with ZipFile(ut, "w", ZIP_DEFLATED, compresslevel=9) as arkiv:
        for navn, innhold in deler.items():
            arkiv.writestr(navn, innhold)
    return ut.getvalue()


def en_lang_tekst():
    return pakke(
        "<row>" + '<c t="s"><v>0</v></c>' * 30 + "</row>" + RAD * 10_000,
        tekster=f"<si><t>{'1 ' * 500_000}</t></si>",
    )


RAD = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'


def mange_stiler():
    antall = 900_000
    return pakke(RAD, stiler=f'<cellXfs count="{antall}">{"<xf/>" * antall}</cellXfs>')


def mange_skrifter():
    antall = 1_900_000
    return pakke(RAD, stiler=f'<fonts count="{antall}">{"<font/>" * antall}</fonts>')


def mange_tekster():
    return pakke(RAD, tekster="<si/>" * 3_500_000)


def dype_lag():
    return pakke(f"<row>{'<c>' * 2_000_000}{'</c>' * 2_000_000}</row>")


pytestmark = pytest.mark.django_db

FIENDTLIGE = [en_lang_tekst, mange_stiler, mange_skrifter, mange_tekster, dype_lag]


@pytest.fixture
def prosesser(monkeypatch):
    startet, popen = [], subprocess.Popen

    def start(*args, **kwargs):
        startet.append(popen(*args, **kwargs))
        return startet[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return startet


def minne():
    """This process's memory in megabytes, as the machine sees it."""
    with open("/proc/self/statm") as fil:
        return int(fil.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1_000_000


@pytest.mark.parametrize("lag", FIENDTLIGE)
def test_what_was_made_to_hold_the_server_up_is_refused(lag, prosesser, monkeypatch):
    budsjett = replace(BUDSJETT, prosessor=mengde(BUDSJETT.prosessor, 2))
    monkeypatch.setattr(ark, "BUDSJETT", budsjett)
    innhold = lag()
    assert len(innhold) < 1_000_000
    assert filtype(SimpleUploadedFile("a.xlsx", innhold)) == "xlsx"
    for_, begynte = minne(), time.monotonic()

    with pytest.raises(ValidationError) as feil:
        ark_i_regneark(innhold)

    assert time.monotonic() - begynte < BUDSJETT.sekunder + 5
    assert minne() - for_ < 20
    assert feil.value.messages[0] in {FOR_STORT, "Regnearket kan ikke leses."}
    [prosess] = prosesser
    with pytest.raises(ProcessLookupError):
        os.kill(prosess.pid, 0)


def test_an_ordinary_one_is_read_while_others_hold_their_budget():
    innhold = bok(OVERSKRIFTER, ["Treff", 2023, 7.5], ["Ås", None, "=1+1"])
    svar = {}

    def les(navn, hva):
        try:
            [ett] = ark_i_regneark(hva)
            svar[navn] = [celler for _nr, celler in ett.rader]
        except ValidationError as feil:
            svar[navn] = feil.messages

    trader = [
        threading.Thread(target=les, args=args)
        for args in (("vond", en_lang_tekst()), ("god", innhold), ("god til", innhold))
    ]
    for trad in trader:
        trad.start()
    for trad in trader:
        trad.join()

    ventet = [OVERSKRIFTER, ["Treff", 2023, 7.5], ["Ås", None, {"formel": "="}]]
    assert svar == {"vond": [FOR_STORT], "god": ventet, "god til": ventet}


def test_what_is_neither_text_nor_number_is_not_made_into_one():
    innhold = bok([True, date(2023, 1, 2), 7, 7.25, "7"])

    [ett] = ark_i_regneark(innhold)
    [(_nr, [sann, dag, *tall])] = ett.rader

    assert sann is True
    assert dag == {"dag": "2023-01-02"}
    assert [(type(t), t) for t in tall] == [(int, 7), (float, 7.25), (str, "7")]


def test_more_rows_than_are_taken_are_refused():
    innhold = pakke("<row><c><v>1</v></c></row>" * (FLEST_RADER + 1000))

    with pytest.raises(ValidationError, match=f"mer enn {FLEST_RADER} rader"):
        ark_i_regneark(innhold)


def test_very_many_merged_cells_are_refused_at_once():
    omrader = "".join(f'<mergeCell ref="A{n}:GR{n + 90}"/>' for n in range(1, 4000))
    innhold = pakke(
        "<row><c><v>1</v></c></row>" * 5000, etter=f"<mergeCells>{omrader}</mergeCells>"
    )
    begynte = time.monotonic()

    with pytest.raises(ValidationError, match="sammenslåtte"):
        ark_i_regneark(innhold)
    assert time.monotonic() - begynte < BUDSJETT.sekunder + 5


def test_sheets_beyond_those_that_are_read_are_said():
    arbeidsbok = Workbook()
    arbeidsbok.active.append(OVERSKRIFTER)
    for _nr in range(ark.FLEST_ARK):
        arbeidsbok.create_sheet()
    ut = BytesIO()
    arbeidsbok.save(ut)

    [ett] = ark_i_regneark(ut.getvalue())

    assert ett.merknader == [f"Bare de første {ark.FLEST_ARK} arkene er lest."]


def test_the_reason_stands_beside_the_field(kommune):
    fil = SimpleUploadedFile("a.xlsx", en_lang_tekst())

    skjema = TallForm({"limt_inn": ""}, {"fil": fil})

    assert skjema.errors == {"fil": [FOR_STORT]}
    assert not Tallimport.objects.exists()


def test_a_long_text_in_every_cell_takes_no_time_to_refuse(kommune):
    IndikatorFactory(kommune=kommune, navn="Treff")
    fil = SimpleUploadedFile("a.xlsx", bok(OVERSKRIFTER, *9 * [["1 " * 15_000] * 3]))
    begynte = time.monotonic()

    skjema = TallForm({"limt_inn": ""}, {"fil": fil})
    assert skjema.is_valid(), skjema.errors
    rad = ta_vare_pa(
        kommune=kommune, bruker=BrukerFactory(), navn="a", arkene=skjema.arkene
    )

    assert {feil.tekst for feil in les_igjen(rad).feil} == {"Teksten er for lang."}
    assert time.monotonic() - begynte < 10


def test_the_process_starts_without_what_it_has_no_use_for():
    """Django takes longer to load than the sheet to read, and is told secrets."""
    program = (
        "import sys, slt.grunn.regneark, slt.grunn.avgrenset;"
        "print([m for m in sys.modules if m.split('.')[0] in {'django', 'wagtail'}])"
    )

    svar = subprocess.run(
        [sys.executable, "-c", program], cwd=ROT, capture_output=True, check=True
    )

    assert svar.stdout == b"[]\n"


# Kept as JSON, the first is none, and the last is more than can be written out.
@pytest.mark.parametrize("tall", ["1e999", "-1e999", "9" * 400])
@pytest.mark.parametrize("stil", ["", ' s="1"'])
def test_a_number_that_no_spreadsheet_holds_is_an_error_in_its_cell(tall, stil):
    stiler = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'
    innhold = pakke(
        f'<row r="1"><c r="A1"{stil}><v>{tall}</v></c></row>', stiler=stiler
    )

    [lest] = ark_i_regneark(innhold)

    assert lest.rader == [(1, [{"feil": "#NUM!"}])]
    [annen_vei] = alle_ark(innhold, "1", "5", "5")
    assert json.loads(annen_vei)[2][0] == {"feil": "#NUM!"}


def test_two_sheets_of_one_name_are_told_apart():
    arbeidsbok = Workbook()
    arbeidsbok.active.append(["a"])
    arbeidsbok.create_sheet("Annet").append(["b", "c"])
    ut = BytesIO()
    arbeidsbok.save(ut)
    like = BytesIO()
    with ZipFile(ut) as fra, ZipFile(like, "w", ZIP_DEFLATED) as til:
        for navn in fra.namelist():
            til.writestr(navn, fra.read(navn).replace(b'"Annet"', b'"Sheet"'))

    arkene = ark_i_regneark(like.getvalue())

    assert [(ett.navn, ett.bredde) for ett in arkene] == [
        ("Sheet", 1),
        ("Sheet (2)", 2),
    ]


def test_raised_signs_are_no_digits():
    """A footnote 2 after 234 is no 2342, and a 1 after 2023 leaves it a year."""
    hevet = InlineFont(vertAlign="superscript")
    innhold = regneark(
        ["Lovbrudd", CellRichText("2023", TextBlock(hevet, "1"))],
        ["Vold", CellRichText("234", TextBlock(hevet, "2)"))],
        ["Areal i km", CellRichText("per m", TextBlock(hevet, "2"))],
    )

    [ark] = ark_i_regneark(innhold)
    assert [c[1] for _nr, c in ark.rader] == ["2023", "234", "per m2"]


def test_a_day_of_which_the_year_is_shown_is_that_year():
    dager = [date(2022, 1, 1), date(2023, 8, 1)]
    innhold = regneark(
        ["Tiltak", *dager],
        ["Besøk", *dager],
        formater={
            "B1": "yyyy",
            "C1": "yyyy",
            "B2": "dd.mm.yyyy",
            "C2": "[$-414]yyyy;@",
        },
    )

    [ark] = ark_i_regneark(innhold)
    assert [c[1:] for _nr, c in ark.rader] == [
        [2022, 2023],
        [{"dag": "2022-01-01"}, 2023],
    ]
