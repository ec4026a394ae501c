"""The form of an answer to a point of the checklist."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluering.models import Normsvar
from evaluering.norm.punkter import PUNKTER
from slt.felles.forms import NyEllerEndretForm
from slt.felles.skjemaside import Del, Skjema
from slt.grunn.personer import hva_robes

Svar = Normsvar.Svar
MA_BEGRUNNES = _("Skriv hvorfor punktet ikke gjelder dere.")


class NormsvarForm(NyEllerEndretForm):
    """What the data know, they say themselves: there the kommune can only say that the
    point is none of its own."""

    class Meta:
        model = Normsvar
        fields = ["svar", "hvorfor"]
        widgets = {
            "svar": forms.RadioSelect,
            "hvorfor": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if PUNKTER[Normsvar.Punkt(self.instance.punkt)].vet is None:
            self.fields["svar"].choices = Svar.choices
            return
        del self.fields["svar"]
        self.instance.svar = Svar.GJELDER_IKKE
        hvorfor = self.fields["hvorfor"]
        hvorfor.required = True
        hvorfor.label = _("Gjelder ikke oss, fordi")
        hvorfor.error_messages["required"] = MA_BEGRUNNES
        hvorfor.help_text = _("Om dere har det, ser listen selv av det som står her.")

    def clean_hvorfor(self):
        tekst = self.cleaned_data["hvorfor"]
        if feil := hva_robes(tekst):
            raise forms.ValidationError(feil)
        return tekst

    def clean(self):
        renset = super().clean()
        if renset.get("svar") == Svar.GJELDER_IKKE and not self.data_i("hvorfor"):
            self.add_error("hvorfor", MA_BEGRUNNES)
        return renset

    def data_i(self, navn):
        """Whether something that holds, or that is said to be wrong already, was typed."""
        return self.cleaned_data.get(navn) or navn in self.errors


def normskjema(svar, data):
    deler = [Del("", ["svar", "hvorfor", "begrunnelse"])]
    return Skjema(NormsvarForm(data, instance=svar), {}, deler)
