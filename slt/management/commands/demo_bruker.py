"""Gives the trial installation somebody to log in as."""

import secrets

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from slt.models import Bruker, Kommune, Tilgang

EPOST = "koordinator@example.org"


class Command(BaseCommand):
    help = "Lager en SLT-koordinator til prøving, med nytt passord hver gang."

    def add_arguments(self, parser):
        parser.add_argument("--kommune", default="3205", help="kommunenummer")

    @transaction.atomic
    def handle(self, *args, kommune, **options):
        try:
            kommune = Kommune.objects.get(nummer=kommune)
        except Kommune.DoesNotExist as feil:
            raise CommandError(
                f"Kommune {kommune} finnes ikke. Kjør «manage.py last_grunndata» først."
            ) from feil
        bruker = Bruker.objects.filter(epost=EPOST).first() or Bruker(
            epost=EPOST, navn="SLT-koordinator (prøve)"
        )
        passord = secrets.token_urlsafe(12)
        bruker.set_password(passord)
        bruker.save()
        Tilgang.objects.get_or_create(
            bruker=bruker,
            kommune=kommune,
            rolle=Tilgang.Rolle.KOORDINATOR,
            til=None,
        )
        self.stdout.write(f"Logg inn som {EPOST} med passordet {passord}")
