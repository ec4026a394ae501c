"""What there is to look over of a document on its way in, for the pages that show it."""

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from django.core.paginator import Paginator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tiltak.innlesing import arbeid
from tiltak.innlesing.blokker import BILDE
from tiltak.innlesing.forms import FELT, FELT_I_TILTAK, ROLLER, TASTER, stedet
from tiltak.innlesing.forslag.valg import (
    DELTILTAK,
    HOPP_OVER,
    INGEN_TJENESTE,
    KAPITTEL,
    OMRADE,
    TEKST,
    TILTAK,
    Valg,
)
from tiltak.innlesing.kort import Kort, feltene, kort
from tiltak.innlesing.oppstilling import Rad, Seksjon, pa_sider, seksjoner, siden_med
from tiltak.innlesing.personer import ubestemte
from tiltak.innlesing.planen import gar_videre
from tiltak.innlesing.treff import tjenestenavn
from tiltak.models import Tiltak

# One of several colours; the name beside it says the same.
FARGER = {
    KAPITTEL: "info",
    OMRADE: "accent",
    TILTAK: "accent",
    DELTILTAK: "accent",
    HOPP_OVER: "warning",
}


class Bitvisning(NamedTuple):
    """A piece of the document: what it was taken as, and where it stands."""

    rad: Rad
    tatt_som: str
    farge: str
    sted: str


class Visning(NamedTuple):
    """A section as it is shown: its pieces, and what was found in them."""

    seksjon: Seksjon
    biter: list[Bitvisning]
    kort: list[Kort]


class Valgene(NamedTuple):
    """What can be decided about the block at which one is.

    Attributes:
        roller: [(value, name, key or "", whether it is that now)].
            self._feltvalg(rad) if er_tekst else [],
        delesteder: [(place in the text, what comes after it)].
    """

    rad: Rad
    roller: list
    felt: list
    delesteder: list
    kan_slas_sammen: bool


class Gjennomgang:
    """A document, what it is understood as, and what is left to do.

    Args:
        rad: a Planimport, with its kommune.
    """

    def __init__(self, rad):
        self.rad, self.valg = rad, Valg.fra_json(rad.valg)

    @cached_property
    def blokker(self):
        return arbeid.blokkene(self.rad)

    @cached_property
    def forslag(self):
        return arbeid.forslaget(self.rad)

    # The document beside the plan --------------------------------------------------------

    @cached_property
    def seksjoner(self):
        return seksjoner(self.blokker, self.valg, self.forslag, self.rad.sett)

    @cached_property
    def _feltene(self):
        return feltene(self.forslag)

    @cached_property
    def innhold(self):
        """[(page, section)] of what the plan has, for finding one's way in it."""
        return [
            (nr, seksjon)
            for nr, side in enumerate(self._sider, 1)
            for seksjon in side
            if seksjon.elementer
        ]

    @cached_property
    def _sider(self):
        return pa_sider(self.seksjoner)

    def side(self, onsket: str = "", nokkel: str = ""):
        """The Page of sections that was asked for, or that with this block."""
        if not onsket and nokkel:
            onsket = siden_med(self._sider, nokkel)
        siden = Paginator(self._sider, 1).get_page(onsket)
        siden.object_list = [self._vist(seksjon) for seksjon in siden.object_list[0]]
        return siden

    def _vist(self, seksjon):
        biter = [
            Bitvisning(
                rad,
                self._tatt_som(rad),
                FARGER.get(rad.rolle, "neutral"),
                stedet(rad.bit.blokk),
            )
            for rad in seksjon.rader
        ]
        deler = (*seksjon.elementer, *seksjon.ellers)
        return Visning(
            seksjon, biter, [kort(del_, self.forslag, seksjon.nokkel) for del_ in deler]
        )

    def _tatt_som(self, rad):
        """The fields that a piece of text gave its tiltak, or what it is."""
        felt = self._feltene.get(rad.nokkel) if rad.rolle == TEKST else None
        return capfirst(", ".join(felt)) if felt else ROLLER[rad.rolle]

    def valgene(self, nokkel: str):
        """What can be decided about this block, or None where there is no such."""
        for seksjon in self.seksjoner:
            for rad in seksjon.rader:
                if rad.nokkel == nokkel:
                    return self._valgene(rad)
        return None

    def _valgene(self, rad):
        blokk = rad.bit.blokk
        kilde = self.blokker[blokk.nummer - 1]
        er_tekst = rad.bit.slag != BILDE and not blokk.celler
        kan_deles = er_tekst and len(rad.bit.nokler) == 1
        return Valgene(
            rad,
            [
                (r, navn, TASTER.get(r, ""), r == rad.rolle)
                for r, navn in ROLLER.items()
            ],
            self._feltvalg(rad) if er_tekst else [],
            arbeid.delesteder(kilde, self.valg, blokk.del_) if kan_deles else [],
            er_tekst and rad.nokkel != self.seksjoner[0].nokkel,
        )

    def _feltvalg(self, rad):
        valgt = self.valg.felt.get(rad.nokkel, "")
        return [(felt, FELT[felt], felt == valgt) for felt in FELT_I_TILTAK]

    def seksjonen(self, nokkel: str):
        """The section in which this block stands, or None."""
        for seksjon in self.seksjoner:
            if nokkel in seksjon.nokler:
                return seksjon
        return None

    # How far one has come ----------------------------------------------------------------

    @cached_property
    def antall_lest(self):
        return sum(seksjon.lest for seksjon in self.seksjoner)

    @cached_property
    def uleste(self):
        return [seksjon for seksjon in self.seksjoner if not seksjon.lest]

    @cached_property
    def prosent(self):
        """How much of the text is in the proposal; all of it only where all is."""
        andel = self.forslag.dekning.andel
        return 100 if andel == 1 else min(99, round(100 * andel))

    @property
    def omfang(self):
        """How much of a plan is proposed: "2 kapitler, 1 innsatsområde og 4 tiltak"."""
        f = self.forslag
        return _("%(kapitler)s, %(omrader)s og %(tiltak)s") % {
            "kapitler": ngettext("%d kapittel", "%d kapitler", len(f.kapitler))
            % len(f.kapitler),
            "omrader": ngettext(
                "%d innsatsområde", "%d innsatsområder", len(f.innsatsomrader)
            )
            % len(f.innsatsomrader),
            "tiltak": ngettext("%d tiltak", "%d tiltak", len(f.tiltak)) % len(f.tiltak),
        }

    @property
    def merket_nye(self):
        """How many tiltak the document itself marks as new."""
        return sum(t.nytt is not None for t in self.forslag.tiltak)

    @cached_property
    def nye_mot(self):
        """[(plan of the kommune, how many tiltak count as new where the draft builds on
        it)]; 2 queries."""
        planer = list(self.rad.kommune.planer.all())
        alle = defaultdict(list)
        for t in Tiltak.objects.selvstendige().filter(plan__in=planer):
            alle[t.plan_id].append(t)
        tiltak = self.forslag.tiltak
        return [(p, gar_videre(tiltak, alle[p.pk]).count(None)) for p in planer]

    @cached_property
    def utelatt(self):
        """[(where in the document, what stands there, why)] of what has text, and is no
        help in finding one's way."""
        steder = {blokk.nokkel: blokk for blokk in self.blokker}
        return [
            (stedet(steder[u.blokk.partition(".")[0]]), u)
            for u in self.forslag.utelatt
            if u.grunn in {"hoppet_over", "ukjent", "bilde"}
        ]

    @cached_property
    def personer(self):
        """The texts that seem to name somebody, and that nobody has decided about."""
        return ubestemte(self.forslag, self.valg)

    @cached_property
    def tjenestenavn(self):
        return tjenestenavn(self.forslag, self.rad.kommune, self.valg)

    @cached_property
    def nye_tjenester(self):
        return [
            navn
            for navn in self.tjenestenavn
            if navn.tjeneste is None and navn.valg != INGEN_TJENESTE
        ]
