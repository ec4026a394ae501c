"""What people searched for in vain: counts, and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag

from .kommune import Kommune


class OrdUtenTreff(models.Model):
    """How often a word of the vocabulary that comes with the software found nothing in a
    month. No other word is ever stored, and nothing of who searched, when, or with what
    other words."""

    kommune_sti = "kommune"

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.CASCADE,
        related_name="ord_uten_treff",
        verbose_name=_("kommune"),
    )
    maned = Dag(_("måned"))  # its first day
    ord = Fritekst(_("ord"), max_length=40)
    antall = models.PositiveIntegerField(_("antall"), default=1)

    class Meta:
        verbose_name = _("ord uten treff")
        verbose_name_plural = _("ord uten treff")
        ordering = ["kommune_id", "-maned", "-antall", "ord"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommune", "maned", "ord"],
                name="ordutentreff_en_rad_i_maneden",
                violation_error_message=_("Ordet er allerede talt denne måneden."),
            ),
        ]

    def __str__(self):
        return f"{self.ord}: {self.antall}"
