"""The numbers of tiltak: their places in an innsatsområde."""

from contextlib import contextmanager

from django.db import transaction

from slt.grunn.kommunegrense import kommune_id
from slt.grunn.rekkefolge import lukk
from slt.models import Kommune
from tiltak.models import Handlingsplan, Plassering


@contextmanager
def uten_hull(tiltak):
    """Lets a tiltak be moved or deleted inside the block. In the innsatsområder that it
    leaves in a draft, those after it close up."""
    utkast = Plassering.objects.filter(
        tiltak=tiltak.pk, innsatsomrade__plan__status=Handlingsplan.Status.UTKAST
    )
    with transaction.atomic():
        Kommune.objects.las(kommune_id(tiltak))
        for_ = list(utkast)
        yield
        igjen = set(utkast.values_list("innsatsomrade", flat=True))
        for sted in for_:
            if sted.innsatsomrade_id not in igjen:
                lukk(sted)
