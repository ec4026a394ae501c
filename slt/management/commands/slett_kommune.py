"""Deletes a kommune with all that is its own."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from slt.felles.statistikk import tell_opp
from slt.felles.uttrekk.fil import UttrekkFeil
from slt.felles.uttrekk.sletting import hindringer, innholdet, slett
from slt.grunn import pdflager
from slt.models import Kommune


class Command(BaseCommand):
    help = (
        "Viser alt som er lagret for en kommune, og sletter det med --slett, historikk "
        "og filer også. Kan ikke gjøres om: skriv det ut med «eksporter» først."
    )

    def add_arguments(self, parser):
        parser.add_argument("nummer", help="kommunenummer")
        parser.add_argument("--slett", action="store_true", help="gjør det")
        parser.add_argument(
            "--bekreft", metavar="NAVN", help="kommunens navn", default=""
        )

    def handle(self, *args, nummer, slett: bool, bekreft, **options):
        kommune = Kommune.objects.filter(nummer=nummer).first()
        if kommune is None:
            raise CommandError(f"Det finnes ingen kommune med nummer {nummer}.")
        self.stdout.write(f"{kommune}, kommunenummer {nummer}:")
        for hva, antall in innholdet(kommune):
            self.stdout.write(f"  {hva}: {antall}")
        if funnet := hindringer(kommune):
            for hindring in funnet:
                self.stdout.write(f"Henger sammen med en annen kommune: {hindring}")
            raise CommandError("Avslutt det som er sammen med andre kommuner, først.")
        if not slett:
            self.stdout.write(
                "Ingenting er slettet. Kjør med --slett --bekreft og navnet på kommunen."
            )
            return
        if bekreft.strip() != str(kommune):
            raise CommandError(f"Skriv --bekreft «{kommune}» for å slette.")
        self._slett(kommune)

    def _slett(self, kommune):
        navn = str(kommune)
        try:
            uten_tilgang = slett(kommune)
        except UttrekkFeil as feil:
            raise CommandError(str(feil)) from feil
        tell_opp()
        self.stdout.write(f"{navn} er slettet.")
        try:
            pdflager.tom()
        except OSError:
            # Another user's, perhaps, who runs the site.
            self.stdout.write(
                f"Tøm {settings.PDF_MAPPE} selv: Der ligger ferdige dokumenter, og de kunne "
                "ikke slettes."
            )
        for bruker in uten_tilgang:
            self.stdout.write(
                f"Har ikke tilgang til noe lenger: {bruker.epost}. Bruk «anonymiser»."
            )
