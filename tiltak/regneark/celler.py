"""What the writer and the reader of a sheet must agree on: how a text stands in a cell, and
what marks it."""

import re
from hashlib import blake2b
from unicodedata import normalize

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

# A spreadsheet takes 32,767.
LENGST_I_CELLE = 32_000
FOR_LANG = _("(Teksten er for lang for en celle. Endre den på nettsiden.)")
# The languages that a sheet may be written in.
MALFORMER = ("nb", "nn")
# The sheets that nobody sees: what was written, and what can be chosen.
GRUNNLAG, VALG = "_grunnlag", "_valg"
# What stands above the keys in the row that nobody sees, before the name of the sheet.
ARKMERKE = "#"
# Signs that XML has no place for, and how spreadsheets write those that it has.
_STYRETEGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x000D_")
_SOM_KODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def i_malformene(tekst: str | Promise) -> set[str]:
    """What a text of the software is in each language, in small letters."""
    ut = set()
    for malform in MALFORMER:
        with override(malform):
            ut.add(" ".join(str(tekst).split()).casefold())
    return ut


def er_for_lang(tekst: str) -> bool:
    """Whether it stands in place of a text that a cell does not hold."""
    return tekst.casefold() in i_malformene(FOR_LANG)


def ryddet(tekst: str) -> str:
    """The text as it is compared: what spreadsheets change by themselves, taken out."""
    tekst = _STYRETEGN.sub("", tekst).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(li.rstrip() for li in normalize("NFC", tekst).split("\n")).strip()


def merke(tekst: str) -> str:
    """What marks a text, whatever its length."""
    return blake2b(ryddet(tekst).encode(), digest_size=6).hexdigest()


def i_celle(tekst: str) -> str:
    """The text as it is written into a cell."""
    tekst = ryddet(tekst)
    if len(tekst) > LENGST_I_CELLE:
        return str(FOR_LANG)
    return _SOM_KODE.sub("_x005F_", tekst)


def fra_celle(tekst: str) -> str:
    """The text that a cell holds."""
    return ryddet(tekst.replace("_x005F_", "_"))
