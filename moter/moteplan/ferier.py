"""School holidays as schools write them, in a calendar file or as text: pure. What is read
is shown to somebody before it is put in, beside what was not read."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from slt.grunn.tid import FORSTE_DAG, SISTE_DAG

EN_DAG = timedelta(days=1)
FREDAG = timedelta(days=4)
# A day without a year is the next one, or one of the school year that has begun.
NYLIG = timedelta(days=60)
FLEST = 60
# Longer than a summer holiday is a mistyped day.
FLEST_DAGER = 120
FLEST_LINJER = 400
LENGSTE_LINJE = 300
MANEDER = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")  # fmt: skip

_MANED = (
    r"(?P<maned>jan(?:uar)?|feb(?:ruar)?|mars?|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?)\b\.?"
)
_UKEDAGEN = r"\b(?:man|tirs|ons|tors|fre|lør|søn)(?:dag)?\b\.?"
_TIL = r"(?:-|\btil(?: og med)?\b|\bt\.?o\.?m\b\.?)"
_OG = r"(?:,? ?\bog\b|[,&+/])"
_AR = r"(?P<ar>20[0-9]{2})\b"
_DATO = re.compile(
    r"(?<![0-9.])(?:"
    r"(?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})"
    rf"|(?P<dag>[0-9]{{1,2}})\. ?(?:{_MANED}|(?P<nr>[0-9]{{1,2}})\.)"
    rf"(?: ?{_AR}|(?P<kort>[0-9]{{2}})\b)?"
    rf"|(?P<dagen>[0-9]{{1,2}}) {_MANED.replace('maned', 'maneden')}"
    rf"(?: {_AR.replace('ar', 'aret', 1)})?"
    # "22.–26. februar": the month of the second is that of the first.
    r"|(?P<bare>[0-9]{1,2})\b\.?"
    rf"(?= ?(?:{_TIL}|og) ?(?:{_UKEDAGEN} ?)?[0-9]{{1,2}}"
    rf"(?:\.? ?(?:{'|'.join(MANEDER)})|\. ?[0-9]{{1,2}}\.))"
    r")",
    re.IGNORECASE,
)
_UKEORD = r"\b(?:uker?|veker?|vk\.)"
# "40, 1.–5. trinn": one with a full stop after it is no week.
_UKENUMMER = r"[0-9]{1,2}\b(?!\.[ -]?[a-zæøå0-9])"
_UKE = re.compile(
    rf"{_UKEORD} ?(?P<uker>[0-9]{{1,2}}"
    rf"(?: ?(?:{_TIL}|{_OG}) ?(?:{_UKEORD} ?)?{_UKENUMMER})*)",
    re.IGNORECASE,
)
_TIL_OG_MED = re.compile(_TIL, re.IGNORECASE)
_TALL = re.compile("[0-9]+")
_MELLOM = re.compile(rf" ?{_OG} ?", re.IGNORECASE)
_EN_DAG_TIL = re.compile(
    rf"(?<![0-9])[0-9]{{1,2}}\.? ?(?:{_TIL}|{_OG})$", re.IGNORECASE
)
_ARSTALL = re.compile(r"\b20[0-9]{2}\b")
_UKEDAG = re.compile(_UKEDAGEN, re.IGNORECASE)
_STREKER = re.compile("[\u2010-\u2014\u2212]")


class Uleselig(ValueError):  # noqa: N818
    """The file is no calendar."""


class _Tvetydig(ValueError):  # noqa: N818
    """There are days in a line, and no saying which; with what the user can do."""


@dataclass(frozen=True)
class Ferie:
    """A holiday that was read: what it is called, its first and its last day."""

    navn: str
    fra: date
    til: date


@dataclass(frozen=True)
class Ulest:
    """What was not read: a line, or an event of a file; and why, or "" where no day was
    found in it."""

    tekst: str
    hvorfor: str = ""


# Calendar files -----------------------------------------------------------------------


def les_ics(innhold: bytes) -> tuple[list[Ferie], list[Ulest]]:
    """Returns (the first `FLEST` events with a day, in their order; those without).

    Raises:
        Uleselig: it is no calendar file.
    """
    from icalendar import Calendar

    try:
        kalendere = Calendar.from_ical(_som_tekst(innhold), multiple=True)
        hendelser = [h for kalender in kalendere for h in kalender.walk("VEVENT")]
    except Exception as feil:
        # A broken file breaks the library in ways that it does not list.
        raise Uleselig from feil
    if not kalendere:
        raise Uleselig
    ferier, uleste = [], []
    for hendelse in hendelser:
        try:
            ferier.append(_hendelsen(hendelse))
        except Exception:
            # The same holds of its parts, some as late as when a day is asked for. The
            # other events are sound.
            uleste.append(Ulest(_kalt(hendelse)))
    return sorted(ferier, key=lambda ferie: ferie.fra)[:FLEST], uleste


def _som_tekst(innhold):
    """The text of a file, which older calendars write as Windows does."""
    if innhold.startswith((b"\xff\xfe", b"\xfe\xff")):
        return innhold.decode("utf-16")
    for tegnsett in ("utf-16-le", "utf-16-be"):
        if innhold.startswith("BEGIN:".encode(tegnsett)):
            return innhold.decode(tegnsett)
    # Some fold long lines in the middle of a letter.
    hele_linjer = re.sub(rb"\r?\n[ \t]", b"", innhold)
    try:
        return hele_linjer.decode("utf-8-sig")
    except UnicodeDecodeError:
        return hele_linjer.decode("cp1252", errors="replace")


def _hendelsen(hendelse):
    fra, til = (_tid(hendelse, navn) for navn in ("DTSTART", "DTEND"))
    if til is None and (varighet := _tid(hendelse, "DURATION")) is not None:
        til = fra + varighet
    forste = siste = _dag(fra)
    if til is not None:
        # The moment at which it ends is not part of it; nor the day, of whole days.
        hele_dager = not isinstance(til, datetime)
        siste = _dag(til - (EN_DAG if hele_dager else timedelta.resolution))
    siste = max(forste, siste)
    if not FORSTE_DAG <= forste <= siste <= SISTE_DAG:
        raise ValueError(hendelse)
    return Ferie(_navn_i(hendelse), forste, siste)


def _tid(hendelse, navn):
    felt = hendelse.get(navn)
    return None if felt is None else felt.dt


def _navn_i(hendelse):
    return " ".join(str(hendelse.get("SUMMARY", "")).split())


def _kalt(hendelse):
    """How an event that was not read can be found in its file."""
    dag = hendelse.get("DTSTART")
    deler = (
        _navn_i(hendelse),
        dag.to_ical().decode() if hasattr(dag, "to_ical") else "",
    )
    return " ".join(filter(None, deler)) or _("En hendelse uten navn")


def _dag(tid):
    if not isinstance(tid, datetime):
        return tid
    return timezone.localdate(tid) if tid.tzinfo else tid.date()


# Text ---------------------------------------------------------------------------------


def les_tekst(tekst: str, *, i_dag: date) -> tuple[list[Ferie], list[Ulest]]:
    """Returns (what was read, the lines that were not)."""
    ferier, uleste = [], []
    for linje in tekst.splitlines()[:FLEST_LINJER]:
        ren = " ".join(linje[:LENGSTE_LINJE].split())
        if not ren:
            continue
        try:
            ferie = _linjen(_STREKER.sub("-", ren), i_dag)
        except _Tvetydig as feil:
            uleste.append(Ulest(ren, str(feil)))
        except ValueError:  # 31 April, week 60
            uleste.append(Ulest(ren))
        else:
            if len(ferier) < FLEST:
                ferier.append(ferie)
            else:
                uleste.append(
                    Ulest(ren, _("Bare de %s første leses om gangen.") % FLEST)
                )
    return ferier, uleste


def _linjen(linje, i_dag):
    if treff := list(_DATO.finditer(linje)):
        _sjekk_at_det_er_ett_tidsrom(linje, treff)
        dager = _dagene([_lest(t) for t in treff], i_dag)
        mellom = linje[treff[0].end() : treff[-1].start()]
        if _MELLOM.fullmatch(_UKEDAG.sub("", mellom).rstrip()):
            _sjekk_at_de_folger_hverandre(*dager)
    elif uke := _UKE.search(linje):
        treff, dager = [uke], _ukene(uke["uker"], linje, i_dag)
    else:
        raise ValueError(linje)
    return Ferie(_navnet(linje, treff), *dager)


def _sjekk_at_det_er_ett_tidsrom(linje, treff):
    for_ = _UKE.sub(" ", linje[: treff[0].start()]).rstrip()
    if len(treff) > 2 or _EN_DAG_TIL.search(for_):
        raise _Tvetydig(_("Skriv dager som ikke følger hverandre, på hver sin linje."))


def _sjekk_at_de_folger_hverandre(forste, siste):
    if siste - forste > EN_DAG:
        raise _Tvetydig(_("Skriv dager som ikke følger hverandre, på hver sin linje."))


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
    if til < fra or (over_nyttar and (til - fra).days >= FLEST_DAGER):
        raise _Tvetydig(_("Dagene går baklengs."))
    return fra, til


def _neste(i_dag, maned, dag):
    i_ar = date(i_dag.year, maned, dag)
    return i_ar if i_ar >= i_dag - NYLIG else date(i_dag.year + 1, maned, dag)


def _ukene(uker, linje, i_dag):
    """From Monday of the first week to Friday of the last."""
    forste, siste = _ukenumrene(uker)
    arstall = _ARSTALL.search(linje)
    ar = int(arstall[0]) if arstall else i_dag.year
    mandag = date.fromisocalendar(ar, forste, 1)
    if not arstall and mandag < i_dag - NYLIG:
        mandag = date.fromisocalendar(ar + 1, forste, 1)
    siste_ar = mandag.isocalendar().year + (siste < forste)
    fredag = date.fromisocalendar(siste_ar, siste, 1) + FREDAG
    if siste < forste and (fredag - mandag).days >= FLEST_DAGER:
        raise _Tvetydig(_("Ukene går baklengs."))
    return mandag, fredag


def _ukenumrene(uker):
    """The first and the last of "40", "40-41" or "40, 41 og 42"."""
    tidsrom = [
        [int(nr) for nr in _TALL.findall(del_)]
        for del_ in _MELLOM.split(_TIL_OG_MED.sub("-", uker))
    ]
    folger = all(
        neste[0] == for_[-1] + 1 or (for_[-1] >= 52 and neste[0] == 1)
        for for_, neste in pairwise(tidsrom)
    )
    if not folger or any(len(fra_og_til) > 2 for fra_og_til in tidsrom):
        raise _Tvetydig(_("Skriv uker som ikke følger hverandre, på hver sin linje."))
    return tidsrom[0][0], tidsrom[-1][-1]


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
