"""What calendar programs are told of meetings: when, of which forum, the page of the
forum, and to those who see it from the inside, where. Never why, who or what about.

One VEVENT a meeting and no rules of repetition, so that each can be moved by itself. The
same rows give the same bytes.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

# To be raised when other things are said of the same rows: what is remembered of a feed
# made by an earlier release counts for nothing then.
FORMAT = 2
OSLO = ZoneInfo("Europe/Oslo")
HENTES_HVER = timedelta(hours=12)
_TIME = timedelta(hours=1)
_STYRETEGN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def feed(moter, *, navn, side):
    """A calendar as RFC 5545 has it, in the language of the moment.

    Args:
        moter: Mote rows with forum loaded, each with `innenfra`, whether place and link
            may be told.
        navn: what the calendar is called.
        side: returns the whole address of the page of a forum.

    Returns:
        bytes: UTF-8, lines of at most 75 octets that end in CRLF.
    """
    kalender = tom_kalender(navn, hva="moter")
    kalender.add_component(_sonen())
    for mote in moter:
        kalender.add_component(_hendelse(mote, side(mote.forum)))
    return kalender.to_ical()


def tom_kalender(navn, *, hva):
    """Returns a Calendar with nothing in it yet.

    Args:
        navn: what it is called.
        hva: what it is of, for programs.
    """
    from icalendar import Calendar, vText

    kalender = Calendar()
    kalender.add("prodid", f"-//SLT//{hva}//NO")
    kalender.add("version", "2.0")
    kalender.add("calscale", "GREGORIAN")
    kalender.add("method", "PUBLISH")
    for egenskap in ("name", "x-wr-calname"):
        # Said to be text, or its commas would not be escaped.
        kalender.add(egenskap, vText(en_linje(navn)))
    kalender.add("refresh-interval", HENTES_HVER, {"VALUE": "DURATION"})
    kalender.add("x-published-ttl", "PT12H")
    return kalender


def _hendelse(mote, side):
    from icalendar import Event

    hendelse = Event()
    # Whatever the site is called, a meeting stays the same one.
    hendelse.add("uid", f"{mote.uid}@slt")
    hendelse.add("sequence", mote.sekvens)
    endret = max(mote.endret, mote.forum.omdopt or mote.endret)
    hendelse.add("dtstamp", endret)
    hendelse.add("last-modified", endret)
    hendelse.add("dtstart", _lokalt(mote.start))
    hendelse.add("dtend", _lokalt(mote.slutt))
    hendelse.add("status", "CANCELLED" if mote.er_avlyst else "CONFIRMED")
    # Some programs do not look at the status.
    tittel = _("Avlyst: %s") % mote.forum if mote.er_avlyst else str(mote.forum)
    hendelse.add("summary", en_linje(tittel))
    if mote.innenfra and mote.sted:
        hendelse.add("location", en_linje(mote.sted))
    lenke = en_linje(mote.motelenke) if mote.innenfra else ""
    hendelse.add("description", _beskrivelse(lenke, en_linje(side)))
    hendelse.add("url", lenke or en_linje(side))
    return hendelse


def _beskrivelse(lenke, side):
    """Where to go, in words: not all programs show the URL of an event."""
    linjer = [_("Møtelenke: %s") % lenke] if lenke else []
    return "\n".join([*linjer, _("Om forumet: %s") % side])


def en_linje(tekst):
    """The text as one line, without the control characters that cannot be escaped."""
    return " ".join(_STYRETEGN.sub(" ", tekst).split())


def _lokalt(tid):
    """The time in Oslo; that of the hour that comes twice, when it is there the second
    time, in UTC, as a local time would be taken for the first."""
    lokal = tid.astimezone(OSLO)
    return tid.astimezone(UTC) if lokal.fold else lokal


@cache
def _sonen():
    """The time zone by its two rules, since 1996.

    Not icalendar's own `add_missing_timezones`: that lists the days of change one by one,
    which Outlook takes for summer or winter all year.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    sone = Timezone()
    sone.add("tzid", OSLO.key)
    for regel, navn, fra, til, maned, dag in (
        (TimezoneDaylight, "CEST", 1, 2, 3, datetime(1996, 3, 31, 2)),  # noqa: DTZ001
        (TimezoneStandard, "CET", 2, 1, 10, datetime(1996, 10, 27, 3)),  # noqa: DTZ001
    ):
        del_ = regel()
        del_.add("tzname", navn)
        del_.add("tzoffsetfrom", fra * _TIME)
        del_.add("tzoffsetto", til * _TIME)
        del_.add("dtstart", dag)
        del_.add("rrule", {"freq": "yearly", "byday": "-1su", "bymonth": maned})
        sone.add_component(del_)
    return sone
