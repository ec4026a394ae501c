"""The coverage of a plan: how many tiltak each innsatsområde has at each level and for
each age, and where there are none."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tiltak.malgrupper import ALDERSBAND, steder_for_alder
from tiltak.models import Innsatsomrade, Tiltak

# Not a level: that no tiltak is without one is no gap.
IKKE_SATT = _("Nivå ikke oppgitt")
MANGLER_NIVA = {
    Tiltak.Niva.UNIVERSELL: _("ingen universelle tiltak"),
    Tiltak.Niva.SELEKTIV: _("ingen selektive tiltak"),
    Tiltak.Niva.INDIKATIV: _("ingen indikative tiltak"),
}


@dataclass(frozen=True)
class Celle:
    antall: int
    adresse: str  # the list of just these tiltak


@dataclass(frozen=True)
class Dekningsrad:
    omrade: Innsatsomrade
    celler: list[Celle]


@dataclass(frozen=True)
class Tabell:
    kolonner: list[str]
    mangler: list[str]  # what an empty cell of the column means; "" where nothing
    rader: list[Dekningsrad]

    def hull(self):
        """Returns (innsatsområde, what it has none of) of each cell without tiltak."""
        return [
            (rad.omrade, mangler)
            for rad in self.rader
            for mangler, celle in zip(self.mangler, rad.celler, strict=True)
            if not celle.antall and mangler
        ]


def dekning_etter_niva(plan):
    """Returns a Tabell of innsatsområde by prevention level; 2 queries."""
    kolonner = {niva.value: capfirst(niva.label) for niva in Tiltak.Niva}
    antall = {
        (omrade, niva): n
        for omrade, niva, n in _plasserte(plan)
        .values_list("innsatsomrade", "tiltak__niva")
        .annotate(n=Count("pk"))
    }
    if any(niva == "" for _omrade, niva in antall):
        kolonner[""] = IKKE_SATT
    return _tabell(
        plan,
        list(kolonner.values()),
        [MANGLER_NIVA.get(niva, "") for niva in kolonner],
        lambda omrade: [
            (antall.get((omrade.pk, niva), 0), {"niva": niva or "uten"})
            for niva in kolonner
        ],
    )


def dekning_etter_alder(plan):
    """Returns a Tabell of innsatsområde by age band within the plan's own målgruppe; a
    query for each band and one more."""
    band = [
        b
        for b in ALDERSBAND
        if (plan.alder_til is None or b.fra <= plan.alder_til)
        and (plan.alder_fra is None or b.til >= plan.alder_fra)
    ]
    antall = {
        (omrade, b): n
        for b in band
        for omrade, n in steder_for_alder(_plasserte(plan), b, plan=plan)
        .values_list("innsatsomrade")
        .annotate(n=Count("pk"))
    }
    return _tabell(
        plan,
        [str(b.navn) for b in band],
        [_("ingen tiltak for %(alder)s") % {"alder": b.navn.lower()} for b in band],
        lambda omrade: [
            (antall.get((omrade.pk, b), 0), {"alder": str(b)}) for b in band
        ],
    )


def antall_per_niva(plan):
    """Returns {Tiltak.Niva: number of tiltak} for the pyramid; 1 query."""
    antall = dict(_listet(plan).values_list("niva").annotate(Count("pk")))
    return {niva: antall.get(niva.value, 0) for niva in Tiltak.Niva}


def _listet(plan):
    """What the list of the plan shows: that has a main place."""
    i_kraft = Tiltak.objects.i_kraft(plan).selvstendige()
    return i_kraft.i_planens_orden(plan).order_by()


def _plasserte(plan):
    """Once for each place: who stands in two innsatsområder counts in both lists."""
    return plan.plasseringer.filter(tiltak__in=_listet(plan).values("pk")).order_by()


def _tabell(plan, kolonner, mangler, celler):
    liste = reverse("tiltak:tiltak_list", args=[plan.kommune.slug, plan.slug])
    return Tabell(
        kolonner,
        mangler,
        [
            Dekningsrad(
                omrade,
                [
                    Celle(
                        antall, f"{liste}?{urlencode({'omrade': omrade.slug} | valg)}"
                    )
                    for antall, valg in celler(omrade)
                ],
            )
            for omrade in plan.innsatsomrader.lesernes(plan)
        ],
    )
