"""Makes the rounds that kommuner have planned, reminds, and closes; to be run each night."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from tiltak.runder.natt import kjor


class Command(BaseCommand):
    help = (
        "Lager rundene som kommunene har planlagt for denne uken, sender dem som går av "
        "seg selv, minner om fristen der det er valgt, og lukker runder der lenkene er "
        "gått ut. Kjørt to ganger gjør den ingenting den andre gangen."
    )

    def handle(self, *args, **options):
        natt = kjor(timezone.localdate())
        self.stdout.write(
            f"Laget {natt.laget} runder, la {natt.lagt} e-poster i utboksen, lukket "
            f"{natt.lukket} runder."
        )
