"""What was changed last in a kommune, and by whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import (
    CharField,
    Count,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from slt.felles.angre import flere, modeller_som_hentes
from slt.grunn.historikk import Historisert
from slt.grunn.kommunegrense import har_kommune
from slt.grunn.tekst import Fritekst
from slt.models import Kommune

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
    modeller = [m for m in modeller_som_hentes() if _navnefelt(m) or _eier(m)]
    deler = [_siste(nr, modell, kommune) for nr, modell in enumerate(modeller)]
    rader = deler[0].union(*deler[1:], all=True).order_by("-tid")
    samlinger = {}
    for samling, *rad in rader[: antall * RADER_PER_ENDRING]:
        samlinger.setdefault(samling, []).append(rad)
    return [_endring(modeller, rader) for rader in list(samlinger.values())[:antall]]


def _endring(modeller, rader):
    hvordan = {"+": _("lagt til"), "~": _("endret"), "-": _("slettet")}
    nr, tid, navn, type_, aktor, _antall = min(rader)
    slag = capfirst(modeller[nr]._meta.verbose_name)
    return Endring(
        tid=tid,
        # What it was part of may be gone.
        hva=f"{slag}: {Truncator(navn).chars(LENGST)}" if navn else slag,
        hvordan=hvordan[type_],
        flere=flere(sum(rad[-1] for rad in rader) - 1),
        aktor=aktor,
    )


def _navnefelt(modell):
    """The field by which people know the row: its first text that is never empty."""
    felter = modell.historikk.model.tracked_fields
    egne = (f for f in felter if isinstance(f, Fritekst) and not f.blank and not f.rik)
    return next(egne, None)


def _eier(modell):
    """The foreign key to what the row is called after, where it has no name of its own."""
    egne = (f for f in modell._meta.concrete_fields if f.is_relation)
    return next((f for f in egne if _gir_navn(f.related_model)), None)


def _gir_navn(modell):
    """Whether rows are called after such a one; all are of a kommune."""
    if modell is Kommune or not issubclass(modell, Historisert):
        return False
    return har_kommune(modell) and _navnefelt(modell) is not None


def _navnet(modell):
    """What a row in its history is called, as the database finds it."""
    if felt := _navnefelt(modell):
        return Cast(felt.name, TextField())
    eier = _eier(modell)
    navn = _navnefelt(eier.related_model).name
    rader = eier.related_model._base_manager.filter(pk=OuterRef(eier.attname))
    return Cast(Subquery(rader.values(navn)[:1]), TextField())


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
        .annotate(kalles=_navnet(modell))
        .values("history_samling")
        .annotate(
            nr=Value(nr, IntegerField()),
            tid=Max("history_date"),
            kalt=Coalesce(Min("kalles"), Value("", TextField())),
            type=Min("history_type", output_field=CharField()),
            aktor=Min("history_aktor"),
            antall=Count("history_id"),
        )
        .values_list("history_samling", "nr", "tid", "kalt", "type", "aktor", "antall")
    )
