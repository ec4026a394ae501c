"""Admin of kommuner, users and access."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import (
    AdministratorAdmin,
    KommuneAdmin,
    KommuneInline,
    MedSett,
    SettAdmin,
)
from slt.felles.adminfilter import KommuneFilter, SporsmalFilter
from slt.felles.adminforms import AdminForm, RadFormSet
from slt.felles.adminsok import MedAutofullfor
from slt.felles.kommuneadresse import AdresseAvNavn
from slt.felles.koordinatorer import varsel_om_koordinator
from slt.models import Bruker, Kommune, Lokalomrade, Sted, Stedsdel, Tilgang

# Roles are rows of Tilgang.
admin.site.unregister(Group)


# What a kommune says of each level.
NIVAORD = ["navn", "tekst"]


class KommuneAdminForm(AdresseAvNavn, AdminForm):
    """A kommune."""


def uten_koordinator(kommuner):
    koordinatorer = Tilgang.objects.gyldige().filter(
        kommune=OuterRef("pk"),
        rolle=Tilgang.Rolle.KOORDINATOR,
        bruker__is_active=True,
    )
    return kommuner.filter(~Exists(koordinatorer))


class KommuneManglerFilter(SporsmalFilter):
    title = _("mangler")
    parameter_name = "mangler"
    sporsmal = [("koordinator", _("SLT-koordinator"), uten_koordinator)]


@admin.register(Kommune)
class KommuneKommuneAdmin(KommuneAdmin):
    """The kommune itself: its coordinators keep what people read about it."""

    form = KommuneAdminForm
    change_list_template = "admin/kommune_liste.html"
    list_display = ["navn", "nummer", "malform"]
    list_filter = [KommuneManglerFilter, "malform"]
    search_fields = ["navn", "nummer"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "nummer",
                    "navn",
                    "slug",
                    "malform",
                    "aksentfarge",
                    "epost",
                    "telefon",
                    "nettsted",
                    "personvern",
                    "tilgjengelighetserklaering",
                    "ansattdomener",
                    "kunnskapshull_er_publisert",
                    "deler_tiltak",
                    "viser_navn",
                    ("slt_koordinator_navn", "politikontakt_navn"),
                ]
            },
        ),
        (
            _("Nivåene i SLT-modellen"),
            {
                "fields": [f"{niva}_{hva}" for niva in Kommune.Niva for hva in NIVAORD],
                "description": _(
                    "Det dere kaller nivåene, for eksempel «Styringsgruppe», og hvem "
                    "som "
                    "er der: organer og funksjoner, ikke navn på personer. Det står på "
                    "siden «Møter» og i planens figur. Tomme felt: navnene fra "
                    "modellen."
                ),
            },
        ),
    ]

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser or super().has_view_permission(request, obj)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        if request.user.is_superuser:
            return admin.ModelAdmin.get_queryset(self, request)
        return super().get_queryset(request)

    def get_prepopulated_fields(self, request, obj=None):
        # The address of one that is there does not follow its name.
        return {} if obj else {"slug": ["navn"]}

    def get_readonly_fields(self, request, obj=None):
        # The address stands in every link that people have; the domains say who comes in
        # as staff.
        laste = ["nummer", "navn", "slug", "ansattdomener"]
        return [] if request.user.is_superuser else laste


class BrukerCreationForm(AdminUserCreationForm):
    class Meta:
        model = Bruker
        fields = ("epost", "navn")


class PassordForm(AdminPasswordChangeForm):
    """Django's own; of what it says of those who shall have none, one half is English
    whatever the language."""

    usable_password_help_text = format_lazy(
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li>'
        "</ul>",
        AdminUserCreationForm.usable_password_help_text,
        _("Passordet som er der nå, blir borte."),
    )


# What makes an administrator, who can log in.
ADMINISTRATOR = ["is_superuser", "is_active"]


class BrukerForm(AdminForm, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = Bruker
        fields = "__all__"

    def clean(self):
        renset = super().clean()
        tatt_av = [navn for navn in ADMINISTRATOR if not renset.get(navn)]
        if tatt_av and self._er_den_siste():
            self.add_error(
                tatt_av[0],
                _("Dette er den siste administratoren. Gjør en annen til det først."),
            )
        return renset

    def _er_den_siste(self):
        # Locked: of two who take each other off, one finds that the other is the last.
        administratorer = Bruker.objects.administratorer().order_by("pk")
        pker = list(administratorer.select_for_update(no_key=True).values_list("pk"))
        return pker == [(self.instance.pk,)]


class TilgangInline(MedSett, MedAutofullfor, admin.TabularInline):
    model = Tilgang
    formset = RadFormSet
    extra = 0
    autocomplete_fields = ["kommune"]


def _med_tilgang(brukere, **hvilke):
    tilganger = Tilgang.objects.gyldige().filter(bruker=OuterRef("pk"), **hvilke)
    return brukere.filter(Exists(tilganger))


class TilgangFilter(SporsmalFilter):
    """By what users are in some kommune today."""

    title = _("tilgang")
    parameter_name = "tilgang"

    def lookups(self, request, model_admin):
        return [*Tilgang.Rolle.choices, ("ingen", _("ingen i dag"))]

    def queryset(self, request, queryset):
        if self.value() in Tilgang.Rolle.values:
            return _med_tilgang(queryset, rolle=self.value())
        if self.value() == "ingen":
            med = _med_tilgang(Bruker.objects.all())
            return queryset.exclude(pk__in=med.order_by().values("pk"))
        return queryset


@admin.register(Bruker)
class BrukerAdmin(SettAdmin, AdministratorAdmin, UserAdmin):
    form = BrukerForm
    add_form = BrukerCreationForm
    change_password_form = PassordForm
    merker_nye = False  # no two users have one address
    fortrolig = True
    ordering = ["navn__norsk", "epost"]
    list_display = ["epost", "navn", "tilgangene", "is_active", "is_superuser"]
    list_filter = [TilgangFilter, "is_active", "is_superuser"]
    search_fields = ["epost", "navn"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["epost", "password", "navn"]}),
        (_("Tilgang"), {"fields": ["is_active", "is_superuser"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["epost", "navn", "usable_password", "password1", "password2"]},
        )
    ]
    inlines = [TilgangInline]

    def kolonnenes_rader(self):
        gyldige = Tilgang.objects.gyldige().select_related("kommune")
        return [Prefetch("tilganger", gyldige, to_attr="har_i_dag")]

    @admin.display(description=_("tilgang i dag"))
    def tilgangene(self, bruker):
        return ", ".join(
            f"{tilgang.kommune}: {tilgang.get_rolle_display()}"
            for tilgang in bruker.har_i_dag
        )

    def save_related(self, request, form, formsets, change):
        """An administrator may take the last coordinator, but is told."""
        super().save_related(request, form, formsets, change)
        roller = Tilgang.historikk.filter(
            bruker=form.instance.pk, rolle=Tilgang.Rolle.KOORDINATOR
        )
        for kommune in Kommune.objects.filter(pk__in=roller.values("kommune")):
            if varsel := varsel_om_koordinator(kommune):
                messages.warning(request, f"{kommune}: {varsel}")


@admin.register(Lokalomrade)
class LokalomradeAdmin(KommuneAdmin):
    list_display = ["navn"]
    search_fields = ["navn"]


class StedsdelInline(KommuneInline):
    model = Stedsdel
    fk_name = "helhet"


@admin.register(Sted)
class StedAdmin(KommuneAdmin):
    list_display = ["navn", "type", "lokalomrade"]
    list_filter = ["type", ("lokalomrade", KommuneFilter)]
    list_select_related = ["lokalomrade"]
    search_fields = ["navn"]
    autocomplete_fields = ["lokalomrade"]
    inlines = [StedsdelInline]
