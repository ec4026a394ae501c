"""Mail to users, as plain text from a template."""

from logging import getLogger

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

logger = getLogger(__name__)


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
