"""The pages on which a coordinator takes a registration back, and ends a plan that none
follows; each with a reason."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from slt.felles.sider import for_koordinator, las_egen, sendt
from slt.grunn.historikk import begrunnet
from slt.grunn.identitetsnummer import avvis_identitetsnummer
from tiltak.behandling import gjenapne, hindringer, kan_gjenapnes, trekk
from tiltak.models import Registrering
from tiltak.planlop import avlos


class HvorforForm(forms.Form):
    hvorfor = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Står i historikken."),
        max_length=300,
        validators=[avvis_identitetsnummer],
    )


class TrekkForm(HvorforForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hvorfor"].help_text = _("Står i historikken, og ved dokumentet.")


class AvsluttForm(HvorforForm):
    ingen_ny = forms.BooleanField(
        label=gettext_lazy("Ingen ny plan tar over nå"),
        error_messages={
            "required": gettext_lazy("Kryss av hvis det er slik det skal være.")
        },
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def behandling_trekk(request, kommune, plan):
    """Takes a registration back that was a mistake."""
    registrering = get_object_or_404(
        Registrering.objects.som_star().uten_innhold(),
        plan__kommune=kommune,
        plan__slug=plan,
    )
    return _med_grunn(
        request,
        kommune,
        registrering.plan,
        TrekkForm,
        lambda hvorfor: trekk(registrering, hvorfor),
        mal="tiltak/behandling/trekk.html",
        kvittering=_("Registreringen er trukket tilbake."),
        registrering=registrering,
        hindringer=hindringer(registrering),
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def plan_avslutt(request, kommune, plan):
    """Ends a plan that none follows."""
    planer = kommune.planer.gjeldende().select_related("kommune", "rekke")
    plan = get_object_or_404(planer, slug=plan)

    def gjor(hvorfor):
        # As it is once nobody else writes.
        den = planer.filter(pk=plan.pk).first()
        if den is None:
            raise ValidationError(_("Planen gjelder ikke lenger."))
        with begrunnet(hvorfor):
            avlos(den)

    return _med_grunn(
        request,
        kommune,
        plan,
        AvsluttForm,
        gjor,
        mal="tiltak/behandling/avslutt.html",
        kvittering=_("Planen er avsluttet."),
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def plan_gjenapne(request, kommune, plan):
    """Lets a plan hold again that was ended by mistake."""
    planer = kommune.planer.select_related("kommune", "rekke")
    plan = get_object_or_404(planer, slug=plan)
    if not kan_gjenapnes(plan):
        raise Http404("it holds, or another one does")
    return _med_grunn(
        request,
        kommune,
        plan,
        HvorforForm,
        lambda hvorfor: gjenapne(plan, hvorfor),
        mal="tiltak/behandling/gjenapne.html",
        kvittering=_("Planen gjelder igjen."),
    )


def _med_grunn(request, kommune, plan, formklasse, gjor, *, mal, kvittering, **mer):
    """A page that asks for a reason, and does what it is the reason of."""
    skjema = formklasse(sendt(request))
    if request.method == "POST" and skjema.is_valid():
        try:
            with transaction.atomic():
                las_egen(request, kommune)
                gjor(skjema.cleaned_data["hvorfor"])
        except ValidationError as feil:
            skjema.add_error(None, feil.messages)
        else:
            messages.success(request, kvittering)
            return redirect(plan)
    return render(
        request,
        mal,
        {"kommune": kommune, "plan": plan, "skjema": skjema, **mer},
        status=422 if skjema.errors else 200,
    )
