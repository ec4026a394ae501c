"""Mail to users, as plain text from a template."""

from logging import getLogger
from threading import Thread

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

logger = getLogger(__name__)

TRAD = "epost"  # the name of the threads


def hele_adressen(request, sti):
    """Returns the address of a page for a mail: by SITE_URL where it is set, for the
    host that somebody asked by is not to be trusted."""
    if settings.SITE_URL:
        return settings.SITE_URL.rstrip("/") + sti
    return request.build_absolute_uri(sti)


def send(til, emne, mal, kontekst):
    """Sends one message; returns whether the mail server took it."""
    melding = EmailMessage(
        subject=" ".join(str(emne).split()),
        body=render_to_string(mal, kontekst).strip() + "\n",
        to=[til],
    )
    try:
        melding.send()
    except OSError as feil:  # smtplib's errors are OSErrors, too
        logger.error("mail was not sent: %s", type(feil).__name__)
        return False
    return True


def ved_siden(arbeid):
    """Does `arbeid()`, which sends mail and asks no database, beside the request: how long
    the answer takes then says nothing of whether anything was sent."""

    def gjor():
        try:
            arbeid()
        except Exception as feil:  # nobody waits for it
            logger.error("mail was not sent: %s", type(feil).__name__)

    # No daemon: a server that is told to stop sends it first.
    Thread(target=gjor, name=TRAD).start()
