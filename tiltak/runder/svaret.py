"""What somebody answers for a tjeneste, and what follows from it."""

from django.db import transaction
from django.utils import timezone

from slt.grunn.historikk import spor
from slt.models import Kommune
from tiltak.models import Foresporsel
from tiltak.runder.deler import delene, merke

Svar = Foresporsel.Svar


class Endret(Exception):  # noqa: N818
    """What stands there is another thing than what was looked at."""


def alt_stemmer(svarer, *, hvordan, sett, viser=delene):
    """Confirms all that the page shows, but for what somebody would have otherwise, and
    answers what the tjeneste is asked. Twice on one day, or by two at once, is once.
    Returns whether something waits that would have it otherwise.

    Args:
        sett: the `merke` of what was looked at.
        viser: what the page shows, given as `delene`.

    Raises:
        Endret: when something else stands there by now.
    """
    with transaction.atomic(), _spor(svarer):
        Kommune.objects.las_med_naboer(svarer.kommune.pk)
        svarer.sjekk()
        foresporsler = list(svarer.apne_foresporsler())
        viste = viser(svarer, foresporsler[0].runde if foresporsler else None)
        if merke(viste) != sett:
            raise Endret
        for vist in viste:
            vist.del_.bekreft(svarer, vist.innhold, hvordan)
        forslag = svarer.tjeneste.endringsforslag.som_venter()
        venter = forslag.om_det_som_star().exists()
        # What was proposed waits still: the rest holds.
        svar = Svar.ENDRINGER if venter else Svar.STEMMER
        om = [vist.del_.nokkel for vist in viste]
        besvar(som_spor(foresporsler, om), svar, hvordan)
    return venter


def som_spor(foresporsler, om):
    """Those of rounds that ask of one of these parts; all where there is none to ask of."""
    return [rad for rad in foresporsler if not om or any(map(rad.runde.spor_om, om))]


def besvar(foresporsler, svar, hvordan):
    """Writes down the answer of what is asked; of what was answered already, the new one
    if it is another."""
    for rad in foresporsler:
        if rad.svar != svar:
            rad.svar, rad.hvordan, rad.besvart = svar, hvordan, timezone.now()
            rad.save()


def _spor(svarer):
    return spor(svarer.dor, bruker=svarer.bruker)
