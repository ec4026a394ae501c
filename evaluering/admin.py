"""Admin of sources, what they say, and the figures."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Funn,
    Funnsvar,
    Grunnlag,
    Indikator,
    Kilde,
    Maling,
)
from slt.felles.admin import KommuneAdmin, KommuneFilter, KommuneInline

# Typed with a comma, and shown with one, whatever the language of the browser.
MED_KOMMA = {models.DecimalField: {"localize": True}}


@admin.register(Kilde)
class KildeAdmin(KommuneAdmin):
    list_display = ["navn", "type", "arstall", "utgiver"]
    list_filter = ["type"]
    search_fields = ["navn", "utgiver"]


class MedKilde(KommuneAdmin):
    """A list that says where its rows come from, in a column that wraps: Django keeps
    what a foreign key is called on one line, and what stands beside it off the screen."""

    @admin.display(description=_("kilde"), ordering="kilde__navn")
    def kilden(self, rad):
        return str(rad.kilde)


class Nummerert(MedKilde):
    """Proposes the number of a new row."""

    def get_changeform_initial_data(self, request):
        rader = self.get_queryset(request)
        siste = rader.aggregate(siste=models.Max("nummer"))["siste"] or 0
        return {"nummer": siste + 1} | super().get_changeform_initial_data(request)


class FunnsvarInline(KommuneInline):
    model = Funnsvar
    autocomplete_fields = ["tiltak"]


@admin.register(Funn)
class FunnAdmin(Nummerert):
    list_display = ["tekst", "publisert", "tyngde", "nummer", "kilden"]
    list_filter = ["publisert", "tyngde", ("kilde", KommuneFilter)]
    list_select_related = ["kilde"]
    search_fields = ["tekst"]
    autocomplete_fields = ["sted", "lokalomrade", "indikator"]
    inlines = [FunnsvarInline]
    fields = [
        ("kilde", "nummer"),
        "tekst",
        ("tyngde", "krever_svar"),
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
    list_display = ["tekst", "publisert", "type", "tema", "kilden"]
    list_filter = ["publisert", "type", ("kilde", KommuneFilter)]
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


@admin.register(Indikator)
class IndikatorAdmin(MedKilde):
    formfield_overrides = MED_KOMMA
    list_display = ["navn", "publisert", "enhet", "teller", "kilden"]
    list_filter = ["publisert", "teller", ("kilde", KommuneFilter)]
    list_select_related = ["kilde"]
    search_fields = ["navn"]
    fields = [
        "navn",
        "beskrivelse",
        ("enhet", "teller"),
        "kilde",
        "retning",
        ("utgangspunkt", "utgangsar"),
        ("maltall", "maltall_ar"),
        ("minst", "hoyst"),
        ("slag_heter", "gruppe_heter"),
        "publisert",
    ]


@admin.register(Maling)
class MalingAdmin(MedKilde):
    formfield_overrides = MED_KOMMA
    list_display = ["indikatoren", "arstall", "tall", "gjelder", "kilden"]
    list_filter = ["arstall", ("indikator", KommuneFilter)]
    list_select_related = ["indikator", "sted", "lokalomrade", "kilde"]
    search_fields = ["indikator__navn", "slag", "gruppe", "sted__navn"]
    autocomplete_fields = ["indikator", "sted", "lokalomrade"]
    fields = [
        ("indikator", "arstall"),
        ("verdi", "verdi_til"),
        ("sted", "lokalomrade"),
        ("kjonn", "trinn"),
        ("slag", "gruppe"),
        "kilde",
    ]

    @admin.display(description=_("indikator"), ordering="indikator__navn")
    def indikatoren(self, rad):
        return str(rad.indikator)

    @admin.display(description=_("tall"), ordering="verdi")
    def tall(self, rad):
        return rad.i_ord

    @admin.display(description=_("gjelder"))
    def gjelder(self, rad):
        return rad.hva
