"""The numbers of tiltak: their places in an innsatsområde."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from slt.grunn.historikk import parker
from tiltak.models import Tiltak

# Plans present tiltak roughly from the broad to the individual; what has no level yet
# comes last.
_NIVAER = [*Tiltak.Niva.values, ""]


def foreslatt_orden(innsatsomrade):
    """Returns the plasseringer of an innsatsområde by level, and within a level in the
    order that the coordinator gave them."""
    plasseringer = innsatsomrade.plasseringer.select_related("tiltak")
    return sorted(plasseringer, key=lambda p: (_NIVAER.index(p.tiltak.niva), p.nummer))


@transaction.atomic
def nummerer(*, innsatsomrade, orden):
    """Numbers the plasseringer 1, 2, 3 … in the given order.

    Args:
        orden: all plasseringer of the innsatsområde.

    Returns:
        The number of plasseringer that got another number.

    Raises:
        ValidationError: when the plan holds, and numbers stand.
    """
    if not innsatsomrade.plan.er_utkast:
        raise ValidationError(_("Planen gjelder, og da står numrene fast."))
    flyttes = []
    for nummer, plassering in enumerate(orden, start=1):
        if plassering.nummer != nummer:
            plassering.nummer = nummer
            flyttes.append(plassering)
    # Out of each other's way first: every number is taken by somebody.
    parker(flyttes, "nummer")
    for plassering in flyttes:
        plassering.save()
    return len(flyttes)
