"""What a new kommune begins with, and all kommuner at a glance."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from slt.felles.helse import feil_i_radene
from slt.felles.sider import for_koordinator
from slt.felles.start import med_start, stegene
from slt.models import Kommune
from slt.start.kommunene import oversikter


@require_safe
@for_koordinator
def start(request, kommune):
    """What is done and what is left of the start; 1 query beyond who asks."""
    kommune = get_object_or_404(med_start(Kommune.objects.all()), pk=kommune.pk)
    alle = stegene(kommune)
    return render(
        request,
        "slt/start.html",
        {
            "kommune": kommune,
            "stegene": alle,
            "antall": len(alle),
            "gjort": sum(status.gjort for status in alle),
            "neste": next((status for status in alle if not status.gjort), None),
        },
    )


@never_cache
@require_safe
def kommuner(request):
    """All kommuner at a glance, for administrators; to all others it is as if nothing
    were there."""
    if not request.user.is_superuser:
        raise Http404
    # It goes over all rows: asked for, not each time somebody looks.
    kontrollert = "kontroll" in request.GET
    return render(
        request,
        "slt/kommuner.html",
        {
            "oversikter": oversikter(),
            "kontrollert": kontrollert,
            "antall_feil": len(list(feil_i_radene())) if kontrollert else 0,
        },
    )
