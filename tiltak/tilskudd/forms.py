"""The form of a grant, with the tiltak that it pays for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import Dato, NyEllerEndretForm
from slt.felles.skjemarader import SideRadFormSet, ValgtRad, radsett
from slt.felles.skjemaside import Del, Skjema
from slt.grunn.norsk import kroner
from tiltak.models import Tilskudd, Tilskuddstiltak
from tiltak.models.tilskudd import Tilstand
from tiltak.planvalg import tiltakene
from tiltak.rediger.forms.tiltak import Belop

KRONER = forms.TextInput({"inputmode": "numeric"})


class UtvalgForm(forms.Form):
    """Which grants of a year are looked at."""

    tilstand = forms.ChoiceField(
        label=_("tilstand"),
        choices=[("", _("Alle")), *Tilstand.choices],
        required=False,
    )


class TilskuddForm(NyEllerEndretForm):
    class Meta:
        model = Tilskudd
        # Beside the first of these that a rule names, it is said what to change.
        fields = [
            "ordning",
            "giver",
            "arstall",
            "rapporteringsfrist",
            "soknadsfrist",
            "gitt",
            "sokt",
            "rapportert",
            "tilstand",
            "adresse",
            "merknad",
            "publisert",
        ]
        field_classes = {"sokt": Belop, "gitt": Belop}
        widgets = {
            "sokt": KRONER,
            "gitt": KRONER,
            "soknadsfrist": Dato,
            "rapporteringsfrist": Dato,
            "rapportert": Dato,
            "merknad": forms.Textarea({"rows": 3}),
        }


class TilskuddstiltakRad(ValgtRad):
    VALGET = "tiltak"

    class Meta:
        model = Tilskuddstiltak
        fields = ["tiltak", "belop"]
        field_classes = {"belop": Belop}
        widgets = {"belop": KRONER}


class Fordeling(SideRadFormSet):
    """The tiltak that a grant pays for, each once."""

    def get_unique_error_message(self, unique_check):
        return _("Tiltaket er allerede ført opp.")

    @property
    def med_belop(self):
        """The rows that stay and say how much."""
        return [
            form
            for form in self.forms
            if form.cleaned_data.get("belop") and not self._should_delete_form(form)
        ]


FORDELING = radsett(
    Tilskudd,
    Tilskuddstiltak,
    TilskuddstiltakRad,
    formset=Fordeling,
    navn=_("tiltak det betaler for"),
    radnavn=_("tiltak"),
    leggtil=_("Legg til et tiltak"),
    hjelp=_(
        "Et tilskudd til ett tiltak trenger ikke eget beløp. Er det til flere, kan du si "
        "hvor mye hvert får når det er gitt. Beløpene kan ikke bli mer enn det dere fikk."
    ),
)


class Tilskuddsskjema(Skjema):
    """A grant, of which no more is parted than was given."""

    def er_gyldig(self):
        gyldig = super().er_gyldig()
        return gyldig and self._gar_opp()

    def _gar_opp(self):
        deler = self.rader["tiltak"].med_belop
        gitt = self.hoved.cleaned_data["gitt"]
        delt = sum(form.cleaned_data["belop"] for form in deler)
        if delt <= (gitt or 0):
            return True
        deler[-1].add_error("belop", _feilen(gitt, delt))
        return False


def _feilen(gitt, delt):
    if gitt is None:
        return _(
            "Ikke noe er gitt ennå. Fordel pengene når dere vet hva dere får, og la "
            "beløpet stå tomt til da."
        )
    return _(
        "Til sammen er %(delt)s fordelt, men dere fikk %(gitt)s. Rett et av beløpene."
    ) % {"delt": kroner(delt), "gitt": kroner(gitt)}


DELER = [
    Del(
        "",
        ["ordning", ("giver", "arstall"), ("soknadsfrist", "sokt"), "tiltak"],
    ),
    Del(
        _("Hvordan det gikk"),
        ["tilstand", "gitt", ("rapporteringsfrist", "rapportert"), "publisert"],
    ),
    Del(_("Mer"), ["adresse", "merknad"], lukket=True),
    Del("", ["begrunnelse"]),
]


def tilskuddsskjema(tilskudd, data):
    har = tilskudd.fordeling.values("tiltak") if tilskudd.pk else []
    rader = FORDELING(
        data,
        instance=tilskudd,
        queryset=Tilskuddstiltak.objects.select_related("tiltak"),
        form_kwargs={"valgene": tiltakene(tilskudd.kommune, har)},
    )
    form = TilskuddForm(data, instance=tilskudd)
    return Tilskuddsskjema(form, {"tiltak": rader}, DELER)
