"""What a new kommune begins with, and all kommuner at a glance."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from slt.felles.sider import for_koordinator
from slt.felles.start import med_start, stegene
from slt.models import Kommune


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
