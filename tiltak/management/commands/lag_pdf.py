"""Writes a plan as PDF."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from slt.grunn.pdf import PdfUtilgjengelig
from tiltak.models import Handlingsplan
from tiltak.pdf import lag_plan_pdf


class Command(BaseCommand):
    help = "Skriver planen til en kommune som PDF."

    def add_arguments(self, parser):
        parser.add_argument(
            "kommune", help="kommunens adresse, for eksempel lillestrom"
        )
        parser.add_argument(
            "--periode", help="for eksempel 2024-2028; ellers gjeldende"
        )
        parser.add_argument("--ut", type=Path, default=Path("plan.pdf"))

    def handle(self, *args, kommune, periode, ut, **options):
        planer = Handlingsplan.objects.select_related("kommune")
        planer = planer.for_periode(periode) if periode else planer.gjeldende()
        plan = planer.filter(kommune__slug=kommune).first()
        if plan is None:
            raise CommandError(f"Fant ingen slik plan for «{kommune}».")
        try:
            ut.write_bytes(lag_plan_pdf(plan))
        except PdfUtilgjengelig as feil:
            raise CommandError(str(feil)) from feil
        except OSError as feil:
            raise CommandError(f"Kan ikke skrive {ut}: {feil.strerror}.") from feil
        self.stdout.write(f"Skrev {ut}.")
