"""A sheet that came back is looked at, and put in or dropped."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from slt.grunn.historikk import Dor, spor
from slt.models import Bruker, Kommune
from tiltak.models import Handlingsplan, Regnearkimport
from tiltak.regneark.forskjeller import Forskjeller, sammenlign
from tiltak.regneark.innhold import Innhold
from tiltak.regneark.lagring import Avvist, Valgt, lagre

EN_UKE = timedelta(days=7)


class _Provd(Exception):  # noqa: N818
    """What was tried is taken back."""


def rydd_glemte() -> str:
    """Throws away the sheets that nobody put in for a week."""
    glemte = Regnearkimport.objects.filter(lest__lt=timezone.now() - EN_UKE)
    return f"Slettet {glemte.delete()[0]} regneark som ingen la inn."


def feil_ved(
    *, plan: Handlingsplan, bruker: Bruker, lest: dict
) -> list[tuple[str, str]]:
    """[(where in the file, what is wrong)] of a sheet whose words hold wherever it and the
    plan differ. It is saved and taken back: so all that looks after the plan has been
    asked. The kommune is locked."""
    k = Innhold(plan, bruker)
    f = sammenlign(k, lest)
    if f.feil:
        return f.feil
    alle = Valgt(arkets=frozenset(e.nokkel for e in f.konflikter))
    try:
        with transaction.atomic(), spor(Dor.IMPORT, bruker=bruker):
            lagre(k, f, alle)
            raise _Provd
    except _Provd:
        return []
    except Avvist as feil:
        return feil.feil
    except ValidationError as feil:
        return [("", melding) for melding in feil.messages]


def forskjellene(rad: Regnearkimport, bruker: Bruker) -> tuple[Innhold, Forskjeller]:
    """What a sheet that is kept says otherwise than the plan does now."""
    k = Innhold(rad.plan, bruker)
    return k, sammenlign(k, rad.lest_innhold)


@transaction.atomic
def legg_inn(
    *,
    rad: Regnearkimport,
    bruker: Bruker,
    sett: str,
    valgt: Valgt,
    begrunnelse: str = "",
) -> int:
    """Saves what somebody has looked at. Returns how many rows were made, changed or
    removed.

    Args:
        sett: the mark of the Forskjeller that they saw.

    Raises:
        ValidationError: the plan was changed meanwhile where the sheet changes it, or
            something is wrong; then nothing is saved.
    """
    Kommune.objects.las_med_naboer(rad.kommune_id)
    k, f = forskjellene(rad, bruker)
    if f.merke != sett:
        raise ValidationError(
            _(
                "Planen er endret siden du så på forskjellene. Ingenting er lagret. Se hva "
                "som står her nå."
            )
        )
    with spor(Dor.IMPORT, bruker=bruker, begrunnelse=begrunnelse or rad.navn):
        antall = lagre(k, f, valgt)
    rad.delete()
    return antall
