"""What those who answer for a tiltak say of how it goes: a note for each round, which
become the story of a year and, in the end, the evaluation."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import SLIPPES, Historisert, HistorisertQuerySet
from slt.grunn.norsk import personer_i_ord
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import Tilgang, har_rett

from .kontaktpunkter import Kontaktpunkt
from .runder import Runde
from .tiltak import Tiltak
from .tjenester import REDAKTOR, Tjeneste

# Who reads how it goes, of all tiltak of a kommune.
LESER_STATUS = (Tilgang.Rolle.KOORDINATOR, Tilgang.Rolle.POLITIRAD)


class Tilstand(models.TextChoices):
    """How it goes with a tiltak."""

    SOM_PLANLAGT = "som_planlagt", _("som planlagt")
    ANNERLEDES = "annerledes", _("annerledes enn planlagt")
    STAR_STILLE = "star_stille", _("står stille")
    IKKE_STARTET = "ikke_startet", _("ikke startet")
    AVSLUTTET = "avsluttet", _("avsluttet")


class StatusrapportQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """All of a kommune for its coordinators and its politiråd; of a tjeneste its own for
        those who keep it."""
        return self.filter(
            har_rett(bruker, "tiltak__kommune", *LESER_STATUS)
            | har_rett(bruker, "tjeneste", REDAKTOR)
        )


class Statusrapport(Historisert):
    """What was said of a tiltak at one time: how it goes, what was done, what came of it.
    The coordinator has accepted it."""

    kommune_sti = "tiltak__kommune"
    # The plan that follows begins with notes of its own.
    kopieres = False

    class Anbefaling(models.TextChoices):
        VIDEREFORE = "viderefore", _("videreføre")
        ENDRE = "endre", _("endre")
        AVSLUTTE = "avslutte", _("avslutte")

    # What one says of how it goes that is not as planned, is said why.
    UTEN_KOMMENTAR = (Tilstand.SOM_PLANLAGT,)

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="statusrapporter",
        verbose_name=_("tiltak"),
    )
    # None of what was said outside of any round.
    runde = models.ForeignKey(
        Runde,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statusrapporter",
        verbose_name=_("runde"),
    )
    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=SLIPPES,
        null=True,
        blank=True,
        related_name="statusrapporter",
        verbose_name=_("tjeneste"),
    )
    # As it was called then; the tjeneste may be gone since.
    fra = Fritekst(_("hvem som svarte"), max_length=200, blank=True)
    dato = Dag(_("dato"), default=timezone.localdate)
    tilstand = models.CharField(_("hvordan går det"), max_length=20, choices=Tilstand)
    kommentar = Fritekst(
        _("hvorfor"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Må fylles ut når det ikke går som planlagt. Ikke navn på personer."
        ),
    )
    gjort = Fritekst(_("hva som er gjort"), max_length=2000, blank=True)
    resultat = Fritekst(_("hva som har kommet ut av det"), max_length=2000, blank=True)
    antall = models.PositiveIntegerField(
        _("hvor mange som er nådd"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1_000_000)],
        help_text=_("Av 1–4 vises bare at de er færre enn 5."),
    )
    antall_av = Fritekst(
        _("hvem tallet gjelder"),
        max_length=120,
        blank=True,
        help_text=_("For eksempel «elever» eller «foreldre på temakvelder»."),
    )
    frist = Dag(_("frist"), null=True, blank=True)
    anbefaling = models.CharField(
        _("hva bør skje videre"), max_length=20, choices=Anbefaling, blank=True
    )
    hvordan = models.CharField(
        _("hvordan det kom"), max_length=20, choices=Kontaktpunkt.Hvordan
    )

    objects = StatusrapportQuerySet.as_manager()

    class Meta:
        verbose_name = _("statusrapport")
        verbose_name_plural = _("statusrapporter")
        ordering = ["tiltak_id", "-dato", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tiltak", "runde", "tjeneste"],
                name="statusrapport_en_fra_hver_i_runden",
                violation_error_message=_(
                    "Tjenesten har allerede svart om tiltaket i runden."
                ),
            ),
            models.CheckConstraint(
                condition=Q(tilstand="som_planlagt") | ~Q(kommentar=""),
                name="statusrapport_avvik_er_forklart",
                violation_error_message=_(
                    "Skriv kort hvorfor det ikke går som planlagt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(antall_av="") | Q(antall__isnull=False),
                name="statusrapport_antall_av_noe",
                violation_error_message=_(
                    "Skriv tallet, eller ta bort hvem det gjelder."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.tiltak}: {self.get_tilstand_display()}"

    def clean(self):
        super().clean()
        # By whatever form it comes: the tjeneste may be deleted some day, and is let go of.
        if self.tjeneste_id and not self.fra:
            self.fra = self.tjeneste.navn

    def berorer(self):
        # It stands on no page that is kept.
        return set()

    @property
    def hvem(self):
        """Whose words they are: a tjeneste, perhaps one that is gone; "" if nobody's."""
        return str(self.tjeneste) if self.tjeneste_id else self.fra

    @property
    def nadde(self):
        """How many were reached, as it is shown: of few, not how many."""
        if self.antall is None:
            return ""
        return f"{personer_i_ord(self.antall)} {self.antall_av}".strip()

    @property
    def arstall(self):
        return self.dato.year
