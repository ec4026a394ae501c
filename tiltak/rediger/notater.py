"""The pages on which a coordinator writes down how it goes with a tiltak, outside of any
round, and puts right what was written."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles import radside
from slt.felles.radside import Sletting, koordinators
from tiltak.models import Handlingsplan, Statusrapport, Tiltak
from tiltak.rediger.forms.notater import notatskjema

INGRESS = gettext_lazy(
    "Notatene blir fortellingen om tiltaket gjennom året, og det evalueringen begynner med. "
    "Bare koordinatoren og politirådet ser alle; den som fører en tjeneste, ser sine egne."
)


@koordinators
def notat_nytt(request, kommune, pk):
    """Writes down what was said of a tiltak."""
    tiltaket = Tiltak.objects.filter(kommune=kommune).exclude(
        plan__status=Handlingsplan.Status.AVLOST
    )
    tiltaket = tiltaket.select_related("kommune", "plan__kommune", "overordnet__plan")

    def lag():
        return Statusrapport(tiltak=get_object_or_404(tiltaket.all(), pk=pk))

    tiltak = lag().tiltak
    return radside.ny(
        request,
        kommune,
        lag=lag,
        bygg=notatskjema,
        overskrift=_("Nytt notat om %s") % tiltak,
        avbryt=_ved_notatene(tiltak),
        etterpa=_ved_notatet,
        ingress=INGRESS,
    )


@koordinators
def notat_endre(request, kommune, pk):
    """Puts right what was written down."""
    return radside.endre(
        request,
        kommune,
        _notatene(kommune),
        pk,
        bygg=notatskjema,
        etterpa=_ved_notatet,
        slettes="tiltak:notat_slett",
        overskrift=_("Endre notatet"),
        ingress=str,
    )


@koordinators
def notat_slett(request, kommune, pk):
    """Removes a note."""

    def hva(notat):
        return Sletting(
            folger=_("Notatet blir borte fra tiltaket og fra fortellingen om det."),
            i_stedet="",
            avbryt=reverse("tiltak:notat_endre", args=[kommune.slug, pk]),
            etterpa=_ved_notatene(notat.tiltak),
        )

    return radside.slett(request, kommune, _notatene(kommune), pk, hva)


def _notatene(kommune):
    rader = Statusrapport.objects.filter(tiltak__kommune=kommune)
    return rader.select_related(
        "tiltak__kommune", "tiltak__plan__kommune", "tiltak__overordnet__plan__kommune"
    )


def _ved_notatene(tiltak):
    hele = tiltak.overordnet or tiltak
    return f"{hele.get_absolute_url()}#notater"


def _ved_notatet(notat):
    hele = notat.tiltak.overordnet or notat.tiltak
    return f"{hele.get_absolute_url()}#notat-{notat.pk}"
