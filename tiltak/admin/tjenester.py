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


class SokPaNummer:
    """A list whose search also finds numbers, in whatever groups they are typed."""

    def get_search_results(self, request, queryset, search_term):
        treff, dubletter = super().get_search_results(request, queryset, search_term)
        med_nummer = Kontaktpunkt.objects.med_nummer(search_term)
        return treff | self.som_har(queryset, med_nummer), dubletter


@admin.register(Tjeneste)
class TjenesteAdmin(SokPaNummer, KommuneAdmin):
    list_display = ["navn", "kortnavn", "type", "overordnet", "nedlagt"]
    list_filter = ["type", ("overordnet", KommuneFilter)]
    list_select_related = ["overordnet"]
    search_fields = ["navn", "kortnavn", "andre_navn"]
    autocomplete_fields = ["overordnet"]
    inlines = [KontaktpunktInline]

    def som_har(self, tjenester, kontaktpunkter):
        return tjenester.filter(pk__in=kontaktpunkter.values("tjeneste"))


class ApningstidInline(KommuneInline):
    model = Apningstid
    fields = ["fra_dag", "til_dag", "apner", "stenger", "uker", "gjelder"]


@admin.register(Kontaktpunkt)
class KontaktpunktAdmin(SokPaNummer, KommuneAdmin):
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

    def som_har(self, punkter, kontaktpunkter):
        return punkter.filter(pk__in=kontaktpunkter.values("pk"))

    def get_readonly_fields(self, request, obj=None):
        # Tiltak may have chosen it as one of this tjeneste.
        return ["tjeneste"] if obj else []

    @admin.display(description=_("kontakt"))
    def visning(self, punkt):
        return punkt.visning
