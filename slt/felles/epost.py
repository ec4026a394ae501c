"""Mail to users, as plain text from a template."""

from logging import getLogger
from threading import Thread
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.http.request import split_domain_port
from django.template.loader import render_to_string

logger = getLogger(__name__)

TRAD = "epost"  # the name of the threads


def hele_adressen(request, sti):
    """Returns the address of a page, to show whoever is asking: by SITE_URL where it is
    set, else by the host that they asked by."""
    if settings.SITE_URL:
        return settings.SITE_URL.rstrip("/") + sti
    return request.build_absolute_uri(sti)


def nettsted_i_epost(request):
    """Returns the site's own (scheme, host) for a mail to somebody else: by SITE_URL.

    Where that is empty, by the host that was asked by, which ALLOWED_HOSTS knows; its
    port is whatever the asker wrote, and is left out but for development.
    """
    if settings.SITE_URL:
        sted = urlsplit(settings.SITE_URL)
        return sted.scheme, sted.netloc
    vert = request.get_host()
    if not settings.DEBUG:
        vert, _port = split_domain_port(vert)
    return request.scheme, vert


def adresse_i_epost(request, sti):
    """Returns the address of a page for a mail."""
    if settings.SITE_URL:
        return hele_adressen(request, sti)
    protokoll, vert = nettsted_i_epost(request)
    return f"{protokoll}://{vert}{sti}"


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
