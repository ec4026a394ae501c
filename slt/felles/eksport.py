"""Tables for spreadsheets."""

import csv
import re
from decimal import Decimal
from io import StringIO

from django.http import HttpResponse

# A spreadsheet takes a text for a formula that begins so, also after signs that are not
# seen, and when the sign is as wide as those of Asian scripts.
FORMEL = re.compile("[\t\r\n]|[\\s\0\u200b\ufeff]*[=+@＝＋－＠-]")


def celle(verdi):
    """Returns a value as a cell that no spreadsheet runs: a text that would begin a
    formula gets an apostrophe before it. Numbers are left as they are."""
    if isinstance(verdi, str) and FORMEL.match(verdi):
        return f"'{verdi}"
    return verdi


def _med_komma(verdi):
    """Returns a Decimal as Norwegian spreadsheets read it, and all else as it is."""
    if isinstance(verdi, Decimal):
        return f"{verdi.normalize():f}".replace(".", ",")
    return verdi


def csv_svar(filnavn, rader):
    """Returns rows as a file that Norwegian spreadsheets open: UTF-8 with a mark at its
    beginning, semicolons."""
    ut = StringIO()
    csv.writer(ut, delimiter=";", lineterminator="\r\n").writerows(
        [_med_komma(celle(verdi)) for verdi in rad] for rad in rader
    )
    svar = HttpResponse(
        "\ufeff" + ut.getvalue(), content_type="text/csv; charset=utf-8"
    )
    svar["Content-Disposition"] = f'attachment; filename="{filnavn}"'
    return svar
