"""Forms for series and single meetings: days and times as people say them, each mistake
said beside its field."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from moter.models import Mote, Moteserie
from moter.moteplan.serier import avslutt, horisont, legg_om, omlegging
from moter.rytme import Regel
from slt.felles.forms import Begrunnelse, Dato, Klokkeslett, NyEllerEndretForm
from slt.grunn.tid import Dagfelt, Klokkefelt, i_lokal_tid, senest, sjekk_plandag

SLUTTER_FOR_START = _("Møtet må slutte etter at det begynner.")
# {field: the rules that ask for it, what it is where the rule does not}.
BARE_FOR = {
    "antall": ({Regel.UKER, Regel.MANED, Regel.AR}, 1),
    "nummer": ({Regel.MANED}, None),
    "ukenumre": ({Regel.UKENUMRE}, ""),
}


class BegrunnelseForm(forms.Form):
    """Why something is done, for the history."""

    begrunnelse = Begrunnelse(label=_("Hvorfor?"))


class OmleggingForm(NyEllerEndretForm):
    """A form that changes a series, and knows what that does to its meetings.

    Attributes:
        plan: moter.moteplan.serier.Omlegging once the form is found valid, else None.
    """

    plan = None

    def _post_clean(self):
        super()._post_clean()
        # The days can be counted when all that they depend on is right.
        if not self.errors:
            self._sjekk_dagene()
        if not self.errors:
            self.plan = omlegging(serie=self.instance)
            self._sjekk_planen()

    def _sjekk_dagene(self):
        """Adds what is wrong with the days that the rule gives."""

    def _sjekk_planen(self):
        """Adds what is wrong with what would come of it."""

    @property
    def merke(self):
        """What marks that which was shown before saving: the values and their effect."""
        verdier = {navn: self.cleaned_data[navn] for navn in self._meta.fields}
        vist = repr((verdier, self.plan)).encode()
        return hashlib.blake2b(vist, digest_size=8).hexdigest()


class SerieForm(OmleggingForm):
    """The rule of a series. What the chosen rule does not ask for counts for nothing."""

    start_kl = Klokkefelt(label=_("begynner"), widget=Klokkeslett)
    slutt_kl = Klokkefelt(label=_("slutter"), widget=Klokkeslett)

    class Meta:
        model = Moteserie
        fields = [
            "regel",
            "ukedag",
            "antall",
            "nummer",
            "ukenumre",
            "fra",
            "til",
            "start_kl",
            "slutt_kl",
            "sted",
            "motelenke",
        ]
        widgets = {"fra": Dato, "til": Dato}

    def clean(self):
        super().clean()
        data = self.cleaned_data
        for felt, (regler, ellers) in BARE_FOR.items():
            if data.get("regel") not in regler:
                self.errors.pop(felt, None)
                data[felt] = ellers
        if data.get("regel") == Regel.MANED and data.get("nummer") is None:
            self._mangler("nummer", _("Velg hvilken av månedens ukedager det er."))
        if data.get("regel") == Regel.UKENUMRE and not data.get("ukenumre"):
            self._mangler("ukenumre", _("Skriv ukenumrene."))
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", _("Den siste dagen kan ikke være før den første."))
        sjekk_at_det_slutter(self)
        return data

    def _mangler(self, felt, melding):
        if felt not in self.errors:
            self.add_error(felt, melding)

    def _sjekk_dagene(self):
        serie, i_dag = self.instance, timezone.localdate()
        fra = serie.fra if serie.pk else max(serie.fra, i_dag)
        if not serie.rytme.datoer(fra, serie.til or senest()):
            feil = (
                _("Det blir ingen møter mellom den første og den siste dagen.")
                if serie.pk or fra == serie.fra
                else _("Det blir ingen møter fra i dag av.")
            )
            self.add_error("til" if serie.til else "fra", feil)
        # Those that are made now: a year has both nights when the clock is changed.
        fra = max(serie.fra, i_dag)
        til = max(horisont(), fra + timedelta(days=371))
        sjekk_klokken(self, serie.rytme.datoer(fra, til))

    def _sjekk_planen(self):
        if self.instance.pk is None and self.plan.opptatt and not self.plan.nye:
            self.add_error(
                "start_kl", _("Forumet har allerede møter på alle disse tidspunktene.")
            )
            self.plan = None

    @property
    def forste(self):
        """The first day to come, when it is too far away to be made now."""
        rytme = self.instance.rytme
        dager = rytme.datoer(timezone.localdate(), senest())
        return dager[0] if dager and dager[0] > horisont() else None

    @property
    def uke_53(self):
        """The next day in a week 53, where the rule has one."""
        rytme = self.instance.rytme
        if 53 not in rytme.ukenumre:
            return None
        dager = replace(rytme, ukenumre=(53,)).datoer(timezone.localdate(), senest())
        return dager[0] if dager else None

    def lagre(self):
        legg_om(serie=self.save())


class AvsluttForm(OmleggingForm):
    """The last day of a series."""

    class Meta:
        model = Moteserie
        fields = ["til"]
        widgets = {"til": Dato}
        help_texts = {"til": _("Dagen selv regnes med.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["til"].required = True
        forslag = max(timezone.localdate(), self.instance.fra)
        self.initial["til"] = self.initial["til"] or forslag

    def clean_til(self):
        til = self.cleaned_data["til"]
        if til < self.instance.fra:
            raise ValidationError(
                _("Den siste dagen kan ikke være før den første, som er %(dag)s."),
                params={"dag": date_format(self.instance.fra, "j. F Y")},
            )
        return til

    def lagre(self):
        avslutt(serie=self.instance, dag=self.cleaned_data["til"])


class MoteForm(NyEllerEndretForm):
    """When and where a meeting is."""

    dag = Dagfelt(label=_("dag"), widget=Dato, validators=[sjekk_plandag])
    start_kl = Klokkefelt(label=_("begynner"), widget=Klokkeslett)
    slutt_kl = Klokkefelt(label=_("slutter"), widget=Klokkeslett)

    class Meta:
        model = Mote
        fields = ["sted", "motelenke"]

    field_order = ["dag", "start_kl", "slutt_kl"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            start = timezone.localtime(self.instance.start)
            slutt = timezone.localtime(self.instance.slutt)
            self.initial |= {
                "dag": start.date(),
                "start_kl": start.time(),
                "slutt_kl": slutt.time(),
            }

    def clean(self):
        data = super().clean()
        sjekk_at_det_slutter(self)
        if "dag" in data:
            sjekk_klokken(self, [data["dag"]])
        if not self._tiden_er_feil():
            self._sett_tid()
        return data

    def _tiden_er_feil(self):
        return any(felt in self.errors for felt in ("dag", "start_kl", "slutt_kl"))

    def _sett_tid(self):
        mote, data = self.instance, self.cleaned_data
        for_ = (mote.start, mote.slutt)
        mote.start = i_lokal_tid(data["dag"], data["start_kl"])
        mote.slutt = i_lokal_tid(data["dag"], data["slutt_kl"])
        if mote.pk and for_ != (mote.start, mote.slutt):
            mote.fastsatt = True
        if mote.pk and {"sted", "motelenke"} & set(self.changed_data):
            mote.fastsatt = True
        samtidig = mote.forum.moter.holdes().filter(start=mote.start)
        if not mote.er_avlyst and samtidig.exclude(pk=mote.pk).exists():
            self.add_error("start_kl", _("Forumet har allerede et møte da."))

    def _get_validation_exclusions(self):
        # What is wrong with the time is said beside the fields that it is made of.
        feil = {"start", "slutt"} if self._tiden_er_feil() else set()
        return super()._get_validation_exclusions() | feil


# What the two have in common ----------------------------------------------------------


def sjekk_at_det_slutter(skjema):
    data = skjema.cleaned_data
    if {"start_kl", "slutt_kl"} <= set(data) and data["slutt_kl"] <= data["start_kl"]:
        skjema.add_error("slutt_kl", SLUTTER_FOR_START)


def sjekk_klokken(skjema, dager):
    """Says beside the time that it does not exist on one of the days, or comes twice."""
    for felt in ("start_kl", "slutt_kl"):
        try:
            for dag in dager if felt in skjema.cleaned_data else ():
                i_lokal_tid(dag, skjema.cleaned_data[felt])
        except ValidationError as feil:
            skjema.add_error(felt, feil)
