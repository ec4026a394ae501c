"""Takes a person out of what is stored: a user, or a name in texts."""

from django.core.management.base import BaseCommand, CommandError

from slt.felles.innsyn import anonymiser, anonymiser_navn
from slt.models import Bruker


class Command(BaseCommand):
    help = (
        "Fjerner en person fra alt som er lagret, historikken med. Rollen og endringene "
        "står, men ikke hvem det var."
    )

    def add_arguments(self, parser):
        hvem = parser.add_mutually_exclusive_group(required=True)
        hvem.add_argument("epost", nargs="?", help="brukerens adresse")
        hvem.add_argument(
            "--navn", help="et navn som står i tekster eller kontaktpunkter"
        )

    def handle(self, *args, epost, navn, **options):
        if epost:
            bruker = Bruker.objects.med_epost(epost).first()
            if bruker is None:
                raise CommandError("Det finnes ingen bruker med denne adressen.")
            resultat = anonymiser(bruker)
        elif len(navn.strip()) < 4:
            raise CommandError("Skriv hele navnet: så korte ord står i andre ord.")
        else:
            resultat = anonymiser_navn(navn.strip())
        for hva, antall in sorted(resultat.endret.items()):
            self.stdout.write(f"{hva}: {antall}")
        for rad in resultat.frosset:
            self.stdout.write(f"Står slik det ble godkjent, og er ikke endret: {rad}")
        for rad in resultat.nevnt:
            self.stdout.write(f"Nevnes også i {rad}. Se på det, og bruk --navn.")
        if not resultat.endret and not resultat.frosset:
            self.stdout.write("Fant ingenting.")
