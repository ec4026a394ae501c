"""The drawing of a kommune's fora: the levels from above, the fora in boxes on them, and
arrows between boxes where one may send matters to the other."""

from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moter.models import Forum

# Units of the drawing, which is as wide as a phone: 340 of them.
BREDDE = 340
TEGN_PER_LINJE = 33
TEGN_PER_NAVN = 28  # of a level, which is in a larger type
LINJE = 21
LUFT = 10  # in a box, above and below its lines
MELLOM_BOKSER = 12
MELLOM_NIVAER = 22
TITTEL = 26
BANE = 9  # from one arrow beside the boxes to the next
FLEST_BANER = 4

FLERTALL = {
    Forum.Type.POLITIRAD: _("politirådene"),
    Forum.Type.BTI_MOTE: _("BTI-møtene"),
    Forum.Type.OMRADEMOTE: _("områdemøtene"),
    Forum.Type.ARBEIDSGRUPPE: _("arbeidsgruppene"),
    Forum.Type.KOORDINERINGSMOTE: _("koordineringsmøtene"),
    Forum.Type.NETTVERK: _("nettverkene"),
}


@dataclass
class Boks:
    """The fora of one type on one level; none where the level has none."""

    fora: list[Forum]
    y: int

    @cached_property
    def linjer(self):
        """[(y, words, whether they go on from the line before)]."""
        navn = [
            (del_, nr > 0)
            for forum in self.fora
            for nr, del_ in enumerate(wrap(forum.navn, TEGN_PER_LINJE))
        ] or [(_("Ingen fora ennå"), False)]
        return [
            (self.y + LUFT + LINJE * nr + 16, ordene, fortsetter)
            for nr, (ordene, fortsetter) in enumerate(navn)
        ]

    @property
    def hoyde(self):
        return 2 * LUFT + LINJE * len(self.linjer)

    @property
    def bunn(self):
        return self.y + self.hoyde

    @property
    def omtale(self):
        """What it is called in a sentence."""
        if len(self.fora) == 1:
            return self.fora[0].navn
        return FLERTALL[self.fora[0].type]


@dataclass
class TegnetNiva:
    """A level: its name, and what the kommune says of who is there."""

    navn: str
    hvem: str
    verdi: str
    y: int
    bokser: list[Boks]

    @property
    def linjer(self):
        """[(y, words)] of its name."""
        return [
            (self.y + LINJE * nr, ordene)
            for nr, ordene in enumerate(_linjer(self.navn))
        ]

    @property
    def fora(self):
        return [forum for boks in self.bokser for forum in boks.fora]


@dataclass(frozen=True)
class Pil:
    """From a box to another: up on the left side, down on the right."""

    fra: Boks
    til: Boks
    bane: int

    @property
    def opp(self):
        return self.til.y < self.fra.y

    @property
    def hoyder(self):
        return _mellom(self.fra, self.til)

    def strek(self, marg):
        """The line and its head, as the `d` of a path."""
        ovre, nedre = self.hoyder
        fra, til = (nedre, ovre) if self.opp else (ovre, nedre)
        side, ut = (marg, -1) if self.opp else (BREDDE - marg, 1)
        bane, spiss = side + ut * BANE * (self.bane + 1), side + ut
        return (
            f"M{side} {fra} H{bane} V{til} H{spiss} "
            f"M{spiss + 6 * ut} {til - 5} L{spiss} {til} L{spiss + 6 * ut} {til + 5}"
        )


def _mellom(en, annen):
    """Where an arrow between two boxes leaves the upper one and reaches the lower."""
    ovre, nedre = sorted((en, annen), key=lambda boks: boks.y)
    return ovre.bunn - ovre.hoyde // 3, nedre.y + nedre.hoyde // 3


class Tegning:
    """What the template draws.

    Args:
        kommune: the one whose page it stands on, in whose words.
        fora: all that are to be seen, in their order.
        veier: (id of a forum, id of the one it may send to); others are left out.
    """

    def __init__(self, kommune, fora, veier):
        self.nivaer = list(_plasser(kommune, fora))
        self.piler = list(_piler(self.nivaer, veier))

    @property
    def marg(self):
        """Room for the arrows beside the boxes."""
        return BANE * (max((pil.bane for pil in self.piler), default=-1) + 1) + 4

    @property
    def bredde(self):
        """Of the boxes."""
        return BREDDE - 2 * self.marg

    @property
    def hoyde(self):
        return self.nivaer[-1].bokser[-1].bunn + 2

    @property
    def streker(self):
        return [pil.strek(self.marg) for pil in self.piler]


def _linjer(nivanavn):
    return wrap(nivanavn, TEGN_PER_NAVN, break_on_hyphens=False)


def _nivaer(kommune):
    """Yields (level, name, who is there)."""
    for niva in kommune.Niva:
        navn = capfirst(kommune.nivanavn(niva))
        yield Forum.Niva(niva), navn, kommune.nivatekst(niva)
    yield Forum.Niva.NETTVERK, capfirst(Forum.Niva.NETTVERK.label), ""


def _plasser(kommune, fora):
    """Yields the levels; the three of the model also when nothing is there."""
    y = 0
    for niva, navn, hvem in _nivaer(kommune):
        egne = [forum for forum in fora if forum.niva == niva]
        if not egne and niva == Forum.Niva.NETTVERK:
            continue
        bokser, boks_y = [], y + TITTEL + LINJE * (len(_linjer(navn)) - 1)
        for gruppe in _etter_type(egne) or [[]]:
            bokser.append(Boks(gruppe, boks_y))
            boks_y = bokser[-1].bunn + MELLOM_BOKSER
        yield TegnetNiva(navn, hvem, niva.value, y + 16, bokser)
        y = bokser[-1].bunn + MELLOM_NIVAER


def _etter_type(fora):
    """The fora of each type together; the type that comes first, first."""
    typer = list(dict.fromkeys(forum.type for forum in fora))
    rekke = sorted(fora, key=lambda forum: typer.index(forum.type))
    return [list(like) for _type, like in groupby(rekke, key=lambda f: f.type)]


def _piler(nivaer, veier):
    """Yields an arrow for each pair of boxes with a way; the short ones innermost."""
    boks_til = {
        forum.pk: boks for niva in nivaer for boks in niva.bokser for forum in boks.fora
    }
    par = {
        (id(boks_til[fra]), id(boks_til[til])): (boks_til[fra], boks_til[til])
        for fra, til in veier
        if fra in boks_til and til in boks_til
    }
    tegnet = []
    for fra, til in sorted(par.values(), key=lambda p: _lengde(*p)):
        if fra is not til:
            tegnet.append(Pil(fra, til, _ledig_bane(fra, til, tegnet)))
    return sorted(tegnet, key=lambda pil: (not pil.opp, -pil.fra.y))


def _lengde(fra, til):
    ovre, nedre = _mellom(fra, til)
    return nedre - ovre


def _ledig_bane(fra, til, tegnet):
    """The innermost lane on its side where no arrow is in the way."""
    ovre, nedre = _mellom(fra, til)
    opptatt = {
        pil.bane
        for pil in tegnet
        if pil.opp == (til.y < fra.y) and pil.hoyder[0] < nedre and ovre < pil.hoyder[1]
    }
    ledige = (bane for bane in range(FLEST_BANER) if bane not in opptatt)
    return next(ledige, FLEST_BANER - 1)
