"""Activities as they are read: those of a year by month, how many came, and those of one
tiltak or forum."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from moter.models import Aktivitet
from slt.grunn.norsk import FA, tall_i_ord
from tiltak.detaljer import med_sted_i_planen

# So many of each stand on the page of a tiltak or of a forum.
FLEST = 5


@dataclass(frozen=True)
class Oppmote:
    """How many came to some activities, as all may read it. Of those to which a few came,
    how many these were is not in the sum: it could be worked out from it.

    Attributes:
        aktiviteter: how many were or will be held.
        personer: the sum, of `telt` activities.
        fa: how many activities had a few each.
    """

    aktiviteter: int
    personer: int
    telt: int
    fa: int

    def __str__(self):
        deler = [
            ngettext("%d aktivitet", "%d aktiviteter", self.aktiviteter)
            % self.aktiviteter
        ]
        if self.telt:
            tekst = ngettext(
                "%(personer)s kom til %(antall)d av dem",
                "%(personer)s kom til %(antall)d av dem",
                self.telt,
            )
            deler.append(
                tekst % {"personer": tall_i_ord(self.personer), "antall": self.telt}
            )
        if self.fa:
            tekst = ngettext(
                "til %d av dem kom det færre enn 5",
                "til %d av dem kom det færre enn 5 hver gang",
                self.fa,
            )
            deler.append(tekst % self.fa)
        return ", ".join(deler)


def oppmote(rader) -> Oppmote:
    holdt = [rad for rad in rader if not rad.avlyst]
    antall = [rad.antall for rad in holdt if rad.antall is not None]
    telles = [n for n in antall if not 0 < n < FA]
    return Oppmote(len(holdt), sum(telles), len(telles), len(antall) - len(telles))


def arene(kommune, bruker) -> list[int]:
    """Returns the years in which something begins that the user sees, the newest first; 1
    query."""
    rader = Aktivitet.objects.synlige_for(bruker).filter(kommune=kommune)
    return sorted({dag.year for dag in rader.dates("dato", "year")}, reverse=True)


def arets(kommune, ar, bruker):
    """Returns the activities of a year that the user sees, with what a list says of them:
    3 queries."""
    rader = Aktivitet.objects.synlige_for(bruker).filter(kommune=kommune).i_ar(ar)
    rader = rader.select_related("sted", "tjeneste", "forum__kommune")
    return list(_i_rekkefolge(med_sted_i_planen(rader, "tiltak__")))


def per_maned(rader) -> list[tuple[date, list[Aktivitet]]]:
    """[(the first of a month, those that begin in it)], of rows by their day."""
    return [
        (maned, list(gruppe))
        for maned, gruppe in groupby(rader, key=lambda rad: rad.dato.replace(day=1))
    ]


def _i_rekkefolge(rader):
    # The kommune is one and the same.
    return rader.order_by(*Aktivitet._meta.ordering[1:])


@dataclass(frozen=True)
class Hos:
    """The activities of one tiltak or forum.

    Attributes:
        kommende: the next ones, the first of them first.
        tidligere: the last ones, the newest first.
        alle: how many there are in all.
    """

    kommende: list[Aktivitet]
    tidligere: list[Aktivitet]
    alle: int


def av_tiltaket(tiltak, bruker) -> list[Aktivitet]:
    """Returns those of a tiltak and its parts that the user sees, by their days; 1 query,
    however many pieces of the page ask."""
    husket = tiltak.__dict__.get("_aktivitetene")
    if husket is None or husket[0] is not bruker:
        rader = Aktivitet.objects.synlige_for(bruker).filter(
            Q(tiltak=tiltak) | Q(tiltak__overordnet=tiltak), kommune=tiltak.kommune_id
        )
        rader = _i_rekkefolge(rader.select_related("sted", "tjeneste"))
        tiltak._aktivitetene = husket = (bruker, list(rader))
    return husket[1]


def av_forumet(forum, bruker) -> list[Aktivitet]:
    """Returns those of a forum that the user sees, by their days; 1 query."""
    rader = Aktivitet.objects.synlige_for(bruker).filter(forum=forum)
    return list(_i_rekkefolge(rader.select_related("sted", "tjeneste")))


def hos(rader) -> Hos:
    i_dag = timezone.localdate()
    kommende = [rad for rad in rader if rad.siste_dag >= i_dag]
    tidligere = [rad for rad in rader if rad.siste_dag < i_dag]
    return Hos(kommende[:FLEST], tidligere[::-1][:FLEST], len(rader))
