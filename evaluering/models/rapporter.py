"""Reports of the SLT work: to the politiråd, to the council, and of a year."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moter.models import Mote
from slt.grunn.historikk import SLIPPES
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import Kommune, Tilgang, har_rett
from tiltak.models import Handlingsplan, Tjeneste

from .frysing import Fryser, FryserQuerySet


class RapportQuerySet(FryserQuerySet):
    def synlige_for(self, bruker):
        """Published ones are for all, finished ones for the politiråd, and all of them for
        coordinators."""
        koordinator = har_rett(bruker, "kommune", Tilgang.Rolle.KOORDINATOR)
        politirad = har_rett(bruker, "kommune", Tilgang.Rolle.POLITIRAD)
        ferdig = Q(ferdig__isnull=False)
        return self.filter(koordinator | (politirad & ferdig) | Q(publisert=True))


class Rapport(Fryser):
    """What is told of the work in a period: chapters made of the data, with an
    introduction of the coordinator's own."""

    DEN = _("Rapporten")
    STAR_FAST = _("Rapporten er ferdig. Åpne den igjen for å endre den.")

    class Slag(models.TextChoices):
        STATUS = "status", _("statusrapport til politirådet")
        AR = "ar", _("årsrapport")
        ORIENTERING = "orientering", _("orientering til kommunestyret")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="rapporter",
        verbose_name=_("kommune"),
    )
    slag = models.CharField(_("slag"), max_length=20, choices=Slag)
    # None of it where the kommune has none: a year goes by without a plan, too.
    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rapporter",
        verbose_name=_("plan"),
    )
    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rapporter",
        verbose_name=_("tjeneste"),
        help_text=_("Tomt når rapporten er om hele arbeidet."),
    )
    tittel = Fritekst(_("tittel"), max_length=200)
    fra_dato = Dag(_("fra dato"))
    til_dato = Dag(_("til og med dato"))
    siden = models.ForeignKey(
        Mote,
        on_delete=SLIPPES,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vis hva som er endret siden"),
        help_text=_("Uten et møte gjelder det fra den første dagen i perioden."),
    )
    bes_om = Fritekst(
        _("det dere bes ta stilling til"),
        rik=True,
        blank=True,
        help_text=_("Står først. Et punkt for hver sak, så kort som mulig."),
    )
    innledning = Fritekst(_("innledning"), rik=True, blank=True)
    # Keys of slt.felles.rapport.KAPITLER; what no longer is one, is left out.
    kapitler = models.JSONField(_("kapitler"), default=list, blank=True)

    # What its chapters said when it was finished, for those who read it as a page.
    side = Fritekst(_("kapitlene"), rik=True, blank=True, editable=False)

    objects = RapportQuerySet.as_manager()

    class Meta:
        verbose_name = _("rapport")
        verbose_name_plural = _("rapporter")
        ordering = ["kommune_id", "-til_dato", "-pk"]
        constraints = [
            *Fryser.Meta.constraints,
            models.CheckConstraint(
                condition=Q(til_dato__gte=F("fra_dato")),
                name="rapport_slutter_etter_start",
                violation_error_message=_("Den siste dagen er før den første."),
            ),
            models.CheckConstraint(
                condition=Q(tjeneste=None) | Q(slag="ar"),
                name="rapport_om_en_tjeneste_er_av_aret",
                violation_error_message=_("Bare en årsrapport er om én tjeneste."),
            ),
            # It says what stands still, and why, in the words of those who said so.
            models.CheckConstraint(
                condition=Q(publisert=False) | ~Q(slag="status"),
                name="rapport_til_politiradet_er_intern",
                violation_error_message=_(
                    "En statusrapport til politirådet publiseres ikke."
                ),
            ),
        ]

    def __str__(self):
        return self.tittel

    def get_absolute_url(self):
        return reverse("evaluering:rapport_detail", args=[self.kommune.slug, self.pk])

    @property
    def til_politiradet(self):
        return self.slag == self.Slag.STATUS
