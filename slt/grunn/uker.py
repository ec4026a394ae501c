"""Weeks and months that come each year, as the days that they are in one of them."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

EN_DAG = timedelta(days=1)


def uken(ar, nummer):
    """Returns (Monday, Sunday) of a week; of week 53, in a year that has none, those of
    its last one."""
    siste = date(ar, 12, 28).isocalendar().week
    mandag = date.fromisocalendar(ar, min(nummer, siste), 1)
    return mandag, mandag + timedelta(days=6)


def manedene(ar, forste, siste):
    """Returns (first day, last day) of the months from one to another; where the last one
    comes before the first in the year, it is that of the next year."""
    til_ar = ar + (siste < forste)
    slutt = date(til_ar, siste, monthrange(til_ar, siste)[1])
    return date(ar, forste, 1), slutt


def hver_gang(dagene, fra, til):
    """Yields what comes each year, each time that some of it is between two days.

    Args:
        dagene: returns (first day, last day) of it in a year.
    """
    # The first week of a year may begin in the one before.
    for ar in range(max(fra.year - 1, MINYEAR + 1), min(til.year + 1, MAXYEAR - 1) + 1):
        forste, siste = dagene(ar)
        if forste <= til and siste >= fra:
            yield forste, siste
