"""The days on which Norway is closed, and those on which nobody can tell: the package
`holidays` knows the red ones."""

from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext_noop

# What the library calls them, so that they can be translated: it knows bokmål ("no"),
# but answers in English when asked for "nb" or "nn".
gettext_noop("Første nyttårsdag")
gettext_noop("Skjærtorsdag")
gettext_noop("Langfredag")
gettext_noop("Første påskedag")
gettext_noop("Andre påskedag")
gettext_noop("Arbeidernes dag")
gettext_noop("Grunnlovsdag")
gettext_noop("Kristi himmelfartsdag")
gettext_noop("Første pinsedag")
gettext_noop("Andre pinsedag")
gettext_noop("Første juledag")
gettext_noop("Andre juledag")

JULAFTEN = gettext_noop("Julaften")
NYTTARSAFTEN = gettext_noop("Nyttårsaften")
PASKEAFTEN = gettext_noop("Påskeaften")
FORSTE_PASKEDAG = "Første påskedag"

EN_DAG = timedelta(days=1)


def helligdager(fra, til):
    """Returns {day: [names]} of the red days between, Sundays apart."""
    return _mellom(fra, til, _helligdager)


def aftener(fra, til):
    """Returns {day: [name]} of julaften, nyttårsaften and påskeaften between: not red,
    but hardly anything is open as else."""
    return _mellom(fra, til, _aftener)


def _mellom(fra, til, arets):
    ar = range(fra.year, til.year + 1)
    return {dag: navn for aret in ar for dag, navn in arets(aret) if fra <= dag <= til}


@lru_cache(maxsize=16)
def _norske(ar):
    # Slow to load, and most processes never ask what days are red.
    import holidays

    return holidays.country_holidays("NO", language="no", years=ar)


@lru_cache(maxsize=16)
def _helligdager(ar):
    norske = _norske(ar)
    return [(dag, norske.get_list(dag)) for dag in norske]


@lru_cache(maxsize=16)
def _aftener(ar):
    paske = _norske(ar).get_named(FORSTE_PASKEDAG, lookup="exact")
    return [
        (date(ar, 12, 24), [JULAFTEN]),
        (date(ar, 12, 31), [NYTTARSAFTEN]),
        *((dag - EN_DAG, [PASKEAFTEN]) for dag in paske),
    ]
