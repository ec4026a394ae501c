"""Figures that were read are put in, or taken out again: all of them or none."""

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluering.models import Indikator, Kilde, Maling, Tallimport
from slt.grunn.historikk import Dor, opprett_mange, slett_mange, spor
from slt.models import Bruker, Kommune, Lokalomrade, Sted

EN_UKE = timedelta(days=7)
FELTER = (
    "indikator_id",
    "arstall",
    "verdi",
    "verdi_til",
    "sted_id",
    "lokalomrade_id",
    "kjonn",
    "trinn",
    "slag",
    "gruppe",
    "kilde_id",
)
PEKER_PA = {
    "indikator_id": Indikator,
    "sted_id": Sted,
    "lokalomrade_id": Lokalomrade,
    "kilde_id": Kilde,
}


def ta_vare_pa(
    *, kommune: Kommune, bruker: Bruker, navn: str, malinger: list[Maling]
) -> Tallimport:
    """Keeps what was read until somebody has looked at it; what nobody put in for a
    week is dropped."""
    glemte = kommune.tallimporter.filter(
        lagt_inn=None, lest__lt=timezone.now() - EN_UKE
    )
    for glemt in glemte:
        glemt.delete()
    rader = [
        [str(v) if isinstance(v, Decimal) else v for v in _verdier(maling)]
        for maling in malinger
    ]
    return Tallimport.objects.create(
        kommune=kommune, bruker=bruker, navn=navn, rader=rader, antall=len(rader)
    )


def _verdier(maling):
    return [getattr(maling, felt) for felt in FELTER]


def malinger(tallimport: Tallimport) -> list[Maling]:
    """The figures that are kept, not saved."""
    rader = [dict(zip(FELTER, rad, strict=True)) for rad in tallimport.rader]
    for rad in rader:
        for felt in ("verdi", "verdi_til"):
            rad[felt] = rad[felt] and Decimal(rad[felt])
    return [Maling(tallimport=tallimport, **rad) for rad in rader]


@transaction.atomic
def legg_inn(*, tallimport: Tallimport, bruker: Bruker) -> int:
    """Saves all figures of the import. Returns how many.

    Raises:
        ValidationError: what they belong to is gone, or somebody has entered one of them
            meanwhile; then none is saved.
    """
    tallimport = _last(tallimport)
    if tallimport.lagt_inn:
        raise ValidationError(_("Tallene er lagt inn før."))
    nye = malinger(tallimport)
    _sjekk_det_de_peker_pa(tallimport.kommune, nye)
    indikatorer = Indikator.objects.in_bulk({m.indikator_id for m in nye})
    for maling in nye:
        maling.indikator = indikatorer[maling.indikator_id]
        for verdi in (maling.verdi, maling.verdi_til):
            if verdi is not None and (feil := maling.indikator.feil_ved(verdi)):
                # The rules of the indicator were changed meanwhile.
                raise ValidationError(f"{maling.indikator}, {maling.arstall}: {feil}")
    try:
        with (
            transaction.atomic(),
            spor(Dor.IMPORT, bruker=bruker, begrunnelse=tallimport.navn),
        ):
            opprett_mange(nye)
    except IntegrityError as feil:
        raise ValidationError(
            _("Noen av tallene er ført opp siden du leste tabellen. Les den på nytt.")
        ) from feil
    tallimport.lagt_inn, tallimport.rader = timezone.now(), []
    tallimport.save()
    return len(nye)


def _sjekk_det_de_peker_pa(kommune, nye):
    for felt, modell in PEKER_PA.items():
        pker = {getattr(m, felt) for m in nye} - {None}
        if modell.objects.filter(kommune=kommune, pk__in=pker).count() != len(pker):
            raise ValidationError(
                _("Noe som tallene gjelder, er slettet siden. Les tabellen på nytt.")
            )


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
    Kommune.objects.select_for_update(no_key=True).get(pk=tallimport.kommune_id)
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
