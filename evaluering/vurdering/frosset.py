"""The frozen documents of evaluations, beside those of the plans."""

from django.utils import timezone

from evaluering.models import Evaluering
from slt.felles.frosset import Frosset


def frosne(bruker, kommune, sjekksum=None):
    """Those of the finished evaluations that the user sees, without the bytes; 1 query."""
    rader = Evaluering.objects.synlige_for(bruker).ferdige()
    rader = rader.filter(kommune__slug=kommune).select_related("kommune")
    if sjekksum:
        rader = rader.filter(dokument__sha256=sjekksum)
    return [
        Frosset(
            rad.tittel, rad.get_absolute_url(), timezone.localtime(rad.ferdig).date()
        )
        for rad in rader.order_by("-ferdig", "-pk")
    ]
