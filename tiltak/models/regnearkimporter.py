"""A spreadsheet of a plan that has come back, and waits for somebody to look at it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from slt.grunn.tekst import Fritekst
from slt.models import Bruker, Kommune

from .plan import Handlingsplan
from .planimporter import InnsendtQuerySet


class Regnearkimport(models.Model):
    """A spreadsheet that came back: what its cells held, until it is put in.

    It stands outside the history, and is thrown away after a week. What it changes in the
    plan is traced as any other change.
    """

    kommune_sti = "kommune"

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.CASCADE,
        related_name="regnearkimporter",
        verbose_name=_("kommune"),
    )
    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.CASCADE,
        related_name="regnearkimporter",
        verbose_name=_("plan"),
    )
    bruker = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        related_name="regnearkimporter",
        verbose_name=_("bruker"),
    )
    navn = Fritekst(_("regneark"), max_length=120)
    # As tiltak.regneark.les has it.
    lest_innhold = models.JSONField(_("innhold"), default=dict)
    lest = models.DateTimeField(_("lest inn"), auto_now_add=True)

    objects = InnsendtQuerySet.as_manager()

    class Meta:
        verbose_name = _("innlest regneark")
        verbose_name_plural = _("innleste regneark")
        ordering = ["kommune_id", "-lest"]

    def __str__(self):
        return self.navn
