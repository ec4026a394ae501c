"""Serves the site in production."""

import errno
import os
import resource
import signal
import socket
import sys
import threading
from contextlib import suppress

import waitress
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from slt.wsgi import application

# Open connections of one process; waitress holds them without a thread each.
FORBINDELSER = 1000
# Longer requests are refused before they are read; a plan may be a file of 25 MB.
LENGST = 30_000_000
# Why an address cannot be answered on.
HVORFOR = {
    errno.EADDRINUSE: "porten er opptatt",
    errno.EACCES: "porten er forbeholdt systemet",
    errno.EADDRNOTAVAIL: "maskinen har ikke denne adressen",
}
# Seconds after which a connection on which nothing comes is closed.
TAUS = 60


def uten_kropp(program):
    """Answers HEAD with the headers alone. Waitress leaves that to the application, and
    Django to the server: what came after them would be read as the next answer."""

    def svar(environ, start_response):
        kropp = program(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return kropp
        if hasattr(kropp, "close"):
            kropp.close()
        return []

    return svar


class Command(BaseCommand):
    help = (
        "Serverer nettstedet i drift, i flere prosesser. En forespørsel leses helt før "
        "den får en tråd, så de som sender sakte, ikke holder de andre oppe."
    )

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="adressen å svare på")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prosesser", type=int, default=2)
        parser.add_argument("--trader", type=int, default=2, help="i hver prosess")

    def handle(self, *, host, port, prosesser, trader, **options):
        if prosesser < 1 or trader < 1:
            raise CommandError("Det må være minst én prosess, og minst én tråd i hver.")
        lytter = _lytter(host, port)
        _flere_forbindelser()
        # The processes read of it, and nobody writes: its end tells them that this one
        # is gone.
        slutt, apen = os.pipe()
        connections.close_all()
        barn = {_start(lytter, trader, slutt, apen) for _nr in range(prosesser)}
        vert = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Serverer http://{vert}:{lytter.getsockname()[1]}/")
        self.stdout.flush()

        def stopp(*_args):
            for pid in barn:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)

        signal.signal(signal.SIGTERM, stopp)
        signal.signal(signal.SIGINT, stopp)
        forste, status = os.wait()
        # One that ended by itself takes the others along: what watches over services
        # starts them all anew.
        barn.discard(forste)
        stopp()
        while barn:
            barn.discard(os.wait()[0])
        sys.exit(os.waitstatus_to_exitcode(status))


def _lytter(host, port):
    """Returns a socket that listens there.

    Raises:
        CommandError: one line that says why it cannot.
    """
    if not 0 <= port <= 65535:
        raise CommandError(f"Port {port} finnes ikke: skriv et tall fra 0 til 65535.")
    try:
        familie, *_mer, adresse = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(adresse, family=familie, backlog=FORBINDELSER)
    except UnicodeError as feil:  # a name with an empty part, or a very long one
        raise CommandError(f"«{host}» er ingen adresse.") from feil
    except socket.gaierror as feil:
        raise CommandError(f"Fant ikke adressen «{host}».") from feil
    except OSError as feil:
        hvorfor = HVORFOR.get(feil.errno, feil.strerror)
        raise CommandError(
            f"Kan ikke svare på {host}, port {port}: {hvorfor}."
        ) from feil


def _flere_forbindelser():
    """Each takes a file descriptor, of which many systems give 1,024 unless asked."""
    _mykt, hardt = resource.getrlimit(resource.RLIMIT_NOFILE)
    onsket = 2 * FORBINDELSER
    mykt = onsket if hardt == resource.RLIM_INFINITY else min(onsket, hardt)
    resource.setrlimit(resource.RLIMIT_NOFILE, (mykt, hardt))


def _start(lytter, trader, slutt, apen):
    """Returns the id of a new process, which serves until it is told to stop."""
    if pid := os.fork():
        return pid
    os.close(apen)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process passes it on
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    threading.Thread(target=_foreldrelos, args=[slutt], daemon=True).start()
    status = 1
    try:
        waitress.create_server(
            uten_kropp(application),
            sockets=[lytter],
            threads=trader,
            connection_limit=FORBINDELSER,
            max_request_body_size=LENGST,
            channel_timeout=TAUS,
            asyncore_use_poll=True,
            # X-Forwarded-Proto and -For are the proxy's to set, see docs/drift.md.
            clear_untrusted_proxy_headers=False,
            ident=None,
        ).run()
        status = 0
    finally:
        os._exit(status)  # nothing of what the first process began is its to end


def _foreldrelos(slutt):
    """Ends this process when the first one is gone, however that came about."""
    os.read(slutt, 1)
    os.kill(os.getpid(), signal.SIGTERM)
