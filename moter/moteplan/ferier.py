"""School holidays as schools write them, in a calendar file or as text: pure. What is read
is shown to somebody before it is put in."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

EN_DAG = timedelta(days=1)
FREDAG = timedelta(days=4)
# A day without a year is the next one, or one of the school year that has begun.
NYLIG = timedelta(days=60)
FLEST = 60
FLEST_LINJER = 400
LENGSTE_LINJE = 300
MANEDER = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")  # fmt: skip

_MANED = (
    r"(?P<maned>jan(?:uar)?|feb(?:ruar)?|mars?|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?)\b\.?"
)
_AR = r"(?P<ar>20[0-9]{2})\b"
_DATO = re.compile(
    r"(?<![0-9.])(?:"
    r"(?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})"
    rf"|(?P<dag>[0-9]{{1,2}})\. ?(?:{_MANED}|(?P<nr>[0-9]{{1,2}})\.)"
    rf"(?: ?{_AR}|(?P<kort>[0-9]{{2}})\b)?"
    rf"|(?P<dagen>[0-9]{{1,2}}) {_MANED.replace('maned', 'maneden')}"
    rf"(?: {_AR.replace('ar', 'aret', 1)})?"
    # "22.–26. februar": the month of the second is that of the first.
    r"|(?P<bare>[0-9]{1,2})\.?(?= ?- ?[0-9]{1,2}\.? ?[a-z]{3})"
    r")",
    re.IGNORECASE,
)
_UKE = re.compile(
    r"\b(?:uke|veke|vk\.) ?([0-9]{1,2})(?: ?- ?([0-9]{1,2}))?", re.IGNORECASE
)
_ARSTALL = re.compile(r"\b20[0-9]{2}\b")
_UKEDAG = re.compile(r"\b(?:man|tirs|ons|tors|fre|lør|søn)(?:dag)?\b\.?", re.IGNORECASE)
_STREKER = re.compile("[\u2010-\u2014\u2212]")


class Uleselig(ValueError):  # noqa: N818
    """The file is no calendar."""


@dataclass(frozen=True)
class Ferie:
    """A holiday that was read: what it is called, its first and its last day."""

    navn: str
    fra: date
    til: date


# Calendar files -----------------------------------------------------------------------


def les_ics(innhold: bytes) -> list[Ferie]:
    """Returns the first `FLEST` events with a day, in their order.

    Raises:
        Uleselig: it is no calendar file.
    """
    from icalendar import Calendar

    try:
        hendelser = Calendar.from_ical(innhold.decode("utf-8-sig")).walk("VEVENT")
        ferier = [ferie for h in hendelser if (ferie := _hendelsen(h))]
    except Exception as feil:
        # A broken file breaks the library in ways that it does not list, some of them as
        # late as when a day is asked for.
        raise Uleselig from feil
    return sorted(ferier, key=lambda ferie: ferie.fra)[:FLEST]


def _hendelsen(hendelse):
    fra = getattr(hendelse.get("DTSTART"), "dt", None)
    til = getattr(hendelse.get("DTEND"), "dt", None)
    if not isinstance(fra, date):
        return None
    forste, siste = _dag(fra), _dag(til or fra)
    # The day on which it ends is not part of what lasts whole days.
    if til and not isinstance(til, datetime):
        siste -= EN_DAG
    navn = " ".join(str(hendelse.get("SUMMARY", "")).split())
    return Ferie(navn, forste, max(forste, siste))


def _dag(tid):
    if not isinstance(tid, datetime):
        return tid
    return timezone.localdate(tid) if tid.tzinfo else tid.date()


# Text ---------------------------------------------------------------------------------


def les_tekst(tekst: str, *, i_dag: date) -> tuple[list[Ferie], list[str]]:
    """Returns (what was read, the lines in which no day was found)."""
    ferier, uleste = [], []
    for linje in tekst.splitlines()[:FLEST_LINJER]:
        ren = " ".join(linje[:LENGSTE_LINJE].split())
        if not ren:
            continue
        ferie = _linjen(_STREKER.sub("-", ren), i_dag)
        if ferie and len(ferier) < FLEST:
            ferier.append(ferie)
        else:
            uleste.append(ren)
    return ferier, uleste


def _linjen(linje, i_dag):
    treff = list(_DATO.finditer(linje))[:2]
    try:
        if treff:
            dager = _dagene([_lest(t) for t in treff], i_dag)
        elif uke := _UKE.search(linje):
            treff, dager = [uke], _ukene(uke, linje, i_dag)
        else:
            return None
    except ValueError:  # 31 April, week 60
        return None
    return Ferie(_navnet(linje, treff), dager[0], dager[-1])


def _lest(treff):
    """(year, month, day) of a date; None for what it does not say."""
    deler = treff.groupdict()
    if deler["iso"]:
        return tuple(map(int, deler["iso"].split("-")))
    ar = deler["ar"] or deler["aret"] or (deler["kort"] and f"20{deler['kort']}")
    maned = deler["maned"] or deler["maneden"]
    nummer = MANEDER.index(maned[:3].lower()) + 1 if maned else deler["nr"]
    dag = deler["dag"] or deler["dagen"] or deler["bare"]
    return ar and int(ar), nummer and int(nummer), int(dag)


def _dagene(leste, i_dag):
    """The first and the last day, where one may say what the other leaves out."""
    (ar, maned, dag), (siste_ar, siste_maned, siste_dag) = leste[0], leste[-1]
    maned = maned or siste_maned
    if maned is None:
        raise ValueError(leste)
    siste_maned = siste_maned or maned
    over_nyttar = (siste_maned, siste_dag) < (maned, dag)
    if ar is None and siste_ar is not None:
        ar = siste_ar - over_nyttar
    fra = date(ar, maned, dag) if ar else _neste(i_dag, maned, dag)
    til = date(siste_ar or fra.year + over_nyttar, siste_maned, siste_dag)
    return fra, max(fra, til)


def _neste(i_dag, maned, dag):
    i_ar = date(i_dag.year, maned, dag)
    return i_ar if i_ar >= i_dag - NYLIG else date(i_dag.year + 1, maned, dag)


def _ukene(treff, linje, i_dag):
    """From Monday of the first week to Friday of the last."""
    forste, siste = int(treff[1]), int(treff[2] or treff[1])
    arstall = _ARSTALL.search(linje)
    ar = int(arstall[0]) if arstall else i_dag.year
    mandag = date.fromisocalendar(ar, forste, 1)
    if not arstall and mandag < i_dag - NYLIG:
        mandag = date.fromisocalendar(ar + 1, forste, 1)
    siste_ar = mandag.isocalendar().year + (siste < forste)
    return mandag, date.fromisocalendar(siste_ar, siste, 1) + FREDAG


def _navnet(linje, treff):
    """What stands before the days, or else after them, without weekdays and years."""
    for del_ in (linje[: treff[0].start()], linje[treff[-1].end() :]):
        for monster in (_UKEDAG, _UKE, _ARSTALL):
            del_ = monster.sub(" ", del_)
        del_ = re.sub(r"(?:\bf\.?o\.?m\.?|\bfra(?: og med)?)\W*$", "", del_.rstrip())
        navn = " ".join(del_.split()).strip(" :;,.-–()|/")
        if navn:
            return navn
    return ""
