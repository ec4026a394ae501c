"""The assessment of a plan, a tiltak or a forum: was it done, whom did it reach, did it
help, what next."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moter.models import Forum
from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import Kommune, Tilgang, har_rett
from tiltak.models import Handlingsplan, Overgang, Tilstand, Tiltak

from .frysing import Fryser, FryserQuerySet

STAR_FAST = _("Evalueringen er ferdig. Åpne den igjen for å endre den.")


def sees(bruker, sti=""):
    """Returns a Q: that the user sees an evaluation: a published one as everybody does,
    unless its plan is a draft again, a finished one as the politiråd does, all as the
    coordinator does.

    Args:
        sti: the look-up from a row to its Evaluering, with its underscores.
    """
    koordinator = har_rett(bruker, f"{sti}kommune", Tilgang.Rolle.KOORDINATOR)
    politirad = har_rett(bruker, f"{sti}kommune", Tilgang.Rolle.POLITIRAD)
    ferdig = Q(**{f"{sti}ferdig__isnull": False})
    apen = Q(**{f"{sti}publisert": True})
    for plan in ("plan", "tiltak__plan"):
        apen &= ~Q(**{f"{sti}{plan}__status": Handlingsplan.Status.UTKAST})
    apen &= Q(**{f"{sti}tiltak": None}) | Q(**{f"{sti}tiltak__publisert": True})
    return koordinator | (politirad & ferdig) | apen


def _utfylt():
    """{name of a field: what marks the text that was proposed for it}: whoever left a
    proposal as it was, gets a newer one. The text itself is not kept twice."""
    return models.JSONField(
        _("utfylt på forhånd"), default=dict, blank=True, editable=False
    )


class EvalueringQuerySet(FryserQuerySet):
    def synlige_for(self, bruker):
        return self.filter(sees(bruker))


class Evaluering(Fryser):
    """The assessment of one plan, one tiltak or one forum."""

    DEN = _("Evalueringen")
    STAR_FAST = STAR_FAST
    historikk_utelater = ("utfylt",)

    class Slag(models.TextChoices):
        MIDTVEIS = "midtveis", _("av planen, midtveis")
        SLUTT = "slutt", _("av planen, ved slutten")
        TILTAK = "tiltak", _("av et tiltak")
        FORUM = "forum", _("av et forum")

    AV_PLANEN = (Slag.MIDTVEIS, Slag.SLUTT)

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="evalueringer",
        verbose_name=_("kommune"),
    )
    slag = models.CharField(_("slag"), max_length=20, choices=Slag)
    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evalueringer",
        verbose_name=_("plan"),
    )
    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evalueringer",
        verbose_name=_("tiltak"),
    )
    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evalueringer",
        verbose_name=_("forum"),
    )
    tittel = Fritekst(_("tittel"), max_length=200)
    fra_dato = Dag(_("fra dato"))
    til_dato = Dag(_("til og med dato"))
    gjennomforing = Fritekst(_("ble det gjort som planlagt?"), rik=True, blank=True)
    nadde = Fritekst(_("hvem ble nådd?"), rik=True, blank=True)
    virkning = Fritekst(_("hva virket, og hvordan vet vi det?"), rik=True, blank=True)
    videre = Fritekst(_("hva skjer videre?"), rik=True, blank=True)
    utfylt = _utfylt()
    objects = EvalueringQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluering")
        verbose_name_plural = _("evalueringer")
        ordering = ["kommune_id", "-til_dato", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    slag__in=["midtveis", "slutt"],
                    plan__isnull=False,
                    tiltak=None,
                    forum=None,
                )
                | Q(slag="tiltak", tiltak__isnull=False, plan=None, forum=None)
                | Q(slag="forum", forum__isnull=False, plan=None, tiltak=None),
                name="evaluering_gjelder_en_ting",
                violation_error_message=_("Velg det evalueringen gjelder."),
            ),
            models.CheckConstraint(
                condition=Q(til_dato__gte=F("fra_dato")),
                name="evaluering_slutter_etter_start",
                violation_error_message=_("Den siste dagen er før den første."),
            ),
            *Fryser.Meta.constraints,
        ]

    def __str__(self):
        return self.tittel

    def get_absolute_url(self):
        return reverse(
            "evaluering:evaluering_detail", args=[self.kommune.slug, self.pk]
        )

    @property
    def gjelder(self):
        return self.plan or self.tiltak or self.forum

    @property
    def er_av_planen(self):
        return self.slag in self.AV_PLANEN


def nekt_i_ferdige(pker):
    """Raises a ValidationError when one of the evaluations with these ids is finished."""
    if Evaluering.objects.ferdige().filter(pk__in=pker).exists():
        raise ValidationError(STAR_FAST, code="star_fast")


class DelAvEvalueringQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(sees(bruker, "evaluering__"))


class DelAvEvaluering(Historisert):
    """Base of what stands in an evaluation; it stands fast once that is finished."""

    kommune_sti = "evaluering__kommune"
    kopieres = False

    objects = DelAvEvalueringQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def vern(cls, rader, *, sletting=False):
        super().vern(rader, sletting=sletting)
        nekt_i_ferdige({rad.evaluering_id for rad in rader})


class Tiltaksvurdering(DelAvEvaluering):
    """What an evaluation of a plan says of one tiltak, and proposes for the next plan."""

    historikk_utelater = ("utfylt",)

    # What the next plan can do with one tiltak alone.
    VIDERE = [
        (valg.value, valg.label)
        for valg in Overgang.Valg
        if valg not in {Overgang.Valg.SLAS_SAMMEN, Overgang.Valg.DELES}
    ]

    evaluering = models.ForeignKey(
        Evaluering,
        on_delete=models.CASCADE,
        related_name="vurderinger",
        verbose_name=_("evaluering"),
    )
    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="vurderinger",
        verbose_name=_("tiltak"),
    )
    tilstand = models.CharField(
        _("hvordan det gikk"), max_length=20, choices=Tilstand, blank=True
    )
    gjennomforing = Fritekst(
        _("ble det gjort som planlagt?"), max_length=2000, blank=True
    )
    nadde = Fritekst(_("hvem ble nådd?"), max_length=2000, blank=True)
    virkning = Fritekst(
        _("hva virket, og hvordan vet vi det?"), max_length=2000, blank=True
    )
    videre = models.CharField(
        _("hva skjer videre?"), max_length=20, choices=VIDERE, blank=True
    )
    begrunnelse = Fritekst(_("begrunnelse"), max_length=300, blank=True)
    utfylt = _utfylt()

    class Meta:
        verbose_name = _("vurdering av et tiltak")
        verbose_name_plural = _("vurderinger av tiltak")
        ordering = ["evaluering_id", "tiltak_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluering", "tiltak"],
                name="tiltaksvurdering_en_gang",
                violation_error_message=_("Tiltaket er allerede med."),
            ),
        ]

    def __str__(self):
        return str(self.tiltak)

    @property
    def er_vurdert(self):
        """Whether somebody has said what is to become of it."""
        return bool(self.videre)


class Milepal(DelAvEvaluering):
    """What was to be reached on the way, in a pilot above all, and when it was."""

    evaluering = models.ForeignKey(
        Evaluering,
        on_delete=models.CASCADE,
        related_name="milepaler",
        verbose_name=_("evaluering"),
    )
    hva = Fritekst(_("milepæl"), max_length=200)
    frist = Dag(_("skulle nås"), null=True, blank=True)
    nadd = Dag(_("ble nådd"), null=True, blank=True)
    merknad = Fritekst(_("merknad"), max_length=300, blank=True)
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["evaluering"])

    class Meta:
        verbose_name = _("milepæl")
        verbose_name_plural = _("milepæler")
        ordering = ["evaluering_id", "rekkefolge", "pk"]
        constraints = [egen_plass("evaluering", navn="milepal_egen_plass")]

    def __str__(self):
        return self.hva
