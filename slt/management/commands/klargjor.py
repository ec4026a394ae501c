"""Makes a trial installation ready, in one process: Django is slow to start."""

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Gjør en prøveinstallasjon klar: oppdaterer databasen, laster kommuner og planer "
        "fra fixtures/ og lager en SLT-koordinator å logge inn som."
    )

    def handle(self, *args, **options):
        call_command("migrate", verbosity=0)
        call_command("last_grunndata", stdout=self.stdout)
        call_command("demo_bruker", stdout=self.stdout)
