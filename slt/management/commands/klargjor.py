"""Makes a trial installation ready, in one process: Django is slow to start."""

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Gjør en prøveinstallasjon klar: oppdaterer databasen, laster kommuner og planer "
        "fra fixtures/, finner på det som skal prøves, og lager en SLT-koordinator å logge inn som."
    )

    def handle(self, *args, **options):
        call_command("migrate", verbosity=0)
        call_command("last_grunndata", stdout=self.stdout)
        # What the apps have to try on; who logs in is said last.
        for navn in sorted(get_commands()):
            if navn.startswith("demo_") and navn != "demo_bruker":
                call_command(navn, stdout=self.stdout)
        call_command("demo_bruker", stdout=self.stdout)
