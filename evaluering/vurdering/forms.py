"""The forms of an evaluation: what it is of, its four questions and its milestones, and
what it says of one tiltak."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evaluering.models import Evaluering, Milepal, Tiltaksvurdering
from evaluering.vurdering.forhandsutfylt import (
    AV_TILTAKET,
    SPORSMAL,
    Kjent,
    er_urort,
    merke,
    merker,
)
from slt.felles.forms import Dato, EndreForm, NyEllerEndretForm
from slt.felles.skjemarader import RadForm, radsett
from slt.felles.skjemaside import Del, Skjema
from slt.grunn.identitetsnummer import avvis_identitetsnummer
from tiltak.models import Handlingsplan, Tiltak

Slag = Evaluering.Slag


class GjelderForm(forms.Form):
    """What is to be evaluated: one choice, of which the title and the period follow."""

    gjelder = forms.ChoiceField(
        label=_("Hva skal evalueres?"),
        error_messages={"invalid_choice": _("Velg noe fra listen.")},
    )

    def __init__(self, *args, kommune, **kwargs):
        super().__init__(*args, **kwargs)
        self.kommune = kommune
        planer = kommune.planer.exclude(status=Handlingsplan.Status.UTKAST)
        tiltakene = Tiltak.objects.filter(kommune=kommune, overordnet=None)
        tiltakene = tiltakene.exclude(plan__status=Handlingsplan.Status.UTKAST)
        # On a narrow screen, the end of a choice is cut.
        slag = [(Slag.MIDTVEIS, _("Midtveis")), (Slag.SLUTT, _("Ved slutten"))]
        grupper = {
            _("Planer"): [
                (f"{slaget}-{plan.pk}", f"{ord_}: {plan.rekke} {plan.periode}")
                for plan in planer.select_related("rekke").i_rekker()
                for slaget, ord_ in slag
            ],
            _("Tiltak"): [
                (f"tiltak-{pk}", tittel)
                for pk, tittel in tiltakene.order_by("tittel__norsk", "pk").values_list(
                    "pk", "tittel"
                )
            ],
            _("Fora"): [
                (f"forum-{pk}", navn)
                for pk, navn in kommune.fora.order_by("navn__norsk", "pk").values_list(
                    "pk", "navn"
                )
            ],
        }
        self.fields["gjelder"].choices = [
            ("", _("Velg")),
            *((navn, valg) for navn, valg in grupper.items() if valg),
        ]
        self.fields["gjelder"].error_messages["required"] = _(
            "Velg hva som skal evalueres."
        )

    @property
    def valgt(self):
        """(slag, the plan, tiltak or forum) that was chosen."""
        slag, _strek, pk = self.cleaned_data["gjelder"].partition("-")
        if slag == Slag.TILTAK:
            rader = Tiltak.objects.select_related("plan").filter(kommune=self.kommune)
        elif slag == Slag.FORUM:
            rader = self.kommune.fora.all()
        else:
            rader = self.kommune.planer.select_related("rekke")
        return Slag(slag), rader.get(pk=pk)


class MedForslag:
    """Mixin of a form that begins with what is known, in the fields that nobody has written
    in; what somebody wrote stays. What is not known is said beside the fields.

    Attributes:
        FORESLAS: names of the fields.
    """

    FORESLAS = ()

    def __init__(self, data=None, *, instance, kjent: Kjent, hent=False):
        """Args:
        hent: whether the newest proposals come in place of older ones.
        """
        forste_gang = not instance.utfylt
        self.forslag = kjent.forslag
        nye = {
            felt: tekst
            for felt, tekst in self.forslag.items()
            if tekst
            and er_urort(instance, felt)
            and (hent or (forste_gang and not getattr(instance, felt)))
        }
        super().__init__(data, instance=instance, initial=nye)
        for felt, setninger in kjent.uvisst.items():
            if setninger:
                vet = gettext("Det vi vet: %s") % " ".join(setninger)
                self.fields[felt].help_text = vet

    def save(self, commit=True):
        if self.forslag:
            # What was proposed before is known again, too, until somebody writes over it.
            nye, for_ = merker(self.forslag), self.instance.utfylt
            self.instance.utfylt = {
                felt: for_[felt] if self._er_som_for(felt) else nye.get(felt, "")
                for felt in self.FORESLAS
            }
        return super().save(commit)

    def _er_som_for(self, felt):
        """Whether an older proposal stands there, still."""
        return self.instance.utfylt.get(felt) == merke(getattr(self.instance, felt))


class EvalueringForm(MedForslag, NyEllerEndretForm):
    FORESLAS = SPORSMAL

    class Meta:
        model = Evaluering
        fields = ["tittel", "fra_dato", "til_dato", *SPORSMAL]
        widgets = {"fra_dato": Dato, "til_dato": Dato}


class MilepalRad(RadForm):
    class Meta:
        model = Milepal
        fields = ["hva", "frist", "nadd", "merknad"]
        widgets = {"frist": Dato, "nadd": Dato}


MILEPALER = radsett(
    Evaluering,
    Milepal,
    MilepalRad,
    navn=_("milepæler"),
    leggtil=_("Legg til en milepæl"),
    hjelp=_("Hva som skulle nås underveis, og når det ble nådd."),
)


def evalueringsskjema(evaluering, data, *, kjent, hent=False):
    """The frame, the four questions as a whole, and the milestones."""
    skjema = EvalueringForm(data, instance=evaluering, kjent=kjent, hent=hent)
    deler = [
        Del("", ["tittel", ("fra_dato", "til_dato")]),
        Del(_("Spørsmålene"), [*SPORSMAL]),
        Del(_("Milepæler"), ["milepaler"], lukket=evaluering.er_av_planen),
        Del("", ["begrunnelse"]),
    ]
    return Skjema(skjema, {"milepaler": MILEPALER(data, instance=evaluering)}, deler)


def rammeskjema(evaluering, data):
    """What a new one is called, and which days it is of."""
    skjema = EvalueringForm(data, instance=evaluering, kjent=Kjent({}, {}))
    for felt in SPORSMAL:
        del skjema.fields[felt]
    return Skjema(skjema, {}, [Del("", ["tittel", ("fra_dato", "til_dato")])])


class VurderingForm(MedForslag, EndreForm):
    """Its begrunnelse is why that is to become of the tiltak, and stands in the
    evaluation; the history asks for none."""

    FORESLAS = AV_TILTAKET

    begrunnelse = forms.CharField(
        label=_("begrunnelse"),
        max_length=300,
        required=False,
        validators=[avvis_identitetsnummer],
        widget=forms.Textarea({"rows": 2}),
    )

    class Meta:
        model = Tiltaksvurdering
        fields = [*AV_TILTAKET]
        widgets = {
            navn: forms.Textarea({"rows": 5})
            for navn in ("gjennomforing", "nadde", "virkning")
        }


class Vurderingsskjema(Skjema):
    def _lagre(self):
        self.hoved.save()


def vurderingsskjema(vurdering, data, *, kjent, hent=False):
    skjema = VurderingForm(data, instance=vurdering, kjent=kjent, hent=hent)
    deler = [
        Del("", ["tilstand", "gjennomforing", "nadde", "virkning"]),
        Del("", ["videre", "begrunnelse"]),
    ]
    return Vurderingsskjema(skjema, {}, deler)
