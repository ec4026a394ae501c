"""Telephone numbers and addresses for e-mail that people wrote in the midst of a text: where
an earlier text is shown, those that no longer stand in it are not."""

import re

BORTE = "(…)"
# Norwegian numbers in the groups that people write, those from abroad with + and landkode,
# and the five digits of a switchboard. Neither dates, years, nor amounts.
_TELEFON = (
    r"(?<![\w.,-])(?:"
    r"(?:(?:\+|00)\d{2}[ \u00a0]?)?"
    r"(?:\d{2}(?:[ \u00a0]\d{2}){3}|\d{3}[ \u00a0]\d{2}[ \u00a0]\d{3}|\d{8})"
    r"|\+\d{1,3}(?:[ \u00a0]?\d{1,4}){2,6}"
    r"|0[ \u00a0]?\d{4}"
    r")(?![\w-]|[.,]\d)"
)
_EPOST = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_KONTAKT = re.compile(f"{_EPOST}|{_TELEFON}")


def har_kontakt(tekst):
    return _KONTAKT.search(tekst) is not None


def kontakter_i(tekst):
    """The set of numbers and addresses in a text, each in one form."""
    return {_lest(treff[0]) for treff in _KONTAKT.finditer(tekst)}


def uten_kontakter(tekst, kjente=frozenset()):
    """The text without the numbers and addresses that are not among these."""
    return _KONTAKT.sub(
        lambda treff: treff[0] if _lest(treff[0]) in kjente else BORTE, tekst
    )


def _lest(kontakt):
    if "@" in kontakt:
        return kontakt.lower()
    return re.sub(r"\D", "", kontakt)[-8:]
