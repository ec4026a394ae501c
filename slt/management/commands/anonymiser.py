"""Takes a person out of what is stored: a user, or a name in texts."""

from django.core.management.base import BaseCommand, CommandError

from slt.felles.anonymisering import anonymiser, anonymiser_navn
from slt.models import Bruker, Kommune


class Command(BaseCommand):
    help = (
        "Viser hva som skal til for å fjerne en person fra alt som er lagret, historikken "
        "med, og gjør det med --utfor. Rollen og endringene står, men ikke hvem det var."
    )

    def add_arguments(self, parser):
        hvem = parser.add_mutually_exclusive_group(required=True)
        hvem.add_argument("epost", nargs="?", help="brukerens adresse")
        hvem.add_argument(
            "--navn", help="et navn som står i tekster eller kontaktpunkter"
        )
        parser.add_argument(
            "--kommune", metavar="SLUG", help="bare tekstene til denne kommunen"
        )
        parser.add_argument(
            "--utfor", action="store_true", help="gjør det; kan ikke gjøres om"
        )

    def handle(self, *args, epost, navn, kommune, utfor, **options):
        if epost:
            if kommune:
                raise CommandError("En bruker hører ikke til én kommune.")
            resultat = anonymiser(_brukeren(epost), utfor=utfor)
        elif len(navn.strip()) < 4:
            raise CommandError("Skriv hele navnet: så korte ord står i andre ord.")
        else:
            hvor = _kommunen(kommune) if kommune else None
            resultat = anonymiser_navn(navn.strip(), kommune=hvor, utfor=utfor)
        self._skriv(resultat)
        if resultat.er_tomt:
            self.stdout.write("Fant ingenting å endre.")
        elif utfor:
            self.stdout.write("Det er gjort.")
        else:
            self.stdout.write("Ingenting er endret. Se over, og kjør med --utfor.")

    def _skriv(self, resultat):
        for rad in resultat.rader:
            self.stdout.write(f"Fjernes fra {rad}")
        for hva, antall in sorted(resultat.endret.items()):
            self.stdout.write(f"Fjernes fra {hva}: {antall}")
        for rad in resultat.frosset:
            self.stdout.write(f"Står slik det ble godkjent, og endres ikke: {rad}")
        for rad in resultat.nevnt:
            self.stdout.write(f"Nevnes også i {rad}. Se på det, og bruk --navn.")
        for varsel in resultat.varsler:
            self.stdout.write(f"Advarsel: {varsel}")
        for rad in resultat.adresser:
            self.stdout.write(f"Står i en adresse, som ikke endres: {rad}")


def _brukeren(epost):
    bruker = Bruker.objects.med_epost(epost).first()
    if bruker is None:
        raise CommandError("Det finnes ingen bruker med denne adressen.")
    return bruker


def _kommunen(slug):
    kommune = Kommune.objects.filter(slug=slug).first()
    if kommune is None:
        raise CommandError("Det finnes ingen kommune med denne adressen.")
    return kommune
