"""The forms by which a coordinator gives access: to a user, and by a link."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.models import Bruker, Tilgang, Tilgangslenke
from tiltak.models import Tjeneste

REDAKTOR = "redaktor"
# Those who may least come first: what is chosen already gives nothing away.
ROLLER = [
    *reversed(Tilgang.Rolle.choices),
    (REDAKTOR, _("redaktør for en tjeneste")),
]


def om_et_ar():
    return timezone.localdate() + timedelta(days=365)


class Sluttdatofelt(forms.DateField):
    """The last day of an access; empty where it has none."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text", _("Tomt betyr at tilgangen gjelder til den avsluttes.")
        )
        super().__init__(label=_("til og med"), required=False, **kwargs)

    def validate(self, value):
        super().validate(value)
        if value and value < timezone.localdate():
            raise forms.ValidationError(_("Datoen er passert."), code="passert")


class Invitasjonsform(forms.Form):
    """Who is to have access, as what, and for how long; to whom has it already, for how
    long from now on."""

    epost = forms.EmailField(label=_("e-post"), max_length=254)
    rolle = forms.ChoiceField(label=_("rolle"), choices=ROLLER)
    tjeneste = forms.ModelChoiceField(
        Tjeneste.objects.none(),
        label=_("tjeneste"),
        required=False,
        help_text=_("Bare for redaktører: tjenesten de holder ved like."),
    )
    til = Sluttdatofelt(
        help_text=_(
            "Tomt betyr at tilgangen gjelder til den avsluttes, også for den som har en "
            "sluttdato fra før."
        )
    )

    def __init__(self, *args, kommune, av, **kwargs):
        super().__init__(*args, **kwargs)
        self.kommune, self.av = kommune, av
        self.fields["tjeneste"].queryset = kommune.tjenester.virksomme()

    def clean_epost(self):
        epost = self.cleaned_data["epost"].lower()
        bruker = Bruker.objects.med_epost(epost).first()
        if bruker is None:
            Bruker._meta.get_field("epost").run_validators(epost)
        elif not bruker.is_active:
            raise forms.ValidationError(
                _("Brukeren er stengt. Be en administrator om å åpne den.")
            )
        return epost

    def clean(self):
        data = super().clean()
        if "rolle" in data and "tjeneste" in data:
            self._sjekk_tjenesten(data["rolle"] == REDAKTOR, data["tjeneste"])
        if not self.errors and self._er_ens_egen():
            raise forms.ValidationError(
                _("Du kan ikke endre din egen tilgang. Be en annen gjøre det.")
            )
        return data

    def _sjekk_tjenesten(self, er_redaktor, tjeneste):
        if er_redaktor and not tjeneste:
            self.add_error("tjeneste", _("Velg tjenesten redaktøren holder ved like."))
        elif tjeneste and not er_redaktor:
            self.add_error("tjeneste", _("Tjeneste velges bare for redaktører."))

    def _er_ens_egen(self):
        egne = self.av.tilganger.ikke_over().filter(
            kommune=self.kommune, rolle=self.cleaned_data["rolle"]
        )
        epost = self.cleaned_data["epost"]
        return egne.filter(bruker__in=Bruker.objects.med_epost(epost)).exists()


class Lenkeform(forms.ModelForm):
    """A link for a partner without accounts."""

    til = Sluttdatofelt(initial=om_et_ar)

    class Meta:
        model = Tilgangslenke
        fields = ["mottaker", "til"]
