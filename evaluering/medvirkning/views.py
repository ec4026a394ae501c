"""All who were asked, by what it was about, and the pages on which a coordinator adds,
changes and removes a group."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluering.innenfra import innenfra
from evaluering.medvirkning.forms import medvirkningskjema
from evaluering.medvirkning.oversikt import Oversikt, oversikt
from evaluering.models import Medvirkning
from slt.felles import radside
from slt.felles.radside import Sletting, koordinators
from slt.felles.sider import kan_endre
from tiltak.innlesing.personer import personnavn

# {what they may have been asked for: (the kommune's rows of it, what those are together)}.
TIL = {
    "plan": (lambda kommune: kommune.planer, gettext_lazy("Planene")),
    "evaluering": (lambda kommune: kommune.evalueringer, gettext_lazy("Evalueringene")),
    "kilde": (lambda kommune: kommune.kilder, gettext_lazy("Kildene")),
}


@dataclass(frozen=True)
class Spurtom:
    """One thing that somebody may have been asked about.

    Attributes:
        navn: its key in TIL.
        star_fast: whether nothing is added any more.
    """

    navn: str
    om: Any
    oversikt: Oversikt
    star_fast: bool

    @property
    def anker(self):
        return f"{self.navn}-{self.om.pk}"


@innenfra
def medvirkning(request, kommune):
    """Who was asked, of each plan, evaluation and source: 2 queries for each kind. A draft
    of an evaluation is the coordinator's."""
    return render(
        request,
        "evaluering/medvirkning/liste.html",
        {
            "kommune": kommune,
            "kan_endre": kan_endre(request.user, kommune),
            "grupper": [
                (
                    tittel,
                    [_spurt_om(navn, om) for om in _rader(request.user, finn(kommune))],
                )
                for navn, (finn, tittel) in TIL.items()
            ],
        },
    )


def _rader(bruker, rader):
    egne = Medvirkning.objects.order_by("rekkefolge", "pk")
    return rader.synlige_for(bruker).prefetch_related(Prefetch("medvirkning", egne))


def _spurt_om(navn, om):
    rader = om.medvirkning.all()
    # Of a source that asked nobody, nobody is missing: figures of the police.
    ser_alt = navn != "kilde" or bool(rader)
    return Spurtom(
        navn=navn,
        om=om,
        oversikt=oversikt(rader, ser_alt=ser_alt),
        star_fast=navn == "evaluering" and om.er_ferdig,
    )


@koordinators
def medvirkning_ny(request, kommune, til, pk):
    """One more group that was asked."""
    if til not in TIL:
        raise Http404
    finn, _tittel = TIL[til]

    def lag():
        om = get_object_or_404(finn(kommune).all(), pk=pk)
        return Medvirkning(kommune=kommune, gruppe="", **{til: om})

    om = get_object_or_404(finn(kommune).all(), pk=pk)
    return radside.ny(
        request,
        kommune,
        lag=lag,
        bygg=medvirkningskjema,
        overskrift=_("Hvem ble spurt?"),
        ingress=_("Om «%s». Skriv grupper og funksjoner. Ingen navn.") % om,
        avbryt=_hos(kommune, til, pk),
        etterpa=lambda rad: _spor_om_navn(request, rad) or _ved_raden(rad),
    )


def _spor_om_navn(request, rad):
    """Asks whether what looks like the name of a person is one. It is saved: "Nes Ungdom"
    may be a club."""
    for tekst in (rad.navn, rad.merknad, rad.sagt):
        if navn := personnavn(tekst):
            sporsmal = _(
                "Er «%s» navnet på en person? Skriv i så fall funksjonen eller gruppen i "
                "stedet."
            )
            messages.warning(request, sporsmal % navn)


def _egne(kommune):
    return kommune.medvirkning.select_related("kommune", "kilde", "plan", "evaluering")


@koordinators
def medvirkning_endre(request, kommune, pk):
    """Who was asked, how, when, how many, and what they said."""
    return radside.endre(
        request,
        kommune,
        _egne(kommune),
        pk,
        bygg=medvirkningskjema,
        etterpa=_ved_raden,
        lagret=partial(_spor_om_navn, request),
        slettes="evaluering:medvirkning_slett",
        ingress=lambda rad: (
            _("Om «%s». Skriv grupper og funksjoner. Ingen navn.") % rad.til
        ),
    )


@koordinators
def medvirkning_slett(request, kommune, pk):
    """Takes a group off."""

    def hva(rad):
        return Sletting(
            folger=_("Gruppen står ikke lenger som spurt."),
            i_stedet="",
            avbryt=reverse("evaluering:medvirkning_endre", args=[kommune.slug, rad.pk]),
            etterpa=reverse("evaluering:medvirkning", args=[kommune.slug]),
        )

    return radside.slett(request, kommune, _egne(kommune), pk, hva)


def _hos(kommune, navn, pk):
    liste = reverse("evaluering:medvirkning", args=[kommune.slug])
    return f"{liste}#{navn}-{pk}"


def _ved_raden(rad):
    navn = next(n for n in Medvirkning.TIL if getattr(rad, f"{n}_id"))
    return _hos(rad.kommune, navn, getattr(rad, f"{navn}_id"))
