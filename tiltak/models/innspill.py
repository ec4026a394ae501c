"""What others say of a draft: by whom it is read, when it is asked about, and what comes."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import (
    PLANLESER,
    Bruker,
    Nokkellenke,
    NokkellenkeQuerySet,
    Tilgang,
    har_rett,
    retter_av,
)

from .innhold import Kapittel
from .plan import Handlingsplan, utkastet_sees
from .tiltak import Tiltak


class HoringQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(utkastet_sees(bruker, "plan__"))

    def apne(self):
        """Those in which one may say something today; the last day counts."""
        i_dag = timezone.localdate()
        return self.filter(
            plan__status=Handlingsplan.Status.UTKAST, fra__lte=i_dag, til__gte=i_dag
        )


class Horing(Historisert):
    """That a draft was sent to services, fora and others, who may say what they think of
    it until a day."""

    kommune_sti = "plan__kommune"

    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.CASCADE,
        related_name="horinger",
        verbose_name=_("plan"),
    )
    fra = Dag(_("fra og med"), default=timezone.localdate)
    til = Dag(_("frist"), help_text=_("Den siste dagen teller med."))
    sporsmal = Fritekst(
        _("hva dere spør om"),
        max_length=1000,
        blank=True,
        help_text=_("For eksempel «Er noe glemt? Stemmer det som står om dere?»"),
    )

    objects = HoringQuerySet.as_manager()

    class Meta:
        verbose_name = _("høring")
        verbose_name_plural = _("høringer")
        ordering = ["plan_id", "-fra", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(til__gte=F("fra")),
                name="horing_slutter_etter_start",
                violation_error_message=_(
                    "Fristen kan ikke være før den første dagen."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.plan}, {self.perioden}"

    @property
    def perioden(self):
        """Its days, where the plan is known."""
        return f"{self.fra:%d.%m.%Y}–{self.til:%d.%m.%Y}"

    @property
    def er_apen(self):
        return self.fra <= timezone.localdate() <= self.til

    @property
    def er_over(self):
        return self.til < timezone.localdate()


PLANLENKER = "planlenker"  # in the session: the ids of those that were opened
# The right to say something by a link, and to see what was said by it.
VED_LENKE = "ved_planlenke"


class PlanlenkeQuerySet(NokkellenkeQuerySet):
    def kan_gi_innspill(self):
        """Those whose readers may say something today."""
        utkast = self.gyldige().filter(plan__status=Handlingsplan.Status.UTKAST)
        return utkast.filter(Q(horing=None) | Q(horing__in=Horing.objects.apne()))


class Planlenke(Nokkellenke):
    """A link by which somebody without an account reads a draft, and may say what they
    think of it."""

    kommune_sti = "plan__kommune"

    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.CASCADE,
        related_name="planlenker",
        verbose_name=_("plan"),
    )
    horing = models.ForeignKey(
        Horing,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="planlenker",
        verbose_name=_("høring"),
    )
    mottaker = Fritekst(
        _("hvem lenken er til"),
        max_length=100,
        help_text=_("For eksempel «Ungdomsrådet». Ikke navn på personer."),
    )

    objects = PlanlenkeQuerySet.as_manager()

    class Meta:
        verbose_name = _("lenke til utkast")
        verbose_name_plural = _("lenker til utkast")
        ordering = ["plan_id", "mottaker__norsk", "pk"]
        constraints = [*Nokkellenke.Meta.constraints]

    def __str__(self):
        return self.mottaker

    def clean(self):
        super().clean()
        if self.horing_id and self.horing.plan_id != self.plan_id:
            raise ValidationError({"horing": _("Høringen gjelder en annen plan.")})

    def avslutt(self):
        """As of other rights; but one by which something was said stays, also where it
        was made today."""
        if not self.innspill.exists():
            super().avslutt()
            return
        self.til = timezone.localdate() - timedelta(days=1)
        self.fra = min(self.fra, self.til)
        self.save()

    @property
    def kommune(self):
        return self.plan.kommune

    @classmethod
    def apner(cls, pker):
        """Returns the rights that links give today: {right: ids}; 1 query."""
        rader = cls.objects.gyldige().filter(pk__in=pker).values_list("pk", "plan")
        lenker, planer = zip(*rader, strict=True) if rader else ((), ())
        return {PLANLESER: planer, VED_LENKE: lenker}


# Who reads all that was said.
LESER_ALLE = (Tilgang.Rolle.KOORDINATOR, Tilgang.Rolle.POLITIRAD)


def _egne(bruker):
    ved_lenke = har_rett(bruker, "planlenke", VED_LENKE)
    if bruker.is_superuser:
        ved_lenke = Q(pk__in=[])  # has every right, but has not said everything
    if not bruker.is_authenticated:
        return ved_lenke
    return ved_lenke | Q(bruker=bruker.pk)


def er_leser(bruker, plan):
    """Whether somebody was let in to read the plan while it was a draft, also now that it
    is none. One query at most, and none of who is asked as a reader of pages."""
    if (kjente := retter_av(bruker)) is not None:
        return plan.pk in kjente.til.get(PLANLESER, ())
    planer = Handlingsplan.objects.filter(har_rett(bruker, "pk", PLANLESER))
    return planer.filter(pk=plan.pk).exists()


def kan_gi_innspill(bruker, plan):
    """Whether somebody who sees the plan may say today what they think of it: all who read
    a draft, but for those who write it. One query at most, of who is asked as a reader of
    pages."""
    rolle = Tilgang.Rolle
    if not plan.er_utkast or plan.kommune.gir(bruker, rolle.KOORDINATOR):
        return False
    if plan.kommune.gir(bruker, rolle.POLITIRAD):
        return True
    lenker = Planlenke.objects.filter(har_rett(bruker, "pk", VED_LENKE), plan=plan)
    apne = Planlenke.objects.kan_gi_innspill().values("pk")
    svar = lenker.values_list(Q(pk__in=apne), flat=True)
    # Who has no link reads it as a member of a forum.
    return any(svar) if svar else True


class InnspillQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Those who write the plan and those who adopt it read all; others what they said
        themselves."""
        alle = har_rett(bruker, "plan__kommune", *LESER_ALLE)
        return self.filter(alle | _egne(bruker))

    def egne(self, bruker):
        """What the user said, or was said by a link that they opened."""
        return self.filter(_egne(bruker))

    def ubesvarte(self):
        return self.filter(vurdering="")


class Innspill(Historisert):
    """What somebody said of a draft, and what became of it. A case document: what was
    said is neither changed nor deleted, also when what it is about goes."""

    kommune_sti = "plan__kommune"
    kan_hentes_tilbake = False

    class Vei(models.TextChoices):
        INNLOGGET = "innlogget", _("fra en som er logget inn")
        LENKE = "lenke", _("ved lenke")
        FORT_INN = "fort_inn", _("ført inn av koordinatoren")

    class Vurdering(models.TextChoices):
        FOLGES = "folges", _("tatt til følge")
        DELVIS = "delvis", _("delvis tatt til følge")
        FOLGES_IKKE = "folges_ikke", _("ikke tatt til følge")
        ORIENTERING = "orientering", _("tatt til orientering")

    # What came in stands as it came.
    INNKOMMET = (
        "plan_id",
        "tiltak_id",
        "kapittel_id",
        "gjelder",
        "fra",
        "tekst",
        "mottatt",
        "vei",
        # By these it is known whose it is, and who reads the answer.
        "planlenke_id",
        "bruker_id",
    )

    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.PROTECT,
        related_name="innspill",
        verbose_name=_("plan"),
    )
    # What it is about may go, and come back with the id that it had.
    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="innspill",
        verbose_name=_("tiltak"),
    )
    kapittel = models.ForeignKey(
        Kapittel,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="innspill",
        verbose_name=_("kapittel"),
    )
    gjelder = Fritekst(
        _("hva det gjelder"),
        max_length=250,
        blank=True,
        help_text=_("Som det het da innspillet kom. Tomt er hele planen."),
    )
    fra = Fritekst(
        _("hvem det er fra"),
        max_length=120,
        help_text=_("En tjeneste, et forum eller en funksjon. Ikke navn på personer."),
    )
    tekst = Fritekst(_("innspill"), max_length=5000)
    mottatt = models.DateTimeField(_("mottatt"), default=timezone.now)
    vei = models.CharField(_("hvordan det kom"), max_length=20, choices=Vei)
    journalnummer = Fritekst(
        _("journalnummer"),
        max_length=60,
        blank=True,
        help_text=_("Når innspillet er journalført i sakssystemet."),
    )
    horing = models.ForeignKey(
        Horing,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="innspill",
        verbose_name=_("høring"),
    )
    planlenke = models.ForeignKey(
        Planlenke,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="innspill",
        verbose_name=_("lenke"),
    )
    bruker = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="innspill",
        verbose_name=_("bruker"),
    )
    vurdering = models.CharField(
        _("vurdering"), max_length=20, choices=Vurdering, blank=True
    )
    svar = Fritekst(
        _("svar"),
        max_length=1000,
        blank=True,
        help_text=_("En setning om hva som ble gjort, og hvorfor."),
    )

    objects = InnspillQuerySet.as_manager()

    class Meta:
        verbose_name = _("innspill")
        verbose_name_plural = _("innspill")
        ordering = ["plan_id", "mottatt", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tiltak=None) | Q(kapittel=None),
                name="innspill_gjelder_ett",
                violation_error_message=_("Velg tiltak eller kapittel, ikke begge."),
            ),
            models.CheckConstraint(
                condition=Q(vurdering="", svar="") | (~Q(vurdering="") & ~Q(svar="")),
                name="innspill_besvares_helt",
                violation_error_message=_(
                    "Velg en vurdering og skriv et svar, eller la begge stå tomme."
                ),
            ),
        ]

    def __str__(self):
        return self.gjelder or str(_("hele planen"))

    @property
    def er_fort_inn(self):
        """Whether it came some other way. Then the day alone is known."""
        return self.vei == self.Vei.FORT_INN

    @property
    def er_besvart(self):
        return self.vurdering != ""

    @classmethod
    def vern(cls, rader, *, sletting=False):
        lagret = {
            rad.pk: rad
            for rad in cls.objects.filter(pk__in=[r.pk for r in rader if r.pk])
        }
        endret = any(
            getattr(rad, felt) != getattr(lagret[rad.pk], felt)
            for rad in rader
            if rad.pk in lagret
            for felt in cls.INNKOMMET
        )
        if sletting or endret:
            raise ValidationError(
                _("Et innspill er et saksdokument: det endres ikke, og slettes ikke."),
                code="star_fast",
            )
