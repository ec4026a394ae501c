"""The page on which the one who answers for a tjeneste gives a figure."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluering.models import Indikator
from evaluering.tall.oppgitt.forms import OppgiForm
from evaluering.tall.oppgitt.runden import oppgi
from slt.felles.sider import sendt
from tiltak.runder.views.svar import den_som_svarer, liten_side, siden, utfores


@den_som_svarer
@require_http_methods(["GET", "POST"])
def svar_tall(request, svarer, indikator):
    """The figure of a year, for the coordinator to take in."""
    rader = Indikator.objects.oppgis_av(svarer.tjeneste)
    indikatoren = get_object_or_404(rader, pk=indikator)
    skjema = OppgiForm(sendt(request), indikator=indikatoren)

    def gjor(renset):
        felter = {"arstall", "verdi", "merknad"}
        oppgi(svarer, indikatoren, **{n: renset[n] for n in felter})

    if utfores(skjema, gjor):
        messages.success(
            request, _("Takk. Tallet er sendt til SLT-koordinatoren i kommunen.")
        )
        return redirect(siden(svarer.tjeneste))
    return liten_side(
        request,
        svarer,
        skjema,
        overskrift=_("Oppgi tall: %s") % indikatoren,
        ingress=" ".join(filter(None, [indikatoren.beskrivelse, _om_sma(indikatoren)])),
        knapp=_("Send tallet"),
    )


def _om_sma(indikator):
    """Who sees what is written."""
    hvem = _("Bare SLT-koordinatoren ser det dere skriver, til det er tatt inn.")
    if indikator.teller_personer:
        return hvem + " " + _("Tall på 1–4 personer vises ikke på sidene.")
    return hvem
