"""The year of a kommune: all that the apps know of it, month by month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby, takewhile

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.arshjul.tegn import TEGN
from slt.felles.arshjul import BIDRAG, Punkt, Slag
from slt.grunn.tid import MANEDER
from slt.grunn.uker import EN_DAG
from slt.models import Bruker, Kommune

FORSTE_AR, SISTE_AR = 2000, 2199
# Where what has no day is told of, as the months have their names.
UTEN_DATO = "uten-dato"


@dataclass(frozen=True)
class Ledd:
    """One of the things of a line: what it is called there, where it is told of, when."""

    tittel: str
    adresse: str
    nar: str


@dataclass(frozen=True)
class Rad:
    """A line of the list: one thing, or several of a month that are told of together.

    Attributes:
        tittel: what they are called together; "" of one thing.
    """

    slag: Slag
    internt: bool
    ledd: list[Ledd]
    tittel: str = ""

    def __str__(self):
        if not self.tittel:
            return "; ".join(f"{ledd.tittel}, {ledd.nar}" for ledd in self.ledd)
        tingene = ", ".join(f"{ledd.tittel} {ledd.nar}" for ledd in self.ledd)
        return f"{self.tittel}: {tingene}"

    @property
    def tegn(self):
        return TEGN[self.slag]


@dataclass
class Maned:
    """A month, what happens in it, and when there is no school."""

    nummer: int
    rader: list[Rad] = field(default_factory=list)
    skolefri: list[str] = field(default_factory=list)

    @property
    def navn(self):
        return capfirst(MONTHS[self.nummer])

    @property
    def anker(self):
        """Its part of the page, in every language the same."""
        return MANEDER[self.nummer - 1]

    @property
    def antall(self):
        return sum(len(rad.ledd) for rad in self.rader)


@dataclass(frozen=True)
class Ferie:
    """Days on which the schools are closed."""

    navn: str
    fra: date
    til: date


class Aret:
    """What happens in a year, as far as somebody may see it.

    Attributes:
        slag: only these values of Slag; all of them where it is empty.
    """

    def __init__(
        self, kommune: Kommune, ar: int, bruker: Bruker, slag: Iterable[str] = ()
    ):
        self.kommune, self.ar, self.slag = kommune, ar, frozenset(slag)
        self.forste, self.siste = date(ar, 1, 1), date(ar, 12, 31)
        self.alle = punktene(kommune, self.forste, self.siste, bruker)

    @cached_property
    def punkter(self):
        """Those that were asked for, in their order."""
        return [p for p in self.alle if not self.slag or p.slag in self.slag]

    @cached_property
    def slagene(self):
        """The kinds of which there is something, whatever was asked for, in order."""
        finnes = {punkt.slag for punkt in self.alle}
        return [slag for slag in Slag if slag in finnes]

    @cached_property
    def med_dag(self):
        return [p for p in self.punkter if not self._varer_hele_aret(p)]

    @cached_property
    def uten_dato(self):
        """The lines of what is to happen some time in the year."""
        hele = [p for p in self.punkter if self._varer_hele_aret(p)]
        return self._rader(hele)

    @cached_property
    def maneder(self):
        maneder = [Maned(nummer) for nummer in range(1, 13)]
        for nummer, punkter in groupby(self.med_dag, lambda p: self.vist_fra(p).month):
            maneder[nummer - 1].rader = self._rader(list(punkter))
        for ferie in self.ferier:
            fra = max(ferie.fra, self.forste)
            maneder[fra.month - 1].skolefri.append(
                f"{ferie.navn} {self._dagene(ferie.fra, ferie.til)}"
            )
        return maneder

    @cached_property
    def ferier(self):
        """1 query."""
        rader = self.kommune.motefri.filter(fra__lte=self.siste, til__gte=self.forste)
        rader = rader.order_by("fra", "pk").values_list("navn", "fra", "til")
        return [Ferie(*rad) for rad in rader]

    @property
    def er_tomt(self):
        return not self.punkter

    def vist_fra(self, punkt):
        """The first day of it that is in the year."""
        return max(punkt.fra, self.forste)

    def vist_til(self, punkt):
        return min(punkt.til or punkt.fra, self.siste)

    def _varer_hele_aret(self, punkt):
        """Whether no more is known than that it is that year."""
        til = punkt.til or punkt.fra
        return punkt.fra <= self.forste and til >= self.siste

    def _rader(self, punkter):
        """The lines, each where the first of its things is."""
        samlet = {}
        for punkt in punkter:
            hva = punkt.samles or (punkt.tittel, punkt.adresse)
            samlet.setdefault((punkt.slag, punkt.internt, hva), []).append(punkt)
        return [self._rad(*nokkel[:2], like) for nokkel, like in samlet.items()]

    def _rad(self, slag, internt, punkter):
        per_ting = {}
        for punkt in punkter:
            per_ting.setdefault((punkt.tittel, punkt.adresse), []).append(punkt)
        kort = _uten_felles_begynnelse([tittel for tittel, _adresse in per_ting])
        flere = len(per_ting) > 1
        ledd = [
            Ledd(navn, adresse, self._nar(like, bare_dag=flere))
            for navn, ((_tittel, adresse), like) in zip(
                kort, per_ting.items(), strict=True
            )
        ]
        tittel = capfirst(punkter[0].samles) if flere else ""
        return Rad(Slag(slag), internt, ledd, tittel)

    def _nar(self, punkter, *, bare_dag=False):
        """When, in words; of several of one month on a day each, as one list of days.

        Args:
            bare_dag: whether the month goes without saying.
        """
        hver_sin_dag = not any(p.nar or p.til not in {None, p.fra} for p in punkter)
        if hver_sin_dag and (bare_dag or len(punkter) > 1):
            *forst, sist = sorted({punkt.fra for punkt in punkter})
            siste = f"{sist.day}." if bare_dag else date_format(sist, "j. F")
            if not forst:
                return siste
            dager = ", ".join(f"{dag.day}." for dag in forst)
            return _("%(dager)s og %(siste)s") % {"dager": dager, "siste": siste}
        return ", ".join(dict.fromkeys(map(self._nar_ett, punkter)))

    def _nar_ett(self, punkt):
        til = punkt.til or punkt.fra
        if not punkt.nar:
            return self._dagene(punkt.fra, til)
        if _hele_maneder(punkt.fra, til):
            return punkt.nar
        return f"{punkt.nar} ({self._dagene(punkt.fra, til)})"

    def _dagene(self, fra, til):
        """The days, with their year only where that is another one."""
        i_aret = fra.year == til.year == self.ar
        form = "j. F" if i_aret else "j. F Y"
        if fra == til:
            return date_format(fra, form)
        if (fra.year, fra.month) == (til.year, til.month):
            return f"{fra.day}.–{date_format(til, form)}"
        return f"{date_format(fra, form)} – {date_format(til, form)}"


def punktene(kommune, fra, til, bruker) -> list[Punkt]:
    """Returns all that the apps know between two days, both inclusive, that the user may
    see, the first first."""
    punkter = [p for finn in BIDRAG for p in finn(kommune, fra, til, bruker)]
    orden = {slag: nr for nr, slag in enumerate(Slag)}
    inne = (p for p in punkter if p.fra <= til and (p.til or p.fra) >= fra)
    return sorted(
        inne, key=lambda p: (max(p.fra, fra), orden[Slag(p.slag)], p.tittel, p.adresse)
    )


def _hele_maneder(fra, til):
    """Whether they are the first day of a month and the last one of a month."""
    return fra.day == 1 and (til + EN_DAG).day == 1


def _uten_felles_begynnelse(titler):
    """The titles without the words that all of several begin with."""
    if len(titler) < 2:
        return titler
    ordene = [tittel.split() for tittel in titler]
    # Each keeps its last word.
    like = takewhile(
        lambda o: len({*o}) == 1, zip(*(o[:-1] for o in ordene), strict=False)
    )
    felles = len(list(like))
    return [" ".join(o[felles:]) for o in ordene]
