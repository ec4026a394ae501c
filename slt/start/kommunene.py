"""All kommuner of the installation at a glance: who keeps them, when something was done
there last, and what is left of the start."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from slt.felles.koordinatorer import varsler_om_koordinator
from slt.felles.start import Status, med_start, stegene
from slt.grunn.historikk import Historisert
from slt.grunn.kommunegrense import har_kommune
from slt.models import Kommune, Tilgang


@dataclass(frozen=True)
class Oversikt:
    """What an administrator wants to know of a kommune.

    Attributes:
        sist: when somebody changed something there last, or None.
        varsel: what is wrong with who coordinates it, or "".
    """

    kommune: Kommune
    sist: datetime | None
    koordinatorer: int
    varsel: str
    stegene: list[Status]

    @property
    def gjort(self):
        return sum(status.gjort for status in self.stegene)

    @property
    def neste(self):
        return next((status for status in self.stegene if not status.gjort), None)


def oversikter():
    """Returns the Oversikt of each kommune; 3 queries."""
    kommuner = list(_med_koordinatorer(med_start(Kommune.objects.all())))
    varsler, sist = varsler_om_koordinator(kommuner), _sist_endret()
    return [
        Oversikt(
            kommune=kommune,
            sist=sist.get(kommune.pk),
            koordinatorer=kommune.antall_koordinatorer,
            varsel=varsler[kommune.pk],
            stegene=stegene(kommune),
        )
        for kommune in kommuner
    ]


def _med_koordinatorer(kommuner):
    rader = Tilgang.objects.gyldige().filter(
        kommune=OuterRef("pk"),
        rolle=Tilgang.Rolle.KOORDINATOR,
        bruker__is_active=True,
    )
    antall = rader.order_by().values("kommune").annotate(n=Count("bruker"))
    return kommuner.annotate(
        antall_koordinatorer=Coalesce(Subquery(antall.values("n")), 0)
    )


def _sist_endret():
    """Returns {id of a kommune: when somebody changed something last}: by what came with
    the software, nobody did. The newest row of each history is looked up by its index."""
    deler = [
        Kommune.objects.order_by()
        .annotate(sist=_siste(modell))
        .exclude(sist=None)
        .values_list("pk", "sist")
        for modell in apps.get_models()
        if issubclass(modell, Historisert) and har_kommune(modell)
    ]
    tider = {}
    for pk, tid in deler[0].union(*deler[1:], all=True):
        tider[pk] = max(tid, tider.get(pk, tid))
    return tider


def _siste(modell):
    rader = modell.historikk.model.objects.filter(history_kommune=OuterRef("pk"))
    rader = rader.exclude(history_aktor="").order_by("-history_date")
    return Subquery(rader.values("history_date")[:1])
