"""Hands one mail to the mail server, and tells what became of it: taken, refused, to be
tried again, or nobody knows."""

import re
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from slt.models import Utsending

Tilstand, Grunn = Utsending.Tilstand, Utsending.Grunn
# The server has said that it takes what comes now.
SKRIV_NA = 354
# Seconds to wait for what it says then: many look into a mail before they answer, and to give
# up too early makes it uncertain.
SVARFRIST = 60
# RFC 3463: the number in front of what a server says, which means the same everywhere.
_UTVIDET = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")
SIER_HVORFOR = {
    "5.1.1": Grunn.ADRESSE,
    "5.1.2": Grunn.ADRESSE,
    "5.1.3": Grunn.ADRESSE,
    "5.1.10": Grunn.ADRESSE,
    "5.2.2": Grunn.FULL,
    "4.2.2": Grunn.FULL,
}


@dataclass(frozen=True)
class Utfall:
    """What became of a mail.

    Attributes:
        tilstand: sendt, igjen, avvist or uvisst.
        grunn: why it did not go, or "".
        svar: the numbers of what the server said; its words may hold the address.
        gjelder_alle: whether others would fare the same now.
    """

    tilstand: str
    grunn: str = ""
    svar: str = ""
    gjelder_alle: bool = False


def lever(melding: EmailMessage) -> Utfall:
    """Hands it over, by a connection of its own; raises nothing.

    What the server says of the receiver (to RCPT) or the mail (to DATA) holds for this one.
    What it says before that is about the site, and is tried again whatever it says: else
    a password that was mistyped in the settings would refuse all that waits.
    """
    tjener = _tjeneren()
    try:
        try:
            tjener.open()
        except (OSError, SMTPException) as feil:
            return _ikke_inne(feil)
        try:
            if tjener.send_messages([melding]) == 0:
                return Utfall(Tilstand.AVVIST, Grunn.ADRESSE)  # there is none
        except Exception as feil:  # an address that cannot be read may raise anything
            forbindelse = getattr(tjener, "connection", None)
            return _utfallet(feil, getattr(forbindelse, "sist", None))
        return Utfall(Tilstand.SENDT)
    finally:
        # It has answered; what it says on good-bye changes nothing.
        with suppress(Exception):
            tjener.close()


def _tjeneren():
    tjener = get_connection()
    return SporetTjener() if type(tjener) is EmailBackend else tjener


def _ikke_inne(feil):
    if isinstance(feil, SMTPResponseException):
        return Utfall(Tilstand.IGJEN, Grunn.OSS, _numrene(feil), gjelder_alle=True)
    return Utfall(Tilstand.IGJEN, Grunn.KONTAKT, gjelder_alle=True)


def _utfallet(feil, sist):
    """Args:
    sist: the last number that the server said, or None.
    """
    if isinstance(feil, SMTPRecipientsRefused):
        # One receiver: one answer.
        [(kode, ord_)] = feil.recipients.values()
        return _avslaget(SMTPResponseException(kode, ord_))
    if isinstance(feil, smtplib.SMTPDataError) and feil.smtp_code // 100 in {4, 5}:
        return _avslaget(feil)
    if sist == SKRIV_NA or isinstance(feil, smtplib.SMTPDataError):
        return Utfall(Tilstand.UVISST, Grunn.UTEN_SVAR)
    if not isinstance(feil, OSError) or isinstance(feil, smtplib.SMTPNotSupportedError):
        return Utfall(Tilstand.AVVIST, Grunn.ADRESSE)  # it cannot even be written
    return _ikke_inne(feil)


def _avslaget(feil):
    numrene = _numrene(feil)
    hvorfor = SIER_HVORFOR.get(numrene.partition(" ")[2])
    # It closes the door: the others would meet the same.
    stenger = feil.smtp_code == 421
    if feil.smtp_code // 100 == 5:
        return Utfall(Tilstand.AVVIST, hvorfor or Grunn.AVSLATT, numrene)
    return Utfall(Tilstand.IGJEN, hvorfor or Grunn.OPPTATT, numrene, stenger)


def _numrene(feil):
    """Returns "550 5.1.1", or as much of it as was said."""
    ord_ = feil.smtp_error
    ord_ = ord_ if isinstance(ord_, bytes) else str(ord_).encode(errors="replace")
    utvidet = _UTVIDET.match(ord_)
    deler = [str(feil.smtp_code), *([utvidet[1].decode()] if utvidet else [])]
    return " ".join(deler)


class _Spor:
    """Remembers what the server said last, and waits longer once it has the mail."""

    sist = None

    def getreply(self):
        svar = super().getreply()
        self.sist = svar[0]
        if self.sist == SKRIV_NA:
            self.sock.settimeout(SVARFRIST)
        return svar


class SporetSMTP(_Spor, smtplib.SMTP):
    pass


class SporetSMTPMedTLS(_Spor, smtplib.SMTP_SSL):
    pass


class SporetTjener(EmailBackend):
    """Django's own, whose connection remembers how far it came."""

    @property
    def connection_class(self):
        return SporetSMTPMedTLS if self.use_ssl else SporetSMTP

    def close(self):
        """Says good-bye and waits for no answer: until this is over, nothing of the mail
        is written down, and who ends this process makes it uncertain."""
        forbindelse, self.connection = self.connection, None
        if forbindelse:
            try:
                forbindelse.putcmd("quit")
            finally:
                forbindelse.close()
