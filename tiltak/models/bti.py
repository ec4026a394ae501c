"""Where in the work with one child something belongs: the levels of BTI, bedre
tverrfaglig innsats."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class MedBti(models.Model):
    """Base of what belongs to levels of BTI, from one to another, both inclusive; or to
    none."""

    bti_fra = models.PositiveSmallIntegerField(
        _("BTI-nivå fra"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(3)],
        help_text=_(
            "Nivåene i bedre tverrfaglig innsats, fra 0 til 3. 0: en uro avklares. 1: "
            "én tjeneste følger opp. 2: noen tjenester samarbeider. 3: mange samordner"
            " innsatsen."
        ),
    )
    bti_til = models.PositiveSmallIntegerField(
        _("BTI-nivå til og med"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(3)],
        help_text=_("Det samme tallet to ganger når det gjelder ett nivå."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(bti_fra=None, bti_til=None)
                | Q(bti_fra__lte=F("bti_til"), bti_til__lte=3),
                name="%(class)s_bti_i_rekkefolge",
                violation_error_message=_(
                    "Fyll ut begge BTI-nivåene, fra 0 til 3, det laveste først."
                ),
            ),
        ]

    @property
    def bti_niva(self):
        """ "0–1", "2" or ""."""
        if self.bti_fra is None:
            return ""
        if self.bti_fra == self.bti_til:
            return str(self.bti_fra)
        return f"{self.bti_fra}–{self.bti_til}"
