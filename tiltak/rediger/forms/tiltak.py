"""The form of a tiltak, in the order in which people think of one: what, for whom, who
answers and whom to call, when and where, why, more."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from slt.felles.forms import Dato, EndreForm, SettForm
from slt.felles.skjemarader import RadForm, radsett
from slt.felles.skjemaside import Del, Skjema
from slt.grunn.norsk import tall_i_ord
from tiltak.models import (
    Ansvar,
    Finansiering,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    TiltakVeileder,
    Tjeneste,
)
from tiltak.publisering import la_delene_folge
from tiltak.rediger.forms.ansvar import AnsvarRadsett
from tiltak.rediger.forms.kontakter import KAN_KONTAKTE
from tiltak.rediger.forms.valg import MedValg, Valgrad, valgfelt

MER_ENN_RETTELSE = _(
    "Ny status eller nytt ansvar er en endring, ikke en rettelse. Ta bort haken, eller "
    "lagre rettelsen for seg."
)

HVA = Del(
    _("Hva det er"),
    ["tittel", "tekst", ("niva", "status"), "niva_foreslatt", "for_alle"],
)
HVEM = Del(
    _("Hvem det er for"),
    [
        "malgrupper",
        tuple(KAN_KONTAKTE),
        "kontakt_merknad",
    ],
)
SVARER = Del(_("Hvem som svarer, og hvem man ringer"), ["ansvar"])
NAR = Del(
    _("Når og hvor"),
    [
        ("ganger_fra", "ganger_til", "ganger_per", "uke"),
        ("maned_fra", "maned_til"),
        ("fra_dato", "til_dato"),
        "lokalomrader",
    ],
    lukket=True,
)
OPPFOLGING = Del(
    _("Oppfølging"),
    [("frist", "prioritet"), "statuslinje", "finansiering"],
    lukket=True,
)
HVORFOR = Del(_("Hvorfor"), ["malsettinger"], lukket=True)
MER = Del(
    _("Mer"),
    [
        "deltiltak",
        "lenker",
        "temaer",
        "veiledere",
        "forankring",
        ("bti_fra", "bti_til"),
        "nytt",
        ("evalueres_dato", "evalueres_tekst"),
    ],
    lukket=True,
)
TIL_SLUTT = Del("", ["begrunnelse", "rettelse"])


class TiltakForm(MedValg, EndreForm):
    """All that is said of a tiltak itself; what hangs on it are rows below."""

    lokalomrader = valgfelt(_("lokalområder"), _("Ingen valgt betyr hele kommunen."))
    temaer = valgfelt(_("temaer"), _("Det folk leter etter når de trenger tiltaket."))
    veiledere = valgfelt(
        _("veiledere, skjema og rutiner"), _("Det de som driver tiltaket, følger.")
    )
    rettelse = forms.BooleanField(
        label=_("Bare en rettelse"),
        help_text=_(
            "For eksempel en skrivefeil. Den telles for seg blant det som er endret "
            "siden planen ble behandlet."
        ),
        required=False,
    )

    VALGES = {
        "lokalomrader": Valgrad(TiltakLokalomrade, "tiltak", "lokalomrade"),
        "temaer": Valgrad(TiltakTema, "tiltak", "tema"),
        "veiledere": Valgrad(TiltakVeileder, "tiltak", "veileder"),
    }

    class Meta:
        model = Tiltak
        fields = [
            "tittel",
            "tekst",
            "niva",
            "niva_foreslatt",
            "status",
            *KAN_KONTAKTE,
            "kontakt_merknad",
            "ganger_fra",
            "ganger_til",
            "ganger_per",
            "uke",
            "maned_fra",
            "maned_til",
            "fra_dato",
            "til_dato",
            "forankring",
            "bti_fra",
            "bti_til",
            "nytt",
            "evalueres_dato",
            "evalueres_tekst",
            "frist",
            "prioritet",
            "statuslinje",
        ]
        labels = {
            **KAN_KONTAKTE,
            "ganger_fra": _("så mange ganger"),
            "ganger_til": _("opp til"),
            "ganger_per": _("per"),
        }
        widgets = {
            "fra_dato": Dato,
            "til_dato": Dato,
            "evalueres_dato": Dato,
            "frist": Dato,
            "forankring": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tiltak, plan = self.instance, self.instance.plan
        # Seen by those who have no JavaScript, and then with all its tags.
        self.fields["tekst"].widget.attrs["rows"] = 14
        utenfor = set()
        if plan is None or plan.er_utkast:
            utenfor |= {"rettelse", "begrunnelse"}
        if plan is None or plan.bygger_pa_id:
            # Whether it is new is computed from its lineage.
            utenfor.add("nytt")
        if not tiltak.niva_foreslatt:
            # Only what came with a proposal is agreed to.
            utenfor.add("niva_foreslatt")
        for navn in utenfor:
            del self.fields[navn]

    def clean(self):
        renset = super().clean()
        if renset.get("rettelse") and "status" in self.changed_data:
            self.add_error("rettelse", MER_ENN_RETTELSE)
        if "niva" in self.changed_data:
            # A level that somebody chose is no proposal any more.
            self.instance.niva_foreslatt = False
            if "niva_foreslatt" in renset:
                renset["niva_foreslatt"] = False
        return renset


class ForAlle(forms.ModelForm):
    """What stands in no plan: public at once, unless somebody says otherwise."""

    # The field of the model follows the plan.
    for_alle = forms.BooleanField(
        label=_("Vis for alle"),
        required=False,
        help_text=_("Ellers ser bare koordinatorer og politirådet tilbudet."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["for_alle"] = self.instance.publisert is not False

    def _slik_den_var(self, rad, hang_pa):
        return super()._slik_den_var(rad, hang_pa) | {
            "for_alle": rad.publisert is not False
        }

    def clean(self):
        renset = super().clean()
        self.instance.publisert = renset.get("for_alle", False)
        return renset

    def _save_m2m(self):
        super()._save_m2m()
        la_delene_folge(self.instance)


class TilbudForm(ForAlle, TiltakForm):
    """The same as of a tiltak, and who sees it."""


class NyttTilbudForm(ForAlle, SettForm):
    """What a tilbud is begun with."""

    class Meta:
        model = Tiltak
        fields = ["tittel", "tekst"]


class MalgruppeForm(RadForm):
    class Meta:
        model = Malgruppe
        fields = ["tekst", "alder_fra", "alder_til", "trinn_fra", "trinn_til"]
        labels = {"trinn_fra": _("fra trinn (11–13 er vg1–vg3)")}
        help_texts = {"trinn_fra": ""}

    foldet = [(_("Skoletrinn"), ["trinn_fra", "trinn_til"])]


class LenkeForm(RadForm):
    class Meta:
        model = Lenke
        fields = ["tittel", "adresse"]


class Belop(forms.IntegerField):
    """A sum in whole kroner, as people write it: 1 200 000, 1.200.000,-, 350 000 kr."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Skriv beløpet i hele kroner, for eksempel 1 200 000.")
    }

    def to_python(self, value):
        tekst = re.sub(r"\s|kr\.?$|,-+$|,00$", "", str(value or "").strip().lower())
        if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", tekst):
            tekst = tekst.replace(".", "")
        if tekst and not re.fullmatch("-?[0-9]{1,12}", tekst):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(tekst)

    def prepare_value(self, value):
        return tall_i_ord(value) if isinstance(value, int) else value


class FinansieringForm(RadForm):
    class Meta:
        model = Finansiering
        fields = ["slag", "fra", "belop", "arstall", "publisert"]
        field_classes = {"belop": Belop}
        widgets = {"belop": forms.TextInput({"inputmode": "numeric"})}


class PlandelRad(RadForm):
    """A row that lies in the plan of the row whose form it stands on."""

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.plan = plan


class MalsettingForm(PlandelRad):
    class Meta:
        model = Malsetting
        fields = ["type", "tekst"]
        widgets = {"tekst": forms.Textarea({"rows": 2})}


class DeltiltakForm(PlandelRad):
    class Meta:
        model = Tiltak
        fields = ["tittel", "status"]

    def __init__(self, *args, kommune, **kwargs):
        self.kommune = kommune
        super().__init__(*args, **kwargs)


MALGRUPPER = radsett(
    Tiltak, Malgruppe, MalgruppeForm, leggtil=_("Legg til en målgruppe")
)
LENKER = radsett(
    Tiltak, Lenke, LenkeForm, navn=_("les mer"), leggtil=_("Legg til en lenke")
)
FINANSIERING = radsett(
    Tiltak,
    Finansiering,
    FinansieringForm,
    navn=_("hvordan det betales"),
    radnavn=_("finansiering"),
    leggtil=_("Legg til finansiering"),
)
MALSETTINGER = radsett(
    Tiltak, Malsetting, MalsettingForm, leggtil=_("Legg til en målsetting")
)
DELTILTAK = radsett(
    Tiltak,
    Tiltak,
    DeltiltakForm,
    fk_name="overordnet",
    navn=_("deltiltak"),
    radnavn=_("deltiltak"),
    leggtil=_("Legg til et deltiltak"),
    hjelp=_(
        "Deler med egen målgruppe eller eget ansvar. Lagre først; så åpner du hver av "
        "dem for seg."
    ),
)


def tiltaksskjema(tiltak, data):
    """Returns the Skjema of a tiltak, a deltiltak, or a tilbud."""
    plan, kommune = tiltak.plan, tiltak.kommune
    plandel = {"plan": plan}
    # What stands in a plan that holds is ended, not taken away.
    kan_slettes = plan is None or tiltak.kan_slettes
    rader = {
        "malgrupper": MALGRUPPER(data, instance=tiltak, queryset=_overalt(Malgruppe)),
        "ansvar": AnsvarRadsett(
            data,
            instance=tiltak,
            queryset=_overalt(Ansvar)
            .select_related("tjeneste")
            .prefetch_related("kontaktvalg"),
            form_kwargs={"tjenester": valgbare_tjenester(tiltak), "kommune": kommune},
        ),
        "lenker": LENKER(data, instance=tiltak),
        "finansiering": FINANSIERING(data, instance=tiltak),
    }
    if plan is not None:
        rader["malsettinger"] = MALSETTINGER(
            data, instance=tiltak, form_kwargs=plandel, kan_slettes=kan_slettes
        )
    if tiltak.overordnet_id is None:
        deler = plandel | {"kommune": kommune}
        rader["deltiltak"] = DELTILTAK(
            data, instance=tiltak, form_kwargs=deler, kan_slettes=kan_slettes
        )
    rader["finansiering"].hjelp = _om_tilskudd(kommune)
    deler = [HVA, HVEM, SVARER, NAR, OPPFOLGING, HVORFOR, MER, TIL_SLUTT]
    # A part of a tilbud is seen as the whole of it is.
    form = TiltakForm if plan or tiltak.overordnet_id else TilbudForm
    return Tiltaksskjema(form(data, instance=tiltak), rader, deler)


def nytilbudskjema(tilbud, data):
    deler = [Del("", ["tittel", "tekst", "for_alle"])]
    return Skjema(NyttTilbudForm(data, instance=tilbud), {}, deler)


class Tiltaksskjema(Skjema):
    def er_gyldig(self):
        gyldig = super().er_gyldig()
        rettes = self.hoved.data.get("rettelse")
        if gyldig and rettes and self.rader["ansvar"].has_changed():
            self.hoved.add_error("rettelse", MER_ENN_RETTELSE)
            return False
        return gyldig


def _om_tilskudd(kommune):
    """What does not belong among the words on how it is paid, and where it does."""
    return format_html(
        '{} <a class="ds-link" href="{}">{}</a>',
        _(
            "Tilskudd dere søker om, fører dere opp for seg, med frister og beløp. De som "
            "er gitt, vises hos tiltaket av seg selv."
        ),
        reverse("tiltak:tilskudd_list", args=[kommune.slug]),
        _("Tilskudd"),
    )


def _overalt(modell):
    """What holds at one place alone is rare, and is in the admin."""
    return modell.objects.filter(plassering=None)


def valgbare_tjenester(tiltak):
    """{id: tjeneste} of those that are at work, the kommune's own and those that others
    share with it, and of those that the tiltak has already, by name and with their contact
    points, of others those for all; 2 queries."""
    kommune = tiltak.kommune
    star_her = Tjeneste.objects.i(kommune).order_by().values("pk")
    her = Q(pk__in=star_her, nedlagt=None)
    har = Q(pk__in=tiltak.ansvar.values("tjeneste"))
    valgbare = Tjeneste.objects.filter(her | har).select_related("kommune")
    punkter = Prefetch("kontaktpunkter", Kontaktpunkt.objects.velges_i(kommune))
    valgbare = valgbare.prefetch_related(punkter).order_by("navn__norsk", "pk")
    return {t.pk: t for t in valgbare}
