"""The rows by which one kommune offers another what it keeps."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from slt.felles.skjemarader import VELG, RadForm, radsett
from tiltak.models import Tjeneste, Tjenestekommune


class Delingsrad(RadForm):
    """Another kommune, that has part in it once its coordinator has said yes. One more is
    another row: what one kommune has accepted does not hold for another."""

    def __init__(self, *args, kommuner, bruker, **kwargs):
        self.bruker = bruker
        super().__init__(*args, **kwargs)
        felt, deltar = self.fields["kommune"], self.instance.kommune_id
        valgene = {pk: navn for pk, navn in kommuner.items() if deltar in {None, pk}}
        felt.queryset = felt.queryset.filter(pk__in=valgene)
        felt.choices = valgene.items() if deltar else [VELG, *valgene.items()]
        if deltar:
            felt.disabled, felt.help_text = True, self._svaret()

    def _svaret(self):
        godtatt = self.instance.godtatt
        if godtatt is None:
            return _("Venter på svar fra SLT-koordinatoren der.")
        return _("Godtatt %(dato)s.") % {"dato": date_format(godtatt, "j. F Y")}

    def save(self, commit=True):
        if self.er_ny and self.instance.kan_godtas_av(self.bruker):
            self.instance.godtatt = timezone.localdate()
        return super().save(commit)


class TjenestekommuneRad(Delingsrad):
    class Meta:
        model = Tjenestekommune
        fields = ["kommune"]


TJENESTEKOMMUNER = radsett(
    Tjeneste,
    Tjenestekommune,
    TjenestekommuneRad,
    navn=_("andre kommuner som tjenesten er for"),
    leggtil=_("Legg til en kommune"),
    hjelp=_("Tas en kommune bort, forsvinner tjenesten fra sidene der med en gang."),
)
