"""Who asked to be told by mail of what changes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet

from .brukere import Bruker
from .kommune import Kommune
from .retter import Rolle, har_rett


class EndringsbrevQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Their own, and for coordinators those of the kommune."""
        egne = models.Q(bruker=getattr(bruker, "pk", None))
        return self.filter(egne | har_rett(bruker, "kommune", Rolle.KOORDINATOR))


class Endringsbrev(Historisert):
    """That a user wants a mail of what changed in a kommune, once a month at the most."""

    # Whoever had it taken away asks anew.
    kan_hentes_tilbake = False
    # It follows from what was sent, and changes with no word of the kommune.
    historikk_utelater = ("fortalt_til",)

    bruker = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        related_name="endringsbrev",
        verbose_name=_("bruker"),
    )
    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="endringsbrev",
        verbose_name=_("kommune"),
    )
    # What was done before was told, or happened before anybody asked.
    fortalt_til = models.DateTimeField(default=timezone.now, editable=False)

    objects = EndringsbrevQuerySet.as_manager()

    class Meta:
        verbose_name = _("endringsbrev")
        verbose_name_plural = _("endringsbrev")
        ordering = ["kommune_id", "bruker_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bruker", "kommune"],
                name="endringsbrev_ett_per_kommune",
                violation_error_message=_("Brevet er bestilt allerede."),
            ),
        ]

    def __str__(self):
        return f"{self.bruker.epost}, {self.kommune}"
