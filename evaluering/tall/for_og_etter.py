"""What a figure was before a tiltak began, and what it is after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from evaluering.models import Indikator, Maling, Tiltaksindikator
from evaluering.models.maling import Ar
from evaluering.tall.skjul import Tall
from evaluering.tall.tabell import Tallrad, Talltabell, talltabell
from slt.models import Bruker
from tiltak.models import Tiltak

Punkt = tuple[Ar, Tall]
# Of parts, where the kommune as a whole has no figure; the rest is on the indicator's page.
FLEST_DELER = 4


@dataclass(frozen=True)
class Serie:
    """The figures of the kommune, of a part of it, or of those it is compared with.

    Attributes:
        hva: of what; "" for the whole.
        omfang: of whom, where it is not the kommune: "hele landet".
        punkter: the shown ones, the newest last.
        start: the day that parts them; None where nobody knows.
    """

    hva: str
    omfang: str
    punkter: list[Punkt]
    start: date | None

    @property
    def siste(self) -> Punkt | None:
        return self.punkter[-1] if self.punkter else None

    @property
    def for_(self) -> Punkt | None:
        """The last one of a time that was over at the start."""
        return self._siste(lambda fra, til: til < self.start)

    @property
    def underveis(self) -> Punkt | None:
        """The last one of a time in the midst of which the start is."""
        return self._siste(lambda fra, til: fra < self.start <= til)

    @property
    def etter(self) -> Punkt | None:
        """The newest of a time that began then, or later."""
        return self._siste(lambda fra, til: fra >= self.start)

    @property
    def har_ulike_kilder(self):
        """Whether the two figures are of sources that may not count alike."""
        if not (self.for_ and self.etter):
            return False
        return self.for_[1].maling.kilde_id != self.etter[1].maling.kilde_id

    def _siste(self, passer: Callable[[date, date], bool]):
        if self.start is None:
            return None
        punkter = [punkt for punkt in self.punkter if passer(*_dager(punkt[0]))]
        return punkter[-1] if punkter else None


@dataclass(frozen=True)
class ForOgEtter:
    """The figures of a tiltak by when it began.

    Attributes:
        bruk: what ties the two, with both loaded.
        start: the day it began; None where nobody has said.
        tabell: what the page of the indicator shows.
    """

    bruk: Tiltaksindikator
    start: date | None
    tabell: Talltabell

    @property
    def egne(self) -> list[Serie]:
        """That of the whole kommune, or of its parts where there is none."""
        serier = [
            serie for rad in self.tabell.rader if (serie := self._serie(rad)).siste
        ]
        return [s for s in serier if not s.hva] or serier[:FLEST_DELER]

    @property
    def andres(self) -> list[Serie]:
        """Those of the country and of the fylke, of the same parts."""
        deler = {serie.hva for serie in self.egne}
        rader = [rad for rad in self.tabell.andres if rad.hva in deler]
        return [serie for rad in rader if (serie := self._serie(rad)).siste]

    @property
    def noe_underveis(self):
        return any(serie.underveis for serie in (*self.egne, *self.andres))

    @property
    def har_ulike_kilder(self):
        return any(serie.har_ulike_kilder for serie in self.egne)

    def _serie(self, rad: Tallrad):
        par = zip(self.tabell.ar, rad.celler, strict=True)
        punkter = [(ar, t) for ar, t in par if t and t.vises]
        omfang = Maling.Omfang(rad.omfang).label if rad.omfang else ""
        return Serie(rad.hva, omfang, punkter, self.start)


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
    det_og_delene = Tiltak.objects.filter(Q(pk=tiltak.pk) | Q(overordnet=tiltak.pk))
    bruk = (
        Tiltaksindikator.objects.synlige_for(bruker)
        .filter(tiltak__in=det_og_delene)
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
