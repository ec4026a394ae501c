"""What a finding says makes the young more or less exposed."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from tiltak.models import Tema
from tiltak.models.hvem import MedAlder

from .kunnskap import Funn


class FaktorQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Those of the findings that the user sees."""
        funnene = Funn.objects.synlige_for(bruker)
        return self.filter(Exists(funnene.filter(pk=OuterRef("funn_id"))))


class Faktor(Historisert, MedAlder):
    """That a finding is a risk or a protection, by theme and age group."""

    kommune_sti = "funn__kilde__kommune"

    class Type(models.TextChoices):
        RISIKO = "risiko", _("risikofaktor")
        BESKYTTELSE = "beskyttelse", _("beskyttelsesfaktor")

    funn = models.ForeignKey(
        Funn, on_delete=models.CASCADE, related_name="faktorer", verbose_name=_("funn")
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    tema = models.ForeignKey(
        Tema,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="faktorer",
        verbose_name=_("tema"),
        help_text=_("Det den øker eller minsker faren for."),
    )

    objects = FaktorQuerySet.as_manager()

    class Meta:
        verbose_name = _("risiko- eller beskyttelsesfaktor")
        verbose_name_plural = _("risiko- og beskyttelsesfaktorer")
        ordering = ["funn_id", "tema__navn__norsk", "type", "pk"]
        constraints = [*MedAlder.Meta.constraints]

    def __str__(self):
        return f"{self.get_type_display()}: {self.funn}"
