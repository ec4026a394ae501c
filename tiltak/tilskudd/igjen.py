"""The same scheme once more: a grant begun anew for the next year."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from slt.grunn.historikk import opprett_mange
from tiltak.models import Handlingsplan, Tilskudd, Tilskuddstiltak
from tiltak.models.tilskudd import SISTE_AR


def aret_etter(dag: date | None) -> date | None:
    """The same day a year on; of 29 February, the last of the month."""
    if dag is None:
        return None
    siste = (dag.month, dag.day) == (2, 29)
    return dag.replace(year=dag.year + 1, day=28 if siste else dag.day)


def neste(tilskudd: Tilskudd) -> Tilskudd | None:
    """The grant of the same scheme for the next year, or None; 1 query."""
    like = Tilskudd.objects.filter(
        kommune=tilskudd.kommune_id,
        ordning__iexact=tilskudd.ordning,
        giver__iexact=tilskudd.giver,
        arstall=tilskudd.arstall + 1,
    )
    return like.order_by("pk").first()


def kan_sokes_igjen(tilskudd: Tilskudd) -> bool:
    return tilskudd.arstall < SISTE_AR


@transaction.atomic
def sok_igjen(tilskudd: Tilskudd) -> tuple[Tilskudd, bool]:
    """Begins the application for the next year, with its days a year on: nothing is given
    yet, and no share is said. Of its tiltak come those that stand in no superseded plan.
    The kommune is locked.

    Returns (the grant for the next year, whether it was made now).
    """
    if finnes := neste(tilskudd):
        return finnes, False
    ny = Tilskudd.objects.create(
        kommune=tilskudd.kommune,
        ordning=tilskudd.ordning,
        giver=tilskudd.giver,
        arstall=tilskudd.arstall + 1,
        adresse=tilskudd.adresse,
        sokt=tilskudd.sokt,
        soknadsfrist=aret_etter(tilskudd.soknadsfrist),
        rapporteringsfrist=aret_etter(tilskudd.rapporteringsfrist),
    )
    gjelder = ~Q(tiltak__plan__status=Handlingsplan.Status.AVLOST)
    deler = tilskudd.fordeling.filter(gjelder | Q(tiltak__plan=None)).order_by("pk")
    opprett_mange([Tilskuddstiltak(tilskudd=ny, tiltak_id=d.tiltak_id) for d in deler])
    return ny, True
