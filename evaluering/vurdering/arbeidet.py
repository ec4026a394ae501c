"""How far an evaluation has come: which tiltak it is of, and what is said of each."""

from dataclasses import dataclass

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from evaluering.models import Evaluering, Tiltaksvurdering
from tiltak.models import Innsatsomrade, Plassering, Tilstand, Tiltak, for_lesere

Status = Tiltak.Status


@dataclass(frozen=True)
class Rad:
    """A tiltak, and what the evaluation says of it, or None."""

    tiltak: Tiltak
    vurdering: Tiltaksvurdering | None

    @property
    def er_vurdert(self):
        return self.vurdering is not None and self.vurdering.er_vurdert

    @property
    def statusen_er_en_annen(self):
        """Whether readers of the tiltak see that it goes on, and those of the evaluation
        that it does not."""
        if not self.er_vurdert:
            return False
        gar = self.tiltak.status in (Status.I_DRIFT, Status.INNFORING)
        star, slutt = Tilstand.STAR_STILLE, Tilstand.AVSLUTTET
        tilstand = self.vurdering.tilstand
        return (tilstand == star and gar) or (
            tilstand == slutt and not self.tiltak.er_avsluttet
        )


@dataclass(frozen=True)
class Arbeid:
    """All of them, by innsatsområde: [(Innsatsomrade, [Rad])]."""

    omrader: list[tuple[Innsatsomrade, list[Rad]]]

    @property
    def rader(self):
        return [rad for _omrade, rader in self.omrader for rad in rader]

    @property
    def antall(self):
        return len(self.rader)

    @property
    def vurdert(self):
        return sum(rad.er_vurdert for rad in self.rader)

    @property
    def med_annen_status(self):
        return [rad for rad in self.rader if rad.statusen_er_en_annen]

    @property
    def igjen(self):
        return [rad for rad in self.rader if not rad.er_vurdert]


def tiltakene_i(evaluering: Evaluering):
    """[(Innsatsomrade, [Tiltak])] that an evaluation of a plan is of, in the order of the
    plan; those that ended meanwhile too, and no guests, which are of another plan: 4
    queries. Each is loaded with its places, plan and kommune."""
    if not evaluering.er_av_planen:
        return []
    plan = evaluering.plan
    tiltakene = plan.tiltak.filter(for_lesere(plan=plan)).selvstendige()
    steder = Plassering.objects.filter(plan=plan).select_related("innsatsomrade")
    tiltakene = tiltakene.i_planens_orden().prefetch_related(
        "overganger_til", Prefetch("plasseringer", steder)
    )
    per_omrade = {}
    for tiltak in tiltakene:
        tiltak.plan = plan
        hoved = next(s for s in tiltak.plasseringer.all() if s.hoved)
        omrade = hoved.innsatsomrade
        per_omrade.setdefault(omrade.pk, (omrade, []))[1].append(tiltak)
    return list(per_omrade.values())


def arbeidet(evaluering: Evaluering) -> Arbeid:
    """Which tiltak it is of, and what is said of them; 1 query more."""
    omrader = tiltakene_i(evaluering)
    vurderinger = (
        {v.tiltak_id: v for v in evaluering.vurderinger.all()} if omrader else {}
    )
    return Arbeid(
        [
            (omrade, [Rad(t, vurderinger.get(t.pk)) for t in tiltakene])
            for omrade, tiltakene in omrader
        ]
    )


def naboene(arbeid: Arbeid, tiltak: Tiltak):
    """(the one before, the one after, which it is), by the order of the plan; None where
    there is no more."""
    pker = [rad.tiltak.pk for rad in arbeid.rader]
    plass = pker.index(tiltak.pk)
    alle = [rad.tiltak for rad in arbeid.rader]
    forrige = alle[plass - 1] if plass else None
    neste = alle[plass + 1] if plass + 1 < len(alle) else None
    return forrige, neste, plass + 1


def med_fremdrift(evalueringer):
    """Adds `antall`, how many tiltak each is of, and `antall_vurdert`."""
    tiltakene = Tiltak.objects.filter(
        plan=OuterRef("plan"), publisert=True, overordnet=None, plasseringer__hoved=True
    )
    antall = tiltakene.order_by().values("plan").annotate(n=Count("pk")).values("n")
    med = Tiltak.objects.filter(pk=OuterRef("tiltak"), publisert=True, overordnet=None)
    vurdert = (
        Tiltaksvurdering.objects.filter(Exists(med), evaluering=OuterRef("pk"))
        .exclude(videre="")
        .order_by()
        .values("evaluering")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return evalueringer.annotate(antall=_tall(antall), antall_vurdert=_tall(vurdert))


def _tall(rader):
    return Coalesce(Subquery(rader, IntegerField()), Value(0))
