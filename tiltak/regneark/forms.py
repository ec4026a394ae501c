"""The forms by which a sheet comes back, and is put in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import Begrunnelse
from tiltak.models import Regnearkimport
from tiltak.regneark.lagring import Valgt
from tiltak.regneark.les import les_fil


class RegnearkForm(forms.Form):
    """A file. What is wrong in its cells stands in `celler`."""

    fil = forms.FileField(
        label=_("Regneark"),
        help_text=_("Filen du lastet ned herfra (XLSX), med endringene dine."),
        error_messages={"required": _("Velg en fil.")},
        widget=forms.FileInput({"accept": ".xlsx"}),
    )

    def __init__(self, *args):
        super().__init__(*args)
        self.lest, self.celler = {}, []

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        # The name of the file is kept, and is a text like any other.
        Regnearkimport._meta.get_field("navn").clean(fil.name[:120], None)
        self.lest = les_fil(fil)
        return fil

    def avvis(self, celler):
        """Says that the cells have faults: [(where, what)]."""
        self.celler = celler
        self.add_error(
            "fil",
            ValidationError(_("Noe i regnearket må rettes først. Se listen over.")),
        )


class LeggInnForm(forms.Form):
    """What is chosen where both the plan and the sheet were changed, which rows go, and
    why."""

    begrunnelse = Begrunnelse(label=_("Hvorfor endres dette?"))

    def __init__(self, forskjeller, plan, *args):
        super().__init__(*args)
        self.forskjeller = forskjeller
        if plan.er_utkast:
            del self.fields["begrunnelse"]

    @property
    def valgt(self):
        arkets = {
            e.nokkel
            for e in self.forskjeller.konflikter
            if self.data.get(f"valg-{e.nokkel}") == "arket"
        }
        slettes = {nokkel for _ark, nokkel, _rad in self.forskjeller.fjernet}
        lages = {rad.nokkel for rad in self.forskjeller.borte}
        return Valgt(
            arkets=frozenset(arkets),
            slettes=frozenset(slettes.intersection(self.data.getlist("slett"))),
            lages=frozenset(lages.intersection(self.data.getlist("lag"))),
        )
