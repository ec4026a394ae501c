"""Pictures in texts: kept in the database, so that a backup has them with the texts."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.bilde import STORSTE_SIDE, STORSTE_UT
from slt.grunn.historikk import Historisert, HistorisertQuerySet

from .dokumenter import Frosset
from .kommune import Kommune

STAR_FAST = _("Et bilde endres ikke, og slettes ikke.")


class BildeQuerySet(HistorisertQuerySet):
    def uten_innhold(self):
        """What is known of the pictures, without their bytes."""
        return self.defer("innhold")


class Bilde(Historisert):
    """A picture that texts of the kommune may hold, as slt.grunn.bilde made it: it never
    changes, and stays when no text holds it any more, for a text may be fetched back.

    Who may see it is up to the texts; see slt.felles.bilder.
    """

    # The bytes are not written once more into the history.
    historikk_utelater = ("innhold",)
    kan_hentes_tilbake = False
    kan_endres = False

    class Type(models.TextChoices):
        PNG = "png", "PNG"
        JPEG = "jpg", "JPEG"

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="bilder",
        verbose_name=_("kommune"),
    )
    # Letters alone: it stands in texts, which may hold no number of a person.
    kode = models.CharField(_("kode"), max_length=32, unique=True)
    type = models.CharField(_("type"), max_length=3, choices=Type)
    bredde = models.PositiveSmallIntegerField(_("bredde"))
    hoyde = models.PositiveSmallIntegerField(_("høyde"))
    storrelse = models.PositiveIntegerField(_("størrelse i byte"))
    laget = models.DateTimeField(_("laget"), default=timezone.now)
    innhold = Frosset(_("innhold"))

    objects = BildeQuerySet.as_manager()

    class Meta:
        verbose_name = _("bilde")
        verbose_name_plural = _("bilder")
        ordering = ["kommune_id", "-laget", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kode__regex="^[a-p]{32}$"),
                name="bilde_kode_er_bokstaver",
                violation_error_message=_("Koden er 32 bokstaver fra a til p."),
            ),
            models.CheckConstraint(
                condition=Q(type__in=["png", "jpg"]),
                name="bilde_type_er_kjent",
                violation_error_message=_("Bildet må være en PNG eller en JPEG."),
            ),
            models.CheckConstraint(
                condition=Q(
                    bredde__range=(1, STORSTE_SIDE), hoyde__range=(1, STORSTE_SIDE)
                ),
                name="bilde_er_passe_stort",
                violation_error_message=_("Bildet er for stort."),
            ),
            models.CheckConstraint(
                condition=Q(storrelse__range=(1, STORSTE_UT)),
                name="bilde_tar_passe_plass",
                violation_error_message=_("Bildet tar for mye plass."),
            ),
        ]

    def __str__(self):
        return self.filnavn

    @property
    def filnavn(self):
        return f"{self.kode}.{self.type}"

    @property
    def adresse(self):
        """Where it is shown, and how texts name it."""
        return f"/bilder/{self.filnavn}"

    @staticmethod
    def kode_for(kommune, innhold):
        """The code of the bytes in the kommune: the same picture twice is one row."""
        avtrykk = sha256(f"{kommune.pk}:".encode() + innhold).hexdigest()[:32]
        return avtrykk.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))

    @classmethod
    def vern(cls, rader, *, sletting=False):
        if sletting or any(not rad._state.adding for rad in rader):
            raise ValidationError(STAR_FAST, code="star_fast")
