"""What staff work by: guides, forms and routines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst, Nettadresse
from slt.grunn.tid import Dag
from slt.models import Kommune

from .bti import MedBti
from .plasseringer import DelAvTiltak
from .temaer import DelAvTemaQuerySet, Tema
from .tiltak import Tiltak


class VeilederQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Links to what stands elsewhere are public: those who are asked to follow a
        routine may know of it."""
        return self

    def get_by_natural_key(self, nummer, adresse):
        return self.get(kommune__nummer=nummer, adresse=adresse)


class Veileder(Historisert, MedBti):
    """A guide, a form or a routine: a link to where it stands, with who keeps it and when
    it was last revised."""

    class Type(models.TextChoices):
        VEILEDER = "veileder", _("veileder")
        SKJEMA = "skjema", _("skjema")
        RUTINE = "rutine", _("rutine")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="veiledere",
        verbose_name=_("kommune"),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    tittel = Fritekst(_("tittel"), max_length=120)
    adresse = Nettadresse(_("nettadresse"), max_length=500)
    eier = Fritekst(
        _("eier"),
        max_length=120,
        blank=True,
        help_text=_("Hvem som holder det ved like: en funksjon eller en etat."),
    )
    revidert = Dag(_("sist revidert"), null=True, blank=True)
    trinn = Fritekst(
        _("trinn"),
        max_length=60,
        blank=True,
        help_text=_("Trinnet i kommunens BTI-veileder, slik det heter der."),
    )

    objects = VeilederQuerySet.as_manager()

    class Meta:
        verbose_name = _("veileder, skjema eller rutine")
        verbose_name_plural = _("veiledere, skjema og rutiner")
        ordering = ["kommune_id", "tittel__norsk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommune", "adresse"],
                name="veileder_star_en_gang",
                violation_error_message=_("Lenken er allerede ført opp."),
            ),
            *MedBti.Meta.constraints,
        ]

    def __str__(self):
        return self.tittel

    def natural_key(self):
        return (self.kommune.nummer, self.adresse)


class VeilederTema(Historisert):
    """That a guide, a form or a routine is about a theme."""

    kommune_sti = "veileder__kommune"

    veileder = models.ForeignKey(
        Veileder,
        on_delete=models.CASCADE,
        related_name="temavalg",
        verbose_name=_("veileder"),
    )
    tema = models.ForeignKey(
        Tema,
        on_delete=models.PROTECT,
        related_name="veiledervalg",
        verbose_name=_("tema"),
    )

    objects = DelAvTemaQuerySet.as_manager()

    class Meta:
        verbose_name = _("tema for veileder")
        verbose_name_plural = _("temaer for veiledere")
        ordering = ["veileder_id", "tema__navn__norsk"]
        constraints = [
            models.UniqueConstraint(
                fields=["veileder", "tema"],
                name="veiledertema_en_gang",
                violation_error_message=_("Temaet er allerede ført opp."),
            ),
        ]

    def __str__(self):
        return str(self.tema)


class TiltakVeileder(DelAvTiltak):
    """That those who carry out a tiltak work by a guide, a form or a routine."""

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="veiledervalg",
        verbose_name=_("tiltak"),
    )
    veileder = models.ForeignKey(
        Veileder,
        on_delete=models.PROTECT,
        related_name="tiltakvalg",
        verbose_name=_("veileder"),
    )

    class Meta:
        verbose_name = _("veileder for tiltak")
        verbose_name_plural = _("veiledere for tiltak")
        ordering = ["tiltak_id", "veileder__tittel__norsk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tiltak", "veileder"],
                name="tiltakveileder_en_gang",
                violation_error_message=_("Veilederen er allerede ført opp."),
            ),
        ]

    def __str__(self):
        return str(self.veileder)
