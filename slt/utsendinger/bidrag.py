"""What waits for a coordinator: mail that did not arrive."""

from django.urls import reverse
from django.utils.translation import ngettext

from slt.felles.arbeidsflate import Bidrag, Linje
from slt.models import Utsending


def bidrag(hvem):
    """How much mail somebody has to look at; 1 query, for who keeps the kommune."""
    if not hvem.koordinerer:
        return Bidrag()
    rader = Utsending.objects.synlige_for(hvem.bruker).filter(kommune=hvem.kommune)
    antall = rader.trenger_noen().count()
    if not antall:
        return Bidrag()
    tekst = ngettext(
        "%(antall)d e-post kom ikke fram, eller det er uvisst",
        "%(antall)d e-poster kom ikke fram, eller det er uvisst",
        antall,
    )
    adresse = reverse("utsendinger", args=[hvem.kommune.slug])
    return Bidrag(venter=[Linje(tekst % {"antall": antall}, adresse)])
