"""The rows of a spreadsheet as JSON, for a process that reads what strangers send: plain
Python and openpyxl, without Django, so that it starts quickly. See slt.grunn.avgrenset."""

import json
from collections.abc import Iterator
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
