"""The year of a kommune for calendar programs: what has a day, as days, not as times. The
same things give the same bytes."""

from datetime import UTC, datetime, time
from hashlib import blake2b

from django.utils.text import capfirst

from moter.kalender.ical import en_linje, tom_kalender
from slt.felles.arshjul import Punkt, Slag
from slt.grunn.uker import EN_DAG


def feed(punkter: list[Punkt], *, navn, nummer, hele):
    """A calendar as RFC 5545 has it, in the language of the moment.

    Args:
        navn: what the calendar is called.
        nummer: the number of the kommune, so that others' days are other ones.
        hele: returns the whole address of a page.

    Returns:
        bytes: UTF-8, lines of at most 75 octets that end in CRLF.
    """
    kalender = tom_kalender(navn, hva="arshjul")
    brukt = set()
    for punkt in punkter:
        uid = _uid(punkt, nummer)
        if uid not in brukt:
            brukt.add(uid)
            kalender.add_component(_hendelse(punkt, uid, hele))
    return kalender.to_ical()


def _hendelse(punkt, uid, hele):
    from icalendar import Event  # slow, and most processes never ask

    hendelse = Event()
    hendelse.add("uid", uid)
    # Not when it was written, which nobody knows: then each asking would give others.
    hendelse.add("dtstamp", datetime.combine(punkt.fra, time.min, UTC))
    hendelse.add("dtstart", punkt.fra)
    hendelse.add("dtend", (punkt.til or punkt.fra) + EN_DAG)
    hendelse.add("summary", en_linje(punkt.tittel))
    hendelse.add("categories", [capfirst(Slag(punkt.slag).label)])
    hendelse.add("transp", "TRANSPARENT")  # nobody is busy by it
    if punkt.nar:
        hendelse.add("description", en_linje(capfirst(punkt.nar)))
    if punkt.adresse:
        hendelse.add("url", en_linje(hele(punkt.adresse)))
    return hendelse


def _uid(punkt, nummer):
    deler = (punkt.slag, punkt.tittel, punkt.adresse, str(punkt.fra), str(punkt.til))
    merke = blake2b("\n".join(deler).encode(), digest_size=12).hexdigest()
    return f"arshjul-{nummer}-{merke}@slt"
