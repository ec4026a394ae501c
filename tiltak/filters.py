"""The filters of the list of tiltak: what stands in its address."""

import re
import unicodedata
from html import escape

import django_filters as filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from slt.grunn.ordliste import ORD
from tiltak.malgrupper import for_alder, les_alder, steder_for_alder
from tiltak.models import (
    Ansvar,
    Hvem,
    Kontaktpunkt,
    Tiltak,
    TiltakLokalomrade,
    Tjeneste,
    TjenesteTema,
    andres_sist,
    for_lesere,
    gjelder_i,
    star_i,
)


class AlderField(forms.CharField):
    """Ages as people type them; an Aldersspenn when clean."""

    def clean(self, value):
        tekst = super().clean(value)
        return les_alder(tekst) if tekst else None


class AlderFilter(filters.Filter):
    field_class = AlderField

    def filter(self, qs, value):
        if not value:
            return qs
        if self.parent.plan is None:
            return for_alder(qs, value)
        steder = steder_for_alder(self.parent.stedene, value, plan=self.parent.plan)
        return qs.filter(pk__in=steder.values("tiltak"))


class Checkbox(forms.CheckboxInput):
    """A tick box that passes on what stands in the address, for its field to judge."""

    def value_from_datadict(self, data, files, name):
        return data.get(name)

    def format_value(self, value):
        """The box itself always sends "on"."""


class AvkryssetField(forms.Field):
    widget = Checkbox

    def to_python(self, value):
        if value in self.empty_values:
            return False
        if value not in {"on", "true", "1"}:
            raise forms.ValidationError(
                _("Sett eller fjern haken; annet kan ikke velges."), code="avkrysset"
            )
        return True


class AvkryssetFilter(filters.Filter):
    field_class = AvkryssetField


def valgfilter(label, **kwargs):
    """A filter that offers choices, and all of them by default."""
    return filters.ChoiceFilter(label=label, empty_label=_("Alle"), **kwargs)


def temavalg(kommune):
    """[(address, what people call it)] of the temaer of a kommune; 1 query."""
    return [(tema.slug, tema.for_folk) for tema in kommune.temaer.all()]


def sier_selv_ordet(et_ord):
    """Returns a Q: that the word stands in a tiltak itself, or among what people call its
    temaer."""
    # Between the tags, not in them.
    treff = Q(tekst__iregex=rf"{re.escape(escape(et_ord, quote=False))}(?![^<>]*>)")
    for sted in ("tittel", "temavalg__tema__navn", "temavalg__tema__sokeord"):
        treff |= Q(**{f"{sted}__icontains": et_ord})
    return treff


class Listefilter(filters.FilterSet):
    """What narrows a list. Where there is nothing to choose among, nothing is asked."""

    def get_form_class(self):
        for navn, filteret in list(self.filters.items()):
            er_valg = isinstance(filteret, filters.ChoiceFilter)
            # What stands in the address all the same, is said to be wrong.
            if er_valg and not (filteret.extra["choices"] or self.data.get(navn)):
                del self.filters[navn]
        return super().get_form_class()


FRISTER = [("har", _("har frist")), ("passert", _("fristen er passert"))]


class TiltakFilter(Listefilter):
    """Narrows the tiltak of one plan. Deltiltak count for the tiltak they are part of,
    save for level and status, which a tiltak has as a whole.

    Unknown values are errors beside their field; nothing is listed then.
    """

    q = filters.CharFilter(label=_("Søkeord"), method="ord", max_length=200)
    omrade = valgfilter(_("Innsatsområde"), method="i_omrade")
    niva = valgfilter(
        _("Forebyggingsnivå"),
        choices=[*Tiltak.Niva.choices, ("uten", _("ikke oppgitt"))],
        method="pa_niva",
        help_text=ORD["forebyggingsniva"].forklaring,
    )
    alder = AlderFilter(
        label=_("Alder"), help_text=_("For eksempel 14 eller 10-12"), max_length=9
    )
    kontakt = valgfilter(
        _("Hvem kan ta kontakt"), choices=Hvem.choices, method="kan_kontakte"
    )
    tjeneste = valgfilter(_("Tjeneste"), method="med_tjeneste")
    lokalomrade = valgfilter(_("Lokalområde"), method="i_lokalomrade")
    tema = valgfilter(_("Tema"), method="om_tema")
    bti = valgfilter(
        _("BTI-nivå"),
        choices=[(str(n), str(n)) for n in range(4)],
        method="pa_bti_niva",
        help_text=ORD["bti"].forklaring,
    )
    status = valgfilter(_("Status"), choices=Tiltak.Status.choices)
    prioritet = valgfilter(
        _("Politirådets prioritet"),
        choices=Tiltak.Prioritet.choices,
        method="med_prioritet",
    )
    frist = valgfilter(_("Frist"), choices=FRISTER, method="med_frist")
    nytt = AvkryssetFilter(label=_("Bare nye tiltak"), method="er_nytt")

    class Meta:
        model = Tiltak
        fields: list[str] = []

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan, self.kommune = plan, plan.kommune
        self._tilby_oppfolging()
        self._tilby(
            {
                "omrade": plan.innsatsomrader.lesernes(plan),
                "tjeneste": self._tjenester(for_lesere("tiltak__", plan=plan)),
            }
        )

    def _tilby_oppfolging(self):
        """Offers deadline and weight where some tiltak have them; 1 query."""
        her = Tiltak.objects.filter(self._hvor()).order_by()
        antall = her.aggregate(
            frist=Count("frist"), prioritet=Count("pk", filter=~Q(prioritet=""))
        )
        for navn, n in antall.items():
            if not n and not self.data.get(navn):
                self.filters[navn].extra["choices"] = []

    def _tilby(self, valg):
        """Fills in what there is to choose among.

        Args:
            valg: {name of a filter: rows}, beside what every plan of the kommune has.
        """
        valg |= {"lokalomrade": self.kommune.lokalomrader.all()}
        # Read here, once: a choice among rows would ask for each that is chosen, too.
        for navn, rader in valg.items():
            if navn == "tjeneste":
                rader = rader.select_related("kommune")
                valgene = [(t.her_slug, t.med_eier(self.kommune)) for t in rader]
            else:
                valgene = list(rader.values_list("slug", "navn"))
            self.filters[navn].extra["choices"] = valgene
        self.filters["tema"].extra["choices"] = temavalg(self.kommune)

    def _tjenester(self, vilkar):
        """Those that have a part in one of the tiltak.

        Args:
            vilkar: a Q: what else is to be true of their ansvar.
        """
        ansvar = self._ansvar().filter(vilkar, tjeneste=OuterRef("pk"))
        return Tjeneste.objects.i(self.kommune).filter(Exists(ansvar))

    def ord(self, tiltakene, navn, verdi):
        """Every word has to stand somewhere: in the tiltak, its parts, its tjenester, or
        among what people call its temaer."""
        # As it was stored: some keyboards send å as two characters.
        for et_ord in unicodedata.normalize("NFC", verdi).split()[:10]:
            tiltakene = self._selv_eller_del(tiltakene, self._som_sier(et_ord))
        return tiltakene

    def _som_sier(self, et_ord):
        """A Q: that the word stands in the tiltak, at its tjenester or among its temaer."""
        treff = sier_selv_ordet(et_ord)
        for felt in ("navn", "kortnavn", "andre_navn"):
            sted = f"ansvar__tjeneste__{felt}__icontains"
            treff |= self._gjelder & Q(**{sted: et_ord})
        return treff

    def i_omrade(self, tiltakene, navn, slug):
        steder = self.plan.plasseringer.filter(innsatsomrade__slug=slug)
        return tiltakene.filter(pk__in=steder.values("tiltak"))

    def pa_niva(self, tiltakene, navn, niva):
        return tiltakene.filter(niva="" if niva == "uten" else niva)

    def kan_kontakte(self, tiltakene, navn, gruppe):
        return self._selv_eller_del(tiltakene, Q(**{f"{gruppe}_kan_kontakte": True}))

    def med_tjeneste(self, tiltakene, navn, slug):
        tjenesten = Tjeneste.objects.i(self.kommune).filter(her_slug=slug).order_by()
        har_del = Q(ansvar__tjeneste__in=tjenesten.values("pk"))
        return self._selv_eller_del(tiltakene, self._gjelder & har_del)

    def i_lokalomrade(self, tiltakene, navn, slug):
        """What holds for the whole kommune holds there too."""
        hele = ~Exists(TiltakLokalomrade.objects.filter(tiltak=OuterRef("pk")))
        der = self._selv_eller_del(
            tiltakene, self._kommunens("lokalomradevalg__lokalomrade", slug)
        )
        return tiltakene.filter(hele | Q(pk__in=der.values("pk")))

    def om_tema(self, tiltakene, navn, slug):
        return self._selv_eller_del(tiltakene, self._kommunens("temavalg__tema", slug))

    def pa_bti_niva(self, tiltakene, navn, niva):
        return self._selv_eller_del(tiltakene, Q(bti_fra__lte=niva, bti_til__gte=niva))

    def med_prioritet(self, tiltakene, navn, verdi):
        return self._selv_eller_del(tiltakene, Q(prioritet=verdi))

    def med_frist(self, tiltakene, navn, verdi):
        vilkar = Q(frist__isnull=False)
        if verdi == "passert":
            passert = Tiltak.objects.med_passert_frist()
            vilkar = Q(pk__in=passert.values("pk"))
        return self._selv_eller_del(tiltakene, vilkar)

    def er_nytt(self, tiltakene, navn, verdi):
        if not verdi:
            return tiltakene
        nye = Tiltak.objects.nye_i(self.plan)
        return self._selv_eller_del(tiltakene, Q(pk__in=nye.values("pk")))

    def _kommunens(self, sti, slug):
        """What of the kommune has this address; others may have one like it."""
        return Q(**{f"{sti}__kommune": self.kommune.pk, f"{sti}__slug": slug})

    def _selv_eller_del(self, tiltakene, vilkar):
        """Those that fit themselves or have a deltiltak that does."""
        treff = Tiltak.objects.filter(vilkar, self._hvor())
        return tiltakene.filter(
            Q(pk__in=treff.values("pk")) | Q(pk__in=treff.values("overordnet"))
        )

    def _hvor(self):
        """Where all of them stand, as far as readers get them."""
        return star_i(self.plan) & for_lesere(plan=self.plan)

    def _ansvar(self):
        """Who has a part in them there."""
        star = star_i(self.plan, "tiltak__")
        return Ansvar.objects.filter(star, gjelder_i(self.plan, Ansvar))

    @cached_property
    def _gjelder(self):
        """That the ansvar by which a tiltak is found is one of those; of an innsatsområde
        that is chosen, as it is there."""
        return gjelder_i(
            self.plan, Ansvar, steder=self.stedene, sti="ansvar__", tiltak=""
        )

    @cached_property
    def stedene(self):
        """The places that the filter looks at."""
        omrade = self.form.cleaned_data.get("omrade")
        alle = self.plan.plasseringer.all()
        return alle.filter(innsatsomrade__slug=omrade) if omrade else alle


class TilbudFilter(TiltakFilter):
    """Narrows what a kommune has in no plan, by what does not ask about one."""

    omrade = niva = bti = status = prioritet = frist = nytt = None

    def __init__(self, *args, kommune, **kwargs):
        filters.FilterSet.__init__(self, *args, **kwargs)
        self.plan, self.kommune = None, kommune
        self._tilby({"tjeneste": self._tjenester(Q(tiltak__publisert=True))})

    def _hvor(self):
        return Q(plan=None, kommune=self.kommune, publisert=True)

    def _ansvar(self):
        return Ansvar.objects.filter(tiltak__plan=None, tiltak__kommune=self.kommune)

    # What stands in no plan has no places.
    _gjelder = Q()


class TjenesteFilter(Listefilter):
    """Narrows the tjenester of one kommune."""

    q = filters.CharFilter(label=_("Søkeord"), method="ord", max_length=200)
    kontakt = valgfilter(
        _("Hvem kan ta kontakt"), choices=Hvem.choices, method="kan_kontakte"
    )
    tema = valgfilter(_("Hva det gjelder"), method="om_tema")
    lokalomrade = valgfilter(_("Lokalområde"), method="i_lokalomrade")

    class Meta:
        model = Tjeneste
        fields: list[str] = []

    def __init__(self, *args, kommune, bruker, **kwargs):
        super().__init__(*args, **kwargs)
        self.kommune, self.bruker = kommune, bruker
        omrader = kommune.lokalomrader.values_list("slug", "navn")
        self.filters["lokalomrade"].extra["choices"] = list(omrader)
        self.temaer = {tema.slug: tema for tema in kommune.temaer.all()}
        self.filters["tema"].extra["choices"] = [
            (slug, tema.for_folk) for slug, tema in self.temaer.items()
        ]

    def ord(self, tjenester, navn, verdi):
        """Every word has to stand somewhere: at the tjeneste, or among what people call
        what it helps with. A number is that of a contact point."""
        verdi = unicodedata.normalize("NFC", verdi)
        med_nummer = self._punkter.med_nummer(verdi).values("tjeneste")
        treff = Q()
        for et_ord in verdi.split()[:10]:
            treff &= Q(pk__in=self._som_sier(et_ord))
        return tjenester.filter(treff | Q(pk__in=med_nummer))

    def _som_sier(self, et_ord):
        egne = ("navn", "kortnavn", "andre_navn", "tekst", "resultat")
        temaets = ("navn", "i_hverdagen", "sokeord")
        vilkar = Q()
        for sted in (*egne, *(f"temavalg__tema__{felt}" for felt in temaets)):
            vilkar |= Q(**{f"{sted}__icontains": et_ord})
        her = Tjeneste.objects.i(self.kommune)
        return her.filter(vilkar).order_by().values("pk")

    def kan_kontakte(self, tjenester, navn, gruppe):
        return tjenester.filter(**{f"{gruppe}_kan_kontakte": True})

    def om_tema(self, tjenester, navn, slug):
        """Whom one asks first, stands first; of those that others share, those that help
        with the same."""
        valg = TjenesteTema.objects.om([self.temaer[slug]])
        valg = valg.filter(tjeneste=OuterRef("pk"))
        plass = Subquery(valg.order_by("rekkefolge").values("rekkefolge")[:1])
        om = tjenester.annotate(plass=plass).exclude(plass=None)
        return om.order_by(andres_sist(self.kommune), "plass", "pk")

    def i_lokalomrade(self, tjenester, navn, slug):
        """Those with a way in there, and those that are for the whole kommune."""
        bundne = self._punkter.exclude(sted__lokalomrade=None)
        der = bundne.filter(
            sted__lokalomrade__kommune=self.kommune, sted__lokalomrade__slug=slug
        )
        return tjenester.filter(
            Q(pk__in=der.values("tjeneste")) | ~Q(pk__in=bundne.values("tjeneste"))
        )

    @property
    def _punkter(self):
        """The contact points that the asker sees."""
        alle = Kontaktpunkt.objects.synlige_for(self.bruker)
        her = Tjeneste.objects.i(self.kommune).order_by().values("pk")
        return alle.filter(tjeneste__in=her).order_by()
