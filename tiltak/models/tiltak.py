"""The measures: what is done, for whom, who answers for it, where it stands."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from slt.grunn.norsk import Slugg
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import Kommune

from .bti import MedBti
from .hvem import Kontaktes
from .lest import SomLest
from .plan import Handlingsplan, planen_sees
from .plandeler import (
    Publiseres,
    PubliseresQuerySet,
    Publisert,
    for_lesere,
    sjekk_samme_plan,
)


def i_kraft(sti="", *, plan=None):
    """Returns a Q: that a tiltak holds: published, and not ended.

    Args:
        sti: the look-up from a row to its tiltak, with its underscores: "tiltak__".
        plan: as in `for_lesere`.
    """
    return for_lesere(sti, plan=plan) & ~Q(**{f"{sti}status__in": Tiltak.AVSLUTTEDE})


def tilbud_i_kraft(sti=""):
    """Returns a Q: that a tiltak stands in no plan, and is there for all. It asks of no
    plan; `sti` is as in `i_kraft`."""
    uten_plan = Q(**{f"{sti}plan": None, f"{sti}publisert": True})
    return uten_plan & ~Q(**{f"{sti}status__in": Tiltak.AVSLUTTEDE})


def star_i(plan, sti=""):
    """Returns a Q: that a tiltak stands in the plan: at home, as a guest, or as part of
    a guest. Asks once a plan whether it has any.

    Args:
        sti: the look-up from a row to its tiltak, with its underscores: "tiltak__".
    """
    hjemme = Q(**{f"{sti}plan": plan})
    if not plan.gjester:
        return hjemme
    gjester = {f"{sti}pk__in": plan.gjester}, {f"{sti}overordnet__in": plan.gjester}
    return hjemme | Q(**gjester[0]) | Q(**gjester[1])


class TiltakQuerySet(PubliseresQuerySet):
    def synlige_for(self, bruker):
        return self.filter(
            planen_sees(
                bruker, "plan__", kommune="kommune", publisert=Q(publisert=True)
            )
        )

    def get_by_natural_key(self, nummer, plan, slug):
        planen = {"plan__slug": plan} if plan else {"plan": None}
        return self.get(kommune__nummer=nummer, slug=slug, **planen)

    def tilbud(self):
        """What services offer without any plan."""
        return self.filter(plan=None)

    def i_kraft(self, plan=None):
        return self.filter(i_kraft(plan=plan))

    def avsluttede(self):
        return self.filter(status__in=Tiltak.AVSLUTTEDE)

    def med_passert_frist(self):
        """Those that should be done by now, and are not ended."""
        varer = self.exclude(status__in=Tiltak.AVSLUTTEDE)
        return varer.filter(frist__lt=timezone.localdate())

    def nye_i(self, plan):
        """What is new in the plan, deltiltak too: those that say so by `er_nytt`."""
        if plan.bygger_pa_id:
            return self.filter(plan=plan, overganger_til=None)
        return self.filter(plan=plan, nytt=True)

    def selvstendige(self):
        """Without the deltiltak, which show inside the tiltak they are part of."""
        return self.filter(overordnet=None)

    def med_har_deltiltak(self):
        """Adds `har_deltiltak`; no query more."""
        return self.annotate(
            har_deltiltak=Exists(Tiltak.objects.filter(overordnet=OuterRef("pk")))
        )

    def i_planens_orden(self, plan=None):
        """By main place: innsatsområde, then number. Leaves deltiltak out.

        Args:
            plan: only those that readers find in this plan, guests from others too, and
                as they stand there; without it, each as it stands in its own.
        """
        her = F("plan") if plan is None else plan.pk
        sted = Q(plasseringer__hoved=True, plasseringer__plan=her)
        if plan is not None:
            sted &= for_lesere("plasseringer__innsatsomrade__", plan=plan)
        stedene = self.filter(sted)
        if plan is not None:
            # The plan once more: PostgreSQL would begin at the tiltak of all of them.
            stedene = stedene.filter(star_i(plan)).annotate(lest_i=Value(plan.pk))
        return stedene.order_by(
            "plasseringer__innsatsomrade__rekkefolge",
            "plasseringer__innsatsomrade",
            "plasseringer__nummer",
        )

    def med_plassering(self, plan=None):
        """Loads what `merkelapp` and `er_nytt` need, and with plan and kommune known
        `get_absolute_url`: 2 queries more.

        Args:
            plan: the places that readers find in this plan alone, and the plans that they
                come from: 1 query more.
        """
        # The model of places comes after this one.
        steder = Tiltak._meta.get_field("plasseringer").related_model.objects
        if plan is not None:
            steder = plan.plasseringer.lesernes(plan)
        planer = Handlingsplan.objects.select_related("kommune")
        hjemme = [] if plan is None else [models.Prefetch("plan", planer)]
        return self.prefetch_related(
            *hjemme,
            "overganger_til",
            models.Prefetch("plasseringer", steder.select_related("innsatsomrade")),
        )


class Tiltak(SomLest, Publiseres, Kontaktes, MedBti):
    """A measure: mostly a permanent service, sometimes a project. One that stands in no
    plan is a tilbud: what services offer beside the plan."""

    class Status(models.TextChoices):
        PLANLAGT = "planlagt", _("planlagt")
        INNFORING = "innforing", _("under innføring")
        I_DRIFT = "i_drift", _("i drift")
        AVSLUTTET = "avsluttet", _("avsluttet")
        OVERFORT = "overfort", _("overført til fast struktur")

    kommune_sti = "kommune"
    plan_sti = "plan"
    # With the plan go its place and its number; whether it is public follows from those.
    angres_ikke = ("plan", "publisert")
    # What a natural key asks for, and the row may be without.
    nokkelveier = ("kommune", "plan__kommune")

    AVSLUTTEDE = (Status.AVSLUTTET, Status.OVERFORT)

    class Niva(models.TextChoices):
        UNIVERSELL = "universell", _("universell")
        SELEKTIV = "selektiv", _("selektiv")
        INDIKATIV = "indikativ", _("indikativ")

    class Prioritet(models.TextChoices):
        """How much weight the politiråd gives it."""

        HOY = "hoy", _("høy")
        MIDDELS = "middels", _("middels")
        LAV = "lav", _("lav")

    class Tidsenhet(models.TextChoices):
        UKE = "uke", _("uke")
        MANED = "maned", _("måned")
        HALVAR = "halvar", _("halvår")
        AR = "ar", _("år")
        SKOLEAR = "skolear", _("skoleår")

    # That of the plan, where it stands in one.
    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        blank=True,
        editable=False,
        related_name="tiltak",
        verbose_name=_("kommune"),
    )
    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tiltak",
        verbose_name=_("plan"),
    )
    overordnet = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="deltiltak",
        verbose_name=_("del av tiltaket"),
    )
    rekkefolge = Rekkefolge(
        _("rekkefølge"),
        innen=["overordnet"],
        help_text=_("Mellom deltiltak av samme tiltak."),
    )
    tittel = Fritekst(_("tittel"), max_length=200)
    slug = Slugg(_("kjennetegn"), av_felt="tittel", innen=("kommune", "plan"))
    tekst = Fritekst(_("beskrivelse"), rik=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status,
        default=Status.I_DRIFT,
        help_text=_(
            "Det som er avsluttet eller overført til fast struktur, blir stående i "
            "planen, merket som det."
        ),
    )
    niva = models.CharField(
        _("forebyggingsnivå"),
        max_length=20,
        choices=Niva,
        blank=True,
        help_text=_(
            "Universell: for alle. Selektiv: for grupper der flere enn ellers får "
            "vansker. Indikativ: for dem som allerede har vansker."
        ),
    )
    niva_foreslatt = models.BooleanField(
        _("nivået er foreslått"),
        default=False,
        help_text=_(
            "Kommunen har ikke sagt seg enig ennå. Fjern haken når dere er det."
        ),
    )
    nytt = models.BooleanField(
        _("nytt tiltak"),
        default=False,
        help_text=_(
            "Det sto ikke i den forrige planen. Settes for hånd når den planen ikke "
            "finnes her."
        ),
    )
    fra_dato = Dag(_("fra dato"), null=True, blank=True)
    til_dato = Dag(
        _("til og med dato"),
        null=True,
        blank=True,
        help_text=_("Tomt betyr hele planperioden."),
    )
    kontakt_merknad = Fritekst(
        _("merknad om kontakt"),
        max_length=300,
        blank=True,
        help_text=_("For eksempel «etter avtale med skolen»."),
    )
    forankring = Fritekst(
        _("forankret hos"),
        blank=True,
        help_text=_(
            "Ledere eller organer som har stilt seg bak tiltaket: funksjoner eller "
            "fora, ett på hver linje. Ikke navn på personer."
        ),
    )
    # Recurrence: "4–6 times a year", "every year, week 44".
    ganger_fra = models.PositiveSmallIntegerField(
        _("ganger"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Hvor ofte det skjer, for eksempel 4 per år."),
    )
    ganger_til = models.PositiveSmallIntegerField(
        _("ganger, til"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Når antallet varierer, for eksempel fra 4 til 6."),
    )
    ganger_per = models.CharField(
        _("per"), max_length=10, choices=Tidsenhet, blank=True
    )
    uke = models.PositiveSmallIntegerField(
        _("i uke"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(53)],
        help_text=_("Når det skjer i samme uke hvert år."),
    )
    # As uke, for what is not of one week: of the last one, all of it counts, and it may
    # be in the year after.
    maned_fra = models.PositiveSmallIntegerField(
        _("fra måned"),
        null=True,
        blank=True,
        choices=MONTHS,
        help_text=_("Når det skjer i de samme månedene hvert år."),
    )
    maned_til = models.PositiveSmallIntegerField(
        _("til og med måned"), null=True, blank=True, choices=MONTHS
    )
    evalueres_dato = Dag(_("dato for evaluering"), null=True, blank=True)
    evalueres_tekst = Fritekst(
        _("evaluering"),
        max_length=200,
        blank=True,
        help_text=_("Når tiltaket har en egen evaluering."),
    )

    frist = Dag(
        _("frist"),
        null=True,
        blank=True,
        help_text=_("Når det skal være gjort. Tomt for det som bare går sin gang."),
    )
    prioritet = models.CharField(
        _("politirådets prioritet"), max_length=10, choices=Prioritet, blank=True
    )
    statuslinje = Fritekst(
        _("hvordan det går, for alle"),
        max_length=200,
        blank=True,
        help_text=_(
            "En setning som står på siden om tiltaket, for eksempel «Åtte av ti skoler er "
            "i gang.» Tomt når dere ikke vil si noe."
        ),
    )

    publisert = Publisert()

    objects = TiltakQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiltak")
        verbose_name_plural = _("tiltak")
        ordering = ["plan_id", "overordnet_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass("overordnet", navn="tiltak_deltiltak_egen_plass"),
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="tiltak_slug_er_egen",
                violation_error_message=_("Planen har allerede dette tiltaket."),
            ),
            models.UniqueConstraint(
                fields=["kommune", "slug"],
                condition=Q(plan=None),
                name="tiltak_slug_er_egen_uten_plan",
                violation_error_message=_("Kommunen har allerede dette tilbudet."),
            ),
            models.CheckConstraint(
                condition=Q(overordnet=None) | ~Q(overordnet=F("pk")),
                name="tiltak_er_ikke_del_av_seg_selv",
                violation_error_message=_("Et tiltak kan ikke være del av seg selv."),
            ),
            models.CheckConstraint(
                condition=~Q(niva="", niva_foreslatt=True),
                name="tiltak_foreslatt_niva_er_satt",
                violation_error_message=_("Velg nivået som er foreslått."),
            ),
            *MedBti.Meta.constraints,
            models.CheckConstraint(
                condition=Q(fra_dato=None)
                | Q(til_dato=None)
                | Q(til_dato__gte=F("fra_dato")),
                name="tiltak_slutter_etter_start",
                violation_error_message=_("Tiltaket kan ikke slutte før det begynner."),
            ),
            models.CheckConstraint(
                condition=Q(ganger_fra=None, ganger_til=None)
                | (
                    Q(ganger_fra__gte=1)
                    & ~Q(ganger_per="")
                    & (Q(ganger_til=None) | Q(ganger_til__gte=F("ganger_fra")))
                ),
                name="tiltak_gjentas_forstaelig",
                violation_error_message=_(
                    "Si hvor mange ganger og per hva, det minste tallet først."
                ),
            ),
            models.CheckConstraint(
                condition=Q(uke=None) | Q(uke__range=(1, 53)),
                name="tiltak_uke_finnes",
                violation_error_message=_("Ukene går fra 1 til 53."),
            ),
            models.CheckConstraint(
                condition=Q(maned_fra=None, maned_til=None)
                | Q(
                    # Of what is not known, a database says neither yes nor no.
                    maned_fra__isnull=False,
                    maned_til__isnull=False,
                    maned_fra__range=(1, 12),
                    maned_til__range=(1, 12),
                ),
                name="tiltak_maneder_hele",
                violation_error_message=_("Velg både den første og den siste måneden."),
            ),
            models.CheckConstraint(
                condition=Q(uke=None) | Q(maned_fra=None),
                name="tiltak_uke_eller_maneder",
                violation_error_message=_(
                    "Skriv enten en uke eller måneder, ikke begge."
                ),
            ),
        ]

    def __str__(self):
        return self.tittel

    def natural_key(self):
        if self.er_tilbud:
            return (self.kommune.nummer, "", self.slug)
        return (*self.plan.natural_key(), self.slug)

    def get_absolute_url(self):
        """The page of the tiltak; a deltiltak stands on the page of its tiltak."""
        if self.overordnet_id:
            return f"{self.overordnet.get_absolute_url()}#del-{self.slug}"
        if self.er_tilbud:
            return reverse("tiltak:tilbud_detail", args=[self.kommune.slug, self.slug])
        if self.hovedplassering is None:
            return self.plan.get_absolute_url()
        return self.hovedplassering.url

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What is loaded has one, unless it was left out.
        if self.__dict__.get("kommune_id", True) is None:
            self._kjenn_kommunen()

    def clean(self):
        if self.kommune_id is None:
            self._kjenn_kommunen()
        super().clean()
        sjekk_samme_plan(self, "overordnet")
        if self.overordnet_id and self.overordnet.overordnet_id:
            raise ValidationError(
                {"overordnet": _("Et deltiltak kan ikke ha egne deltiltak.")}
            )
        if self.overordnet_id and self.pk and self.deltiltak.exists():
            raise ValidationError(
                {"overordnet": _("Tiltaket har deltiltak og kan ikke være et selv.")}
            )

    def _kjenn_kommunen(self):
        """Fills in the kommune of a new row from what it stands in. Not when it is saved:
        by then, all know whose row it is."""
        over = self.plan or self.overordnet
        if over is not None:
            self.kommune_id = over.kommune_id

    @classmethod
    def for_henting(cls, rader):
        """And a part of what stands in no plan is public as the whole is by now."""
        super().for_henting(rader)
        for rad in rader:
            if rad.er_tilbud and rad.overordnet_id:
                rad.publisert = rad.overordnet.publisert

    @classmethod
    def vern(cls, rader, *, sletting=False):
        super().vern(rader, sletting=sletting)
        if sletting:
            return
        if any(rad.plan and rad.plan.kommune_id != rad.kommune_id for rad in rader):
            raise ValidationError(_("Planen hører til en annen kommune."))
        star_i_plan = cls.objects.exclude(plan=None)
        ut = [rad.pk for rad in rader if rad.pk and rad.plan_id is None]
        if ut and star_i_plan.filter(pk__in=ut).exists():
            raise ValidationError(
                _("Et tiltak i en plan blir ikke et tilbud uten plan igjen."),
                code="star_fast",
            )

    @property
    def er_tilbud(self):
        """Whether it stands in no plan."""
        return self.plan_id is None

    @property
    def er_upublisert(self):
        """Whether only those who write plans see it, although nothing else hides it."""
        return not self.publisert if self.er_tilbud else super().er_upublisert

    @property
    def kan_slettes(self):
        return self.er_tilbud or super().kan_slettes

    @property
    def kan_endres(self):
        return self.er_tilbud or super().kan_endres

    @property
    def er_avsluttet(self):
        return self.status in self.AVSLUTTEDE

    @property
    def frist_er_passert(self):
        """Whether it should be done by now, and is not ended. The day itself is in time."""
        if self.frist is None or self.er_avsluttet:
            return False
        return self.frist < timezone.localdate()

    @property
    def gjentas(self):
        """How often it happens, in words; empty when not given."""
        deler = []
        if self.ganger_fra:
            antall = str(self.ganger_fra)
            if self.ganger_til and self.ganger_til != self.ganger_fra:
                antall += f"–{self.ganger_til}"
            ganger = ngettext("gang", "ganger", self.ganger_til or self.ganger_fra)
            deler.append(
                f"{antall} {ganger} {_('per')} {self.get_ganger_per_display()}"
            )
        if self.uke:
            deler.append(_("uke %d") % self.uke)
        if self.maned_fra:
            i_ = _("i %s") if deler else _("hvert år i %s")
            deler.append(i_ % self.maneder)
        return ", ".join(str(del_) for del_ in deler)

    @property
    def maneder(self):
        """The months in which it happens, in words; empty when not given."""
        if self.maned_fra is None:
            return ""
        fra, til = MONTHS[self.maned_fra], MONTHS[self.maned_til]
        return str(fra) if fra == til else f"{fra}–{til}"
