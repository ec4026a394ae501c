"""Writes what is stored about a person, for whoever asks for insight."""

import json

from django.core.management.base import BaseCommand, CommandError

from slt.felles.innsyn import innsyn, innsyn_navn
from slt.models import Bruker


class Command(BaseCommand):
    help = "Skriver alt som er lagret om en bruker eller et navn, som JSON."

    def add_arguments(self, parser):
        hvem = parser.add_mutually_exclusive_group(required=True)
        hvem.add_argument("epost", nargs="?", help="brukerens e-postadresse")
        hvem.add_argument(
            "--navn", help="et navn som står i tekster eller kontaktpunkter"
        )

    def handle(self, *args, epost, navn, **options):
        if epost:
            bruker = Bruker.objects.med_epost(epost).first()
            if bruker is None:
                raise CommandError("Det finnes ingen bruker med denne adressen.")
            funnet = innsyn(bruker)
        elif len(navn.strip()) < 4:
            raise CommandError("Skriv hele navnet: så korte ord står i andre ord.")
        else:
            funnet = innsyn_navn(navn.strip())
        self.stdout.write(json.dumps(funnet, indent=2, ensure_ascii=False))
