"""Telephone numbers as people in Norway write and read them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Eight digits; five, as 02800; the emergency numbers; and the harmonised 116 xxx.
NORSK_TELEFON = re.compile(r"[2-9][0-9]{7}|0[0-9]{4}|11[023]|116[0-9]{3}")
UTENLANDSK_TELEFON = re.compile(r"\+[1-9][0-9]{7,14}")


def sjekk_telefon(verdi):
    """Raises a ValidationError unless the text is a telephone number."""
    if not re.fullmatch(r"\+?[\d ]+", verdi):
        raise ValidationError(
            _("Skriv telefonnummeret med bare sifre og mellomrom."), code="telefon"
        )
    siffer = re.sub(r"\s", "", uten_norsk_landkode(verdi))
    if not (NORSK_TELEFON.fullmatch(siffer) or UTENLANDSK_TELEFON.fullmatch(siffer)):
        raise ValidationError(
            _(
                "Dette er ikke et telefonnummer. Norske numre har åtte eller fem sifre; "
                "utenlandske begynner med + og landkoden."
            ),
            code="telefon",
        )


def uten_norsk_landkode(verdi):
    """Returns the number as people in Norway dial it: the rest is kept as typed."""
    return re.sub(r"^\s*(?:\+|00)\s*4\s*7\s*", "", verdi)


def sifre_i(tekst):
    """Returns the digits of what is nothing but a number, in whatever groups it is written
    and with or without +47, and "" for all else."""
    if not re.fullmatch(r"[+(]?\d[\d\s().-]*", tekst.strip()):
        return ""
    return re.sub(r"\D", "", uten_norsk_landkode(tekst))


def ringes(verdi):
    """Returns the number as a link dials it, also from abroad: +4746934634, 02800."""
    siffer = re.sub(r"[^\d+]", "", uten_norsk_landkode(verdi))
    return f"+47{siffer}" if len(siffer) == 8 else siffer


def grupper_telefon(verdi):
    """Returns a Norwegian number in its usual groups: 469 34 634, 64 99 30 00, 02800,
    116 117."""
    siffer = re.sub(r"\s", "", uten_norsk_landkode(verdi))
    if re.fullmatch(r"116\d{3}", siffer):
        deler = (3, 3)
    elif re.fullmatch(r"\d{8}", siffer):
        deler = (3, 2, 3) if siffer[0] in "49" else (2, 2, 2, 2)
    else:
        return verdi
    ut, start = [], 0
    for lengde in deler:
        ut.append(siffer[start : start + lengde])
        start += lengde
    return " ".join(ut)
