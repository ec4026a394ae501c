"""Which year, and what of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from slt.arshjul.aret import FORSTE_AR, SISTE_AR
from slt.felles.arshjul import Slag
from slt.grunn.tid import i_ar

UTENFOR = _("Skriv et år fra 2000 til 2199.")


class ArshjulForm(forms.Form):
    """A year, without one this one; and kinds, without any all of them."""

    use_required_attribute = False

    ar = forms.IntegerField(
        label=_("år"),
        required=False,
        min_value=FORSTE_AR,
        max_value=SISTE_AR,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 10}),
        help_text=_("Tomt betyr i år."),
        error_messages={
            "invalid": UTENFOR,
            "min_value": UTENFOR,
            "max_value": UTENFOR,
        },
    )
    slag = forms.MultipleChoiceField(
        label=_("vis bare"),
        required=False,
        choices=Slag.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen valgt betyr alt."),
        error_messages={"invalid_choice": _("Velg blant det som står her.")},
    )

    @property
    def aret(self):
        return self.cleaned_data["ar"] or i_ar()

    @property
    def slagene(self):
        return self.cleaned_data["slag"]

    @property
    def slagene_i_ord(self):
        return ", ".join(str(Slag(slag).label) for slag in self.slagene)
