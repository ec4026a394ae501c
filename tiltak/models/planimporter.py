"""A plan that is on its way in from a document."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.tekst import Fritekst
from slt.models import Bruker, Kommune, Tilgang, har_rett

from .plan import Handlingsplan


class InnsendtQuerySet(models.QuerySet):
    def synlige_for(self, bruker):
        """What somebody sent is for those who write the plan."""
        return self.filter(har_rett(bruker, "kommune", Tilgang.Rolle.KOORDINATOR))


class PlanimportQuerySet(InnsendtQuerySet):
    def under_arbeid(self):
        return self.filter(lagt_inn=None)


class Planimport(models.Model):
    """A document that is becoming a plan: what was read, and what was decided about it.

    It stands outside the history: each key press would be a row there. The plan that comes
    of it is traced as any other change.
    """

    kommune_sti = "kommune"

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.CASCADE,
        related_name="planimporter",
        verbose_name=_("kommune"),
    )
    bruker = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        related_name="planimporter",
        verbose_name=_("bruker"),
    )
    navn = Fritekst(_("dokument"), max_length=120)
    sjekksum = models.CharField(_("sjekksum"), max_length=64)
    # As tiltak.innlesing.blokker and tiltak.innlesing.forslag.valg have them.
    blokker = models.JSONField(_("blokker"), default=list)
    valg = models.JSONField(_("valg"), default=dict)
    # Earlier choices, the last one last: what is undone is taken from here.
    tidligere_valg = models.JSONField(_("tidligere valg"), default=list)
    # The keys of the blocks that somebody has read the proposal of.
    sett = models.JSONField(_("lest gjennom"), default=list)
    # Counts what was decided: of two at once, the second is told.
    versjon = models.PositiveIntegerField(_("versjon"), default=0)
    lest = models.DateTimeField(_("lest inn"), auto_now_add=True)
    endret = models.DateTimeField(_("endret"), auto_now=True)
    lagt_inn = models.DateTimeField(_("lagt inn"), null=True, blank=True)
    # With the draft that came of it goes what it came from.
    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="planimporter",
        verbose_name=_("plan"),
    )
    # What else was made with the plan, for taking it out again: {model label: [keys]}.
    laget = models.JSONField(_("laget"), default=dict)

    objects = PlanimportQuerySet.as_manager()

    class Meta:
        verbose_name = _("innlest plan")
        verbose_name_plural = _("innleste planer")
        ordering = ["kommune_id", "-endret"]
        constraints = [
            models.CheckConstraint(
                condition=Q(plan=None, lagt_inn=None)
                | Q(plan__isnull=False, lagt_inn__isnull=False),
                name="planimport_plan_er_lagt_inn",
                violation_error_message=_("Planen må legges inn for å stå her."),
            ),
        ]

    def __str__(self):
        return self.navn

    @property
    def kan_angres(self):
        """Whether the draft can be taken out again by this door: as long as there is a
        document to come back to."""
        return self.plan_id is not None and self.plan.er_utkast and bool(self.blokker)
