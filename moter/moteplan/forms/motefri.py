"""The forms for school holidays."""

from django.utils.translation import gettext as _

from moter.models import Motefri
from slt.felles.forms import Dato, EndreForm, KommuneForm

# Longer than a summer holiday is a mistyped year.
FLEST_DAGER = 120


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


class MotefriEndreForm(EndreForm, MotefriForm):
    class Meta(MotefriForm.Meta):
        pass
