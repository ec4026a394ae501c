"""The links by which partners without an account read what the services see."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from slt.felles.lenkedor import lenkedor
from slt.felles.tilgang import APNERE, TILGANGSLENKER
from slt.models import Tilgangslenke


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def tilgangslenke(request, nokkel):
    """Lets in whoever has a link for partners."""
    return lenkedor(
        request,
        nokkel,
        lenker=Tilgangslenke.objects.select_related("kommune"),
        apnet=TILGANGSLENKER,
        mal="konto/tilgangslenke.html",
        til=lambda lenke: reverse("tiltak:tjeneste_list", args=[lenke.kommune.slug]),
    )


@login_not_required
@require_POST
def glem_lenker(request):
    """Ends what links opened in this browser; whoever is logged in stays so."""
    for navn in APNERE:
        request.session.pop(navn, None)
    return redirect("forside")
