"""The form of what is said of how it goes with a tiltak, outside of any round."""

from django.utils.translation import gettext_lazy as _

from slt.felles.forms import Dato
from slt.felles.skjemaside import Del, Skjema
from tiltak.models import Kontaktpunkt, Tjeneste
from tiltak.rediger.forms.status import StatusrapportForm

Hvordan = Kontaktpunkt.Hvordan
# How a coordinator comes to know it.
FORT_INN = (Hvordan.TELEFON, Hvordan.EPOST, Hvordan.MOTE, Hvordan.NETTSIDE)
EGNE = ["tjeneste", "dato", "hvordan"]

DELER = [
    Del("", ["tilstand", "kommentar", "gjort", "resultat"]),
    Del("", [("antall", "antall_av"), ("anbefaling", "frist")]),
    Del(_("Hvem som sa det"), ["tjeneste", ("dato", "hvordan")]),
    Del("", ["begrunnelse"]),
]


class NotatForm(StatusrapportForm):
    """What a coordinator was told, or knows: when, how, and by whom, too."""

    class Meta(StatusrapportForm.Meta):
        fields = [*StatusrapportForm.Meta.fields, *EGNE]
        widgets = {**StatusrapportForm.Meta.widgets, "dato": Dato}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._velg_tjeneste()
        self._velg_hvordan()

    def _velg_tjeneste(self):
        """Those of the kommune that have a part in the tiltak; the one that said it, too."""
        notat, felt = self.instance, self.fields["tjeneste"]
        egne = Tjeneste.objects.filter(
            kommune=notat.tiltak.kommune_id, ansvar__tiltak=notat.tiltak_id
        )
        pker = {*egne.order_by().values_list("pk", flat=True), notat.tjeneste_id}
        felt.queryset = Tjeneste.objects.filter(pk__in=pker - {None})
        felt.empty_label = _("ingen av tjenestene")

    def _velg_hvordan(self):
        kjent = self.instance.hvordan
        valgene = [v for v in Hvordan if v in FORT_INN or v == kjent]
        self.fields["hvordan"].choices = [(v.value, v.label) for v in valgene]

    def _post_clean(self):
        tjeneste = self.cleaned_data.get("tjeneste")
        if "tjeneste" in self.changed_data:
            self.instance.fra = tjeneste.navn if tjeneste else ""
        super()._post_clean()


def notatskjema(notat, data):
    return Skjema(NotatForm(data, instance=notat), deler=DELER)
