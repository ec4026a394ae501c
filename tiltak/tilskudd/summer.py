"""What the grants of a kommune come to: in a year, by innsatsområde, and year by year.

The sums are of the rows that the asker sees, so that they agree with what stands on the
page. What is planned or was taken back is no part of what was applied for.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from tiltak.detaljer import med_sted_i_planen
from tiltak.models import Innsatsomrade, Plassering, Tilskudd, Tilskuddstiltak
from tiltak.models.tilskudd import INNENFRA, SENDT


@dataclass
class Omradesum:
    """What is for one innsatsområde; without one, what is not said to be for any, or is for
    several and not parted between them."""

    omrade: Innsatsomrade | None
    sokt: int = 0
    gitt: int = 0


@dataclass(frozen=True)
class Arssum:
    """What a year comes to."""

    arstall: int
    sokt: int
    gitt: int


@dataclass(frozen=True)
class Summer:
    """Grants, and what they come to.

    Attributes:
        rader: the grants, each with `deler`: its Tilskuddstiltak that the asker sees.
        sokt: of what was applied for.
        gitt: of what was given.
        planlagt: of what is planned to be applied for, where an amount is said.
        omrader: in the order of the plans; last, what is for none or not parted. Together
            they are `sokt` and `gitt`.
        viser_sokt: whether the asker is told what was applied for.
    """

    rader: list[Tilskudd]
    sokt: int
    gitt: int
    planlagt: int
    omrader: list[Omradesum] = field(default_factory=list)
    viser_sokt: bool = False

    @property
    def flere_planer(self):
        """Whether the innsatsområder are of more than one plan, which then has to be
        said."""
        return len({o.omrade.plan_id for o in self.omrader if o.omrade}) > 1


def summer(kommune, ar, bruker) -> Summer:
    """Of the grants for a year that the user sees; 4 queries, none more for each.

    Args:
        ar: the year, or None: all of them.
    """
    rader = Tilskudd.objects.synlige_for(bruker).filter(kommune=kommune)
    if ar is not None:
        rader = rader.filter(arstall=ar)
    return summer_av(les(rader, bruker), viser_sokt=kommune.gir(bruker, *INNENFRA))


def les(rader, bruker) -> list[Tilskudd]:
    """Reads grants with the tiltak that they pay for, as far as the user sees these: 4
    queries. What the user does not see counts all the same: the rest is not all of it.

    Sets on each grant `fordelt`, all of its Tilskuddstiltak, each with `omrade`, where its
    tiltak stands, or None; and `deler`, those of them that the user sees, each with
    `har_side`, whether its tiltak has a page for the user.
    """
    synlige = Tilskuddstiltak.objects.synlige_for(bruker).filter(pk=OuterRef("pk"))
    hele = Coalesce(OuterRef("tiltak__overordnet"), OuterRef("tiltak"))
    steder = Plassering.objects.synlige_for(bruker).filter(
        hoved=True, plan=OuterRef("tiltak__plan"), tiltak=hele
    )
    fordelt = Tilskuddstiltak.objects.order_by("pk").annotate(
        sees=Exists(synlige), stedet=Subquery(steder.values("pk")[:1])
    )
    fordelt = Prefetch(
        "fordeling", med_sted_i_planen(fordelt, "tiltak__"), to_attr="fordelt"
    )
    rader = rader.select_related("kommune").prefetch_related(fordelt)
    rader = list(rader.order_by("-arstall", "ordning__norsk", "pk"))
    for rad in rader:
        for del_ in rad.fordelt:
            del_.tilskudd = rad
            del_.omrade = _omradet(del_)
            del_.har_side = bool(del_.stedet) or del_.tiltak.er_tilbud
        rad.deler = [del_ for del_ in rad.fordelt if del_.sees]
    return rader


def summer_av(rader: list[Tilskudd], *, viser_sokt=True) -> Summer:
    """Of grants from `les`; no query."""
    per_omrade = {}
    for rad in rader:
        for omrade, sokt, gitt in _fordelt(rad):
            sum_ = per_omrade.setdefault(omrade, Omradesum(omrade))
            sum_.sokt += sokt if viser_sokt else 0
            sum_.gitt += gitt
    omrader = [sum_ for sum_ in per_omrade.values() if sum_.sokt or sum_.gitt]
    return Summer(
        rader=rader,
        sokt=sum(_sokt(rad) for rad in rader) if viser_sokt else 0,
        gitt=sum(rad.gitt or 0 for rad in rader),
        planlagt=sum(rad.sokt or 0 for rad in rader if rad.skal_sokes),
        omrader=sorted(omrader, key=_plass),
        viser_sokt=viser_sokt,
    )


def ar_for_ar(kommune, bruker) -> list[Arssum]:
    """What each year comes to that has a grant which the user sees, the newest first; 1
    query."""
    rader = Tilskudd.objects.synlige_for(bruker).filter(kommune=kommune).order_by()
    viser_sokt = kommune.gir(bruker, *INNENFRA)
    per_ar = rader.values("arstall").annotate(
        alt_sokt=Sum("sokt", filter=Q(tilstand__in=SENDT)), alt_gitt=Sum("gitt")
    )
    return [
        Arssum(
            ar["arstall"],
            (ar["alt_sokt"] or 0) if viser_sokt else 0,
            ar["alt_gitt"] or 0,
        )
        for ar in per_ar.order_by("-arstall")
    ]


def _sokt(rad):
    return (rad.sokt or 0) if rad.er_sokt else 0


def _fordelt(rad):
    """Yields (innsatsområde or None, applied for, given) of a grant. All of it is for the
    one in which all of its tiltak stand; of several, each gets the shares that are said,
    and nobody has parted the rest, nor what was applied for."""
    gitt = rad.gitt or 0
    omrader = {del_.omrade for del_ in rad.fordelt}
    if len(omrader) <= 1:
        yield next(iter(omrader), None), _sokt(rad), gitt
        return
    for del_ in rad.fordelt:
        yield del_.omrade, 0, del_.belop or 0
    yield None, _sokt(rad), gitt - sum(del_.belop or 0 for del_ in rad.fordelt)


def _omradet(del_):
    """Where the tiltak, or the whole that it is a part of, has its main place in its own
    plan; None where it has none, and where the reader sees neither."""
    hele = del_.tiltak.overordnet or del_.tiltak
    steder = (p for p in hele.plasseringer.all() if del_.sees and p.pk == del_.stedet)
    return next((p.innsatsomrade for p in steder), None)


def _plass(sum_):
    if sum_.omrade is None:
        return (1, 0, 0, 0)
    return (0, -sum_.omrade.plan_id, sum_.omrade.rekkefolge, sum_.omrade.pk)
