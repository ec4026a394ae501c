"""What those who answer for a tjeneste would have changed of what stands there. Nothing is
changed by it until the coordinator accepts it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.identitetsnummer import avvis_identitetsnummer
from slt.grunn.tekst import Fritekst

from .kontaktpunkter import Kontaktpunkt
from .runder import Foresporsel, KoordinatorensQuerySet
from .tiltak import Tiltak
from .tjenester import DelAvTjeneste, Tjeneste

# Of how it goes with a tiltak: whether it goes as it went, which each says.
UENDRET = "ingen_endring"


class EndringsforslagQuerySet(KoordinatorensQuerySet):
    def som_venter(self):
        return self.filter(tilstand=Endringsforslag.Tilstand.VENTER)

    def om_det_som_star(self):
        """Those that would have something otherwise. A figure that is asked for says
        nothing against the rest, nor does that nothing changed."""
        slag = Endringsforslag.Slag
        uendret = {"slag": slag.STATUS, f"innhold__{UENDRET}": True}
        return self.exclude(slag=slag.TALL).exclude(**uendret)


class Endringsforslag(DelAvTjeneste):
    """One thing that somebody who answers for a tjeneste would have otherwise, with what
    stood there when they looked."""

    kan_hentes_tilbake = False
    kopieres = False

    class Slag(models.TextChoices):
        KONTAKT = "kontakt", _("endre et kontaktpunkt")
        NYTT = "nytt", _("nytt kontaktpunkt")
        BORT = "bort", _("ta bort et kontaktpunkt")
        TEKST = "tekst", _("endre teksten om et tiltak")
        ANSVAR = "ansvar", _("noen andre svarer for tjenesten")
        TALL = "tall", _("tall for et år")
        STATUS = "status", _("hvordan det går med et tiltak")

    # What the coordinator may carry out in other words.
    REDIGERES = (Slag.KONTAKT, Slag.NYTT, Slag.TEKST, Slag.TALL, Slag.STATUS)
    # What one is about that an app above carries out; tiltak.runder.slag says it.
    emne = None

    class Tilstand(models.TextChoices):
        VENTER = "venter", _("venter på svar")
        GODTATT = "godtatt", _("godtatt")
        AVVIST = "avvist", _("ikke godtatt")

    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.CASCADE,
        related_name="endringsforslag",
        verbose_name=_("tjeneste"),
    )
    kontaktpunkt = models.ForeignKey(
        Kontaktpunkt,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="endringsforslag",
        verbose_name=_("kontaktpunkt"),
    )
    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="endringsforslag",
        verbose_name=_("tiltak"),
    )
    # What was asked when this was said; it may be said without.
    foresporsel = models.ForeignKey(
        Foresporsel,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="endringsforslag",
        verbose_name=_("forespørsel"),
    )
    slag = models.CharField(_("slag"), max_length=20, choices=Slag)
    # {field: value} as a form read it, "apningstider" a list of such; in `sett` the same
    # fields as they were then. Of a figure, what the app says that carries it out.
    innhold = models.JSONField(_("det som foreslås"), default=dict, blank=True)
    sett = models.JSONField(_("det som sto der"), default=dict, blank=True)
    merknad = Fritekst(_("merknad"), max_length=300, blank=True)
    hvordan = models.CharField(
        _("hvordan det kom"), max_length=20, choices=Kontaktpunkt.Hvordan
    )
    mottatt = models.DateTimeField(_("mottatt"), default=timezone.now)
    tilstand = models.CharField(
        _("tilstand"), max_length=10, choices=Tilstand, default=Tilstand.VENTER
    )
    svar = Fritekst(
        _("hvorfor ikke"),
        max_length=300,
        blank=True,
        help_text=_("Valgfritt. Tjenesten ser det på siden sin."),
    )

    objects = EndringsforslagQuerySet.as_manager()

    class Meta:
        verbose_name = _("endringsforslag")
        verbose_name_plural = _("endringsforslag")
        ordering = ["tjeneste_id", "mottatt", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    slag__in=["kontakt", "bort"],
                    kontaktpunkt__isnull=False,
                    tiltak=None,
                )
                | Q(
                    slag__in=["tekst", "status"],
                    tiltak__isnull=False,
                    kontaktpunkt=None,
                )
                | Q(
                    slag__in=["nytt", "ansvar", "tall"],
                    kontaktpunkt=None,
                    tiltak=None,
                ),
                name="endringsforslag_gjelder_det_det_sier",
                violation_error_message=_("Forslaget må si hva det gjelder."),
            ),
            models.CheckConstraint(
                condition=Q(svar="") | Q(tilstand="avvist"),
                name="endringsforslag_svar_nar_avvist",
                violation_error_message=_("Bare det som avvises, har en grunn."),
            ),
            models.UniqueConstraint(
                fields=["foresporsel", "tiltak"],
                condition=Q(slag="status", tilstand="venter"),
                name="endringsforslag_status_venter_en_gang",
                violation_error_message=_("Svaret om tiltaket venter allerede."),
            ),
        ]

    def __str__(self):
        return f"{self.tjeneste}: {self.get_slag_display()}"

    def clean(self):
        super().clean()
        # What is proposed is stored, too, before any field of it is.
        for verdi in self.innhold.values():
            avvis_identitetsnummer(verdi if isinstance(verdi, str) else None)

    def berorer(self):
        # It stands on no page that is kept.
        return set()

    @classmethod
    def berort_av(cls, rader):
        return set()

    @property
    def venter(self):
        return self.tilstand == self.Tilstand.VENTER

    @property
    def gjelder_det_som_star(self):
        return self.slag != self.Slag.TALL and not self.sier_ingen_endring

    @property
    def sier_ingen_endring(self):
        """Whether it says of a tiltak that it goes as it went."""
        return self.slag == self.Slag.STATUS and self.innhold.get(UENDRET) is True

    @property
    def kan_redigeres(self):
        # Of what is gone, there is nothing to write in.
        finnes = self.slag != self.Slag.TALL or self.emne is not None
        return finnes and self.slag in self.REDIGERES
