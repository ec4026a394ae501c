"""Forms of what plans have in common: rekker, and documents that need no plan."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import ENDRET_AV_ANDRE
from slt.felles.innstillinger import RaderForm, radskjema
from slt.felles.skjemarader import RadForm, SideRadFormSet, radsett
from slt.models import Kommune
from tiltak.models import Planrekke, Styringsdokument
from tiltak.planlop import gjor_til_hovedrekke
from tiltak.rediger.forms.plan import StyringsdokumentForm


class AvtaleRad(StyringsdokumentForm):
    """A document of the kommune; without a plan, it is nothing to one."""

    class Meta(StyringsdokumentForm.Meta):
        fields = [f for f in StyringsdokumentForm.Meta.fields if f != "forhold"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            # Most of those that no plan needs.
            self.initial["art"] = Styringsdokument.Art.AVTALE

    @property
    def mer(self):
        return self.instance.nar


# Rekker -------------------------------------------------------------------------------


class HovedrekkeForm(RaderForm):
    """Which of the rekker is the main one; where there is one alone, it is that."""

    hovedrekke = forms.ModelChoiceField(
        queryset=None,
        empty_label=None,
        label=_("hovedrekke"),
        help_text=_("De korte adressene fører til planen som gjelder her."),
    )
    # The main one when the form was opened: only a choice that the user made counts.
    hoved_da = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rekker = list(self.instance.planrekker.all())
        if len(rekker) < 2:
            del self.fields["hovedrekke"], self.fields["hoved_da"]
            return
        felt = self.fields["hovedrekke"]
        felt.queryset = self.instance.planrekker.all()
        felt.choices = [(rekke.pk, str(rekke)) for rekke in rekker]
        hoved = next((rekke.pk for rekke in rekker if rekke.hoved), None)
        self.initial |= {"hovedrekke": hoved, "hoved_da": hoved}

    def clean_hovedrekke(self):
        rekke, da = self.cleaned_data["hovedrekke"], self.data.get("hoved_da")
        if rekke.hoved or str(rekke.pk) == da:
            return None
        if da != str(self.initial["hoved_da"]):
            raise ValidationError(
                _("Noen andre valgte en annen hovedrekke mens du skrev."),
                code=ENDRET_AV_ANDRE,
            )
        return rekke

    def save(self, commit=True):
        if rekke := self.cleaned_data.get("hovedrekke"):
            gjor_til_hovedrekke(rekke)
        return super().save(commit)


class PlanrekkeRad(RadForm):
    class Meta:
        model = Planrekke
        fields = ["navn"]
        help_texts = {"navn": ""}


class PlanrekkeRader(SideRadFormSet):
    """Rekker, of which one is the main one: the first of a kommune that has none."""

    def save(self, commit=True):
        # The form above may have made another one the main one.
        hoved = self.instance.planrekker.filter(hoved=True).first()
        for form in self.initial_forms:
            form.instance.hoved = form.instance == hoved
        self.uten_hoved = hoved is None
        return super().save(commit)

    def save_new(self, form, commit=True):
        form.instance.hoved, self.uten_hoved = self.uten_hoved, False
        return super().save_new(form, commit)


class AvtaleRader(SideRadFormSet):
    """Documents of the kommune, each once."""

    def get_unique_error_message(self, unique_check):
        return _("Kommunen har allerede et slikt dokument.")


PLANREKKER = radsett(
    Kommune,
    Planrekke,
    PlanrekkeRad,
    formset=PlanrekkeRader,
    hjelp=_("Korte navn, for eksempel «SLT-planen» eller «Vold i nære relasjoner»."),
    leggtil=_("Legg til en planrekke"),
)
AVTALER = radsett(
    Kommune,
    Styringsdokument,
    AvtaleRad,
    formset=AvtaleRader,
    sammenlagt=True,
    navn=_("vedtak og avtaler"),
    leggtil=_("Legg til et vedtak eller en avtale"),
)


def _avtaler(kommune, data):
    return AVTALER(
        data,
        instance=kommune,
        queryset=Styringsdokument.objects.uten_plan(),
        form_kwargs={"kommune": kommune},
    )


avtaleskjema = radskjema("styringsdokumenter", _avtaler)
planrekkeskjema = radskjema(
    "planrekker",
    lambda k, data: PLANREKKER(data, instance=k),
    form=HovedrekkeForm,
    over=["hovedrekke"],
)
