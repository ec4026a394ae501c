"""Loads the kommuner and plans that come with the software."""

from pathlib import Path

from django.conf import settings
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import DeserializationError
from django.db import transaction
from yaml import YAMLError

from slt.felles.grunndata import opprett_samlet
from slt.felles.statistikk import tell_opp
from slt.grunn.historikk import Dor, spor, uten_vern


class Command(BaseCommand):
    help = (
        "Laster kommuner og planer fra fixtures/. En fil der den første raden allerede "
        "finnes, blir stående urørt: det som er skrevet inn, beholdes."
    )

    def add_arguments(self, parser):
        parser.add_argument("filer", nargs="*", type=Path)

    def handle(self, *args, filer, **options):
        lastet = 0
        for fil in filer or medfolgende():
            lasting = spor(Dor.KOMMANDO, begrunnelse=f"Lastet {fil.name}")
            # A plan that was superseded comes with all that stands in it.
            with transaction.atomic(), lasting, uten_vern():
                antall = _last(fil)
            lastet += antall
            if antall:
                self.stdout.write(f"Lastet {antall} rader fra {fil.name}.")
            elif options["verbosity"] > 1:
                self.stdout.write(f"{fil.name} er lastet før.")
        if lastet:
            tell_opp()


def _last(fil):
    """Returns the number of rows saved; 0 when the file was loaded before.

    Not loaddata: that saves without checks and without history.

    Raises:
        CommandError: one line with file, row and reason.
    """
    try:
        rader = serializers.deserialize("yaml", fil.read_text(encoding="utf-8"))
    except (DeserializationError, OSError, ValueError) as feil:
        raise CommandError(f"{fil.name} kan ikke leses: {_en_linje(feil)}") from feil
    try:
        if _er_lastet(rader.stream):
            return 0
        with transaction.atomic():
            return opprett_samlet(rader.stream)
    except Exception:
        # Together they do not say which row is to blame; one by one they do.
        return _last_en_for_en(fil, rader)


def _er_lastet(innhold):
    [forste] = serializers.deserialize("python", innhold[:1])
    return forste.object.pk is not None


def _last_en_for_en(fil, rader):
    """Returns the number of rows saved.

    Raises:
        CommandError: as above.
    """
    antall = 0
    try:
        for rad in rader:
            # An address that is left out is made from the name when it is saved.
            uten = [] if getattr(rad.object, "slug", "") else ["slug"]
            rad.object.full_clean(exclude=uten)
            rad.object.save()
            antall += 1
    except (
        DeserializationError,
        ObjectDoesNotExist,
        TypeError,
        ValidationError,
        ValueError,
        YAMLError,
    ) as feil:
        typen = f" ({rad.object._meta.verbose_name})" if _gjelder_raden(feil) else ""
        raise CommandError(
            f"{fil.name}, rad {antall + 1}{typen}: {_en_linje(feil)}"
        ) from feil
    return antall


def _gjelder_raden(feil):
    """Whether the row was read; what could not be read has no kind to name."""
    return isinstance(feil, ValidationError)


def medfolgende():
    """The files in fixtures/; by stem, so that a kommune comes before its plan. Its
    knowledge, which names the tiltak that answer it, comes last."""
    filer = (settings.BASE_DIR / "fixtures").glob("*.yaml")
    return sorted(filer, key=lambda fil: (fil.stem.endswith("-kunnskap"), fil.stem))


def _en_linje(feil):
    if isinstance(feil, ValidationError):
        deler = getattr(feil, "message_dict", None) or {"": feil.messages}
        return "; ".join(
            f"{felt}: {' '.join(tekster)}" for felt, tekster in deler.items()
        )
    # Django's own error is empty where that of the YAML reader says what is wrong.
    return " ".join(str(feil).split()) or " ".join(str(feil.__cause__).split())
