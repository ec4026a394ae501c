"""What a plan and the work around it should have, as a kommune answers it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst
from slt.models import Kommune, har_rett

from .kilder import INNENFRA


class NormsvarQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """For those who keep the work and those who steer it."""
        return self.filter(har_rett(bruker, "kommune", *INNENFRA))


class Normsvar(Historisert):
    """What a kommune answers to a point of the checklist: where the data do not know, or
    where the point is none of its own."""

    class Punkt(models.TextChoices):
        """The points; what each is about stands in evaluering.norm.punkter."""

        PLAN_GJELDER = "plan_gjelder", _("En plan gjelder, og perioden er ikke over")
        PLAN_BEHANDLET = "plan_behandlet", _("Planen er behandlet av et organ")
        OMRADER_AV_AVTALE = (
            "omrader_av_avtale",
            _("Innsatsområdene er hentet fra avtalen mellom kommunen og politiet"),
        )
        MAL_SOM_MALES = "mal_som_males", _("Minst én målsetting i planen kan måles")
        TILTAK_HAR_ANSVARLIG = (
            "tiltak_har_ansvarlig",
            _("Hvert tiltak har en tjeneste som svarer for det"),
        )
        TJENESTER_NAS = "tjenester_nas", _("Hver tjeneste kan nås")
        KONTAKTER_BEKREFTET = (
            "kontakter_bekreftet",
            _("Kontaktene er bekreftet det siste året"),
        )
        PLANENS_LOFTER = (
            "planens_lofter",
            _("Det planen lover om oppfølging, blir gjort"),
        )
        KUNNSKAP_ER_NY = "kunnskap_er_ny", _("Kunnskapen er ikke for gammel")
        FUNN_ER_BESVART = (
            "funn_er_besvart",
            _("Hvert funn er møtt med tiltak, eller med en grunn"),
        )
        BARN_OG_UNGE = "barn_og_unge", _("Barn og unge har vært med")
        STATUS_SISTE_AR = (
            "status_siste_ar",
            _("Det siste året er det skrevet hvordan det går med tiltakene"),
        )
        EVALUERING = "evaluering", _("Evalueringen av planen er begynt")
        STATUS_TIL_POLITIRADET = (
            "status_til_politiradet",
            _("Politirådet får høre hvert år hvordan det går med planen"),
        )
        POLITIRAD = "politirad", _("Det finnes et politiråd")
        POLITIRAD_HAR_MEDLEMMER = (
            "politirad_har_medlemmer",
            _("Det står hvem som sitter i politirådet"),
        )
        POLITIRAD_MOTES = (
            "politirad_motes",
            _("Politirådet har minst to møter i år, holdt eller planlagt"),
        )
        EGENVURDERING = (
            "egenvurdering",
            _("Politirådet har vurdert seg selv for i fjor eller i år"),
        )
        SAMARBEIDSAVTALE = (
            "samarbeidsavtale",
            _("Avtalen mellom kommunen og politiet er ført opp og gjelder"),
        )
        KOORDINATOR = "koordinator", _("Noen er SLT-koordinator")
        MANDAT = "mandat", _("Koordinatoren har et skriftlig mandat")
        NIVAER = (
            "nivaer",
            _("Det koordinerende og det utførende nivået har hvert sitt forum"),
        )
        TAUSHETSPLIKT = (
            "taushetsplikt",
            _("De som møtes, vet hva de kan si om enkeltpersoner"),
        )
        AKUTTNUMMER = "akuttnummer", _("Et nummer for akutt hjelp står på alle sidene")

    class Svar(models.TextChoices):
        HAR = "har", _("på plass")
        MANGLER = "mangler", _("mangler")
        GJELDER_IKKE = "gjelder_ikke", _("gjelder ikke oss")

    kopieres = False

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="normsvar",
        verbose_name=_("kommune"),
    )
    punkt = models.CharField(_("punkt"), max_length=30, choices=Punkt)
    svar = models.CharField(_("svar"), max_length=20, choices=Svar)
    hvorfor = Fritekst(
        _("hvorfor"),
        max_length=300,
        blank=True,
        help_text=_("Må skrives når punktet ikke gjelder dere. Ellers valgfritt."),
    )

    objects = NormsvarQuerySet.as_manager()

    class Meta:
        verbose_name = _("svar i sjekklisten")
        verbose_name_plural = _("svar i sjekklisten")
        ordering = ["kommune_id", "punkt"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommune", "punkt"],
                name="normsvar_ett_per_punkt",
                violation_error_message=_("Punktet er allerede besvart."),
            ),
            models.CheckConstraint(
                condition=~Q(svar="gjelder_ikke") | ~Q(hvorfor=""),
                name="normsvar_gjelder_ikke_fordi",
                violation_error_message=_("Skriv hvorfor punktet ikke gjelder dere."),
            ),
        ]

    def __str__(self):
        return self.get_punkt_display()
