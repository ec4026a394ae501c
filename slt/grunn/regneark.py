"""The rows of a spreadsheet as JSON, for a process that reads what strangers send: plain
Python and openpyxl, without Django, so that it starts quickly. See slt.grunn.avgrenset."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import islice
from math import isfinite

import openpyxl.reader.excel
from openpyxl import load_workbook
from openpyxl.cell.text import Text
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

SANT = {"1", "true"}
FLEST_FLETTET = 5000
FOR_STORT = {"feil": "#NUM!"}


def tabeller(innhold: bytes, ark: str, rader: str, kolonner: str) -> Iterator[bytes]:
    """What people see of the first so many sheets, a line of JSON each: first {"ark": its
    name, "skjult": whether it is}, then [number of the row from 1, its cells] of rows that
    are not hidden, and last {"skjulte_rader": how many, "skjulte_kolonner": [letters],
    "flettet": [[first column, first row, last column, last row]], "for_bredt": whether it
    has more columns than are read}. Last, where
    there are more sheets, {"flere_ark": how many}.

    Cells are as in `alle_ark`; but a formula is the value that was counted out, if there
    is one, and a percentage {"prosent": 0.245}. Those of hidden columns are null.

    Raises:
        Exception: whatever openpyxl's readers meet in a file that is broken.
    """
    openpyxl.reader.excel.read_string_table = _tekstene
    bok = load_workbook(BytesIO(innhold), read_only=True, data_only=True)
    for ett in bok.worksheets[: int(ark)]:
        skjult = ett.sheet_state != "visible"
        yield _linje({"ark": ett.title, "skjult": skjult})
        if not skjult:
            yield from _Tabell(bok, ett, int(rader), int(kolonner)).linjer()
    if (flere := len(bok.worksheets) - int(ark)) > 0:
        yield _linje({"flere_ark": flere})


class _Tabell:
    def __init__(self, bok, ark, rader, kolonner):
        self.bok, self.ark, self.rader, self.kolonner = bok, ark, rader, kolonner
        formatene = [_formatet(bok, stil.numFmtId) for stil in bok._cell_styles]
        self.prosent = {nr for nr, ett in enumerate(formatene) if _er_prosent(ett)}
        self.bare_ar = {nr for nr, ett in enumerate(formatene) if _er_bare_ar(ett)}

    def linjer(self):
        skjulte_rader, for_bredt = 0, False
        with self.ark._get_source() as kilde:
            leser = _Leser(
                kilde,
                self.ark._shared_strings,
                data_only=True,
                epoch=self.bok.epoch,
                date_formats=self.bok._date_formats,
                timedelta_formats=self.bok._timedelta_formats,
            )
            skjulte = None
            for nr, celler in leser.parse():
                if skjulte is None:  # columns stand before the rows
                    skjulte = _skjulte_kolonner(leser, self.kolonner)
                if nr > self.rader:
                    yield _linje([nr, []])  # tells that there is more
                    break
                if leser.row_dimensions.pop(str(nr), {}).get("hidden") in SANT:
                    skjulte_rader += bool(celler)
                    continue
                rad, bred = self._rad(celler, skjulte)
                for_bredt |= bred
                yield _linje([nr, rad])
            flettet = leser.merged_cells.mergeCell if leser.merged_cells else []
        yield _linje(
            {
                "skjulte_rader": skjulte_rader,
                "skjulte_kolonner": [
                    get_column_letter(k) for k in sorted(skjulte or [])
                ],
                "flettet": [ett.bounds for ett in flettet[: FLEST_FLETTET + 1]],
                "for_bredt": for_bredt,
            }
        )

    def _rad(self, celler, skjulte):
        """The cells of a row, and whether it has some beyond those that are read."""
        rad, bred = [], False
        for celle in celler:
            verdi, kolonne = self._verdi(celle), celle["column"]
            if verdi is None or kolonne in skjulte:
                continue
            if kolonne > self.kolonner:
                bred = True
                continue
            rad += [None] * (kolonne - len(rad))
            rad[kolonne - 1] = verdi
        return rad, bred

    def _verdi(self, celle):
        verdi, art = celle["value"], celle["data_type"]
        if art == "formel":
            return {"formel": "="}
        if art == "e":
            return {"feil": str(verdi)}
        if isinstance(verdi, datetime):
            # People see the year, and no day.
            bare_ar = celle["style_id"] in self.bare_ar
            return verdi.year if bare_ar else {"dag": verdi.date().isoformat()}
        if verdi is None or isinstance(verdi, (bool, str)):
            return verdi
        if isinstance(verdi, (int, float)):
            if not _er_et_tall(verdi):
                return FOR_STORT
            return {"prosent": verdi} if celle["style_id"] in self.prosent else verdi
        return _annet(verdi)


class _Leser(WorkSheetParser):
    """Tells a formula that nobody has counted out from an empty cell."""

    def parse_cell(self, element):
        celle = super().parse_cell(element)
        if (inne := element.find(INLINE_STRING)) is not None:
            celle["value"] = _uten_hevet(inne) or None
        if celle["value"] is None and element.find(FORMULA_TAG) is not None:
            celle["data_type"] = "formel"
        return celle


def _tekstene(kilde):
    """The texts that the cells of a workbook share, as openpyxl reads them; but without
    what is raised: a footnote 1 after 234 makes no 2341."""
    merke, ut = f"{{{SHEET_MAIN_NS}}}si", []
    for _hva, node in iterparse(kilde):
        if node.tag == merke:
            ut.append(_uten_hevet(node).replace("x005F_", ""))
            node.clear()
    return ut


def _uten_hevet(node):
    innhold = Text.from_tree(node)
    if innhold.plain is None and (
        deler := [del_ for del_ in innhold.formatted if del_.t]
    ):
        vanlige = [
            del_.t
            for del_ in deler
            if not (del_.font and del_.font.vertAlign == "superscript")
        ]
        if vanlige and vanlige[0].strip()[-1:].isdigit():
            return "".join(vanlige)
    return innhold.content


def _skjulte_kolonner(leser, flest):
    return {
        nr
        for kolonner in leser.column_dimensions.values()
        if kolonner.get("hidden") in SANT
        for nr in range(int(kolonner["min"]), min(int(kolonner["max"]), flest) + 1)
    }


def _formatet(bok, nr):
    return BUILTIN_FORMATS.get(nr) or dict(enumerate(bok._number_formats, 164)).get(
        nr, ""
    )


def _er_prosent(format_):
    """Whether a number format shows percentages; a percent sign in quotes is a text."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", format_)


def _er_bare_ar(format_):
    """Whether a number format shows of a day the year alone."""
    enkelt = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.|;.*', "", format_).strip()
    return enkelt.casefold() in {"yyyy", "yy", "åååå"}


def _linje(hva):
    return json.dumps(hva, default=_annet).encode() + b"\n"


def _annet(celle):
    """A date, for instance."""
    return {"annet": str(celle)}


def alle_ark(innhold: bytes, ark: str, rader: str, kolonner: str) -> Iterator[bytes]:
    """The first so many rows of the first so many sheets, a line of JSON each: the name of
    the sheet, the number of the row from 1, and its cells as above; but a formula is
    {"formel": …}, and a day {"dag": "2026-01-31"}. Rows without cells are left out.

    Raises:
        Exception: whatever openpyxl's readers meet in a file that is broken.
    """
    bok = load_workbook(BytesIO(innhold), read_only=True, data_only=False)
    for ett in bok.worksheets[: int(ark)]:
        ett.reset_dimensions()
        alle = ett.iter_rows(max_col=int(kolonner))
        for nr, rad in enumerate(islice(alle, int(rader)), 1):
            celler = [_celle(celle) for celle in rad]
            if any(celle is not None for celle in celler):
                yield json.dumps([ett.title, nr, celler]).encode() + b"\n"


def _celle(celle):
    verdi = celle.value
    if celle.data_type == "f":
        return {"formel": str(verdi)}
    if celle.data_type == "e":
        return {"feil": str(verdi)}
    if isinstance(verdi, datetime):
        return {"dag": verdi.date().isoformat()}
    if isinstance(verdi, (int, float)) and not _er_et_tall(verdi):
        return FOR_STORT
    if verdi is None or isinstance(verdi, (str, int, float)):
        return verdi
    return _annet(verdi)


def _er_et_tall(verdi):
    """Whether a spreadsheet can hold it. In a file that it did not write may stand 1e999,
    which is no JSON, or four hundred digits, which no formatting takes."""
    try:
        return isfinite(verdi)
    except OverflowError:
        return False
