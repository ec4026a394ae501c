"""Admin of the plan, and what admin of all that stands in a plan has in common."""

from contextlib import nullcontext
from itertools import chain

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from slt.felles.admin import (
    KommuneAdmin,
    KommuneFilter,
    KommuneStabel,
    innenfor,
)
from slt.felles.adminforms import AdminForm
from slt.felles.arbeidskommune import valgt_kommune
from slt.grunn.historikk import uten_vern
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Malsetting,
    Planrekke,
    Styringsdokument,
)
from tiltak.overgang import til_overs
from tiltak.planlop import avlos, forste_rekke, sjekk_utfort, vedta
from tiltak.publisering import antall_upubliserte

GJELDENDE = Handlingsplan.Status.GJELDENDE
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


class PlandelAdmin(KommuneAdmin):
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
        if "rekke" not in self.fields and self.instance.rekke_id is None:
            self.instance.rekke = self.kommune.planrekker.first()
        if "status" in self.fields and self.instance.pk and not self.instance.er_utkast:
            utkast = Handlingsplan.Status.UTKAST
            self.fields["status"].choices = [
                valg for valg in Handlingsplan.Status.choices if valg[0] != utkast
            ]

    def _get_validation_exclusions(self):
        # The first plan of a kommune gets its rekke when it is saved.
        uten = {"rekke"} if self.instance.rekke_id is None else set()
        # The plan that it builds on makes room when this one is saved.
        avloser = {"status"} if self.avloser else set()
        andre = super()._get_validation_exclusions()
        return andre | (uten - self.fields.keys()) | avloser

    @property
    def avloser(self):
        """Whether it is to hold now in place of the one that it builds on."""
        gjeldende = Handlingsplan.Status.GJELDENDE
        ny, forrige = self.cleaned_data.get("status"), self.instance.bygger_pa
        return (
            ny == gjeldende
            and "status" in self.changed_data
            and forrige is not None
            and forrige.status == gjeldende
            and forrige.rekke_id == self.instance.rekke_id
        )

    @property
    def avloses(self):
        """Whether it is to be superseded, while none takes its place."""
        avlost = self.cleaned_data.get("status") == Handlingsplan.Status.AVLOST
        return avlost and "status" in self.changed_data and self.instance.pk is not None

    # Of what cannot be undone, somebody says that it is meant.
    likevel = forms.BooleanField(
        label=_("Gjør det likevel"),
        required=False,
        help_text=_(
            "Når noe i den forrige planen faller ut, eller når ingen ny plan tar over."
        ),
    )

    def clean(self):
        renset = super().clean()
        if self.avloser:
            try:
                sjekk_utfort(self.instance)
            except ValidationError as feil:
                self.add_error("status", feil)
        if not renset.get("likevel"):
            for tekst in self._faller_ut():
                self.add_error("status", tekst)
        return renset

    def _faller_ut(self):
        """What is lost for good when the status changes as chosen."""
        if self.avloser:
            plan = self.instance
            valgte = plan.overganger.values("fra")
            glemt = til_overs(plan).exclude(pk__in=valgte).count()
            if glemt:
                yield (
                    ngettext(
                        "%d tiltak i den forrige planen er ikke valgt. Se «Overgang», eller "
                        "kryss av for «Gjør det likevel».",
                        "%d tiltak i den forrige planen er ikke valgt. Se «Overgang», eller "
                        "kryss av for «Gjør det likevel».",
                        glemt,
                    )
                    % glemt
                )
            if venter := antall_upubliserte(plan.bygger_pa):
                yield (
                    ngettext(
                        "%d del av den forrige planen er ikke publisert, og blir ikke med. "
                        "Publiser eller slett den først, eller kryss av for «Gjør det "
                        "likevel».",
                        "%d deler av den forrige planen er ikke publisert, og blir ikke med. "
                        "Publiser eller slett dem først, eller kryss av for «Gjør det "
                        "likevel».",
                        venter,
                    )
                    % venter
                )
        elif self.avloses and self.initial.get("status") == GJELDENDE:
            yield _(
                "Ingen ny plan tar over, og en avløst plan kan ikke endres. Sett heller "
                "den nye planen til «Gjeldende»: da avløses denne. Er det slik det skal "
                "være, kryss av for «Gjør det likevel»."
            )


@admin.register(Handlingsplan)
class HandlingsplanAdmin(KommuneAdmin):
    form = HandlingsplanForm
    list_display = ["tittel", "rekke", "arene", "status"]
    list_filter = ["status"]
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
                    "status",
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
            _("Slik ble den til"),
            {"fields": ["utarbeidet_av", "bygger_pa", "bygger_pa_tekst", "del_av"]},
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
        if obj and obj.kan_endres and (obj.bygger_pa_id or not obj.er_utkast):
            felter.insert(felter.index("status") + 1, "likevel")
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
        if form.avloser:
            vedta(obj)
        elif form.avloses:
            avlos(obj)
        else:
            super().save_model(request, obj, form, change)

    def changeform_view(self, request, *args, **kwargs):
        # The one way back of what stands fast.
        with uten_vern() if request.user.is_superuser else nullcontext():
            return super().changeform_view(request, *args, **kwargs)

    def has_change_permission(self, request, obj=None):
        """An administrator may undo the slip by which a plan was superseded."""
        if request.user.is_superuser:
            obj = None
        return super().has_change_permission(request, obj)

    @admin.display(description=_("periode"), ordering="fra_ar")
    def arene(self, plan):
        return plan.periode


@admin.register(Innsatsomrade)
class InnsatsomradeAdmin(PlandelAdmin):
    list_display = ["navn", "kortnavn", "periode", "rekkefolge"]
    list_filter = [("plan", KommuneFilter)]
    list_select_related = ["plan"]
    search_fields = ["navn", "kortnavn"]
