"""The rows of a spreadsheet as JSON, for a process that reads what strangers send: plain
Python and openpyxl, without Django, so that it starts quickly. See slt.grunn.avgrenset."""

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import islice

from openpyxl import load_workbook


def rader(innhold: bytes, rader: str, kolonner: str) -> Iterator[bytes]:
    """The first so many rows of the first sheet, a line of JSON each: text, numbers,
    booleans and null. Anything else is an object, as no table of ours has it; a formula
    is a text that begins with an equals sign.

    Raises:
        Exception: whatever openpyxl's readers meet in a file that is broken.
    """
    bok = load_workbook(BytesIO(innhold), read_only=True, data_only=False)
    ark = bok.worksheets[0]
    ark.reset_dimensions()  # what the file says of its size may be wrong
    alle = ark.iter_rows(max_col=int(kolonner), values_only=True)
    for rad in islice(alle, int(rader)):
        yield json.dumps(rad, default=_annet).encode() + b"\n"


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
    if verdi is None or isinstance(verdi, (str, int, float)):
        return verdi
    return _annet(verdi)
