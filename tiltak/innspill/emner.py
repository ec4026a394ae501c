"""What innspill are about: a tiltak or a chapter of a draft, or the whole of it."""

from dataclasses import dataclass, field

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from slt.felles.forms import RADNUMMER
from tiltak.models import Innspill, Kapittel, Plassering, Tiltak


@dataclass(frozen=True)
class Emne:
    """What one innspill is about.

    Attributes:
        navn: what it is called, also when it is gone; empty for the whole plan.
        url: where it is read.
    """

    navn: str = ""
    url: str = ""
    tiltak: Tiltak | None = None
    kapittel: Kapittel | None = None

    @property
    def verdi(self):
        """As it stands in a form."""
        if self.tiltak:
            return f"tiltak-{self.tiltak.pk}"
        return f"kapittel-{self.kapittel.pk}" if self.kapittel else ""

    def felter(self):
        """What it is in a row of Innspill."""
        lengst = Innspill._meta.get_field("gjelder").max_length
        return {
            "tiltak": self.tiltak,
            "kapittel": self.kapittel,
            "gjelder": self.navn[:lengst],
        }


def emnet(bruker, plan, sporring):
    """Returns the Emne that an address asks for by "tiltak" or "kapittel"; None where that
    does not stand in the plan (any more), or the user does not see it."""
    for navn, finn in (("tiltak", _tiltaket), ("kapittel", _kapittelet)):
        if pk := sporring.get(navn):
            return finn(bruker, plan, pk) if RADNUMMER.fullmatch(pk) else None
    return Emne()


def _tiltaket(bruker, plan, pk):
    steder = Plassering.objects.synlige_for(bruker).filter(plan=plan, tiltak=pk)
    sted = steder.select_related("innsatsomrade", "tiltak").first()
    return sted and _ved(plan, sted)


def _kapittelet(bruker, plan, pk):
    kapitler = Kapittel.objects.synlige_for(bruker).filter(plan=plan, pk=pk)
    kapittel = kapitler.first()
    return kapittel and _i(plan, kapittel)


def _ved(plan, sted):
    # Known already: no query for each of them.
    sted.plan = plan
    if sted.tiltak.plan_id == plan.pk:
        sted.tiltak.plan = plan
    navn = f"{sted.merkelapp}: {sted.tiltak.tittel}"
    return Emne(navn, sted.url, tiltak=sted.tiltak)


def _i(plan, kapittel):
    side = reverse("tiltak:plan", args=[plan.kommune.slug, plan.slug])
    navn = _("Kapittel: %s") % kapittel.tittel
    return Emne(navn, f"{side}#kapittel-{kapittel.slug}", kapittel=kapittel)


def emner(plan):
    """All that an innspill may be about, in the plan's order, each tiltak once; 2
    queries."""
    steder = plan.plasseringer.select_related("innsatsomrade", "tiltak").order_by(
        F("hoved").desc(), "innsatsomrade__rekkefolge", "innsatsomrade", "nummer"
    )
    per_tiltak = {}
    for sted in steder:
        per_tiltak.setdefault(sted.tiltak_id, _ved(plan, sted))
    kapitler = [_i(plan, kapittel) for kapittel in plan.kapitler.all()]
    return [Emne(), *kapitler, *per_tiltak.values()]


@dataclass
class Gruppe:
    """What was said of one thing. `er_borte` where that stands in the plan no longer."""

    navn: str
    url: str = ""
    er_borte: bool = False
    innspill: list[Innspill] = field(default_factory=list)


def grupper(plan, innspill):
    """Returns the innspill as [Gruppe], by what they are about in the plan's order, and
    last what is about things that are gone. None is left out."""
    funnet = {
        emne.verdi: Gruppe(emne.navn or _("Hele planen"), emne.url)
        for emne in emner(plan)
    }
    borte = {}
    for ett in innspill:
        gruppe = funnet.get(_verdi(ett))
        if gruppe is None:
            gruppe = borte.setdefault(
                (_verdi(ett), ett.gjelder), Gruppe(ett.gjelder, er_borte=True)
            )
        gruppe.innspill.append(ett)
    return [g for g in (*funnet.values(), *borte.values()) if g.innspill]


def _verdi(innspill):
    if innspill.tiltak_id:
        return f"tiltak-{innspill.tiltak_id}"
    return f"kapittel-{innspill.kapittel_id}" if innspill.kapittel_id else ""
