"""The forms of what is known: sources with what they say, findings and recommendations
with what came of them, and indicators."""

from django import forms
from django.db.models import Max, Q
from django.forms.formsets import DELETION_FIELD_NAME
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from evaluering.kunnskap.brukrader import BRUK, brukrader
from evaluering.kunnskap.kilderader import OM_KILDEN, faktorrader, kilderader
from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Funn,
    Funnsvar,
    Grunnlag,
    Indikator,
    Kilde,
)
from evaluering.tall.celler import Tallfelt
from slt.felles.forms import Dato, NyEllerEndretForm
from slt.felles.skjemarader import RadForm, SideRadFormSet, ValgtRad, radsett
from slt.felles.skjemaside import Del, Skjema
from slt.grunn.kommunegrense import kommunen
from tiltak.models import Innsatsomrade
from tiltak.planvalg import apne_planer, med_plan, tiltakene

# As much of a text as a choice shows.
KORT = 100


# A source -----------------------------------------------------------------------------


class KildeForm(NyEllerEndretForm):
    class Meta:
        model = Kilde
        fields = [
            "navn",
            "type",
            "arstall",
            "utgiver",
            "adresse",
            "mandat",
            "sporsmal",
            "metode",
            "begrensninger",
            "fra_dato",
            "til_dato",
            "figurer",
            "tillatelse",
            "publisert",
        ]
        widgets = {
            navn: forms.Textarea({"rows": 3})
            for navn in ("mandat", "sporsmal", "metode", "begrensninger")
        } | {"fra_dato": Dato, "til_dato": Dato}


class DelAvKildeRad(RadForm):
    """What a source says, in short. What came of it has a page of its own."""

    ADRESSE = ""
    MER = ""

    def _get_validation_exclusions(self):
        # The number is given by the set of rows.
        return super()._get_validation_exclusions() | {"nummer"}

    @property
    def lenke(self):
        """(address, what it says) of the page with the rest."""
        if self.er_ny:
            return None
        kommune = self.instance.kilde.kommune
        return reverse(self.ADRESSE, args=[kommune.slug, self.instance.pk]), self.MER


class FunnRad(DelAvKildeRad):
    ADRESSE, MER = "evaluering:funn_endre", _("Tiltak, sted og tall")

    class Meta:
        model = Funn
        fields = ["tekst", "tyngde", "krever_svar", "publisert"]
        widgets = {"tekst": forms.Textarea({"rows": 2})}
        # Said once, above the rows.
        help_texts = dict.fromkeys(fields, "")


class AnbefalingRad(DelAvKildeRad):
    ADRESSE, MER = "evaluering:anbefaling_endre", _("Hva det ble til")

    class Meta:
        model = Anbefaling
        fields = ["tekst", "type", "tema", "publisert"]
        widgets = {"tekst": forms.Textarea({"rows": 2})}
        help_texts = {"publisert": ""}


class NummererteRader(SideRadFormSet):
    """New rows get the numbers after those that are there."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        if form.instance.pk is None:
            etter = max(i - self.initial_form_count(), 0)
            form.instance.nummer = self._neste + etter
        return form

    @property
    def _neste(self):
        # After the highest of all, also those that came meanwhile.
        if not hasattr(self, "_forste_ledige"):
            self._forste_ledige = neste_nummer(self.model, self.instance)
        return self._forste_ledige


def neste_nummer(modell, kilde):
    """The number after those of the source; 1 query."""
    rader = modell.objects.filter(kilde=kilde.pk)
    return (rader.aggregate(siste=Max("nummer"))["siste"] or 0) + 1


FUNN = radsett(
    Kilde,
    Funn,
    FunnRad,
    formset=NummererteRader,
    navn=_("funn"),
    leggtil=_("Legg til et funn"),
    hjelp=_(
        "Kort, med egne ord. Ingenting om enkeltpersoner. Ta bort krysset for svar når "
        "funnet er godt nytt, eller bare bakgrunn. Det som ikke er publisert, ser bare "
        "SLT-koordinatoren og politirådet: ikke publiser det som kan stigmatisere, eller "
        "gjøre noen i en liten gruppe gjenkjennelig."
    ),
)
ANBEFALINGER = radsett(
    Kilde,
    Anbefaling,
    AnbefalingRad,
    formset=NummererteRader,
    navn=_("anbefalinger"),
    leggtil=_("Legg til en anbefaling"),
)


def kildeskjema(kilde, data):
    rader = {
        "funn": FUNN(data, instance=kilde),
        "anbefalinger": ANBEFALINGER(data, instance=kilde),
        **kilderader(kilde, data),
    }
    deler = [
        Del("", ["navn", ("type", "arstall"), "utgiver", "adresse", "publisert"]),
        *OM_KILDEN,
        Del("", ["funn", "anbefalinger", "begrunnelse"]),
    ]
    return Skjema(KildeForm(data, instance=kilde), rader, deler)


# What came of it ----------------------------------------------------------------------


class FunnsvarRad(ValgtRad):
    VALGET = "tiltak"

    class Meta:
        model = Funnsvar
        fields = ["tiltak"]


class AnbefalingssvarRad(ValgtRad):
    VALGET = "tiltak"

    class Meta:
        model = Anbefalingssvar
        fields = ["tiltak"]


class GrunnlagRad(ValgtRad):
    VALGET = "funn"

    class Meta:
        model = Grunnlag
        fields = ["funn"]


SVARER = {"navn": _("tiltak som svarer"), "leggtil": _("Legg til et tiltak")}
FUNNSVAR = radsett(Funn, Funnsvar, FunnsvarRad, **SVARER)
ANBEFALINGSSVAR = radsett(Anbefaling, Anbefalingssvar, AnbefalingssvarRad, **SVARER)
GRUNNLAG = radsett(
    Anbefaling,
    Grunnlag,
    GrunnlagRad,
    navn=_("funn den bygger på"),
    leggtil=_("Legg til et funn"),
)


class DelAvKildeForm(NyEllerEndretForm):
    """A finding or a recommendation, which is of a source that is given."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for navn, rader in self.valgene().items():
            self.fields[navn].queryset = rader
            if not rader:
                del self.fields[navn]

    def valgene(self):
        """{field: the rows of the kommune that it offers}; without rows it goes."""
        raise NotImplementedError


class FramhevetForm(NyEllerEndretForm):
    """A row that may be among those with which the page of knowledge opens."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tatt = {rad.framhevet: Truncator(str(rad)).chars(KORT) for rad in self._andre()}
        self.fields["framhevet"].choices = [
            ("", _("nei")),
            *((nr, _plass(nr, tatt.get(nr))) for nr in self._plassene()),
        ]

    def _plassene(self):
        return [
            nr for nr, _navn in self._meta.model._meta.get_field("framhevet").choices
        ]

    def _andre(self):
        kommune = kommunen(self.instance)
        rader = self._meta.model.objects.filter(
            **{self._meta.model.kommune_sti: kommune}
        )
        return rader.framhevede().exclude(pk=self.instance.pk)

    def save(self, commit=True):
        if "framhevet" in self.changed_data and self.instance.framhevet:
            # The one that stood there gets the place that is left, or none.
            for annen in self._andre().filter(framhevet=self.instance.framhevet):
                annen.framhevet = self.initial.get("framhevet")
                annen.save()
        return super().save(commit)


def _plass(nr, hva):
    plass = _("nr. %d") % nr
    return f"{plass} ({hva})" if hva else plass


TEKSTER = {
    "tekst": forms.Textarea({"rows": 2}),
    "ikke_fulgt_opp": forms.Textarea({"rows": 2}),
    "annen_oppfolging": forms.Textarea({"rows": 2}),
}


class FunnForm(FramhevetForm, DelAvKildeForm):
    class Meta:
        model = Funn
        fields = [
            "tekst",
            "utdyping",
            "tyngde",
            "krever_svar",
            "framhevet",
            "tema",
            "gruppe",
            "sted",
            "lokalomrade",
            "indikator",
            "ikke_fulgt_opp",
            "annen_oppfolging",
            "publisert",
            "nummer",
        ]
        widgets = TEKSTER

    def valgene(self):
        kommune = self.instance.kilde.kommune
        return {
            "tema": kommune.temaer.order_by("navn__norsk"),
            "sted": kommune.steder.all(),
            "lokalomrade": kommune.lokalomrader.all(),
            "indikator": kommune.indikatorer.all(),
        }


class AnbefalingForm(DelAvKildeForm):
    class Meta:
        model = Anbefaling
        fields = [
            "tekst",
            "type",
            "tema",
            "innsatsomrade",
            "ikke_fulgt_opp",
            "annen_oppfolging",
            "publisert",
            "nummer",
        ]
        widgets = TEKSTER

    def valgene(self):
        apne = Q(plan__in=apne_planer(self.instance.kilde.kommune))
        eget = Q(pk=self.instance.innsatsomrade_id)
        omrader = Innsatsomrade.objects.filter(apne | eget).select_related("plan")
        return {
            "innsatsomrade": omrader.order_by("-plan__fra_ar", "plan", "rekkefolge")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if felt := self.fields.get("innsatsomrade"):
            felt.label_from_instance = lambda rad: med_plan(rad, rad.plan)


def _funnene(anbefaling):
    """{id: what it says, shortened} of the findings of the kommune, those of its own
    source first; 1 query."""
    kilde = anbefaling.kilde
    funn = Funn.objects.filter(kilde__kommune=kilde.kommune).select_related("kilde")
    rader = sorted(funn, key=lambda f: (f.kilde_id != kilde.pk, f.kilde_id, f.nummer))
    return {f.pk: _kort(f, kilde) for f in rader}


def _kort(funn, kilde):
    tekst = Truncator(funn.tekst).chars(KORT)
    return tekst if funn.kilde_id == kilde.pk else f"{tekst} ({funn.kilde})"


def _svarene(rad):
    return rad.svar.values("tiltak") if rad.pk else []


class Svarskjema(Skjema):
    """What says why nothing answers may come with the last one that did."""

    def er_gyldig(self):
        self.hoved.instance.svar_som_fjernes = [
            form.instance.pk
            for form in self.rader["svar"].initial_forms
            if form[DELETION_FIELD_NAME].data
        ]
        return super().er_gyldig()


OPPFOLGING = Del(
    _("Hva kommunen gjør"), ["svar", ("ikke_fulgt_opp", "annen_oppfolging")]
)
TIL_SLUTT = Del("", ["publisert", "begrunnelse"])


def funnskjema(funn, data):
    tiltak = {"valgene": tiltakene(funn.kilde.kommune, _svarene(funn))}
    svar = Funnsvar.objects.select_related("tiltak")
    rader = {
        "svar": FUNNSVAR(data, instance=funn, queryset=svar, form_kwargs=tiltak),
        "faktorer": faktorrader(funn, data),
    }
    deler = [
        Del(
            "",
            [
                "tekst",
                "utdyping",
                ("tema", "tyngde"),
                ("framhevet", "nummer"),
                "krever_svar",
            ],
        ),
        Del(
            _("Hvem og hvor"),
            ["gruppe", ("sted", "lokalomrade"), "indikator"],
        ),
        Del(_("Risiko og beskyttelse"), ["faktorer"], lukket=True),
        OPPFOLGING,
        TIL_SLUTT,
    ]
    return Svarskjema(FunnForm(data, instance=funn), rader, deler)


def anbefalingskjema(anbefaling, data):
    tiltak = {"valgene": tiltakene(anbefaling.kilde.kommune, _svarene(anbefaling))}
    svar = Anbefalingssvar.objects.select_related("tiltak")
    rader = {
        "svar": ANBEFALINGSSVAR(
            data, instance=anbefaling, queryset=svar, form_kwargs=tiltak
        ),
    }
    if funnene := _funnene(anbefaling):
        rader["grunnlag"] = GRUNNLAG(
            data,
            instance=anbefaling,
            queryset=Grunnlag.objects.select_related("funn"),
            form_kwargs={"valgene": funnene},
        )
    deler = [
        Del("", ["tekst", ("nummer", "type", "tema"), "innsatsomrade", "grunnlag"]),
        OPPFOLGING,
        TIL_SLUTT,
    ]
    return Svarskjema(AnbefalingForm(data, instance=anbefaling), rader, deler)


# What is measured ---------------------------------------------------------------------


class IndikatorForm(FramhevetForm):
    class Meta:
        model = Indikator
        fields = [
            "navn",
            "beskrivelse",
            "enhet",
            "teller",
            "kilde",
            "oppgis_av",
            "stedet",
            "framhevet",
            "retning",
            "utgangspunkt",
            "utgangsar",
            "maltall",
            "maltall_ar",
            "minst",
            "hoyst",
            "slag_heter",
            "gruppe_heter",
            "publisert",
        ]
        widgets = {"beskrivelse": forms.Textarea({"rows": 2})}
        # Typed with a comma, and shown with one.
        localized_fields = ["utgangspunkt", "maltall", "minst", "hoyst"]
        field_classes = dict.fromkeys(localized_fields, Tallfelt)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kommune = self.instance.kommune
        self.fields["kilde"].queryset = kommune.kilder.all()
        # One that was closed stays until somebody chooses another.
        kan_velges = Q(nedlagt=None) | Q(pk=self.instance.oppgis_av_id)
        self.fields["oppgis_av"].queryset = kommune.tjenester.filter(kan_velges)


def indikatorskjema(indikator, data):
    deler = [
        Del("", ["navn", "beskrivelse", ("enhet", "teller"), ("kilde", "stedet")]),
        Del("", ["oppgis_av"]),
        Del("", ["framhevet", "publisert"]),
        Del(
            _("Utgangspunkt og mål"),
            ["retning", ("utgangspunkt", "utgangsar"), ("maltall", "maltall_ar")],
        ),
        BRUK,
        Del(
            _("Mer"),
            [("minst", "hoyst"), ("slag_heter", "gruppe_heter")],
            lukket=True,
        ),
        Del("", ["begrunnelse"]),
    ]
    return Skjema(
        IndikatorForm(data, instance=indikator), brukrader(indikator, data), deler
    )
