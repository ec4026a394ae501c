"""A mail server on this machine, for tests: it keeps what it takes, and fails as it is
told to. And a database that several processes share."""

import os
import signal
import socket
import traceback
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from django.db import connection, connections


class Postkasse:
    """Takes all, and keeps it: `brev` is [(receiver, content)].

    Attributes:
        ved: called with the name of each place that a mail comes by, "MAIL", "RCPT" or
            "DATA" (when it is kept already); what it returns is the answer, None for yes.
    """

    def __init__(self, ved=None):
        self.brev, self.steder = [], 0
        self.ved = ved or (lambda sted, server: None)

    async def _ved(self, sted, server):
        self.steder += 1
        svar = self.ved(sted, server)
        return (await svar) if hasattr(svar, "__await__") else svar

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        return await self._ved("MAIL", server) or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        svar = await self._ved("RCPT", server) or "250 OK"
        if svar.startswith("2"):
            envelope.rcpt_tos.append(address)
        return svar

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.brev += [(til, envelope.content) for til in envelope.rcpt_tos]
        return await self._ved("DATA", server) or "250 OK"

    @property
    def mottakere(self):
        return sorted(til for til, _innhold in self.brev)


@contextmanager
def tjener(settings, postkasse):
    """Mail goes to the Postkasse while inside."""
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    kontroller = Controller(postkasse, hostname="127.0.0.1", port=port)
    kontroller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    try:
        yield postkasse
    finally:
        kontroller.stop()


@contextmanager
def delt_base(sti):
    """A database as that of the tests, which other processes see, too. In place of one in
    memory, all is done in an empty one in a file meanwhile."""
    if connection.vendor != "sqlite":
        yield
        return
    i_minnet = connections["default"]
    with i_minnet.cursor() as leser:
        leser.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE "
            "'sqlite\\_%%' ESCAPE '\\' ORDER BY type DESC"
        )
        tabellene = [sql for (sql,) in leser.fetchall()]
    egen = connections.create_connection("default")
    egen.settings_dict = {**egen.settings_dict, "NAME": str(sti)}
    connections["default"] = egen
    with egen.cursor() as skriver:
        for sql in tabellene:
            skriver.execute(sql)
    try:
        yield
    finally:
        egen.close()
        connections["default"] = i_minnet


def i_barn(arbeid):
    """Starts a process of its own that does the work; returns its id."""
    egen = connections["default"]
    egen.close()  # two may not talk on one line, nor hold one lock
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        for tegn in (signal.SIGTERM, signal.SIGINT):
            signal.signal(tegn, signal.SIG_DFL)
        ny = connections.create_connection("default")
        ny.settings_dict = egen.settings_dict
        connections["default"] = ny
        arbeid()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def ventet(pid):
    """Waits for it; returns its exit status, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
