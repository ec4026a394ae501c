"""Forms of what people look for help with: themes, whom one asks first, the guides and
the text that staff go by."""

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import Dato, EndreForm
from slt.felles.innstillinger import radskjema
from slt.felles.skjemarader import (
    RadForm,
    SideRadFormSet,
    ValgtRad,
    radsett,
)
from slt.felles.skjemaside import Del, Skjema
from slt.models import Kommune
from tiltak.models import Tema, TilAnsatte, TjenesteTema, Veileder, VeilederTema
from tiltak.rediger.forms.valg import MedValg, Valg, Valgrad, valgfelt

# Themes -------------------------------------------------------------------------------

TEMAETS = ["navn", "i_hverdagen", "emne", "sokeord"]


class TemaRad(RadForm):
    class Meta:
        model = Tema
        fields = TEMAETS
        # Said once for all rows.
        help_texts = dict.fromkeys(TEMAETS, "")
        widgets = {"sokeord": forms.Textarea({"rows": 3})}

    @property
    def mer(self):
        return self.instance.i_hverdagen

    @property
    def lenke(self):
        """The way to those who help with it."""
        if self.er_ny:
            return None
        args = [self.instance.kommune.slug, self.instance.pk]
        return reverse("tiltak:tema", args=args), _(
            "Tjenestene som hjelper, i rekkefølge"
        )


class TemaForm(EndreForm):
    class Meta:
        model = Tema
        fields = TEMAETS
        widgets = {"sokeord": forms.Textarea({"rows": 3})}


class TjenestevalgRad(ValgtRad):
    VALGET = "tjeneste"

    class Meta:
        model = TjenesteTema
        fields = ["tjeneste"]


class Tjenestevalg(SideRadFormSet):
    def get_unique_error_message(self, unique_check):
        return _("Tjenesten er allerede ført opp.")


TEMAER = radsett(
    Kommune,
    Tema,
    TemaRad,
    sammenlagt=True,
    hjelp=_(
        "Hverdagsordene er det folk velger mellom på siden «Hvem kan hjelpe?», for "
        "eksempel «Vold og krangling hjemme». Uten dem står temaet ikke der. Søkeordene "
        "er ord folk søker med når de leter etter tiltak om dette, med komma mellom, "
        "for eksempel «skulk, skulker, skulket». De vises ikke på sidene."
    ),
    leggtil=_("Legg til et tema"),
)
TJENESTEVALG = radsett(
    Tema,
    TjenesteTema,
    TjenestevalgRad,
    formset=Tjenestevalg,
    navn=_("tjenestene som hjelper"),
    radnavn=_("tjeneste"),
    hjelp=_("Den man bør spørre først, står først."),
    leggtil=_("Legg til en tjeneste"),
)

temaerskjema = radskjema("temaer", lambda k, data: TEMAER(data, instance=k))


def temaskjema(tema, data):
    """Of one theme, and of those who help with it, in the order in which one asks."""
    alle = tema.kommune.tjenester
    # One that is no more may stay, but not come.
    valgbare = alle.virksomme() | alle.filter(
        pk__in=tema.tjenestevalg.values("tjeneste")
    )
    valgbare = valgbare.order_by("navn__norsk", "pk")
    rader = TJENESTEVALG(
        data,
        instance=tema,
        queryset=TjenesteTema.objects.select_related("tjeneste"),
        form_kwargs={
            "valgene": {t.pk: str(t) for t in valgbare},
            "ny": reverse("tiltak:tjeneste_ny", args=[tema.kommune.slug]),
        },
    )
    deler = [
        Del(
            "",
            [("navn", "i_hverdagen"), "emne", "tjenester", "sokeord", "begrunnelse"],
        )
    ]
    return Skjema(TemaForm(data, instance=tema), {"tjenester": rader}, deler)


# Guides, forms and routines -----------------------------------------------------------


class VeilederRad(MedValg, RadForm):
    temaer = valgfelt(_("temaer"), _("Temaene den hører til."))

    VALGES = {"temaer": Valgrad(VeilederTema, "veileder", "tema")}

    class Meta:
        model = Veileder
        fields = [
            "tittel",
            "type",
            "adresse",
            "eier",
            "revidert",
            "bti_fra",
            "bti_til",
            "trinn",
        ]
        widgets = {"revidert": Dato}

    foldet = [(_("BTI-nivå og trinn"), ["bti_fra", "bti_til", "trinn"])]

    @property
    def mer(self):
        return self.instance.get_type_display()

    def sier_noe(self, felt):
        return felt.value() not in (None, "")


VEILEDERE = radsett(
    Kommune,
    Veileder,
    VeilederRad,
    sammenlagt=True,
    radnavn=_("lenke"),
    hjelp=_(
        "Lenker til det ansatte arbeider etter, der det ligger. Hvilke tiltak de hører "
        "til, velger du på hvert tiltak."
    ),
    leggtil=_("Legg til en lenke"),
)


def _veiledere(kommune, data):
    temaer = Valg(
        VeilederRad.VALGES["temaer"],
        kommune.temaer.all(),
        kommune.veiledere.values_list("pk", flat=True),
    )
    return VEILEDERE(data, instance=kommune, form_kwargs={"valg": {"temaer": temaer}})


veilederskjema = radskjema("veiledere", _veiledere)


# To staff -----------------------------------------------------------------------------

ALLE_TEMAER = _("Alle temaer")


class TilAnsatteRad(RadForm):
    """A text. One that is there keeps its theme: of another, another is written."""

    class Meta:
        model = TilAnsatte
        fields = ["tema", "tekst", "gjennomgatt"]
        labels = {"tema": _("hva den gjelder")}
        help_texts = {"tema": ""}
        widgets = {"gjennomgatt": Dato}

    def __init__(self, *args, temaer, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.er_ny:
            del self.fields["tema"]
            return
        felt = self.fields["tema"]
        felt.queryset = Tema.objects.filter(pk__in=temaer)
        felt.choices = [("", ALLE_TEMAER), *temaer.items()]
        self.initial["gjennomgatt"] = timezone.localdate()

    @property
    def mer(self):
        dagen = date_format(self.instance.gjennomgatt, "j. F Y")
        return _("gjennomgått %s") % dagen


class TilAnsatteRader(SideRadFormSet):
    """One text for all themes, and one for each at most. (A form alone does not check
    constraints with the kommune, which it does not choose.)"""

    def clean(self):
        super().clean()
        borte = [form for form in self.forms if self._should_delete_form(form)]
        star = dict(self.get_queryset().values_list("pk", "tema"))
        for form in borte:
            star.pop(form.instance.pk, None)
        sett = set(star.values())
        for form in self.extra_forms:
            if form in borte or not form.has_changed() or "tema" in form.errors:
                continue
            tema = form.instance.tema_id
            if tema in sett:
                form.add_error("tema", _("Det er allerede en tekst om dette."))
            sett.add(tema)


TIL_ANSATTE = radsett(
    Kommune,
    TilAnsatte,
    TilAnsatteRad,
    formset=TilAnsatteRader,
    sammenlagt=True,
    radnavn=_("tekst"),
    leggtil=_("Legg til en tekst"),
)


def _til_ansatte(kommune, data):
    return TIL_ANSATTE(
        data,
        instance=kommune,
        queryset=TilAnsatte.objects.select_related("tema"),
        form_kwargs={"temaer": {tema.pk: str(tema) for tema in kommune.temaer.all()}},
    )


tilansatteskjema = radskjema("til_ansatte", _til_ansatte)
