"""Throws away what need not be kept any longer; to be run each night."""

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone

from slt.felles.anonymisering import FJERNET_EPOST, anonymiser, rader_med_retter
from slt.felles.rydding import RYDDER
from slt.felles.statistikk import tell_opp
from slt.models import Bruker, Forsok, Nokkellenke


class Command(BaseCommand):
    help = (
        "Sletter utløpte økter og forsøk og det ingen tok i bruk, og fjerner navn og adresse fra brukere som "
        "lenge ikke har hatt tilgang til noe."
    )

    def handle(self, *args, **options):
        call_command("clearsessions")
        na = timezone.now()
        forsok, _alle = Forsok.objects.filter(utloper__lte=na).delete()
        brukere = list(self._uten_tilgang(na))
        for bruker in brukere:
            anonymiser(bruker)
        tell_opp()
        self.stdout.write(
            f"Slettet {forsok} forsøk, anonymiserte {len(brukere)} brukere."
        )
        for rydd in RYDDER:
            self.stdout.write(rydd())

    def _uten_tilgang(self, na):
        """Those whose last access ended so long ago, and who have not logged in since."""
        grense = na - timedelta(days=settings.OPPBEVAR_BRUKER_DAGER)
        gammel = Q(last_login=None) | Q(last_login__lt=grense)
        brukere = Bruker.objects.filter(gammel, is_superuser=False)
        for bruker in brukere.exclude(epost__endswith=FJERNET_EPOST):
            # A link alone opens nothing that a right does not.
            egne = [
                rader
                for rader in rader_med_retter(bruker)
                if not issubclass(rader.model, Nokkellenke)
            ]
            slutt = [rad.til for rader in egne for rad in rader]
            # A right that ended on the day it was given is in the history alone.
            endret = [rader.model.historikk.filter(bruker=bruker) for rader in egne]
            nylig = any(
                historikk.filter(history_date__gte=grense).exists()
                for historikk in (Bruker.historikk.filter(id=bruker.pk), *endret)
            )
            if not nylig and all(til and til < grense.date() for til in slutt):
                yield bruker
