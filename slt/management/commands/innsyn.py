"""Writes all that is stored about a user, for whoever asks for insight."""

import json

from django.core.management.base import BaseCommand, CommandError

from slt.felles.innsyn import innsyn
from slt.models import Bruker


class Command(BaseCommand):
    help = "Skriver alt som er lagret om en bruker, som JSON."

    def add_arguments(self, parser):
        parser.add_argument("epost")

    def handle(self, *args, epost, **options):
        bruker = Bruker.objects.med_epost(epost).first()
        if bruker is None:
            raise CommandError("Det finnes ingen bruker med denne adressen.")
        self.stdout.write(json.dumps(innsyn(bruker), indent=2, ensure_ascii=False))
