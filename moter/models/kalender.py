"""The links by which calendar programs fetch meetings."""

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from slt.models import Bruker, Nokkellenke, NokkellenkeQuerySet

from .fora import Forum
from .moter import Mote


class KalenderlenkeQuerySet(NokkellenkeQuerySet):
    def synlige_for(self, bruker):
        """One's own, and those of the fora that one keeps."""
        if not bruker.is_authenticated:
            return self.none()
        return self.filter(
            Q(bruker=bruker.pk) | Q(forum__in=Forum.objects.holdes_av(bruker))
        )

    def som_apner(self):
        """Those that open something now; a user who may not log in has no calendar."""
        return self.gyldige().filter(Q(bruker=None) | Q(bruker__is_active=True))


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

    @classmethod
    def ny(cls, *, forum=None, bruker=None):
        """Makes a link; returns its key, which is not stored."""
        lenke = cls(forum=forum, bruker=bruker)
        nokkel = lenke.gi_nokkel()
        lenke.save()
        return nokkel

    def moter(self):
        """The meetings that it opens: of its forum as a member sees them, or of the fora
        where its user sits today."""
        if self.forum_id:
            return Mote.objects.filter(forum=self.forum_id).annotate(
                innenfra=Value(True)
            )
        # They are asked for as numbers: by a subquery, PostgreSQL reads the meetings of
        # all kommuner.
        seter = self.bruker.forumsmedlemskap.gyldige()
        fora = list(seter.values_list("forum", flat=True))
        return Mote.objects.synlige_for(self.bruker).filter(forum__in=fora)
