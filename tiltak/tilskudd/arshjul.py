"""The days of grants in the year of a kommune."""

from django.db.models import Q
from django.utils.translation import gettext as _

from slt.felles.arshjul import Punkt, Slag
from tiltak.models import Tilskudd
from tiltak.models.tilskudd import Tilstand


def frister(kommune, fra, til, bruker):
    """Yields the days by which to apply, and of what was given the days by which to report
    it, as far as the user sees the grants; 1 query."""
    mellom = Q(soknadsfrist__range=(fra, til)) | Q(rapporteringsfrist__range=(fra, til))
    rader = Tilskudd.objects.synlige_for(bruker).filter(mellom, kommune=kommune)
    for rad in rader.exclude(tilstand=Tilstand.TRUKKET).order_by("soknadsfrist", "pk"):
        rad.kommune = kommune
        if rad.soknadsfrist and fra <= rad.soknadsfrist <= til:
            yield _punkt(rad, rad.soknadsfrist, _("Søknadsfrist: %s"))
        rapport = rad.rapporteringsfrist if rad.er_gitt else None
        if rapport and fra <= rapport <= til:
            yield _punkt(rad, rapport, _("Rapporteringsfrist: %s"))


def _punkt(rad, dag, tekst):
    return Punkt(
        fra=dag,
        til=None,
        tittel=tekst % rad,
        slag=Slag.TILSKUDD,
        adresse=rad.get_absolute_url(),
        internt=not rad.er_apent,
    )
