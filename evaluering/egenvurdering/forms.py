"""The forms of a self-evaluation: which year, and the answers."""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from evaluering.egenvurdering.sporsmal import HJELP, fakta, forrige
from evaluering.models import Egenvurdering, Egenvurderingssvar
from moter.models import Forum
from slt.felles.forms import Dato, NyEllerEndretForm
from slt.felles.skjemarader import RadForm, radsett
from slt.felles.skjemaside import Del, Skjema
from slt.grunn.historikk import opprett_mange
from slt.grunn.personer import hva_robes


def politirad_i(kommune):
    return Forum.objects.filter(kommune=kommune, type=Forum.Type.POLITIRAD).virksomme()


class NyEgenvurderingForm(NyEllerEndretForm):
    """Which politiråd, and the year; all questions come with it, without an answer."""

    class Meta:
        model = Egenvurdering
        fields = ["forum", "arstall", "dato"]
        widgets = {"dato": Dato}

    def __init__(self, *args, kommune, **kwargs):
        super().__init__(*args, **kwargs)
        radene = politirad_i(kommune)
        self.fields["forum"].queryset = radene
        if radene.count() == 1:
            # It is chosen already.
            self.fields["forum"].empty_label = None

    def save(self, commit=True):
        vurdering = super().save(commit)
        opprett_mange(
            [
                Egenvurderingssvar(egenvurdering=vurdering, punkt=punkt)
                for punkt in Egenvurderingssvar.Punkt.values
            ]
        )
        return vurdering


class EgenvurderingForm(NyEllerEndretForm):
    class Meta:
        model = Egenvurdering
        fields = ["dato", "forbedring"]
        widgets = {"dato": Dato, "forbedring": forms.Textarea({"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # While it is filled in, nothing is changed yet.
        if not self.instance.historikk.exclude(ferdig=None).exists():
            del self.fields["begrunnelse"]

    def clean_forbedring(self):
        return uten_personer(self.cleaned_data["forbedring"])


def uten_personer(tekst):
    if feil := hva_robes(tekst):
        raise forms.ValidationError(feil)
    return tekst


class SvarRad(RadForm):
    """A question; its label is what is asked, and below it stands what is known of it."""

    class Meta:
        model = Egenvurderingssvar
        fields = ["punkt", "svar", "merknad"]
        widgets = {
            "punkt": forms.HiddenInput,
            "svar": forms.RadioSelect,
            "merknad": forms.Textarea({"rows": 2}),
        }

    foldet = ((_("Merknad"), ["merknad"]),)

    def __init__(self, *args, fakta, forrige, **kwargs):
        super().__init__(*args, **kwargs)
        punkt = self.instance.punkt
        # Which question it is, stands fast, whatever was sent.
        self.fields["punkt"].disabled = True
        felt = self.fields["svar"]
        felt.choices = Egenvurderingssvar.Svar.choices
        if punkt:
            felt.label = self.instance.get_punkt_display()
            felt.help_text = _hjelpen(punkt, fakta.get(punkt), forrige.get(punkt))

    def clean_merknad(self):
        return uten_personer(self.cleaned_data["merknad"])


def _hjelpen(punkt, fakta, forrige):
    linjer = [HJELP[punkt]]
    if fakta:
        linjer.append(_("Ifølge det som står her: %s") % fakta)
    if forrige and forrige.svar:
        linjer.append(i_ord(forrige))
    return format_html_join(format_html("<br>"), "{}", ((li,) for li in linjer))


def i_ord(svar):
    """What was answered in an earlier year: "I 2025: delvis – for få møter"."""
    tekst = _("I %(ar)s: %(svar)s") % {
        "ar": svar.egenvurdering.arstall,
        "svar": svar.get_svar_display(),
    }
    return f"{tekst} – {svar.merknad}" if svar.merknad else tekst


SVAR = radsett(
    Egenvurdering,
    Egenvurderingssvar,
    SvarRad,
    navn=_("spørsmålene"),
    radnavn=_("spørsmål"),
    leggtil="",
)


def nyskjema(kommune):
    def bygg(vurdering, data):
        form = NyEgenvurderingForm(data, instance=vurdering, kommune=kommune)
        return Skjema(form, {}, [Del("", ["forum", ("arstall", "dato")])])

    return bygg


def svarskjema(vurdering, data):
    kjent = {"fakta": fakta(vurdering), "forrige": forrige(vurdering)}
    rader = {
        "svar": SVAR(data, instance=vurdering, form_kwargs=kjent, kan_slettes=False)
    }
    deler = [Del("", ["dato", "svar", "forbedring", "begrunnelse"])]
    return Skjema(EgenvurderingForm(data, instance=vurdering), rader, deler)
