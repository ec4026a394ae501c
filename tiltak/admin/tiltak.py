"""Admin of tiltak, with all that belongs to one on its page."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import (
    KommuneFilter,
    KommuneInline,
    KommuneStabel,
)
from slt.felles.adminforms import AdminForm, RadFormSet
from tiltak.models import (
    Ansvar,
    Lenke,
    Malgruppe,
    Overgang,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    planens_orden,
)
from tiltak.nummer import uten_hull
from tiltak.rediger.forms import AnsvarForm

from .plan import (
    InnsatsomradeFilter,
    InnsatsomradeValg,
    MalsettingInline,
    PlandelAdmin,
    PlandelForm,
)


class PlasseringForm(AdminForm):
    """A place in the plan; without a number it takes the next free one. In a draft, the
    others make room for it."""

    regler_for_alle_radene = ["plassering_en_hoved_per_tiltak"]

    class Meta:
        help_texts = {
            "nummer": _(
                "Tomt gir neste ledige nummer. Er nummeret opptatt i et utkast, flytter de "
                "andre seg."
            ),
            "hoved": _("Der tiltaket står i planen og i PDF-en."),
        }

    def clean(self):
        renset = super().clean()
        omrade, tiltak = renset.get("innsatsomrade"), renset.get("tiltak")
        # The row's own check sees a new tiltak too late.
        if omrade and tiltak and tiltak.plan_id not in (None, omrade.plan_id):
            self.add_error(
                "innsatsomrade", _("Innsatsområdet hører til en annen plan.")
            )
        return renset


class PlasseringFormSet(RadFormSet):
    """The places of one tiltak, of which one is the main one."""

    def clean(self):
        super().clean()
        self._sjekk_omradene()
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

    def _sjekk_omradene(self):
        """Rows are saved one by one: none goes to an area that another one is leaving."""
        star_i = {form.initial["innsatsomrade"]: form for form in self.initial_forms}
        for form in self.forms:
            omrade = getattr(form, "cleaned_data", {}).get("innsatsomrade")
            der = star_i.get(omrade.pk, form) if omrade else form
            if der is not form and form not in self.deleted_forms:
                form.add_error(
                    "innsatsomrade",
                    _(
                        "Tiltaket står allerede i dette området. Lagre det i to omganger."
                    ),
                )

    def save(self, commit=True):
        with uten_hull(self.instance):
            return super().save(commit)


class PlasseringInline(InnsatsomradeValg, KommuneInline):
    model = Plassering
    form = PlasseringForm
    formset = PlasseringFormSet
    verbose_name_plural = _("plass i planen")
    fields = ["innsatsomrade", "nummer", "hoved"]

    def has_delete_permission(self, request, obj=None):
        # Once the plan holds, numbers stand.
        tillatt = super().has_delete_permission(request, obj)
        return tillatt and getattr(obj, "kan_slettes", True)


class MalgruppeInline(KommuneInline):
    model = Malgruppe
    fields = ["tekst", "alder_fra", "alder_til", "trinn_fra", "trinn_til", "rekkefolge"]


class AnsvarradForm(AdminForm, AnsvarForm):
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


class OpphavForm(PlandelForm):
    """Where a tiltak comes from, said on its page."""

    plannokkel = "ny_plan_id"


class OvergangInline(KommuneInline):
    model = Overgang
    form = OpphavForm
    fk_name = "til"
    verbose_name = _("tiltak i den forrige planen")
    verbose_name_plural = _("videreført fra")
    classes = ["collapse"]
    fields = ["fra", "valg", "begrunnelse"]
    plan = None

    def get_formset(self, request, obj=None, **kwargs):
        self.plan = getattr(obj, "plan", None)
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "fra":
            forrige = self.plan and self.plan.bygger_pa_id
            kwargs["queryset"] = Tiltak.objects.filter(plan=forrige)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        felt = super().formfield_for_choice_field(db_field, request, **kwargs)
        felt.choices = [
            valg
            for valg in Overgang.Valg.choices
            if valg[0] in Overgang.BLIR_TILTAK and valg[0] != "slas_sammen"
        ]
        return felt


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
        OvergangInline,
        MalsettingInline,
        TiltakTemaInline,
        TiltakLokalomradeInline,
    ]
    fieldsets = [
        (None, {"fields": ["plan", "overordnet", "tittel", "tekst"]}),
        (
            _("Status og nivå"),
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
        (_("Nytt eller videreført"), {"fields": ["nytt"]}),
    ]

    def get_queryset(self, request):
        alle = super().get_queryset(request).med_plassering()
        return alle.select_related("plan__kommune")

    def get_ordering(self, request):
        """As the plan has them, the newest plan first; deltiltak after their tiltak."""
        return ["-plan__fra_ar", *planens_orden()]

    def delete_model(self, request, obj):
        with uten_hull(obj):
            super().delete_model(request, obj)

    @admin.display(description=_("plass i planen"))
    def merkelapp(self, tiltak):
        if tiltak.overordnet_id:
            return _("deltiltak")
        return tiltak.merkelapp

    @admin.display(description=_("nytt"), boolean=True)
    def er_nytt(self, tiltak):
        return tiltak.er_nytt

    def get_inlines(self, request, obj=None):
        utenfor = set()
        if obj and obj.overordnet_id:
            utenfor |= {PlasseringInline, DeltiltakInline}
        if obj is None or not obj.plan.bygger_pa_id:
            utenfor.add(OvergangInline)
        return [i for i in self.inlines if i not in utenfor]

    def get_fieldsets(self, request, obj=None):
        utenfor = set()
        if not (obj and obj.overordnet_id):
            utenfor.add("overordnet")
        if obj and obj.plan.bygger_pa_id:
            # Whether it is new is computed from its lineage.
            utenfor.add("nytt")
        return [
            (tittel, valg | {"fields": [f for f in valg["fields"] if f not in utenfor]})
            for tittel, valg in super().get_fieldsets(request, obj)
        ]
