"""An evaluation is finished here, with the very document that was shown, and opened again
with a reason."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluering.medvirkning.oversikt import i_evalueringen
from evaluering.models import Evaluering
from evaluering.vurdering.arbeidet import Arbeid
from evaluering.vurdering.dokument import Evalueringsutgave
from evaluering.vurdering.forhandsutfylt import SPORSMAL
from slt.grunn.historikk import begrunnet
from slt.models import Dokument


@transaction.atomic
def gjor_ferdig(utgave: Evalueringsutgave, innhold: bytes):
    """Freezes the document that was shown; from then on the evaluation stands fast. The
    caller holds the lock of the kommune, and knows that nothing was changed since.

    Raises:
        ValidationError: when it is finished already.
    """
    evaluering = utgave.evaluering
    if evaluering.er_ferdig:
        raise ValidationError(_("Evalueringen er ferdig allerede."))
    evaluering.ferdig = timezone.now()
    evaluering.dokument = _frys(utgave, innhold)
    evaluering.full_clean()
    evaluering.save()


@transaction.atomic
def apne_igjen(evaluering: Evaluering, hvorfor: str):
    """Lets a finished evaluation be written in again; then only the coordinator sees it.
    The frozen file stays.

    Raises:
        ValidationError: when it is open already.
    """
    if not evaluering.er_ferdig:
        raise ValidationError(_("Evalueringen er åpen allerede."))
    evaluering.ferdig, evaluering.dokument = None, None
    evaluering.publisert = False
    with begrunnet(hvorfor):
        evaluering.full_clean()
        evaluering.save()


def ubesvart(evaluering: Evaluering, arbeid: Arbeid, bruker) -> list[str]:
    """What an evaluation does not say, in words: it may be finished all the same. 1
    query."""
    mangler = [
        _("Ikke besvart: %s") % Evaluering._meta.get_field(felt).verbose_name
        for felt in SPORSMAL
        if not getattr(evaluering, felt)
    ]
    if arbeid.igjen:
        om = {"antall": len(arbeid.igjen), "alle": arbeid.antall}
        mangler.append(_("%(antall)d av %(alle)d tiltak er ikke vurdert.") % om)
    spurt = i_evalueringen(evaluering, bruker)
    if not spurt.rader:
        mangler.append(_("Hvem som ble spurt, er ikke ført opp."))
    elif spurt.mangler:
        mangler.append(
            _("Ikke ført opp som spurt: %s") % ", ".join(map(str, spurt.mangler))
        )
    return mangler


def _frys(utgave, innhold):
    """Returns the frozen file with these bytes. The same ones are kept once."""
    sjekksum = sha256(innhold).hexdigest()
    kommune = utgave.kommune
    funnet = kommune.dokumenter.uten_innhold().filter(sha256=sjekksum).first()
    return funnet or Dokument.objects.create(
        kommune=kommune,
        slag=Dokument.Slag.EVALUERING,
        tittel=str(utgave.evaluering),
        filnavn=utgave.filnavn,
        sha256=sjekksum,
        storrelse=len(innhold),
        innhold=innhold,
    )
