"""Days and moments where the kommune is, and how far from today anybody plans."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
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


FORSTE_DAG, SISTE_DAG = date(1900, 1, 1), date(2199, 12, 31)


def sjekk_dag(dag):
    """Raises a ValidationError for a day that nobody means: the year is mistyped, and
    reckoning from it would leave the calendar."""
    if not FORSTE_DAG <= dag <= SISTE_DAG:
        raise ValidationError(
            _("Året er skrevet feil. Skriv et år fra 1900 til 2199."), code="dag"
        )


def sjekk_kommet(dag):
    """Raises a ValidationError for a day that has not come, and as `sjekk_dag` does."""
    if dag > timezone.localdate():
        raise ValidationError(
            _("Datoen er ikke kommet ennå. Fyll den ut når det skjer."), code="dag"
        )
    sjekk_dag(dag)


# Years that are mistyped, and would have the days of 8,000 years counted.
TIDLIGST = date(2000, 1, 1)


def senest():
    """Returns the last day that anybody plans for."""
    return timezone.localdate() + timedelta(days=3653)


def sjekk_plandag(dag):
    """Raises a ValidationError for a day that nobody plans for."""
    if not TIDLIGST <= dag <= senest():
        raise ValidationError(
            _("Skriv en dag fra år 2000 til ti år fram i tid."), code="dag"
        )


def i_ar():
    """Returns the year that is now."""
    return timezone.localdate().year


class Dag(models.DateField):
    """A field for a day as people write it; a day at the ends of time is refused. A
    subclass has narrower limits in place of these: one day is told of one limit."""

    default_validators = [sjekk_dag]


class KommetDag(Dag):
    """A day on which something came about."""

    default_validators = [sjekk_kommet]


class Plandag(Dag):
    """A day that somebody plans for."""

    default_validators = [sjekk_plandag]


class Ukedag(models.IntegerChoices):
    """The days of a week, as Python numbers them."""

    MANDAG = 0, _("mandag")
    TIRSDAG = 1, _("tirsdag")
    ONSDAG = 2, _("onsdag")
    TORSDAG = 3, _("torsdag")
    FREDAG = 4, _("fredag")
    LORDAG = 5, _("lørdag")
    SONDAG = 6, _("søndag")


def midnatt(dag=None):
    """Returns when the day begins where the kommune is; without a day, when today began."""
    return i_lokal_tid(dag or timezone.localdate(), time.min)


def dekket_til(tidsrom):
    """Returns the last day until which times follow from today on without a gap; date.max
    where one of them has no end, yesterday where none holds today.

    Args:
        tidsrom: (first day, last day or None) of each, by their first days.
    """
    nadd = timezone.localdate() - timedelta(days=1)
    for fra, til in tidsrom:
        if nadd == date.max or fra > nadd + timedelta(days=1):
            break
        nadd = max(nadd, til or date.max)
    return nadd
