"""Forms for who reads a draft, and for sending it on høring."""

from datetime import timedelta
from operator import attrgetter

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from moter.models import Forum, Forumsmedlem, Planleser
from slt.felles.forms import Dato, FlereRader, KommuneForm, SettForm
from slt.grunn.historikk import opprett_mange
from tiltak.models import Horing, Planlenke, Tjeneste

ET_AR, SEKS_UKER = timedelta(days=365), timedelta(weeks=6)
FLEST_MOTTAKERE = 200


def valgbare_fora(plan):
    """Those of the kommune that are at work, and those that read the plan already."""
    fora = Forum.objects.filter(kommune=plan.kommune)
    return fora.virksomme() | fora.filter(planlesere__plan=plan)


class ForaForm(forms.Form):
    """Which fora read the draft."""

    fora = FlereRader(
        Forum.objects.none(),
        label=_("Fora som leser utkastet"),
        help_text=_(
            "Medlemmene leser det når de er logget inn, og kan gi innspill. Et forum der "
            "ingen kan logge inn, gir du heller en lenke i en høring."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        felt = self.fields["fora"]
        felt.queryset = valgbare_fora(plan).distinct()
        felt.label_from_instance = self._med_antall
        self.lesere = {leser.forum_id: leser for leser in plan.planlesere.all()}
        felt.initial = list(self.lesere)
        seter = Forumsmedlem.objects.gyldige().exclude(bruker=None).order_by()
        per_forum = seter.filter(forum__kommune=plan.kommune).values_list("forum")
        self.antall = dict(per_forum.annotate(Count("bruker", distinct=True)))

    def _med_antall(self, forum):
        antall = self.antall.get(forum.pk, 0)
        if not antall:
            return _("%s (ingen medlemmer kan logge inn ennå)") % forum
        return ngettext(
            "%(forum)s (%(antall)d medlem kan logge inn)",
            "%(forum)s (%(antall)d medlemmer kan logge inn)",
            antall,
        ) % {"forum": forum, "antall": antall}

    def lagre(self):
        valgte = {forum.pk: forum for forum in self.cleaned_data["fora"]}
        for pk, leser in self.lesere.items():
            if pk not in valgte:
                leser.delete()
        for pk, forum in valgte.items():
            if pk not in self.lesere:
                Planleser(forum=forum, plan=self.plan).save()


class PlanlenkeForm(KommuneForm):
    """A link to the draft for one reader."""

    class Meta:
        model = Planlenke
        fields = ["mottaker", "til", "horing"]
        widgets = {"til": Dato}
        help_texts = {
            "til": _("Tomt betyr at lenken gjelder til du trekker den tilbake."),
            "horing": _("Velg høringen hvis mottakeren skal svare innen fristen der."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["til"] = timezone.localdate() + ET_AR
        horinger = Horing.objects.filter(plan=self.instance.plan)
        self.fields["horing"].queryset = horinger
        self.fields["horing"].label_from_instance = attrgetter("perioden")
        if not horinger:
            del self.fields["horing"]


class HoringForm(KommuneForm):
    """A høring: its window, what is asked, and who gets a link of their own."""

    tjenester = FlereRader(
        Tjeneste.objects.none(),
        label=_("Tjenester som skal ha lenke"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fora = FlereRader(
        Forum.objects.none(),
        label=_("Fora som skal ha lenke"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    andre = forms.CharField(
        label=_("Andre som skal ha lenke"),
        help_text=_("Én på hver linje. Ikke navn på personer."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        required=False,
    )

    class Meta:
        model = Horing
        fields = ["fra", "til", "sporsmal"]
        widgets = {
            "fra": Dato,
            "til": Dato,
            "sporsmal": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["til"] = timezone.localdate() + SEKS_UKER
        self.initial["andre"] = _("Ungdomsrådet")
        self.fields["tjenester"].queryset = plan.kommune.tjenester.virksomme()
        self.fields["fora"].queryset = plan.kommune.fora.virksomme()

    def clean_til(self):
        til = self.cleaned_data["til"]
        if til < timezone.localdate():
            raise ValidationError(_("Fristen er passert."))
        return til

    def clean_andre(self):
        felt = Planlenke._meta.get_field("mottaker")
        linjer = self.cleaned_data["andre"].splitlines()
        return [felt.clean(linje, None) for linje in linjer if linje.strip()]

    def clean(self):
        renset = super().clean()
        if len(self.mottakere) > FLEST_MOTTAKERE:
            raise ValidationError(
                _("Velg høyst %d mottakere om gangen.") % FLEST_MOTTAKERE
            )
        return renset

    @property
    def mottakere(self):
        """The names of those who get a link, each once."""
        lengst = Planlenke._meta.get_field("mottaker").max_length
        valgt = self.cleaned_data
        navn = [
            *(
                str(rad)[:lengst]
                for f in ("tjenester", "fora")
                for rad in valgt.get(f, ())
            ),
            *valgt.get("andre", ()),
        ]
        return list({ett.casefold(): ett for ett in reversed(navn)}.values())[::-1]

    def lagre(self):
        """Saves the høring and its links; returns [(who it is for, key)]."""
        horing = self.save()
        # So long they read what became of what they said.
        lenker = [
            Planlenke(
                plan=horing.plan, horing=horing, mottaker=navn, til=horing.til + ET_AR
            )
            for navn in self.mottakere
        ]
        nokler = [lenke.gi_nokkel() for lenke in lenker]
        opprett_mange(lenker)
        return [(lenke.mottaker, n) for lenke, n in zip(lenker, nokler, strict=True)]


class HoringEndreForm(SettForm):
    """The window and the question of a høring; prolongs it, or ends it early."""

    class Meta:
        model = Horing
        fields = ["til", "sporsmal"]
        widgets = {"til": Dato, "sporsmal": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "til": _(
                "Den siste dagen teller med. Velg en dag som er gått, for å avslutte nå."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.fra >= timezone.localdate():
            # No day on which it could have ended is gone.
            self.fields["til"].help_text = _(
                "Den siste dagen teller med. Skal høringen ikke være åpen likevel, "
                "trekker du lenkene tilbake på siden «Lesere og høring»."
            )

    def clean(self):
        super().clean()
        if self.er_foreldet:
            self.avvis_foreldet()
        return self.cleaned_data
