"""The links by which partners without an account read what the services see."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from slt.felles.bremse import avsender, for_mange
from slt.felles.tilgang import APNERE, TILGANGSLENKER
from slt.konto.forms import KVARTER
from slt.models import Tilgangslenke


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def tilgangslenke(request, nokkel):
    """Lets in whoever has the link. Only at the press of a button: programs that look at
    links in mail do not press."""
    lenken = (
        Tilgangslenke.objects.gyldige()
        .select_related("kommune")
        .filter(avtrykk=Tilgangslenke.avtrykk_av(nokkel))
        .first()
    )
    if lenken is None and for_mange(
        "lenke", avsender(request), antall=60, sekunder=KVARTER
    ):
        return render(
            request, "konto/tilgangslenke.html", {"for_mange": True}, status=429
        )
    if lenken and request.method == "POST":
        apnet = request.session.get(TILGANGSLENKER, [])
        request.session.cycle_key()
        request.session[TILGANGSLENKER] = [*{*apnet, lenken.pk}]
        return redirect("tiltak:tjeneste_list", lenken.kommune.slug)
    return render(
        request,
        "konto/tilgangslenke.html",
        {"tilgangslenke": lenken, "kommune": lenken and lenken.kommune},
        status=200 if lenken else 404,
    )


@login_not_required
@require_POST
def glem_lenker(request):
    """Ends what links opened in this browser; whoever is logged in stays so."""
    for navn in APNERE:
        request.session.pop(navn, None)
    return redirect("forside")
