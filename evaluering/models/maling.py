"""One figure, and what it is of."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.norsk import FA, tall_i_ord
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import i_ar
from slt.models import Lokalomrade, Sted

from .kilder import ARSTALL, Kilde
from .tall import Indikator, Tallimport


class Ar(NamedTuple):
    """When a figure is of: a year, a school year, or several years together."""

    arstall: int
    til_ar: int | None = None
    periode: str = ""

    def __str__(self):
        """ "2023"; "2022/23" of a school year; "2020–2021" of several."""
        if self.periode == Maling.Periode.SKOLEAR:
            return f"{self.arstall}/{self.til_ar % 100:02}"
        return f"{self.arstall}–{self.til_ar}" if self.til_ar else str(self.arstall)

    @property
    def slutt(self):
        """Its last year: by that it stands in the order of years."""
        return self.til_ar or self.arstall

    @property
    def kan_komme_fra(self):
        """The first year in which a source may tell of it: of a school year, the one in
        which it begins."""
        skole = self.periode == Maling.Periode.SKOLEAR
        return self.arstall if skole else self.slutt

    def overlapper(self, annet):
        """Whether the two have days in common. A school year is from summer to summer."""
        (fra, til), (annen_fra, annen_til) = self._halvar(), annet._halvar()
        return fra < annen_til and annen_fra < til

    def _halvar(self):
        halvt = self.periode == Maling.Periode.SKOLEAR
        fra, til = 2 * self.arstall, 2 * (self.slutt + 1)
        return (fra + 1, til - 1) if halvt else (fra, til)


class MalingQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Those of the indicators that the user sees. What is hidden among them because
        it counts few persons, `evaluering.tall.skjul` says."""
        return self.filter(indikator__in=Indikator.objects.synlige_for(bruker))


class Maling(Historisert):
    """One figure: of a year, and of the whole kommune or a part of it."""

    class Kjonn(models.TextChoices):
        GUTTER = "gutter", _("gutter")
        JENTER = "jenter", _("jenter")

    class Trinn(models.TextChoices):
        BARNESKOLE = "barneskole", _("barneskole")
        UNGDOMSSKOLE = "ungdomsskole", _("ungdomsskole")
        VIDEREGAENDE = "videregaende", _("videregående")

    class Periode(models.TextChoices):
        SKOLEAR = "skolear", _("skoleår")
        FLERE_AR = "flere_ar", _("flere år")

    class Omfang(models.TextChoices):
        FYLKET = "fylket", _("fylket")
        LANDET = "landet", _("hele landet")

    class Merke(models.TextChoices):
        SKJULT = "skjult", _("skjult")
        MANGLER = "mangler", _("mangler")
        IKKE_AKTUELT = "ikke_aktuelt", _("ikke aktuelt")
        FORELOPIG = "forelopig", _("foreløpig")

    # What a figure may be of; none of them is the whole kommune.
    INNDELINGER = ("sted", "lokalomrade", "kjonn", "trinn", "alder", "slag", "gruppe")

    # The same in the order in which people read them.
    HVA = ("sted", "lokalomrade", "slag", "gruppe", "kjonn", "alder", "trinn")
    # When, and of whose people: figures of different ones are never added up.
    RAMME = ("arstall", "til_ar", "periode", "omfang")
    DELER = ("sted_id", "lokalomrade_id", *INNDELINGER[2:])
    # What no two figures have in common.
    NOKKEL = ("indikator_id", *RAMME, *DELER)

    kommune_sti = "indikator__kommune"

    indikator = models.ForeignKey(
        Indikator,
        on_delete=models.PROTECT,
        related_name="malinger",
        verbose_name=_("indikator"),
    )
    arstall = models.PositiveSmallIntegerField(
        _("år"),
        validators=[
            MinValueValidator(1900),
            MaxValueValidator(i_ar, _("Året er ikke kommet ennå.")),
        ],
    )
    til_ar = models.PositiveSmallIntegerField(
        _("til år"),
        null=True,
        blank=True,
        validators=ARSTALL,
        help_text=_("Det siste året, når tallet gjelder flere."),
    )
    periode = models.CharField(
        _("periode"),
        max_length=10,
        choices=Periode,
        blank=True,
        help_text=_("Står tom når tallet gjelder ett kalenderår."),
    )
    omfang = models.CharField(
        _("sammenligning"),
        max_length=10,
        choices=Omfang,
        blank=True,
        help_text=_("Når tallet ikke er kommunens eget, men noe å sammenligne med."),
    )
    verdi = models.DecimalField(
        _("tall"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    merke = models.CharField(
        _("merke"),
        max_length=20,
        choices=Merke,
        blank=True,
        help_text=_("Det kilden sier om tallet, eller i stedet for det."),
    )
    verdi_til = models.DecimalField(
        _("til"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Når kilden oppgir et spenn, for eksempel 2–3."),
    )
    sted = models.ForeignKey(
        Sted,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="malinger",
        verbose_name=_("sted"),
    )
    lokalomrade = models.ForeignKey(
        Lokalomrade,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="malinger",
        verbose_name=_("lokalområde"),
    )
    kjonn = models.CharField(_("kjønn"), max_length=10, choices=Kjonn, blank=True)
    trinn = models.CharField(_("skoleslag"), max_length=20, choices=Trinn, blank=True)
    alder = Fritekst(
        _("alder"), max_length=40, blank=True, help_text=_("For eksempel «10–17 år».")
    )
    slag = Fritekst(_("slag"), max_length=80, blank=True)
    gruppe = Fritekst(_("gruppe"), max_length=80, blank=True)
    kilde = models.ForeignKey(
        Kilde,
        on_delete=models.PROTECT,
        related_name="malinger",
        verbose_name=_("kilde"),
    )
    tallimport = models.ForeignKey(
        Tallimport,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="malinger",
        verbose_name=_("import"),
    )

    objects = MalingQuerySet.as_manager()

    class Meta:
        verbose_name = _("tall")
        verbose_name_plural = _("tall")
        ordering = ["indikator_id", "-arstall", "pk"]
        constraints = [
            # NULL is like no other NULL to a database.
            models.UniqueConstraint(
                "indikator",
                "arstall",
                Coalesce("til_ar", Value(0)),
                "periode",
                "omfang",
                Coalesce("sted", Value(0)),
                Coalesce("lokalomrade", Value(0)),
                "kjonn",
                "trinn",
                "alder",
                "slag",
                "gruppe",
                name="maling_star_en_gang",
                violation_error_message=_(
                    "Tallet for dette året er allerede ført opp."
                ),
            ),
            models.CheckConstraint(
                condition=Q(arstall__range=(1900, 2100)),
                name="maling_har_et_arstall",
                violation_error_message=_("Skriv et årstall mellom 1900 og 2100."),
            ),
            models.CheckConstraint(
                condition=Q(sted=None) | Q(lokalomrade=None),
                name="maling_gjelder_sted_eller_lokalomrade",
                violation_error_message=_("Velg enten et sted eller et lokalområde."),
            ),
            models.CheckConstraint(
                condition=Q(omfang="") | Q(sted=None, lokalomrade=None),
                name="maling_sammenlignes_som_helhet",
                violation_error_message=_(
                    "Et sted er i kommunen. La ett av dem stå tomt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(verdi_til=None)
                | Q(verdi__isnull=False, verdi_til__gt=F("verdi")),
                name="maling_spenn_i_rekkefolge",
                violation_error_message=_("Det siste tallet må være større."),
            ),
            models.CheckConstraint(
                condition=Q(verdi__isnull=False, merke__in=("", "forelopig"))
                | Q(verdi=None, merke__in=("skjult", "mangler", "ikke_aktuelt")),
                name="maling_har_tall_eller_merke",
                violation_error_message=_(
                    "Skriv et tall, eller velg hva som står der."
                ),
            ),
            models.CheckConstraint(
                # A comparison with NULL is no "no" to a database.
                condition=Q(periode="", til_ar=None)
                | Q(periode="skolear", til_ar__isnull=False, til_ar=F("arstall") + 1)
                | Q(periode="flere_ar", til_ar__isnull=False, til_ar__gt=F("arstall")),
                name="maling_periode_har_slutt",
                violation_error_message=_(
                    "Et skoleår går over to år på rad, og flere år har et siste år."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.indikator}, {self.ar}"

    @classmethod
    def etter_henting(cls, rader):
        """An import whose figures are back is undone no longer."""
        pker = {rad.tallimport_id for rad in rader}
        for tallimport in Tallimport.objects.filter(pk__in=pker, angret__isnull=False):
            tallimport.angret = None
            tallimport.save()

    @property
    def nokkel(self):
        return tuple(getattr(self, felt) for felt in self.NOKKEL)

    @property
    def deler(self):
        return tuple(getattr(self, felt) for felt in self.DELER)

    @property
    def ar(self):
        return Ar(self.arstall, self.til_ar, self.periode)

    @property
    def hva(self):
        """What it is of, in words; "" for the whole kommune."""
        i_ord = {"kjonn": self.get_kjonn_display(), "trinn": self.get_trinn_display()}
        deler = (i_ord.get(navn) or getattr(self, navn) for navn in self.HVA)
        return ", ".join(str(del_) for del_ in deler if del_)

    @property
    def slags_inndeling(self):
        """What kinds of parts it is of: "lokalområde", "slag, kjønn"."""
        felter = (self._meta.get_field(n) for n in self.INNDELINGER if getattr(self, n))
        return ", ".join(str(felt.verbose_name) for felt in felter)

    @property
    def er_fa(self):
        """Whether it counts so few persons that it is hidden. A span from 0 or from a few
        tells of a few, too, however far it goes."""
        if self.verdi is None or not self.indikator.teller_personer:
            return False
        return (self.verdi > 0 or self.verdi_til is not None) and self.verdi < FA

    @property
    def i_ord(self):
        """The figure as text: "33 636", "7,5", "2–3"; or what stands in its place."""
        if self.verdi is None:
            return self.get_merke_display()
        if self.verdi_til is None:
            return tall_i_ord(self.verdi)
        return f"{tall_i_ord(self.verdi)}–{tall_i_ord(self.verdi_til)}"

    def clean(self):
        super().clean()
        feil = {}
        if self.indikator_id:
            feil |= self._feil_ved_indikatoren()
        # What is wrong with the year is said by it; of a time without an end, by the
        # constraint.
        er_kommet = self.arstall and self.arstall <= i_ar()
        kan_sjekkes = self.kilde_id and er_kommet and (self.til_ar or not self.periode)
        if kan_sjekkes and not self.kilde.kan_ha_tall_fra(self.ar):
            feil["kilde"] = _(
                "Kilden er fra %(kilde)d, og kan ikke ha tall fra %(ar)s."
            ) % {"kilde": self.kilde.arstall, "ar": self.ar}
        if feil:
            raise ValidationError(feil)

    def _feil_ved_indikatoren(self):
        feil = {}
        for felt in ("slag", "gruppe", "alder"):
            if self.indikator.gjelder_alle(getattr(self, felt)):
                feil[felt] = _("La feltet stå tomt for tallet som gjelder alle.")
        for felt in ("verdi", "verdi_til"):
            verdi = getattr(self, felt)
            if verdi is not None and (tekst := self.indikator.feil_ved(verdi)):
                feil[felt] = tekst
        return feil
