"""Forms for what changes weekly: text, status, responsible tjenester, contact."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.felles.skjema import Endreform, KommuneForm
from tiltak.models import Ansvar, Kontaktpunkt, Tiltak, Tjeneste


class AnsvarForm(KommuneForm):
    """An ansvar with the contact points that hold for the tiltak."""

    valgte_kontaktpunkter = forms.ModelMultipleChoiceField(
        Kontaktpunkt.objects.none(),
        label=_("kontaktpunkter som gjelder her"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen valgt betyr tjenestens hovedkontakter."),
    )

    class Meta:
        model = Ansvar
        fields = ["tjeneste", "rolle", "merknad", "rekkefolge"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        felt = self.fields["valgte_kontaktpunkter"]
        if self.instance.pk:
            felt.queryset = self.instance.tjeneste.kontaktpunkter.all()
            felt.initial = [
                valg.kontaktpunkt_id for valg in self.instance.kontaktvalg.all()
            ]

    def save(self, commit=True):
        # The row must be there before the choices can be.
        ansvar = super().save(commit)
        lagre_resten = self.save_m2m
        self.save_m2m = lambda: (lagre_resten(), self._lagre_valg(ansvar))
        if commit:
            self._lagre_valg(ansvar)
        return ansvar

    def _lagre_valg(self, ansvar):
        # With another tjeneste the old choices hold no longer.
        byttet = "tjeneste" in self.changed_data
        ansvar.velg_kontaktpunkter(
            [] if byttet else self.cleaned_data["valgte_kontaktpunkter"]
        )


class AnsvarISkjema(AnsvarForm):
    """The same, in the form on the site."""

    class Meta(AnsvarForm.Meta):
        fields = ["tjeneste", "rolle", "merknad"]

    def __init__(self, *args, tjenester, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tjeneste"].queryset = tjenester
        if not self.instance.pk:
            del self.fields["valgte_kontaktpunkter"]

    def _lagre_valg(self, ansvar):
        if "valgte_kontaktpunkter" in self.fields:
            super()._lagre_valg(ansvar)


AnsvarFormSet = forms.inlineformset_factory(
    Tiltak, Ansvar, form=AnsvarISkjema, extra=1, can_delete=True
)


class TiltakEndreform(Endreform):
    class Meta:
        model = Tiltak
        fields = ["tittel", "status", "tekst"]

    def siste_endring(self):
        ansvar = Ansvar.historikk.filter(tiltak_id=self.instance.pk)
        siste = ansvar.values_list("pk", flat=True).first()
        return f"{super().siste_endring()}-{siste}"


class TjenesteEndreform(Endreform):
    class Meta:
        model = Tjeneste
        fields = ["navn", "kortnavn", "tekst", "andre_navn", "svaransvarlig"]


class KontaktpunktEndreform(Endreform):
    """A contact point; saying how it was checked confirms it as of today."""

    class Meta:
        model = Kontaktpunkt
        fields = [
            "verdi",
            "etikett",
            "instruks",
            "ved_ikke_svar",
            "apningstid_tekst",
            "synlighet",
            "bekreftet_hvordan",
        ]
        labels = {"bekreftet_hvordan": _("bekreftet i dag")}
        help_texts = {
            "bekreftet_hvordan": _(
                "Velg hvordan du kontrollerte at dette stemmer. Tomt når du ikke har "
                "gjort det."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What was confirmed earlier is not confirmed again by leaving it.
        self.for_ = (self.instance.bekreftet, self.instance.bekreftet_hvordan)
        self.initial["bekreftet_hvordan"] = ""

    def clean(self):
        renset = super().clean()
        if hvordan := renset.get("bekreftet_hvordan"):
            self.instance.bekreftet = timezone.localdate()
            renset["bekreftet_hvordan"] = hvordan
        else:
            self.instance.bekreftet, renset["bekreftet_hvordan"] = self.for_
        return renset
