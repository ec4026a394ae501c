"""Admin in which the SLT-koordinator keeps the plan, its tiltak and the tjenester."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import KommuneAdmin, KommuneFilter, KommuneInline
from slt.felles.adminsted import valgt_kommune
from slt.felles.skjema import KommuneForm
from tiltak.models import (
    Ansvar,
    Apningstid,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Plassering,
    Styringsdokument,
    Tema,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    Tjeneste,
)
from tiltak.skjema import AnsvarForm


class StyringsdokumentInline(KommuneInline):
    model = Styringsdokument
    fields = [
        "rekkefolge",
        "tittel",
        "forhold",
        "fra_ar",
        "til_ar",
        "revideres",
        "lenke",
    ]


class PlanmalsettingInline(KommuneInline):
    model = Malsetting
    fields = ["rekkefolge", "type", "tekst", "innsatsomrade"]


@admin.register(Handlingsplan)
class HandlingsplanAdmin(KommuneAdmin):
    list_display = ["tittel", "periode", "status"]
    list_filter = ["status"]
    search_fields = ["tittel"]
    inlines = [PlanmalsettingInline, StyringsdokumentInline]
    fieldsets = [
        (None, {"fields": ["tittel", ("fra_ar", "til_ar"), "status", "ingress"]}),
        (_("Målgruppe"), {"fields": [("alder_fra", "alder_til")]}),
        (
            _("Slik ble den til"),
            {"fields": ["utarbeidet_av", "bygger_pa", "bygger_pa_tekst"]},
        ),
        (
            _("Behandling"),
            {
                "fields": ["vedtaksform", "vedtatt_av", "vedtatt_dato", "vedtatt_sak"],
                "description": _("La feltene stå tomme når det ikke er kjent."),
            },
        ),
    ]


@admin.register(Innsatsomrade)
class InnsatsomradeAdmin(KommuneAdmin):
    list_display = ["navn", "kortnavn", "plan", "rekkefolge"]
    list_filter = [("plan", KommuneFilter)]
    list_select_related = ["plan"]
    search_fields = ["navn", "kortnavn"]


@admin.register(Kapittel)
class KapittelAdmin(KommuneAdmin):
    list_display = ["tittel", "plan", "rekkefolge"]
    list_filter = [("plan", KommuneFilter)]
    list_select_related = ["plan"]
    search_fields = ["tittel", "tekst"]


@admin.register(Tema)
class TemaAdmin(KommuneAdmin):
    list_display = ["navn"]
    search_fields = ["navn"]


# Tiltak -------------------------------------------------------------------------------


class PlasseringInline(KommuneInline):
    model = Plassering
    fields = ["innsatsomrade", "nummer", "hoved"]

    def has_delete_permission(self, request, obj=None):
        # Once the plan holds, numbers stand.
        tillatt = super().has_delete_permission(request, obj)
        return tillatt and getattr(obj, "kan_slettes", True)


class MalgruppeInline(KommuneInline):
    model = Malgruppe
    fields = ["tekst", "alder_fra", "alder_til", "trinn_fra", "trinn_til", "rekkefolge"]


class AnsvarInline(KommuneInline):
    model = Ansvar
    form = AnsvarForm
    autocomplete_fields = ["tjeneste"]
    fields = ["tjeneste", "rolle", "merknad", "valgte_kontaktpunkter", "rekkefolge"]

    def get_queryset(self, request):
        rader = super().get_queryset(request)
        return rader.select_related("tjeneste").prefetch_related("kontaktvalg")


class LenkeInline(KommuneInline):
    model = Lenke
    fields = ["tittel", "adresse", "rekkefolge"]


class TiltakLokalomradeInline(KommuneInline):
    model = TiltakLokalomrade
    verbose_name_plural = _("lokalområder (ingen betyr hele kommunen)")
    fields = ["lokalomrade"]


class TiltakTemaInline(KommuneInline):
    model = TiltakTema
    verbose_name_plural = _("temaer")
    fields = ["tema"]


class DeltiltakForm(KommuneForm):
    """A deltiltak lies in the plan of its tiltak."""

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"plan"}

    def clean(self):
        self.instance.plan = self.instance.overordnet.plan
        return super().clean()


class DeltiltakInline(KommuneInline):
    model = Tiltak
    form = DeltiltakForm
    fk_name = "overordnet"
    verbose_name = _("deltiltak")
    verbose_name_plural = _("deltiltak")
    fields = ["tittel", "status", "nytt", "rekkefolge"]
    show_change_link = True

    def has_delete_permission(self, request, obj=None):
        tillatt = super().has_delete_permission(request, obj)
        return tillatt and getattr(obj, "kan_slettes", True)


@admin.register(Tiltak)
class TiltakAdmin(KommuneAdmin):
    list_display = ["tittel", "merkelapp", "status", "niva", "nytt", "plan"]
    list_filter = [
        ("plan", KommuneFilter),
        ("plasseringer__innsatsomrade", KommuneFilter),
        "status",
        "niva",
        "nytt",
        ("ansvar__tjeneste", KommuneFilter),
    ]
    search_fields = [
        "tittel",
        "tekst",
        "ansvar__tjeneste__navn",
        "ansvar__tjeneste__kortnavn",
    ]
    autocomplete_fields = ["overordnet", "viderefort_fra"]
    readonly_fields = ["overordnet"]
    inlines = [
        PlasseringInline,
        AnsvarInline,
        MalgruppeInline,
        LenkeInline,
        DeltiltakInline,
        TiltakTemaInline,
        TiltakLokalomradeInline,
    ]
    fieldsets = [
        (None, {"fields": ["plan", "overordnet", "tittel", "tekst"]}),
        (
            _("Hvor det står"),
            {
                "fields": [
                    "status",
                    ("niva", "niva_foreslatt"),
                    ("bti_fra", "bti_til"),
                    "forankring",
                ]
            },
        ),
        (
            _("Hvem kan ta kontakt"),
            {
                "fields": [
                    (
                        "unge_kan_kontakte",
                        "foresatte_kan_kontakte",
                        "ansatte_kan_kontakte",
                        "andre_kan_kontakte",
                    ),
                    "kontakt_merknad",
                ]
            },
        ),
        (
            _("Når"),
            {
                "fields": [
                    ("ganger_fra", "ganger_til", "ganger_per", "uke"),
                    ("fra_dato", "til_dato"),
                    ("evalueres_dato", "evalueres_tekst"),
                ]
            },
        ),
        (_("Nytt eller videreført"), {"fields": ["nytt", "viderefort_fra"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).med_plassering()

    @admin.display(description=_("plass i planen"))
    def merkelapp(self, tiltak):
        if tiltak.overordnet_id:
            return _("deltiltak")
        return tiltak.merkelapp

    def get_inlines(self, request, obj=None):
        if obj and obj.overordnet_id:
            utenfor = {PlasseringInline, DeltiltakInline}
            return [i for i in self.inlines if i not in utenfor]
        return self.inlines

    def get_changeform_initial_data(self, request):
        siste = Handlingsplan.objects.filter(kommune=valgt_kommune(request)).first()
        return {"plan": siste and siste.pk} | super().get_changeform_initial_data(
            request
        )


# Tjenester ----------------------------------------------------------------------------


class KontaktpunktInline(KommuneInline):
    model = Kontaktpunkt
    fields = [
        "type",
        "verdi",
        "etikett",
        "instruks",
        "synlighet",
        "hoved",
        "rekkefolge",
    ]
    show_change_link = True


@admin.register(Tjeneste)
class TjenesteAdmin(KommuneAdmin):
    list_display = ["navn", "kortnavn", "type", "overordnet", "nedlagt"]
    list_filter = ["type", ("overordnet", KommuneFilter)]
    list_select_related = ["overordnet"]
    search_fields = ["navn", "kortnavn", "andre_navn"]
    autocomplete_fields = ["overordnet"]
    inlines = [KontaktpunktInline]


class ApningstidInline(KommuneInline):
    model = Apningstid
    fields = ["fra_dag", "til_dag", "apner", "stenger", "uker", "gjelder"]


@admin.register(Kontaktpunkt)
class KontaktpunktAdmin(KommuneAdmin):
    list_display = ["tjeneste", "type", "visning", "etikett", "synlighet", "bekreftet"]
    list_display_links = ["visning"]
    list_filter = ["type", "synlighet", ("tjeneste", KommuneFilter)]
    list_select_related = ["tjeneste"]
    search_fields = ["verdi", "etikett", "tjeneste__navn", "tjeneste__kortnavn"]
    autocomplete_fields = ["tjeneste", "sted"]
    inlines = [ApningstidInline]

    @admin.display(description=_("kontakt"))
    def visning(self, punkt):
        return punkt.visning
