"""The pages with the school holidays of a kommune, kept by its coordinators."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moter.models import Motefri
from moter.moteplan.forms.motefri import MotefriEndreForm, MotefriForm
from slt.felles.sider import for_koordinator, sendt
from slt.grunn.historikk import begrunnet
from slt.models import Kommune


@require_http_methods(["GET", "POST"])
@for_koordinator
def motefri(request, kommune):
    """The holidays that are not over, and the form that adds one."""
    skjema = MotefriForm(sendt(request), instance=Motefri(kommune=kommune))
    if request.method == "POST" and skjema.is_valid():
        skjema.save()
        messages.success(request, _("Lagt til: %s.") % skjema.instance)
        return redirect("moter:motefri", kommune.slug)
    i_dag = timezone.localdate()
    return render(
        request,
        "moter/motefri.html",
        {
            "kommune": kommune,
            "rader": kommune.motefri.filter(til__gte=i_dag),
            "tidligere": kommune.motefri.filter(til__lt=i_dag),
            "skjema": skjema,
        },
        status=422 if skjema.errors else 200,
    )


def _raden(kommune, pk):
    return get_object_or_404(kommune.motefri.select_related("kommune"), pk=pk)


@require_http_methods(["GET", "POST"])
@for_koordinator
@transaction.atomic
def motefri_endre(request, kommune, pk):
    """Name and days of a holiday."""
    if request.method == "POST":
        # What the form finds unchanged is so until it is saved.
        Kommune.objects.las(kommune.pk)
    rad = _raden(kommune, pk)
    navn = str(rad)
    skjema = MotefriEndreForm(sendt(request), instance=rad)
    if request.method == "POST" and skjema.is_valid():
        with begrunnet(skjema.cleaned_data["begrunnelse"]):
            skjema.save()
        messages.success(request, _("Endringen er lagret."))
        return redirect("moter:motefri", kommune.slug)
    return render(
        request,
        "moter/motefri_endre.html",
        {"kommune": kommune, "rad": navn, "skjema": skjema},
        status=422 if skjema.errors else 200,
    )


@require_POST
@for_koordinator
@transaction.atomic
def motefri_slett(request, kommune, pk):
    """Takes a holiday off the list."""
    rad = _raden(kommune, pk)
    navn = str(rad)
    rad.delete()
    messages.success(request, _("Fjernet: %s.") % navn)
    return redirect("moter:motefri", kommune.slug)
