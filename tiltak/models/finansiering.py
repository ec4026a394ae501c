"""How a tiltak is paid."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from slt.grunn.norsk import kroner
from slt.grunn.tekst import Fritekst
from slt.models import Tilgang, har_rett

from .plasseringer import DelAvTiltak, DelAvTiltakQuerySet
from .tiltak import Tiltak


class FinansieringQuerySet(DelAvTiltakQuerySet):
    def synlige_for(self, bruker):
        """What is published, of tiltak that the user sees; all of it for coordinators and
        the politiråd."""
        innenfra = har_rett(
            bruker,
            "tiltak__kommune",
            Tilgang.Rolle.KOORDINATOR,
            Tilgang.Rolle.POLITIRAD,
        )
        return super().synlige_for(bruker).filter(Q(publisert=True) | innenfra)


class Finansiering(DelAvTiltak):
    """What pays for a tiltak, in a year or in all of them."""

    class Slag(models.TextChoices):
        DRIFT = "drift", _("drift")
        TILSKUDD = "tilskudd", _("tilskudd")
        PROSJEKT = "prosjekt", _("prosjektmidler")

    # What was paid for in one period, nobody has promised to pay for in the next.
    kopieres = False

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="finansiering",
        verbose_name=_("tiltak"),
    )
    slag = models.CharField(_("betales av"), max_length=20, choices=Slag)
    fra = Fritekst(
        _("hvem som betaler"),
        max_length=120,
        blank=True,
        help_text=_("For eksempel «Bufdir» eller «Akershus fylkeskommune»."),
    )
    belop = models.PositiveIntegerField(
        _("beløp i kroner"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(2_000_000_000)],
    )
    arstall = models.PositiveSmallIntegerField(
        _("år"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2199)],
        help_text=_("Tomt når det er likt hvert år."),
    )
    publisert = models.BooleanField(
        _("vis for alle"),
        default=False,
        help_text=_("Ellers ser bare SLT-koordinatoren og politirådet det."),
    )

    objects = FinansieringQuerySet.as_manager()

    class Meta:
        verbose_name = _("finansiering")
        verbose_name_plural = _("finansiering")
        ordering = ["tiltak_id", "arstall", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tiltak", "slag", "fra", "arstall"],
                name="finansiering_star_en_gang",
                violation_error_message=_("Det står allerede."),
            ),
            models.UniqueConstraint(
                fields=["tiltak", "slag", "fra"],
                condition=Q(arstall=None),
                name="finansiering_star_en_gang_uten_ar",
                violation_error_message=_("Det står allerede."),
            ),
            models.CheckConstraint(
                condition=Q(belop=None) | Q(belop__gte=1),
                name="finansiering_belop_er_noe",
                violation_error_message=_("Skriv et beløp, eller la det stå tomt."),
            ),
            models.CheckConstraint(
                condition=Q(arstall=None) | Q(arstall__range=(2000, 2199)),
                name="finansiering_arstall_finnes",
                violation_error_message=_("Skriv et årstall fra 2000."),
            ),
        ]

    def __str__(self):
        deler = [str(self.get_slag_display())]
        if self.fra:
            deler.append(self.fra)
        if self.arstall:
            deler.append(str(self.arstall))
        return ", ".join(deler)

    @property
    def i_ord(self):
        """All of it in one line: "Tilskudd, Bufdir, 2026: 1 200 000 kr"."""
        ordene = capfirst(str(self))
        return f"{ordene}: {kroner(self.belop)}" if self.belop else ordene
