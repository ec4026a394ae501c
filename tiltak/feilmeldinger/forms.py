"""Forms for what readers say is wrong, and for what was done about it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from slt.grunn.personer import kan_nas
from tiltak.feilmeldinger import stempel
from tiltak.models import Feilmelding

# The name of a field that nobody sees: a robot fills in what it finds.
FELLE = "nettsted"


class FeilmeldingForm(forms.ModelForm):
    """What somebody says is wrong. No token stands in it, and no name.

    Attributes:
        stempelet: what it is to be sent with.
        innsending: the UUID of what was sent, where it is valid.
    """

    use_required_attribute = False

    class Meta:
        model = Feilmelding
        fields = ["emne", "tekst"]
        widgets = {
            "emne": forms.RadioSelect,
            "tekst": forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        }
        error_messages = {"emne": {"required": _("Velg hva som er galt.")}}
        help_texts = {
            "tekst": _(
                "Skriv ikke om personer: ingen navn, telefonnumre, e-postadresser eller "
                "annet om noen."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["emne"].choices = [
            (verdi, capfirst(navn)) for verdi, navn in Feilmelding.Emne.choices
        ]
        self.stempelet = self.data.get("stempel", "")
        if not self.is_bound:
            self.nytt_stempel()

    def nytt_stempel(self):
        self.stempelet = stempel.nytt(self.instance)

    def clean_tekst(self):
        tekst = self.cleaned_data["tekst"]
        if kan_nas(tekst):
            raise ValidationError(
                _(
                    "Teksten ser ut til å inneholde et telefonnummer eller en "
                    "e-postadresse. Ta det bort, og send igjen. Hvilken kontakt det "
                    "gjelder, vet vi."
                ),
                code="kan_nas",
            )
        return tekst

    def clean(self):
        renset = super().clean()
        if renset.get("emne") == Feilmelding.Emne.ANNET and not renset.get(
            "tekst", True
        ):
            self.add_error("tekst", _("Skriv hva som er galt."))
        if self.data.get(FELLE):
            self.add_error(
                None,
                _(
                    "Et felt som skal være tomt, var fylt ut. Nå er det tomt: send igjen."
                ),
            )
        try:
            self.instance.innsending = stempel.les(self.stempelet, self.instance)
        except ValidationError as feil:
            self.add_error(None, feil)
            if feil.code == stempel.FOR_GAMMELT.code:
                self.nytt_stempel()
        return renset


class BehandlingForm(forms.ModelForm):
    """What was done about it, in a word."""

    class Meta:
        model = Feilmelding
        fields = ["svar"]
        help_texts = {"svar": _("For eksempel «rettet» eller «ringte, stemmer».")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["svar"].required = True
        self.fields["svar"].error_messages["required"] = _("Skriv hva som ble gjort.")
