"""Forms of the plan itself, its chapters and its innsatsområder."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import Dato, EndreForm
from slt.felles.skjemarader import RadForm, radsett
from slt.felles.skjemaside import Del, Skjema
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Malsetting,
    Styringsdokument,
)
from tiltak.planlop import forste_rekke
from tiltak.rediger.forms.tiltak import MalsettingForm


class PlandelForm(EndreForm):
    """What stands in a plan. In a draft nobody asks why."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.plan.er_utkast or self.instance.pk is None:
            del self.fields["begrunnelse"]


class KapittelForm(PlandelForm):
    class Meta:
        model = Kapittel
        fields = ["tittel", "tekst", "figur"]
        help_texts = {
            "figur": format_lazy(
                "{} {}",
                Kapittel._meta.get_field("figur").help_text,
                _(
                    "Pyramiden har tre trinn: tiltak for alle nederst, for grupper med "
                    "større risiko i midten, og for dem som har vansker, øverst."
                ),
            )
        }


class InnsatsomradeForm(PlandelForm):
    class Meta:
        model = Innsatsomrade
        fields = ["navn", "kortnavn", "tekst"]


class PlanForm(EndreForm):
    """What a plan says of itself. What it has come to is registered."""

    class Meta:
        model = Handlingsplan
        fields = [
            "tittel",
            "fra_ar",
            "til_ar",
            "ingress",
            "alder_fra",
            "alder_til",
            "malgruppe_tekst",
            "utarbeidet_av",
            "bygger_pa_tekst",
            "hull_er_publisert",
        ]
        widgets = {
            "ingress": forms.Textarea({"rows": 4}),
            "utarbeidet_av": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.er_utkast:
            del self.fields["begrunnelse"]
        if self.instance.bygger_pa_id:
            self.fields.pop("bygger_pa_tekst", None)


class NyPlanForm(PlanForm):
    """What a plan is begun with."""

    class Meta(PlanForm.Meta):
        fields = ["tittel", "fra_ar", "til_ar", "ingress"]

    def _get_validation_exclusions(self):
        # The first plan of a kommune gets its rekke when it is saved.
        uten = {"rekke"} if self.instance.rekke_id is None else set()
        return super()._get_validation_exclusions() | uten

    def save(self, commit=True):
        if self.instance.rekke_id is None:
            self.instance.rekke = forste_rekke(self.instance.kommune)
        return super().save(commit)


class StyringsdokumentForm(RadForm):
    class Meta:
        model = Styringsdokument
        fields = [
            "tittel",
            "forhold",
            "art",
            "lenke",
            "fra_ar",
            "til_ar",
            "vedtatt",
            "revideres",
            "parter",
            "inngatt",
            "utloper",
            "tekst",
        ]
        widgets = {
            "inngatt": Dato,
            "utloper": Dato,
            "tekst": forms.Textarea({"rows": 2}),
        }

    foldet = [
        (
            _("Mer om dokumentet"),
            [
                "fra_ar",
                "til_ar",
                "vedtatt",
                "revideres",
                "parter",
                "inngatt",
                "utloper",
                "tekst",
            ],
        )
    ]

    def __init__(self, *args, kommune, **kwargs):
        self.kommune = kommune
        super().__init__(*args, **kwargs)


NY_MALSETTING = _("Legg til en målsetting")
OMRADETS_MALSETTINGER = radsett(
    Innsatsomrade, Malsetting, MalsettingForm, leggtil=NY_MALSETTING
)
PLANENS_MALSETTINGER = radsett(
    Handlingsplan, Malsetting, MalsettingForm, leggtil=NY_MALSETTING
)
STYRINGSDOKUMENTER = radsett(
    Handlingsplan,
    Styringsdokument,
    StyringsdokumentForm,
    leggtil=_("Legg til et dokument"),
)


def kapittelskjema(kapittel, data):
    deler = [Del("", ["tittel", "tekst", "figur", "begrunnelse"])]
    return Skjema(KapittelForm(data, instance=kapittel), {}, deler)


def omradeskjema(omrade, data):
    rader = {
        "malsettinger": OMRADETS_MALSETTINGER(
            data,
            instance=omrade,
            form_kwargs={"plan": omrade.plan},
            kan_slettes=omrade.plan.kan_slettes,
        )
    }
    deler = [Del("", [("navn", "kortnavn"), "tekst", "malsettinger", "begrunnelse"])]
    return Skjema(InnsatsomradeForm(data, instance=omrade), rader, deler)


def nyplanskjema(plan, data):
    deler = [Del("", ["tittel", ("fra_ar", "til_ar"), "ingress"])]
    return Skjema(NyPlanForm(data, instance=plan), {}, deler)


def planskjema(plan, data):
    egne = Malsetting.objects.filter(tiltak=None, innsatsomrade=None)
    rader = {
        "malsettinger": PLANENS_MALSETTINGER(
            data,
            instance=plan,
            queryset=egne,
            form_kwargs={"plan": plan},
            kan_slettes=plan.kan_slettes,
        ),
        "styringsdokumenter": STYRINGSDOKUMENTER(
            data,
            instance=plan,
            form_kwargs={"kommune": plan.kommune},
            kan_slettes=plan.kan_slettes,
        ),
    }
    deler = [
        Del("", ["tittel", ("fra_ar", "til_ar"), "ingress"]),
        Del(_("Hvem planen er for"), [("alder_fra", "alder_til"), "malgruppe_tekst"]),
        Del(_("Hva planen vil oppnå"), ["malsettinger"]),
        Del(_("Hva planen bygger på"), ["bygger_pa_tekst", "styringsdokumenter"]),
        Del(_("Mer"), ["utarbeidet_av", "hull_er_publisert"], lukket=True),
        Del("", ["begrunnelse"]),
    ]
    return Skjema(PlanForm(data, instance=plan), rader, deler)
