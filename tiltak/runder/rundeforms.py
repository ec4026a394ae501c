"""Forms of the coordinator who asks: when, what, of which tiltak, and why a round is opened
again."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import BareTegnes, Dato, KommuneForm
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Runde,
    Rundelukking,
    Rundeoppsett,
    Rundevalg,
)
from tiltak.runder.deler import DELER

HELE = "hele"


class OppsettForm(BareTegnes, KommuneForm):
    """When a kommune asks its tjenester."""

    class Meta:
        model = Rundeoppsett
        fields = ["er_pa", "sendes", "purrer", "forste_uke", "andre_uke", "dager"]


def _sjekk_fristen(frist):
    if frist <= timezone.localdate():
        raise forms.ValidationError(_("Fristen må være etter i dag."))
    return frist


class RundeForm(KommuneForm):
    """What a round says and asks, of what, and until when. Of each plan that holds there is
    a field by which it, or some of its innsatsområder, is chosen."""

    deler = forms.MultipleChoiceField(
        label=_("Det dere spør om"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én ting å spørre om.")},
    )

    class Meta:
        model = Runde
        fields = ["frist", "deler", "hvilke", "sporsmal"]
        widgets = {
            "sporsmal": forms.Textarea({"rows": 4}),
            "frist": Dato,
            "hvilke": forms.RadioSelect,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        alle = [(del_.nokkel, del_.hva) for del_ in DELER]
        self.fields["deler"].choices = alle
        if not self.instance.deler:
            self.initial["deler"] = [nokkel for nokkel, _hva in alle]
        self.fields["hvilke"].label = _("Hvilke tiltak dere spør om")
        self.fields["hvilke"].choices = Runde.Hvilke.choices
        self._planer = {}
        for plan in _planene(self.instance):
            self._legg_til(plan)

    def _legg_til(self, plan):
        omrader = [rad for rad in plan.innsatsomrader.all() if rad.publisert]
        navn = f"plan_{plan.pk}"
        self._planer[navn] = plan
        self.fields[navn] = forms.MultipleChoiceField(
            label=_navnet(plan),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[
                (HELE, _("Hele planen")),
                *((str(rad.pk), str(rad)) for rad in omrader),
            ],
        )
        if self.instance.pk:
            self.initial[navn] = [
                str(valg.innsatsomrade_id or HELE)
                for valg in self.instance.valg.all()
                if valg.plan_id == plan.pk
            ]

    @property
    def felles(self):
        """The fields that are not about a plan."""
        return [felt for felt in self if felt.name not in self._planer]

    @property
    def planer(self):
        return [self[navn] for navn in self._planer]

    @property
    def noe_er_valgt(self):
        """Whether something of a plan is chosen, or was chosen wrongly."""
        return any(felt.value() or felt.errors for felt in self.planer)

    def clean_frist(self):
        return _sjekk_fristen(self.cleaned_data["frist"])

    def _save_m2m(self):
        super()._save_m2m()
        onsket = set()
        for navn, plan in self._planer.items():
            valgt = self.cleaned_data[navn]
            # Of all of it, its parts are said, too.
            onsket |= (
                {(plan.pk, None)}
                if HELE in valgt
                else {(plan.pk, int(pk)) for pk in valgt}
            )
        for rad in self.instance.valg.all():
            if (rad.plan_id, rad.innsatsomrade_id) in onsket:
                onsket.discard((rad.plan_id, rad.innsatsomrade_id))
            else:
                rad.delete()
        for plan, omrade in sorted(onsket, key=str):
            Rundevalg.objects.create(
                runde=self.instance, plan_id=plan, innsatsomrade_id=omrade
            )


def _navnet(plan):
    gjelder = plan.status == Handlingsplan.Status.GJELDENDE
    return str(plan) if gjelder else _("%s (gjelder ikke lenger)") % plan


def _planene(runde):
    """The plans that hold, and those that were chosen and do so no more: to choose none
    asks of all. With their innsatsområder; 2 queries."""
    omrader = Innsatsomrade._meta.get_field("plan").remote_field.get_accessor_name()
    vises = Q(status=Handlingsplan.Status.GJELDENDE)
    if runde.pk:
        vises |= Q(pk__in=runde.valg.order_by().values("plan"))
    rader = Handlingsplan.objects.filter(vises, kommune=runde.kommune)
    return rader.order_by("-rekke__hoved", "tittel", "pk").prefetch_related(omrader)


class GjenapneForm(forms.Form):
    """Why a round is opened again, and until when. A new deadline is asked for where the
    one it has is over."""

    hvorfor = Rundelukking._meta.get_field("hvorfor").formfield(
        label=_("Hvorfor åpnes runden igjen?"),
        required=True,
        help_text=_("Står på siden til runden. Ikke navn på personer."),
        error_messages={"required": _("Skriv hvorfor runden åpnes igjen.")},
    )
    frist = Runde._meta.get_field("frist").formfield(label=_("Svar innen"), widget=Dato)

    def __init__(self, *args, runde, **kwargs):
        super().__init__(*args, **kwargs)
        self.runde = runde
        er_over = runde.frist < timezone.localdate()
        self.fields["frist"].initial = None if er_over else runde.frist

    def clean_frist(self):
        frist = self.cleaned_data["frist"]
        if frist == self.runde.frist and frist >= timezone.localdate():
            return frist
        return _sjekk_fristen(frist)
