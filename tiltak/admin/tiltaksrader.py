"""Rows that are edited on the page of a tiltak: its places, who answers for it, whom it is
for, and what else belongs to it."""

from collections import Counter, defaultdict
from itertools import chain

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import (
    KommuneInline,
    KommuneStabel,
)
from slt.felles.adminforms import AdminForm, RadFormSet
from slt.grunn.historikk import sjekk_vern
from tiltak.models import (
    Ansvar,
    Finansiering,
    Innsatsomrade,
    Lenke,
    Malgruppe,
    Overgang,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    TiltakVeileder,
)
from tiltak.nummer import uten_hull
from tiltak.rediger.forms.ansvar import AnsvarForm

from .plan import (
    APNE,
    PlandelForm,
)


class PlasseringForm(AdminForm):
    """A place in the plan; without a number it takes the next free one. In a draft, the
    others make room for it."""

    regler_for_alle_radene = ["plassering_en_hoved_per_plan"]

    class Meta:
        help_texts = {
            "nummer": _(
                "Tomt gir neste ledige nummer. Er nummeret opptatt i et utkast, flytter de "
                "andre seg."
            ),
            "hoved": _("Der tiltaket står i planen og i PDF-en."),
        }
        widgets = {
            "merknad": forms.TextInput({"class": "vTextField"}),
            "forankring": forms.Textarea({"rows": 2, "cols": 30}),
        }

    def clean(self):
        renset = super().clean()
        omrade, tiltak = renset.get("innsatsomrade"), renset.get("tiltak")
        if omrade and tiltak and tiltak.plan_id:
            # The row's own check sees a new tiltak too late.
            try:
                Plassering.sjekk(tiltak, omrade)
            except ValidationError as feil:
                self.add_error(None, feil)
        return renset


class PlasseringFormSet(RadFormSet):
    """The places of one tiltak, of which one in each plan is the main one."""

    def clean(self):
        super().clean()
        if any("innsatsomrade" in skjema.errors for skjema in self.forms):
            # First where it stands, then which of the places is the main one.
            return
        rader = [
            skjema.cleaned_data
            for skjema in self.forms
            if skjema.is_valid() and skjema.cleaned_data.get("innsatsomrade")
        ]
        self._sjekk_slettede()
        self._slipp_hoved()
        antall = Counter()
        for rad in rader:
            if not rad.get("DELETE"):
                antall[rad["innsatsomrade"].plan_id] += rad["hoved"]
        if any(hovedplasser != 1 for hovedplasser in antall.values()):
            raise ValidationError(
                _("Kryss av for hovedplassering ved én av plasseringene.")
                if len(antall) == 1
                else _(
                    "Kryss av for hovedplassering ved én av plasseringene i hver plan."
                )
            )

    def _slipp_hoved(self):
        """A new row says that it is the main place unless somebody takes that away; where
        the plan has one, it is not."""
        planer = Counter(_hovedplan(form) for form in self.forms)
        for form in reversed(self.extra_forms):
            if planer[_hovedplan(form)] > 1 and _hovedplan(form):
                planer[_hovedplan(form)] -= 1
                form.cleaned_data["hoved"] = form.instance.hoved = False

    def _sjekk_slettede(self):
        for form in self.deleted_forms:
            if form.instance.pk:
                sjekk_vern([form.instance], sletting=True)

    def save(self, commit=True):
        with uten_hull(self.instance):
            return super().save(commit)


def _hovedplan(form):
    """The plan in which the row is to be the main place, or None."""
    renset = getattr(form, "cleaned_data", {})
    omrade = renset.get("innsatsomrade")
    er_hoved = omrade and renset.get("hoved") and not renset.get("DELETE")
    return omrade.plan_id if er_hoved else None


class PlasseringInline(KommuneStabel):
    """The places, in its own plan and in others that can be changed."""

    model = Plassering
    form = PlasseringForm
    formset = PlasseringFormSet
    verbose_name_plural = _("plass i planen")
    fields = [("innsatsomrade", "nummer", "hoved"), ("merknad", "forankring")]

    plan = None  # not known while the tiltak is new

    def get_formset(self, request, obj=None, **kwargs):
        self.plan = getattr(obj, "plan", None)
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "innsatsomrade":
            omrader = Innsatsomrade.objects.filter(plan__in=APNE.all())
            if self.plan:
                # To the next plan of its own rekke it is taken over.
                andre = ~Q(plan__rekke=self.plan.rekke_id)
                omrader = omrader.filter(andre | Q(plan=self.plan))
            kwargs["queryset"] = omrader
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def valg(self, felt):
        """By plan, where there are several."""
        omrader = felt.queryset.select_related("plan").order_by("plan", "rekkefolge")
        per_plan = defaultdict(list)
        for omrade in omrader:
            per_plan[str(omrade.plan)].append((omrade.pk, str(omrade)))
        if len(per_plan) < 2:
            return [("", felt.empty_label), *chain(*per_plan.values())]
        return [("", felt.empty_label), *per_plan.items()]


class PaStedInline:
    """Rows of a tiltak that may hold at one further place alone: where it has one."""

    def get_formset(self, request, obj=None, **kwargs):
        self.steder = _ekstra_plasser(obj)
        return super().get_formset(request, obj, **kwargs)

    def get_fields(self, request, obj=None):
        felter = super().get_fields(request, obj)
        return [*felter, "plassering"] if _ekstra_plasser(obj) else felter

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "plassering":
            steder = [sted.pk for sted in self.steder]
            kwargs["queryset"] = Plassering.objects.filter(pk__in=steder)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def valg(self, felt):
        if felt.queryset.model is not Plassering:
            return super().valg(felt)
        navn = [(sted.pk, f"{sted} ({sted.plan})") for sted in self.steder]
        return [("", _("overalt")), *navn]


def _ekstra_plasser(tiltak):
    if tiltak is None:
        return []
    steder = tiltak.plasseringer.select_related("innsatsomrade", "plan", "tiltak")
    return [sted for sted in steder if sted.er_ekstra]


class MalgruppeInline(PaStedInline, KommuneStabel):
    model = Malgruppe
    fields = [
        "tekst",
        ("alder_fra", "alder_til", "trinn_fra", "trinn_til"),
        "rekkefolge",
    ]


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


class AnsvarradFormSet(RadFormSet):
    def validate_unique(self):
        """Each tjeneste once, for each place that is named. (Django leaves constraints
        with a condition to the database.)"""
        super().validate_unique()
        sett: set[tuple] = set()
        for form in self.forms:
            if form in self.deleted_forms or not form.is_valid():
                continue
            hvor = form.instance.plassering_id, form.instance.tjeneste_id
            if hvor in sett:
                form.add_error(None, self.get_form_error())
                raise ValidationError(self.get_unique_error_message(TJENESTEN))
            if hvor[1] is not None:
                sett.add(hvor)


TJENESTEN = ("tiltak", "tjeneste")


class AnsvarInline(PaStedInline, KommuneStabel):
    model = Ansvar
    formset = AnsvarradFormSet
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
        punkter = [p for p in ansvar.valgbare_kontaktpunkter if p.pk in valgte]
        return ", ".join(map(_kontakt, punkter)) or _("tjenestens hovedkontakter")


def _kontakt(punkt):
    """A contact point on the page of its tjeneste, which need not be named again."""
    return f"{punkt.etikett or punkt.get_type_display()} {punkt.visning}"


class LenkeInline(KommuneInline):
    model = Lenke
    fields = ["tittel", "adresse", "rekkefolge"]


class FinansieringInline(KommuneInline):
    model = Finansiering
    classes = ["collapse"]
    fields = ["slag", "fra", "belop", "arstall", "publisert"]


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


class TiltakVeilederInline(KommuneInline):
    model = TiltakVeileder
    verbose_name = _("veileder, skjema eller rutine")
    verbose_name_plural = _("veiledere, skjema og rutiner")
    classes = ["collapse"]
    fields = ["veileder"]


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

    def get_queryset(self, request):
        # Not from where it was a guest before the plan got it for its own.
        rader = super().get_queryset(request)
        return rader.filter(fra__plan=F("ny_plan__bygger_pa"))

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
