"""The form of which parts are on."""

from django import forms
from django.forms import modelform_factory
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles.forms import EndreForm
from slt.felles.skjemaside import Del, Skjema
from slt.felles.valgdeler import DELER
from slt.models import Kommune

# {the field: (its label, the template for it among those of the handbook)}
PAPIRER = {
    "dpia": (gettext_lazy("Vurderingen av personvernet (DPIA) er gjort"), "dpia"),
    "ros": (gettext_lazy("Risiko og sårbarhet er vurdert (ROS)"), "ros"),
    "avtale": (gettext_lazy("Databehandleravtalen er inngått"), "databehandleravtale"),
}


class DelerForm(EndreForm):
    """Switches parts on and off; what keeps things about people, only when the papers for
    that are done. The answer stands in the history, with who gave it and when."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for del_ in DELER:
            self.fields[del_.felt].label = del_.tittel
            self.fields[del_.felt].help_text = _hjelp(del_, self.instance)
        if any(del_.personopplysninger for del_ in DELER):
            for navn, (tekst, mal) in PAPIRER.items():
                self.fields[navn] = forms.BooleanField(
                    label=tekst, required=False, help_text=_malen(mal)
                )

    def clean(self):
        super().clean()
        if self._slar_pa_personopplysninger():
            mangler = [navn for navn in PAPIRER if not self.cleaned_data.get(navn)]
            for navn in mangler:
                self.add_error(navn, _("Dette må være gjort før delen kan slås på."))
            if not mangler:
                svaret = _("DPIA, ROS og databehandleravtale er gjort.")
                egen = self.cleaned_data.get("begrunnelse", "")
                self.cleaned_data["begrunnelse"] = f"{svaret} {egen}".strip()
        return self.cleaned_data

    def _slar_pa_personopplysninger(self):
        return any(
            del_.personopplysninger
            and self.cleaned_data.get(del_.felt)
            and del_.felt in self.changed_data
            for del_ in DELER
        )


def _hjelp(del_, kommune):
    """What to think of, and how far one is with it."""
    if del_.na is None:
        return del_.tenk
    na = del_.na(kommune)
    lenke = format_html('<a class="ds-link" href="{}">{}</a>', na.adresse, na.tekst)
    return format_html("{} {}", del_.tenk, lenke)


def _malen(navn):
    return format_html(
        '<a class="ds-link" href="{}">{}</a>',
        reverse("hjelp_mal", args=[navn]),
        _("Se malen"),
    )


def delskjema(kommune, data):
    felter = [del_.felt for del_ in DELER]
    form = modelform_factory(Kommune, form=DelerForm, fields=felter)(
        data, instance=kommune
    )
    papirer = [navn for navn in PAPIRER if navn in form.fields]
    deler = [Del("", felter)]
    if papirer:
        deler.append(Del(_("Før det som handler om personer, slås på"), papirer))
    return Skjema(form, {}, [*deler, Del("", ["begrunnelse"])])
