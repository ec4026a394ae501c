"""Telephone numbers and addresses for e-mail that people wrote in the midst of a text: where
an earlier text is shown, those that no longer stand in it are not."""

import re

BORTE = "(…)"
# Norwegian numbers in the groups that people write, those from abroad with + and landkode,
# the five digits of a switchboard, and the six of lines that all of Europe has. Neither
# dates, years, nor amounts.
_MELLOM = r"[ \u00a0\u202f\u2009]"
_SKILLE = r"[ \u00a0\u202f\u2009.\u2011-]"
_TELEFON = (
    r"(?<!\w)(?<!\d[.,-])(?<!\d[.,-][+(])(?:"
    rf"(?:\(?(?:\+|00)\d{{2}}\)?{_SKILLE}?)?"
    rf"(?:\d{{2}}(?:{_SKILLE}\d{{2}}){{3}}|\d{{3}}{_SKILLE}\d{{2}}{_SKILLE}\d{{3}}|\d{{8}}"
    # Neither two years nor millions.
    rf"|(?!(?:19|20)\d\d{_MELLOM}(?:19|20))\d{{4}}{_MELLOM}\d{{4}}"
    rf"|\d{{2}}{_MELLOM}\d{{3}}{_MELLOM}(?!000)\d{{3}})"
    rf"|\+\d{{1,3}}(?:{_MELLOM}?\d{{1,4}}){{2,6}}"
    rf"|0{_MELLOM}?\d{{4}}"
    rf"|116{_MELLOM}?(?:000|006|111|117|123)"
    r")(?!\w|[.,-]\d)"
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
