"""From one plan of a rekke to the next: what becomes of each tiltak."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import HistorisertQuerySet
from slt.grunn.tekst import Fritekst

from .plan import Handlingsplan, planen_sees
from .plandeler import Plandel
from .tiltak import Tiltak


class OvergangQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(planen_sees(bruker, "ny_plan__"))

    def ventende(self):
        """What was chosen, and is not done yet."""
        return self.filter(til=None, valg__in=Overgang.BLIR_TILTAK)


class Overgang(Plandel):
    """What becomes of a tiltak in the plan that follows. One tiltak may become two, and
    two become one: each is a row."""

    class Valg(models.TextChoices):
        VIDEREFORES = "viderefores", _("videreføres")
        ENDRES = "endres", _("videreføres og endres")
        SLAS_SAMMEN = "slas_sammen", _("slås sammen med et annet")
        DELES = "deles", _("deles i to")
        AVSLUTTES = "avsluttes", _("avsluttes")
        OVERFORES = "overfores", _("overføres til fast struktur")

    BLIR_TILTAK = (Valg.VIDEREFORES, Valg.ENDRES, Valg.SLAS_SAMMEN, Valg.DELES)

    kommune_sti = "ny_plan__kommune"

    ny_plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.CASCADE,
        related_name="overganger",
        verbose_name=_("ny plan"),
    )
    fra = models.ForeignKey(
        Tiltak,
        on_delete=models.PROTECT,
        related_name="overganger_fra",
        verbose_name=_("tiltaket i den forrige planen"),
    )
    til = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="overganger_til",
        verbose_name=_("tiltaket i den nye planen"),
    )
    valg = models.CharField(_("hva som skjer"), max_length=20, choices=Valg)
    sammen_med = models.ForeignKey(
        Tiltak,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("slås sammen med"),
    )
    begrunnelse = Fritekst(_("begrunnelse"), max_length=300, blank=True)

    objects = OvergangQuerySet.as_manager()

    class Meta:
        verbose_name = _("overgang")
        verbose_name_plural = _("overganger")
        ordering = ["ny_plan_id", "fra_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ny_plan", "fra", "til"],
                name="overgang_en_gang",
                violation_error_message=_("Overgangen er allerede ført opp."),
            ),
            models.UniqueConstraint(
                fields=["ny_plan", "fra"],
                condition=Q(til=None),
                name="overgang_ett_valg_om_gangen",
                violation_error_message=_("Det er allerede valgt hva som skjer."),
            ),
            models.CheckConstraint(
                condition=Q(til=None) | ~Q(valg__in=["avsluttes", "overfores"]),
                name="overgang_det_som_slutter_blir_ikke_noe",
                violation_error_message=_(
                    "Et tiltak som slutter, blir ikke et nytt tiltak."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(valg="slas_sammen") | Q(sammen_med__isnull=False),
                name="overgang_sier_hva_det_slas_sammen_med",
                violation_error_message=_("Si hvilket tiltak det slås sammen med."),
            ),
        ]

    def __str__(self):
        return f"{self.fra}: {self.get_valg_display()}"

    def clean(self):
        super().clean()
        if self.fra_id and self.fra.plan_id != self.ny_plan.bygger_pa_id:
            raise ValidationError(
                {"fra": _("Tiltaket står ikke i planen denne bygger på.")}
            )
        if self.til_id and self.til.plan_id != self.ny_plan_id:
            raise ValidationError({"til": _("Tiltaket står ikke i den nye planen.")})
        if self.sammen_med_id and (
            self.sammen_med_id == self.fra_id
            or self.sammen_med.plan_id != self.ny_plan.bygger_pa_id
        ):
            raise ValidationError(
                {"sammen_med": _("Velg et annet tiltak i den forrige planen.")}
            )
