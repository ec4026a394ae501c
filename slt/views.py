"""Pages above the apps: the list of kommuner, a kommune, and what is said on errors."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from slt.models import Kommune
from tiltak.models import Handlingsplan


@login_not_required
@require_safe
def forside(request):
    """The kommuner of this installation; leads straight on where there is only one."""
    kommuner = list(Kommune.objects.all())
    if len(kommuner) == 1:
        return redirect(kommuner[0])
    return render(request, "slt/forside.html", {"kommuner": kommuner})


@login_not_required
@require_safe
def kommune_detail(request, kommune):
    """Leads to the plan in force; without one, says what else there is."""
    kommune = get_object_or_404(Kommune, slug=kommune)
    if plan := Handlingsplan.objects.gjeldende().filter(kommune=kommune).first():
        return redirect(plan)
    planer = Handlingsplan.objects.synlige_for(request.user).filter(kommune=kommune)
    return render(
        request,
        "slt/kommune_detail.html",
        {"kommune": kommune, "planer": planer.select_related("kommune")},
    )


@login_not_required
@require_safe
def healthz(request):
    """Says that the process answers and reaches its database."""
    Kommune.objects.exists()
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def ingen_tilgang(request, exception=None):
    return render(request, "403.html", status=403)


def finnes_ikke(request, exception=None):
    return render(request, "404.html", status=404)


def noe_gikk_galt(request):
    return render(request, "500.html", status=500)
