"""The pages on which somebody says how it goes with one tiltak."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tiltak.models import Statusrapport
from tiltak.rediger.forms.status import FELTER
from tiltak.runder.adgang import Lukket
from tiltak.runder.forms import FORT_AV_KOORDINATOR, HvordanForm, StatussvarForm
from tiltak.runder.status import (
    IkkeSpurt,
    foresporselen,
    kortet,
    svar_om,
)
from tiltak.runder.views.svar import den_som_svarer, siden, svarside

FRA_MOTE = "mote"


def _kortet(svarer, tiltak):
    """(the round, the Kort of the id of a tiltak); raises as `svar_om`."""
    runde = foresporselen(svarer).runde
    return runde, kortet(svarer, runde, tiltak)


def _tilbake(request, svarer, runde, tiltak):
    """Where they came from: the page of the tjeneste, or that of the meeting."""
    if request.GET.get("fra") == FRA_MOTE and svarer.koordinerer and runde is not None:
        mote = reverse("tiltak:runde_mote", args=[svarer.kommune.slug, runde.pk])
        return f"{mote}#t{svarer.tjeneste.pk}-{tiltak}"
    return f"{siden(svarer.tjeneste)}#tiltak-{tiltak}"


@den_som_svarer
@require_http_methods(["GET", "POST"])
def svar_status(request, svarer, tiltak):
    """How it goes with one tiltak, in words."""
    runde = kort = None
    feil = []
    try:
        runde, kort = _kortet(svarer, tiltak)
    except (Lukket, IkkeSpurt) as grunn:
        if request.method == "GET":
            return svarside(request, svarer, beskjed=grunn, status=404)
        feil = [grunn]
    skjema = _skjema(request, svarer, kort)
    if not feil and skjema.is_valid():
        renset = skjema.cleaned_data
        try:
            svar_om(
                svarer,
                tiltak,
                {navn: renset[navn] for navn in FELTER},
                hvordan=renset.get("hvordan"),
            )
        except ValidationError as grunn:
            feil = [grunn]
        else:
            messages.success(request, _takk(svarer, kort))
            return redirect(_tilbake(request, svarer, runde, tiltak))
    for grunn in feil:
        skjema.add_error(None, grunn)
    return render(
        request,
        "tiltak/runder/status.html",
        {
            "kommune": svarer.kommune,
            "tjeneste": svarer.tjeneste,
            "svarer": svarer,
            "kort": kort,
            "skjema": skjema,
            "tilbake": _tilbake(request, svarer, runde, tiltak),
        },
        status=409 if feil else 422 if skjema.errors else 200,
    )


def _skjema(request, svarer, kort):
    sendt = request.POST if request.method == "POST" else None
    rad = Statusrapport(tjeneste=svarer.tjeneste, hvordan=svarer.hvordan)
    rad.tiltak = kort.tiltak if kort else None
    begynner = dict(kort.svar.felter) if kort and kort.svar else {}
    if svarer.koordinerer and request.GET.get("fra") == FRA_MOTE:
        begynner["hvordan"] = FRA_MOTE
    return StatussvarForm(
        sendt, instance=rad, initial=begynner, koordinerer=svarer.koordinerer
    )


def _takk(svarer, kort):
    if svarer.koordinerer:
        return _("Svaret om «%s» er registrert.") % kort.tiltak.tittel
    return (
        _("Takk. Svaret om «%s» er sendt til SLT-koordinatoren.") % kort.tiltak.tittel
    )


@den_som_svarer
@require_POST
def svar_uendret(request, svarer, tiltak) -> HttpResponse:
    """That nothing changed of one tiltak."""
    hvordan = None
    if svarer.koordinerer:
        hvordan = request.POST.get("hvordan")
        if hvordan not in dict(FORT_AV_KOORDINATOR):
            return svarside(request, svarer, skjema=HvordanForm(request.POST))
    try:
        runde, kort = _kortet(svarer, tiltak)
        svar_om(svarer, tiltak, hvordan=hvordan, sett=request.POST.get("sett", ""))
    except ValidationError as grunn:
        return svarside(request, svarer, beskjed=grunn, status=409)
    messages.success(request, _takk(svarer, kort))
    return redirect(_tilbake(request, svarer, runde, tiltak))
