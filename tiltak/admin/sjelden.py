"""Admin of what is changed more seldom."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import KommuneAdmin, KommuneInline
from slt.felles.adminfilter import KommuneFilter, SporsmalFilter
from slt.felles.adminforms import AdminForm
from tiltak.models import (
    Kapittel,
    Planrekke,
    Styringsdokument,
    Tema,
    TilAnsatte,
    TjenesteTema,
    Veileder,
    VeilederTema,
)
from tiltak.planlop import gjor_til_hovedrekke

from .plan import INNHOLDET, PlandelAdmin


@admin.register(Kapittel)
class KapittelAdmin(PlandelAdmin):
    list_display = ["tittel", "periode", "figur", "publisert"]
    flyttes_pa_nettstedet = True
    list_filter = [("plan", KommuneFilter), "publisert", "figur"]
    list_select_related = ["plan"]
    search_fields = ["tittel", "tekst"]


class UtlopFilter(SporsmalFilter):
    title = _("utløp")
    parameter_name = "utlop"
    sporsmal = [
        ("gjelder", _("gjelder"), lambda rader: rader.exclude(_utlopt())),
        ("utlopt", _("har gått ut"), lambda rader: rader.filter(_utlopt())),
    ]


def _utlopt():
    return Q(utloper__isnull=False, utloper__lt=timezone.localdate())


@admin.register(Styringsdokument)
class StyringsdokumentAdmin(KommuneAdmin):
    """Those that need no plan; the others are kept on the page of theirs."""

    flyttes_pa_nettstedet = True
    list_display = ["tittel", "art", "inngatt", "utloper"]
    list_filter = ["art", UtlopFilter]
    search_fields = ["tittel", "parter"]
    fieldsets = [
        (
            None,
            {
                "fields": ["tittel", ("art", "rekkefolge"), *INNHOLDET],
                "description": _(
                    "Vedtak og avtaler som gjelder SLT-modellen selv, og ikke hører "
                    "til "
                    "én plan. De står på siden «Møter». Dokumentene til en plan legger "
                    "du inn på planens side."
                ),
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(plan=None)

    def get_changeform_initial_data(self, request):
        # Most of those that no plan needs.
        avtale = {"art": Styringsdokument.Art.AVTALE}
        return avtale | super().get_changeform_initial_data(request)


class TjenestevalgInline(KommuneInline):
    """Those who help with a theme, in the order in which one asks."""

    model = TjenesteTema
    fields = ["tjeneste", "rekkefolge"]


@admin.register(Tema)
class TemaAdmin(KommuneAdmin):
    list_display = ["navn", "i_hverdagen", "sokeord"]
    search_fields = ["navn", "i_hverdagen", "sokeord"]
    inlines = [TjenestevalgInline]


class VeilederTemaInline(KommuneInline):
    model = VeilederTema
    fields = ["tema"]


@admin.register(Veileder)
class VeilederAdmin(KommuneAdmin):
    list_display = ["tittel", "type", "eier", "revidert"]
    list_filter = ["type"]
    search_fields = ["tittel", "eier", "adresse"]
    inlines = [VeilederTemaInline]
    fields = [
        ("tittel", "type"),
        "adresse",
        ("eier", "revidert"),
        ("bti_fra", "bti_til", "trinn"),
    ]


@admin.register(TilAnsatte)
class TilAnsatteAdmin(KommuneAdmin):
    list_display = ["hva", "gjennomgatt"]
    list_select_related = ["tema"]
    search_fields = ["tema__navn", "tekst"]
    fields = ["tema", "tekst", "gjennomgatt"]

    @admin.display(description=_("hva den gjelder"), ordering="tema__navn__norsk")
    def hva(self, tekst):
        return str(tekst)


class PlanrekkeForm(AdminForm):
    def _get_validation_exclusions(self):
        # The one that is the main one now makes room when this is saved.
        blir_hoved = {"hoved"} if self.cleaned_data.get("hoved") else set()
        return super()._get_validation_exclusions() | blir_hoved


@admin.register(Planrekke)
class PlanrekkeAdmin(KommuneAdmin):
    """The rekker of a kommune: most have one."""

    form = PlanrekkeForm
    list_display = ["navn", "hoved"]
    search_fields = ["navn"]
    fields = ["navn", "hoved"]

    def save_model(self, request, obj, form, change):
        if obj.hoved or not obj.kommune.planrekker.exists():
            gjor_til_hovedrekke(obj)
        else:
            super().save_model(request, obj, form, change)
