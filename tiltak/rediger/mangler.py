"""The page that says to a coordinator what a plan still lacks."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from slt.felles.sider import for_koordinator
from tiltak import mangler as innholdet
from tiltak.models import Handlingsplan


@require_safe
@for_koordinator
def mangler(request, kommune, plan):
    """What the plan lacks, each with the way to where it is mended."""
    planer = kommune.planer.exclude(status=Handlingsplan.Status.AVLOST)
    plan = get_object_or_404(planer.select_related("rekke", "bygger_pa"), slug=plan)
    plan.kommune = kommune
    grupper = innholdet.mangler(plan)
    return render(
        request,
        "tiltak/mangler.html",
        {
            "kommune": kommune,
            "plan": plan,
            "mangler": [gruppe for gruppe in grupper if gruppe.teller],
            "merknader": [gruppe for gruppe in grupper if not gruppe.teller],
            "antall": sum(len(g.rader) for g in grupper if g.teller),
        },
    )
