"""The links by which calendar programs fetch meetings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from slt.models import Bruker, Nokkellenke, TidsromQuerySet

from .fora import Forum


class KalenderlenkeQuerySet(TidsromQuerySet):
    def synlige_for(self, bruker):
        """One's own, and those of the fora that one keeps."""
        if not bruker.is_authenticated:
            return self.none()
        return self.filter(
            Q(bruker=bruker.pk) | Q(forum__in=Forum.objects.holdes_av(bruker))
        )


class Kalenderlenke(Nokkellenke):
    """A secret link to the calendar of a forum, or to that of one user's fora."""

    kommune_sti = None

    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="kalenderlenker",
        verbose_name=_("forum"),
    )
    bruker = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="kalenderlenker",
        verbose_name=_("bruker"),
    )

    objects = KalenderlenkeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kalenderlenke")
        verbose_name_plural = _("kalenderlenker")
        ordering = ["pk"]
        constraints = [
            *Nokkellenke.Meta.constraints,
            models.CheckConstraint(
                condition=Q(forum=None) ^ Q(bruker=None),
                name="kalenderlenke_er_til_forum_eller_bruker",
                violation_error_message=_("Lenken gjelder et forum eller en bruker."),
            ),
        ]

    def __str__(self):
        return str(self.forum or self.bruker)
