"""Forms of tjenester and the ways to reach them."""

from itertools import combinations

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import Dato, EndreForm, Klokkeslett
from slt.felles.skjemarader import RadForm, SideRadFormSet, radsett
from slt.felles.skjemaside import Del, Skjema
from slt.grunn.historikk import handler_na
from slt.models import Kommune
from tiltak.models import (
    Apningstid,
    Kontaktpunkt,
    Tjeneste,
    Tjenestekommune,
    Tjenestemalgruppe,
    TjenesteTema,
    bekreft,
)
from tiltak.models.delinger import med_antall_tiltak
from tiltak.rediger.forms.deling import TJENESTEKOMMUNER
from tiltak.rediger.forms.valg import MedValg, Valgrad, valgfelt

# {field: what it asks}: who may make contact with a tjeneste or about a tiltak.
KAN_KONTAKTE = {
    "unge_kan_kontakte": _("barn og unge kan ta kontakt"),
    "foresatte_kan_kontakte": _("foresatte kan ta kontakt"),
    "ansatte_kan_kontakte": _("ansatte og samarbeidspartnere kan ta kontakt"),
    "andre_kan_kontakte": _("andre innbyggere kan ta kontakt"),
}
BESKJED = ["melding", "melding_fra", "melding_til", "stengt"]
# What a tjeneste may change of itself.
EGET = ["navn", "kortnavn", "tekst", "resultat", *KAN_KONTAKTE, *BESKJED, "andre_navn"]


class TjenesteRedaktorForm(EndreForm):
    """What a tjeneste may change of itself: not who answers for it, nor where it is
    counted among others."""

    class Meta:
        model = Tjeneste
        fields = EGET
        labels = KAN_KONTAKTE
        widgets = {
            "tekst": forms.Textarea({"rows": 4}),
            "melding_fra": Dato,
            "melding_til": Dato,
        }


class TjenesteForm(MedValg, TjenesteRedaktorForm):
    temaer = valgfelt(
        _("temaer"),
        _(
            "Det tjenesten hjelper med. Hvem man bør spørre først om hvert tema, velger du "
            "på siden «Temaer»."
        ),
    )

    VALGES = {"temaer": Valgrad(TjenesteTema, "tjeneste", "tema")}

    class Meta(TjenesteRedaktorForm.Meta):
        fields = [
            *EGET,
            "type",
            "funksjon",
            "overordnet",
            "organisasjonsnummer",
            "svaransvarlig",
            "sporres_ikke",
            "nedlagt",
        ]
        widgets = TjenesteRedaktorForm.Meta.widgets | {"nedlagt": Dato}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        alle = self.instance.kommune.tjenester
        # One that is no more may stay, but not come.
        valgbare = alle.virksomme() | alle.filter(pk=self.instance.overordnet_id)
        self.fields["overordnet"].queryset = valgbare.exclude(pk=self.instance.pk)
        if self.instance.pk is None:
            del self.fields["begrunnelse"]
            del self.fields["nedlagt"]


class MalgruppeRad(RadForm):
    class Meta:
        model = Tjenestemalgruppe
        fields = ["tekst", "alder_fra", "alder_til"]
        help_texts = {"alder_fra": ""}


class BekreftesForm(forms.ModelForm):
    """Saying how a contact point was checked confirms it as of today. What was confirmed
    earlier is not confirmed again by leaving it."""

    bekreftet_hvordan = forms.ChoiceField(
        label=_("bekreftet i dag"),
        choices=[("", _("ikke nå")), *Kontaktpunkt.Hvordan.choices],
        initial="",
        required=False,
        help_text=_(
            "Velg hvordan du kontrollerte at dette stemmer. Tomt når du ikke har gjort "
            "det."
        ),
    )

    def _slik_den_var(self, rad, hang_pa):
        return super()._slik_den_var(rad, hang_pa) | {"bekreftet_hvordan": ""}

    def _save_m2m(self):
        super()._save_m2m()
        if hvordan := self.cleaned_data.get("bekreftet_hvordan"):
            bekreft([self.instance], hvordan=hvordan, av=handler_na())


UTDYPER = ["etikett", "instruks", "ved_ikke_svar", "apningstid_tekst"]


class KontaktpunktForm(BekreftesForm, EndreForm):
    class Meta:
        model = Kontaktpunkt
        fields = [
            "verdi",
            *UTDYPER,
            "bare_ansatte",
            "sted",
            "synlighet",
            "hoved",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "sted" in self.fields:
            steder = self.instance.tjeneste.kommune.steder
            self.fields["sted"].queryset = steder.all()


class KontaktpunktRedaktorForm(BekreftesForm, EndreForm):
    """What a tjeneste may change of its contact points: not who sees them."""

    class Meta:
        model = Kontaktpunkt
        fields = ["verdi", *UTDYPER, "bare_ansatte"]


class KontaktpunktRad(BekreftesForm, RadForm):
    class Meta:
        model = Kontaktpunkt
        fields = [
            "type",
            "verdi",
            "etikett",
            "hoved",
            "synlighet",
            "instruks",
            "ved_ikke_svar",
            "apningstid_tekst",
            "bare_ansatte",
            "akutt",
        ]
        # Beside the type, in a narrow column, the label says enough.
        help_texts = {"verdi": ""}

    foldet = [
        (
            _("Mer om kontaktpunktet"),
            [
                "synlighet",
                "instruks",
                "ved_ikke_svar",
                "apningstid_tekst",
                "bare_ansatte",
                "akutt",
                "bekreftet_hvordan",
            ],
        )
    ]

    @property
    def lenke(self):
        """The way to what is said more seldom."""
        if self.er_ny:
            return None
        args = [self.instance.tjeneste.kommune.slug, self.instance.pk]
        adresse = reverse("tiltak:kontaktpunkt_endre", args=args)
        return adresse, _("Åpningstider og sted")

    def sier_noe(self, felt):
        # Who sees it is said of all of them.
        return False


class ApningstidRad(RadForm):
    class Meta:
        model = Apningstid
        fields = [
            "fra_dag",
            "til_dag",
            "apner",
            "stenger",
            "uker",
            "gjelder",
            "hva",
            "helligdager",
        ]
        widgets = {"apner": Klokkeslett, "stenger": Klokkeslett}

    foldet = [
        (_("Bare noen uker"), ["uker", "gjelder"]),
        (_("Ute blant unge, og helligdager"), ["hva", "helligdager"]),
    ]

    def sier_noe(self, felt):
        vanlig = {
            Apningstid.Uker.ALLE,
            Apningstid.Gjelder.ALLTID,
            Apningstid.Hva.SVARER,
        }
        return bool(felt.value()) and felt.value() not in vanlig


class ApningstidSett(SideRadFormSet):
    """Hours that do not say the same twice."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        igjen = [
            f.instance
            for f in self.forms
            if f not in self.deleted_forms and (f.instance.pk or f.has_changed())
        ]
        for en, annen in combinations(igjen, 2):
            if en.overlapper(annen):
                raise ValidationError(
                    _("Åpningstidene overlapper: %(en)s og %(annen)s."),
                    code="overlapper",
                    params={"en": en, "annen": annen},
                )


MALGRUPPER = radsett(
    Tjeneste,
    Tjenestemalgruppe,
    MalgruppeRad,
    navn=_("hvem den er for"),
    radnavn=_("målgruppe"),
    leggtil=_("Legg til en målgruppe"),
    hjelp=_("Uten alder gjelder det alle aldre."),
)
KONTAKTPUNKTER = radsett(
    Tjeneste,
    Kontaktpunkt,
    KontaktpunktRad,
    navn=_("hvordan tjenesten nås"),
    leggtil=_("Legg til telefon, e-post eller annet"),
)
APNINGSTIDER = radsett(
    Kontaktpunkt,
    Apningstid,
    ApningstidRad,
    formset=ApningstidSett,
    leggtil=_("Legg til en åpningstid"),
    hjelp=_("Ingen betyr at det ikke er oppgitt, ikke at det er stengt."),
)


def tjenesteskjema(tjeneste, data, *, bruker, alt):
    """Returns the Skjema of a tjeneste.

    Args:
        alt: whether it is all that there is to change, or what a tjeneste may of itself.
    """
    rader = {"malgrupper": MALGRUPPER(data, instance=tjeneste)}
    hvem = Del(_("Hvem den er for"), ["malgrupper", tuple(KAN_KONTAKTE)])
    melding, fra, til, stengt = BESKJED
    beskjed = Del(
        _("Beskjed som gjelder en stund"), [melding, (fra, til), stengt], lukket=True
    )
    if not alt:
        deler = [
            Del("", [("navn", "kortnavn"), "tekst", "resultat", "andre_navn"]),
            hvem,
            beskjed,
            Del("", ["begrunnelse"]),
        ]
        return Skjema(TjenesteRedaktorForm(data, instance=tjeneste), rader, deler)
    punkter = Kontaktpunkt.objects.synlige_for(bruker)
    rader |= {
        "kontaktpunkter": KONTAKTPUNKTER(data, instance=tjeneste, queryset=punkter)
    }
    andre = Kommune.objects.exclude(pk=tjeneste.kommune_id)
    if kommuner := dict(andre.values_list("pk", "navn")):
        rader["delinger"] = TJENESTEKOMMUNER(
            data,
            instance=tjeneste,
            queryset=med_antall_tiltak(
                Tjenestekommune.objects.select_related("kommune", "tjeneste")
            ),
            form_kwargs={"kommuner": kommuner, "bruker": bruker},
        )
    deler = [
        Del("", [("navn", "kortnavn", "type"), "tekst", "resultat", "kontaktpunkter"]),
        hvem,
        beskjed,
        Del(_("Når folk leter etter den"), ["temaer", "andre_navn"], lukket=True),
        Del(
            _("Mer"),
            [
                "overordnet",
                ("organisasjonsnummer", "svaransvarlig"),
                "sporres_ikke",
                "funksjon",
                "nedlagt",
            ],
            lukket=True,
        ),
        Del(_("Andre kommuner"), ["delinger"], lukket=True),
        Del("", ["begrunnelse"]),
    ]
    return Skjema(TjenesteForm(data, instance=tjeneste), rader, deler)


def kontaktpunktskjema(punkt, data, *, bruker, alt):
    """As `tjenesteskjema`."""
    rader = {"apningstider": APNINGSTIDER(data, instance=punkt)}
    felter = [*UTDYPER, "apningstider", "bare_ansatte", "sted", ("synlighet", "hoved")]
    deler = [Del("", ["verdi", *felter, "bekreftet_hvordan", "begrunnelse"])]
    form = KontaktpunktForm if alt else KontaktpunktRedaktorForm
    return Skjema(form(data, instance=punkt), rader, deler)
