"""What an indicator serves: goals, innsatsområder and tiltak, each with what it takes to
succeed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from tiltak.models import Innsatsomrade, Malsetting, Tiltak

from .kunnskap import KnytningQuerySet
from .tall import Indikator


class Indikatorbruk(Historisert):
    """Base of what ties an indicator to what it measures, by the foreign key `GJELDER`."""

    GJELDER: str

    kommune_sti = "indikator__kommune"

    indikator = models.ForeignKey(
        Indikator,
        on_delete=models.CASCADE,
        related_name="%(class)ser",
        verbose_name=_("indikator"),
    )
    kriterium = Fritekst(
        _("suksesskriterium"),
        max_length=300,
        blank=True,
        help_text=_("Det som skal til for å si at det har lykkes, med egne ord."),
    )
    maltall = models.DecimalField(
        _("tallet som skal nås"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    innen = Dag(_("innen"), null=True, blank=True)

    objects = KnytningQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(maltall=None) | Q(innen__isnull=False),
                name="%(class)s_maltall_har_dato",
                violation_error_message=_("Oppgi også når tallet skal være nådd."),
            ),
        ]

    def __str__(self):
        return str(self.gjelder)

    @property
    def gjelder(self):
        return getattr(self, self.GJELDER)

    def clean(self):
        super().clean()
        kan_sjekkes = self.maltall is not None and self.indikator.minst is not None
        if kan_sjekkes and (tekst := self.indikator.feil_ved(self.maltall)):
            raise ValidationError({"maltall": tekst})


class Malsettingsindikator(Indikatorbruk):
    """That an indicator shows how far a goal is reached."""

    GJELDER = "malsetting"

    malsetting = models.ForeignKey(
        Malsetting,
        on_delete=models.CASCADE,
        related_name="indikatorbruk",
        verbose_name=_("målsetting"),
    )

    class Meta:
        verbose_name = _("målsetting som indikatoren måler")
        verbose_name_plural = _("målsettinger som indikatoren måler")
        ordering = ["indikator_id", "pk"]
        constraints = [
            *Indikatorbruk.Meta.constraints,
            models.UniqueConstraint(
                fields=["indikator", "malsetting"],
                name="malsettingsindikator_star_en_gang",
                violation_error_message=_("Målsettingen er allerede knyttet til den."),
            ),
        ]


class Omradeindikator(Indikatorbruk):
    """That an indicator shows how it goes in an innsatsområde."""

    GJELDER = "innsatsomrade"

    innsatsomrade = models.ForeignKey(
        Innsatsomrade,
        on_delete=models.CASCADE,
        related_name="indikatorbruk",
        verbose_name=_("innsatsområde"),
    )

    class Meta:
        verbose_name = _("innsatsområde som indikatoren måler")
        verbose_name_plural = _("innsatsområder som indikatoren måler")
        ordering = ["indikator_id", "pk"]
        constraints = [
            *Indikatorbruk.Meta.constraints,
            models.UniqueConstraint(
                fields=["indikator", "innsatsomrade"],
                name="omradeindikator_star_en_gang",
                violation_error_message=_(
                    "Innsatsområdet er allerede knyttet til den."
                ),
            ),
        ]


class Tiltaksindikator(Indikatorbruk):
    """That an indicator shows what a tiltak is to change."""

    GJELDER = "tiltak"

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="indikatorbruk",
        verbose_name=_("tiltak"),
    )

    class Meta:
        verbose_name = _("tiltak som indikatoren måler")
        verbose_name_plural = _("tiltak som indikatoren måler")
        ordering = ["indikator_id", "pk"]
        constraints = [
            *Indikatorbruk.Meta.constraints,
            models.UniqueConstraint(
                fields=["indikator", "tiltak"],
                name="tiltaksindikator_star_en_gang",
                violation_error_message=_("Tiltaket er allerede knyttet til den."),
            ),
        ]
