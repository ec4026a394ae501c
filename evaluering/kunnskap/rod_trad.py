"""What the page of knowledge says: the threads, and where they break."""

from django.db.models import Exists, OuterRef, Prefetch

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Funn,
    Funnsvar,
    Indikator,
    Kilde,
)
from slt.models import PUBLIKUM, Bruker, Kommune
from tiltak.detaljer import med_sted_i_planen
from tiltak.models import Handlingsplan, Innsatsomrade, Tiltak


def trader(bruker: Bruker, kommune: Kommune, plan: Handlingsplan | None) -> dict:
    """What the page shows, in a number of queries that does not grow.

    Returns:
        {"kilder": those that say something, each with `funnene` and `anbefalingene`;
        "ubesvarte": findings that no tiltak answers; "uten_oppfolging": recommendations
        that nothing follows up; "uten_funn": tiltak of the plan that rest on none}.
    """
    tiltak = med_sted_i_planen(Tiltak.objects.synlige_for(bruker))
    indikatorer = Indikator.objects.synlige_for(bruker).select_related("kommune")
    anbefalinger = Anbefaling.objects.synlige_for(bruker).prefetch_related(
        Prefetch("tiltak", tiltak, to_attr="tiltakene"),
        # That of a draft is not there for all.
        Prefetch("innsatsomrade", Innsatsomrade.objects.synlige_for(bruker)),
    )
    funn = (
        Funn.objects.synlige_for(bruker)
        .select_related("sted", "lokalomrade", "kilde")
        .prefetch_related(
            Prefetch("tiltak", tiltak, to_attr="tiltakene"),
            Prefetch("anbefalinger", anbefalinger, to_attr="anbefalingene"),
            Prefetch("indikator", indikatorer),
        )
    )
    kilder = (
        Kilde.objects.filter(kommune=kommune)
        .filter(
            Exists(Funn.objects.synlige_for(bruker).filter(kilde=OuterRef("pk")))
            | Exists(
                Anbefaling.objects.synlige_for(bruker).filter(kilde=OuterRef("pk"))
            )
        )
        .prefetch_related(
            Prefetch("funn", funn, to_attr="funnene"),
            Prefetch("anbefalinger", anbefalinger, to_attr="anbefalingene"),
        )
    )
    ubesvarte = Funn.objects.synlige_for(bruker).i(kommune).ubesvarte()
    uten_oppfolging = Anbefaling.objects.synlige_for(bruker).i(kommune).ubesvarte()
    return {
        "kilder": kilder,
        "ubesvarte": ubesvarte.select_related("kilde"),
        "uten_oppfolging": uten_oppfolging.select_related("kilde"),
        "uten_funn": _uten_funn(bruker, plan) if plan else [],
    }


def noe_er_publisert(kommune: Kommune) -> bool:
    """Whether there is anything for all to read; at most 3 queries."""
    return any(
        modell.objects.synlige_for(PUBLIKUM).filter(**{sti: kommune}).exists()
        for modell, sti in (
            (Funn, "kilde__kommune"),
            (Anbefaling, "kilde__kommune"),
            (Indikator, "kommune"),
        )
    )


def _uten_funn(bruker, plan):
    svar = Funnsvar.objects.filter(tiltak=OuterRef("pk"))
    oppfolging = Anbefalingssvar.objects.filter(tiltak=OuterRef("pk"))
    tiltak = Tiltak.objects.synlige_for(bruker).filter(plan=plan).selvstendige()
    return med_sted_i_planen(
        tiltak.filter(~Exists(svar), ~Exists(oppfolging)).i_planens_orden()
    )
