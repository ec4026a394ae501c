"""Who was asked, about what, and what they said."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.norsk import FA
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst
from slt.models import Kommune
from tiltak.models import Handlingsplan

from .evalueringer import Evaluering, nekt_i_ferdige
from .kilder import Kilde, MedTidsrom


class MedvirkningQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Those of the sources, plans and evaluations that the user sees. What was said
        has a narrower rule; see evaluering.medvirkning.oversikt."""
        return self.filter(
            Q(kilde__in=Kilde.objects.synlige_for(bruker))
            | Q(plan__in=Handlingsplan.objects.synlige_for(bruker))
            | Q(evaluering__in=Evaluering.objects.synlige_for(bruker))
        )

    def av_barn_og_unge(self):
        return self.filter(gruppe=Medvirkning.Gruppe.BARN_OG_UNGE)

    def i(self, kommune):
        return self.filter(kommune=kommune)


class Medvirkning(Historisert, MedTidsrom):
    """That a group was asked: in a source, when a plan was made, or in an evaluation."""

    class Gruppe(models.TextChoices):
        BARN_OG_UNGE = "barn_og_unge", _("barn og unge")
        FORELDRE = "foreldre", _("foreldre")
        TJENESTER = "tjenester", _("tjenester")
        POLITI = "politi", _("politi")
        FYLKESKOMMUNE = "fylkeskommune", _("fylkeskommune")
        FRIVILLIGE = "frivillige", _("frivillige")
        ANDRE = "andre", _("andre")

    class Hvordan(models.TextChoices):
        INTERVJU = "intervju", _("intervju")
        SPORRESKJEMA = "sporreskjema", _("spørreskjema")
        MOTE = "mote", _("møte")
        ARBEIDSVERKSTED = "arbeidsverksted", _("arbeidsverksted")
        HORING = "horing", _("høring")
        ANNET = "annet", _("annet")

    # What one may have been asked for; exactly one is set.
    TIL = ("kilde", "plan", "evaluering")

    # Who was asked of the old plan was not asked of the new one.
    kopieres = False

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="medvirkning",
        verbose_name=_("kommune"),
    )
    kilde = models.ForeignKey(
        Kilde,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="medvirkning",
        verbose_name=_("kilde"),
    )
    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="medvirkning",
        verbose_name=_("plan"),
    )
    evaluering = models.ForeignKey(
        Evaluering,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="medvirkning",
        verbose_name=_("evaluering"),
    )
    gruppe = models.CharField(
        _("gruppe"), max_length=20, choices=Gruppe, default=Gruppe.ANDRE
    )
    navn = Fritekst(
        _("hvem"),
        max_length=120,
        help_text=_("Funksjoner og grupper, for eksempel «lærere». Ikke navn."),
    )
    hvordan = models.CharField(_("hvordan"), max_length=20, choices=Hvordan, blank=True)
    antall = models.PositiveIntegerField(
        _("antall"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text=_("Av 1–4 vises bare at de er færre enn 5."),
    )
    merknad = Fritekst(
        _("merknad"),
        max_length=200,
        blank=True,
        help_text=_("For eksempel svarprosenten, eller hvordan når det er «annet»."),
    )
    sagt = Fritekst(
        _("hva de sa"),
        max_length=2000,
        blank=True,
        help_text=_(
            "Kort, med egne ord, og slik at ingen kan kjennes igjen. Ingen navn og "
            "ingenting om enkeltpersoner."
        ),
    )
    rekkefolge = Rekkefolge(
        _("rekkefølge"), innen=["kommune", "kilde", "plan", "evaluering"]
    )

    objects = MedvirkningQuerySet.as_manager()

    class Meta:
        verbose_name = _("medvirkning")
        verbose_name_plural = _("medvirkning")
        ordering = ["kommune_id", "kilde_id", "plan_id", "evaluering_id"]
        ordering += ["rekkefolge", "pk"]
        constraints = [
            egen_plass("kilde", navn="medvirkning_egen_plass_i_kilden"),
            egen_plass("plan", navn="medvirkning_egen_plass_i_planen"),
            egen_plass("evaluering", navn="medvirkning_egen_plass_i_evalueringen"),
            *MedTidsrom.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kilde__isnull=False, plan=None, evaluering=None)
                | Q(plan__isnull=False, kilde=None, evaluering=None)
                | Q(evaluering__isnull=False, kilde=None, plan=None),
                name="medvirkning_gjelder_en_ting",
                violation_error_message=_("Velg det de ble spurt om."),
            ),
            models.CheckConstraint(
                condition=Q(antall=None) | Q(antall__gte=1),
                name="medvirkning_har_noen",
                violation_error_message=_(
                    "Skriv et antall fra 1, eller la det stå tomt."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(hvordan="annet") | ~Q(merknad=""),
                name="medvirkning_annet_i_ord",
                violation_error_message=_(
                    "Skriv i merknaden hvordan de ble spurt, når det ikke er noe av "
                    "det som kan velges."
                ),
            ),
            # What a source was told, stands in its findings, which are published one by
            # one.
            models.CheckConstraint(
                condition=Q(kilde=None) | Q(sagt=""),
                name="medvirkning_i_en_kilde_er_funn",
                violation_error_message=_(
                    "Det en kilde fikk høre, skrives som funn ved kilden."
                ),
            ),
        ]

    def __str__(self):
        return self.navn

    @property
    def til(self):
        """What they were asked for: a Kilde, a Handlingsplan or an Evaluering."""
        return self.kilde or self.plan or self.evaluering

    @property
    def er_fa(self):
        return self.antall is not None and self.antall < FA

    @classmethod
    def vern(cls, rader, *, sletting=False):
        """What belongs to a finished evaluation stands fast with it."""
        super().vern(rader, sletting=sletting)
        if pker := {rad.evaluering_id for rad in rader} - {None}:
            nekt_i_ferdige(pker)
