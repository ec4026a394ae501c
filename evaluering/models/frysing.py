"""What is written, finished as a document that never changes, and shown to all when the
coordinator says so."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.models import Dokument


class FryserQuerySet(HistorisertQuerySet):
    def ferdige(self):
        return self.exclude(ferdig=None)


class Fryser(Historisert):
    """Base of what stands fast once it is finished.

    Attributes:
        DEN: what one is called, in its definite form, with a capital.
        STAR_FAST: what is said when somebody changes it then.
    """

    kopieres = False
    # What is frozen does not come back by itself.
    hentes_ikke_tilbake = ("ferdig", "dokument", "publisert")
    DEN: str
    STAR_FAST: str

    ferdig = models.DateTimeField(_("ferdig"), null=True, blank=True, editable=False)
    # As it was when it was finished.
    dokument = models.ForeignKey(
        Dokument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ser",
        verbose_name=_("dokument"),
    )
    publisert = models.BooleanField(_("publisert"), default=False, editable=False)

    objects = FryserQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ferdig=None, dokument=None)
                | Q(ferdig__isnull=False, dokument__isnull=False),
                name="%(class)s_fryses_nar_den_er_ferdig",
                violation_error_message=_("Det som er ferdig, har et dokument."),
            ),
            models.CheckConstraint(
                condition=Q(publisert=False) | Q(ferdig__isnull=False),
                name="%(class)s_publiseres_ferdig",
                violation_error_message=_("Gjør det ferdig først."),
            ),
        ]

    @classmethod
    def vern(cls, rader, *, sletting=False):
        super().vern(rader, sletting=sletting)
        ferdige = cls.objects.ferdige().in_bulk([rad.pk for rad in rader if rad.pk])
        for rad in rader:
            lagret = ferdige.get(rad.pk)
            if lagret and (sletting or rad.er_endret_siden(lagret)):
                raise ValidationError(cls.STAR_FAST, code="star_fast")

    def er_endret_siden(self, lagret):
        """Whether it is finished, still, and says something else than what is stored:
        whether all may read it is chosen afterwards."""
        felter = [
            f.attname for f in self._meta.concrete_fields if f.name != "publisert"
        ]
        return self.er_ferdig and any(
            getattr(self, felt) != getattr(lagret, felt) for felt in felter
        )

    @property
    def er_ferdig(self):
        return self.ferdig is not None
