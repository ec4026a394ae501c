"""The rows of a form by which one kommune offers another what it keeps."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from slt.felles.skjemarader import VELG, RadForm, SideRadFormSet


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


class Delingsrader(SideRadFormSet):
    """Says which kommuner show it from now on, and which do not."""

    def kvitteringer(self):
        nye = [self._tilbudt(rad) for rad in self.new_objects]
        return nye + [self._tatt_tilbake(rad) for rad in self.deleted_objects]

    def _tilbudt(self, rad):
        if rad.godtatt:
            return self._sagt(_("%(kommune)s viser nå %(hva)s."), rad)
        return self._sagt(_("Tilbudt %(kommune)s, som må godta."), rad)

    def _tatt_tilbake(self, rad):
        if rad.godtatt:
            return self._sagt(_("%(kommune)s viser ikke lenger %(hva)s."), rad)
        return self._sagt(_("Tilbudet til %(kommune)s er trukket tilbake."), rad)

    def _sagt(self, tekst, rad):
        return tekst % {"kommune": rad.kommune, "hva": self.instance}
