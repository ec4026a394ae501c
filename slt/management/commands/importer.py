"""Puts a kommune that `eksporter` wrote into an installation that is empty."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from slt.felles.uttrekk.fil import UttrekkFeil
from slt.felles.uttrekk.les import les


class Command(BaseCommand):
    help = (
        "Legger en kommune som «eksporter» skrev, inn i en tom installasjon: alt, eller "
        "ingenting. Brukerne kommer uten passord og må inviteres."
    )

    def add_arguments(self, parser):
        parser.add_argument("fil", type=Path)

    def handle(self, *args, fil, **options):
        try:
            manifest = les(fil)
        except UttrekkFeil as feil:
            raise CommandError(str(feil)) from feil
        rader = sum(medlem["rader"] for medlem in manifest["medlemmer"].values())
        self.stdout.write(f"La inn {manifest['kommune']['navn']}: {rader} rader.")
        for linje in manifest.get("utelatt", ()):
            self.stdout.write(f"Ikke med, for en annen kommune holdt det: {linje}")
        self.stdout.write(
            "Ingen av brukerne har passord. Lag en administrator med «createsuperuser», "
            "og inviter dem på nytt fra siden Tilganger."
        )
