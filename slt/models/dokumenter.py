"""Files that are kept as they were when something was decided."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst

from .kommune import Kommune

SJEKKSUM = "^[0-9a-f]{64}$"
FROSSET = _("Et frosset dokument endres ikke, og slettes ikke.")


class Frosset(models.BinaryField):
    """Bytes that are written once. The history leaves them out, and does not see them
    change."""

    def pre_save(self, model_instance, add):
        if not model_instance._state.adding:
            raise ValidationError(FROSSET, code="star_fast")
        return super().pre_save(model_instance, add)


class DokumentQuerySet(HistorisertQuerySet):
    def uten_innhold(self):
        """What is known of the files, without their bytes."""
        return self.defer("innhold")

    def frys(self, innhold: bytes, *, kommune, slag, tittel, filnavn):
        """Returns the frozen file with these bytes; the same ones are kept once in a
        kommune. The caller holds its lock."""
        sjekksum = sha256(innhold).hexdigest()
        funnet = self.uten_innhold().filter(kommune=kommune, sha256=sjekksum).first()
        return funnet or self.create(
            kommune=kommune,
            slag=slag,
            tittel=tittel,
            filnavn=filnavn,
            sha256=sjekksum,
            storrelse=len(innhold),
            innhold=innhold,
        )


class Dokument(Historisert):
    """A file as it was when something was decided: it never changes.

    Who may see it is up to what it was made of; see the models that point here.
    """

    # The bytes are not written once more into the history.
    historikk_utelater = ("innhold",)
    kan_hentes_tilbake = False
    # Whatever becomes of what it was made of.
    kan_endres = False

    class Slag(models.TextChoices):
        PLAN = "plan", _("handlingsplan")
        EVALUERING = "evaluering", _("evaluering")
        RAPPORT = "rapport", _("rapport")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="dokumenter",
        verbose_name=_("kommune"),
    )
    slag = models.CharField(_("slag"), max_length=20, choices=Slag)
    tittel = Fritekst(_("tittel"), max_length=250)
    filnavn = Fritekst(_("filnavn"), max_length=200)
    laget = models.DateTimeField(_("laget"), default=timezone.now)
    sha256 = models.CharField(_("sjekksum (SHA-256)"), max_length=64)
    storrelse = models.PositiveIntegerField(_("størrelse i byte"))
    innhold = Frosset(_("innhold"))

    objects = DokumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokument")
        verbose_name_plural = _("dokumenter")
        ordering = ["kommune_id", "-laget", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=SJEKKSUM),
                name="dokument_sjekksum_er_sha256",
                violation_error_message=_("Sjekksummen er 64 sifre og bokstaver."),
            ),
            models.UniqueConstraint(
                fields=["kommune", "sha256"],
                name="dokument_en_gang",
                violation_error_message=_("Dokumentet er lagret allerede."),
            ),
        ]

    def __str__(self):
        return self.tittel

    @property
    def er_uskadd(self):
        """Whether its bytes are those that were frozen, as the checksum says."""
        return sha256(self.innhold).hexdigest() == self.sha256

    @classmethod
    def vern(cls, rader, *, sletting=False):
        if sletting or any(not rad._state.adding for rad in rader):
            raise ValidationError(FROSSET, code="star_fast")
