"""Tells those who asked for it what changed, by mail; to be run each night."""

from django.core.management.base import BaseCommand, CommandError

from slt.endringer.brev import legg_endringsbrev


class Command(BaseCommand):
    help = (
        "Legger e-post om det som er endret, i utboksen for dem som har bedt om den: "
        "høyst én i måneden til hver. Kjørt to ganger gjør den ingenting den andre gangen."
    )

    def handle(self, *args, **options):
        lagt, feilet = legg_endringsbrev()
        self.stdout.write(f"La {lagt} e-poster i utboksen.")
        if feilet:
            raise CommandError(f"{feilet} e-poster kunne ikke lages; se loggen.")
