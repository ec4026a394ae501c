"""Telephone numbers and addresses for e-mail that people wrote in the midst of a text: where
an earlier text is shown, those that no longer stand in it are not."""

import re

BORTE = "(…)"
# Norwegian numbers in the groups that people write, those from abroad with + and landkode,
# the five digits of a switchboard and the six of a line for all of Norway. Neither dates,
# years, nor amounts.
# In rich text, a space that no line breaks at stands as its name.
_ROM = r"(?:[ \u00a0\u2009\u202f]|&nbsp;)"
_AR = r"(?:19|20)\d{2}"
_TELEFON = (
    r"(?<!\w)(?<!\d[.,-])(?:"
    rf"(?:\(?(?:\+|00)\d{{2}}\)?{_ROM}?)?(?:"
    rf"[2-9]\d(?:{_ROM}{{1,2}}\d{{2}}){{3}}"
    r"|[2-9]\d(?P<to>[.-])\d{2}(?P=to)\d{2}(?P=to)\d{2}"
    rf"|\(?[2-9]\d{{2}}\)?{_ROM}\d{{2}}{_ROM}\d{{3}}"
    r"|[2-9]\d{2}(?P<tre>[.-])\d{2}(?P=tre)\d{3}"
    rf"|(?!{_AR}{_ROM}{_AR})[2-9]\d{{3}}{_ROM}\d{{4}}"
    # Not millions.
    rf"|[2-9]\d{_ROM}\d{{3}}{_ROM}(?!000)\d{{3}}"
    r"|\d{8})"
    rf"|\+\d{{1,3}}(?:(?:{_ROM}|-)?\d{{1,4}}){{2,6}}"
    rf"|0{_ROM}?\d{{4}}"
    rf"|116{_ROM}?(?:006|1[12]\d)"
    r")(?!\w|-\d{3}|[.,]\d)"
)
# From where a word begins: a long one would be read again from each of its letters.
_EPOST = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
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
