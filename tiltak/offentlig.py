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
    delte = Tjenestekommune.objects.godtatte().filter(tjeneste__in=tjenester)
    egne = Exists(tjenester.filter(kommune=OuterRef("pk")))
    return egne | Exists(delte.filter(kommune=OuterRef("pk")))


def _tilbud():
    return Exists(Tiltak.objects.filter(tilbud_i_kraft(), kommune=OuterRef("pk")))


INNHOLD = {"planer": _planer, "tjenester": _tjenester, "tilbud": _tilbud}
