"""Which figures are shown: few persons are hidden, and can't be worked out from the rest.

Of an indicator that counts persons, figures of 1–4 are hidden. Whoever knew a total and
all parts but one would know that one, too; with several ways of dividing the same year,
sums and differences between them would do the same. So of a year in which something is
hidden only one way of dividing is shown, and never a total beside it: no equation with a
hidden figure is left in which all else is known. Figures of several steder together, which
may overlap, are not shown at all then.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluering.models import Indikator, Maling
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
        if any(m.er_fa for m in rader):
            # Several steder together may overlap, and then differ by a single one.
            enkle = [r for deler, r in inndelinger.items() if FLERE not in deler]
            vises = max(enkle, key=_nytte, default=[])
            synlige = {m.pk for m in vises if not m.er_fa}
            skjulte |= {m.pk for m in rader} - synlige
    return skjulte


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
