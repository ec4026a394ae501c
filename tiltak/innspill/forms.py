"""Forms for what is said of a draft, and what becomes of it."""

from datetime import datetime, time
from operator import attrgetter

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import Dato, KommuneForm, SettForm
from slt.grunn.tid import Dagfelt, sjekk_kommet
from tiltak.innspill.emner import emner
from tiltak.models import Horing, Innspill

TEKSTFELT = forms.Textarea(attrs={"rows": 8})


class InnspillForm(KommuneForm):
    """What somebody who reads the draft says of it."""

    class Meta:
        model = Innspill
        fields = ["fra", "tekst"]
        widgets = {"tekst": TEKSTFELT}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Who has a link is known by it.
        if self.instance.planlenke:
            del self.fields["fra"]


class ForInnForm(KommuneForm):
    """What came some other way: in a letter, or by the kommune's own høring."""

    emne = forms.ChoiceField(label=_("hva det gjelder"), required=False)
    mottatt = Dagfelt(label=_("mottatt"), widget=Dato, validators=[sjekk_kommet])

    class Meta:
        model = Innspill
        fields = ["fra", "emne", "tekst", "mottatt", "journalnummer", "horing"]
        widgets = {"tekst": TEKSTFELT}

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.emner = {emne.verdi: emne for emne in emner(plan)}
        self.fields["emne"].choices = [
            (verdi, emne.navn or _("Hele planen")) for verdi, emne in self.emner.items()
        ]
        horinger = Horing.objects.filter(plan=plan)
        self.fields["horing"].queryset = horinger
        self.fields["horing"].label_from_instance = attrgetter("perioden")
        self.fields["horing"].empty_label = _("Kom utenom")
        if not horinger:
            del self.fields["horing"]

    def clean_mottatt(self):
        dag = self.cleaned_data["mottatt"]
        na = timezone.localtime()
        # Only the day is known; that is noon, whatever the time of the year.
        if dag == na.date():
            return na
        return timezone.make_aware(datetime.combine(dag, time(12)))

    def clean(self):
        renset = super().clean()
        if emne := self.emner.get(renset.get("emne", "")):
            for navn, verdi in emne.felter().items():
                setattr(self.instance, navn, verdi)
        return renset


class SvarForm(SettForm):
    """What became of an innspill."""

    class Meta:
        model = Innspill
        fields = ["vurdering", "svar"]
        widgets = {"svar": forms.Textarea(attrs={"rows": 2})}

    def _get_validation_exclusions(self):
        # What it is about may be gone.
        return {"tiltak", "kapittel"} | super()._get_validation_exclusions()

    def clean(self):
        renset = super().clean()
        if self.er_foreldet:
            self.avvis_foreldet()
        er_tomt = not (renset.get("vurdering") or renset.get("svar"))
        if er_tomt and not self.errors and not self.instance.er_besvart:
            raise forms.ValidationError(_("Velg en vurdering, og skriv et svar."))
        return renset
