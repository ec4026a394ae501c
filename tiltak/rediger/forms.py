"""Forms for what changes weekly: text, status, responsible tjenester, contact."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import EndreForm, KommuneForm
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Kontaktpunkt,
    Tiltak,
    Tjeneste,
)


class AnsvarForm(KommuneForm):
    """An ansvar with the contact points that hold for the tiltak."""

    valgte_kontaktpunkter = forms.TypedMultipleChoiceField(
        coerce=int,
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
        self.punkter = {}
        if self.instance.pk:
            punkter = self.instance.tjeneste.kontaktpunkter.all()
            self.punkter = {punkt.pk: punkt for punkt in punkter}
        felt = self.fields["valgte_kontaktpunkter"]
        felt.choices = [(pk, str(punkt)) for pk, punkt in self.punkter.items()]
        if self.instance.pk:
            valgte = self.instance.kontaktvalg.all()
            felt.initial = [valg.kontaktpunkt_id for valg in valgte]

    def _save_m2m(self):
        # After the row, which must be there before the choices can be.
        super()._save_m2m()
        self._lagre_valg()

    def _lagre_valg(self):
        valgte = self.cleaned_data["valgte_kontaktpunkter"]
        if "tjeneste" in self.changed_data:
            valgte = []  # with another tjeneste the old choices hold no longer
        self.instance.velg_kontaktpunkter([self.punkter[pk] for pk in valgte])


class AnsvarEndreForm(AnsvarForm):
    """The same, in the form on the site."""

    class Meta(AnsvarForm.Meta):
        fields = ["tjeneste", "rolle", "merknad"]

    def __init__(self, *args, tjenester, **kwargs):
        super().__init__(*args, **kwargs)
        felt = self.fields["tjeneste"]
        felt.queryset = tjenester
        # The same rows for every form of the page: asked for once.
        felt.choices = [("", felt.empty_label), *((t.pk, str(t)) for t in tjenester)]
        # Without anything to choose between, the page says so instead.
        if not self.punkter:
            del self.fields["valgte_kontaktpunkter"]

    def _lagre_valg(self):
        if "valgte_kontaktpunkter" in self.fields:
            super()._lagre_valg()


class AnsvarEndreFormSet(forms.BaseInlineFormSet):
    """The ansvar of a tiltak. A row that somebody else took away while the user wrote
    is put back when the user saves all the same."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Fjern tjenesten fra tiltaket")
        if self._er_borte(form, index):
            form.fields["id"] = forms.CharField(
                required=False, widget=forms.HiddenInput
            )

    def _er_borte(self, form, index):
        fra_for = index is not None and index < self.initial_form_count()
        return fra_for and form.instance.pk is None

    def clean(self):
        """Each tjeneste once, also beside what somebody else added meanwhile. (A form
        alone does not check constraints with the tiltak, which it does not choose.)"""
        super().clean()
        holdes_av = dict(
            Ansvar.objects.filter(tiltak=self.instance, plassering=None).values_list(
                "tjeneste", "pk"
            )
        )
        # Rows that are there are saved before those that are new.
        slippes = {
            form.instance.pk
            for form in self.initial_forms
            if form in self.deleted_forms or "tjeneste" in form.changed_data
        }
        for form in self.forms:
            valgt = getattr(form, "cleaned_data", {}).get("tjeneste")
            if valgt is None or form in self.deleted_forms:
                continue
            holder = holdes_av.get(valgt.pk)
            ledig = form.instance.pk is None and holder in slippes
            if holder not in (None, form.instance.pk) and not ledig:
                form.add_error("tjeneste", self.get_form_error())

    def get_form_error(self):
        return _("Tjenesten er allerede ført opp.")

    def get_unique_error_message(self, unique_check):
        return self.get_form_error()

    def save_new_objects(self, commit=True):
        super().save_new_objects(commit)
        for index, form in enumerate(self.initial_forms):
            if self._er_borte(form, index) and form not in self.deleted_forms:
                self.new_objects.append(self.save_new(form, commit))
        return self.new_objects


AnsvarFormSet = forms.inlineformset_factory(
    Tiltak,
    Ansvar,
    form=AnsvarEndreForm,
    formset=AnsvarEndreFormSet,
    extra=1,
    max_num=50,
    absolute_max=60,
    can_delete_extra=False,
)


class TiltakEndreForm(EndreForm):
    class Meta:
        model = Tiltak
        fields = ["tittel", "status", "tekst"]

    rettelse = forms.BooleanField(
        label=_("Bare en rettelse"),
        help_text=_(
            "For eksempel en skrivefeil. Den telles for seg blant det som er endret "
            "siden planen ble behandlet."
        ),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        if plan is None or plan.er_utkast:
            del self.fields["rettelse"]
        # Seen by those who have no JavaScript, and then with all its tags.
        self.fields["tekst"].widget.attrs["rows"] = 14

    def siste_endring(self):
        """Of the tiltak, its ansvar, and which contact points hold."""
        pk = self.instance.pk
        deler = [
            Ansvar.historikk.filter(tiltak_id=pk),
            AnsvarKontaktpunkt.historikk.filter(ansvar__tiltak_id=pk),
        ]
        siste = [del_.values_list("pk", flat=True).first() for del_ in deler]
        return "-".join(str(merke) for merke in (super().siste_endring(), *siste))


class TjenesteEndreForm(EndreForm):
    class Meta:
        model = Tjeneste
        fields = ["navn", "kortnavn", "tekst", "andre_navn", "svaransvarlig"]


class TjenesteRedaktorForm(TjenesteEndreForm):
    """What a tjeneste may change of itself: not who answers for it."""

    class Meta(TjenesteEndreForm.Meta):
        fields = ["navn", "kortnavn", "tekst", "andre_navn"]


class KontaktpunktEndreForm(EndreForm):
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
        if renset.get("bekreftet_hvordan"):
            self.instance.bekreftet = timezone.localdate()
        else:
            self.instance.bekreftet, renset["bekreftet_hvordan"] = self.for_
        return renset


class KontaktpunktRedaktorForm(KontaktpunktEndreForm):
    """What a tjeneste may change of its contact points: not who sees them."""

    class Meta(KontaktpunktEndreForm.Meta):
        fields = [f for f in KontaktpunktEndreForm.Meta.fields if f != "synlighet"]
