"""The form of a report, and what a new one proposes."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluering.models import Rapport
from evaluering.rapporter.innhold import mulige
from moter.endret import siste_politirad
from moter.models import Forum, Mote
from slt.felles.forms import Dato, NyEllerEndretForm
from slt.felles.skjemaside import Del, Skjema
from slt.models import Kommune
from tiltak.models import Handlingsplan, Tjeneste

Slag = Rapport.Slag


def holdte_moter(kommune: Kommune, bruker):
    """The meetings that may be chosen: held, of fora that the user sees."""
    moter = Mote.objects.synlige_for(bruker).holdes()
    moter = moter.filter(
        forum__in=Forum.objects.all().i(kommune), slutt__lte=timezone.now()
    )
    return moter.select_related("forum").order_by("-start", "-pk")


class Motevalg(forms.ModelChoiceField):
    default_error_messages = {
        "invalid_choice": gettext_lazy(
            "Møtet er avlyst eller slettet, eller du kan ikke se det. Velg et annet."
        )
    }

    def label_from_instance(self, obj):
        return f"{obj.forum}, {date_format(obj.dag, 'j. F Y')}"


class NyRapportForm(forms.Form):
    """What is to be reported; the rest is proposed."""

    slag = forms.ChoiceField(label=gettext_lazy("Hva slags rapport?"))
    tjeneste = forms.ModelChoiceField(
        Tjeneste.objects.none(),
        label=gettext_lazy("Bare om én tjeneste"),
        required=False,
        empty_label=gettext_lazy("Hele arbeidet"),
        help_text=gettext_lazy("Bare for en årsrapport."),
    )

    def __init__(self, *args, kommune, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slag"].choices = [(s, capfirst(s.label)) for s in Slag]
        tjenester = Tjeneste.objects.filter(kommune=kommune).order_by("navn__norsk")
        self.fields["tjeneste"].queryset = tjenester

    def clean(self):
        renset = super().clean()
        if renset.get("tjeneste") and renset.get("slag") not in (None, Slag.AR):
            self.add_error("tjeneste", _("Bare en årsrapport er om én tjeneste."))
        return renset


def foreslatt(kommune: Kommune, bruker, slag: str, tjeneste=None) -> Rapport:
    """A report that is not stored, with the period and the title that people expect: the
    last whole year, or what went by since the politiråd met."""
    i_dag = timezone.localdate()
    rapport = Rapport(kommune=kommune, slag=slag, tjeneste=tjeneste)
    rapport.plan = Handlingsplan.objects.gjeldende_i(kommune)
    if slag == Slag.AR:
        aret = i_dag.year if i_dag.month > 10 else i_dag.year - 1
        rapport.fra_dato, rapport.til_dato = date(aret, 1, 1), date(aret, 12, 31)
        om = {"ar": aret, "navn": tjeneste or _("SLT-arbeidet")}
        rapport.tittel = _("Årsrapport %(ar)d: %(navn)s") % om
    else:
        siste = siste_politirad(kommune, bruker) if slag == Slag.STATUS else None
        if siste:
            rapport.siden = Mote.objects.get(pk=siste.nokkel.partition("-")[2])
            rapport.fra_dato = timezone.localtime(siste.begynte).date()
        else:
            rapport.fra_dato = date(i_dag.year, 1, 1)
        rapport.til_dato = i_dag
        dato = {"dato": date_format(i_dag, "j. F Y")}
        if slag == Slag.STATUS:
            rapport.tittel = _("Status i SLT-arbeidet %(dato)s") % dato
        else:
            rapport.tittel = _("Orientering om SLT-arbeidet %(dato)s") % dato
    rapport.kapitler = [k.nokkel for k in mulige(rapport)]
    return rapport


class RapportForm(NyEllerEndretForm):
    kapitler = forms.MultipleChoiceField(
        label=gettext_lazy("Kapitler"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Et kapittel som ikke har noe å si, kommer ikke med."),
    )
    siden = Motevalg(
        Mote.objects.none(),
        label=gettext_lazy("Vis hva som er endret siden"),
        required=False,
        empty_label=gettext_lazy("Den første dagen i perioden"),
    )

    class Meta:
        model = Rapport
        fields = ["tittel", "fra_dato", "til_dato", "plan", "siden"]
        fields += ["bes_om", "innledning", "kapitler"]
        widgets = {"fra_dato": Dato, "til_dato": Dato}

    def __init__(self, *args, bruker, **kwargs):
        super().__init__(*args, **kwargs)
        rapport = self.instance
        planer = rapport.kommune.planer.exclude(status=Handlingsplan.Status.UTKAST)
        self.fields["plan"].queryset = planer.order_by("-fra_ar", "pk")
        self.fields["siden"].queryset = holdte_moter(rapport.kommune, bruker)
        self.fields["kapitler"].choices = [
            (k.nokkel, k.tittel) for k in mulige(rapport)
        ]
        if not rapport.til_politiradet:
            del self.fields["siden"], self.fields["bes_om"]


def rapportskjema(rapport, data, *, bruker):
    skjema = RapportForm(data, instance=rapport, bruker=bruker)
    til_radet = ["siden", "bes_om"] if rapport.til_politiradet else []
    deler = [
        Del("", ["tittel", ("fra_dato", "til_dato"), "plan", *til_radet, "innledning"]),
        Del("", ["kapitler"]),
    ]
    if rapport.pk:
        deler.append(Del("", ["begrunnelse"]))
    return Skjema(skjema, {}, deler)
