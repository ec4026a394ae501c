"""Looks for what should never be there."""

from django.core.management.base import BaseCommand, CommandError

from slt.felles.helse import feil_i_radene
from slt.felles.koordinatorer import varsler_om_koordinator
from slt.models import Kommune


class Command(BaseCommand):
    help = (
        "Finner rader som viser til en annen kommune, og slutter med feil når det er "
        "noen. Nevner kommuner uten en SLT-koordinator som kan logge inn."
    )

    def handle(self, *args, **options):
        funn = 0
        for modell, pk, felt in feil_i_radene():
            funn += 1
            self.stderr.write(
                f"{modell._meta.verbose_name} {pk}: feltet "
                f"«{felt.verbose_name}» viser til en annen kommune"
            )
        kommuner = Kommune.objects.all()
        varsler = varsler_om_koordinator(kommuner)
        for kommune in kommuner:
            # It is the kommune's to see to, and no fault of the data.
            if varsel := varsler[kommune.pk]:
                self.stdout.write(f"Advarsel: {kommune}: {varsel}")
        if funn:
            raise CommandError(f"{funn} feil. Rett dem i administrasjonen.")
        self.stdout.write("Ingen rader viser til en annen kommune.")
