"""The page on which somebody who works in a kommune begins, and the way to it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from slt.arbeidsflate.sist_endret import sist_endret
from slt.felles.arbeidsflate import (
    BEGYNN,
    KOMMER,
    LESES,
    VENTER,
    Hvem,
    kommuner_for,
)
from slt.felles.bevart import i_malformen
from slt.models import Tilgang

ENDRINGER = 10


@never_cache
@require_safe
@i_malformen
def arbeidsflate(request, kommune):
    """What waits for the asker in a kommune, what is to come, and what was changed."""
    kommune = get_object_or_404(kommuner_for(request.user), slug=kommune)
    hvem = Hvem(
        bruker=request.user,
        kommune=kommune,
        koordinerer=kommune.gir(request.user, Tilgang.Rolle.KOORDINATOR),
        vedtar=kommune.gir(request.user, Tilgang.Rolle.POLITIRAD),
    )
    return render(
        request,
        "slt/arbeidsflate.html",
        {
            "kommune": kommune,
            "hvem": hvem,
            "venter": [linje for finn in VENTER for linje in finn(hvem)],
            "kommer": sorted(
                (h for finn in KOMMER for h in finn(hvem)), key=lambda h: h.tid
            ),
            "begynn": [steg for finn in BEGYNN for steg in finn(hvem)],
            "leses": [rad for finn in LESES for rad in finn(hvem)],
            "endringer": sist_endret(kommune, ENDRINGER) if hvem.koordinerer else [],
        },
    )


@never_cache
@require_safe
def inn(request):
    """Where somebody lands after logging in: on their page of the kommune, or on their
    own where they work in several or none."""
    kommuner = list(kommuner_for(request.user)[:2])
    if len(kommuner) == 1:
        return redirect("arbeidsflate", kommuner[0].slug)
    return redirect("konto:min_side")
