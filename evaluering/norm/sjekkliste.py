"""The checklist of a kommune: how each point stands, by the data or by its own answer."""

from dataclasses import dataclass, field

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from evaluering.models import Indikator, Normsvar
from evaluering.norm.punkter import EGNE, GRUPPER, PUNKTER, Her, Normpunkt
from moter.models import Forum
from slt.models import Kommune
from tiltak.models import Handlingsplan

Svar = Normsvar.Svar
# Of a point that only the kommune knows, and has not answered.
UBESVART = "ubesvart"
# So many are named of what lacks something.
FLEST = 10
# What is left to do.
GJENSTAR = (Svar.MANGLER, UBESVART)


@dataclass(frozen=True)
class Punktsvar:
    """How a point stands.

    Attributes:
        tilstand: a value of Normsvar.Svar, or UBESVART.
        hvorfor: what the kommune says of it.
        av_data: whether the data say so.
        rettes: where a coordinator mends it; "" where only the kommune answers.
        leses: where others read of it, or "".
        hvilke: [(name, address)] of what it is that lacks it, where the point tells.
    """

    punkt: Normpunkt
    tilstand: str
    hvorfor: str
    av_data: bool
    rettes: str = ""
    leses: str = ""
    hvilke: list[tuple[str, str]] = field(default_factory=list)

    @property
    def noen(self):
        return self.hvilke[:FLEST]

    @property
    def resten(self):
        """How many there are beside those."""
        return len(self.hvilke) - len(self.noen)

    @property
    def gjenstar(self):
        return self.tilstand in GJENSTAR


def kapittel(kommune, *, rettes=False) -> list[tuple[str, list[Punktsvar]]]:
    """Returns [(heading, [Punktsvar])] of all points, in order, for the page and for the
    yearly report; 2 queries.

    Args:
        rettes: whether to say, too, what it is that lacks something, for who mends it: 1
            query for each point that tells.
    """
    vet = {f"vet_{p.nokkel}": p.vet() for p in PUNKTER.values() if p.vet}
    alle = Handlingsplan.objects.filter(kommune=OuterRef("pk")).i_rekker()
    planer, utkast = alle.gjeldende(), alle.utkast()
    fora = Forum.objects.virksomme().filter(type=Forum.Type.POLITIRAD)
    rad = fora.filter(kommune=OuterRef("pk")).order_by("pk")
    her = {
        "plan_pk": Subquery(planer.values("pk")[:1]),
        "plan_slug": Subquery(planer.values("slug")[:1]),
        "utkast": Subquery(utkast.values("slug")[:1]),
        "radet_pk": Subquery(rad.values("pk")[:1]),
        "radet_slug": Subquery(rad.values("slug")[:1]),
        "med_tall": Exists(Indikator.objects.filter(kommune=OuterRef("pk"))),
    }
    funnet = Kommune.objects.annotate(**vet, **her).get(pk=kommune.pk)
    sted = Her(
        funnet,
        plan=funnet.plan_pk and (funnet.plan_pk, funnet.plan_slug),
        radet=funnet.radet_pk and (funnet.radet_pk, funnet.radet_slug),
        utkast=funnet.utkast or "",
        har_indikatorer=funnet.med_tall,
    )
    svar = {rad.punkt: rad for rad in Normsvar.objects.filter(kommune=kommune)}
    return [
        (tittel, [_punktsvar(p, sted, svar.get(p.nokkel), rettes) for p in punktene])
        for tittel, punktene in GRUPPER
    ]


def _punktsvar(punkt, her, svar, rettes):
    steder = {
        "rettes": punkt.rettes(her) if punkt.rettes else "",
        "leses": punkt.leses(her) if punkt.leses else "",
    }
    hvorfor = svar.hvorfor if svar else ""
    if svar and (punkt.vet is None or svar.svar == Svar.GJELDER_IKKE):
        return Punktsvar(punkt, svar.svar, hvorfor, False, **steder)
    if punkt.vet is None:
        return Punktsvar(punkt, UBESVART, "", False, **steder)
    har = getattr(her.kommune, f"vet_{punkt.nokkel}")
    if rettes and punkt.hvilke and not har:
        steder["hvilke"] = punkt.hvilke(her)
    return Punktsvar(punkt, Svar.HAR if har else Svar.MANGLER, "", True, **steder)


def antall_som_gjenstar():
    """Returns what counts, of a Kommune in a query, the points that are left."""
    egne = Normsvar.objects.filter(
        Q(svar__in=[Svar.HAR, Svar.GJELDER_IKKE]),
        kommune=OuterRef("pk"),
        punkt__in=EGNE,
    )
    besvart = egne.order_by().values("kommune").annotate(n=Count("pk")).values("n")
    uttrykk = Value(len(EGNE)) - Coalesce(Subquery(besvart), 0)
    for punkt in PUNKTER.values():
        if punkt.vet:
            uttrykk += _mangler(punkt)
    return uttrykk


def _mangler(punkt):
    gjelder_ikke = Normsvar.objects.filter(
        kommune=OuterRef("pk"), punkt=punkt.nokkel, svar=Svar.GJELDER_IKKE
    )
    return Case(
        When(punkt.vet(), then=Value(0)),
        When(Exists(gjelder_ikke), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )


def er_gatt_gjennom():
    """Returns what says of a Kommune in a query whether it has answered a point itself."""
    return Exists(Normsvar.objects.filter(kommune=OuterRef("pk")))
