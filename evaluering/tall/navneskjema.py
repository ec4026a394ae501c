"""The form that asks what the words of a table are, where the kommune has nothing of that
name: what there is already, something new, or nothing that is taken along."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluering.models import Indikator, Kilde, Maling
from evaluering.tall import tallord
from evaluering.tall.innlest import UTEN, Innlest, Valg
from evaluering.tall.oppsett import Oppsett, overskrifter
from evaluering.tall.tallimport import arket
from slt.models import Sted

NY = "ny"
KILDE = "kilde"
ANDELER = "andeler"
SIER = [
    (Maling.Merke.SKJULT, gettext_lazy("skjult av kilden")),
    (Maling.Merke.MANGLER, gettext_lazy("mangler")),
    (Maling.Merke.IKKE_AKTUELT, gettext_lazy("ikke aktuelt")),
    (tallord.NULL, gettext_lazy("null")),
    (UTEN, gettext_lazy("tas ikke med")),
]


DELENE = [
    (("indikatorer",), gettext_lazy("Indikatorer")),
    (("enhet", "teller", "stedet"), gettext_lazy("Om de nye indikatorene")),
    (("steder", "lokalomrader"), gettext_lazy("Steder")),
    (("merker",), gettext_lazy("Tegn som står i stedet for tall")),
    (("kilder", "kilde"), gettext_lazy("Kilde")),
]


class NavneForm(forms.Form):
    """One choice for each word; and for what is new, what it needs."""

    def __init__(self, rad, innlest: Innlest, *args):
        super().__init__(*args)
        self.rad, self.kommune, self.innlest = rad, rad.kommune, innlest
        self.navn = {}
        for hva, lag in (
            ("indikatorer", self._indikator),
            ("steder", self._sted),
            ("lokalomrader", self._lokalomrade),
            ("kilder", self._kilde),
            ("merker", self._merke),
        ):
            for nr, (nokkel, ukjent) in enumerate(innlest.ukjente[hva].items()):
                felt = f"{hva}-{nr}"
                self.navn[felt] = hva, nokkel, ukjent
                lag(felt, ukjent)
        if innlest.ukjente["indikatorer"]:
            self._nye_indikatorer()
        if innlest.mangler_kilde or innlest.ukjente["indikatorer"]:
            self._kilden()

    @property
    def deler(self):
        """[(heading, fields)]: what belongs together, by how its names begin."""
        delt = [
            (heter, [f for f in self if re.split("[-_]", f.name)[0] in navnene])
            for navnene, heter in DELENE
        ]
        return [(heter, feltene) for heter, feltene in delt if feltene]

    # The fields -------------------------------------------------------------------------

    def _valg(self, felt, ukjent, label, finnes, nye):
        uten = (UTEN, _("Ta ikke med (%d tall)") % ukjent.antall)
        # What is only like something else is chosen by nobody but who knows.
        forst = nye[0][0] if nye and not ukjent.forslag else None
        self.fields[felt] = forms.ChoiceField(
            label=label % {"navn": ukjent.navn},
            choices=[("", _("Velg")), *nye, *finnes, uten],
            initial=forst,
            help_text=_("Mente dere «%s»?") % ukjent.forslag if ukjent.forslag else "",
            error_messages={"required": _("Velg hva det er.")},
        )

    def _egne(self, navn):
        rader = getattr(self.kommune, navn).values_list("pk", "navn")
        return [(str(pk), heter) for pk, heter in rader]

    def _indikator(self, felt, ukjent):
        nye = [(NY, _("Ny indikator"))]
        self._valg(
            felt, ukjent, _("Indikatoren «%(navn)s»"), self._egne("indikatorer"), nye
        )

    def _sted(self, felt, ukjent):
        nye = [
            (f"{NY}-{verdi}", _("Nytt sted: %s") % n) for verdi, n in Sted.Type.choices
        ]
        self._valg(felt, ukjent, _("Stedet «%(navn)s»"), self._egne("steder"), nye)
        if not ukjent.forslag:
            type_ = _stedstype(ukjent)
            self.fields[felt].initial = f"{NY}-{type_}" if type_ else None

    def _lokalomrade(self, felt, ukjent):
        finnes = self._egne("lokalomrader")
        self._valg(felt, ukjent, _("Delen av kommunen «%(navn)s»"), finnes, [])

    def _kilde(self, felt, ukjent):
        self._valg(felt, ukjent, _("Kilden «%(navn)s»"), self._egne("kilder"), [])

    def _merke(self, felt, ukjent):
        self.fields[felt] = forms.ChoiceField(
            label=_("«%(navn)s» i stedet for et tall") % {"navn": ukjent.navn},
            choices=[("", _("Velg")), *SIER],
            help_text=ngettext(
                "Står %d sted. Kilden sier hva det betyr.",
                "Står %d steder. Kilden sier hva det betyr.",
                ukjent.antall,
            )
            % ukjent.antall,
            error_messages={"required": _("Velg hva det er.")},
        )

    def _nye_indikatorer(self):
        ukjente = self.innlest.ukjente["indikatorer"].values()
        andeler = [u.navn for u in ukjente if _er_andel(u)]
        blandet = 0 < len(andeler) < len(ukjente)
        enheter = {_enheten(ukjent) for ukjent in ukjente}
        if "" in enheter:
            self.fields["enhet"] = forms.CharField(
                label=_("Enhet for de nye indikatorene"),
                required=False,
                max_length=40,
                help_text=_("For eksempel «anmeldelser» eller «prosent»."),
            )
        if blandet:
            andre = {_enheten(ukjent) for ukjent in ukjente if not _er_andel(ukjent)}
            self._hva_de_teller("teller", _("De nye indikatorene teller"), andre)
            self.fields[ANDELER] = forms.ChoiceField(
                label=_("De nye i prosent og liknende er"),
                required=False,
                choices=Indikator.Teller.choices,
                initial=Indikator.Teller.ANDEL,
                help_text=", ".join(f"«{navn}»" for navn in andeler),
            )
        else:
            self._hva_de_teller("teller", _("De nye indikatorene teller"), enheter)
        stedet = Indikator._meta.get_field("stedet")
        self.fields["stedet"] = forms.ChoiceField(
            label=_("Stedet i tallene er"),
            required=False,
            choices=[("", _("Ikke oppgitt")), *stedet.choices],
            initial=self._stedet(),
            help_text=stedet.help_text,
        )

    def _hva_de_teller(self, felt, label, enheter):
        self.fields[felt] = forms.ChoiceField(
            label=label,
            required=False,
            choices=[("", _("Velg")), *Indikator.Teller.choices],
            initial=_teller(" ".join(enheter)),
            help_text=_("Tall på 1–4 personer skjules, og det de kan regnes ut av."),
        )

    def _stedet(self):
        """What the headings say of the place."""
        hode = Oppsett.fra_json(self.rad.oppsett).hode
        ordene = str(overskrifter(arket(self.rad), hode)).casefold()
        for verdi in Indikator.Stedet.values:
            if verdi in ordene:
                return verdi
        return ""

    def _kilden(self):
        finnes = self._egne("kilder")
        self.fields[KILDE] = forms.ChoiceField(
            label=_("Kilden til tallene"),
            choices=[("", _("Velg")), (NY, _("Ny kilde")), *finnes],
            required=bool(self.innlest.mangler_kilde),
            help_text=_("Den må være fra det siste året i tabellen, eller senere."),
            error_messages={"required": _("Velg hvor tallene kommer fra.")},
        )
        type_ = Kilde._meta.get_field("type")
        self.fields["kilde_navn"] = forms.CharField(
            label=_("Den nye kildens navn"),
            required=False,
            max_length=120,
            help_text=_("Dette og resten fylles ut når du har valgt «Ny kilde»."),
        )
        self.fields["kilde_type"] = forms.ChoiceField(
            label=_("Hva slags kilde"),
            required=False,
            choices=type_.choices,
            initial="annet",
        )
        self.fields["kilde_arstall"] = forms.IntegerField(
            label=_("Året kilden er fra"),
            required=False,
            min_value=1900,
            max_value=2100,
        )
        self.fields["kilde_utgiver"] = forms.CharField(
            label=_("Utgiver"),
            required=False,
            max_length=120,
            initial=tallord.UTGIVERNAVN.get(self.innlest.utgiver, ""),
        )

    # What was said ----------------------------------------------------------------------

    def clean(self):
        super().clean()
        rent = self.cleaned_data
        if self.lages("indikatorer"):
            for felt in ("enhet", "teller"):
                if felt in self.fields and not rent.get(felt):
                    self.add_error(felt, _("Fyll ut dette for det som er nytt."))
            if not rent.get(KILDE):
                self.add_error(KILDE, _("Velg hvor tallene kommer fra."))
        if rent.get(KILDE) == NY:
            for felt in ("kilde_navn", "kilde_arstall", "kilde_utgiver"):
                if not rent.get(felt):
                    self.add_error(felt, _("Fyll ut dette for den nye kilden."))
        self._sjekk_kildens_ar(rent)
        if not self.errors:
            self._sjekk_det_nye()

    def _sjekk_kildens_ar(self, rent):
        """No source is older than the figures that it gives."""
        if rent.get(KILDE) == NY:
            felt, arstall = "kilde_arstall", rent.get("kilde_arstall")
        elif rent.get(KILDE):
            felt = KILDE
            arstall = self.kommune.kilder.get(pk=rent[KILDE]).arstall
        else:
            return
        if arstall and self.innlest.siste_ar and arstall < self.innlest.siste_ar:
            self.add_error(
                felt,
                _("Kilden er fra %(kilde)d, og tabellen har tall fra %(ar)d.")
                % {"kilde": arstall, "ar": self.innlest.siste_ar},
            )

    def lages(self, hva):
        """{field: Ukjent} of what is made anew."""
        return {
            felt: ukjent
            for felt, (slag, _nokkel, ukjent) in self.navn.items()
            if slag == hva and str(self.cleaned_data.get(felt, "")).startswith(NY)
        }

    def _sjekk_det_nye(self):
        """The rules of the rows that are made hold beside their fields."""
        for felt, rad in self.nye_rader().items():
            try:
                rad.full_clean(exclude=["kilde", "slug", "id"])
            except forms.ValidationError as feil:
                self.add_error(felt, " ".join(feil.messages))

    def nye_rader(self):
        """{field: row} of what is to be saved, the source first."""
        rent, ut = self.cleaned_data, {}
        if rent.get(KILDE) == NY:
            ut["kilde_navn"] = Kilde(
                kommune=self.kommune,
                navn=rent["kilde_navn"],
                type=rent["kilde_type"] or "annet",
                arstall=rent["kilde_arstall"],
                utgiver=rent["kilde_utgiver"],
            )
        for felt, ukjent in self.lages("steder").items():
            type_ = rent[felt].removeprefix(f"{NY}-")
            ut[felt] = Sted(kommune=self.kommune, navn=ukjent.navn, type=type_)
        for felt, ukjent in self.lages("indikatorer").items():
            ut[felt] = Indikator(
                kommune=self.kommune,
                navn=ukjent.navn,
                enhet=_enheten(ukjent) or rent["enhet"],
                teller=(_er_andel(ukjent) and rent.get(ANDELER)) or rent["teller"],
                stedet=rent["stedet"],
            )
        return ut

    def valget(self, forrige: Valg, laget: dict) -> Valg:
        """What is said now, added to what was said before.

        Args:
            laget: {field: row} of what was saved.
        """
        rent = self.cleaned_data
        for felt, (hva, nokkel, _ukjent) in self.navn.items():
            sagt = laget[felt].pk if felt in laget else rent[felt]
            er_pk = hva != "merker" and sagt != UTEN
            getattr(forrige, hva)[nokkel] = int(sagt) if er_pk else sagt
        if "kilde_navn" in laget:
            forrige.kilde = laget["kilde_navn"].pk
        elif rent.get(KILDE):
            forrige.kilde = int(rent[KILDE])
        return forrige


def _enheten(ukjent):
    """The unit that stands beside all its figures, or in its name, or ""."""
    enheter = {e for e in ukjent.enheter if e}
    if not enheter:
        return tallord.enhet_i(ukjent.navn)
    return enheter.pop()[:40] if len(enheter) == 1 else ""


def _er_andel(ukjent):
    return _teller(_enheten(ukjent)) == Indikator.Teller.ANDEL


def _stedstype(ukjent):
    """What kind of school it is, by the levels of its figures and by its name."""
    navn = ukjent.navn.casefold()
    if re.search("videreg|vidareg|vgs", navn):
        return Sted.Type.VIDEREGAENDE
    tall = [int(t) for t in re.findall(r"\d{1,2}", " ".join(ukjent.trinn))]
    barn, unge = any(t <= 7 for t in tall), any(8 <= t <= 10 for t in tall)
    if barn and unge:
        return Sted.Type.KOMBINERT_SKOLE
    if barn or unge:
        return Sted.Type.BARNESKOLE if barn else Sted.Type.UNGDOMSSKOLE
    if "ungdomssk" in navn:
        return Sted.Type.UNGDOMSSKOLE
    return ""


def _teller(enhet):
    if tallord.ANDEL.search(enhet):
        return Indikator.Teller.ANDEL
    if re.search(r"person|elev|ungdom|barn|siktede", enhet, re.IGNORECASE):
        return Indikator.Teller.PERSONER
    return ""
