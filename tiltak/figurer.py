"""The figure of the three levels of the SLT model, in the words of the kommune."""

from dataclasses import dataclass
from textwrap import wrap

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.models import Kommune

# Who is on each level, where the kommune says nothing of it.
HVEM = {
    Kommune.Niva.STYRENDE: gettext_lazy("Politirådet"),
    Kommune.Niva.KOORDINERENDE: gettext_lazy("BTI-strukturen"),
    Kommune.Niva.UTFORENDE: gettext_lazy("SLT-områdemøter og SLT-arbeidsgruppe"),
}


@dataclass(frozen=True)
class Mal:
    """The measures of a drawing, in its own units.

    Attributes:
        bredder: of the boxes, from the uppermost.
        topp: from the upper edge of a box to the foot of its first line.
        bunn: from the foot of its last line to its lower edge.
        per_navn, per_tegn: the width of a capital in a name, and in the other lines.
    """

    bredde: int
    bredder: tuple[int, int, int]
    topp: int
    linje: int
    bunn: int
    mellom: int
    per_navn: float
    per_tegn: float


LUFT = 10  # at each side of the words in a box
SIDE = Mal(340, (340, 340, 340), 27, 23, 14, 40, per_navn=12.2, per_tegn=10.6)
TRYKK = Mal(480, (260, 340, 420), 23, 17, 12, 13, per_navn=9.5, per_tegn=7.4)


@dataclass(frozen=True)
class Linje:
    y: int
    ordene: str
    er_navn: bool


@dataclass(frozen=True)
class Boks:
    """One level: `linjer` are its name and who is there, broken so that they fit."""

    navn: str
    hvem: str
    x: int
    y: int
    bredde: int
    hoyde: int
    linjer: list[Linje]


class NivaFigur:
    """What the templates draw."""

    def __init__(self, kommune, mal):
        self.mal, self.bokser = mal, []
        y = 2
        for niva, bredde in zip(Kommune.Niva, mal.bredder, strict=True):
            boks = _boks(kommune, niva, mal, bredde, y)
            self.bokser.append(boks)
            y = boks.y + boks.hoyde + mal.mellom

    @property
    def bredde(self):
        return self.mal.bredde

    @property
    def hoyde(self):
        return self.bokser[-1].y + self.bokser[-1].hoyde + 2

    @property
    def omtale(self):
        """The figure in words, for those who do not see it."""
        overst, midten, nederst = (f"{b.navn} ({b.hvem})" for b in self.bokser)
        return _(
            "Øverst: %(overst)s. I midten: %(midten)s. Nederst: %(nederst)s. Bekymringer "
            "går oppover og føringer nedover."
        ) % {"overst": overst, "midten": midten, "nederst": nederst}


def _boks(kommune, niva, mal, bredde, y):
    navn = capfirst(kommune.nivanavn(niva))
    hvem = kommune.nivatekst(niva) or str(HVEM[niva])
    plass = bredde - 2 * LUFT
    ordene = [(del_, True) for del_ in _brutt(navn, plass, mal.per_navn)]
    ordene += [(del_, False) for del_ in _brutt(hvem, plass, mal.per_tegn)]
    linjer = [
        Linje(y + mal.topp + mal.linje * nr, del_, er_navn)
        for nr, (del_, er_navn) in enumerate(ordene)
    ]
    hoyde = linjer[-1].y - y + mal.bunn
    return Boks(navn, hvem, (mal.bredde - bredde) // 2, y, bredde, hoyde, linjer)


def _brutt(ordene, plass, per_tegn):
    # "SLT-arbeidsgruppe" is one word.
    return wrap(ordene, int(plass / per_tegn), break_on_hyphens=False)
