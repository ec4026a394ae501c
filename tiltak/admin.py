"""Admin in which the SLT-koordinator keeps the plan, its tiltak and the tjenester.

The pages stand in the menu in the order in which they are registered here.
"""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import (
    Adminskjema,
    KommuneAdmin,
    KommuneFilter,
    KommuneInline,
    KommuneStabel,
    Radsett,
    innenfor,
)
from slt.felles.adminsted import valgt_kommune
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
    planens_orden,
)
from tiltak.skjema import AnsvarForm

APNE = Handlingsplan.objects.exclude(status=Handlingsplan.Status.AVLOST)


def _med_periode(omrader):
    """(id, name) of innsatsområder; with the years where several plans have some."""
    omrader = list(omrader.select_related("plan"))
    if len({omrade.plan_id for omrade in omrader}) < 2:
        return [(omrade.pk, str(omrade)) for omrade in omrader]
    return [(omrade.pk, f"{omrade} ({_ar(omrade.plan)})") for omrade in omrader]


def _ar(plan):
    return f"{plan.fra_ar}–{plan.til_ar}"


# The plan and its parts ---------------------------------------------------------------


class PlandelForm(Adminskjema):
    """A row that lies in the plan of the row whose page it stands on."""

    def clean(self):
        renset = super().clean()
        over = next(f for f in self.fields.values() if hasattr(f, "parent_instance"))
        self.instance.plan_id = over.parent_instance.plan_id
        return renset


class PlandelAdmin(KommuneAdmin):
    """Admin of what stands in a plan, and stays in that one."""

    def get_readonly_fields(self, request, obj=None):
        fast = ["plan"] if obj else []
        return [*fast, *super().get_readonly_fields(request, obj)]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "plan":
            kwargs["queryset"] = APNE.all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        siste = innenfor(APNE.all(), valgt_kommune(request)).first()
        return {"plan": siste and siste.pk} | super().get_changeform_initial_data(
            request
        )

    @admin.display(description=_("plan"), ordering="plan__fra_ar")
    def periode(self, rad):
        return _ar(rad.plan)


class InnsatsomradeValg:
    """An inline whose rows choose among the innsatsområder of the plan of the page."""

    plan = None  # not known while a tiltak is new

    def get_formset(self, request, obj=None, **kwargs):
        self.plan = (
            obj if isinstance(obj, Handlingsplan) else getattr(obj, "plan", None)
        )
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "innsatsomrade":
            planer = {"plan": self.plan} if self.plan else {"plan__in": APNE.all()}
            kwargs["queryset"] = Innsatsomrade.objects.filter(**planer)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def valg(self, felt):
        return [("", felt.empty_label), *_med_periode(felt.queryset)]


class InnsatsomradeFilter(KommuneFilter):
    def field_choices(self, field, request, model_admin):
        return _med_periode(
            innenfor(Innsatsomrade.objects.all(), valgt_kommune(request))
        )


class MalsettingInline(KommuneStabel):
    model = Malsetting
    form = PlandelForm
    classes = ["collapse"]
    fields = [("type", "rekkefolge"), "tekst"]


class PlanmalsettingInline(InnsatsomradeValg, KommuneStabel):
    model = Malsetting
    classes = ["collapse"]
    fields = [("type", "innsatsomrade", "rekkefolge"), "tekst"]

    def get_queryset(self, request):
        # Those of a tiltak stand on its page.
        return super().get_queryset(request).filter(tiltak=None)


class StyringsdokumentInline(KommuneStabel):
    model = Styringsdokument
    classes = ["collapse"]
    fields = [
        "tittel",
        ("forhold", "rekkefolge"),
        ("fra_ar", "til_ar"),
        ("vedtatt", "revideres"),
        "tekst",
        "lenke",
    ]


class HandlingsplanForm(Adminskjema):
    """A plan goes from draft to in force to superseded, and not back: what was adopted
    is ended, not erased, and its numbers stand."""

    class Meta:
        help_texts = {
            "status": _(
                "Når planen gjelder, står numrene fast, og tiltak kan ikke lenger "
                "slettes. Den blir ikke utkast igjen, og en avløst plan står som den er."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "status" in self.fields and self.instance.pk and not self.instance.er_utkast:
            utkast = Handlingsplan.Status.UTKAST
            self.fields["status"].choices = [
                valg for valg in Handlingsplan.Status.choices if valg[0] != utkast
            ]


@admin.register(Handlingsplan)
class HandlingsplanAdmin(KommuneAdmin):
    form = HandlingsplanForm
    list_display = ["tittel", "periode", "status"]
    list_filter = ["status"]
    search_fields = ["tittel"]
    inlines = [PlanmalsettingInline, StyringsdokumentInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "tittel",
                    ("fra_ar", "til_ar"),
                    "status",
                    "ingress",
                    "hull_er_publisert",
                ]
            },
        ),
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

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj and "bygger_pa" in form.base_fields:
            felt = form.base_fields["bygger_pa"]
            felt.queryset = felt.queryset.exclude(pk=obj.pk)
        return form

    def has_change_permission(self, request, obj=None):
        """A superseded plan stands as it was; an administrator may undo a slip."""
        avlost = obj is not None and obj.status == Handlingsplan.Status.AVLOST
        tillatt = super().has_change_permission(request, obj)
        return tillatt and (request.user.is_superuser or not avlost)

    @admin.display(description=_("periode"), ordering="fra_ar")
    def periode(self, plan):
        return _ar(plan)


@admin.register(Innsatsomrade)
class InnsatsomradeAdmin(PlandelAdmin):
    list_display = ["navn", "kortnavn", "periode", "rekkefolge"]
    list_filter = [("plan", KommuneFilter)]
    list_select_related = ["plan"]
    search_fields = ["navn", "kortnavn"]


# Tiltak -------------------------------------------------------------------------------


class PlasseringForm(Adminskjema):
    """A place in the plan; without a number it takes the next free one."""

    regler_for_alle_radene = ["plassering_en_hoved_per_tiltak"]

    class Meta:
        help_texts = {
            "nummer": _("Tomt gir neste ledige nummer."),
            "hoved": _("Der tiltaket står i planen og i PDF-en."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "nummer" in self.fields and not self.instance.pk:
            self.fields["nummer"].required = False

    def clean(self):
        renset = super().clean()
        omrade, tiltak = renset.get("innsatsomrade"), renset.get("tiltak")
        # The row's own check sees a new tiltak too late.
        if omrade and tiltak and tiltak.plan_id not in (None, omrade.plan_id):
            self.add_error(
                "innsatsomrade", _("Innsatsområdet hører til en annen plan.")
            )
        elif omrade and "nummer" in renset and renset["nummer"] is None:
            renset["nummer"] = omrade.neste_nummer
        return renset


class Plasseringsett(Radsett):
    """The places of one tiltak, of which one is the main one."""

    def clean(self):
        super().clean()
        rader = [
            skjema.cleaned_data
            for skjema in self.forms
            if skjema.is_valid() and skjema.cleaned_data.get("innsatsomrade")
        ]
        staende = [rad for rad in rader if not rad.get("DELETE")]
        if staende and sum(rad["hoved"] for rad in staende) != 1:
            raise ValidationError(
                _("Kryss av for hovedplassering ved én av plasseringene.")
            )


class PlasseringInline(InnsatsomradeValg, KommuneInline):
    model = Plassering
    form = PlasseringForm
    formset = Plasseringsett
    verbose_name_plural = _("plass i planen")
    fields = ["innsatsomrade", "nummer", "hoved"]

    def has_delete_permission(self, request, obj=None):
        # Once the plan holds, numbers stand.
        tillatt = super().has_delete_permission(request, obj)
        return tillatt and getattr(obj, "kan_slettes", True)


class MalgruppeInline(KommuneInline):
    model = Malgruppe
    fields = ["tekst", "alder_fra", "alder_til", "trinn_fra", "trinn_til", "rekkefolge"]


class AnsvarradForm(Adminskjema, AnsvarForm):
    """An ansvar with the contact points that hold for the tiltak."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        felt = self.fields["valgte_kontaktpunkter"]
        felt.label = _("Kontaktpunkter som gjelder her")
        if self.instance.pk is None:
            felt.help_text = _(
                "Lagre først. Etterpå kan du velge blant tjenestens kontaktpunkter; "
                "ingen valgt betyr hovedkontaktene."
            )
        else:
            felt.choices = [(p.pk, _kontakt(p)) for p in self.punkter.values()]


class AnsvarInline(KommuneStabel):
    model = Ansvar
    form = AnsvarradForm
    autocomplete_fields = ["tjeneste"]
    fields = [
        ("tjeneste", "rolle"),
        ("merknad", "rekkefolge"),
        "valgte_kontaktpunkter",
    ]

    def get_queryset(self, request):
        rader = super().get_queryset(request)
        return rader.prefetch_related("kontaktvalg", "tjeneste__kontaktpunkter")

    @admin.display(description=_("Kontaktpunkter som gjelder her"))
    def valgte_kontaktpunkter(self, ansvar):
        """The choices in words, for those who may only look."""
        valgte = {valg.kontaktpunkt_id for valg in ansvar.kontaktvalg.all()}
        punkter = [p for p in ansvar.tjeneste.kontaktpunkter.all() if p.pk in valgte]
        return ", ".join(map(_kontakt, punkter)) or _("tjenestens hovedkontakter")


def _kontakt(punkt):
    """A contact point on the page of its tjeneste, which need not be named again."""
    return f"{punkt.etikett or punkt.get_type_display()} {punkt.visning}"


class LenkeInline(KommuneInline):
    model = Lenke
    fields = ["tittel", "adresse", "rekkefolge"]


class TiltakLokalomradeInline(KommuneInline):
    model = TiltakLokalomrade
    verbose_name = _("lokalområde")
    verbose_name_plural = _("lokalområder (ingen betyr hele kommunen)")
    classes = ["collapse"]
    fields = ["lokalomrade"]


class TiltakTemaInline(KommuneInline):
    model = TiltakTema
    verbose_name = _("tema")
    verbose_name_plural = _("temaer")
    classes = ["collapse"]
    fields = ["tema"]


class DeltiltakInline(KommuneInline):
    model = Tiltak
    form = PlandelForm
    fk_name = "overordnet"
    verbose_name = _("deltiltak")
    verbose_name_plural = _("deltiltak")
    fields = ["tittel", "status", "nytt", "rekkefolge"]
    show_change_link = True


@admin.register(Tiltak)
class TiltakAdmin(PlandelAdmin):
    list_display = ["tittel", "merkelapp", "status", "niva", "er_nytt", "periode"]
    list_filter = [
        ("plan", KommuneFilter),
        ("plasseringer__innsatsomrade", InnsatsomradeFilter),
        "status",
        "niva",
        ("ansvar__tjeneste", KommuneFilter),
    ]
    search_fields = [
        "tittel",
        "tekst",
        "ansvar__tjeneste__navn",
        "ansvar__tjeneste__kortnavn",
    ]
    readonly_fields = ["overordnet"]
    inlines = [
        PlasseringInline,
        AnsvarInline,
        MalgruppeInline,
        LenkeInline,
        DeltiltakInline,
        MalsettingInline,
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

    def get_ordering(self, request):
        """As the plan has them, the newest plan first; deltiltak after their tiltak."""
        return ["-plan__fra_ar", *planens_orden()]

    @admin.display(description=_("plass i planen"))
    def merkelapp(self, tiltak):
        if tiltak.overordnet_id:
            return _("deltiltak")
        return tiltak.merkelapp

    @admin.display(description=_("nytt"), boolean=True)
    def er_nytt(self, tiltak):
        return tiltak.er_nytt

    def get_inlines(self, request, obj=None):
        if obj and obj.overordnet_id:
            utenfor = {PlasseringInline, DeltiltakInline}
            return [i for i in self.inlines if i not in utenfor]
        return self.inlines

    def get_fieldsets(self, request, obj=None):
        utenfor = set()
        if not (obj and obj.overordnet_id):
            utenfor.add("overordnet")
        if obj:
            # Whether it is new is either computed from lineage or set by hand.
            utenfor.add("nytt" if obj.plan.bygger_pa_id else "viderefort_fra")
        return [
            (tittel, valg | {"fields": [f for f in valg["fields"] if f not in utenfor]})
            for tittel, valg in super().get_fieldsets(request, obj)
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "viderefort_fra" in form.base_fields:
            felt = form.base_fields["viderefort_fra"]
            planer = {"plan": obj.plan.bygger_pa} if obj else {"plan__avlost_av__gt": 0}
            felt.queryset = felt.queryset.filter(**planer).distinct()
        return form


# Tjenester ----------------------------------------------------------------------------


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


# What is changed more seldom ----------------------------------------------------------


@admin.register(Kapittel)
class KapittelAdmin(PlandelAdmin):
    list_display = ["tittel", "periode", "rekkefolge"]
    list_filter = [("plan", KommuneFilter)]
    list_select_related = ["plan"]
    search_fields = ["tittel", "tekst"]


@admin.register(Tema)
class TemaAdmin(KommuneAdmin):
    list_display = ["navn"]
    search_fields = ["navn"]
