"""Figures as tables: the same columns as those that are read in."""

from collections.abc import Iterable
from io import BytesIO

from django.http import HttpResponse

from evaluering.tall.malen import KOLONNER
from evaluering.tall.skjul import Tall
from slt.felles.eksport import celle, csv_svar

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rader(tallene: Iterable[Tall]) -> list[list]:
    """The headings, and a row for each figure; what is hidden says so in its place."""
    return [list(KOLONNER), *(_rad(t) for t in tallene)]


def _rad(t):
    m = t.maling
    return [
        m.indikator.navn,
        m.arstall if m.til_ar is None else str(m.ar),
        m.sted.navn if m.sted else "",
        m.lokalomrade.navn if m.lokalomrade else "",
        m.get_kjonn_display() if m.kjonn else "",
        m.alder,
        m.get_trinn_display() if m.trinn else "",
        m.slag,
        m.gruppe,
        m.get_omfang_display() if m.omfang else "",
        m.verdi if t.vises else t.tekst,
        m.verdi_til if t.vises and m.verdi_til is not None else "",
        m.get_merke_display() if t.vises and m.merke else "",
        m.kilde.navn,
    ]


def svar(filnavn: str, tabell: list[list], *, som: str) -> HttpResponse:
    """The table as a file.

    Args:
        filnavn: without its ending.
        som: "csv" or "xlsx".
    """
    if som == "xlsx":
        return _xlsx_svar(f"{filnavn}.xlsx", tabell)
    return csv_svar(f"{filnavn}.csv", tabell)


def _xlsx_svar(filnavn, tabell):
    # Slow to load, and few ever ask for a spreadsheet.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    bok = Workbook(write_only=True)
    ark = bok.create_sheet("Tall")
    ark.freeze_panes = "A2"
    for nr, rad in enumerate(tabell):
        celler = [WriteOnlyCell(ark, value=celle(verdi)) for verdi in rad]
        for c in celler:
            if nr == 0:
                c.font = Font(bold=True)
            if isinstance(c.value, str):
                c.data_type = "s"  # never a formula
        ark.append(celler)
    ut = BytesIO()
    bok.save(ut)
    svar = HttpResponse(ut.getvalue(), content_type=XLSX)
    svar["Content-Disposition"] = f'attachment; filename="{filnavn}"'
    return svar
