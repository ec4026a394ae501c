"""The frozen documents of evaluations and reports, beside those of the plans."""

from django.utils import timezone

from evaluering.models import Evaluering, Rapport
from slt.felles.frosset import Frosset


def frosne(bruker, kommune, sjekksum=None):
    """Those of what is finished that the user sees, without the bytes; 2 queries."""
    funnet = []
    for modell in (Evaluering, Rapport):
        rader = modell.objects.synlige_for(bruker).ferdige()
        rader = rader.filter(kommune__slug=kommune).select_related("kommune")
        if sjekksum:
            rader = rader.filter(dokument__sha256=sjekksum)
        funnet += rader
    funnet.sort(key=lambda rad: (rad.ferdig, rad.pk), reverse=True)
    return [
        Frosset(
            rad.tittel, rad.get_absolute_url(), timezone.localtime(rad.ferdig).date()
        )
        for rad in funnet
    ]
