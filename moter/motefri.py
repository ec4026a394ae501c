"""The pages with the school holidays of a kommune, kept by its coordinators."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from moter.models import Motefri
from moter.moteplan import sidens_kontekst
from slt.felles.bevart import i_malformen
from slt.felles.skjema import Endreform, KommuneForm
from slt.felles.tilgang import egen_kommune
from slt.grunn.historikk import grunn

# Longer than a summer holiday is a mistyped year.
FLEST_DAGER = 120


class MotefriForm(KommuneForm):
    """A holiday: what it is called, its first and its last day."""

    class Meta:
        model = Motefri
        fields = ["navn", "fra", "til"]
        widgets = {
            felt: forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            for felt in ("fra", "til")
        }

    def clean(self):
        super().clean()
        data = self.cleaned_data
        fra, til = data.get("fra"), data.get("til")
        if fra and til and til < fra:
            self.add_error("til", _("Den siste dagen kan ikke være før den første."))
        elif fra and til and (til - fra).days >= FLEST_DAGER:
            self.add_error(
                "til",
                _("Tiden kan være på høyst %(dager)s dager.") % {"dager": FLEST_DAGER},
            )
        return data


class MotefriEndreform(Endreform, MotefriForm):
    class Meta(MotefriForm.Meta):
        pass


@never_cache
@require_http_methods(["GET", "POST"])
@i_malformen
def motefri(request, kommune):
    """The holidays that are not over, and the form that adds one."""
    kommune = egen_kommune(request, kommune)
    sendt = request.POST if request.method == "POST" else None
    skjema = MotefriForm(sendt, instance=Motefri(kommune=kommune))
    if request.method == "POST" and skjema.is_valid():
        skjema.save()
        messages.success(request, _("Lagt til: %s.") % skjema.instance)
        return redirect("moter:motefri", kommune.slug)
    i_dag = timezone.localdate()
    return render(
        request,
        "moter/motefri.html",
        {
            **sidens_kontekst(kommune),
            "rader": kommune.motefri.filter(til__gte=i_dag),
            "tidligere": kommune.motefri.filter(til__lt=i_dag),
            "skjema": skjema,
        },
        status=422 if skjema.errors else 200,
    )


def _raden(kommune, pk):
    return get_object_or_404(kommune.motefri.select_related("kommune"), pk=pk)


@never_cache
@require_http_methods(["GET", "POST"])
@i_malformen
def motefri_endre(request, kommune, pk):
    """Name and days of a holiday."""
    kommune = egen_kommune(request, kommune)
    rad = _raden(kommune, pk)
    navn, sendt = str(rad), request.POST if request.method == "POST" else None
    skjema = MotefriEndreform(sendt, instance=rad)
    if request.method == "POST" and skjema.is_valid():
        with grunn(skjema.cleaned_data["grunn"]):
            skjema.save()
        messages.success(request, _("Endringen er lagret."))
        return redirect("moter:motefri", kommune.slug)
    return render(
        request,
        "moter/motefri_endre.html",
        {**sidens_kontekst(kommune), "rad": navn, "skjema": skjema},
        status=422 if skjema.errors else 200,
    )


@require_POST
@i_malformen
@transaction.atomic
def motefri_slett(request, kommune, pk):
    """Takes a holiday off the list."""
    kommune = egen_kommune(request, kommune)
    rad = _raden(kommune, pk)
    navn = str(rad)
    rad.delete()
    messages.success(request, _("Fjernet: %s.") % navn)
    return redirect("moter:motefri", kommune.slug)
