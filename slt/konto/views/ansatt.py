"""Everybody who works in a kommune reads what its services see, without a user: they show
that they have an address in one of its domains. Who they are is stored nowhere."""

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as oversatt
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from slt.felles.bevart import i_malformen
from slt.felles.bremse import avsender, for_mange, forsok
from slt.felles.epost import adresse_i_epost, send_uten_spor
from slt.felles.tilgang import ANSATT
from slt.konto.forms import AdresseForm
from slt.models import Kommune

SALT = "slt.ansatt"
EN_TIME = 3600


def _kommunen(slug):
    kommune = get_object_or_404(Kommune, slug=slug)
    if not kommune.domener:
        raise Http404
    return kommune


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@i_malformen
def ansatt(request, kommune):
    """Sends a link to whoever has an address in a domain of the kommune."""
    kommune = _kommunen(kommune)
    sendt = request.method == "POST"
    skjema = AdresseForm(request.POST if sendt else None, kommune=kommune)
    status = 200
    if sendt and skjema.is_valid():
        epost = skjema.cleaned_data["epost"]
        sperret = [
            for_mange("ansatt", avsender(request), antall=30, sekunder=EN_TIME),
            for_mange("ansatt", epost, antall=5, sekunder=EN_TIME),
        ]
        if any(sperret):
            skjema.add_error(None, _("For mange forsøk. Prøv igjen om en time."))
            status = 429
        elif _send_lenke(request, kommune, epost):
            return render(
                request, "konto/ansatt.html", {"kommune": kommune, "sendt": True}
            )
        else:
            skjema.add_error(None, _("E-posten kom ikke av gårde. Prøv igjen om litt."))
            status = 503
    elif sendt:
        status = 422
    return render(
        request,
        "konto/ansatt.html",
        {"kommune": kommune, "form": skjema},
        status=status,
    )


def ny_nokkel(kommune, domene):
    """Returns the key of a link: signed, and unlike the others of the same second, for
    each opens once."""
    return signing.dumps([kommune.pk, domene, get_random_string(8)], salt=SALT)


def _send_lenke(request, kommune, epost):
    nokkel = ny_nokkel(kommune, epost.rpartition("@")[2])
    adresse = reverse("ansatt_lenke", args=[kommune.slug, nokkel])
    return send_uten_spor(
        epost,
        oversatt("Kontakter i SLT i %s") % kommune,
        "konto/epost/ansatt.txt",
        {"kommune": kommune, "adresse": adresse_i_epost(request, adresse)},
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@i_malformen
def ansatt_lenke(request, kommune, nokkel):
    """Lets in whoever got the link, at the press of a button."""
    kommune = _kommunen(kommune)
    try:
        hvor, domene, _nr = signing.loads(nokkel, salt=SALT, max_age=EN_TIME)
    except signing.BadSignature:
        hvor = domene = None
    gjelder = (
        hvor == kommune.pk
        and domene in kommune.domener
        and not forsok("ansatt-lenke", nokkel)
    )
    if gjelder and request.method == "POST":
        # Once: a link that is passed on opens nothing more.
        gjelder = not for_mange("ansatt-lenke", nokkel, antall=1, sekunder=EN_TIME)
        if gjelder:
            return _slipp_inn(request, kommune, domene)
    return render(
        request,
        "konto/ansatt.html",
        {"kommune": kommune, "gjelder": gjelder, "er_lenke": True},
        status=200 if gjelder else 404,
    )


def _slipp_inn(request, kommune, domene):
    vist = request.session.get(ANSATT, {})
    request.session.cycle_key()
    request.session[ANSATT] = vist | {str(kommune.pk): domene}
    return redirect("tiltak:tjeneste_list", kommune.slug)
