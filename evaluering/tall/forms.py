"""The forms by which a table of figures comes in: the table, how it is laid out, and what
its words are."""

import re
from copy import deepcopy

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluering.models import Maling, Tallimport
from evaluering.tall import tallord
from evaluering.tall.ark import (
    Ark,
    ark_i_regneark,
    ark_i_tekst,
    celle_i,
    kolonnenavn,
    tekst,
)
from evaluering.tall.celler import er_tvetydig
from evaluering.tall.forslag import foresla_for, les_overskriftene
from evaluering.tall.oppsett import UTELATT, Oppsett, overskrifter
from evaluering.tall.utrulling import tomme_nokler
from slt.felles.opplasting import filtype, tekst_i
from slt.grunn.identitetsnummer import avvis_identitetsnummer

# In letters; Django takes 2.5 MB of a form that is no file.
LENGST_LIMT_INN = 1_000_000
# An identity number has eleven digits.
KORTESTE_NUMMER = 11

ROLLENE = [
    ("", gettext_lazy("Velg")),
    ("tall", gettext_lazy("tall")),
    ("til", gettext_lazy("tall til (spenn)")),
    ("indikator", gettext_lazy("indikator")),
    ("år", gettext_lazy("år")),
    ("kommune", gettext_lazy("kommune")),
    ("kommunenummer", gettext_lazy("kommunenummer")),
    ("sted", gettext_lazy("sted, for eksempel en skole")),
    ("lokalområde", gettext_lazy("del av kommunen")),
    ("kjønn", gettext_lazy("kjønn")),
    ("alder", gettext_lazy("alder")),
    ("skoleslag", gettext_lazy("skoleslag")),
    ("slag", gettext_lazy("inndeling 1")),
    ("gruppe", gettext_lazy("inndeling 2")),
    ("sammenligning", gettext_lazy("fylket eller landet")),
    ("enhet", gettext_lazy("enhet")),
    ("merke", gettext_lazy("merknad til tallet")),
    ("kilde", gettext_lazy("kilde")),
    (UTELATT, gettext_lazy("tas ikke med")),
]


# What is asked of the whole sheet, whatever its columns are.
IKKE_OM_KOLONNER = ("indikator", "ar", "to_ar", "tomme", "punktum")


class TallForm(forms.Form):
    """A table, as a file or pasted; `arkene` is what is in it."""

    fil = forms.FileField(
        label=gettext_lazy("Fil"),
        required=False,
        help_text=gettext_lazy("Regneark (XLSX) eller CSV."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt,text/csv"}),
    )
    limt_inn = forms.CharField(
        label=gettext_lazy("Eller lim inn tabellen"),
        required=False,
        max_length=LENGST_LIMT_INN,
        strip=False,
        help_text=gettext_lazy(
            "Merk radene i regnearket, overskriftene også, kopier dem og lim dem inn her."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )

    arkene: list[Ark] = ()

    @property
    def navn(self):
        fil = self.cleaned_data.get("fil")
        return fil.name[:120] if fil else _("Limt inn")

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        if fil:
            # The name of the file is kept, and is a text like any other.
            Tallimport._meta.get_field("navn").clean(fil.name[:120], None)
        return fil

    def clean(self):
        super().clean()
        fil, limt = self.cleaned_data.get("fil"), self.cleaned_data.get("limt_inn", "")
        if "fil" in self.errors:
            return
        if bool(fil) == bool(limt.strip()):
            raise ValidationError(
                _("Velg en fil eller lim inn en tabell, én av delene.")
            )
        try:
            self.arkene = [ark for ark in self._ark(fil, limt) if len(ark.rader) > 1]
            if not self.arkene:
                raise ValidationError(_("Tabellen har ingen tall under overskriftene."))
            for ark in self.arkene:
                _avvis_identitetsnumre(ark)
        except ValidationError as feil:
            self.add_error("fil" if fil else "limt_inn", feil)

    def _ark(self, fil, limt):
        if not fil:
            return [ark_i_tekst(limt, _("Limt inn"))]
        if filtype(fil) == "xlsx":
            return ark_i_regneark(fil.read())
        return [ark_i_tekst(tekst_i(fil.read()), self.navn)]


def _avvis_identitetsnumre(ark):
    """A sheet is kept till somebody has looked at it, with what nobody reads in it, too."""
    for nr, celler in ark.rader:
        # Each by itself: figures side by side are none.
        for celle in celler:
            innhold = tekst(celle)
            if len(innhold) < KORTESTE_NUMMER:
                continue
            try:
                avvis_identitetsnummer(innhold)
            except ValidationError as feil:
                raise ValidationError(
                    _("Rad %(nr)d i «%(ark)s»: %(feil)s")
                    % {"nr": nr, "ark": ark.navn, "feil": " ".join(feil.messages)}
                ) from feil


class OppsettForm(forms.Form):
    """How a sheet is laid out: which one, where its headings are, what its columns are.

    With a press of «Les på nytt» the columns are proposed anew, and where another sheet or
    other rows of headings are chosen, whatever is pressed: nobody has seen those columns.
    """

    ark = forms.ChoiceField(label=gettext_lazy("Ark"), required=False)
    # What the columns were shown of: the sheet, and its rows of headings.
    vist = forms.CharField(required=False, widget=forms.HiddenInput())
    forste = forms.IntegerField(
        label=gettext_lazy("Overskriftene begynner på rad"), min_value=1
    )
    siste = forms.IntegerField(
        label=gettext_lazy("Overskriftene slutter på rad"), min_value=1
    )
    indikator = forms.CharField(
        label=gettext_lazy("Hva tallene viser"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("For eksempel «Anmeldte lovbrudd»."),
    )
    ar = forms.CharField(
        label=gettext_lazy("Året tallene er fra"), required=False, max_length=20
    )
    over = forms.ChoiceField(
        label=gettext_lazy("Ordene over tallene er"),
        required=False,
        choices=[
            ("slag", gettext_lazy("inndelinger, for eksempel slag lovbrudd")),
            ("gruppe", gettext_lazy("inndelinger nummer to")),
            ("indikator", gettext_lazy("hver sin indikator")),
        ],
    )
    to_ar = forms.ChoiceField(
        label=gettext_lazy("Det som ser ut som to år, er"),
        required=False,
        choices=[("", gettext_lazy("Velg")), *Maling.Periode.choices],
    )
    tomme = forms.ChoiceField(
        label=gettext_lazy("En tom celle der andre i kolonnen er fylt ut, betyr"),
        required=False,
        choices=[
            ("", gettext_lazy("Velg")),
            ("over", gettext_lazy("det samme som cellen over")),
            (
                "alle",
                gettext_lazy("alle, for eksempel begge kjønn eller hele kommunen"),
            ),
        ],
    )
    punktum = forms.ChoiceField(
        label=gettext_lazy("Et punktum i tallene skiller"),
        required=False,
        choices=[
            ("", gettext_lazy("vet ikke")),
            ("tusen", gettext_lazy("tusener: 1.250 er ett tusen to hundre og femti")),
            ("desimal", gettext_lazy("desimaler: 1.250 er én komma tjuefem")),
        ],
    )

    # Whether other columns are shown than those that were sent.
    har_andre_kolonner = False

    def __init__(self, rad, *args, sagt=None):
        """`sagt` is what was typed in the form before the columns were proposed anew."""
        self.rad, self.kommune = rad, rad.kommune
        self.arkene = [Ark.fra_json(lagret) for lagret in rad.rader]
        self.oppsett = Oppsett.fra_json(rad.oppsett)
        self.foreslatt = self._forst()
        super().__init__(*args, initial=self.foreslatt | (sagt or {}))
        navnene = [ark.navn for ark in self.arkene]
        self.fields["ark"].choices = [(str(nr), n) for nr, n in enumerate(navnene)]
        if len(self.arkene) == 1:
            self.fields["ark"].widget = forms.HiddenInput()
        if self.is_bound:
            self._les_pa_nytt()
        self._lag_kolonner()
        self._ta_bort_det_som_ikke_sporres_om()

    def _forst(self):
        o = self.oppsett
        nr = [ark.navn for ark in self.arkene].index(o.ark)
        return {
            "ark": str(nr),
            "vist": f"{nr} {o.hode[0]} {o.hode[1]}",
            "forste": o.hode[0],
            "siste": o.hode[1],
            "indikator": o.faste.get("indikator", ""),
            "ar": o.faste.get("år", ""),
            "over": o.over,
            "to_ar": o.to_ar,
            "tomme": o.tomme,
            "punktum": o.punktum,
        }

    def _les_pa_nytt(self):
        """The columns are those of what is chosen above them, or of what was shown where
        that can't be read."""
        vist = self._valg(*self.data.get("vist", "").split()) or self._valg(
            *self.foreslatt["vist"].split()
        )
        valgt = self._valg(*(self.data.get(n) for n in ("ark", "forste", "siste")))
        self.har_andre_kolonner = valgt not in {None, vist}
        nr, *hode = valgt or vist
        ark, hode = self.arkene[nr], tuple(hode)
        over = self.data.get("over", "")
        over = over if over in dict(self.fields["over"].choices) else ""
        if nr != vist[0]:
            self.oppsett = foresla_for(ark, self.kommune)
            self.data = self.data.copy()
            self.data["forste"], self.data["siste"] = self.oppsett.hode
        elif (ark.navn, hode, over) != (
            self.oppsett.ark,
            self.oppsett.hode,
            self.oppsett.over,
        ):
            self.oppsett = foresla_for(ark, self.kommune, hode, over)
        # To check what was sent takes that for what the columns are.
        self.nytt_oppsett = deepcopy(self.oppsett)

    def _valg(self, *sagt):
        """(which sheet, its first and its last row of headings), or None where there is no
        such thing."""
        try:
            nr, forste, siste = (int(s or 0) for s in sagt)
        except ValueError:
            return None
        finnes = 0 <= nr < len(self.arkene) and 0 < forste <= siste <= forste + 5
        return (nr, forste, siste) if finnes else None

    def feil_i_radene(self):
        """Whether the rows of the headings can't be read; of the rest nothing is said."""
        for felt in set(self.errors) - {"forste", "siste"}:
            del self.errors[felt]
        return bool(self.errors)

    def lest_pa_nytt(self):
        """The form as it is shown when the columns were proposed anew. What was typed stays:
        that of the same columns, and what is not about them."""
        sagt = {
            navn: self.data[navn]
            for navn in IKKE_OM_KOLONNER
            if self.data.get(navn) not in {None, "", self.foreslatt[navn]}
        }
        if not self.har_andre_kolonner:
            sagt |= {n: v for n, v in self.data.items() if re.fullmatch(r"k\d+", n)}
        return OppsettForm(self.rad, sagt=sagt)

    def _lag_kolonner(self):
        for nr, kolonne in enumerate(self.oppsett.kolonner):
            self.fields[f"k{nr}"] = forms.ChoiceField(
                label=_("Kolonne %s") % kolonnenavn(nr + 1),
                choices=ROLLENE,
                initial=kolonne.rolle,
                required=False,
            )

    def _ta_bort_det_som_ikke_sporres_om(self):
        """What the columns say already, and choices that change nothing."""
        o, ark = self.oppsett, self.ark_vist
        tallene = [k for k in o.kolonner if k.rolle == "tall"]
        ordene = {n for k in tallene for n in k.faste}
        celler = [c for _nr, rad in ark.rader for c in rad]
        sporres_om = {
            "indikator": not o.plasser("indikator") and "indikator" not in ordene,
            "ar": not o.plasser("år") and "år" not in ordene,
            "over": bool(ordene & {"slag", "gruppe", "indikator"}),
            "to_ar": bool(o.to_ar),
            "tomme": bool(tomme_nokler(ark, o)),
            "punktum": any(map(er_tvetydig, celler)),
        }
        if o.to_ar and (to := self._to_ar()):
            self.fields["to_ar"].label = _("«%s» er") % to
        for felt in [n for n, ja in sporres_om.items() if not ja]:
            # What is sent may make it needed; then it is asked for beside its error.
            if not self.is_bound:
                self.fields[felt].widget = forms.HiddenInput()

    def _to_ar(self):
        """The first that the sheet writes as two years on end, as it stands; or ""."""
        o = self.oppsett
        under = [celler for nr, celler in self.ark_vist.rader if nr > o.hode[1]]
        skrevet = [celle_i(celler, p) for p in o.plasser("år") for celler in under]
        skrevet += [k.faste.get("år") for k in o.kolonner]
        return next((tekst(c) for c in skrevet if tallord.kan_vaere_to(c)), "")

    @property
    def ark_vist(self):
        return next(ark for ark in self.arkene if ark.navn == self.oppsett.ark)

    @property
    def gjelder_alle(self):
        return [
            self[n] for n in ("indikator", "ar", "over", "to_ar", "tomme", "punktum")
        ]

    @property
    def kolonner(self):
        """[(field, headings, what the heading says)] of the columns."""
        hoder = overskrifter(self.ark_vist, self.oppsett.hode)
        return [
            (self[f"k{nr}"], hoder[nr] if nr < len(hoder) else [], kolonne.faste)
            for nr, kolonne in enumerate(self.oppsett.kolonner)
        ]

    def clean(self):
        super().clean()
        rent = self.cleaned_data
        hode = rent.get("forste"), rent.get("siste")
        if None in hode:
            return
        if not hode[0] <= hode[1] <= hode[0] + 5:
            self.add_error(
                "siste",
                _("Overskriftene kan gå over høyst seks rader, ovenfra og ned."),
            )
            return
        roller = [rent.get(f"k{nr}", "") for nr in range(len(self.oppsett.kolonner))]
        self._sjekk_roller(roller)
        for kolonne, rolle in zip(self.oppsett.kolonner, roller, strict=True):
            kolonne.rolle = rolle
        les_overskriftene(self.ark_vist, self.oppsett, self.kommune)
        self._sjekk_det_som_gjelder_alle(rent)
        for felt in ("to_ar", "tomme", "punktum"):
            setattr(self.oppsett, felt, rent.get(felt, ""))
        if not self.errors and not rent["tomme"]:
            ark = self.ark_vist
            if tomme := tomme_nokler(ark, self.oppsett):
                kolonner = ", ".join(kolonnenavn(p + 1) for p in tomme)
                self.fields["tomme"].help_text = (
                    _("Det er tomme celler i %s.") % kolonner
                )
                self.add_error("tomme", _("Velg hva en tom celle betyr."))

    def _sjekk_roller(self, roller):
        for nr, rolle in enumerate(roller):
            if not rolle:
                self.add_error(
                    f"k{nr}", _("Velg hva kolonnen er, eller at den ikke tas med.")
                )
        if "tall" not in roller:
            self.add_error(None, _("Velg hvilken kolonne som har tallene."))
        flere = {"", UTELATT, "tall", "indikator"}
        for nr, rolle in enumerate(roller):
            if rolle not in flere and rolle in roller[:nr]:
                self.add_error(f"k{nr}", _("En annen kolonne er valgt som det samme."))
            if rolle == "til" and roller.count("tall") > 1:
                self.add_error(
                    f"k{nr}",
                    _("Et spenn kan bare leses der det er én kolonne med tall."),
                )

    def _sjekk_det_som_gjelder_alle(self, rent):
        faste = {}
        for felt, rolle in (("indikator", "indikator"), ("ar", "år")):
            har = self.oppsett.plasser(rolle) or any(
                rolle in k.faste for k in self.oppsett.kolonner if k.rolle == "tall"
            )
            verdi = " ".join(rent.get(felt, "").split())
            if har:
                continue
            if not verdi:
                self.add_error(felt, _("Ingen kolonne sier det. Skriv det her."))
            else:
                faste[rolle] = verdi
        if faste.get("år") and not tallord.ar(faste["år"], "flere_ar"):
            self.add_error("ar", _("Skriv et årstall, for eksempel 2023."))
        if "indikator" in faste:
            try:
                avvis_identitetsnummer(faste["indikator"])
            except ValidationError as feil:
                self.add_error("indikator", feil)
        self.oppsett.faste = faste
