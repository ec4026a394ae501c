"""Makes the meetings of all series about a year ahead; to be run each night."""

from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone

from moter.models import Forum, Moteserie
from moter.moteplan.serier import fyll


class Command(BaseCommand):
    help = "Legger inn møtene i alle løpende møteserier, omtrent ett år fram."

    def handle(self, *args, **options):
        serier = Moteserie.objects.filter(
            Q(til=None) | Q(til__gte=timezone.localdate()),
            forum__in=Forum.objects.virksomme(),
        )
        antall = [len(fyll(serie=serie)) for serie in serier.select_related("forum")]
        self.stdout.write(
            f"Gikk gjennom {len(antall)} møteserier, la inn {sum(antall)} møter."
        )
