"""Loads the kommuner and plans that come with the software."""

from pathlib import Path

from django.conf import settings
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import DeserializationError
from django.db import transaction
from yaml import YAMLError

from slt.grunn.historikk import Dor, spor


class Command(BaseCommand):
    help = (
        "Laster kommuner og planer fra fixtures/. En fil der den første raden allerede "
        "finnes, blir stående urørt: det som er skrevet inn, beholdes."
    )

    def add_arguments(self, parser):
        parser.add_argument("filer", nargs="*", type=Path)

    def handle(self, *args, filer, **options):
        for fil in filer or _medfolgende():
            try:
                with (
                    transaction.atomic(),
                    spor(Dor.KOMMANDO, grunn=f"Lastet {fil.name}"),
                ):
                    antall = self._last(fil)
            except (DeserializationError, YAMLError, OSError) as feil:
                raise CommandError(
                    f"{fil.name} kan ikke leses: {_en_linje(feil)}"
                ) from feil
            if antall:
                self.stdout.write(f"Lastet {antall} rader fra {fil.name}.")
            elif options["verbosity"] > 1:
                self.stdout.write(f"{fil.name} er lastet før.")

    def _last(self, fil):
        """Returns the number of rows saved; 0 when the file was loaded before.

        Not loaddata: that saves without checks and without history.
        """
        antall = 0
        for rad in serializers.deserialize("yaml", fil.read_text(encoding="utf-8")):
            if not antall and rad.object.pk:
                return 0
            try:
                rad.object.full_clean(exclude=["slug"])
            except (ValidationError, ObjectDoesNotExist) as feil:
                navn = rad.object._meta.verbose_name
                raise CommandError(
                    f"{fil.name}, rad {antall + 1} ({navn}): {_en_linje(feil)}"
                ) from feil
            rad.object.save()
            antall += 1
        return antall


def _medfolgende():
    """The files in fixtures/; by stem, so that a kommune comes before its plan."""
    filer = (settings.BASE_DIR / "fixtures").glob("*.yaml")
    return sorted(filer, key=lambda fil: fil.stem)


def _en_linje(feil):
    if isinstance(feil, ValidationError):
        deler = getattr(feil, "message_dict", None) or {"": feil.messages}
        return "; ".join(
            f"{felt}: {' '.join(tekster)}" for felt, tekster in deler.items()
        )
    return " ".join(str(feil).split())
