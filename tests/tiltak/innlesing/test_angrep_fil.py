"""Files that nobody's program writes, and numbers where the text is not."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest
from django.core.exceptions import ValidationError
from docx.oxml.ns import qn
from openpyxl import Workbook

from tests.slt.test_personvern import lag_nummer, terning
from tests.tiltak.innlesing.dokumenter import som_bytes
from tests.tiltak.innlesing.landet import av_deler
from tests.tiltak.innlesing.lest import docx, fra_docx, fra_tekst, lest
from tiltak.innlesing.blokker import AVSNITT, RAD, Blokk, som_linjer
from tiltak.innlesing.fil import FEIL, filtype
from tiltak.innlesing.forms import DokumentForm
from tiltak.innlesing.vern import med_identitetsnummer

NUMMER = lag_nummer(terning(3))


@pytest.mark.parametrize("pakking", [ZIP_LZMA, ZIP_BZIP2])
def test_a_way_of_packing_that_no_document_has(pakking):
    ut = BytesIO()
    with ZipFile(BytesIO(som_bytes(docx("# Rus")))) as inn, ZipFile(ut, "w") as arkiv:
        for navn in inn.namelist():
            arkiv.writestr(navn, inn.read(navn), pakking)

    with pytest.raises(ValidationError) as feil:
        filtype(ut.getvalue())

    assert feil.value.messages == [str(FEIL["odelagt"])]


def test_signs_that_nobody_sees_are_not_kept():
    """The font of a PDF may map its letters to any sign; a database takes no NUL."""
    blokker = [
        Blokk(0, ("side", "1"), AVSNITT, "a\x00b\x1b\u202ec\n\td", merke="\x01"),
        Blokk(
            0, ("side", "1"), RAD, celler=("\x00x", "\ufffe"), lenker=(("\x02", "y"),)
        ),
    ]

    linjer = b"".join(som_linjer(blokker)).decode()

    assert '"tekst": "abc\\n\\td"' in linjer
    assert '"celler": ["x", ""], "lenker": [["", "y"]]' in linjer
    assert not any(tegn in linjer for tegn in ("\\u00", "\u202e", "\ufffe"))


def ark(tittel, *rader):
    bok = Workbook()
    bok.active.title = tittel
    for rad in rader:
        bok.active.append(rad)
    return lest("xlsx", som_bytes(bok))


def test_a_number_in_the_name_of_the_only_sheet():
    blokker = ark(f"Kari {NUMMER}", ["Tiltak", "Ansvar"], ["Klubb", "Nav"])

    assert med_identitetsnummer(blokker) == blokker


def test_a_number_that_a_spreadsheet_took_the_nought_from():
    fra = terning(5)
    nummer = next(n for n in (lag_nummer(fra) for _ in range(500)) if n[0] == "0")

    blokker = ark("Ark", ["Tiltak", "Nr"], ["Klubb", int(nummer)], ["Leir", 1234567890])

    assert [b.sted for b in med_identitetsnummer(blokker)] == [("celle", "Ark!A2")]


def test_a_number_before_the_items_of_a_list():
    dokument = docx("# Rus")
    dokument.add_paragraph("Klubb", style="List Number")
    for niva in dokument.part.numbering_part.element.iter(qn("w:lvlText")):
        niva.set(qn("w:val"), f"{NUMMER} %1.")

    assert [b.tekst for b in med_identitetsnummer(fra_docx(dokument))] == ["Klubb"]


def test_two_items_that_are_one_number_are_found_still():
    dag, fem = NUMMER[:6], NUMMER[6:]

    assert len(med_identitetsnummer(fra_tekst(f"1. {dag}\n\n{fem}\n"))) == 2


def test_the_name_of_a_sheet_is_not_told_with_its_number():
    bok = Workbook()
    bok.active.title = f"Kari {NUMMER}"
    bok.active.append(["Tiltak", "Ansvar"])
    skjema = DokumentForm({})
    skjema.cleaned_data = {}

    with pytest.raises(ValidationError) as feil:
        skjema._les(BytesIO(som_bytes(bok)), "")

    assert "celle A1." in feil.value.messages[0]
    assert NUMMER not in feil.value.messages[0]


@pytest.mark.django_db
def test_nothing_is_decided_of_a_text_that_names_nobody(kommune, koordinator):
    rad = av_deler(kommune, "# Rus", "## Tiltak 1: Uteteam", "Ansvar: Kari Nordmann")
    adresse = f"/lillestrom/endre/plan/les-inn/{rad.pk}/personer/"
    valg = {"versjon": 0, "hva": "bytt", "rolle": "fagleder"}

    assert koordinator.post(adresse, valg | {"tekst": "x" * 10_000}).status_code == 404
    rad.refresh_from_db()
    assert not rad.valg

    assert (
        koordinator.post(adresse, valg | {"tekst": "Kari Nordmann"}).status_code == 302
    )
    rad.refresh_from_db()
    assert rad.valg == {"roller_for": {"Kari Nordmann": "fagleder"}}
