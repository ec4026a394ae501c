"""Who keeps a tjeneste up to date besides the coordinator."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from slt.models import Bruker, Tidsrom

from .tjenester import Tjeneste


class Tjenesteredaktor(Tidsrom):
    """That somebody at a tjeneste keeps its text and contact points up to date."""

    kommune_sti = "tjeneste__kommune"

    bruker = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        related_name="redaktor_for",
        verbose_name=_("bruker"),
    )
    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.PROTECT,
        related_name="redaktorer",
        verbose_name=_("tjeneste"),
    )

    class Meta:
        verbose_name = _("redaktør")
        verbose_name_plural = _("redaktører")
        ordering = ["tjeneste_id", "bruker_id"]
        constraints = [
            *Tidsrom.Meta.constraints,
            models.UniqueConstraint(
                fields=["bruker", "tjeneste"],
                condition=Q(til=None),
                name="tjenesteredaktor_en_lopende",
                violation_error_message=_("Brukeren er allerede redaktør her."),
            ),
        ]

    def __str__(self):
        # By address: not every kommune may know what people are called.
        return f"{self.bruker.epost}: {self.tjeneste}"
