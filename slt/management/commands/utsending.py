"""Sends the mail that waits."""

import logging
import os
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from slt.felles.utsending import send_alt
from slt.models import Utsending

logger = logging.getLogger(__name__)

# Seconds between two looks at the outbox, and while the mail server takes nothing.
HVERT, NEDE = 5, 60


class Command(BaseCommand):
    help = "Sender e-posten som venter. Flere kan kjøre samtidig: hver e-post sendes av én."

    def add_arguments(self, parser):
        hva = parser.add_mutually_exclusive_group()
        hva.add_argument(
            "--lop", action="store_true", help="fortsett til noen sier stopp"
        )
        hva.add_argument(
            "--prov",
            action="store_true",
            help="si hva som ville gått, og send ikke noe",
        )
        parser.add_argument(
            "--hvert",
            type=float,
            default=HVERT,
            help="sekunder mellom hver gang (med --lop)",
        )
        parser.add_argument(
            "--til-stdin-lukkes",
            action="store_true",
            help="slutt når den som startet dette, er borte (med --lop)",
        )

    def handle(self, *, lop, prov, hvert, til_stdin_lukkes, **options):
        if prov:
            self._prov()
        elif lop:
            self._lop(_stopper(til_stdin_lukkes), hvert)
        else:
            telling, er_nede = send_alt()
            self.stdout.write(_i_ord(telling))
            if er_nede:
                self.stdout.write("E-posttjeneren tar ikke imot noe nå.")

    def _prov(self):
        """Numbers and kinds alone: to whom is nobody's to read over a shoulder."""
        rader = Utsending.objects.som_kan_ga(timezone.now()).order_by("ikke_for", "pk")
        rader = rader.select_related("kommune")
        antall = 0
        for rad in rader.iterator(chunk_size=500):
            antall += 1
            hvor = rad.kommune or "uten kommune"
            self.stdout.write(f"{rad.pk}: {rad.get_slag_display()}, {hvor}: {rad.emne}")
        self.stdout.write(f"{antall} ville gått nå.")

    def _lop(self, stopp, hvert):
        self.stdout.write("Sender e-posten som venter.")
        self.stdout.flush()
        while not stopp.is_set():
            er_nede = False
            try:
                telling, er_nede = send_alt(stopp.is_set)
            except DatabaseError as feil:
                # It may be started anew; what it said may hold an address.
                logger.error("outbox out of reach: %s", type(feil).__name__)
                er_nede = True
            else:
                if telling:
                    self.stdout.write(_i_ord(telling))
                    self.stdout.flush()
            close_old_connections()
            stopp.wait(NEDE if er_nede else hvert)


def _stopper(til_stdin_lukkes):
    """Returns an event that is set when this is to end: what is being sent is sent first."""
    stopp = threading.Event()
    for tegn in (signal.SIGTERM, signal.SIGINT):
        signal.signal(tegn, lambda *_args: stopp.set())
    if til_stdin_lukkes:

        def vent():
            while os.read(0, 1024):
                pass
            stopp.set()

        threading.Thread(target=vent, daemon=True).start()
    return stopp


def _i_ord(telling):
    if not telling:
        return "Ingenting ventet."
    navn = dict(Utsending.Tilstand.choices)
    return ", ".join(f"{navn[t]}: {n}" for t, n in sorted(telling.items()))
