"""Why a day is no good for a meeting, and which days near it are better.

Red days come from `slt.grunn.helligdager`; school holidays from the kommune's own table.
Beside the red days stand julaften, romjula, nyttårsaften and påskeaften, on which no office
meets. Where the kommune has not said when its summer holiday is, it is taken to be all of
July.
Nothing is moved here: what comes out are words and suggestions.
"""

from datetime import date, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, gettext_noop

from slt.grunn.helligdager import EN_DAG, aftener, helligdager

ROMJUL = gettext_noop("Romjul")

LORDAG = 5
# How far from its day a meeting is suggested to be moved.
UKER_UNNA = 4
VINDU = timedelta(weeks=UKER_UNNA + 1)
ANTALL_FORSLAG = 3


def motefri_rundt(kommune, fra, til):
    """The rows that say which of the days between are free, or when the summer holiday of
    those years is."""
    return kommune.motefri.filter(
        fra__lte=max(til, date(til.year, 7, 31)),
        til__gte=min(fra, date(fra.year, 7, 1)),
    )


def hinder(kommune, fra, til, *, rader=None):
    """Returns {day: why not, in words} for the days between, both included, in the
    language that is active. Asks once.

    Args:
        rader: what `motefri_rundt` gives for the days; then nothing is asked.
    """
    ord_ = rode_dager(fra, til)
    if rader is None:
        rader = list(motefri_rundt(kommune, fra, til))
    for fri in rader:
        for dag in _dager(max(fri.fra, fra), min(fri.til, til)):
            ord_.setdefault(dag, []).append(fri.navn)
    for dag in _juli_uten_ferie(rader, fra, til):
        ord_.setdefault(dag, []).append(gettext("juli, ingen sommerferie er lagt inn"))
    for dag in _dager(fra, til):
        if dag.weekday() >= LORDAG and dag not in ord_:
            ord_[dag] = [str(WEEKDAYS[dag.weekday()])]
    return {dag: ", ".join(ord_[dag]) for dag in sorted(ord_)}


def _juli_uten_ferie(rader, fra, til):
    """The days of July in the years whose summer holiday is not entered."""
    for ar in range(fra.year, til.year + 1):
        forste, siste = date(ar, 7, 1), date(ar, 7, 31)
        if not any(fri.fra <= siste and fri.til >= forste for fri in rader):
            yield from _dager(max(forste, fra), min(siste, til))


def rode_dager(fra, til):
    """Returns {day: [names]} of the days between on which nobody in Norway meets."""
    navn = helligdager(fra, til) | aftener(fra, til)
    for aret in range(fra.year, til.year + 1):
        for dag in _dager(date(aret, 12, 27), date(aret, 12, 30)):
            navn[dag] = [ROMJUL]
    return {
        dag: [_midt_i_setningen(gettext(navnet)) for navnet in alle]
        for dag, alle in navn.items()
        if fra <= dag <= til
    }


def forslag(dag, *, hinder, tidligst, ledig):
    """Returns the days to which a meeting could be moved instead, the best first: a week
    later or earlier, then the other days of its week, then the same further off.

    Args:
        hinder: of the days within `VINDU` of the day, as `hinder()` returns them.
        tidligst: the first day that comes into question.
        ledig: tells of a day whether the forum, and those who sit in it, are free then.
    """
    funnet = []
    for ny in i_naerheten(dag):
        if ny >= tidligst and ny not in hinder and ledig(ny):
            funnet.append(ny)
            if len(funnet) == ANTALL_FORSLAG:
                break
    return funnet


def i_naerheten(dag):
    """Yields the days to which a meeting may be moved at all, the best first."""
    yield from _uker_unna(dag, 1)
    yield from _resten_av_ukene(dag, 0)
    yield from _resten_av_ukene(dag, 1)
    for uker in range(2, UKER_UNNA + 1):
        yield from _uker_unna(dag, uker)
        yield from _resten_av_ukene(dag, uker)


def _uker_unna(dag, uker):
    yield dag + timedelta(weeks=uker)
    yield dag - timedelta(weeks=uker)


def _resten_av_ukene(dag, uker):
    """The other weekdays of the weeks so far off: the nearest first, and of two that are
    as near, the later one."""
    mandager = {m - m.weekday() * EN_DAG for m in _uker_unna(dag, uker)}
    dager = [m + nr * EN_DAG for m in mandager for nr in range(7)]
    return sorted(
        (d for d in dager if d.weekday() != dag.weekday()),
        key=lambda d: (abs(d - dag), d < dag),
    )


def _dager(fra, til):
    for nr in range((til - fra).days + 1):
        yield fra + nr * EN_DAG


def _midt_i_setningen(navn):
    return navn[:1].lower() + navn[1:] if navn != "Kristi himmelfartsdag" else navn
