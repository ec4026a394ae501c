"""What an evaluation does not say yet."""

from django.utils.translation import gettext as _

from evaluering.medvirkning.oversikt import i_evalueringen
from evaluering.models import Evaluering
from evaluering.vurdering.arbeidet import Arbeid
from evaluering.vurdering.forhandsutfylt import SPORSMAL


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
