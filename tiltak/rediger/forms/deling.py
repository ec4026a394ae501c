"""The rows by which one kommune offers another what it keeps."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from slt.felles.skjemarader import VELG, RadForm, SideRadFormSet, radsett
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


class TjenestekommuneRad(Delingsrad):
    class Meta:
        model = Tjenestekommune
        fields = ["kommune"]

    @property
    def om_fjerning(self):
        """How many tiltak there lose the way to it. Which they are is theirs to tell."""
        # Where nobody accepted it, none has a way to it.
        antall = self.instance.godtatt and self.instance.antall_tiltak
        if not antall:
            return ""
        tekst = ngettext(
            "%(antall)d tiltak i %(kommune)s nevner tjenesten.",
            "%(antall)d tiltak i %(kommune)s nevner tjenesten.",
            antall,
        )
        return tekst % {"antall": antall, "kommune": self.instance.kommune}


class Tjenestekommunerader(Delingsrader):
    def _tilbudt(self, rad):
        delte = reverse("tiltak:delte_tjenester", args=[self.instance.kommune.slug])
        lenke = format_html(
            '<a class="ds-link" href="{}">{}</a>', delte, _("Delte tjenester")
        )
        return format_html("{} {}", super()._tilbudt(rad), lenke)


TJENESTEKOMMUNER = radsett(
    Tjeneste,
    Tjenestekommune,
    TjenestekommuneRad,
    formset=Tjenestekommunerader,
    navn=gettext_lazy("andre kommuner som tjenesten er for"),
    leggtil=gettext_lazy("Legg til en kommune"),
    hjelp=gettext_lazy(
        "Tas en kommune bort, forsvinner tjenesten fra sidene der med en gang, og tiltak som "
        "nevner den, viser verken lenke eller kontakt."
    ),
)
