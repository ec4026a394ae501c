"""Where a person may be reached, in a text that is not to say so, and what else tells who
somebody is."""

import re
import unicodedata

from django.utils.translation import gettext as _

from slt.grunn.limt import forenklet

_EPOST = re.compile(r"[^\s@]@[^\s@]")
# So many digits are a telephone number, or more.
_FLEST_SIFRE = 7
_SIFRE = re.compile(r"\+?\d(?:[ ().\-/]{0,2}\d)*")
_TIME, _MINUTT = r"(?:[01]?\d|2[0-4])", r"(?:[.:][0-5]\d)"
_AR = r"(?:19|20)\d\d"
_DAG = rf"(?:[0-2]?\d|3[01])\.\ ?(?:1[0-2]|0?[1-9])(?:\.\ ?(?:{_AR}|\d\d)?)?"
# Times of day, days and years, and spans of them. What more digits follow on is none.
_TID = re.compile(
    rf"""(?<![\d.\-/])(?:
        {_TIME}{_MINUTT}?\ ?-\ ?{_TIME}{_MINUTT}?
      | {_TIME}{_MINUTT}
      | {_DAG}(?:\ ?-\ ?{_DAG})?
      | {_AR}\ ?[-/]\ ?(?:{_AR}|\d\d)
    )(?![.\-/]?\d)""",
    re.VERBOSE,
)
# A birthday (40 more in a D-number, and in the month of a made-up one) and five digits more,
# whether its check digits fit or not: it may be mistyped.
_FODT_OG_FEM = re.compile(r"(?<!\d)[0-7]\d[0-9]\d\d\d[ -]?\d{5}(?!\d)")


def hva_robes(tekst):
    """What a text says of a person, as the user is told that it should not; "" where it
    seems to say nothing. What is an identity number for certain, no field takes."""
    if _FODT_OG_FEM.search(unicodedata.normalize("NFKC", forenklet(tekst))):
        return _(
            "Teksten ser ut til å inneholde et fødselsnummer. Her skal det ikke stå noe "
            "om enkeltpersoner."
        )
    if kan_nas(tekst):
        return _("Skriv uten telefonnummer og e-postadresse.")
    return ""


def kan_nas(tekst):
    """Whether an e-mail address or a telephone number seems to stand in the text, or some
    other number as long; not what times and days are written with."""
    tekst = unicodedata.normalize("NFKC", forenklet(tekst))
    if _EPOST.search(tekst):
        return True
    return any(
        len(re.sub(r"\D", "", treff)) > _FLEST_SIFRE
        for treff in _SIFRE.findall(_TID.sub(" … ", tekst))
    )
