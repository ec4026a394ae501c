"""The weeks without meetings."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import Kommune


class MotefriQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """School holidays are known to all."""
        return self

    def get_by_natural_key(self, nummer, navn, fra):
        return self.get(kommune__nummer=nummer, navn=navn, fra=fra)


class Motefri(Historisert):
    """Days on which the kommune would rather not meet: the holidays of its schools."""

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="motefri",
        verbose_name=_("kommune"),
    )
    navn = Fritekst(
        _("navn"), max_length=60, help_text=_("For eksempel «vinterferie 2027».")
    )
    fra = Dag(_("fra og med"))
    til = Dag(_("til og med"))

    objects = MotefriQuerySet.as_manager()

    class Meta:
        verbose_name = _("møtefri tid")
        verbose_name_plural = _("møtefri tid")
        ordering = ["kommune_id", "fra"]
        constraints = [
            models.CheckConstraint(
                condition=Q(til__gte=F("fra")),
                name="motefri_slutter_etter_start",
                violation_error_message=_(
                    "Den siste dagen kan ikke være før den første."
                ),
            ),
            models.UniqueConstraint(
                fields=["kommune", "navn", "fra"],
                name="motefri_star_en_gang",
                violation_error_message=_("Denne tiden er allerede ført opp."),
            ),
        ]

    def __str__(self):
        return self.navn

    def natural_key(self):
        return (self.kommune.nummer, self.navn, self.fra.isoformat())


def skoleferier(kommune, fra, til):
    """Returns (first day, last day) of the holidays between; 1 query."""
    ferier = kommune.motefri.filter(fra__lte=til, til__gte=fra)
    return ferier.values_list("fra", "til")
