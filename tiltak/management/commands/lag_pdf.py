"""Writes a plan, or a part of it, as PDF."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from slt.felles.dokument import InnholdetEndret
from slt.grunn.pdf import PdfFeil, tegn
from tiltak.dokument import Utgave
from tiltak.models import Handlingsplan


class Command(BaseCommand):
    help = "Skriver planen til en kommune som PDF."

    def add_arguments(self, parser):
        parser.add_argument(
            "kommune", help="kommunens adresse: det første leddet i nettadressen"
        )
        parser.add_argument(
            "--plan",
            help="planens adresse, for eksempel 2024-2028; ellers den som gjelder",
        )
        parser.add_argument("--innsatsomrade", default="", help="bare dette området")
        parser.add_argument("--tjeneste", default="", help="bare tjenestens tiltak")
        parser.add_argument("--kort", action="store_true", help="planen på én side")
        parser.add_argument("--ut", type=Path, default=Path("plan.pdf"))

    def handle(self, *args, kommune, plan, ut, **options):
        planer = Handlingsplan.objects.filter(kommune__slug=kommune)
        planer = planer.select_related("kommune")
        plan = (
            planer.filter(slug=plan).first()
            if plan
            else planer.gjeldende().i_rekker().first()
        )
        if plan is None:
            raise CommandError(f"Fant ingen slik plan for «{kommune}».")
        valg = {navn: options[navn] for navn in ("innsatsomrade", "tjeneste", "kort")}
        utgave = Utgave(plan, **valg)
        if not utgave.finnes:
            raise CommandError("Planen har ingen slik del.")
        try:
            # Not by the kept files: whoever runs this may not be the site's user.
            ut.write_bytes(tegn(utgave.oppdrag()))
        except InnholdetEndret as feil:
            raise CommandError("Noen lagret noe imens. Prøv igjen.") from feil
        except PdfFeil as feil:
            raise CommandError(str(feil)) from feil
        except OSError as feil:
            raise CommandError(f"Kan ikke skrive {ut}: {feil.strerror}.") from feil
        self.stdout.write(f"Skrev {ut}.")
