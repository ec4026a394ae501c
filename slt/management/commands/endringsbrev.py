"""Tells those who asked for it what changed, by mail; to be run each night."""

from django.core.management.base import BaseCommand

from slt.endringer.brev import legg_endringsbrev


class Command(BaseCommand):
    help = (
        "Legger e-post om det som er endret, i utboksen for dem som har bedt om den: "
        "høyst én i måneden til hver. Kjørt to ganger gjør den ingenting den andre gangen."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"La {legg_endringsbrev()} e-poster i utboksen.")
