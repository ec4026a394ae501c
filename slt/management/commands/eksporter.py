"""Writes one kommune's data to a file that `importer` reads."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from slt.felles.uttrekk.fil import UttrekkFeil
from slt.felles.uttrekk.skriv import skriv
from slt.models import Kommune


class Command(BaseCommand):
    help = (
        "Skriver alt som er lagret for en kommune, med historikk og filer, til en fil "
        "som «importer» legger inn i en tom installasjon."
    )

    def add_arguments(self, parser):
        parser.add_argument("kommune", help="kommunenummer")
        parser.add_argument("--ut", type=Path, help="filen; ellers <nummer>.zip")

    def handle(self, *args, kommune, ut, **options):
        rad = Kommune.objects.filter(nummer=kommune).first()
        if rad is None:
            raise CommandError(f"Det finnes ingen kommune med nummer {kommune}.")
        ut = ut or Path(f"{rad.nummer}.zip")
        try:
            manifest = skriv(rad, ut)
        except UttrekkFeil as feil:
            raise CommandError(str(feil)) from feil
        medlemmer = manifest["medlemmer"]
        rader = sum(medlem["rader"] for medlem in medlemmer.values())
        filer = sum(navn.startswith("filer/") for navn in medlemmer)
        self.stdout.write(
            f"Skrev {ut}: {rad}, {rader} rader og "
            f"{filer} {'fil' if filer == 1 else 'filer'}, "
            f"{ut.stat().st_size / 1_000_000:.1f} MB."
        )
        for linje in manifest["utelatt"]:
            self.stdout.write(f"Ikke med, for en annen kommune holder det: {linje}")
        self.stdout.write(
            "Filen har alt som er internt, og adressene til brukerne. Den er ikke kryptert."
        )
