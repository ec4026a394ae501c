"""Spreadsheets (.xlsx) into blocks: each sheet a heading and its tables."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tiltak.innlesing.blokker import AVSNITT, OVERSKRIFT, RAD, Blokk, som_linjer

FLEST_RADER = 5000
FLEST_KOLONNER = 40


def blokker(innhold: bytes) -> Iterator[bytes]:
    """The blocks of all sheets that are shown, a line of JSON each.

    Raises:
        Exception: whatever openpyxl meets in a file that is broken.
    """
    yield from som_linjer(_blokker(innhold))


def _blokker(innhold):
    # Not read_only: merged cells and links are known only so.
    bok = load_workbook(BytesIO(innhold), data_only=True)
    synlige = [ark for ark in bok.worksheets if ark.sheet_state == "visible"]
    tabell = 0
    for ark in synlige:
        if ark.max_row == 1 and ark.max_column == 1 and ark.cell(1, 1).value is None:
            continue
        if len(synlige) > 1:
            yield Blokk(0, ("celle", f"{ark.title}!A1"), OVERSKRIFT, ark.title, niva=1)
        for blokk in _arket(ark, tabell):
            tabell = max(tabell, blokk.tabell)
            yield blokk


def _arket(ark, tabell):
    slatt_sammen = _slatt_sammen(ark)
    bredde = min(_bredde(ark), FLEST_KOLONNER)
    i_tabell = False
    for nr in range(1, min(ark.max_row, FLEST_RADER) + 1):
        celler, gjentatt = _rad(ark, nr, bredde, slatt_sammen)
        sted = ("celle", f"{ark.title}!{get_column_letter(1)}{nr}")
        fylte = [celle for celle in celler if celle]
        if not fylte:
            i_tabell = False
            continue
        # A line above the table, or between two.
        if len(fylte) == 1 and celler[0] and (not i_tabell or bredde == 1):
            yield _alene(sted, fylte[0], ark, nr)
            continue
        tabell += not i_tabell
        i_tabell = True
        lenker = _lenker(ark, nr, bredde)
        yield Blokk(
            0, sted, RAD, celler=celler, gjentatt=gjentatt, tabell=tabell, lenker=lenker
        )


def _alene(sted, tekst, ark, nr):
    celle = ark.cell(nr, 1)
    stor = bool(celle.font and (celle.font.b or (celle.font.sz or 0) >= 13))
    # "Sist endret 12.01.2026" is no heading, whatever it looks like.
    datert = re.search(r"\d{1,2}\.\d{1,2}\.(?:20)?\d\d", tekst)
    if len(tekst) <= 120 and not datert and (stor or not tekst.endswith(".")):
        return Blokk(0, sted, OVERSKRIFT, tekst, niva=2)
    return Blokk(0, sted, AVSNITT, tekst)


def _bredde(ark):
    """As far as there is anything in the first rows, whatever the file says."""
    bredest = 1
    for rad in ark.iter_rows(max_row=min(ark.max_row, 300), max_col=FLEST_KOLONNER):
        for celle in rad:
            if celle.value is not None:
                bredest = max(bredest, celle.column)
    return bredest


def _slatt_sammen(ark):
    """Where each cell of a merged range downwards has its value."""
    ut = {}
    for omrade in ark.merged_cells.ranges:
        if omrade.max_row - omrade.min_row > FLEST_RADER:
            continue
        for rad in range(omrade.min_row + 1, omrade.max_row + 1):
            ut[rad, omrade.min_col] = (omrade.min_row, omrade.min_col)
    return ut


def _rad(ark, nr, bredde, slatt_sammen):
    celler, gjentatt = [], []
    for kolonne in range(1, bredde + 1):
        kilde = slatt_sammen.get((nr, kolonne), (nr, kolonne))
        if kilde != (nr, kolonne):
            gjentatt.append(kolonne - 1)
        celler.append(_tekst(ark.cell(*kilde).value))
    return tuple(celler), tuple(gjentatt)


def _tekst(verdi):
    if verdi is None:
        return ""
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    if isinstance(verdi, datetime | date):
        return f"{verdi:%d.%m.%Y}"
    if isinstance(verdi, float) and verdi.is_integer():
        return str(int(verdi))
    linjer = (" ".join(linje.split()) for linje in str(verdi).splitlines())
    return "\n".join(linje for linje in linjer if linje)


def _lenker(ark, nr, bredde):
    ut = []
    for kolonne in range(1, bredde + 1):
        celle = ark.cell(nr, kolonne)
        if celle.hyperlink and celle.hyperlink.target:
            ut.append((_tekst(celle.value), celle.hyperlink.target))
    return tuple(ut)
