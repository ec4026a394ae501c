"""The page on which a coordinator lets tiltak of another plan stand in this one, too."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from slt.felles.forms import FlereRader
from slt.felles.sider import for_koordinator, las_egen, sendt
from tiltak.gjester import kan_settes_inn, sett_inn
from tiltak.models import Handlingsplan, Innsatsomrade, Tiltak


class SettInnForm(forms.Form):
    innsatsomrade = forms.ModelChoiceField(
        Innsatsomrade.objects.none(),
        label=_("Innsatsområde i denne planen"),
        empty_label=_("Velg"),
    )
    tiltak = FlereRader(
        Tiltak.objects.none(),
        label=_("Tiltak"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst ett tiltak.")},
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["innsatsomrade"].queryset = plan.innsatsomrader.all()
        felt = self.fields["tiltak"]
        felt.queryset = kan_settes_inn(plan)
        felt.label_from_instance = _med_sted


def _med_sted(tiltak):
    # The name of the rekke is short; of one, there may be a plan and the next.
    plan = f"{tiltak.plan.rekke} {tiltak.plan.periode}"
    return f"{tiltak} ({tiltak.merkelapp}, {plan})"


@require_http_methods(["GET", "POST"])
@for_koordinator
def sett_inn_tiltak(request, kommune, plan):
    """Chooses among the tiltak of the other plans, and says where they are to stand."""
    skjema = _skjemaet(request, kommune, plan)
    if request.method == "POST":
        with transaction.atomic():
            las_egen(request, kommune)
            # Perhaps somebody adopted the plan meanwhile.
            skjema = _skjemaet(request, kommune, plan)
            if skjema.is_valid() and (omrade := _satt_inn(request, skjema)):
                return redirect(omrade)
    return render(
        request,
        "tiltak/sett_inn.html",
        {"kommune": kommune, "plan": skjema.plan, "skjema": skjema},
        status=422 if skjema.errors else 200,
    )


def _skjemaet(request, kommune, slug):
    planer = kommune.planer.exclude(status=Handlingsplan.Status.AVLOST)
    plan = get_object_or_404(planer.select_related("kommune"), slug=slug)
    return SettInnForm(sendt(request), plan=plan)


def _satt_inn(request, skjema):
    """Returns the innsatsområde where they stand now; None where they cannot, which the
    form says."""
    tiltakene, omrade = (skjema.cleaned_data[f] for f in ("tiltak", "innsatsomrade"))
    try:
        sett_inn(tiltakene, omrade)
    except ValidationError as feil:
        skjema.add_error(None, feil.messages)
        return None
    antall = len(tiltakene)
    messages.success(
        request,
        ngettext(
            "%(antall)d tiltak står nå også her.",
            "%(antall)d tiltak står nå også her.",
            antall,
        )
        % {"antall": antall},
    )
    return omrade
