"""For those who keep the services: what readers say is wrong, beside what stands there
now."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles.sider import for_koordinator, hent_side, las_egen, sendt
from tiltak.feilmeldinger.forms import BehandlingForm
from tiltak.models import Feilmelding

RADER_PER_SIDE = 50


def _meldingene(request, kommune):
    synlige = Feilmelding.objects.synlige_for(request.user)
    return synlige.filter(tjeneste__kommune=kommune)


@require_safe
@for_koordinator
def feilmelding_list(request, kommune):
    """Those that wait, the oldest first; or those that were done with, the newest first."""
    alle = _meldingene(request, kommune)
    vis_behandlede = "behandlet" in request.GET
    if vis_behandlede:
        utvalg = alle.behandlede().select_related("behandlet_av")
        utvalg = utvalg.order_by("-behandlet", "-pk")
    else:
        utvalg = alle.apne()
    side = hent_side(request, utvalg.med_det_som_star(), RADER_PER_SIDE)
    for melding in () if vis_behandlede else side.object_list:
        melding.skjema = _skjema(melding)
    return render(
        request,
        "tiltak/feilmeldinger/liste.html",
        {
            "kommune": kommune,
            "vis_behandlede": vis_behandlede,
            "page_obj": side,
            "adresse_uten_side": "behandlet=on" if vis_behandlede else "",
        },
    )


def _skjema(melding, data=None):
    return BehandlingForm(data, instance=melding, auto_id=f"id_{melding.pk}_%s")


@require_http_methods(["GET", "POST"])
@for_koordinator
def feilmelding(request, kommune, pk):
    """What was done about one of them, in a word; or that it is set aside."""
    with transaction.atomic():
        if request.method == "POST":
            las_egen(request, kommune)
        alle = _meldingene(request, kommune).med_det_som_star()
        melding = get_object_or_404(alle, pk=pk)
        if melding.behandlet:
            # By somebody else, perhaps, while this one was read.
            messages.info(request, _("Meldingen er behandlet."))
            return redirect("tiltak:feilmelding_list", kommune.slug)
        if request.method == "POST" and _legges_bort(request):
            utfall = Feilmelding.Utfall.LAGT_BORT
            melding.behandle(utfall=utfall, bruker=request.user)
            return _videre(request, kommune, _("Meldingen er lagt bort."))
        melding.skjema = _skjema(melding, sendt(request))
        if request.method == "POST" and melding.skjema.is_valid():
            melding.behandle(
                utfall=Feilmelding.Utfall.FERDIG,
                svar=melding.skjema.cleaned_data["svar"],
                bruker=request.user,
            )
            return _videre(request, kommune, _("Meldingen er tatt av listen."))
    return render(
        request,
        "tiltak/feilmeldinger/melding.html",
        {"kommune": kommune, "melding": melding},
        status=422 if melding.skjema.errors else 200,
    )


def _legges_bort(request):
    return request.POST.get("utfall") == Feilmelding.Utfall.LAGT_BORT


def _videre(request, kommune, kvittering):
    messages.success(request, _("%s Du finner den under «Behandlet».") % kvittering)
    return redirect("tiltak:feilmelding_list", kommune.slug)


@require_POST
@for_koordinator
def feilmelding_angre(request, kommune, pk):
    """Puts it back on the list."""
    with transaction.atomic():
        las_egen(request, kommune)
        melding = get_object_or_404(_meldingene(request, kommune), pk=pk)
        if melding.behandlet:
            melding.apne_igjen()
    messages.success(request, _("Meldingen står på listen igjen."))
    return redirect("tiltak:feilmelding_list", kommune.slug)
