"""The plan as documents to download."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from slt.grunn.pdf import tegn
from tiltak.pdf import Utgave
from tiltak.views import hent_plan


@login_not_required
@require_safe
def plan_pdf(request, kommune, periode):
    """The whole plan as a document, with what the public may see."""
    plan = hent_plan(request.user, kommune, periode)
    return HttpResponse(
        tegn(Utgave(plan).oppdrag()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{plan.filnavn}.pdf"'},
    )


@login_not_required
@require_safe
def plan_kort_pdf(request, kommune, periode):
    plan = hent_plan(request.user, kommune, periode)
    return HttpResponse(tegn(Utgave(plan, kort=True).oppdrag()))
