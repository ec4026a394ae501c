"""Admin of what was said of how it goes: mostly to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import KommuneAdmin
from tiltak.models import Statusrapport

# Of whom and when it was said is not changed afterwards.
_STAR = ["tiltak", "runde", "tjeneste", "fra", "hvordan"]


@admin.register(Statusrapport)
class StatusrapportAdmin(KommuneAdmin):
    list_display = ["tiltaket", "dato", "tilstand", "fra", "anbefaling"]
    list_filter = ["tilstand", "anbefaling"]
    list_select_related = ["tiltak"]
    search_fields = ["tiltak__tittel", "fra", "kommentar", "gjort", "resultat"]
    autocomplete_fields = ["tiltak", "tjeneste"]
    fields = [
        "tiltak",
        "runde",
        ("tjeneste", "fra"),
        ("dato", "hvordan"),
        "tilstand",
        "kommentar",
        "gjort",
        "resultat",
        ("antall", "antall_av"),
        ("frist", "anbefaling"),
    ]

    def get_readonly_fields(self, request, obj=None):
        return _STAR if obj else ["runde"]

    @admin.display(description=_("tiltak"), ordering="tiltak__tittel__norsk")
    def tiltaket(self, rapport):
        return rapport.tiltak.tittel
