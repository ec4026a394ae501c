"""Forms of those who answer for a tjeneste, and of what the coordinator makes of it."""

from copy import deepcopy

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from slt.felles.foreldet import som_sendt
from slt.felles.forms import EndreForm, KommuneForm, Merknad
from slt.felles.skjemaside import Del, Skjema
from tiltak.models import (
    Endringsforslag,
    Kontaktpunkt,
    Tiltak,
    Tjeneste,
)
from tiltak.rediger.forms.kontakter import (
    APNINGSTIDER,
    UTDYPER,
    BekreftesForm,
    kontaktpunktskjema,
)
from tiltak.rediger.forms.notater import FORT_INN
from tiltak.rediger.forms.status import StatusForm
from tiltak.runder.forslag import TIDER, foresla, som_verdi, tidene_i
from tiltak.runder.slag import SLAG

Slag = Endringsforslag.Slag
# How a coordinator came to know what they write down.
FORT_AV_KOORDINATOR = [(valg.value, valg.label) for valg in FORT_INN]


class HvordanForm(forms.Form):
    """How a coordinator came to know it."""

    hvordan = forms.ChoiceField(
        label=_("Hvordan vet du det?"), choices=FORT_AV_KOORDINATOR
    )


# Proposals --------------------------------------------------------------------------------


class _Forslag(EndreForm):
    """A form whose fields are proposed, not saved."""

    begrunnelse = Merknad()


class KontaktforslagForm(_Forslag):
    class Meta:
        model = Kontaktpunkt
        fields = ["verdi", *UTDYPER, "bare_ansatte"]


class NyttForslagForm(_Forslag):
    class Meta:
        model = Kontaktpunkt
        fields = ["type", "verdi", *UTDYPER, "bare_ansatte"]

    def _get_validation_exclusions(self):
        return {"rekkefolge"} | super()._get_validation_exclusions()


class TekstforslagForm(_Forslag):
    class Meta:
        model = Tiltak
        fields = ["tekst"]


class Forslagsskjema(Skjema):
    """A form that makes a proposal of what was changed in it."""

    def foreslas_av(self, svarer, slag, **gjelder):
        self.svarer, self.slag, self.gjelder = svarer, slag, gjelder
        return self

    def er_gyldig(self):
        if not super().er_gyldig():
            return False
        if not self._innhold():
            self.hoved.add_error(None, _("Du har ikke endret noe."))
        return not self.hoved.errors

    def _innhold(self):
        form = self.hoved
        innhold = {
            navn: som_verdi(getattr(form.instance, navn))
            for navn in form.changed_data
            if navn in form._meta.fields
        }
        tider = self.rader.get(TIDER)
        if tider is not None and tider.has_changed():
            bort = set(tider.deleted_forms)
            innhold[TIDER] = tidene_i(
                f.instance
                for f in tider.forms
                if f not in bort and (f.instance.pk or f.has_changed())
            )
        return innhold

    def _sett(self, innhold):
        """The same fields as they are stored."""
        rad = self.hoved.instance
        if rad.pk is None:
            return {}
        lagret = type(rad)._base_manager.get(pk=rad.pk)
        return {
            navn: tidene_i(lagret.apningstider.all())
            if navn == TIDER
            else som_verdi(getattr(lagret, navn))
            for navn in innhold
        }

    def _lagre(self):
        innhold = self._innhold()
        foresla(
            self.svarer,
            self.slag,
            innhold=innhold,
            sett=self._sett(innhold),
            merknad=self.hoved.cleaned_data.get("begrunnelse", ""),
            **self.gjelder,
        )


def kontaktforslag(punkt, data, svarer):
    rader = {TIDER: APNINGSTIDER(data, instance=punkt)}
    deler = [Del("", ["verdi", *UTDYPER, TIDER, "bare_ansatte", "begrunnelse"])]
    skjema = Forslagsskjema(KontaktforslagForm(data, instance=punkt), rader, deler)
    return skjema.foreslas_av(svarer, Slag.KONTAKT, kontaktpunkt=punkt)


def nytt_forslag(punkt, data, svarer):
    rader = {TIDER: APNINGSTIDER(data, instance=punkt)}
    felter = [("type", "verdi"), *UTDYPER, TIDER, "bare_ansatte", "begrunnelse"]
    form = NyttForslagForm(data, instance=punkt)
    skjema = Forslagsskjema(form, rader, [Del("", felter)])
    return skjema.foreslas_av(svarer, Slag.NYTT)


def tekstforslag(tiltak, data, svarer):
    deler = [Del("", ["tekst", "begrunnelse"])]
    skjema = Forslagsskjema(TekstforslagForm(data, instance=tiltak), {}, deler)
    return skjema.foreslas_av(svarer, Slag.TEKST, tiltak=tiltak)


class StatussvarForm(StatusForm):
    """How it goes with a tiltak; a coordinator says how it is known, too."""

    def __init__(self, *args, koordinerer=False, **kwargs):
        super().__init__(*args, **kwargs)
        if koordinerer:
            hvordan = HvordanForm.base_fields["hvordan"]
            self.fields["hvordan"] = deepcopy(hvordan)


# What the coordinator makes of a proposal ------------------------------------------------


class NyttKontaktpunktForm(BekreftesForm, EndreForm):
    class Meta:
        model = Kontaktpunkt
        fields = ["type", "verdi", *UTDYPER, "bare_ansatte", "synlighet", "hoved"]

    def _get_validation_exclusions(self):
        return {"rekkefolge"} | super()._get_validation_exclusions()


class TiltakstekstForm(EndreForm):
    class Meta:
        model = Tiltak
        fields = ["tekst"]


def redigert(rad, data, *, forslag, bruker):
    """Returns the Skjema in which the coordinator says what is to stand there: it begins
    with what is proposed, and is saved as any other."""
    if annens := SLAG.get(forslag.slag):
        return annens.skjema(rad, data, forslag)
    if data is None:
        for navn, verdi in forslag.innhold.items():
            if navn != TIDER:
                setattr(rad, navn, verdi)
    tider = forslag.innhold.get(TIDER) if data is None else None
    skjema = _redigeres(rad, data, forslag.slag, bruker)
    if tider:
        skjema = _redigeres(rad, _med_tidene(skjema, tider), forslag.slag, bruker)
        skjema.bare_tegn()
    return skjema


def _redigeres(rad, data, slag, bruker):
    if slag == Slag.TEKST:
        form = TiltakstekstForm(data, instance=rad)
        return Skjema(form, {}, [Del("", _synlige(form))])
    if slag == Slag.KONTAKT:
        return kontaktpunktskjema(rad, data, bruker=bruker, alt=True)
    form = NyttKontaktpunktForm(data, instance=rad)
    felter = [navn for navn in _synlige(form) if navn not in UTDYPER]
    deler = [Del("", ["type", "verdi", *UTDYPER, TIDER, *felter[2:]])]
    return Skjema(form, {TIDER: APNINGSTIDER(data, instance=rad)}, deler)


def _synlige(form):
    """The names of the fields that people see: the others stand in the form as it is."""
    return [felt.name for felt in form.visible_fields()]


def _med_tidene(skjema, tider):
    """Returns what a browser sends of the form, with the hours that are proposed in place
    of those that stand there."""
    sett = skjema.rader[TIDER]
    data = QueryDict(mutable=True)
    for form in (skjema.hoved, sett.management_form, *sett.forms):
        for felt in form:
            sendt = som_sendt(felt.field.widget, felt.html_name, felt.value())
            for navn, verdier in sendt.items():
                data.setlist(navn, verdier)
    for form in sett.forms:
        data[f"{form.prefix}-DELETE"] = "on"
    for nr, tid in enumerate(tider, start=len(sett.forms)):
        for navn, verdi in tid.items():
            data[f"{sett.prefix}-{nr}-{navn}"] = verdi
    data[f"{sett.prefix}-TOTAL_FORMS"] = len(sett.forms) + len(tider)
    return data


class BortForm(forms.Form):
    """Why a contact point is no more."""

    merknad = Merknad(label=_("Hva skal folk bruke i stedet?"))


class AnsvarForm(forms.Form):
    """Who answers for a tjeneste instead."""

    # As the tjeneste reads and guards it.
    svaransvarlig = Tjeneste._meta.get_field("svaransvarlig").formfield(
        label=_("E-posten til den som svarer nå"),
        required=False,
        help_text=_("Helst en felles adresse. Tomt når du ikke vet det."),
    )
    merknad = Merknad()


class AvvisForm(KommuneForm):
    """Why a proposal is not carried out."""

    class Meta:
        model = Endringsforslag
        fields = ["svar"]

    def clean(self):
        # What has a reason, is set aside.
        self.instance.tilstand = Endringsforslag.Tilstand.AVVIST
        return super().clean()
