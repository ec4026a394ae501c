"""Days and moments where the kommune is, and how far from today anybody plans."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


def i_lokal_tid(dag, klokkeslett):
    """Returns the moment as an aware datetime.

    Raises:
        ValidationError: the clock skips or repeats that time on that day, when it is
            put forward in March or back in October.
    """
    sone = timezone.get_default_timezone()
    tid = datetime.combine(dag, klokkeslett)
    forst, sist = tid.replace(tzinfo=sone), tid.replace(tzinfo=sone, fold=1)
    if forst.utcoffset() != sist.utcoffset():
        raise ValidationError(
            _(
                "Klokken stilles den %(dag)s, så klokkeslettet %(kl)s finnes ikke eller "
                "kommer to ganger da. Velg et annet."
            ),
            code="klokken_stilles",
            params={
                "dag": date_format(dag, "j. F Y"),
                "kl": date_format(tid, "H.i"),
            },
        )
    return forst


# Years that are mistyped, and would have the days of 8,000 years counted.
TIDLIGST = date(2000, 1, 1)


def senest():
    """The last day that anybody plans for."""
    return timezone.localdate() + timedelta(days=3653)


def for_langt_unna():
    return _("Skriv en dag fra år 2000 til ti år fram i tid.")


def _midnatt():
    """When today began."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min))


def midnatt(dag):
    """When the day begins, where the kommune is."""
    return i_lokal_tid(dag, time.min)
