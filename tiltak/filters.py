"""The filters of the list of tiltak: what stands in its address."""

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from slt.models import Lokalomrade
from tiltak.malgrupper import for_alder, les_alder
from tiltak.models import Ansvar, Innsatsomrade, Tema, Tiltak, Tjeneste

KONTAKTGRUPPER = [
    ("unge", _("barn og unge")),
    ("foresatte", _("foresatte")),
    ("ansatte", _("ansatte og samarbeidspartnere")),
    ("andre", _("andre innbyggere")),
]


class AlderField(forms.CharField):
    """Ages as people type them; an Aldersspenn when clean."""

    def clean(self, value):
        tekst = super().clean(value)
        return les_alder(tekst) if tekst else None


class AlderFilter(filters.Filter):
    field_class = AlderField

    def filter(self, qs, value):
        return for_alder(qs, value) if value else qs


class TiltakFilter(filters.FilterSet):
    """Narrows the tiltak of one plan. Deltiltak count for the tiltak they are part of.

    Unknown values are errors beside their field; nothing is listed then.
    """

    q = filters.CharFilter(label=_("Ord"), method="ord", max_length=200)
    omrade = filters.ModelChoiceFilter(
        label=_("Innsatsområde"),
        field_name="plasseringer__innsatsomrade",
        queryset=Innsatsomrade.objects.none(),
        to_field_name="slug",
        empty_label=_("Alle"),
        method="i_omrade",
    )
    niva = filters.ChoiceFilter(
        label=_("Forebyggingsnivå"),
        choices=[*Tiltak.Niva.choices, ("uten", _("ikke satt"))],
        empty_label=_("Alle"),
        method="pa_niva",
    )
    alder = AlderFilter(
        label=_("Alder"), help_text=_("For eksempel 14 eller 10-12"), max_length=9
    )
    kontakt = filters.ChoiceFilter(
        label=_("Hvem kan ta kontakt"),
        choices=KONTAKTGRUPPER,
        empty_label=_("Alle"),
        method="kan_kontakte",
    )
    tjeneste = filters.ModelChoiceFilter(
        label=_("Tjeneste"),
        queryset=Tjeneste.objects.none(),
        to_field_name="slug",
        empty_label=_("Alle"),
        method="med_tjeneste",
    )
    lokalomrade = filters.ModelChoiceFilter(
        label=_("Lokalområde"),
        queryset=Lokalomrade.objects.none(),
        to_field_name="slug",
        empty_label=_("Alle"),
        method="i_lokalomrade",
    )
    tema = filters.ModelChoiceFilter(
        label=_("Tema"),
        queryset=Tema.objects.none(),
        to_field_name="slug",
        empty_label=_("Alle"),
        method="om_tema",
    )
    bti = filters.ChoiceFilter(
        label=_("BTI-nivå"),
        choices=[(str(n), str(n)) for n in range(4)],
        empty_label=_("Alle"),
        method="pa_bti_niva",
    )
    status = filters.ChoiceFilter(
        label=_("Status"), choices=Tiltak.Status.choices, empty_label=_("Alle")
    )
    nytt = filters.BooleanFilter(
        label=_("Bare nye tiltak"),
        widget=forms.CheckboxInput,
        method="er_nytt",
    )

    class Meta:
        model = Tiltak
        fields: list[str] = []

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        valg = {
            "omrade": plan.innsatsomrader.all(),
            "tjeneste": Tjeneste.objects.filter(
                Exists(
                    Ansvar.objects.filter(tjeneste=OuterRef("pk"), tiltak__plan=plan)
                )
            ),
            "lokalomrade": plan.kommune.lokalomrader.all(),
            "tema": plan.kommune.temaer.all(),
        }
        for navn, rader in valg.items():
            self.filters[navn].queryset = rader

    def ord(self, tiltakene, navn, verdi):
        """Every word has to stand somewhere: in the tiltak, its parts, its tjenester."""
        for et_ord in verdi.split()[:10]:
            steder = (
                "tittel",
                "tekst",
                "temavalg__tema__navn",
                "ansvar__tjeneste__navn",
                "ansvar__tjeneste__kortnavn",
                "ansvar__tjeneste__andre_navn",
            )
            treff = Q()
            for sted in steder:
                treff |= Q(**{f"{sted}__icontains": et_ord})
            tiltakene = self._selv_eller_del(tiltakene, treff)
        return tiltakene

    def i_omrade(self, tiltakene, navn, omrade):
        return tiltakene.filter(
            pk__in=omrade.plasseringer.values("tiltak"),
        )

    def pa_niva(self, tiltakene, navn, niva):
        return tiltakene.filter(niva="" if niva == "uten" else niva)

    def kan_kontakte(self, tiltakene, navn, gruppe):
        return self._selv_eller_del(tiltakene, Q(**{f"{gruppe}_kan_kontakte": True}))

    def med_tjeneste(self, tiltakene, navn, tjeneste):
        return self._selv_eller_del(tiltakene, Q(ansvar__tjeneste=tjeneste))

    def i_lokalomrade(self, tiltakene, navn, omrade):
        """What holds for the whole kommune holds there too."""
        return tiltakene.filter(
            Q(lokalomradevalg=None) | Q(pk__in=omrade.tiltakvalg.values("tiltak"))
        )

    def om_tema(self, tiltakene, navn, tema):
        return self._selv_eller_del(tiltakene, Q(temavalg__tema=tema))

    def pa_bti_niva(self, tiltakene, navn, niva):
        return tiltakene.filter(bti_fra__lte=niva, bti_til__gte=niva)

    def er_nytt(self, tiltakene, navn, verdi):
        if not verdi:
            return tiltakene
        ny = Q(viderefort_fra=None) if self.plan.bygger_pa_id else Q(nytt=True)
        return self._selv_eller_del(tiltakene, ny)

    def _selv_eller_del(self, tiltakene, vilkar):
        """Those that fit themselves or have a deltiltak that does."""
        treff = Tiltak.objects.filter(vilkar, plan=self.plan)
        return tiltakene.filter(
            Q(pk__in=treff.values("pk")) | Q(pk__in=treff.values("overordnet"))
        )
