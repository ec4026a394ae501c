"""The forms for school holidays."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moter.models import Motefri
from moter.moteplan.ferier import (
    FLEST,
    FLEST_DAGER,
    Ferie,
    Uleselig,
    Ulest,
    les_ics,
    les_tekst,
)
from slt.felles.forms import Dato, EndreForm, KommuneForm, SettForm

STORSTE_FIL = 300_000
LENGST_LIMT_INN = 20_000


class MotefriForm(KommuneForm):
    """A holiday: what it is called, its first and its last day."""

    class Meta:
        model = Motefri
        fields = ["navn", "fra", "til"]
        widgets = {"fra": Dato, "til": Dato}

    def clean(self):
        super().clean()
        data = self.cleaned_data
        fra, til = data.get("fra"), data.get("til")
        if fra and til and til < fra:
            self.add_error("til", _("Den siste dagen kan ikke være før den første."))
        elif fra and til and (til - fra).days >= FLEST_DAGER:
            self.add_error(
                "til",
                _("Tiden kan være på høyst %(dager)s dager.") % {"dager": FLEST_DAGER},
            )
        return data


class MotefriSlettForm(SettForm):
    """That a holiday goes, as it stood on the list."""

    class Meta:
        model = Motefri
        fields = []


class MotefriEndreForm(EndreForm, MotefriForm):
    class Meta(MotefriForm.Meta):
        pass


# Many at once -------------------------------------------------------------------------


class SkolerutaForm(forms.Form):
    """The holidays of the schools, as a calendar file or as pasted text.

    Attributes:
        ferier: what was read in it, once the form is found valid.
        uleste: the events and the lines that were not read.
    """

    fil = forms.FileField(
        label=gettext_lazy("kalenderfil"),
        required=False,
        help_text=gettext_lazy("En fil som slutter på .ics."),
        widget=forms.FileInput({"accept": ".ics,text/calendar"}),
    )
    limt_inn = forms.CharField(
        label=gettext_lazy("eller lim inn tekst"),
        required=False,
        max_length=LENGST_LIMT_INN,
        help_text=gettext_lazy(
            "En ferie på hver linje, for eksempel «Vinterferie 22.–26. februar 2027» "
            "eller «Høstferie uke 40»."
        ),
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, *args):
        super().__init__(*args)
        self.ferier: list[Ferie] = []
        self.uleste: list[Ulest] = []

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        if fil is None:
            return fil
        if fil.size > STORSTE_FIL:
            raise ValidationError(_("Filen er for stor. Den kan være på høyst 300 kB."))
        try:
            self.ferier, self.uleste = les_ics(fil.read())
        except Uleselig as feil:
            raise ValidationError(_("Filen er ingen kalenderfil.")) from feil
        return fil

    def clean(self):
        data = super().clean()
        tekst = data.get("limt_inn", "")
        fra_tekst, uleste = les_tekst(tekst, i_dag=timezone.localdate())
        self.ferier = [*self.ferier, *fra_tekst][:FLEST]
        self.uleste += uleste
        if not self.errors and not self.ferier:
            felt = "fil" if data.get("fil") else "limt_inn"
            self.add_error(felt, self._hvorfor_ingen())
        return data

    def _hvorfor_ingen(self):
        grunner = [f"{u.tekst}: {u.hvorfor}" for u in self.uleste if u.hvorfor]
        return grunner or _("Fant ingen dager her.")


class FerieradForm(MotefriForm):
    """One of many holidays. Without days it is none, whatever it is called."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Each row needs its words beside its fields, not the same help again and again.
        self.fields["navn"].help_text = ""

    def has_changed(self):
        return any(self[felt].data for felt in ("fra", "til"))


class Ferierader(forms.BaseFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Ta ikke med denne")

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.empty_permitted = True
        return form

    def clean(self):
        if any(self.errors):
            return
        ferier = set()
        for form in self.som_skal_inn():
            nokkel = (form.instance.navn, form.instance.fra)
            if nokkel in ferier:
                form.add_error("navn", _("Denne ferien står her to ganger."))
            ferier.add(nokkel)

    def som_skal_inn(self):
        return [
            form
            for form in self.forms
            if form.has_changed() and not self._should_delete_form(form)
        ]


def ferierader(kommune, *, sendt=None, forslag=()):
    """Returns the form for many holidays of the kommune, as it was sent or with what is
    suggested: [{"navn": …, "fra": …, "til": …}]."""
    rad = type("FerieradForm", (FerieradForm,), {"kommune": kommune})
    formset = forms.formset_factory(
        rad,
        formset=Ferierader,
        extra=0,
        can_delete=True,
        max_num=FLEST,
        absolute_max=FLEST,
    )
    return formset(sendt, initial=list(forslag) or None, prefix="rad")
