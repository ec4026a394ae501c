"""Admin of tjenester and the ways to reach them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import KommuneAdmin, KommuneFilter, KommuneInline, KommuneStabel
from tiltak.models import Apningstid, Kontaktpunkt, Tjeneste


class KontaktpunktInline(KommuneStabel):
    model = Kontaktpunkt
    fields = [
        ("type", "verdi"),
        ("etikett", "instruks"),
        ("synlighet", "hoved", "rekkefolge"),
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
    list_display = ["visning", "tjeneste", "type", "etikett", "synlighet", "bekreftet"]
    list_filter = ["type", "synlighet", ("tjeneste", KommuneFilter)]
    list_select_related = ["tjeneste"]
    ordering = ["tjeneste__navn__norsk", "rekkefolge", "pk"]
    search_fields = ["verdi", "etikett", "tjeneste__navn", "tjeneste__kortnavn"]
    autocomplete_fields = ["tjeneste", "sted"]
    inlines = [ApningstidInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "tjeneste",
                    ("type", "verdi"),
                    "etikett",
                    "instruks",
                    "ved_ikke_svar",
                    "sted",
                    "apningstid_tekst",
                ]
            },
        ),
        (
            _("Hvor det vises"),
            {"fields": ["synlighet", "person", "hoved", "akutt", "rekkefolge"]},
        ),
        (_("Bekreftet"), {"fields": [("bekreftet", "bekreftet_hvordan")]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        # Tiltak may have chosen it as one of this tjeneste.
        return ["tjeneste"] if obj else []

    @admin.display(description=_("kontakt"))
    def visning(self, punkt):
        return punkt.visning
