"""The checklist of a kommune: how each point stands, by the data or by its own answer."""

from dataclasses import dataclass

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

from evaluering.models import Normsvar
from evaluering.norm.punkter import EGNE, GRUPPER, PUNKTER, Normpunkt
from slt.models import Kommune
from tiltak.models import Handlingsplan

Svar = Normsvar.Svar
# Of a point that only the kommune knows, and has not answered.
UBESVART = "ubesvart"
# What is left to do.
GJENSTAR = (Svar.MANGLER, UBESVART)


@dataclass(frozen=True)
class Punktsvar:
    """How a point stands.

    Attributes:
        tilstand: a value of Normsvar.Svar, or UBESVART.
        hvorfor: what the kommune says of it.
        av_data: whether the data say so.
        adresse: where it is mended or read; "" where only the kommune answers.
    """

    punkt: Normpunkt
    tilstand: str
    hvorfor: str
    av_data: bool
    adresse: str

    @property
    def gjenstar(self):
        return self.tilstand in GJENSTAR


def kapittel(kommune) -> list[tuple[str, list[Punktsvar]]]:
    """Returns [(heading, [Punktsvar])] of all points, in order, for the page and for the
    yearly report; 2 queries."""
    vet = {f"vet_{p.nokkel}": p.vet() for p in PUNKTER.values() if p.vet}
    planer = Handlingsplan.objects.gjeldende().filter(kommune=OuterRef("pk"))
    planen = Subquery(planer.i_rekker().values("slug")[:1])
    funnet = Kommune.objects.annotate(**vet, normplan=planen).get(pk=kommune.pk)
    svar = {rad.punkt: rad for rad in Normsvar.objects.filter(kommune=kommune)}
    return [
        (tittel, [_punktsvar(p, funnet, svar.get(p.nokkel)) for p in punktene])
        for tittel, punktene in GRUPPER
    ]


def _punktsvar(punkt, kommune, svar):
    adresse = punkt.hvor(kommune) if punkt.hvor else ""
    hvorfor = svar.hvorfor if svar else ""
    if svar and (punkt.vet is None or svar.svar == Svar.GJELDER_IKKE):
        return Punktsvar(punkt, svar.svar, hvorfor, False, adresse)
    if punkt.vet is None:
        return Punktsvar(punkt, UBESVART, "", False, adresse)
    har = getattr(kommune, f"vet_{punkt.nokkel}")
    return Punktsvar(punkt, Svar.HAR if har else Svar.MANGLER, "", True, adresse)


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
