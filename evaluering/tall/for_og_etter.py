"""What a figure was before a tiltak began, and what it is after."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from evaluering.models import Indikator, Maling, Tiltaksindikator
from evaluering.models.maling import Ar
from evaluering.tall.skjul import Tall
from evaluering.tall.tabell import Talltabell, talltabell
from slt.models import Bruker
from tiltak.models import Tiltak

# Of the whole kommune, with its year.
Punkt = tuple[Ar, Tall]


@dataclass(frozen=True)
class ForOgEtter:
    """The figure of a tiltak by when it began.

    Attributes:
        bruk: what ties the two, with both loaded.
        start: the day it began; None where nobody has said.
        tabell: what the page of the indicator shows.
    """

    bruk: Tiltaksindikator
    start: date | None
    tabell: Talltabell

    @property
    def siste(self) -> Punkt | None:
        """The newest, whenever the tiltak began."""
        return self.tabell.totaler[-1] if self.tabell.totaler else None

    @property
    def for_(self) -> Punkt | None:
        """The last one of a time that was over when it began."""
        return self._siste(lambda fra, til: til < self.start)

    @property
    def underveis(self) -> Punkt | None:
        """The last one of a time in the midst of which it began."""
        return self._siste(lambda fra, til: fra < self.start <= til)

    @property
    def etter(self) -> Punkt | None:
        """The newest of a time that began as it did, or later."""
        return self._siste(lambda fra, til: fra >= self.start)

    @property
    def ulike_kilder(self):
        """Whether the two figures are of sources that may not count alike."""
        if not (self.for_ and self.etter):
            return False
        return self.for_[1].maling.kilde_id != self.etter[1].maling.kilde_id

    @property
    def andre(self):
        """[(of whom, Tall before, Tall after)]: the same of those that are compared with,
        in the same years."""
        if not (self.for_ and self.etter):
            return []
        plasser = [self.tabell.ar.index(punkt[0]) for punkt in (self.for_, self.etter)]
        par = [
            (rad, *(rad.celler[p] for p in plasser))
            for rad in self.tabell.andres
            if not rad.hva
        ]
        return [
            (Maling.Omfang(rad.omfang).label, for_, etter)
            for rad, for_, etter in par
            if for_ and etter and for_.vises and etter.vises
        ]

    def _siste(self, passer):
        punkter = [
            p for p in self.tabell.totaler if self.start and passer(*_dager(p[0]))
        ]
        return punkter[-1] if punkter else None


def _dager(ar):
    """The first and the last day that a figure is of."""
    if ar.periode == Maling.Periode.SKOLEAR:
        return date(ar.arstall, 8, 1), date(ar.slutt, 7, 31)
    return date(ar.arstall, 1, 1), date(ar.slutt, 12, 31)


def begynte(tiltak: Tiltak) -> date | None:
    """Returns the day on which a tiltak began: what is new in a plan begins with it, unless
    it says otherwise; of the rest, nobody knows."""
    if tiltak.fra_dato or not tiltak.er_nytt:
        return tiltak.fra_dato
    return date(tiltak.plan.fra_ar, 1, 1)


def for_og_etter(bruker: Bruker, tiltak: Tiltak) -> list[ForOgEtter]:
    """The figures of a tiltak and of its parts that the user sees: 1 query where there are
    none, else a number that does not grow."""
    bruk = (
        Tiltaksindikator.objects.synlige_for(bruker)
        .filter(Q(tiltak=tiltak.pk) | Q(tiltak__overordnet=tiltak.pk))
        .select_related("tiltak__plan")
        .prefetch_related(
            Prefetch("indikator", Indikator.objects.med_tall()),
            "tiltak__overganger_til",
        )
        .order_by("indikator__navn__norsk", "pk")
    )
    return [
        ForOgEtter(
            rad,
            begynte(rad.tiltak),
            talltabell(rad.indikator, list(rad.indikator.malinger.all())),
        )
        for rad in bruk
    ]
