"""What was changed last in a kommune, and by whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Count, IntegerField, Max, Min, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from slt.felles.angre import flere, modeller_som_hentes
from slt.grunn.tekst import Fritekst

LENGST = 80
SIDEN = timedelta(days=30)
# More than what was changed together has kinds of things.
RADER_PER_ENDRING = 20


@dataclass(frozen=True)
class Endring:
    """What was changed together: what kind of thing it is and what it is called, by what
    stands highest in it; `flere` says how many rows went along."""

    tid: datetime
    hva: str
    hvordan: str
    flere: str
    aktor: str


def sist_endret(kommune, antall):
    """Returns the newest changes that people made in the last month, the newest first; 1
    query."""
    modeller = [m for m in modeller_som_hentes() if _navnefelt(m)]
    deler = [_siste(nr, modell, kommune) for nr, modell in enumerate(modeller)]
    rader = deler[0].union(*deler[1:], all=True).order_by("-tid")
    samlinger = {}
    for samling, *rad in rader[: antall * RADER_PER_ENDRING]:
        samlinger.setdefault(samling, []).append(rad)
    return [_endring(modeller, rader) for rader in list(samlinger.values())[:antall]]


def _endring(modeller, rader):
    hvordan = {"+": _("lagt til"), "~": _("endret"), "-": _("slettet")}
    nr, tid, navn, type_, aktor, _antall = min(rader)
    navnet = Truncator(navn).chars(LENGST)
    return Endring(
        tid=tid,
        hva=f"{capfirst(modeller[nr]._meta.verbose_name)}: {navnet}",
        hvordan=hvordan[type_],
        flere=flere(sum(rad[-1] for rad in rader) - 1),
        aktor=aktor,
    )


def _navnefelt(modell):
    """The field by which people know the row: its first text that is never empty."""
    felter = modell.historikk.model.tracked_fields
    egne = (f for f in felter if isinstance(f, Fritekst) and not f.blank and not f.rik)
    return next(egne, None)


def _siste(nr, modell, kommune):
    """(set, number of the model, when, a name, how, by whom, how many) of what was changed
    together."""
    historikk = modell.historikk.model.objects.filter(
        history_kommune=kommune, history_date__gte=timezone.now() - SIDEN
    )
    # What came with the software is nobody's.
    return (
        historikk.exclude(history_aktor="")
        .order_by()
        .values("history_samling")
        .annotate(
            nr=Value(nr, IntegerField()),
            tid=Max("history_date"),
            kalt=Min(Cast(_navnefelt(modell).name, TextField())),
            type=Min("history_type", output_field=CharField()),
            aktor=Min("history_aktor"),
            antall=Count("history_id"),
        )
        .values_list("history_samling", "nr", "tid", "kalt", "type", "aktor", "antall")
    )
