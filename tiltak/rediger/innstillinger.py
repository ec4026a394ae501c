"""Settings that belong to the plans: themes, rekker, and documents that need no plan."""

from django.utils.translation import gettext as _

from slt.felles.innstillinger import side_med_rader
from slt.felles.radside import koordinators
from tiltak.rediger.forms.innstillinger import (
    avtaleskjema,
    planrekkeskjema,
    temaskjema,
)


@koordinators
def temaer(request, kommune):
    """What tiltak are about, and the words by which people look for them."""
    return side_med_rader(
        request,
        kommune,
        temaskjema,
        overskrift=_("Temaer"),
        ingress=_("Det tiltakene handler om, med ordene folk søker med."),
    )


@koordinators
def planrekker(request, kommune):
    """The rekker in which plans follow each other."""
    return side_med_rader(
        request,
        kommune,
        planrekkeskjema,
        overskrift=_("Planrekker"),
        ingress=_(
            "Planer som følger hverandre i tid. De fleste kommuner har én rekke."
        ),
    )


@koordinators
def styringsdokumenter(request, kommune):
    """What the SLT model itself rests on."""
    return side_med_rader(
        request,
        kommune,
        avtaleskjema,
        overskrift=_("Vedtak og avtaler"),
        ingress=_(
            "Det som gjelder SLT-modellen selv, og ikke hører til én plan. Det står på "
            "siden «Møter». Dokumentene til en plan fører du opp i planen."
        ),
    )
