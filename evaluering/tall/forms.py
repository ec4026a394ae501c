"""The form that takes a table of figures."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluering.models import Tallimport
from evaluering.tall.innlesing import (
    Innlest,
    Tolker,
    rader_i_csv,
    rader_i_regneark,
    rader_i_tekst,
)
from slt.felles.opplasting import filtype

# In letters; Django takes 2.5 MB of a form that is no file.
LENGST_LIMT_INN = 1_000_000


class TallForm(forms.Form):
    """A table, as a file or pasted. What is wrong with its rows stands in `innlest`."""

    fil = forms.FileField(
        label=gettext_lazy("Fil"),
        required=False,
        help_text=gettext_lazy("Regneark (XLSX) eller CSV."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,text/csv"}),
    )
    limt_inn = forms.CharField(
        label=gettext_lazy("Eller lim inn tabellen"),
        required=False,
        max_length=LENGST_LIMT_INN,
        strip=False,
        help_text=gettext_lazy("Merk radene i regnearket, overskriftene også."),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, kommune, *args):
        super().__init__(*args)
        self.kommune, self.innlest = kommune, Innlest()

    @property
    def navn(self):
        fil = self.cleaned_data.get("fil")
        return fil.name[:120] if fil else _("Limt inn")

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        if fil:
            # The name of the file is kept, and is a text like any other.
            Tallimport._meta.get_field("navn").clean(fil.name[:120], None)
        return fil

    def clean(self):
        super().clean()
        fil, tekst = self.cleaned_data.get("fil"), self.cleaned_data.get("limt_inn", "")
        if "fil" in self.errors:
            return
        if bool(fil) == bool(tekst.strip()):
            raise ValidationError(
                _("Velg en fil eller lim inn en tabell, én av delene.")
            )
        felt = "fil" if fil else "limt_inn"
        try:
            self.innlest = Tolker(self.kommune).tolk(self._rader(fil, tekst))
        except ValidationError as feil:
            self.add_error(felt, feil)
            return
        if self.innlest.feil:
            self.add_error(
                felt,
                _("Noen rader har feil, og ingen tall er lagt inn. Se listen over."),
            )

    def _rader(self, fil, tekst):
        if not fil:
            return rader_i_tekst(tekst)
        les = {"csv": rader_i_csv, "xlsx": rader_i_regneark}[filtype(fil)]
        return les(fil.read())
