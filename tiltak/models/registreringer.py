"""That the treatment of a plan was registered, with the file that was frozen then."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst
from slt.models import Dokument

from .plan import Handlingsplan, planen_sees


class RegistreringQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Whoever sees the plan sees what was frozen of it."""
        return self.filter(planen_sees(bruker, "plan__"))

    def som_star(self):
        """Those that were not taken back."""
        return self.filter(trukket=None)

    def med_sjekksum(self, sjekksum):
        """Those of one document; where the very same was registered again, the one that
        stands comes first."""
        rader = self.filter(dokument__sha256=sjekksum)
        return rader.order_by(F("trukket").desc(nulls_first=True), "-pk")

    def uten_innhold(self):
        """With plan and document, without the bytes of that."""
        rader = self.select_related("dokument", "plan__kommune", "plan__rekke")
        return rader.defer("dokument__innhold")


class Registrering(Historisert):
    """That it was registered here how a plan was treated, and what the plan was then.

    The decision itself is made elsewhere. A registration may be taken back, with a
    reason; the file stays.
    """

    kommune_sti = "plan__kommune"
    kan_hentes_tilbake = False

    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.PROTECT,
        related_name="registreringer",
        verbose_name=_("plan"),
    )
    dokument = models.ForeignKey(
        Dokument,
        on_delete=models.PROTECT,
        related_name="registreringer",
        verbose_name=_("dokument"),
    )
    tid = models.DateTimeField(_("registrert"), default=timezone.now)
    # How the plan was treated, as it was known then; the plan itself may be corrected.
    behandling = Fritekst(_("behandling"), max_length=300, blank=True)
    # What was changed along with it, in the history: this is what is taken back.
    samling = models.UUIDField(_("endret sammen"), default=uuid4, editable=False)
    trukket = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)
    hvorfor_trukket = Fritekst(_("hvorfor"), max_length=300, blank=True)

    objects = RegistreringQuerySet.as_manager()

    class Meta:
        verbose_name = _("registrert behandling")
        verbose_name_plural = _("registrerte behandlinger")
        ordering = ["plan_id", "-tid", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(trukket=None),
                name="registrering_en_som_star",
                violation_error_message=_("Behandlingen er registrert allerede."),
            ),
            models.CheckConstraint(
                condition=Q(trukket=None, hvorfor_trukket="")
                | (Q(trukket__isnull=False) & ~Q(hvorfor_trukket="")),
                name="registrering_trekkes_med_grunn",
                violation_error_message=_("Skriv hvorfor registreringen trekkes."),
            ),
        ]

    def __str__(self):
        return str(self.dokument)

    @classmethod
    def vern(cls, rader, *, sletting=False):
        if sletting:
            raise ValidationError(
                _("En registrert behandling trekkes tilbake, men slettes ikke."),
                code="star_fast",
            )
