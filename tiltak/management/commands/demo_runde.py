"""Gives the trial installation a first round that is not sent. Plans name nobody who
answers for a tjeneste: the addresses are made up, and lead nowhere."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from slt.grunn.historikk import Dor, spor
from slt.models import Kommune
from tiltak.models import Runde, Tjeneste
from tiltak.runder.lop import lag_runde


class Command(BaseCommand):
    help = (
        "Legger et utkast til en runde klart til prøving, og finner på hvem som svarer for "
        "tjenestene, i en kommune som ikke har hatt runder."
    )

    def add_arguments(self, parser):
        parser.add_argument("--kommune", default="3205", help="kommunenummer")

    @transaction.atomic
    def handle(self, *args, kommune, **options):
        kommune = Kommune.objects.filter(nummer=kommune).first()
        tjenester = Tjeneste.objects.sporres().filter(kommune=kommune)
        if Runde.objects.filter(kommune=kommune).exists() or not tjenester:
            return
        with spor(Dor.KOMMANDO, begrunnelse="Oppdiktede adresser til prøving"):
            for tjeneste in tjenester.filter(svaransvarlig=""):
                tjeneste.svaransvarlig = f"{tjeneste.slug}@example.org"
                tjeneste.save()
            runde = lag_runde(kommune, timezone.localdate())
        self.stdout.write(f"La et utkast klart i {kommune}: {runde}.")
