"""Admin of sources, what they say, and the figures.

Evaluations and what stands in them, self-evaluations and answers to the checklist have no
page here: like meetings they are written, finished and opened again on the site alone, where
what is frozen is frozen with the document that was shown.
"""

from django.contrib import admin
from django.db import models
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Faktor,
    Funn,
    Funnsvar,
    Grunnlag,
    Indikator,
    Kalenderpunkt,
    Kilde,
    Kildesteg,
    Maling,
    Malsettingsindikator,
    Medvirkning,
    Omradeindikator,
    Tiltaksindikator,
)
from evaluering.tall.celler import Tallfelt, er_prosent
from slt.felles.admin import KommuneAdmin, KommuneInline
from slt.felles.adminfilter import KommuneFilter, SporsmalFilter
from slt.felles.adminforms import AdminForm

# Typed with a comma, and shown with one, whatever the language of the browser.
MED_KOMMA = {models.DecimalField: {"localize": True, "form_class": Tallfelt}}


class MedvirkningInline(KommuneInline):
    model = Medvirkning
    fields = ["gruppe", "navn", "hvordan", "antall", "merknad", "rekkefolge"]


class KildestegInline(KommuneInline):
    model = Kildesteg


class KalenderpunktInline(KommuneInline):
    model = Kalenderpunkt
    autocomplete_fields = ["tema"]


@admin.register(Kilde)
class KildeAdmin(KommuneAdmin):
    list_display = ["navn", "publisert", "type", "arstall", "utgiver"]
    list_filter = ["type", "publisert", "arstall"]
    search_fields = ["navn", "utgiver"]
    inlines = [MedvirkningInline, KildestegInline, KalenderpunktInline]
    fields = [
        "navn",
        ("type", "arstall"),
        "utgiver",
        "adresse",
        "publisert",
        "mandat",
        "sporsmal",
        "metode",
        "begrensninger",
        ("fra_dato", "til_dato"),
        "figurer",
        "tillatelse",
    ]


class MedKilde(KommuneAdmin):
    """A list that says where its rows come from, in a column that wraps: Django keeps
    what a foreign key is called on one line, and what stands beside it off the screen."""

    @admin.display(description=_("kilde"), ordering="kilde__navn")
    def kilden(self, rad):
        return str(rad.kilde)


class Nummerert(MedKilde):
    """Proposes the number of a new row, and says how it is followed up."""

    def get_queryset(self, request):
        svar = self.model.svar.rel.related_model.objects
        return (
            super()
            .get_queryset(request)
            .annotate(
                har_svar=models.Exists(
                    svar.filter(**{svar.model.BESVARER: OuterRef("pk")})
                )
            )
        )

    @admin.display(description=_("oppfølging"))
    def oppfolging(self, rad):
        if rad.har_svar:
            return _("tiltak")
        if rad.annen_oppfolging:
            return _("på annen måte")
        return _("valgt bort") if rad.ikke_fulgt_opp else ""

    def get_changeform_initial_data(self, request):
        rader = self.get_queryset(request)
        siste = rader.aggregate(siste=models.Max("nummer"))["siste"] or 0
        return {"nummer": siste + 1} | super().get_changeform_initial_data(request)


# Of a recommendation that neither a tiltak nor anything else follows up.
UBESVART = models.Q(har_svar=False, annen_oppfolging="", ikke_fulgt_opp="")


class FunnFilter(SporsmalFilter):
    title = _("oppfølging")
    parameter_name = "oppfolging"
    sporsmal = [
        ("ingen", _("ikke fulgt opp"), lambda rader: rader.ubesvarte()),
        (
            "tiltak",
            _("fulgt opp med tiltak"),
            lambda r: r.filter(har_svar=True),
        ),
        (
            "annet",
            _("fulgt opp på annen måte"),
            lambda r: r.exclude(annen_oppfolging=""),
        ),
        ("valgt_bort", _("valgt bort"), lambda r: r.exclude(ikke_fulgt_opp="")),
    ]


class AnbefalingFilter(FunnFilter):
    sporsmal = [
        ("ingen", _("ikke fulgt opp"), lambda rader: rader.filter(UBESVART)),
        *FunnFilter.sporsmal[1:],
    ]


class FunnsvarInline(KommuneInline):
    model = Funnsvar
    autocomplete_fields = ["tiltak"]


class FaktorInline(KommuneInline):
    model = Faktor
    autocomplete_fields = ["tema"]


@admin.register(Funn)
class FunnAdmin(Nummerert):
    list_display = ["tekst", "oppfolging", "publisert", "nummer", "kilden"]
    list_filter = [
        FunnFilter,
        "publisert",
        "tyngde",
        "krever_svar",
        ("kilde", KommuneFilter),
    ]
    list_select_related = ["kilde"]
    search_fields = ["tekst"]
    autocomplete_fields = ["sted", "lokalomrade", "indikator"]
    inlines = [FunnsvarInline, FaktorInline]
    fields = [
        ("kilde", "nummer"),
        "tekst",
        "utdyping",
        ("tyngde", "krever_svar"),
        ("tema", "framhevet"),
        "gruppe",
        ("sted", "lokalomrade"),
        "indikator",
        ("ikke_fulgt_opp", "annen_oppfolging"),
        "publisert",
    ]


class GrunnlagInline(KommuneInline):
    model = Grunnlag
    autocomplete_fields = ["funn"]


class AnbefalingssvarInline(KommuneInline):
    model = Anbefalingssvar
    autocomplete_fields = ["tiltak"]


@admin.register(Anbefaling)
class AnbefalingAdmin(Nummerert):
    list_display = ["tekst", "oppfolging", "publisert", "type", "tema", "kilden"]
    list_filter = [AnbefalingFilter, "publisert", "type", ("kilde", KommuneFilter)]
    list_select_related = ["kilde"]
    search_fields = ["tekst", "tema"]
    inlines = [GrunnlagInline, AnbefalingssvarInline]
    fields = [
        ("kilde", "nummer"),
        ("type", "tema"),
        "tekst",
        "innsatsomrade",
        ("ikke_fulgt_opp", "annen_oppfolging"),
        "publisert",
    ]


class IndikatorFilter(SporsmalFilter):
    title = _("mangler")
    parameter_name = "mangler"
    sporsmal = [
        ("tall", _("tall"), lambda rader: rader.filter(malinger=None)),
        ("mal", _("mål"), lambda rader: rader.filter(maltall=None)),
    ]


class BrukInline(KommuneInline):
    formfield_overrides = MED_KOMMA


class MalsettingsindikatorInline(BrukInline):
    model = Malsettingsindikator


class OmradeindikatorInline(BrukInline):
    model = Omradeindikator


class TiltaksindikatorInline(BrukInline):
    model = Tiltaksindikator
    autocomplete_fields = ["tiltak"]


@admin.register(Indikator)
class IndikatorAdmin(MedKilde):
    formfield_overrides = MED_KOMMA
    list_display = ["navn", "publisert", "enhet", "teller", "siste_ar", "kilden"]
    list_filter = [IndikatorFilter, "publisert", "teller", ("kilde", KommuneFilter)]
    list_select_related = ["kilde"]
    search_fields = ["navn"]
    fields = [
        "navn",
        "beskrivelse",
        ("enhet", "teller"),
        ("kilde", "stedet"),
        "oppgis_av",
        "framhevet",
        "retning",
        ("utgangspunkt", "utgangsar"),
        ("maltall", "maltall_ar"),
        ("minst", "hoyst"),
        ("slag_heter", "gruppe_heter"),
        "publisert",
    ]
    inlines = [
        MalsettingsindikatorInline,
        OmradeindikatorInline,
        TiltaksindikatorInline,
    ]

    def get_queryset(self, request):
        malinger = Maling.objects.filter(indikator=OuterRef("pk")).order_by("-arstall")
        return (
            super()
            .get_queryset(request)
            .annotate(siste=models.Subquery(malinger.values("arstall")[:1]))
        )

    @admin.display(description=_("siste år"), ordering="siste")
    def siste_ar(self, rad):
        return rad.siste or ""


class MalingForm(AdminForm):
    """Refuses a percentage of what is counted, as the import does."""

    def clean(self):
        rent = super().clean()
        indikator = rent.get("indikator")
        for felt in ("verdi", "verdi_til"):
            skrevet = self.data.get(self.add_prefix(felt), "")
            if indikator and indikator.kan_summeres and er_prosent(skrevet):
                self.add_error(
                    felt, _("Tallet er en prosent, og indikatoren teller noe.")
                )
        return rent


@admin.register(Maling)
class MalingAdmin(MedKilde):
    form = MalingForm
    formfield_overrides = MED_KOMMA
    list_display = ["indikatoren", "nar", "tall", "gjelder", "kilden"]
    list_filter = ["arstall", ("indikator", KommuneFilter), ("kilde", KommuneFilter)]
    list_select_related = ["indikator", "sted", "lokalomrade", "kilde"]
    search_fields = ["indikator__navn", "slag", "gruppe", "sted__navn"]
    autocomplete_fields = ["indikator", "sted", "lokalomrade"]
    fields = [
        "indikator",
        ("arstall", "til_ar", "periode"),
        ("verdi", "verdi_til", "merke"),
        ("sted", "lokalomrade", "omfang"),
        ("kjonn", "alder", "trinn"),
        ("slag", "gruppe"),
        "kilde",
    ]

    @admin.display(description=_("år"), ordering="arstall")
    def nar(self, rad):
        return str(rad.ar)

    @admin.display(description=_("indikator"), ordering="indikator__navn")
    def indikatoren(self, rad):
        return str(rad.indikator)

    @admin.display(description=_("tall"), ordering="verdi")
    def tall(self, rad):
        return rad.i_ord

    @admin.display(description=_("gjelder"))
    def gjelder(self, rad):
        return rad.hva
