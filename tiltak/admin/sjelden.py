"""Admin of what is changed more seldom."""

from django.contrib import admin

from slt.felles.admin import KommuneAdmin, KommuneFilter
from tiltak.models import Kapittel, Tema

from .plan import PlandelAdmin


@admin.register(Kapittel)
class KapittelAdmin(PlandelAdmin):
    list_display = ["tittel", "periode", "rekkefolge"]
    list_filter = [("plan", KommuneFilter)]
    list_select_related = ["plan"]
    search_fields = ["tittel", "tekst"]


@admin.register(Tema)
class TemaAdmin(KommuneAdmin):
    list_display = ["navn", "sokeord"]
    search_fields = ["navn", "sokeord"]
