"""The pages on which a coordinator makes what stands in no plan, and takes it into one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from slt.felles import radside
from slt.felles.radside import koordinators
from slt.felles.sider import for_koordinator, las_egen, sendt
from tiltak.inntak import ta_inn
from tiltak.models import Handlingsplan, Innsatsomrade, Tiltak
from tiltak.rediger.forms.tiltak import nytilbudskjema


class Omradevalg(forms.ModelChoiceField):
    """An innsatsområde of one of the plans; with the plan's name where there are more."""

    def __init__(self, *, omrader, **kwargs):
        self.flere_planer = len({omrade.plan_id for omrade in omrader}) > 1
        super().__init__(queryset=omrader, **kwargs)

    def label_from_instance(self, obj):
        if not self.flere_planer:
            return str(obj)
        status = obj.plan.tilstand.lower()
        return f"{obj.plan} ({status}): {obj}"


class InntaksForm(forms.Form):
    """Where in a plan it is to stand."""

    def __init__(self, *args, kommune, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["innsatsomrade"] = Omradevalg(
            label=gettext_lazy("Innsatsområde"),
            omrader=_omrader(kommune),
            empty_label=gettext_lazy("Velg"),
        )


def _omrader(kommune):
    """Those of the plans that can be changed, the newest plan first."""
    omrader = Innsatsomrade.objects.filter(plan__kommune=kommune)
    omrader = omrader.exclude(plan__status=Handlingsplan.Status.AVLOST)
    return omrader.select_related("plan__kommune").order_by(
        "-plan__fra_ar", "plan", "rekkefolge", "pk"
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def tilbud_ta_inn(request, kommune, pk):
    """Makes a tilbud a tiltak of the plan, in the innsatsområde that is chosen."""
    rader = Tiltak.objects.tilbud().selvstendige().select_related("kommune")
    tilbud = get_object_or_404(rader, kommune=kommune, pk=pk)
    skjema = InntaksForm(sendt(request), kommune=kommune)
    if request.method == "POST":
        try:
            with transaction.atomic():
                las_egen(request, kommune)
                # Perhaps somebody took it in meanwhile, or adopted the plan.
                tilbud = get_object_or_404(rader.all(), pk=pk)
                if skjema.is_valid():
                    omrade = skjema.cleaned_data["innsatsomrade"]
                    plassering = ta_inn(tilbud=tilbud, innsatsomrade=omrade)
                    messages.success(request, _kvittering(plassering))
                    return redirect(plassering.url)
        except ValidationError as feil:
            skjema.add_error(None, feil.messages)
    return render(
        request,
        "tiltak/tilbud_ta_inn.html",
        {
            "kommune": kommune,
            "tilbud": tilbud,
            "skjema": skjema,
            "har_omrader": bool(skjema.fields["innsatsomrade"].queryset),
            "plan": _apen_plan(kommune),
        },
        status=422 if skjema.errors else 200,
    )


def _apen_plan(kommune):
    """The newest plan that can be written in, or None."""
    planer = kommune.planer.exclude(status=Handlingsplan.Status.AVLOST)
    return planer.order_by("-fra_ar", "-pk").first()


@koordinators
def tilbud_nytt(request, kommune):
    """Makes a tilbud; what more there is to say of it, is asked for on its own form."""
    return radside.ny(
        request,
        kommune,
        lag=lambda: Tiltak(kommune=kommune),
        bygg=nytilbudskjema,
        overskrift=_("Nytt tilbud"),
        ingress=_("Resten fyller du ut når tilbudet er lagret."),
        avbryt=reverse("tiltak:tilbud_list", args=[kommune.slug]),
        etterpa=lambda rad: reverse("tiltak:tiltak_endre", args=[kommune.slug, rad.pk]),
    )


def _kvittering(plassering):
    verdier = {"tittel": plassering.tiltak, "merkelapp": plassering.merkelapp}
    if plassering.innsatsomrade.plan.er_utkast:
        return (
            _(
                "«%(tittel)s» er nå %(merkelapp)s i utkastet. Det vises ikke for alle før "
                "planen gjelder."
            )
            % verdier
        )
    return (
        _(
            "«%(tittel)s» er nå %(merkelapp)s i planen. Det vises ikke for alle før det er "
            "publisert."
        )
        % verdier
    )
