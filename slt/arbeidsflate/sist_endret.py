"""What was changed last in a kommune, and by whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from slt.felles.angre import modeller_som_hentes
from slt.grunn.tekst import Fritekst

LENGST = 80
SIDEN = timedelta(days=30)


@dataclass(frozen=True)
class Endring:
    """One change: what kind of thing it is and what it is called."""

    tid: datetime
    hva: str
    hvordan: str
    aktor: str


def sist_endret(kommune, antall):
    """Returns the newest changes that people made in the last month, the newest first; 1
    query."""
    modeller = [m for m in modeller_som_hentes() if _navnefelt(m)]
    deler = [_siste(modell, kommune) for modell in modeller]
    rader = deler[0].union(*deler[1:], all=True).order_by("-history_date")[:antall]
    hvordan = {"+": _("lagt til"), "~": _("endret"), "-": _("slettet")}
    return [
        Endring(
            tid=tid,
            hva=f"{capfirst(apps.get_model(modell)._meta.verbose_name)}: "
            f"{Truncator(navn).chars(LENGST)}",
            hvordan=hvordan[type_],
            aktor=aktor,
        )
        for tid, modell, navn, type_, aktor in rader
    ]


def _navnefelt(modell):
    """The field by which people know the row: its first text that is never empty."""
    felter = modell.historikk.model.tracked_fields
    egne = (f for f in felter if isinstance(f, Fritekst) and not f.blank and not f.rik)
    return next(egne, None)


def _siste(modell, kommune):
    historikk = modell.historikk.model.objects.filter(history_kommune=kommune)
    # What came with the software is nobody's.
    historikk = historikk.exclude(history_aktor="")
    siden = timezone.now() - SIDEN
    return (
        historikk.filter(history_date__gte=siden)
        .order_by()
        .values_list(
            "history_date",
            Value(modell._meta.label, CharField()),
            Cast(_navnefelt(modell).name, TextField()),
            "history_type",
            "history_aktor",
        )
    )
