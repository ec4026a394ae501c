"""The forms of a figure that a tjeneste gives: its own, and the coordinator's."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluering.models import Maling
from evaluering.tall.celler import Tallfelt, er_prosent
from evaluering.tall.oppgitt.tallet import siste_hele_ar, skriv
from slt.felles.forms import EndreForm, Merknad
from slt.felles.skjemaside import Del, Skjema


def _feil_ved(indikator, verdi, skrevet):
    """What is wrong with a figure as it was written, or ""."""
    if indikator.kan_summeres and er_prosent(skrevet or ""):
        return _("Tallet er en prosent, og indikatoren teller noe.")
    return indikator.feil_ved(verdi)


class OppgiForm(forms.Form):
    """One figure of one year, or that there is none and why."""

    arstall = forms.IntegerField(
        label=gettext_lazy("År"), min_value=1900, initial=siste_hele_ar
    )
    verdi = Tallfelt(
        label=gettext_lazy("Tall"),
        max_digits=12,
        decimal_places=2,
        required=False,
        localize=True,
    )
    har_ikke = forms.BooleanField(
        label=gettext_lazy("Vi har ikke tall for dette året"), required=False
    )
    merknad = Merknad(
        help_text=gettext_lazy(
            "Ikke navn på personer. Har dere ikke tall, skriver dere hvorfor."
        )
    )

    def __init__(self, *args, indikator, **kwargs):
        super().__init__(*args, **kwargs)
        self.indikator = indikator
        self.fields["verdi"].help_text = (
            _("For hele kommunen og hele året. Enhet: %s.") % indikator.enhet
        )

    def clean_arstall(self):
        arstall = self.cleaned_data["arstall"]
        if arstall > siste_hele_ar():
            raise forms.ValidationError(_("Året er ikke over ennå."))
        return arstall

    def clean(self):
        rent = super().clean()
        har_ikke = rent.get("har_ikke")
        if "verdi" in rent and (feil := self._feil(rent["verdi"], har_ikke)):
            self.add_error("verdi", feil)
        if har_ikke and not rent.get("merknad", "feil skrevet"):
            self.add_error("merknad", _("Skriv kort hvorfor dere ikke har tallet."))
        return rent

    def _feil(self, verdi, har_ikke):
        if (verdi is None) != bool(har_ikke):
            return _("Skriv tallet, eller kryss av for at dere ikke har det.")
        if verdi is None:
            return ""
        skrevet = self.data.get(self.add_prefix("verdi"))
        return _feil_ved(self.indikator, verdi, skrevet)


class OppgittForm(EndreForm):
    """What the coordinator has stand there instead."""

    class Meta:
        model = Maling
        fields = ["verdi", "merke"]
        localized_fields = ["verdi"]
        field_classes = {"verdi": Tallfelt}

    def _get_validation_exclusions(self):
        # The source is given when it is saved.
        return {"kilde"} | super()._get_validation_exclusions()

    def clean_verdi(self):
        verdi = self.cleaned_data["verdi"]
        skrevet = self.data.get(self.add_prefix("verdi"))
        if verdi is not None and (
            feil := _feil_ved(self.instance.indikator, verdi, skrevet)
        ):
            raise forms.ValidationError(feil)
        return verdi

    def save(self, commit=True):
        skriv(self.instance, tjeneste=self.instance.indikator.oppgis_av)
        return self.instance


def oppgittskjema(maling, data):
    deler = [Del("", [("verdi", "merke"), "begrunnelse"])]
    return Skjema(OppgittForm(data, instance=maling), {}, deler)
