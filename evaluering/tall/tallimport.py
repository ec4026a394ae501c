"""Figures that were read are put in, or taken out again: all of them or none."""

import hashlib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluering.models import Maling, Tallimport
from evaluering.tall.innlesing import Innlest, Tolker
from slt.grunn.historikk import Dor, opprett_mange, slett_mange, spor
from slt.models import Bruker, Kommune

EN_UKE = timedelta(days=7)


def ta_vare_pa(
    *, kommune: Kommune, bruker: Bruker, navn: str, innlest: Innlest
) -> Tallimport:
    """Keeps the table that was read until somebody has looked at it: for a week."""
    return Tallimport.objects.create(
        kommune=kommune,
        bruker=bruker,
        navn=navn,
        rader=innlest.rader,
        antall=len(innlest.malinger),
    )


def rydd_glemte() -> str:
    """Throws away the tables that nobody put in for a week: they may hold few persons
    that no page shows."""
    glemte = Tallimport.objects.filter(lagt_inn=None, lest__lt=timezone.now() - EN_UKE)
    antall = len([glemt.delete() for glemt in glemte])
    return f"Slettet {antall} tabeller som ingen la inn."


def les_igjen(tallimport: Tallimport) -> Innlest:
    """What the table that is kept is understood as now.

    Raises:
        ValidationError: the table as a whole is of no use any more.
    """
    return Tolker(tallimport.kommune).tolk(tallimport.rader)


def merke(malinger: list[Maling]) -> str:
    """What marks these figures, and of what they are: two tables that are understood
    alike have the same."""
    felter = (*Maling.NOKKEL, "verdi", "verdi_til", "merke", "kilde_id")
    verdier = [[getattr(maling, felt) for felt in felter] for maling in malinger]
    return hashlib.blake2b(repr(verdier).encode(), digest_size=8).hexdigest()


@transaction.atomic
def legg_inn(*, tallimport: Tallimport, bruker: Bruker, sett: str) -> int:
    """Saves all figures of the import. Returns how many.

    Args:
        sett: the `merke` of the figures that somebody has looked at.

    Raises:
        ValidationError: the table is understood otherwise now, as what it names is gone
            or has another name, or one of the figures was entered meanwhile; then none
            is saved.
    """
    tallimport = _last(tallimport)
    if tallimport.lagt_inn:
        raise ValidationError(_("Tallene er lagt inn før."))
    # All who write in the kommune wait: what is read now holds until it is saved.
    innlest = les_igjen(tallimport)
    if innlest.feil or merke(innlest.malinger) != sett:
        raise ValidationError(
            _(
                "Noe som tabellen viser til, er endret siden du så på den. Ingen tall "
                "er lagt inn. Se hva som står her nå."
            )
        )
    for maling in innlest.malinger:
        maling.tallimport = tallimport
    with spor(Dor.IMPORT, bruker=bruker, begrunnelse=tallimport.navn):
        opprett_mange(innlest.malinger)
    tallimport.lagt_inn, tallimport.rader = timezone.now(), []
    tallimport.save()
    return len(innlest.malinger)


@transaction.atomic
def forkast(*, tallimport: Tallimport) -> None:
    """Drops what was looked at and not put in.

    Raises:
        ValidationError: it is put in.
    """
    tallimport = _last(tallimport)
    if tallimport.lagt_inn:
        raise ValidationError(_("Tallene er lagt inn før."))
    tallimport.delete()


def _last(tallimport):
    """The import as it stays until the transaction is over. The kommune first, as all
    who write do, or two would wait for each other."""
    Kommune.objects.las(tallimport.kommune_id)
    return Tallimport.objects.select_for_update().get(pk=tallimport.pk)


@transaction.atomic
def angre(*, tallimport: Tallimport, bruker: Bruker) -> int:
    """Takes out all figures that came with the import, also those changed since. Returns
    how many there were.

    Raises:
        ValidationError: it was not put in, or is undone.
    """
    tallimport = _last(tallimport)
    if not tallimport.lagt_inn or tallimport.angret:
        raise ValidationError(_("Importen er ikke lagt inn, eller den er angret."))
    rader = list(tallimport.malinger.select_related("indikator"))
    begrunnelse = _("Angret: %s") % tallimport.navn
    with spor(Dor.IMPORT, bruker=bruker, begrunnelse=begrunnelse):
        slett_mange(rader)
    tallimport.angret = timezone.now()
    tallimport.save()
    return len(rader)
