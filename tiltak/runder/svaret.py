"""What somebody answers for a tjeneste, and what follows from it."""

from django.db import transaction
from django.utils import timezone

from slt.grunn.historikk import spor
from slt.models import Kommune
from tiltak.models import Foresporsel
from tiltak.runder.deler import delene, merke
from tiltak.runder.utvalg import STATUS

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
    """Those, the newest first, that an answer about these parts is an answer to; all where
    it is about none. Of several open rounds, each that asks for one of the parts: what
    holds, holds for all. But how it goes with a tiltak is said in the newest alone, where
    it is kept: it answers no other."""
    if not om:
        return list(foresporsler)
    andre = [del_ for del_ in om if del_ != STATUS]
    return [
        rad
        for nr, rad in enumerate(foresporsler)
        if any(map(rad.runde.spor_om, om if nr == 0 else andre))
    ]


def besvar(foresporsler, svar, hvordan):
    """Writes down the answer of what is asked; of what was answered already, the new one
    if it is another."""
    for rad in foresporsler:
        if rad.svar != svar:
            rad.svar, rad.hvordan, rad.besvart = svar, hvordan, timezone.now()
            rad.save()


def _spor(svarer):
    return spor(svarer.dor, bruker=svarer.bruker)
