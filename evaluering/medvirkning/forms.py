"""The form of a group that was asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluering.models import Medvirkning
from slt.felles.forms import Dato, NyEllerEndretForm
from slt.felles.skjemaside import Del, Skjema
from slt.grunn.personer import hva_robes

TEKSTENE = ("navn", "merknad", "sagt")


class UtenPersoner:
    """What is said of a group does not say who or where one of it is."""

    def clean(self):
        renset = super().clean()
        for navn in TEKSTENE:
            if navn not in self.fields:
                continue
            if feil := hva_robes(self.cleaned_data.get(navn) or ""):
                self.add_error(navn, feil)
        return renset


class MedvirkningForm(UtenPersoner, NyEllerEndretForm):
    class Meta:
        model = Medvirkning
        fields = [
            "gruppe",
            "navn",
            "hvordan",
            "merknad",
            "fra_dato",
            "til_dato",
            "antall",
            "sagt",
        ]
        widgets = {
            "fra_dato": Dato,
            "til_dato": Dato,
            "sagt": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.kilde_id:
            # What a source was told, stands in its findings.
            del self.fields["sagt"]
        elif self.instance.plan_id:
            self.fields["sagt"].help_text = (
                _("%s Bare SLT-koordinatoren og politirådet ser det.")
                % Medvirkning._meta.get_field("sagt").help_text
            )
        else:
            self.fields["sagt"].help_text = (
                _(
                    "%s Det vises for alle når evalueringen er publisert, men ikke det færre "
                    "enn 5 sa."
                )
                % Medvirkning._meta.get_field("sagt").help_text
            )


def medvirkningskjema(rad, data):
    deler = [
        Del(
            "",
            [
                ("gruppe", "navn"),
                ("hvordan", "merknad"),
                ("fra_dato", "til_dato", "antall"),
                "sagt",
                "begrunnelse",
            ],
        )
    ]
    return Skjema(MedvirkningForm(data, instance=rad), {}, deler)
