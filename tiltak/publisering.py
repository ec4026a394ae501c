"""What is new in a plan that holds: seen by those who write it, until it is published."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from slt.grunn.historikk import parker
from tiltak.models import Innsatsomrade, Kapittel, Tiltak

# {as it stands in addresses: model}
PUBLISERES = {
    "innsatsomrade": Innsatsomrade,
    "kapittel": Kapittel,
    "tiltak": Tiltak,
}


def upubliserte(plan):
    """Returns [(key of PUBLISERES, rows)] of what is not public yet of a plan that holds,
    the deltiltak with their tiltak known; 3 queries."""
    if plan.er_utkast:
        return []
    alle = [
        (hva, list(modell.objects.upubliserte_i(plan)))
        for hva, modell in PUBLISERES.items()
    ]
    return [(hva, rader) for hva, rader in alle if rader]


def antall_upubliserte(plan):
    """Returns how many rows that are; 1 query."""
    if plan.er_utkast:
        return 0
    forste, *resten = (
        modell.objects.upubliserte_i(plan).order_by().values("pk")
        for modell in PUBLISERES.values()
    )
    return forste.union(*resten, all=True).count()


@transaction.atomic
def publiser(rad):
    """Makes public what is new in a plan that holds. A tiltak gets its number, and takes
    its deltiltak along.

    Raises:
        ValidationError: while what it stands in is not public.
    """
    if isinstance(rad, Tiltak):
        _sjekk_stedet(rad)
        _gi_numre(rad)
        for del_ in rad.deltiltak.filter(publisert=False):
            publiser(del_)
    rad.publisert = True
    rad.save()


def _sjekk_stedet(tiltak):
    if tiltak.overordnet_id:
        if not tiltak.overordnet.publisert:
            raise ValidationError(_("Publiser først tiltaket det er del av."))
    elif not tiltak.plasseringer.filter(innsatsomrade__publisert=True).exists():
        raise ValidationError(
            _("Gi først tiltaket en plass i et innsatsområde som er publisert.")
        )


def _gi_numre(tiltak):
    """The next number after those that are public, at each of its places; others that
    wait move behind it."""
    for sted in tiltak.plasseringer.select_related("innsatsomrade"):
        stedene = sted.innsatsomrade.plasseringer
        siste = stedene.filter(tiltak__publisert=True).aggregate(n=Max("nummer"))["n"]
        ventende = stedene.filter(tiltak__publisert=False).exclude(pk=sted.pk)
        flyttes = [sted, *ventende.order_by("nummer")]
        parker(flyttes, "nummer")
        for nummer, plassering in enumerate(flyttes, start=(siste or 0) + 1):
            plassering.nummer = nummer
            plassering.save()
