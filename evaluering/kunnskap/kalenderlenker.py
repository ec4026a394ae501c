"""The calendars that sources propose, from the forebyggingskalender of the kommune: they
say what a grade is to meet, and no day."""

from django.db.models import Exists, OuterRef

from evaluering.models import Kalenderpunkt, Kilde
from slt.felles.arbeidsflate import Linje


def kalenderlenker(kommune, bruker):
    """Returns the way to each that the user may read; 1 query."""
    punkter = Kalenderpunkt.objects.filter(kilde=OuterRef("pk"))
    kilder = Kilde.objects.synlige_for(bruker).filter(Exists(punkter), kommune=kommune)
    kilder = kilder.select_related("kommune").order_by("-arstall", "navn__norsk")
    return [Linje(str(rad), f"{rad.get_absolute_url()}#kalender") for rad in kilder]
