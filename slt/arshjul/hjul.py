"""The year as a wheel: twelve sectors, and in them a mark of each thing that has a day,
with a shape and a colour of its kind. What lasts is an arc from its first day to its last.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi, sin

from django.utils.dates import MONTHS_3
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.arshjul.aret import Aret, Maned
from slt.arshjul.tegn import TEGN, Tegn
from slt.felles.arshjul import Slag

# Its own units, from the middle outwards: where the year stands, the rings of the kinds,
# the names of the months.
SENTRUM, INNERST, YTTERST, NAVN, KANT = 96, 108, 290, 322, 352
# How large a mark is, and may be at the least, as part of its form: of some kinds there are
# so many that they would cover each other.
STORST, MINST, FORM = 0.95, 0.45, 26
# What is shorter than this many days is a mark alone.
KORTEST_BUE = 3


@dataclass(frozen=True)
class Merke:
    """The sign of what begins on a day, where it stands, and how large it is."""

    tegn: Tegn
    x: str
    y: str
    storrelse: str


@dataclass(frozen=True)
class Bue:
    """How long something lasts, in the ring of its kind."""

    tegn: Tegn
    vei: str


@dataclass(frozen=True)
class Sektor:
    """A month: its outline, its name and where that stands, its marks."""

    maned: Maned
    vei: str
    kort: str
    x: str
    y: str
    merker: list[Merke]

    @property
    def omtale(self):
        """What the link to it says."""
        tekst = ngettext(
            "%(maned)s: %(antall)d ting", "%(maned)s: %(antall)d ting", self.antall
        )
        return tekst % {"maned": self.maned.navn, "antall": self.antall}

    @property
    def antall(self):
        return self.maned.antall


class Hjul:
    """What the templates draw."""

    kant = KANT

    def __init__(self, aret: Aret, *, i_dag: date | None = None):
        """i_dag: the day that gets a line, where it is in the year."""
        self.aret = aret
        self._dager = (aret.siste - aret.forste).days + 1
        finnes = {punkt.slag for punkt in aret.med_dag}
        self._ringer = [slag for slag in Slag if slag in finnes]
        self.i_dag = ""
        if i_dag is not None and i_dag.year == aret.ar:
            grader = self._vinkel(i_dag, midt=True)
            fra, til = _punkt(SENTRUM, grader), _punkt(YTTERST + 6, grader)
            self.i_dag = f"M{fra}L{til}"

    @property
    def tegnene(self):
        """The signs that are in it, for the explanation beside it."""
        return [TEGN[slag] for slag in self._ringer]

    @property
    def omtale(self):
        """The wheel in words, for those who do not see it."""
        fylt = [m for m in self.aret.maneder if m.antall]
        if not fylt:
            return _("Ingen måned har noe med en dato.")
        antall = ", ".join(f"{m.navn.lower()} {m.antall}" for m in fylt)
        return (
            _("Så mye skjer i hver måned: %s. Alt står i listen etter hjulet.") % antall
        )

    @cached_property
    def sektorer(self):
        dagene = {(p.slag, self.aret.vist_fra(p)): None for p in self.aret.med_dag}
        antall = Counter(slag for slag, _dag in dagene)
        merker = {nummer: [] for nummer in range(1, 13)}
        for slag, dag in dagene:
            merker[dag.month].append(self._merke(slag, dag, antall[slag]))
        return [self._sektor(m, merker[m.nummer]) for m in self.aret.maneder]

    @cached_property
    def buer(self):
        """What lasts, each once."""
        buer = {}
        for punkt in self.aret.med_dag:
            fra, til = self.aret.vist_fra(punkt), self.aret.vist_til(punkt)
            if (til - fra).days + 1 >= KORTEST_BUE:
                vei = self._bue(self._radius(punkt.slag), fra, til)
                buer[punkt.slag, fra, til] = Bue(TEGN[Slag(punkt.slag)], vei)
        return list(buer.values())

    @cached_property
    def ferier(self):
        """The outlines of the days without school, behind all else."""
        return [
            self._utsnitt(
                INNERST - 6,
                YTTERST + 6,
                max(ferie.fra, self.aret.forste),
                min(ferie.til, self.aret.siste),
            )
            for ferie in self.aret.ferier
        ]

    def _vinkel(self, dag, *, midt=False):
        """Where a day begins, or its middle, in radians: the year begins at the top."""
        nummer = (dag - self.aret.forste).days + (0.5 if midt else 0)
        return 2 * pi * nummer / self._dager - pi / 2

    def _radius(self, slag):
        """The middle of the ring of a kind; the first one is the outermost."""
        bredde = (YTTERST - INNERST) / max(len(self._ringer), 1)
        return YTTERST - bredde * (self._ringer.index(slag) + 0.5)

    def _merke(self, slag, dag, antall):
        radius = self._radius(slag)
        x, y = _xy(radius, self._vinkel(dag, midt=True))
        plass = 2 * pi * radius / (FORM * antall)
        return Merke(TEGN[Slag(slag)], x, y, f"{min(STORST, max(MINST, plass)):.2f}")

    def _bue(self, radius, fra, til):
        start = self._vinkel(fra, midt=True)
        slutt = self._vinkel(til, midt=True)
        return f"M{_punkt(radius, start)}{_til(radius, start, slutt)}"

    def _utsnitt(self, indre, ytre, fra, til):
        start = self._vinkel(fra)
        slutt = self._vinkel(til + timedelta(days=1))
        return (
            f"M{_punkt(ytre, start)}{_til(ytre, start, slutt)}"
            f"L{_punkt(indre, slutt)}{_til(indre, slutt, start)}Z"
        )

    def _sektor(self, maned, merker):
        fra = date(self.aret.ar, maned.nummer, 1)
        til = (fra + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        midten = (self._vinkel(fra) + self._vinkel(til + timedelta(days=1))) / 2
        x, y = _xy(NAVN, midten)
        return Sektor(
            maned=maned,
            vei=self._utsnitt(SENTRUM, KANT, fra, til),
            kort=str(MONTHS_3[maned.nummer]).rstrip("."),
            x=x,
            y=y,
            merker=merker,
        )


def _xy(radius, vinkel):
    # Plus zero: of no minus zero.
    x, y = (round(radius * f(vinkel), 1) + 0.0 for f in (cos, sin))
    return f"{x:.1f}", f"{y:.1f}"


def _punkt(radius, vinkel):
    return " ".join(_xy(radius, vinkel))


def _til(radius, start, slutt):
    """The arc from where one is, at `start`, to `slutt`, the way that the angle goes."""
    stor = int(abs(slutt - start) > pi)
    return f"A{radius} {radius} 0 {stor} {int(slutt > start)} {_punkt(radius, slutt)}"
