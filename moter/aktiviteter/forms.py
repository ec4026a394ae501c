"""The forms of activities: of one, of what is missing when they are over, and of those of
last year that are held again."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moter.aktiviteter.gjenta import samme_uke_og_dag
from moter.models import Aktivitet
from slt.felles.forms import RADNUMMER, Dato, Klokkeslett, NyEllerEndretForm
from slt.felles.innstillinger import radskjema
from slt.felles.skjemarader import RadForm, radsett
from slt.felles.skjemaside import Del, Skjema
from slt.grunn.personer import kan_nas
from slt.grunn.tid import Dagfelt, sjekk_plandag
from slt.models import Kommune
from tiltak.planvalg import tiltakene

INGEN = ("", "---------")
UTEN_PERSONER = _("Skriv uten telefonnummer og e-postadresse.")
IKKE_VAERT = _("Aktiviteten har ikke vært ennå. Fyll det ut etterpå.")


class Etterpa:
    """A form that asks how many came, and how it went: of what has been."""

    def clean(self):
        renset = super().clean()
        for navn in ("publikum", "holdes_av", "gikk"):
            if navn in self.fields and kan_nas(self.cleaned_data.get(navn) or ""):
                self.add_error(navn, UTEN_PERSONER)
        dato = self.cleaned_data.get("dato", self.instance.dato)
        if dato and dato > timezone.localdate():
            for navn in ("antall", "gikk"):
                if self.cleaned_data.get(navn) not in (None, ""):
                    self.add_error(navn, IKKE_VAERT)
        return renset


# One ------------------------------------------------------------------------------------


class AktivitetForm(Etterpa, NyEllerEndretForm):
    """Only what it is and when must be said."""

    class Meta:
        model = Aktivitet
        fields = [
            "tittel",
            "slag",
            "dato",
            "publisert",
            "til_dato",
            "start_kl",
            "slutt_kl",
            "sted",
            "hvor",
            "publikum",
            "trinn_fra",
            "trinn_til",
            "tjeneste",
            "holdes_av",
            "tiltak",
            "forum",
            "avlyst",
            "antall",
            "gikk",
        ]
        widgets = {
            "dato": Dato,
            "til_dato": Dato,
            "start_kl": Klokkeslett,
            "slutt_kl": Klokkeslett,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rad, kommune = self.instance, self.instance.kommune
        if rad.pk is None:
            del self.fields["avlyst"]
        self._valg("sted", kommune.steder.order_by("navn__norsk"))
        egen = Q(pk=rad.tjeneste_id)
        virksomme = kommune.tjenester.filter(
            Q(pk__in=kommune.tjenester.virksomme().values("pk")) | egen
        )
        self._valg("tjeneste", virksomme.order_by("navn__norsk", "pk"))
        apne = Q(nedlagt=None) | Q(nedlagt__gte=timezone.localdate())
        self._valg("forum", kommune.fora.filter(apne | Q(pk=rad.forum_id)))
        self._tiltaksvalg(tiltakene(kommune, [rad.tiltak_id or 0]))

    def _valg(self, navn, rader):
        """Offers those rows; the field goes where there are none."""
        valg = [(rad.pk, str(rad)) for rad in rader]
        if not valg:
            del self.fields[navn]
            return
        self.fields[navn].queryset = rader
        self.fields[navn].choices = [INGEN, *valg]

    def _tiltaksvalg(self, valg):
        if not valg:
            del self.fields["tiltak"]
            return
        felt = self.fields["tiltak"]
        felt.queryset = felt.queryset.filter(pk__in=valg)
        felt.choices = [INGEN, *valg.items()]

    def clean_til_dato(self):
        """One day is said by the first alone."""
        til, fra = self.cleaned_data["til_dato"], self.cleaned_data.get("dato")
        if til and fra and til < fra:
            raise ValidationError(_regel("aktivitet_slutter_etter_start"))
        return None if til == fra else til

    def clean_slutt_kl(self):
        slutt, start = self.cleaned_data["slutt_kl"], self.cleaned_data.get("start_kl")
        if slutt and "start_kl" not in self.errors and (not start or slutt <= start):
            raise ValidationError(_regel("aktivitet_klokkeslett_i_rekkefolge"))
        return slutt


def _regel(navn):
    """What a constraint says, said beside the field that is most likely wrong."""
    regler = {regel.name: regel for regel in Aktivitet._meta.constraints}
    return regler[navn].violation_error_message


def aktivitetskjema(rad, data):
    deler = [
        Del("", ["tittel", ("slag", "dato"), "publisert"]),
        Del(
            _("Når og hvor"),
            [("til_dato", "start_kl", "slutt_kl"), ("sted", "hvor")],
            lukket=True,
        ),
        Del(
            _("For hvem, og hvem som holder den"),
            [
                "publikum",
                ("trinn_fra", "trinn_til"),
                ("tjeneste", "holdes_av"),
                ("tiltak", "forum"),
            ],
            lukket=True,
        ),
        Del(_("Etterpå"), ["avlyst", "antall", "gikk"], lukket=True),
        Del("", ["begrunnelse"]),
    ]
    return Skjema(AktivitetForm(data, instance=rad), {}, deler)


# Those that are over ----------------------------------------------------------------------


class EtterpaRad(Etterpa, RadForm):
    """Says itself which activity it is of: the rows stand one below the other."""

    class Meta:
        model = Aktivitet
        fields = ["antall", "gikk"]
        help_texts = {"antall": "", "gikk": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        om = {"hva": self.instance.tittel, "nar": self.instance.dagene}
        self.fields["antall"].label = _("%(hva)s, %(nar)s: hvor mange kom?") % om
        self.fields["gikk"].label = _("Hvordan gikk det?")


ETTERPA = radsett(
    Kommune,
    Aktivitet,
    EtterpaRad,
    leggtil="",
    hjelp=_(
        "Av 1–4 vises bare at de er færre enn 5. Hvordan det gikk, ser bare "
        "SLT-koordinatoren og politirådet. Ikke navn, og ingenting om enkeltpersoner."
    ),
)
# As many are asked for at once.
FLEST_ETTERPA = 40
_RADENS_ID = re.compile("aktiviteter-[0-9]{1,4}-id")


def _som_mangler(kommune, data):
    """Those that were shown, also where somebody else has filled them in since."""
    rader = kommune.aktiviteter.order_by("dato", "pk")
    if data is None:
        pker = rader.som_mangler().values_list("pk", flat=True)[:FLEST_ETTERPA]
    else:
        sendt = (v for navn, v in data.items() if _RADENS_ID.fullmatch(navn))
        pker = [pk for pk in sendt if RADNUMMER.fullmatch(pk)]
    rader = rader.filter(pk__in=list(pker))
    return ETTERPA(data, instance=kommune, queryset=rader, kan_slettes=False)


etterpaskjema = radskjema("aktiviteter", _som_mangler)


# Those of last year -----------------------------------------------------------------------


class GjentaForm(forms.Form):
    """One activity of last year: whether it is held again, and when."""

    med = forms.BooleanField(required=False)
    dato = Dagfelt(
        label=_("dato"), required=False, widget=Dato, validators=[sjekk_plandag]
    )

    def __init__(self, *args, rad, **kwargs):
        self.rad = rad
        self.forslag = samme_uke_og_dag(rad.dato)
        initial = {"med": True, "dato": self.forslag}
        super().__init__(*args, prefix=f"a{rad.pk}", initial=initial, **kwargs)
        self.fields["med"].label = capfirst(rad.tittel)

    def clean(self):
        renset = super().clean()
        if renset.get("med") and "dato" not in self.errors and not renset.get("dato"):
            self.add_error("dato", _("Skriv en dato, eller fjern haken."))
        return renset


class GjentaValgForm(forms.Form):
    publisert = forms.BooleanField(
        label=_("Vis dem for alle med en gang"),
        required=False,
        help_text=_("Gjelder dem som var for alle i fjor."),
    )


class UtvalgForm(forms.Form):
    """Of what a list is to show."""

    slag = forms.ChoiceField(
        label=_("Slag"),
        required=False,
        choices=[("", _("Alle")), *Aktivitet.Slag.choices],
    )
    tiltak = forms.TypedChoiceField(
        label=capfirst(_("tiltak")), required=False, coerce=int, empty_value=None
    )

    def __init__(self, data, *, tiltak):
        """Args:
        tiltak: {id: what it is called} of those that something in the list is of.
        """
        super().__init__(data)
        self.fields["tiltak"].choices = [("", _("Alle")), *tiltak.items()]
        if not tiltak:
            del self.fields["tiltak"]
