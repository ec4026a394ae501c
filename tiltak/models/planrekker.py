"""Rekker: plans of a kommune that follow each other in time."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import (
    HISTORIKK,
    Historisert,
    HistorisertQuerySet,
    sjekk_vern,
)
from slt.grunn.norsk import Slugg
from slt.grunn.tekst import Fritekst
from slt.models import Kommune, Tilgang, har_rett

# The roles that see drafts, and what is not published yet.
SER_UTKAST = (Tilgang.Rolle.KOORDINATOR, Tilgang.Rolle.POLITIRAD)


class PlanrekkeQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Those with a plan that is seen, and all of them for those who write plans."""
        # The model of plans comes after this one.
        planer = Planrekke._meta.get_field("planer").related_model.objects
        planer = planer.synlige_for(bruker).filter(rekke=OuterRef("pk"))
        return self.filter(Exists(planer) | har_rett(bruker, "kommune", *SER_UTKAST))

    def get_by_natural_key(self, nummer, slug):
        return self.get(kommune__nummer=nummer, slug=slug)


class Planrekke(Historisert):
    """Plans of a kommune that follow each other in time: its SLT plans, those against
    violence in close relations. One rekke is the main one."""

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="planrekker",
        verbose_name=_("kommune"),
    )
    navn = Fritekst(
        _("navn"),
        max_length=60,
        help_text=_("Kort, for eksempel «SLT-planen» eller «Vold i nære relasjoner»."),
    )
    slug = Slugg(_("adresse"), av_felt="navn", max_length=60)
    hoved = models.BooleanField(
        _("hovedrekke"),
        default=False,
        help_text=_("De korte adressene fører til planen som gjelder her."),
    )

    objects = PlanrekkeQuerySet.as_manager()

    class Meta:
        verbose_name = _("planrekke")
        verbose_name_plural = _("planrekker")
        ordering = ["kommune_id", "-hoved", "navn__norsk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommune", "navn"],
                name="planrekke_navn_er_eget",
                violation_error_message=_("Kommunen har allerede en slik planrekke."),
            ),
            models.UniqueConstraint(
                fields=["kommune", "slug"],
                name="planrekke_slug_er_egen",
                violation_error_message=_("Adressen er allerede i bruk i kommunen."),
            ),
            models.UniqueConstraint(
                fields=["kommune"],
                condition=Q(hoved=True),
                name="planrekke_en_hoved_per_kommune",
                violation_error_message=_("Kommunen har allerede en hovedrekke."),
            ),
        ]

    def __str__(self):
        return self.navn

    def natural_key(self):
        return (self.kommune.nummer, self.slug)

    def clean(self):
        super().clean()
        if HISTORIKK.er_endret(self):
            sjekk_vern([self])

    @property
    def kan_slettes(self):
        return not self.hoved

    @classmethod
    def vern(cls, rader, *, sletting=False):
        hoved = cls.objects.filter(pk__in=[rad.pk for rad in rader], hoved=True)
        hoved = set(hoved.values_list("pk", flat=True))
        if any(rad.pk in hoved and (sletting or not rad.hoved) for rad in rader):
            raise ValidationError(
                {"hoved": _("Gjør en annen planrekke til hovedrekke i stedet.")}
                if not sletting
                else _("Hovedrekken kan ikke slettes. Gjør en annen til hovedrekke."),
                code="star_fast",
            )
