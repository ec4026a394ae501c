"""The forms by which a document is sent, and what is decided about it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.grunn.identitetsnummer import avvis_identitetsnummer, finn_identitetsnummer
from tiltak.innlesing import fil as filen
from tiltak.innlesing import vern
from tiltak.innlesing.blokker import Blokk
from tiltak.innlesing.fil import STORSTE_TEKST
from tiltak.innlesing.forslag import etiketter as e
from tiltak.innlesing.forslag import valg as v
from tiltak.models import Handlingsplan, Planimport
from tiltak.rediger.forms.plan import NyPlanForm

ROLLER = {
    v.KAPITTEL: gettext_lazy("Kapittel"),
    v.OMRADE: gettext_lazy("Innsatsområde"),
    v.TILTAK: gettext_lazy("Tiltak"),
    v.DELTILTAK: gettext_lazy("Deltiltak"),
    v.TEKST: gettext_lazy("Brødtekst"),
    v.UNDEROVERSKRIFT: gettext_lazy("Overskrift i teksten"),
    v.FELT_OVERSKRIFT: gettext_lazy("Etikett"),
    v.MALSETTING: gettext_lazy("Målsetting"),
    v.NIVAGRUPPE: gettext_lazy("Nivå for tiltakene under"),
    v.TITTEL: gettext_lazy("Planens tittel"),
    v.HODE: gettext_lazy("Hode i tabell"),
    v.HOPP_OVER: gettext_lazy("Hopp over"),
}
# What a key makes of the block at which one is.
TASTER = {
    v.KAPITTEL: "K",
    v.OMRADE: "I",
    v.TILTAK: "T",
    v.DELTILTAK: "D",
    v.TEKST: "B",
    v.UNDEROVERSKRIFT: "O",
    v.MALSETTING: "M",
    v.HOPP_OVER: "H",
}
FELT = {
    e.BESKRIVELSE: gettext_lazy("beskrivelse"),
    e.ANSVAR: gettext_lazy("ansvarlig"),
    e.MEDANSVAR: gettext_lazy("medansvarlig"),
    e.GJENNOMFORER: gettext_lazy("gjennomfører"),
    e.SAMARBEID: gettext_lazy("samarbeidspart"),
    e.MALGRUPPE: gettext_lazy("målgruppe"),
    e.HVEM_KAN: gettext_lazy("hvem som kan ta kontakt"),
    e.KONTAKT: gettext_lazy("kontakt"),
    e.TELEFON: gettext_lazy("telefon"),
    e.EPOST: gettext_lazy("e-post"),
    e.NETT: gettext_lazy("nettside"),
    e.NIVA: gettext_lazy("forebyggingsnivå"),
    e.BTI: gettext_lazy("BTI-nivå"),
    e.STATUS: gettext_lazy("status"),
    e.NYTT: gettext_lazy("nytt tiltak"),
    e.HVOR_OFTE: gettext_lazy("hvor ofte"),
    e.LOKALOMRADE: gettext_lazy("lokalområde"),
    e.FORANKRING: gettext_lazy("forankring"),
    e.MAL: gettext_lazy("målsetting"),
    e.TITTEL: gettext_lazy("tittel"),
    e.NUMMER: gettext_lazy("nummer"),
    e.OMRADE: gettext_lazy("innsatsområde"),
    e.ANNET: gettext_lazy("står i beskrivelsen, under sin egen etikett"),
    e.HOPP_OVER: gettext_lazy("hopp over"),
}
# Of the paragraphs of a tiltak.
FELT_I_TILTAK = [f for f in FELT if f not in {e.TITTEL, e.NUMMER, e.OMRADE}]
STEDER = {
    "side": gettext_lazy("side %s"),
    "avsnitt": gettext_lazy("avsnitt %s"),
    "celle": gettext_lazy("celle %s"),
    "linje": gettext_lazy("linje %s"),
}
# By what a tjeneste was known again.
TREFF = {
    "navn": gettext_lazy("navnet"),
    "kortnavn": gettext_lazy("kortnavnet"),
    "telefon": gettext_lazy("telefonnummeret"),
    "epost": gettext_lazy("e-postadressen"),
    "valgt": gettext_lazy("valget ditt"),
}
# So many places are named of those where something is wrong.
VISES = 10
# What the key of a block looks like, and that of a part of one.
NOKKEL = r"[1-9][0-9]{0,5}(?:\.[1-9][0-9]{0,3})?"


def stedet(blokk: Blokk) -> str:
    """Where a block stands in its document, in words."""
    hva, hvor = blokk.sted
    return STEDER[hva] % hvor


def _uten_nummer(blokk):
    """Where it stands, without the name of a sheet that holds a number itself."""
    hva, hvor = blokk.sted
    return STEDER[hva] % (
        hvor.rpartition("!")[2] if finn_identitetsnummer(hvor) else hvor
    )


class DokumentForm(forms.Form):
    """A plan, as a file or pasted. What it says is in `blokker`.

    Args:
        for_ofte: whether the sender has sent so many that this one is not read.
    """

    fil = forms.FileField(
        label=gettext_lazy("Fil"),
        required=False,
        help_text=gettext_lazy(
            "Word (.docx), PDF eller regneark (.xlsx), opptil 25 MB."
        ),
        widget=forms.FileInput({"accept": ".docx,.pdf,.xlsx"}),
    )
    limt_inn = forms.CharField(
        label=gettext_lazy("Eller lim inn teksten"),
        required=False,
        strip=False,
        help_text=gettext_lazy("Tekst, eller rader fra en tabell."),
        widget=forms.Textarea({"rows": 8}),
    )

    def __init__(self, *args, for_ofte=False):
        super().__init__(*args)
        self.for_ofte = for_ofte
        self.blokker: list[Blokk] = []

    @property
    def navn(self):
        """What the document is called: of what was pasted, how it begins."""
        if fil := self.cleaned_data.get("fil"):
            return fil.name[:120]
        forst = next(blokk for blokk in self.blokker if blokk.tegn)
        return _("Limt inn: %s") % Truncator(
            " ".join(filter(None, (forst.tekst, *forst.celler)))
        ).chars(60)

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        if fil:
            # The name of the file is kept, and is a text like any other.
            Planimport._meta.get_field("navn").clean(fil.name[:120], None)
        return fil

    def clean(self):
        super().clean()
        fil, tekst = self.cleaned_data.get("fil"), self.cleaned_data.get("limt_inn", "")
        if self.errors:
            return
        if self.for_ofte:
            raise ValidationError(
                _("Du har lest inn mange dokumenter. Vent et kvarter.")
            )
        if bool(fil) == bool(tekst.strip()):
            raise ValidationError(
                _("Velg en fil eller lim inn en tekst, én av delene.")
            )
        try:
            self.blokker = self._les(fil, tekst)
        except ValidationError as feil:
            self.add_error("fil" if fil else "limt_inn", feil)

    def _les(self, fil, tekst):
        blokker = filen.les_fil(fil.read()) if fil else filen.les_tekst(tekst)
        if med_nummer := vern.med_identitetsnummer(blokker):
            steder = list(dict.fromkeys(map(_uten_nummer, med_nummer)))
            mer = len(steder) - VISES
            hvor = ", ".join(steder[:VISES]) + (
                _(" og %d til") % mer if mer > 0 else ""
            )
            raise ValidationError(
                _(
                    "Dokumentet har det som ser ut som fødselsnumre: %s. Ta dem ut, og "
                    "prøv igjen. Ingenting er lest inn."
                )
                % hvor,
                code="identitetsnummer",
            )
        return blokker


class ValgForm(forms.Form):
    """What is decided about one block."""

    versjon = forms.IntegerField(min_value=0)
    blokk = forms.RegexField(re.compile(rf"\A{NOKKEL}\Z"))
    rolle = forms.ChoiceField(choices=list(ROLLER.items()), required=False)
    felt = forms.ChoiceField(
        choices=[(felt, FELT[felt]) for felt in FELT_I_TILTAK], required=False
    )
    sammen = forms.BooleanField(required=False)
    delt = forms.IntegerField(min_value=1, max_value=STORSTE_TEKST, required=False)
    # All of the section that it stands in.
    hele = forms.BooleanField(required=False)


class LestForm(forms.Form):
    """Which blocks somebody has read, or has not."""

    blokker = forms.RegexField(re.compile(rf"\A{NOKKEL}(?: {NOKKEL})*\Z"))
    lest = forms.ChoiceField(choices=[("1", "1"), ("0", "0")])

    @property
    def nokler(self) -> list[str]:
        return self.cleaned_data["blokker"].split()


class EtikettForm(forms.Form):
    """Which field each label of the document stands for."""

    def __init__(self, *args, etiketter: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.navn = {f"e{nr}": etikett for nr, etikett in enumerate(etiketter)}
        for felt, etikett in self.navn.items():
            self.fields[felt] = forms.ChoiceField(
                label=etikett,
                choices=list(FELT.items()),
                initial=etiketter[etikett] or e.ANNET,
            )

    @property
    def valgte(self) -> dict[str, str]:
        """What was changed, by the label as choices know it."""
        return {
            e.normalisert(self.navn[felt]): self.cleaned_data[felt]
            for felt in self.changed_data
        }


class TjenesteForm(forms.Form):
    """Which tjeneste each name in the document stands for."""

    def __init__(self, *args, navnene, tjenester, **kwargs):
        super().__init__(*args, **kwargs)
        self.navnene = {f"t{nr}": navn for nr, navn in enumerate(navnene)}
        for felt, navn in self.navnene.items():
            self.fields[felt] = forms.ChoiceField(
                label=navn.navn,
                choices=[
                    (v.NY_TJENESTE, gettext_lazy("Lag en ny tjeneste")),
                    (v.INGEN_TJENESTE, gettext_lazy("Ingen tjeneste, bare tekst")),
                    *tjenester,
                ],
                initial=str(navn.tjeneste.pk)
                if navn.tjeneste
                else navn.valg or v.NY_TJENESTE,
            )

    @property
    def med_navn(self):
        """[(the field, what is known of the name, by what it was known again)]."""
        return [
            (self[felt], navn, TREFF.get(navn.hvordan, ""))
            for felt, navn in self.navnene.items()
        ]

    @property
    def valgte(self) -> dict[str, str]:
        return {
            self.navnene[felt].nokkel: self.cleaned_data[felt]
            for felt in self.changed_data
        }


class PersonForm(forms.Form):
    """What stands in the place of a text that seems to name a person."""

    BYTT, UT, BEHOLD = "bytt", "ut", "behold"

    versjon = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    tekst = forms.CharField(widget=forms.HiddenInput, strip=False)
    hva = forms.ChoiceField(
        choices=[(BYTT, BYTT), (UT, UT), (BEHOLD, BEHOLD)], widget=forms.HiddenInput
    )
    rolle = forms.CharField(
        label=gettext_lazy("Rollen i stedet"), max_length=200, required=False
    )

    def clean_tekst(self):
        tekst = self.cleaned_data["tekst"]
        avvis_identitetsnummer(tekst)
        return tekst

    def clean_rolle(self):
        rolle = self.cleaned_data["rolle"]
        avvis_identitetsnummer(rolle)
        return rolle

    def clean(self):
        renset = super().clean()
        if renset.get("hva") == self.BYTT and not renset.get("rolle"):
            self.add_error("rolle", _("Skriv rollen, for eksempel «fagleder»."))
        return renset

    @property
    def i_stedet(self) -> str:
        renset = self.cleaned_data
        return {
            self.BYTT: renset["rolle"],
            self.UT: "",
            self.BEHOLD: renset["tekst"],
        }[renset["hva"]]


class LeggInnForm(NyPlanForm):
    """What the draft is begun with that the document becomes."""

    class Meta(NyPlanForm.Meta):
        model = Handlingsplan
        fields = ["tittel", "fra_ar", "til_ar", "ingress", "rekke", "bygger_pa"]

    versjon = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kommune = self.instance.kommune
        rekker, planer = (
            kommune.planrekker.all(),
            kommune.planer.select_related("rekke"),
        )
        self.fields["rekke"].queryset = rekker
        self.fields["rekke"].required = rekker.exists()
        self.fields["bygger_pa"].queryset = planer
        if not rekker:
            # The first plan of a kommune gets its rekke when it is saved.
            del self.fields["rekke"]
        if not planer:
            del self.fields["bygger_pa"]
