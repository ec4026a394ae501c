"""Forms of the kommune itself, of its lokalområder and of its steder."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import EndreForm
from slt.felles.innstillinger import radskjema
from slt.felles.skjemarader import RadForm, ValgtRad, radsett
from slt.felles.skjemaside import Del, Skjema
from slt.models import Kommune, Lokalomrade, Sted, Stedsdel

# What a kommune says of each level of the SLT model.
NAVN = [f"{niva}_navn" for niva in Kommune.Niva]
HVEM = [f"{niva}_tekst" for niva in Kommune.Niva]


def fargevalg():
    """The colours to choose among, each beside its name."""
    prove = '<span class="fargeprove" data-aksent="{}"></span>{}'
    return [
        (verdi, format_html(prove, verdi, navn))
        for verdi, navn in Kommune.Aksentfarge.choices
    ]


class OmKommunenForm(EndreForm):
    """What coordinators keep of the kommune. What it is called, where it stands in links
    and whose e-mail lets them in, is the administrator's."""

    class Meta:
        model = Kommune
        fields = [
            "telefon",
            "epost",
            "nettsted",
            "malform",
            "aksentfarge",
            "personvern",
            "tilgjengelighetserklaering",
            "kunnskapshull_er_publisert",
            "deler_tiltak",
            "viser_navn",
            "slt_koordinator_navn",
            "politikontakt_navn",
            *NAVN,
            *HVEM,
        ]
        help_texts = {
            **dict.fromkeys(
                NAVN, _("Det dere kaller nivået. Tomt: navnet fra modellen.")
            ),
            **dict.fromkeys(HVEM, _("Organer og funksjoner, ikke navn på personer.")),
        }
        widgets = {"malform": forms.RadioSelect, "aksentfarge": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aksentfarge"].choices = fargevalg()


class LokalomradeRad(RadForm):
    class Meta:
        model = Lokalomrade
        fields = ["navn"]


class _MedLokalomrade:
    """A form of a sted, which chooses among the lokalområder that are given: the same for
    every form of the page, asked for once."""

    def __init__(self, *args, lokalomrader, **kwargs):
        self.lokalomrader = {o.pk: str(o) for o in lokalomrader}
        super().__init__(*args, **kwargs)
        if not lokalomrader:
            del self.fields["lokalomrade"]
            return
        felt = self.fields["lokalomrade"]
        felt.queryset = Lokalomrade.objects.filter(pk__in=self.lokalomrader)
        felt.choices = [("", _("Ingen")), *self.lokalomrader.items()]


STEDETS = ["navn", "type", "lokalomrade", "adresse"]


class StedRad(_MedLokalomrade, RadForm):
    class Meta:
        model = Sted
        fields = STEDETS
        help_texts = {"lokalomrade": ""}

    @property
    def mer(self):
        omrade = self.lokalomrader.get(self.instance.lokalomrade_id)
        return ", ".join(filter(None, [self.instance.get_type_display(), omrade]))

    @property
    def lenke(self):
        """The way to the steder that it is made of."""
        if self.er_ny or self.instance.type != Sted.Type.FLERE:
            return None
        args = [self.instance.kommune.slug, self.instance.pk]
        return reverse("innstillinger_sted", args=args), _("Stedene det består av")


class StedForm(_MedLokalomrade, EndreForm):
    class Meta:
        model = Sted
        fields = STEDETS


class StedsdelRad(ValgtRad):
    VALGET = "sted"

    class Meta:
        model = Stedsdel
        fields = ["sted"]


LOKALOMRADER = radsett(
    Kommune, Lokalomrade, LokalomradeRad, leggtil=_("Legg til et lokalområde")
)
STEDER = radsett(Kommune, Sted, StedRad, sammenlagt=True, leggtil=_("Legg til et sted"))
STEDSDELER = radsett(
    Sted,
    Stedsdel,
    StedsdelRad,
    fk_name="helhet",
    leggtil=_("Legg til et sted det består av"),
)


def kommuneskjema(kommune, data):
    deler = [
        Del(_("Slik når folk kommunen"), [("telefon", "epost"), "nettsted"]),
        Del(_("Slik ser sidene ut"), ["malform", "aksentfarge"]),
        Del(
            _("Det folk skal kunne lese"),
            ["personvern", "tilgjengelighetserklaering", "kunnskapshull_er_publisert"],
        ),
        Del(
            _("Navn på to kontakter"),
            ["viser_navn", ("slt_koordinator_navn", "politikontakt_navn")],
        ),
        Del(_("Tiltaksbanken"), ["deler_tiltak"]),
        Del(_("Nivåene i SLT-modellen"), list(zip(NAVN, HVEM, strict=True))),
        Del("", ["begrunnelse"]),
    ]
    return Skjema(OmKommunenForm(data, instance=kommune), {}, deler)


lokalomradeskjema = radskjema(
    "lokalomrader", lambda kommune, data: LOKALOMRADER(data, instance=kommune)
)


def _steder(kommune, data):
    valg = {"lokalomrader": list(kommune.lokalomrader.all())}
    return STEDER(data, instance=kommune, form_kwargs=valg)


stederskjema = radskjema("steder", _steder)


def stedskjema(sted, data):
    """Of one sted, and where it is several others together: of those."""
    kommune, rader = sted.kommune, {}
    if sted.type == Sted.Type.FLERE:
        andre = kommune.steder.exclude(type=Sted.Type.FLERE)
        valg = {
            "valgene": {annet.pk: str(annet) for annet in andre},
            "ny": reverse("innstillinger_steder", args=[kommune.slug]),
        }
        rader["deler"] = STEDSDELER(data, instance=sted, form_kwargs=valg)
    form = StedForm(data, instance=sted, lokalomrader=list(kommune.lokalomrader.all()))
    deler = [
        Del("", [("navn", "type"), ("lokalomrade", "adresse"), "deler", "begrunnelse"])
    ]
    return Skjema(form, rader, deler)
