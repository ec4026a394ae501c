"""Ages: which tiltak are for whom."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiltak.models import Malgruppe, Tiltak, sier_selv, star_i
from tiltak.models.hvem import ELDST


@dataclass(frozen=True)
class Aldersspenn:
    """Ages from and to, both included; `navn` is what a band is called."""

    fra: int
    til: int
    navn: str = ""

    def __str__(self):
        return str(self.fra) if self.fra == self.til else f"{self.fra}-{self.til}"


ALDERSBAND = [
    Aldersspenn(0, 9, _("under 10 år")),
    Aldersspenn(10, 12, _("10–12 år")),
    Aldersspenn(13, 15, _("13–15 år")),
    Aldersspenn(16, 18, _("16–18 år")),
    Aldersspenn(19, 25, _("19–25 år")),
    Aldersspenn(26, ELDST, _("over 25 år")),
]


def les_alder(tekst):
    """Returns the Aldersspenn that a person typed: "14" or "10-12".

    Raises:
        ValidationError: in Norwegian, when it is neither, or out of range.
    """
    if not (treff := re.fullmatch(r"\s*(\d{1,3})\s*(?:[-–]\s*(\d{1,3})\s*)?", tekst)):
        raise ValidationError(
            _("Skriv alderen med tall, for eksempel 14 eller 10-12."), code="alder"
        )
    fra, til = int(treff[1]), int(treff[2] or treff[1])
    if til < fra:
        raise ValidationError(_("Skriv den laveste alderen først."), code="alder")
    if til > ELDST:
        raise ValidationError(_("Alderen kan ikke være over 120 år."), code="alder")
    return Aldersspenn(fra, til)


def for_alder(tiltakene, spenn, *, plan=None):
    """The tiltak of a QuerySet that are for somebody in these ages.

    A målgruppe without ages counts by its school grades (a pupil in grade n turns n + 5
    or n + 6 … in the course of it), and without both it is for all ages; so is a tiltak
    that has no målgruppe. Those of the deltiltak count too.

    Args:
        plan: the plan that they all stand in: no other kommune is looked through then.
    """
    passer, grupper = _passer(spenn), Malgruppe.objects.order_by()
    grupper = grupper.filter(plassering=None)
    if plan:
        grupper = grupper.filter(star_i(plan, "tiltak__"))
    return tiltakene.filter(_har(grupper.filter(passer)) | ~_har(grupper))


def steder_for_alder(steder, spenn, *, plan):
    """The places of a QuerySet where the tiltak is for somebody in these ages: as it says
    for that place, or as it says in all.

    Args:
        plan: the plan that they all lie in.
    """
    tiltakene = for_alder(Tiltak.objects.filter(star_i(plan)), spenn, plan=plan)
    som_i_alle = Q(tiltak__in=tiltakene.values("pk"))
    egne = list(sier_selv(plan, Malgruppe))
    if not egne:
        return steder.filter(som_i_alle)
    treff = Malgruppe.objects.filter(_passer(spenn), plassering__in=egne)
    treff = Q(pk__in=treff.order_by().values("plassering"))
    return steder.filter(treff | ~Q(pk__in=egne) & som_i_alle)


def _passer(spenn):
    """Returns a Q: that a målgruppe has somebody in these ages, or is for all; as
    `Malgruppe.aldre` says of one that is read."""
    har_alder = Q(alder_fra__isnull=False) | Q(alder_til__isnull=False)
    har_trinn = Q(trinn_fra__isnull=False) | Q(trinn_til__isnull=False)
    av_alder = (Q(alder_fra=None) | Q(alder_fra__lte=spenn.til)) & (
        Q(alder_til=None) | Q(alder_til__gte=spenn.fra)
    )
    # One grade alone is that grade, as it is shown; one age alone is "from" or "to".
    forste, siste = spenn.fra - 6, spenn.til - 5
    av_trinn = (Q(trinn_fra__lte=siste) | Q(trinn_fra=None, trinn_til__lte=siste)) & (
        Q(trinn_til__gte=forste) | Q(trinn_til=None, trinn_fra__gte=forste)
    )
    passer = (har_alder & av_alder) | (~har_alder & har_trinn & av_trinn)
    for_alle = ~har_alder & ~har_trinn
    return passer | for_alle


def _har(grupper):
    """That a tiltak has such a målgruppe, itself or in a deltiltak. Not as EXISTS: for
    thousands of tiltak PostgreSQL then looks through all målgrupper for each."""
    deler = grupper.filter(tiltak__overordnet__isnull=False)
    return Q(pk__in=grupper.values("tiltak")) | Q(
        pk__in=deler.values("tiltak__overordnet")
    )
