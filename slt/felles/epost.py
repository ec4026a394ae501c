"""Mail to users, from a template of plain text."""

from logging import getLogger
from threading import Thread
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections
from django.http.request import split_domain_port
from django.template.loader import render_to_string
from django.utils import timezone

from slt.felles.posttjener import lever
from slt.felles.utsending import legg_i_kassen, send_na
from slt.models import Utsending

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


def brev(mal, kontekst, *, kommune=None):
    """Returns {"tekst", "html"} of a mail, from a template of plain text."""
    return brev_av(render_to_string(mal, kontekst), kommune=kommune)


def brev_av(tekst, *, kommune=None):
    """Returns the same of a text: paragraphs with an empty line between them. What it says
    as HTML is the same, word for word; its addresses are links."""
    tekst = tekst.strip() + "\n"
    html = render_to_string("epost/brev.html", {"tekst": tekst, "kommune": kommune})
    return {"tekst": tekst, "html": html}


def send(til, emne, mal, kontekst, *, slag, kommune=None, varer=None):
    """Puts one message into the outbox, and tries it at once; returns what became of it,
    an Utsending.Tilstand.

    Args:
        varer: a timedelta after which it would be of no use, or None.
    """
    rad = legg_i_kassen(
        slag=slag,
        kommune=kommune,
        til=til,
        emne=_en_linje(emne),
        senest=timezone.now() + varer if varer else None,
        **brev(mal, kontekst, kommune=kommune),
    )
    tilstand = send_na(rad)
    if tilstand != Utsending.Tilstand.SENDT:
        logger.error("mail %s was not sent: %s", rad.pk, tilstand)
    return tilstand


def send_uten_spor(til, emne, mal, kontekst):
    """Sends one message to somebody of whom nothing is stored, past the outbox; returns
    whether the mail server took it."""
    melding = EmailMessage(
        subject=_en_linje(emne),
        body=render_to_string(mal, kontekst).strip() + "\n",
        to=[til],
        headers={"Auto-Submitted": "auto-generated"},
    )
    utfall = lever(melding)
    if utfall.tilstand != Utsending.Tilstand.SENDT:
        logger.error("mail was not sent: %s", utfall.grunn)
    return utfall.tilstand == Utsending.Tilstand.SENDT


def _en_linje(emne):
    return " ".join(str(emne).split())


def ved_siden(arbeid):
    """Does `arbeid()`, which sends mail, beside the request: how long the answer takes
    then says nothing of whether anything was sent."""

    def gjor():
        try:
            arbeid()
        except Exception as feil:  # nobody waits for it
            logger.error("mail was not sent: %s", type(feil).__name__)
        finally:
            connections.close_all()  # those of this thread

    # No daemon: a server that is told to stop sends it first.
    Thread(target=gjor, name=TRAD).start()
