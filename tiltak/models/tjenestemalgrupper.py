"""Whom the tjenester are there for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import HistorisertQuerySet
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst

from .hvem import MedAlder
from .tjenester import DelAvTjeneste, Tjeneste


class TjenestemalgruppeQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Whom a tjeneste is for is public, as its name."""
        return self


class Tjenestemalgruppe(DelAvTjeneste, MedAlder):
    """Whom a tjeneste is for: words and ages. No age means all ages."""

    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.CASCADE,
        related_name="malgrupper",
        verbose_name=_("tjeneste"),
    )
    tekst = Fritekst(
        _("hvem"), max_length=200, help_text=_("For eksempel «ungdom og foresatte».")
    )
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["tjeneste"])

    objects = TjenestemalgruppeQuerySet.as_manager()

    class Meta:
        verbose_name = _("målgruppe for tjeneste")
        verbose_name_plural = _("målgrupper for tjeneste")
        ordering = ["tjeneste_id", "rekkefolge", "pk"]
        constraints = [
            *MedAlder.Meta.constraints,
            egen_plass("tjeneste", navn="tjenestemalgruppe_egen_plass"),
        ]

    def __str__(self):
        """The words, then the ages unless the words say them already."""
        alder = str(self.alder)
        return self.tekst if alder in self.tekst else f"{self.tekst}, {alder}"
