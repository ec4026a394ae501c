"""Admin of tjenester and the ways to reach them."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import KommuneAdmin, KommuneInline, KommuneStabel
from slt.felles.admindeling import DelingInline, godta_egne
from slt.felles.adminfilter import KommuneFilter, SporsmalFilter
from slt.felles.arbeidskommune import valgt_kommune
from tiltak.models import (
    LENGE,
    Apningstid,
    Bekreftelse,
    Kontaktpunkt,
    Tjeneste,
    Tjenestekommune,
    Tjenestemalgruppe,
    TjenesteTema,
)


class KontaktpunktInline(KommuneStabel):
    model = Kontaktpunkt
    fields = [
        ("type", "verdi"),
        ("etikett", "instruks"),
        ("synlighet", "hoved", "rekkefolge"),
    ]
    show_change_link = True


class TjenestemalgruppeInline(KommuneInline):
    model = Tjenestemalgruppe
    fields = ["tekst", "alder_fra", "alder_til", "rekkefolge"]


class TjenesteTemaInline(KommuneInline):
    """Themes of a tjeneste. Where it stands among those who help with each, is said on
    the page of the theme."""

    model = TjenesteTema
    fields = ["tema"]


class TjenestekommuneInline(DelingInline):
    model = Tjenestekommune
    verbose_name_plural = _("andre kommuner som tjenesten er for")


class SokPaNummer:
    """A list whose search also finds numbers, in whatever groups they are typed."""

    def get_search_results(self, request, queryset, search_term):
        treff, dubletter = super().get_search_results(request, queryset, search_term)
        synlige = Kontaktpunkt.objects.synlige_for(request.user)
        med_nummer = synlige.med_nummer(search_term)
        return treff | self.som_har(queryset, med_nummer), dubletter


def uten_kontakt(tjenester, **hvilke):
    """Those that are there, and have no such contact point."""
    punkter = Kontaktpunkt.objects.filter(tjeneste=OuterRef("pk"), **hvilke)
    return tjenester.virksomme().filter(~Exists(punkter))


def uten_apen_kontakt(tjenester):
    return uten_kontakt(tjenester, synlighet=Kontaktpunkt.Synlighet.OFFENTLIG)


class VirksomFilter(SporsmalFilter):
    title = _("i virksomhet")
    parameter_name = "virksom"
    sporsmal = [
        ("ja", _("er i virksomhet"), lambda rader: rader.filter(nedlagt=None)),
        ("nei", _("er nedlagt"), lambda rader: rader.exclude(nedlagt=None)),
    ]


class TjenesteManglerFilter(SporsmalFilter):
    title = _("mangler")
    parameter_name = "mangler"
    sporsmal = [
        ("kontakt", _("kontaktpunkt"), uten_kontakt),
        ("apen", _("kontakt som vises for alle"), uten_apen_kontakt),
        (
            "svaransvarlig",
            _("svaransvarlig"),
            lambda rader: rader.virksomme().filter(svaransvarlig=""),
        ),
    ]


@admin.register(Tjeneste)
class TjenesteAdmin(SokPaNummer, KommuneAdmin):
    list_display = ["navn", "kortnavn", "type", "kontakt", "nedlagt"]
    list_filter = [
        TjenesteManglerFilter,
        VirksomFilter,
        "type",
        ("overordnet", KommuneFilter),
    ]
    search_fields = ["navn", "kortnavn", "andre_navn"]
    autocomplete_fields = ["overordnet"]
    inlines = [
        KontaktpunktInline,
        TjenestemalgruppeInline,
        TjenesteTemaInline,
        TjenestekommuneInline,
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("navn", "kortnavn"),
                    ("type", "overordnet"),
                    "funksjon",
                    "organisasjonsnummer",
                    "tekst",
                    "resultat",
                    "andre_navn",
                    "svaransvarlig",
                    "sporres_ikke",
                    "nedlagt",
                ]
            },
        ),
        (
            _("Hvem som kan ta kontakt"),
            {
                "fields": [
                    (
                        "unge_kan_kontakte",
                        "foresatte_kan_kontakte",
                        "ansatte_kan_kontakte",
                        "andre_kan_kontakte",
                    )
                ]
            },
        ),
        (
            _("Beskjed som gjelder en stund"),
            {"fields": ["melding", ("melding_fra", "melding_til"), "stengt"]},
        ),
    ]

    def get_queryset(self, request):
        # The search field of who answers for a tiltak also finds those that others share.
        soker = request.resolver_match.url_name == "autocomplete"
        kommune = valgt_kommune(request)
        if kommune and soker and request.GET.get("model_name") == "ansvar":
            return Tjeneste.objects.i(kommune)
        return super().get_queryset(request)

    def save_formset(self, request, form, formset, change):
        if formset.model is Tjenestekommune:
            godta_egne(request, formset)
        super().save_formset(request, form, formset, change)

    def kolonnenes_rader(self):
        return ["kontaktpunkter"]

    @admin.display(description=_("hovedkontakt"))
    def kontakt(self, tjeneste):
        punkter = [p for p in tjeneste.kontaktpunkter.all() if p.hoved]
        return punkter[0].visning if punkter else _("ingen")

    def som_har(self, tjenester, kontaktpunkter):
        return tjenester.filter(pk__in=kontaktpunkter.values("tjeneste"))


class ApningstidInline(KommuneInline):
    model = Apningstid
    fields = [
        "fra_dag",
        "til_dag",
        "apner",
        "stenger",
        "uker",
        "gjelder",
        "hva",
        "helligdager",
    ]


class BekreftelseInline(KommuneInline):
    model = Bekreftelse
    fields = ["dato", "hvordan"]


def _lenge_siden():
    return timezone.localdate() - LENGE


class BekreftetFilter(SporsmalFilter):
    title = _("bekreftet")
    parameter_name = "bekreftet_nar"
    sporsmal = [
        ("aldri", _("aldri"), lambda rader: rader.filter(bekreftet=None)),
        (
            "gammel",
            _("for mer enn ett år siden"),
            lambda rader: rader.filter(bekreftet__lt=_lenge_siden()),
        ),
        (
            "ny",
            _("det siste året"),
            lambda rader: rader.filter(bekreftet__gte=_lenge_siden()),
        ),
    ]


@admin.register(Kontaktpunkt)
class KontaktpunktAdmin(SokPaNummer, KommuneAdmin):
    flyttes_pa_nettstedet = True
    list_display = ["visning", "tjenesten", "etikett", "synlighet", "sist_bekreftet"]
    list_filter = [
        BekreftetFilter,
        "synlighet",
        "type",
        "hoved",
        "akutt",
        ("tjeneste", KommuneFilter),
    ]
    list_select_related = ["tjeneste"]
    ordering = ["tjeneste__navn__norsk", "rekkefolge", "pk"]
    search_fields = ["verdi", "etikett", "tjeneste__navn", "tjeneste__kortnavn"]
    autocomplete_fields = ["tjeneste", "sted"]
    inlines = [ApningstidInline, BekreftelseInline]
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
            {
                "fields": [
                    "synlighet",
                    "bare_ansatte",
                    "person",
                    "hoved",
                    "akutt",
                    "rekkefolge",
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).med_bekreftet()

    @admin.display(description=_("sist bekreftet"), ordering="bekreftet")
    def sist_bekreftet(self, punkt):
        return punkt.bekreftet

    def som_har(self, punkter, kontaktpunkter):
        return punkter.filter(pk__in=kontaktpunkter.values("pk"))

    def get_readonly_fields(self, request, obj=None):
        # Tiltak may have chosen it as one of this tjeneste.
        return ["tjeneste"] if obj else []

    @admin.display(description=_("kontakt"))
    def visning(self, punkt):
        return punkt.visning

    @admin.display(description=_("tjeneste"), ordering="tjeneste__navn")
    def tjenesten(self, punkt):
        return punkt.tjeneste.kort
