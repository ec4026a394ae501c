"""Admin of the plan, and what admin of all that stands in a plan has in common."""

from contextlib import nullcontext
from itertools import chain

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import (
    KommuneAdmin,
    KommuneStabel,
    innenfor,
)
from slt.felles.adminfilter import KommuneFilter
from slt.felles.adminforms import AdminForm
from slt.felles.arbeidskommune import valgt_kommune
from slt.grunn.historikk import Art, begrunnet
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Malsetting,
    Planrekke,
    Styringsdokument,
)
from tiltak.planlop import forste_rekke

UTKAST, GJELDENDE, _AVLOST = Handlingsplan.Status
BEHANDLING = _("Behandling")
APNE = Handlingsplan.objects.exclude(status=Handlingsplan.Status.AVLOST)


def _med_periode(omrader):
    """(id, name) of innsatsområder; with the years where several plans have some."""
    omrader = list(omrader.select_related("plan"))
    if len({omrade.plan_id for omrade in omrader}) < 2:
        return [(omrade.pk, str(omrade)) for omrade in omrader]
    return [(omrade.pk, f"{omrade} ({omrade.plan.periode})") for omrade in omrader]


class PlandelForm(AdminForm):
    """A row that lies in the plan of the row whose page it stands on."""

    plannokkel = "plan_id"

    def clean(self):
        renset = super().clean()
        over = next(f for f in self.fields.values() if hasattr(f, "parent_instance"))
        setattr(self.instance, self.plannokkel, over.parent_instance.plan_id)
        return renset


class Rettes:
    """Admin of a plan, or of what stands in one: once that holds, who corrects something
    says that it is no change."""

    def changeform_view(self, request, *args, **kwargs):
        rettelse = request.method == "POST" and "_rettelse" in request.POST
        with begrunnet("", art=Art.RETTELSE) if rettelse else nullcontext():
            return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        plan = obj if isinstance(obj, Handlingsplan) else getattr(obj, "plan", None)
        context["kan_rettes"] = plan is not None and not plan.er_utkast
        context["er_rettelse"] = "_rettelse" in request.POST
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


class PlandelAdmin(Rettes, KommuneAdmin):
    """Admin of what stands in a plan, and stays in that one."""

    def get_readonly_fields(self, request, obj=None):
        fast = ["plan"] if obj else []
        return [*fast, *super().get_readonly_fields(request, obj)]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "plan":
            kwargs["queryset"] = APNE.all()
            # What stands in none is made on a page of its own.
            kwargs["required"] = True
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        plan = form.instance.plan
        nye = [form.instance, *chain(*(rader.new_objects for rader in formsets))]
        if plan and any(getattr(rad, "er_upublisert", False) for rad in nye):
            adresse = reverse("tiltak:upublisert", args=[plan.kommune.slug, plan.slug])
            tekst = _(
                "Det som er nytt i planen, vises ikke for alle før det er publisert."
            )
            messages.info(
                request,
                format_html(
                    '{} <a href="{}">{}</a>', tekst, adresse, _("Se og publiser")
                ),
            )

    def get_changeform_initial_data(self, request):
        siste = innenfor(APNE.all(), valgt_kommune(request)).first()
        return {"plan": siste and siste.pk} | super().get_changeform_initial_data(
            request
        )

    @admin.display(description=_("plan"), ordering="plan__fra_ar")
    def periode(self, rad):
        return rad.plan.periode if rad.plan else _("uten plan")


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


# What a styringsdokument says of itself, in a plan and without one.
INNHOLDET = [
    ("fra_ar", "til_ar"),
    ("vedtatt", "revideres"),
    "parter",
    ("inngatt", "utloper"),
    "tekst",
    "lenke",
]


class StyringsdokumentInline(KommuneStabel):
    model = Styringsdokument
    classes = ["collapse"]
    fields = [
        "tittel",
        ("art", "forhold", "rekkefolge"),
        *INNHOLDET,
    ]


class HandlingsplanForm(AdminForm):
    """A plan, but for what it has come to: that is registered on the site."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "rekke" not in self.fields and self.instance.rekke_id is None:
            self.instance.rekke = self.kommune.planrekker.first()

    def _get_validation_exclusions(self):
        # The first plan of a kommune gets its rekke when it is saved.
        uten = {"rekke"} if self.instance.rekke_id is None else set()
        return super()._get_validation_exclusions() | (uten - self.fields.keys())


@admin.register(Handlingsplan)
class HandlingsplanAdmin(Rettes, KommuneAdmin):
    form = HandlingsplanForm
    list_display = ["tittel", "arene", "status", "vedtatt_dato", "rekke"]
    list_filter = ["status", ("rekke", KommuneFilter)]
    list_select_related = ["rekke"]
    readonly_fields = ["statusen"]
    search_fields = ["tittel"]
    inlines = [PlanmalsettingInline, StyringsdokumentInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "tittel",
                    "rekke",
                    ("fra_ar", "til_ar"),
                    "statusen",
                    "ingress",
                    "hull_er_publisert",
                ]
            },
        ),
        (
            _("Målgruppe"),
            {"fields": [("alder_fra", "alder_til"), "malgruppe_tekst"]},
        ),
        (
            BEHANDLING,
            {
                "fields": Handlingsplan.BEHANDLINGEN,
                "description": _(
                    "La feltene stå tomme når det ikke er kjent. Det som er frosset, "
                    "endres ikke."
                ),
            },
        ),
        (
            _("Slik ble den til"),
            {"fields": ["utarbeidet_av", "bygger_pa", "bygger_pa_tekst", "del_av"]},
        ),
    ]

    def get_list_display(self, request):
        # Nothing is told by what all plans have.
        flere = self._rekker(request).count() > 1
        kolonner = super().get_list_display(request)
        return [navn for navn in kolonner if flere or navn != "rekke"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        for navn in {"bygger_pa", "del_av"} & form.base_fields.keys():
            felt = form.base_fields[navn]
            felt.queryset = felt.queryset.exclude(pk=obj and obj.pk)
        return form

    def get_fieldsets(self, request, obj=None):
        (tittel, valg), *andre = super().get_fieldsets(request, obj)
        felter = list(valg["fields"])
        # Nothing is to be chosen where all plans follow each other.
        if self._rekker(request).count() < 2:
            felter.remove("rekke")
        if obj is None:
            felter.remove("statusen")
        if obj is None or obj.er_utkast:
            # A draft was not treated yet.
            andre = [del_ for del_ in andre if del_[0] is not BEHANDLING]
        return [(tittel, valg | {"fields": felter}), *andre]

    def get_changeform_initial_data(self, request):
        forste = self._rekker(request).first()
        valgt = super().get_changeform_initial_data(request)
        return {"rekke": forste and forste.pk} | valgt

    def _rekker(self, request):
        return innenfor(Planrekke.objects.all(), valgt_kommune(request))

    def save_model(self, request, obj, form, change):
        if obj.rekke_id is None:
            obj.rekke = forste_rekke(obj.kommune)
        super().save_model(request, obj, form, change)

    @admin.display(description=_("status"))
    def statusen(self, plan):
        """What the plan has come to, and the pages on which that changes."""
        sider = {
            UTKAST: [("registrer_behandling", _("Registrer behandling"))],
            GJELDENDE: [
                ("ny_plan", _("Ny plan for neste periode")),
                ("plan_avslutt", _("Avslutt planen")),
            ],
        }
        lenker = format_html_join(
            "",
            ' <a href="{}">{}</a>',
            (
                (reverse(f"tiltak:{side}", args=[plan.kommune.slug, plan.slug]), tekst)
                for side, tekst in sider.get(plan.status, [])
            ),
        )
        return format_html("{}{}", plan.get_status_display(), lenker)

    @admin.display(description=_("periode"), ordering="fra_ar")
    def arene(self, plan):
        return plan.periode


@admin.register(Innsatsomrade)
class InnsatsomradeAdmin(PlandelAdmin):
    list_display = ["navn", "kortnavn", "periode", "publisert"]
    flyttes_pa_nettstedet = True
    list_filter = [("plan", KommuneFilter), "publisert"]
    list_select_related = ["plan"]
    search_fields = ["navn", "kortnavn"]
