"""The document of knowledge and figures, drawn and read again."""

import re
import shutil
import subprocess
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from tests.factories import FunnFactory, IndikatorFactory, KildeFactory, MalingFactory


@pytest.fixture(autouse=True)
def lager(settings, tmp_path):
    settings.PDF_MAPPE = tmp_path / "pdf"
    settings.PDF_VENT = 60


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_the_document_is_drawn_with_its_chart_and_table(kommune, client, tmp_path):
    kilde = KildeFactory(kommune=kommune, navn="Rapport", utgiver="OUT")
    FunnFactory(kilde=kilde, tekst="Mange treff ved stasjonen.", publisert=True)
    treff = IndikatorFactory(
        kommune=kommune, kilde=kilde, navn="Treff ute", publisert=True
    )
    MalingFactory(indikator=treff, verdi=33_636)
    for nr, verdi in enumerate((20_000, 9_903)):
        MalingFactory(indikator=treff, verdi=verdi, slag=f"slag {nr}")

    svar = client.get(reverse("evaluering:kunnskap_pdf", args=["lillestrom"]))

    assert (svar.status_code, svar["Content-Type"]) == (200, "application/pdf")
    fil = tmp_path / "ut.pdf"
    fil.write_bytes(svar.content)
    ut = subprocess.run(["pdftotext", fil, "-"], capture_output=True, check=True)
    lest = re.sub(r"\s+", " ", ut.stdout.decode())
    for ord_ in (
        "Mange treff ved stasjonen.",
        "2023: Kilden oppgir 33 636, tabellene summerer til 29 903.",
        "Kilde: Rapport, OUT, 2025.",
        "Slag 0 20 000",
    ):
        assert ord_ in lest
    with pikepdf.open(BytesIO(svar.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nb"
