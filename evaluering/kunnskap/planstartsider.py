"""The pages on which a coordinator begins a plan with what a survey recommends."""

from itertools import groupby

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from evaluering.kunnskap.planstart import nytt_utkast, ta_med, tatt_med
from slt.felles.sider import for_koordinator, las_egen, sendt
from slt.grunn.identitetsnummer import avvis_identitetsnummer
from tiltak.models import Handlingsplan, Planrekke

# As what is chosen stands in the form, where the plan has no innsatsområde.
EGET = "nytt"


class UtkastForm(forms.Form):
    """A new draft. Of several rekker one is chosen."""

    tittel = forms.CharField(
        label=gettext_lazy("Tittel"),
        max_length=200,
        validators=[avvis_identitetsnummer],
    )
    rekke = forms.ModelChoiceField(
        label=gettext_lazy("Planrekke"), queryset=Planrekke.objects.none()
    )
    fra_ar = forms.IntegerField(label=gettext_lazy("Fra år"))
    til_ar = forms.IntegerField(label=gettext_lazy("Til år"))

    def __init__(self, *args, kommune, **kwargs):
        super().__init__(*args, **kwargs)
        self.kommune = kommune
        rekker = kommune.planrekker.all()
        self.fields["rekke"].queryset = rekker
        if len(rekker) < 2:
            del self.fields["rekke"]
        self.initial = _forslag(kommune) | self.initial

    def lagre(self):
        """Makes the draft and returns it; None where it was refused, which stands beside
        the fields then."""
        valgt = {"rekke": None} | self.cleaned_data
        try:
            return nytt_utkast(kommune=self.kommune, **valgt)
        except ValidationError as feil:
            for felt, feilene in feil.update_error_dict({}).items():
                sted = felt if felt in self.fields else None
                self.add_error(sted, feilene)
        return None


def _forslag(kommune):
    """The years after those of the plan in force, or from this year on."""
    gjeldende = Handlingsplan.objects.gjeldende_i(kommune)
    fra, lengde = timezone.localdate().year, 4
    if gjeldende:
        fra, lengde = gjeldende.til_ar, gjeldende.til_ar - gjeldende.fra_ar
    rekke = gjeldende and gjeldende.rekke_id
    return {"fra_ar": fra, "til_ar": fra + lengde, "rekke": rekke}


class AnbefalingerForm(forms.Form):
    """Of each recommendation that the plan has nothing for yet: where it is to stand."""

    def __init__(self, *args, plan, anbefalinger, gjort, **kwargs):
        super().__init__(*args, **kwargs)
        self.anbefalinger, self.gjort = anbefalinger, gjort
        self.omrader = {str(rad.pk): rad for rad in plan.innsatsomrader.all()}
        steder = [(pk, str(rad)) for pk, rad in self.omrader.items()]
        steder = steder or [(EGET, _("Et nytt innsatsområde: Anbefalinger"))]
        for anbefaling in self.apne:
            self.fields[f"a{anbefaling.pk}"] = forms.ChoiceField(
                label=gettext_lazy("Innsatsområde"),
                choices=[("", _("Tas ikke med")), *steder],
                required=False,
                widget=forms.Select(attrs={"class": "ds-input"}),
            )

    @cached_property
    def apne(self):
        return [
            anbefaling
            for anbefaling in self.anbefalinger
            if anbefaling.pk not in self.gjort and not anbefaling.ikke_fulgt_opp
        ]

    @property
    def valg(self):
        """[(recommendation, where it is to stand)] of those that were chosen."""
        valgt = [(a, self.cleaned_data[f"a{a.pk}"]) for a in self.apne]
        return [(a, self.omrader.get(sted)) for a, sted in valgt if sted]

    def rader(self):
        """[(theme, [(recommendation, field or None, tiltak of the plan or None)])]."""
        rader = [
            (a, self[f"a{a.pk}"] if a in self.apne else None, self.gjort.get(a.pk))
            for a in self.anbefalinger
        ]
        return [(tema, list(r)) for tema, r in groupby(rader, key=lambda r: r[0].tema)]


@require_http_methods(["GET", "POST"])
@for_koordinator
def plan_fra_kilde(request, kommune, slug):
    """Which draft is to have what a survey recommends: one that is there, or a new one."""
    kilde = get_object_or_404(kommune.kilder, slug=slug)
    skjema = UtkastForm(sendt(request), kommune=kommune)
    if request.method == "POST" and skjema.is_valid():
        with transaction.atomic():
            las_egen(request, kommune)
            plan = skjema.lagre()
        if plan:
            messages.success(request, _("Utkastet er laget."))
            return redirect("evaluering:anbefalinger", kommune.slug, slug, plan.slug)
    return render(
        request,
        "evaluering/plan_fra_kilde.html",
        {
            "kommune": kommune,
            "kilde": kilde,
            "skjema": skjema,
            "utkastene": _utkast(kommune).i_rekker(),
        },
        status=422 if skjema.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def anbefalinger_til_plan(request, kommune, slug, plan):
    """What a survey recommends, and what of it becomes tiltak of a draft."""
    kilde = get_object_or_404(kommune.kilder, slug=slug)
    plan = get_object_or_404(_utkast(kommune), slug=plan)
    skjema = _skjemaet(request, kilde, plan)
    if request.method == "POST":
        try:
            with transaction.atomic():
                las_egen(request, kommune)
                # Perhaps somebody took some of them meanwhile, or adopted the plan.
                plan.refresh_from_db(fields=["status"])
                skjema = _skjemaet(request, kilde, plan)
                if skjema.is_valid():
                    _si_fra(request, ta_med(plan=plan, valg=skjema.valg))
                    return redirect(request.get_full_path())
        except ValidationError as feil:
            skjema.add_error(None, feil.messages)
    return render(
        request,
        "evaluering/anbefalinger.html",
        {"kommune": kommune, "kilde": kilde, "plan": plan, "skjema": skjema},
        status=422 if skjema.errors else 200,
    )


def _utkast(kommune):
    utkast = kommune.planer.filter(status=Handlingsplan.Status.UTKAST)
    return utkast.select_related("kommune", "rekke")


def _skjemaet(request, kilde, plan):
    anbefalinger = list(kilde.anbefalinger.all())
    gjort = tatt_med(plan, anbefalinger)
    return AnbefalingerForm(
        sendt(request), plan=plan, anbefalinger=anbefalinger, gjort=gjort
    )


def _si_fra(request, nye):
    antall = len(nye)
    if not nye:
        messages.info(request, _("Ingen anbefalinger var valgt. Ingenting er endret."))
        return
    messages.success(
        request,
        ngettext(
            "%(antall)d tiltak er lagt inn i utkastet.",
            "%(antall)d tiltak er lagt inn i utkastet.",
            antall,
        )
        % {"antall": antall},
    )
