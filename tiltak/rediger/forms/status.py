"""Forms of how it goes with a tiltak: of who answers for it, and of the coordinator."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import Dato, KommuneForm, NyEllerEndretForm, RegelVedFelt
from slt.grunn.personer import kan_nas
from tiltak.models import Statusrapport, Tilstand

# What is said of how it goes, in the order in which it is asked.
FELTER = [
    *("tilstand", "kommentar", "gjort", "resultat"),
    *("antall", "antall_av", "frist", "anbefaling"),
]
TEKSTER = ("kommentar", "gjort", "resultat", "antall_av")
HVORFOR = _("Skriv kort hvorfor det ikke går som planlagt.")
KAN_NAS = _(
    "Teksten ser ut til å inneholde et telefonnummer eller en e-postadresse. Ta det bort, "
    "og send igjen. Skriv ikke om enkeltpersoner."
)


class _Status(RegelVedFelt):
    """What is wrong is said beside the field where it is to be mended."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tilstand"].choices = [
            (verdi, capfirst(ord_)) for verdi, ord_ in Tilstand.choices
        ]
        self.fields["tilstand"].error_messages["required"] = _("Velg hvordan det går.")

    def clean(self):
        super().clean()
        renset = self.cleaned_data
        for navn in TEKSTER:
            if kan_nas(renset.get(navn) or ""):
                self.add_error(navn, KAN_NAS)
        tilstand = renset.get("tilstand")
        forklares = tilstand and tilstand not in Statusrapport.UTEN_KOMMENTAR
        if forklares and not renset.get("kommentar", "feil skrevet"):
            self.add_error("kommentar", HVORFOR)
        return renset


class _Meta:
    model = Statusrapport
    fields = FELTER
    widgets = {
        "tilstand": forms.RadioSelect,
        "kommentar": forms.Textarea({"rows": 3}),
        "gjort": forms.Textarea({"rows": 3}),
        "resultat": forms.Textarea({"rows": 3}),
        "frist": Dato,
    }


class StatusForm(_Status, KommuneForm):
    """What who answers for a tiltak says of how it goes."""

    class Meta(_Meta):
        pass


class StatusrapportForm(_Status, NyEllerEndretForm):
    """What the coordinator has stand there."""

    class Meta(_Meta):
        pass
