"""What happens in the year of a kommune: each app says at start what there is of its own,
and the page that tells it knows none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from slt.models import Bruker, Kommune


class Slag(models.TextChoices):
    """What kind of thing it is."""

    MOTER = "moter", _("møter")
    AKTIVITETER = "aktiviteter", _("aktiviteter")
    RUNDER = "runder", _("oppfølgingsrunder")
    TILTAK = "tiltak", _("tiltak")
    KUNNSKAP = "kunnskap", _("kunnskap")
    EVALUERING = "evaluering", _("evaluering")
    TILSKUDD = "tilskudd", _("tilskudd")
    FRISTER = "frister", _("frister")
    HORINGER = "horinger", _("høringer")


@dataclass(frozen=True)
class Punkt:
    """One thing that happens in the year of a kommune.

    Attributes:
        til: the last day; None: one day.
        slag: a value of Slag.
        nar: words in place of the days: "uke 44".
        internt: whether only those who may see the inside get it; the page says so.
        samles: what several of one month are called together, so that they take one line
            of the list; "" where each has its own.
    """

    fra: date
    til: date | None
    tittel: str
    slag: str
    adresse: str = ""
    nar: str = ""
    internt: bool = False
    samles: str = ""


# Each finds what its app has between two days, both inclusive, that the user may see, in a
# number of queries that does not grow with what there is.
BIDRAG: list[Callable[[Kommune, date, date, Bruker], Iterable[Punkt]]] = []
