"""What a kommune has published of plans, tjenester and tilbud."""

from django.db.models import Exists, OuterRef

from slt.models import PUBLIKUM
from tiltak.hvem.landet import kommunens_egne
from tiltak.models import (
    Handlingsplan,
    Kontaktpunkt,
    Tiltak,
    Tjeneste,
    Tjenestekommune,
    tilbud_i_kraft,
)


def _planer():
    planer = Handlingsplan.objects.synlige_for(PUBLIKUM)
    return Exists(planer.filter(kommune=OuterRef("pk")))


def _tjenester():
    """Its own, or another's that it has said yes to. Those that are there with nothing but
    help for the whole country, or an acute number, came with the kommune: by them nobody
    has published anything."""
    veier = Kontaktpunkt.objects.synlige_for(PUBLIKUM).filter(tjeneste=OuterRef("pk"))
    tjenester = Tjeneste.objects.synlige_for(PUBLIKUM).i_lister(PUBLIKUM).virksomme()
    tjenester = tjenester.filter(~Exists(veier) | Exists(kommunens_egne(veier)))
    # Not with "in": it would go through the tjenester of all kommuner.
    delte = Tjenestekommune.objects.godtatte().filter(
        Exists(tjenester.filter(pk=OuterRef("tjeneste"))), kommune=OuterRef("pk")
    )
    return Exists(tjenester.filter(kommune=OuterRef("pk"))) | Exists(delte)


def _tilbud():
    return Exists(Tiltak.objects.filter(tilbud_i_kraft(), kommune=OuterRef("pk")))


INNHOLD = {"planer": _planer, "tjenester": _tjenester, "tilbud": _tilbud}
