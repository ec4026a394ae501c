"""The chapters of reports: each app says at start what it has to tell, and the reports that
hold them know none of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from slt.models import PUBLIKUM, Bruker, Kommune, Retter, Tilgang


@dataclass(frozen=True)
class Leser:
    """Whom a report is written for, whoever asks for it.

    Attributes:
        retter: what the reader may see.
    """

    retter: Retter

    is_authenticated = True
    is_superuser = False


def politiradet(kommune: Kommune) -> Leser:
    """Reads as any member of the politiråd does."""
    return Leser(Retter(til={Tilgang.Rolle.POLITIRAD.value: frozenset([kommune.pk])}))


@dataclass(frozen=True)
class Spurt:
    """What the chapters of a report are about.

    Attributes:
        slag: which kind of report; see evaluering.models.Rapport.Slag.
        plan: a Handlingsplan, or None.
        tjeneste: where the report is of one, or None.
        fra, til: the first and the last day.
        endret_fra: the moment from which it is told what is otherwise.
        leser: whom it is for: what these see, it may say.
    """

    kommune: Kommune
    slag: str
    fra: date
    til: date
    endret_fra: datetime
    plan: object = None
    tjeneste: object = None
    leser: Bruker | Leser = PUBLIKUM


@dataclass(frozen=True)
class Kapittel:
    """A chapter that reports may have.

    Attributes:
        nokkel: what it is stored as.
        plass: where it stands among the others; the lowest first.
        tittel: its heading, lazily translated.
        slag: the kinds of report that may have it.
        lag: returns what `mal` needs, or None where there is nothing to tell; a number of
            queries that does not grow with the data.
        mal: the template, with headings from the third level; the same on the page, in
            the PDF and in Word.
        punkter: returns, of what `lag` gave, lines for a slide.
        om_en_tjeneste: whether it can be told of one tjeneste.
    """

    nokkel: str
    plass: int
    tittel: str
    slag: frozenset[str]
    lag: Callable[[Spurt], dict | None]
    mal: str
    punkter: Callable[[dict], list[str]] = field(default=lambda _kontekst: [])
    om_en_tjeneste: bool = False


KAPITLER: list[Kapittel] = []
# Each says how much there is of what, [(number, in words)], as the year in figures.
TALL: list[Callable[[Spurt], list[tuple[int, str]]]] = []


def kapitlene(slag: str, *, om_en_tjeneste=False) -> list[Kapittel]:
    """Those that a kind of report may have, in order."""
    alle = [k for k in KAPITLER if slag in k.slag]
    if om_en_tjeneste:
        alle = [k for k in alle if k.om_en_tjeneste]
    return sorted(alle, key=lambda k: k.plass)
