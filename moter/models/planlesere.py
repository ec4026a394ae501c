"""Which fora read a draft of a plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from tiltak.models import Handlingsplan, utkastet_sees

from .fora import Forum


class PlanleserQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(utkastet_sees(bruker, "plan__"))


class Planleser(Historisert):
    """That the members of a forum read a draft of a plan, and may say what they think of
    it."""

    kommune_sti = "plan__kommune"

    forum = models.ForeignKey(
        Forum,
        on_delete=models.CASCADE,
        related_name="planlesere",
        verbose_name=_("forum"),
    )
    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.CASCADE,
        related_name="planlesere",
        verbose_name=_("plan"),
    )

    objects = PlanleserQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum som leser utkast")
        verbose_name_plural = _("fora som leser utkast")
        ordering = ["plan_id", "forum_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "plan"],
                name="planleser_en_gang",
                violation_error_message=_("Forumet leser planen allerede."),
            ),
        ]

    def __str__(self):
        return str(self.forum)
