"""Who answers for a tiltak and whom to call: also a tjeneste or a contact point that is
not there yet, which is made with it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from slt.felles.foreldet import LAGRET, VALG
from slt.felles.forms import RADNUMMER, KommuneForm
from slt.felles.skjemarader import VELG, RadForm, SideRadFormSet, radsett
from tiltak.models import (
    Ansvar,
    Kontaktpunkt,
    Tiltak,
    Tjeneste,
)


class AnsvarForm(KommuneForm):
    """An ansvar with the contact points that hold for the tiltak."""

    valgte_kontaktpunkter = forms.TypedMultipleChoiceField(
        coerce=int,
        label=_("kontaktpunkter som gjelder her"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen valgt betyr tjenestens hovedkontakter."),
    )

    class Meta:
        model = Ansvar
        fields = ["tjeneste", "rolle", "merknad", "rekkefolge"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.punkter = {punkt.pk: punkt for punkt in self._tjenestens_punkter()}
        felt = self.fields["valgte_kontaktpunkter"]
        felt.choices = [(pk, str(punkt)) for pk, punkt in self.punkter.items()]
        if self.instance.pk:
            valgte = {v.kontaktpunkt_id for v in self.instance.kontaktvalg.all()}
            felt.initial = [pk for pk in self.punkter if pk in valgte]

    def _tjenestens_punkter(self):
        """Those that can be chosen among."""
        return self.instance.valgbare_kontaktpunkter if self.instance.pk else ()

    def _save_m2m(self):
        # After the row, which must be there before the choices can be.
        super()._save_m2m()
        self._lagre_valg()

    def _lagre_valg(self):
        valgte = self.cleaned_data["valgte_kontaktpunkter"]
        if "tjeneste" in self.changed_data:
            valgte = []  # with another tjeneste the old choices hold no longer
        self.instance.velg_kontaktpunkter(
            [self.punkter[pk] for pk in valgte], blant=self.punkter.values()
        )


class AnsvarRadForm(RadForm, AnsvarForm):
    """The same, as a row of the form on the site."""

    ny_tjeneste = forms.CharField(
        label=_("navnet på tjenesten"), max_length=120, required=False
    )
    ny_type = forms.ChoiceField(
        label=_("hva slags tjeneste"),
        choices=Tjeneste.Type,
        initial=Tjeneste.Type.KOMMUNAL,
        required=False,
    )
    telefon = forms.CharField(label=_("telefon"), max_length=300, required=False)
    epost = forms.CharField(label=_("e-post"), max_length=300, required=False)

    class Meta(AnsvarForm.Meta):
        fields = ["tjeneste", "rolle", "merknad"]
        # The words of the choices say it where there are several rows.
        help_texts = {"rolle": ""}

    NYE_PUNKTER = {
        "telefon": Kontaktpunkt.Type.TELEFON,
        "epost": Kontaktpunkt.Type.EPOST,
    }
    foldet = [
        (_("Tjenesten står ikke i listen"), ["ny_tjeneste", "ny_type"]),
        (_("Ny telefon eller e-post for tjenesten"), ["telefon", "epost"]),
    ]

    def __init__(self, *args, tjenester, kommune, **kwargs):
        self.tjenester, self.kommunen = tjenester, kommune
        super().__init__(*args, **kwargs)
        felt = self.fields["tjeneste"]
        felt.queryset = Tjeneste.objects.filter(pk__in=tjenester)
        # The same rows for every form of the page: asked for once.
        felt.choices = [
            VELG,
            *((pk, t.med_eier(kommune)) for pk, t in tjenester.items()),
        ]
        felt.required = False
        if not tjenester:
            felt.help_text = _(
                "Det er ingen tjenester å velge ennå. Skriv den nye under «Tjenesten står "
                "ikke i listen»."
            )
        if self._valgt_og_skjult():
            felt.help_text = _(
                "Kontaktpunkter som er valgt her, deles ikke med dere nå. De beholdes til "
                "du velger en annen tjeneste."
            )
        felt.widget.attrs["data-tegn-om"] = ""
        self._med_nytt = {}
        if not self.punkter:
            del self.fields["valgte_kontaktpunkter"]
        elif self.is_bound and self._tjenesten != self.instance.tjeneste_id:
            self._la_fare_andres_valg()

    def _valgt_og_skjult(self):
        """Whether some of another kommune's were chosen that are not shown here now."""
        if not self.instance.pk or self._tjenesten != self.instance.tjeneste_id:
            return False
        valgte = {valg.kontaktpunkt_id for valg in self.instance.kontaktvalg.all()}
        return not valgte <= self.punkter.keys()

    def sier_noe(self, felt):
        # The kind of a new tjeneste has a value whether there is one or not.
        return felt.name != "ny_type" and super().sier_noe(felt)

    @property
    def _tjenesten(self):
        """The id of the tjeneste that is chosen in the row, or None."""
        if not self.is_bound:
            return self.instance.tjeneste_id
        if self.data.get(f"{self.add_prefix('tjeneste')}-{VALG}") == LAGRET:
            return self.instance.tjeneste_id
        pk = self.data.get(self.add_prefix("tjeneste")) or ""
        return int(pk) if RADNUMMER.fullmatch(pk) else None

    def _tjenestens_punkter(self):
        tjeneste = self.tjenester.get(self._tjenesten)
        return tjeneste.kontaktpunkter.all() if tjeneste else ()

    def _la_fare_andres_valg(self):
        """With another tjeneste the choices that were made before hold no longer; without
        JavaScript they are sent all the same."""
        felt = self.fields["valgte_kontaktpunkter"]
        vises = felt.widget.choices
        alle = (t.kontaktpunkter.all() for t in self.tjenester.values())
        felt.choices = [(p.pk, "") for punkter in alle for p in punkter]
        felt.widget.choices = vises

    def siste_endring(self):
        """And of which contact points hold."""
        valgte = self.instance.kontaktvalg.all() if self.instance.pk else ()
        valg = "-".join(str(v.kontaktpunkt_id) for v in valgte)
        return f"{super().siste_endring()}{valg and '.'}{valg}"

    def _slik_den_var(self, rad, hang_pa):
        return super()._slik_den_var(rad, hang_pa) | {
            "valgte_kontaktpunkter": hang_pa.split("-") if hang_pa else []
        }

    def clean(self):
        renset = super().clean()
        navn = renset.get("ny_tjeneste")
        type_ = renset.get("ny_type") or Tjeneste.Type.KOMMUNAL
        if navn and renset.get("tjeneste"):
            self.add_error("ny_tjeneste", _("Velg en tjeneste, eller lag en ny."))
        elif navn:
            self._kontroller(
                "ny_tjeneste",
                Tjeneste(kommune=self.kommunen, navn=navn, type=type_),
                utenom=["slug"],
            )
        elif not (
            renset.get("tjeneste") or {"tjeneste", "ny_tjeneste"} & {*self.errors}
        ):
            self.add_error("tjeneste", _("Velg hvem det er."))
        for navn, type_ in self.NYE_PUNKTER.items():
            tjeneste = renset.get("tjeneste")
            if not renset.get(navn):
                continue
            if tjeneste and tjeneste.kommune_id != self.kommunen.pk:
                drives = _("%s kommune driver tjenesten og legger inn numrene dens.")
                self.add_error(navn, drives % tjeneste.kommune.navn)
            else:
                punkt = Kontaktpunkt(tjeneste=tjeneste, type=type_, verdi=renset[navn])
                self._kontroller(navn, punkt, utenom=["tjeneste"])
        return renset

    def _kontroller(self, felt, rad, *, utenom):
        """Remembers what is made with the row, unless something is wrong with it."""
        try:
            rad.full_clean(exclude=utenom, validate_constraints=False)
            rad.validate_constraints(exclude=[u for u in utenom if u == "slug"])
        except ValidationError as feil:
            self.add_error(felt, feil.messages)
        else:
            self._med_nytt[felt] = rad

    def _get_validation_exclusions(self):
        utenom = super()._get_validation_exclusions()
        ny = self.cleaned_data.get("ny_tjeneste")
        return utenom | ({"tjeneste"} if ny else set())

    def save(self, commit=True):
        if tjeneste := self._med_nytt.get("ny_tjeneste"):
            tjeneste.save()
            self.instance.tjeneste = tjeneste
        return super().save(commit)

    def _lagre_valg(self):
        valgt = self.cleaned_data.get("valgte_kontaktpunkter", [])
        valgte = [self.punkter[pk] for pk in valgt if pk in self.punkter]
        hadde_noen = self.instance.tjeneste.kontaktpunkter.exists()
        nye = [
            self._nytt_punkt(navn, hoved=not hadde_noen) for navn in self.NYE_PUNKTER
        ]
        # The first ones of a tjeneste are its main ones, and hold without being chosen.
        if hadde_noen:
            valgte += [punkt for punkt in nye if punkt]
        self.instance.velg_kontaktpunkter(valgte, blant=self.punkter.values())

    def _nytt_punkt(self, felt, *, hoved):
        punkt = self._med_nytt.get(felt)
        if punkt is None:
            return None
        punkt.tjeneste, punkt.hoved = self.instance.tjeneste, hoved
        punkt.save()
        return punkt


class AnsvarRader(SideRadFormSet):
    """Each tjeneste once, also beside what somebody else added meanwhile. (A form alone
    does not check constraints with the tiltak, which it does not choose.)"""

    def clean(self):
        super().clean()
        holdes_av = dict(self.get_queryset().values_list("tjeneste", "pk"))
        slettes = [form for form in self.forms if self._should_delete_form(form)]
        # Rows that are there are saved before those that are new.
        slippes = {
            form.instance.pk
            for form in self.initial_forms
            if form in slettes or "tjeneste" in form.changed_data
        }
        sett = set()
        for form in self.forms:
            renset = getattr(form, "cleaned_data", {})
            hvem = renset.get("tjeneste") or renset.get("ny_tjeneste")
            if not hvem or form in slettes:
                continue
            holder = holdes_av.get(getattr(hvem, "pk", None))
            ledig = form.instance.pk is None and holder in slippes
            tatt = holder not in (None, form.instance.pk) and not ledig
            if (tatt or hvem in sett) and not form.er_lagt_inn:
                form.add_error("tjeneste", _("Tjenesten er allerede ført opp."))
            sett.add(hvem)


AnsvarRadsett = radsett(
    Tiltak,
    Ansvar,
    AnsvarRadForm,
    formset=AnsvarRader,
    navn=_("tjenester"),
    leggtil=_("Legg til en tjeneste"),
)
