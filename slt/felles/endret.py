"""What is otherwise in a kommune between two moments: each app says at start what there is
of its own, and the pages, documents and letters that tell it know none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.grunn.ordforskjell import Stykke
from slt.models import PUBLIKUM, Bruker, Kommune, Tilgang


@dataclass(frozen=True)
class Felt:
    """A field that is otherwise. `fra` and `til` are empty where they are not told;
    `stykker` is what differs in a longer text, in short and whole sentences."""

    navn: str
    fra: str = ""
    til: str = ""
    stykker: tuple[Stykke, ...] = ()


@dataclass(frozen=True)
class Punkt:
    """One thing that is otherwise.

    Attributes:
        er_rettelse: whether it is small: whom to call, and what somebody called so.
        merknad: what there is to know of it: that it is not published.
        begrunnelse: why it was changed, for those who may read it.
        sist: when it last changed; None where that says nothing.
    """

    hva: str
    handling: str
    felter: list[Felt] = field(default_factory=list)
    sist: datetime | None = None
    er_rettelse: bool = False
    merknad: str = ""
    begrunnelse: str = ""


@dataclass
class Gruppe:
    """What is otherwise of one tiltak, of one tjeneste, or of the plan around them.

    Attributes:
        under: the heading that it stands under with others: the innsatsområde.
    """

    tittel: str
    adresse: str = ""
    punkter: list[Punkt] = field(default_factory=list)
    under: str = ""


@dataclass
class Avsnitt:
    """What is otherwise in one plan, or in what else there is of a kind."""

    tittel: str
    grupper: list[Gruppe] = field(default_factory=list)


@dataclass(frozen=True)
class Vindu:
    """What is asked: about which kommune, between which moments, for whom.

    Attributes:
        til: None is now.
    """

    kommune: Kommune
    fra: datetime
    til: datetime | None = None
    bruker: Bruker = PUBLIKUM

    @property
    def slutt(self):
        return self.til or timezone.now()

    @property
    def koordinerer(self):
        return self.kommune.gir(self.bruker, Tilgang.Rolle.KOORDINATOR)

    @property
    def siden(self):
        """Returns a Q of history rows: what was done in the window. By the kommune, too:
        that and the day are what the history is found by."""
        siden = Q(history_kommune=self.kommune.pk, history_date__gte=self.fra)
        return siden & Q(history_date__lt=self.til) if self.til else siden

    @property
    def for_(self):
        """Returns a Q of history rows: what was done before it."""
        return Q(history_date__lt=self.fra)


@dataclass(frozen=True)
class Milepael:
    """A moment that people ask from or to: a meeting that was held."""

    nokkel: str
    navn: str
    begynte: datetime
    sluttet: datetime


# Each finds what its app has to tell, in a number of queries that grows with the kinds of
# things that were changed, not with how many.
KILDER: list[Callable[[Vindu], list[Avsnitt]]] = []
# Each finds the moments of its app that a user may choose in a kommune, the newest first.
MILEPAELER: list[Callable[[Kommune, Bruker], list[Milepael]]] = []
# Each finds the moment from which its app would tell what is otherwise, or None; the first
# that does is asked from where nobody chose.
FRA: list[Callable[[Kommune, Bruker], "Milepael | datetime | None"]] = []


class Endret:
    """All that is otherwise in a kommune in a window, as its reader may be told today."""

    def __init__(self, vindu):
        self.vindu = vindu

    @cached_property
    def avsnitt(self):
        alle = [a for finn in KILDER for a in finn(self.vindu)]
        return [a for a in alle if a.grupper]

    @cached_property
    def store(self):
        """[Avsnitt] of what weighs."""
        return utvalg(self.avsnitt, lambda punkt: not punkt.er_rettelse)

    @cached_property
    def sma(self):
        """[Avsnitt] of what is small."""
        return utvalg(self.avsnitt, lambda punkt: punkt.er_rettelse)

    @property
    def antall_store(self):
        return len(punktene(self.store))

    @property
    def antall_sma(self):
        return len(punktene(self.sma))

    def __str__(self):
        return antall_i_ord(self.antall_store, self.antall_sma)


def kapittel(kommune, fra, til=None):
    """Returns what "slt/pdf/_endret.html" needs, to tell of a window as a chapter of a
    document: as all may be told of it, in the language that is active.

    Args:
        fra, til: moments; None is now.
    """
    return {"endret": Endret(Vindu(kommune, fra, til))}


def antall_i_ord(endringer, rettelser):
    """Returns how much that is, as people say it; "" where that is nothing."""
    deler = []
    if endringer:
        tekst = ngettext("%d endring", "%d endringer", endringer)
        deler.append(tekst % endringer)
    if rettelser:
        tekst = ngettext("%d rettelse", "%d rettelser", rettelser)
        deler.append(tekst % rettelser)
    return _(" og ").join(deler)


def punktene(avsnittene):
    """Returns all the points in them."""
    return [p for a in avsnittene for g in a.grupper for p in g.punkter]


def utvalg(avsnittene, er_med):
    """Returns the same with only those points; without what is empty then."""
    ut = []
    for avsnitt in avsnittene:
        grupper = [
            replace(gruppe, punkter=[p for p in gruppe.punkter if er_med(p)])
            for gruppe in avsnitt.grupper
        ]
        grupper = [gruppe for gruppe in grupper if gruppe.punkter]
        if grupper:
            ut.append(Avsnitt(avsnitt.tittel, grupper))
    return ut
