"""What of the meeting structure stands in the year of a kommune."""

from moter.models import Aktivitet
from slt.felles.arshjul import Punkt, Slag


def aktiviteter(kommune, fra, til, bruker):
    """Yields those that are held, as far as the user sees them; 1 query."""
    rader = Aktivitet.objects.synlige_for(bruker).som_holdes().mellom(fra, til)
    for rad in rader.filter(kommune=kommune).order_by("dato", "pk"):
        yield Punkt(
            fra=rad.dato,
            til=rad.til_dato,
            tittel=rad.tittel,
            slag=Slag.AKTIVITETER,
            adresse=rad.adresse_i(kommune),
            internt=not rad.publisert,
        )
