"""One mail to one receiver, with what each app has to say to them.

Each app says at start what it has lines about; the mail knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from slt.felles.arbeidsflate import Linje
from slt.felles.utsending import legg_i_kassen
from slt.models import Kommune, Utsending


@dataclass(frozen=True)
class Mottaker:
    """Who gets a mail, and about what of the kommune.

    Attributes:
        gjelder: what they answer for, as a row of the app that made this.
        anledning: what they are written to for, as a row of the same.
    """

    kommune: Kommune
    epost: str
    gjelder: Any = None
    anledning: Any = None


@dataclass(frozen=True)
class Brevdel:
    """What one app has to say, under a heading of its own."""

    tittel: str
    linjer: list[Linje]


# Each finds what its app has to say to a Mottaker, in as many queries whoever it is; one
# without lines is left out.
BIDRAG: list[Callable[[Mottaker], list[Brevdel]]] = []


def legg_samlebrev(
    mottaker: Mottaker,
    *,
    nokkel: str,
    emne: Callable[[], str],
    innledning: Callable[[], str],
    ikke_for: datetime | None = None,
    senest: datetime | None = None,
) -> Utsending | None:
    """Puts one mail into the outbox, in the language of the kommune; None where no app has
    anything to say. Under a key that is there already, nothing is made or asked of apps.

    Args:
        nokkel: the same for what may come once, as "runde:12:tjeneste:5".
        emne: gives the subject.
        innledning: gives what stands first; paragraphs with an empty line between.
        ikke_for: when it may go; at once, if None.
        senest: when it is of no use any more.
    """
    if rad := Utsending.objects.filter(nokkel=nokkel).first():
        return rad
    with override(mottaker.kommune.malform):
        deler = [d for finn in BIDRAG for d in finn(mottaker) if d.linjer]
        if not deler:
            return None
        innhold = {
            "innledning": innledning().strip(),
            "deler": [Brevdel(d.tittel, [*map(_hel, d.linjer)]) for d in deler],
            "kommune": mottaker.kommune,
        }
        return legg_i_kassen(
            nokkel=nokkel,
            slag=Utsending.Slag.SAMLEBREV,
            kommune=mottaker.kommune,
            til=mottaker.epost,
            emne=emne(),
            tekst=render_to_string("epost/samlebrev.txt", innhold).strip() + "\n",
            html=render_to_string("epost/samlebrev.html", innhold),
            senest=senest,
            **({"ikke_for": ikke_for} if ikke_for else {}),
        )


def _hel(linje):
    """The line, with the whole address of what it leads to on the site."""
    if not linje.adresse.startswith("/"):
        return linje
    return Linje(linje.tekst, settings.SITE_URL.rstrip("/") + linje.adresse)
