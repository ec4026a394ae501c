"""Admin of sources, what they say, and the figures."""

from django.contrib import admin
from django.db import models

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


class FunnsvarInline(KommuneInline):
    model = Funnsvar
    autocomplete_fields = ["tiltak"]


@admin.register(Funn)
class FunnAdmin(KommuneAdmin):
    list_display = ["tekst", "kilde", "nummer", "tyngde", "publisert"]
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
class AnbefalingAdmin(KommuneAdmin):
    list_display = ["tekst", "type", "tema", "kilde", "publisert"]
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
class IndikatorAdmin(KommuneAdmin):
    formfield_overrides = MED_KOMMA
    list_display = ["navn", "enhet", "teller", "kilde", "publisert"]
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
        ("mal", "malar"),
        ("minst", "hoyst"),
        ("slag_heter", "gruppe_heter"),
        "publisert",
    ]


@admin.register(Maling)
class MalingAdmin(KommuneAdmin):
    formfield_overrides = MED_KOMMA
    list_display = ["indikator", "arstall", "hva", "i_ord", "kilde"]
    list_display_links = ["indikator", "arstall"]
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
