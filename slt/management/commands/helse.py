"""Looks for what should never be there."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from slt.felles.helse import feil_i_radene
from slt.felles.koordinatorer import varsler_om_koordinator
from slt.models import Kommune, Utsending


class Command(BaseCommand):
    help = (
        "Finner rader som viser til en annen kommune, og slutter med feil når det er "
        "noen, eller når e-posten står stille. Nevner kommuner uten en SLT-koordinator "
        "som kan logge inn."
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
        if stans := _stans():
            raise CommandError(stans)


def _stans():
    """Says that mail should have gone and has not, or ""."""
    na = timezone.now()
    rader = Utsending.objects.skulle_ha_gatt(na).order_by("ikke_for")
    eldst = rader.values_list("ikke_for", flat=True).first()
    if eldst is None:
        return ""
    minutter = int((na - eldst).total_seconds() // 60)
    return (
        f"E-posten står stille: {rader.count()} venter, den eldste i {minutter} "
        "minutter. Kjører «manage.py utsending --lop»?"
    )
