"""The page of a source: how it came to be, and what it says."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from evaluering.medvirkning.oversikt import i_kilden
from evaluering.models import (
    Anbefaling,
    Faktor,
    Funn,
    Indikator,
    Kalenderpunkt,
    Kilde,
)
from slt.felles.sider import OFFENTLIG, IKommunen
from tiltak.models import Tema


@dataclass(frozen=True)
class Temafaktorer:
    """What is a risk and what protects, by what the sources say of a theme; None for what
    is about no theme."""

    tema: Tema | None
    risiko: list[Faktor]
    beskyttelse: list[Faktor]


@dataclass(frozen=True)
class Kalender:
    """The forebyggingskalender of a school year, or of each.

    Attributes:
        skolear: "2024/25", or "" for each year.
        trinn: the names of the grades, the lowest first.
        rader: [(Tema, what is taken up: a list of texts for each grade)].
    """

    skolear: str
    trinn: list[str]
    rader: list[tuple[Tema, list[list[str]]]]


def temafaktorer(faktorer: list[Faktor]) -> list[Temafaktorer]:
    """Sorted by theme, then by age.

    Args:
        faktorer: with tema and funn loaded, by the name of the theme.
    """
    per_tema = defaultdict(list)
    for faktor in sorted(faktorer, key=lambda f: f.aldre or (0, 0)):
        per_tema[faktor.tema].append(faktor)
    rekken = dict.fromkeys(f.tema for f in faktorer)
    return [
        Temafaktorer(
            tema,
            *(
                [f for f in per_tema[tema] if f.type == type_]
                for type_ in (Faktor.Type.RISIKO, Faktor.Type.BESKYTTELSE)
            ),
        )
        for tema in sorted(rekken, key=lambda tema: tema is None)
    ]


def kalendere(punkter: list[Kalenderpunkt]) -> list[Kalender]:
    """What is each year first, then the years.

    Args:
        punkter: with tema loaded, by the name of the theme.
    """
    per_ar = defaultdict(list)
    for punkt in punkter:
        per_ar[punkt.skolear].append(punkt)
    return [_kalender(skolear, per_ar[skolear]) for skolear in sorted(per_ar)]


def _kalender(skolear, punkter):
    navn = dict(sorted({(p.trinn, p.get_trinn_display()) for p in punkter}))
    ruter = defaultdict(list)
    for punkt in punkter:
        ruter[punkt.tema, punkt.trinn].append(punkt.tekst)
    temaer = dict.fromkeys(punkt.tema for punkt in punkter)
    rader = [(tema, [ruter[tema, trinn] for trinn in navn]) for tema in temaer]
    return Kalender(skolear, list(navn.values()), rader)


@method_decorator(OFFENTLIG, name="dispatch")
class KildeDetailView(IKommunen, DetailView):
    """What one is to know of a source before one trusts it, and what it found."""

    template_name = "evaluering/kilde_detail.html"
    context_object_name = "kilde"

    def get_queryset(self):
        bruker = self.request.user
        funn = Funn.objects.synlige_for(bruker).select_related("sted", "lokalomrade")
        punkter = Kalenderpunkt.objects.select_related("tema")
        indikatorer = Indikator.objects.synlige_for(bruker).order_by("navn__norsk")
        return (
            Kilde.objects.synlige_for(bruker)
            .filter(kommune=self.kommune)
            .select_related("kommune")
            .prefetch_related(
                "steg",
                "medvirkning",
                Prefetch("kalenderpunkter", punkter),
                Prefetch("funn", funn, to_attr="funnene"),
                Prefetch(
                    "anbefalinger",
                    Anbefaling.objects.synlige_for(bruker),
                    to_attr="anbefalingene",
                ),
                Prefetch("indikatorer", indikatorer, to_attr="tallene"),
            )
        )

    def get_context_data(self, **kwargs):
        faktorer = (
            Faktor.objects.synlige_for(self.request.user)
            .filter(funn__kilde=self.object)
            .select_related("tema", "funn")
            .order_by("tema__navn__norsk", "funn__nummer", "pk")
        )
        return super().get_context_data(
            medvirkning=i_kilden(self.object, self.request.user),
            temafaktorer=temafaktorer(list(faktorer)),
            kalendere=kalendere(list(self.object.kalenderpunkter.all())),
            **kwargs,
        )
