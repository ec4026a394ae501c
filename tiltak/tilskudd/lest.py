"""Grants as they are read: of which year, in which order."""

import re
from datetime import date

from django.http import Http404

from slt.grunn.tid import i_ar
from tiltak.models.tilskudd import FORSTE_AR, SISTE_AR

ALLE_AR = "alle"


def valgt_ar(request, arene: list[int]) -> int | None:
    """Returns the year that the address asks for, None for all of them; without one this
    year, or the newest one with a grant where this year has none. A 404 for a year that
    nobody means.

    Args:
        arene: those with a grant, the newest first.
    """
    tekst = request.GET.get("ar", "")
    if tekst == ALLE_AR:
        return None
    if not tekst:
        na = i_ar()
        return na if na in arene or not arene else arene[0]
    if not re.fullmatch("[0-9]{4}", tekst) or not FORSTE_AR <= int(tekst) <= SISTE_AR:
        raise Http404
    return int(tekst)


def etter_frist(rader):
    """The grants by the next day that each waits for, those that wait for none last."""
    return sorted(rader, key=lambda rad: rad.neste_frist or date.max)


def sporring(ar: int | None, tilstand: str = "") -> str:
    """What stands after the question mark for a year, and perhaps a state."""
    valgt = f"?ar={ar or ALLE_AR}"
    return f"{valgt}&tilstand={tilstand}" if tilstand else valgt
