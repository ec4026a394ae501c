"""Days and moments where the kommune is, and how far from today anybody plans."""

import re
from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from slt.grunn.limt import forenklet


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


# What people write -------------------------------------------------------------------

IKKE_DATO = _(
    "Dette er ikke en dato. Skriv for eksempel 1. februar 2027 eller 1.2.2027."
)
IKKE_KLOKKESLETT = _("Skriv et klokkeslett, for eksempel 08.30.")
MANEDER = (
    *("januar", "februar", "mars", "april", "mai", "juni", "juli"),
    *("august", "september", "oktober", "november", "desember"),
)
# In bokmål and in nynorsk, Monday first.
UKEDAGER = (
    {"mandag", "måndag"},
    {"tirsdag", "tysdag"},
    {"onsdag"},
    {"torsdag"},
    {"fredag"},
    {"lørdag", "laurdag"},
    {"søndag", "sundag"},
)
_SKILLE = r"[ ./,-]{1,3}"
_DAG, _MND, _AR = "(?P<dag>[0-9]{1,2})", "(?P<mnd>[0-9]{1,2})", "(?P<ar>[0-9]{4})"
_ORD = r"(?P<ord>[a-z]{3,9})\.?"
# The year may have two digits where the day and the month are plainly before it.
_KORT_AR = "(?P<ar>[0-9]{4}|'?[0-9]{2})"
_DATOFORMER = [
    re.compile(form)
    for form in (
        f"{_AR}-{_MND}-{_DAG}",
        f"{_AR}[./]{_MND}[./]{_DAG}",
        f"{_DAG}{_SKILLE}{_MND}{_SKILLE}{_KORT_AR}",
        f"{_DAG}{_SKILLE}?{_ORD}(?:{_SKILLE})?{_KORT_AR}",
        "(?P<dag>[0-9]{2})(?P<mnd>[0-9]{2})(?P<ar>(?:19|20|21)?[0-9]{2})",
        f"{_AR}(?P<mnd>[0-9]{{2}})(?P<dag>[0-9]{{2}})",
    )
]
_UKEDAG = re.compile(r"(?P<ukedag>[a-zæøå]{3,7}dag),? (?:den )?(?P<resten>.*)")
_KLOKKESLETT = re.compile(
    "(?:(?:kl|klokken|klokka)[. ]*)?"
    "([0-9]{1,2})(?:[.:, ]?([0-9]{2})(?:[.:]([0-9]{2}))?)?[.]?"
)


def les_dag(tekst):
    """Returns the day that the text says: 1. februar 2027, 1. feb 27, 1/2-27, 1.2.2027,
    010227, 2027-02-01, måndag 1. februar 2027.

    Raises a ValidationError for all else, and where the day of the week is another.
    """
    tekst = forenklet(tekst).lower().rstrip(". ")
    if ukedag := _UKEDAG.fullmatch(tekst):
        tekst = ukedag["resten"]
    dag = _dag_i(tekst.removeprefix("den "))
    if dag is None:
        raise ValidationError(IKKE_DATO, code="invalid")
    if ukedag and ukedag["ukedag"] not in UKEDAGER[dag.weekday()]:
        raise ValidationError(
            _("%(dag)s er en %(ukedag)s. Rett datoen eller ta bort ukedagen."),
            code="ukedag",
            params={
                "dag": date_format(dag, "j. F Y"),
                "ukedag": Ukedag(dag.weekday()).label,
            },
        )
    return dag


def _dag_i(tekst):
    """The first day that the text is, in the order of the forms; None without any."""
    for form in _DATOFORMER:
        if treff := form.fullmatch(tekst):
            deler = treff.groupdict()
            maned = _maned(deler["ord"]) if "ord" in deler else int(deler["mnd"])
            try:
                return date(_ar(deler["ar"]), maned, int(deler["dag"]))
            except ValueError:
                continue
    return None


def _maned(ordet):
    """The number of the month: written in full, or its first letters; 0 for none."""
    for nummer, navn in enumerate(MANEDER, 1):
        if navn.startswith(ordet):
            return nummer
    return 0


def _ar(sifre):
    """The year; of one with two digits, the one that is nearest."""
    ar = int(sifre.lstrip("'"))
    if len(sifre.lstrip("'")) == 4:
        return ar
    ar += i_ar() // 100 * 100
    if ar > i_ar() + 50:
        return ar - 100
    return ar + 100 if ar < i_ar() - 49 else ar


def les_klokkeslett(tekst):
    """Returns the time of day that the text says: 9, 0900, 9.00, 09:00, kl. 9.

    Raises a ValidationError for all else.
    """
    treff = _KLOKKESLETT.fullmatch(forenklet(tekst).lower())
    try:
        return time(*(int(del_ or 0) for del_ in treff.groups()))
    except (AttributeError, ValueError) as feil:
        raise ValidationError(IKKE_KLOKKESLETT, code="invalid") from feil


class _Lest:
    """Mixin for a field of a form: reads what people write, and shows what it read in
    one form; what it cannot read stays as it was typed."""

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        return self.les(value) if forenklet(value) else None

    def prepare_value(self, value):
        try:
            lest = isinstance(value, str) and self.to_python(value)
        except ValidationError:
            return value
        return self.widget.format_value(lest) if lest else value


class Dagfelt(_Lest, forms.DateField):
    """A field of a form for a day, however it is written."""

    les = staticmethod(les_dag)


class Klokkefelt(_Lest, forms.TimeField):
    """A field of a form for a time of day, however it is written."""

    widget = forms.TimeInput(format="%H.%M")
    les = staticmethod(les_klokkeslett)


# Fields ------------------------------------------------------------------------------


class Klokkeslett(models.TimeField):
    """A field for a time of day as people write it."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": Klokkefelt, **kwargs})


class Dag(models.DateField):
    """A field for a day as people write it; a day at the ends of time is refused. A
    subclass has narrower limits in place of these: one day is told of one limit."""

    default_validators = [sjekk_dag]

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": Dagfelt, **kwargs})


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


def tidsrom(fra, til):
    """The time between two days in words, no closer than it is known: "2020", "mars–juni
    2020", "5. mars 2020"; "" without a day. Without the last one it is the first alone."""
    if fra is None:
        return ""
    if til is None or fra == til:
        return date_format(fra, "j. F Y")
    form = "j. F Y"
    if fra.day == 1 and (til + timedelta(days=1)).day == 1:
        form = "Y" if (fra.month, til.month) == (1, 12) else "F Y"
    forst, sist = date_format(fra, form), date_format(til, form)
    if forst == sist:
        return sist
    if fra.year == til.year and form != "Y":
        forst = forst.removesuffix(f" {fra.year}")
    return f"{forst} – {sist}" if " " in forst else f"{forst}–{sist}"
