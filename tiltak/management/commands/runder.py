"""Makes the rounds that kommuner have planned; to be run each night."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from tiltak.runder.lop import lag_planlagte


class Command(BaseCommand):
    help = (
        "Lager rundene som kommunene har planlagt for denne uken, og sender dem som går "
        "av seg selv. Kjørt to ganger gjør den ingenting den andre gangen."
    )

    def handle(self, *args, **options):
        laget, lagt = lag_planlagte(timezone.localdate())
        self.stdout.write(f"Laget {laget} runder, la {lagt} e-poster i utboksen.")
