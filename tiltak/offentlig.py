"""What a kommune has published of plans, tjenester and tilbud."""

from django.db.models import Exists, OuterRef

from slt.models import PUBLIKUM
from tiltak.models import (
    Handlingsplan,
    Tiltak,
    Tjeneste,
    Tjenestekommune,
    tilbud_i_kraft,
)


def _planer():
    planer = Handlingsplan.objects.synlige_for(PUBLIKUM)
    return Exists(planer.filter(kommune=OuterRef("pk")))


def _tjenester():
    """Its own, or another's that it has said yes to."""
    tjenester = Tjeneste.objects.synlige_for(PUBLIKUM).i_lister(PUBLIKUM).virksomme()
    # Not with "in": it would go through the tjenester of all kommuner.
    delte = Tjenestekommune.objects.godtatte().filter(
        Exists(tjenester.filter(pk=OuterRef("tjeneste"))), kommune=OuterRef("pk")
    )
    return Exists(tjenester.filter(kommune=OuterRef("pk"))) | Exists(delte)


def _tilbud():
    return Exists(Tiltak.objects.filter(tilbud_i_kraft(), kommune=OuterRef("pk")))


INNHOLD = {"planer": _planer, "tjenester": _tjenester, "tilbud": _tilbud}
