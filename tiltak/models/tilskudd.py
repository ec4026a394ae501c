"""Grants that the kommune applies for, and which tiltak they pay for."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.norsk import kroner
from slt.grunn.tekst import Fritekst, Nettadresse
from slt.grunn.tid import KommetDag, Plandag
from slt.models import Kommune, Tilgang, har_rett

from .finansiering import Finansiering
from .plan import planen_sees
from .tiltak import Tiltak

# Who sees all of them, also what was not given.
INNENFRA = (Tilgang.Rolle.KOORDINATOR, Tilgang.Rolle.POLITIRAD)
FORSTE_AR, SISTE_AR = 2000, 2199
BELOP = [MinValueValidator(1), MaxValueValidator(2_000_000_000)]


class Tilstand(models.TextChoices):
    """How far a grant has come."""

    PLANLAGT = "planlagt", _("planlagt")
    SOKT = "sokt", _("søkt")
    INNVILGET = "innvilget", _("innvilget")
    DELVIS = "delvis", _("delvis innvilget")
    AVSLATT = "avslatt", _("avslått")
    TRUKKET = "trukket", _("trukket")
    RAPPORTERT = "rapportert", _("rapportert")


# Those of which money came, and those that were sent and not taken back.
GITT = (Tilstand.INNVILGET, Tilstand.DELVIS, Tilstand.RAPPORTERT)
SENDT = (Tilstand.SOKT, Tilstand.AVSLATT, *GITT)
# Those that wait for a day: an application to send, a report to deliver.
SKAL_SOKES = (Tilstand.PLANLAGT,)
SKAL_RAPPORTERES = (Tilstand.INNVILGET, Tilstand.DELVIS)


def tilskuddet_sees(bruker, sti=""):
    """Returns a Q: that the user sees a grant. What was given and is published, everybody
    does; all of them, the coordinators and the politiråd of the kommune.

    Args:
        sti: the look-up from a row to its grant, with its underscores: "tilskudd__".
    """
    apent = Q(**{f"{sti}publisert": True, f"{sti}tilstand__in": GITT})
    return apent | har_rett(bruker, f"{sti}kommune", *INNENFRA)


class TilskuddQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(tilskuddet_sees(bruker))

    def med_frist(self, fra=date.min, til=date.max):
        """Those whose next day, to apply or to report, is between two days."""
        return self.filter(
            Q(tilstand__in=SKAL_SOKES, soknadsfrist__range=(fra, til))
            | Q(tilstand__in=SKAL_RAPPORTERES, rapporteringsfrist__range=(fra, til))
        )


class Tilskudd(Historisert):
    """A grant of a scheme for a year: applied for, given or refused, and reported."""

    # What was given for one period, nobody has promised for the next.
    kopieres = False

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="tilskudd",
        verbose_name=_("kommune"),
    )
    ordning = Fritekst(
        _("tilskuddsordning"),
        max_length=120,
        help_text=_("For eksempel «Tilskudd til inkludering av barn og unge»."),
    )
    giver = Fritekst(
        _("hvem som gir det"),
        max_length=120,
        help_text=_("For eksempel «Bufdir» eller «Akershus fylkeskommune»."),
    )
    arstall = models.PositiveSmallIntegerField(
        _("år"),
        validators=[MinValueValidator(FORSTE_AR), MaxValueValidator(SISTE_AR)],
        help_text=_("Året pengene gjelder for."),
    )
    soknadsfrist = Plandag(_("søknadsfrist"), null=True, blank=True)
    sokt = models.PositiveIntegerField(
        _("søkt om, i kroner"), null=True, blank=True, validators=BELOP
    )
    gitt = models.PositiveIntegerField(
        _("gitt, i kroner"), null=True, blank=True, validators=BELOP
    )
    tilstand = models.CharField(
        _("tilstand"), max_length=20, choices=Tilstand, default=Tilstand.PLANLAGT
    )
    rapporteringsfrist = Plandag(_("rapporteringsfrist"), null=True, blank=True)
    rapportert = KommetDag(_("rapporten ble levert"), null=True, blank=True)
    adresse = Nettadresse(
        _("lenke til ordningen"), max_length=300, blank=True, default=""
    )
    merknad = Fritekst(
        _("merknad"),
        max_length=2000,
        blank=True,
        help_text=_("Bare SLT-koordinatoren og politirådet ser den."),
    )
    publisert = models.BooleanField(
        _("vis for alle"),
        default=False,
        help_text=_(
            "Da ser alle ordningen, hvem som ga pengene, hvor mye dere fikk, og til hva. "
            "Det som ikke er gitt, ser ellers bare SLT-koordinatoren og politirådet."
        ),
    )

    objects = TilskuddQuerySet.as_manager()

    class Meta:
        verbose_name = _("tilskudd")
        verbose_name_plural = _("tilskudd")
        ordering = ["kommune_id", "-arstall", "ordning", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(arstall__range=(FORSTE_AR, SISTE_AR)),
                name="tilskudd_arstall_finnes",
                violation_error_message=_("Skriv et årstall fra 2000."),
            ),
            models.CheckConstraint(
                condition=Q(sokt=None) | Q(sokt__gte=1),
                name="tilskudd_sokt_er_noe",
                violation_error_message=_("Skriv et beløp, eller la det stå tomt."),
            ),
            models.CheckConstraint(
                condition=Q(gitt=None) | Q(gitt__gte=1),
                name="tilskudd_gitt_er_noe",
                violation_error_message=_(
                    "Skriv hva dere fikk, eller la det stå tomt."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(tilstand=Tilstand.SOKT) | Q(sokt__isnull=False),
                name="tilskudd_sokt_med_belop",
                violation_error_message=_("Skriv hvor mye dere søkte om."),
            ),
            models.CheckConstraint(
                condition=~Q(tilstand__in=GITT) | Q(gitt__isnull=False),
                name="tilskudd_gitt_med_belop",
                violation_error_message=_("Skriv hvor mye dere fikk."),
            ),
            models.CheckConstraint(
                condition=Q(gitt=None) | Q(tilstand__in=GITT),
                name="tilskudd_belop_bare_nar_gitt",
                violation_error_message=_(
                    "Dere har skrevet hva dere fikk. Velg at det er innvilget, delvis "
                    "innvilget eller rapportert, eller ta bort beløpet."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(tilstand=Tilstand.DELVIS)
                | Q(sokt=None)
                | Q(gitt__lt=F("sokt")),
                name="tilskudd_delvis_er_mindre",
                violation_error_message=_(
                    "Delvis innvilget er mindre enn det dere søkte om. Rett et av "
                    "beløpene, eller velg at det er innvilget."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(tilstand=Tilstand.RAPPORTERT)
                | Q(rapportert__isnull=False),
                name="tilskudd_rapportert_en_dag",
                violation_error_message=_("Skriv dagen rapporten ble levert."),
            ),
            models.CheckConstraint(
                condition=Q(rapportert=None) | Q(tilstand=Tilstand.RAPPORTERT),
                name="tilskudd_dag_bare_nar_rapportert",
                violation_error_message=_(
                    "Dere har skrevet når rapporten ble levert. Velg at det er "
                    "rapportert, eller ta bort dagen."
                ),
            ),
            models.CheckConstraint(
                condition=Q(soknadsfrist=None)
                | Q(rapporteringsfrist=None)
                | Q(rapporteringsfrist__gte=F("soknadsfrist")),
                name="tilskudd_rapporteres_etter_soknaden",
                violation_error_message=_(
                    "Rapporteringsfristen kan ikke være før søknadsfristen."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.ordning} {self.arstall}"

    def get_absolute_url(self):
        liste = reverse("tiltak:tilskuddene", args=[self.kommune.slug])
        return f"{liste}?ar={self.arstall}#{self.anker}"

    @classmethod
    def vern(cls, rader, *, sletting=False):
        """What was given some time, is told of as long as anybody may ask for it."""
        super().vern(rader, sletting=sletting)
        pker = [rad.pk for rad in rader if rad.pk]
        if sletting and cls.historikk.filter(id__in=pker, tilstand__in=GITT).exists():
            raise ValidationError(
                _(
                    "Et tilskudd som er gitt, slettes ikke. Velg «trukket» hvis dere ga "
                    "det fra dere."
                ),
                code="star_fast",
            )

    @property
    def anker(self):
        """Where it stands on the page of its year."""
        return f"tilskudd-{self.pk}"

    @property
    def er_gitt(self):
        return self.tilstand in GITT

    @property
    def er_sokt(self):
        """Whether it was applied for, and that was not taken back."""
        return self.tilstand in SENDT

    @property
    def er_apent(self):
        """Whether everybody sees it."""
        return self.publisert and self.er_gitt

    @property
    def skal_sokes(self):
        return self.tilstand in SKAL_SOKES

    @property
    def skal_rapporteres(self):
        return self.tilstand in SKAL_RAPPORTERES

    @property
    def neste_frist(self):
        """The day to apply or to report that it waits for; None where there is none."""
        if self.skal_sokes:
            return self.soknadsfrist
        return self.rapporteringsfrist if self.skal_rapporteres else None

    @property
    def er_over_fristen(self):
        """The day itself is in time."""
        return bool(self.neste_frist) and self.neste_frist < timezone.localdate()


class TilskuddstiltakQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Those of which the user sees both the grant and the tiltak."""
        return self.filter(
            tilskuddet_sees(bruker, "tilskudd__"),
            planen_sees(
                bruker,
                "tiltak__plan__",
                kommune="tiltak__kommune",
                publisert=Q(tiltak__publisert=True),
            ),
        )

    def gitte(self):
        """Those whose grant was given, with how many tiltak it is for; no query more."""
        alle = Tilskuddstiltak.objects.filter(tilskudd=OuterRef("tilskudd")).order_by()
        antall = alle.values("tilskudd").annotate(antall=Count("pk")).values("antall")
        return self.filter(tilskudd__tilstand__in=GITT).annotate(
            antall_tiltak=Coalesce(Subquery(antall, output_field=IntegerField()), 0)
        )


class Tilskuddstiltak(Historisert):
    """That a grant pays for a tiltak, and how much of it."""

    kommune_sti = "tilskudd__kommune"
    kopieres = False

    tilskudd = models.ForeignKey(
        Tilskudd,
        on_delete=models.CASCADE,
        related_name="fordeling",
        verbose_name=_("tilskudd"),
    )
    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="tilskudd",
        verbose_name=_("tiltak"),
    )
    belop = models.PositiveIntegerField(
        _("så mye av det, i kroner"), null=True, blank=True, validators=BELOP
    )

    objects = TilskuddstiltakQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiltak et tilskudd betaler for")
        verbose_name_plural = _("tiltak et tilskudd betaler for")
        ordering = ["tilskudd_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tilskudd", "tiltak"],
                name="tilskuddstiltak_star_en_gang",
                violation_error_message=_("Tiltaket står allerede."),
            ),
            models.CheckConstraint(
                condition=Q(belop=None) | Q(belop__gte=1),
                name="tilskuddstiltak_belop_er_noe",
                violation_error_message=_("Skriv et beløp, eller la det stå tomt."),
            ),
        ]

    def __str__(self):
        return str(self.tiltak)

    @property
    def publisert(self):
        """Whether everybody sees it where the tiltak is, as of a Finansiering."""
        return self.tilskudd.publisert

    @property
    def andelen(self):
        """How much of the grant is for this tiltak: all of it, where it is for no other
        one; None where nobody has said. Of rows from `gitte`."""
        alene = self.antall_tiltak == 1
        return self.belop or (self.tilskudd.gitt if alene else None)

    @property
    def i_ord(self):
        """As `Finansiering.i_ord`: "Tilskudd, Bufdir, 2026 (Nasjonal ordning): 200 000 kr"."""
        gave = self.tilskudd
        slag = capfirst(str(Finansiering.Slag.TILSKUDD.label))
        ordene = f"{slag}, {gave.giver}, {gave.arstall} ({gave.ordning})"
        return f"{ordene}: {kroner(self.andelen)}" if self.andelen else ordene


def betales_av(tiltak):
    """Returns what pays for a tiltak, loaded by `last_detaljer`: each Finansiering, and each
    grant that was given. What is said in words of a grant that stands there itself is left
    out, as it is the same money; not where more people see the words."""
    gitte = list(tiltak.tilskudd.all())
    samme = {
        (navn.casefold(), rad.tilskudd.arstall): rad
        for rad in sorted(gitte, key=lambda rad: rad.publisert)
        for navn in (rad.tilskudd.giver, rad.tilskudd.ordning)
    }

    def star_der(rad):
        gave = samme.get((rad.fra.casefold(), rad.arstall))
        er_tilskudd = rad.slag == Finansiering.Slag.TILSKUDD
        return er_tilskudd and gave and gave.publisert >= rad.publisert

    return [*(r for r in tiltak.finansiering.all() if not star_der(r)), *gitte]
