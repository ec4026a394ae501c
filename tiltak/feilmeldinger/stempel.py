"""The stamp of a form that anybody may send: when its page was opened and what it is about.

Signed, so that nobody makes one without opening the page. Each is good for one message, and
neither at once, as robots send, nor on another day.
"""

from uuid import UUID, uuid4

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SALT = "tiltak.feilmelding"
# Seconds: what it takes to choose and press at least; and how long a page may stand open.
MINST, LENGST = 3, 24 * 3600

FOR_GAMMELT = ValidationError(
    _("Siden har stått åpen lenge. Se over det du skrev, og send igjen."),
    code="for_gammelt",
)
FOR_FORT = ValidationError(
    _("Det gikk litt fort. Vent noen sekunder, og send igjen."), code="for_fort"
)


def nytt(melding):
    """Returns a stamp for a message about what this one is about."""
    return signing.dumps([*_hva(melding), uuid4().hex], salt=SALT)


def les(stempel, melding):
    """Returns the UUID of what is sent with the stamp.

    Raises:
        ValidationError: it is none, of something else, or of a page that was opened too
            long or too short ago.
    """
    try:
        *hva, nr = signing.loads(stempel, salt=SALT, max_age=LENGST)
    except signing.BadSignature as feil:
        raise FOR_GAMMELT from feil
    if hva != _hva(melding):
        raise FOR_GAMMELT
    try:
        signing.loads(stempel, salt=SALT, max_age=MINST)
    except signing.SignatureExpired:
        return UUID(nr)
    raise FOR_FORT


def _hva(melding):
    return [melding.tjeneste_id, melding.kontaktpunkt_id]
