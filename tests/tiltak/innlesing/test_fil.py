"""Files as they come: read in a process of its own, or refused with a line that says why."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from slt.grunn.avgrenset import Budsjett
from tests.tiltak.innlesing.dokumenter import som_bytes, som_pdf
from tests.tiltak.innlesing.lest import docx
from tiltak.innlesing import fil
from tiltak.innlesing.fil import FEIL, filtype, les_fil, les_tekst

PLAN = docx("# Rus", "## Tiltak 1: Klubb", "Ansvar: Kultur")


def pakket(**deler):
    ut = BytesIO()
    with ZipFile(ut, "w", ZIP_DEFLATED) as arkiv:
        for navn, innhold in deler.items():
            arkiv.writestr(navn.replace("__", "/"), innhold)
    return ut.getvalue()


def med_makroer():
    ut = BytesIO(som_bytes(PLAN))
    with ZipFile(ut, "a") as arkiv:
        arkiv.writestr("word/vbaProject.bin", b"x")
    return ut.getvalue()


def bombe():
    """Many megabytes of one letter, in a few kilobytes."""
    return pakket(
        **{"[Content_Types].xml": "<Types/>", "word__document.xml": "a" * 50_000_000}
    )


def med_passord():
    ut = BytesIO()
    with pikepdf.open(BytesIO(som_pdf("<p>Rus</p>", tagger=False))) as pdf:
        pdf.save(ut, encryption=pikepdf.Encryption(user="a", owner="b"))
    return ut.getvalue()


def skannet():
    ut = BytesIO()
    Image.new("L", (600, 800), 200).save(ut, "PDF")
    return ut.getvalue()


def mange_sider():
    ut = BytesIO()
    pdf = pikepdf.new()
    for _nr in range(501):
        pdf.add_blank_page()
    pdf.save(ut)
    return ut.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("lag", "hvorfor"),
    [
        (lambda: b"", "ukjent"),
        (lambda: b"hei", "ukjent"),
        (lambda: pakket(a="b"), "ukjent"),
        (
            lambda: pakket(
                **{"[Content_Types].xml": "<Types/>", "ppt__presentation.xml": ""}
            ),
            "ukjent",
        ),
        (lambda: OLE, "gammel"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "passord"),
        (med_makroer, "makro"),
        (bombe, "utpakket"),
        (lambda: som_bytes(PLAN)[:2000], "odelagt"),
        (
            lambda: pakket(
                **{"[Content_Types].xml": "<Types/>", "word__document.xml": "<a"}
            ),
            "odelagt",
        ),
        (lambda: som_pdf("<p>Rus</p>", tagger=False)[:900], "odelagt"),
        (lambda: b"%PDF-1.7\n" + b"a" * 25_000_001, "stor"),
        (med_passord, "passord"),
        (skannet, "skannet"),
        (lambda: som_bytes(docx()), "tom"),
        (mange_sider, "sider"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(lag, hvorfor):
    with pytest.raises(ValidationError) as feil:
        les_fil(lag())

    assert (feil.value.code, feil.value.message) == (hvorfor, FEIL[hvorfor])


@pytest.mark.parametrize(
    ("slag", "lag"),
    [
        ("docx", lambda: som_bytes(PLAN)),
        (
            "pdf",
            lambda: som_pdf(
                "<h1>Rus</h1><p>Om rus og unge i byen vår.</p>", tagger=True
            ),
        ),
    ],
)
def test_a_file_is_read_by_what_it_is(slag, lag):
    innhold = lag()

    assert filtype(innhold) == slag
    assert les_fil(innhold)[0].tekst == "Rus"


def test_text_is_read():
    assert [b.tekst for b in les_tekst("Rus\n\nOm rus.\n")] == ["Rus", "Om rus."]


def test_signs_that_no_database_takes_are_left_out():
    """As PDF files have them, where a font does not say which letters it shows."""
    lest = les_tekst("Rus\n\nOm \0rus\x01.\n\nÅr\tAntall\n2024\t\x7f4\n")

    assert [(b.tekst, b.celler) for b in lest] == [
        ("Rus", ()),
        ("Om rus.", ()),
        ("", ("År", "Antall")),
        ("", ("2024", "4")),
    ]


@pytest.mark.parametrize(
    ("tekst", "hvorfor"), [(" \n", "tom"), ("a" * 2_000_001, "lang")]
)
def test_text_that_is_none_or_too_long(tekst, hvorfor):
    with pytest.raises(ValidationError) as feil:
        les_tekst(tekst)

    assert feil.value.code == hvorfor


@pytest.mark.parametrize(
    "budsjett",
    [Budsjett(0.05, 5, 900, 20), Budsjett(20, 10, 5, 20), Budsjett(20, 10, 900, 0)],
)
def test_what_takes_too_much_is_stopped(budsjett, monkeypatch):
    monkeypatch.setattr(fil, "BUDSJETT", budsjett)

    with pytest.raises(ValidationError) as feil:
        les_fil(som_bytes(PLAN))

    assert feil.value.code in {"tung", "odelagt"}
