"""Which figures are shown: few persons are hidden, and can't be worked out from the rest.

Of an indicator that counts persons, figures of 1–4 are hidden. Whoever knew a total and
all parts but one would know that one, too; with several ways of dividing the same year,
sums and differences between them would do the same. So of a year in which something is
hidden only one way of dividing is shown, and never a total beside it: no equation with a
hidden figure is left in which all else is known. Figures of several steder together, which
may overlap, are not shown at all then. A row that is missing between a total and its
parts counts as hidden when it would be a few.

What this cannot keep: two indicators that count the same persons, and what was published
before a figure came or went.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from evaluering.models import Indikator, Maling
from evaluering.models.tall import FA
from slt.models import Sted

FLERE = "flere"


@dataclass(frozen=True)
class Tall:
    """A figure as people see it."""

    maling: Maling
    skjult: bool

    @property
    def verdi(self):
        """The value, or None when it is hidden."""
        return None if self.skjult else self.maling.verdi

    @property
    def hoyest(self):
        """The value, or the end of the span; of one that is shown."""
        til = self.maling.verdi_til
        return self.maling.verdi if til is None else til

    @property
    def tekst(self):
        return _("skjult") if self.skjult else self.maling.i_ord


def tall(indikator: Indikator, malinger: Iterable[Maling]) -> list[Tall]:
    """The figures of an indicator in their order, each with whether it is hidden.

    Args:
        malinger: all of the indicator's, with it and `sted` loaded: what is hidden
            depends on what else there is.
    """
    malinger = list(malinger)
    skjulte = _skjulte(malinger) if indikator.teller_personer else set()
    return [Tall(maling, maling.pk in skjulte) for maling in malinger]


def har_skjulte(tallene: Iterable[Tall]) -> set[int]:
    """The years in which something is hidden."""
    return {t.maling.arstall for t in tallene if t.skjult}


def _skjulte(malinger):
    skjulte = set()
    per_ar = defaultdict(lambda: defaultdict(list))
    for maling in malinger:
        per_ar[maling.arstall][inndeling(maling)].append(maling)
    for inndelinger in per_ar.values():
        rader = [m for gruppe in inndelinger.values() for m in gruppe]
        if any(m.er_fa for m in rader) or _kan_regnes_ut(inndelinger):
            # Several steder together may overlap, and then differ by a single one.
            enkle = [r for deler, r in inndelinger.items() if FLERE not in deler]
            vises = max(enkle, key=_nytte, default=[])
            synlige = {m.pk for m in vises if not m.er_fa}
            skjulte |= {m.pk for m in rader} - synlige
    return skjulte


def _kan_regnes_ut(inndelinger):
    """Whether what is not there at all would be a few persons: a row that is missing
    between a total and its parts, or between figures of several steder together."""
    for deler, gruppe in inndelinger.items():
        med_sted = [d for d in inndelinger if "sted" in d and d != deler]
        if FLERE in deler and (len(gruppe) > 1 or med_sted):
            return True
    return any(
        0 < abs(sum_ - annen[felles]) < FA
        for en, to in combinations(inndelinger, 2)
        for (felles, sum_), annen in _summer(inndelinger, en, to)
        if felles in annen
    )


def _summer(inndelinger, en, to):
    """What two ways of dividing say of the parts that they have in common."""
    navn = [n for n in Maling.INNDELINGER if n in en and n in to]
    summer = []
    for deler in (en, to):
        per_del = defaultdict(int)
        for m in inndelinger[deler]:
            per_del[tuple(getattr(m, n) for n in navn)] += m.verdi
        summer.append(per_del)
    return [(par, summer[1]) for par in summer[0].items()]


def inndeling(maling: Maling) -> tuple:
    """How the figure divides the whole: names of what it is of. Several steder together
    are a way of their own, as they hold figures of single ones."""
    deler = [navn for navn in Maling.INNDELINGER if getattr(maling, navn)]
    if maling.sted and maling.sted.type == Sted.Type.FLERE:
        deler.append(FLERE)
    return tuple(deler)


def _nytte(gruppe):
    """Best is a way in which nothing need be hidden, then the one that shows most."""
    synlige = sum(not m.er_fa for m in gruppe)
    return (synlige == len(gruppe), synlige)
