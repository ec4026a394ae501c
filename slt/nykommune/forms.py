"""Forms of a new kommune: what an administrator makes it with, and what its coordinator
takes of the starter set."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import RegelVedFelt
from slt.felles.kommuneadresse import AdresseAvNavn
from slt.felles.startsett import GRUPPER
from slt.grunn.epostadresse import Adressefelt
from slt.grunn.telefon import Telefonfelt
from slt.innstillinger.forms import fargevalg
from slt.models import Bruker, Kommune
from tiltak.models import Handlingsplan, Kontaktpunkt, Tjeneste
from tiltak.rediger.forms.plan import NyPlanForm


class Dekning(models.TextChoices):
    """When the barnevernsvakt answers, as far as that is known."""

    DOGN = "dogn", _("hele døgnet, alle dager")
    ORD = "ord", _("til andre tider, som du skriver under")
    UKJENT = "ukjent", _("ikke kjent ennå")


def _gruppevalg():
    return [(g.nokkel, g.tittel) for g in GRUPPER if not g.i_plan]


class NyKommuneForm(AdresseAvNavn, RegelVedFelt, forms.ModelForm):
    """A new kommune, whom one calls there, and who is to coordinate it."""

    vakt_navn = Tjeneste._meta.get_field("navn").formfield(
        label=_("barnevernsvaktens navn"),
        required=False,
        initial=_("Barnevernsvakten"),
    )
    vakt_telefon = Telefonfelt(
        label=_("barnevernsvaktens telefon"),
        max_length=100,
        required=False,
        help_text=_(
            "Nummeret står sammen med 112 og 113 på alle sider. Tomt felt: "
            "Alarmtelefonen 116 111 står der så lenge."
        ),
    )
    vakt_dekning = forms.ChoiceField(
        label=_("når svarer barnevernsvakten?"),
        choices=Dekning,
        initial=Dekning.UKJENT,
        widget=forms.RadioSelect,
    )
    vakt_tid = Kontaktpunkt._meta.get_field("apningstid_tekst").formfield(
        label=_("andre tider, i ord"),
        help_text=_("For eksempel «kveld og helg» eller «hverdager kl. 15–08»."),
    )
    koordinator = Adressefelt(
        label=_("SLT-koordinatorens e-post"),
        max_length=254,
        required=False,
        help_text=_(
            "Koordinatoren får en e-post med lenke til å velge passord. Tomt felt: "
            "inviter senere, under «Hvem som har tilgang»."
        ),
    )
    startsett = forms.MultipleChoiceField(
        label=_("ta med fra startsettet nå"),
        choices=_gruppevalg,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Det vanligste i hver gruppe. Koordinatoren kan ta med resten, og det planen "
            "trenger, senere."
        ),
    )

    class Meta:
        model = Kommune
        fields = ["navn", "nummer", "slug", "malform", "aksentfarge"]
        widgets = {"malform": forms.RadioSelect, "aksentfarge": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aksentfarge"].choices = fargevalg()

    def clean_koordinator(self):
        epost = self.cleaned_data["koordinator"]
        bruker = Bruker.objects.med_epost(epost).first() if epost else None
        if epost and bruker is None:
            Bruker._meta.get_field("epost").run_validators(epost)
        elif bruker and not bruker.is_active:
            raise ValidationError(_("Brukeren er stengt. Åpne den først."))
        return epost

    def clean_vakt_navn(self):
        """The name that stands there to begin with is in the language of the kommune."""
        navn = self.cleaned_data["vakt_navn"]
        forslag = self.fields["vakt_navn"].initial
        if navn != str(forslag):
            return navn
        with override(self.cleaned_data.get("malform")):
            return str(forslag)

    def clean(self):
        renset = super().clean()
        if renset.get("vakt_telefon"):
            if not renset.get("vakt_navn") and "vakt_navn" in renset:
                self.add_error("vakt_navn", _("Skriv hva vakten heter."))
        elif "vakt_telefon" in renset and self._har_tid(renset):
            self.add_error(
                "vakt_telefon",
                _("Skriv nummeret som vakten svarer på, eller velg «ikke kjent ennå»."),
            )
        if "vakt_tid" in renset and "vakt_dekning" in renset:
            self._sjekk_tiden(renset)
        return renset

    @staticmethod
    def _har_tid(renset):
        return renset.get("vakt_dekning") in {Dekning.DOGN, Dekning.ORD}

    def _sjekk_tiden(self, renset):
        i_ord = renset["vakt_dekning"] == Dekning.ORD
        if i_ord and not renset["vakt_tid"]:
            self.add_error("vakt_tid", _("Skriv når vakten svarer."))
        elif renset["vakt_tid"] and not i_ord:
            self.add_error(
                "vakt_dekning",
                _("Du har skrevet andre tider. Velg dem her, eller ta dem bort."),
            )


class StartplanForm(NyPlanForm):
    """The draft that chapters and innsatsområder are put into."""

    class Meta(NyPlanForm.Meta):
        fields = ["tittel", "fra_ar", "til_ar"]


def startplanskjema(kommune, data):
    """The form of a draft in the main rekke, or in the first one that the kommune gets."""
    rekke = kommune.planrekker.order_by("-hoved", "pk").first()
    i_ar = timezone.localdate().year
    begynn = {
        "tittel": gettext("Handlingsplan for SLT i %s") % kommune,
        "fra_ar": i_ar + 1,
        "til_ar": i_ar + 4,
    }
    plan = Handlingsplan(kommune=kommune, rekke=rekke)
    return StartplanForm(data, instance=plan, initial=begynn, prefix="plan")


UTEN_UTKAST = _(
    "Kapitlene og innsatsområdene du har krysset av for, må stå i en plan. Kryss av her, "
    "eller fjern haken ved dem."
)


class StartsettForm(forms.Form):
    """What is taken, and whether a draft is to be made for what belongs to a plan.

    Args:
        plan: the draft that is there, or None.
        begynner: whether the kommune has no plan at all: then a draft is proposed, too.
    """

    valg = forms.MultipleChoiceField(required=False)
    lag_plan = forms.BooleanField(required=False, label=_("lag et utkast til plan nå"))

    def __init__(self, *args, plan, begynner=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan, self.begynner = plan, begynner
        if plan is not None:
            del self.fields["lag_plan"]
        self.fields["valg"].choices = [
            (f"{gruppe.nokkel}:{ting.nokkel}", ting.navn)
            for gruppe in GRUPPER
            for ting in gruppe.ting
        ]
        self.fields["valg"].error_messages["invalid_choice"] = _(
            "Noe av det du valgte, finnes ikke lenger. Se over, og velg på nytt."
        )

    def clean(self):
        renset = super().clean()
        if not self.errors and not renset["valg"] and not renset.get("lag_plan"):
            raise ValidationError(_("Kryss av for det dere vil ta med."))
        if "lag_plan" in self.fields and not renset.get("lag_plan"):
            planens = {gruppe.nokkel for gruppe in GRUPPER if gruppe.i_plan}
            if any(n.partition(":")[0] in planens for n in renset.get("valg", [])):
                self.add_error("lag_plan", UTEN_UTKAST)
        return renset

    @property
    def skal_lage_plan(self):
        """Whether its box stands crossed: as it was sent, or to begin with."""
        if "lag_plan" not in self.fields:
            return False
        return bool(self.data.get("lag_plan") if self.is_bound else self.begynner)

    def er_valgt(self, gruppe, ting):
        """The same of a thing. What belongs to a plan has to have one."""
        if not self.is_bound:
            har_plan = self.plan is not None or self.begynner
            return ting.valgt and (har_plan or not gruppe.i_plan)
        return f"{gruppe.nokkel}:{ting.nokkel}" in self.data.getlist("valg")
