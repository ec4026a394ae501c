"""The measures: what is done, for whom, who answers for it, where it stands."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from slt.grunn.historikk import HistorisertQuerySet
from slt.grunn.norsk import Slugg
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag

from .innhold import Innsatsomrade
from .plan import (
    Handlingsplan,
    Plandel,
    Publiseres,
    PubliseresQuerySet,
    Publisert,
    planen_sees,
    sjekk_samme_plan,
)


def planens_orden(sti=""):
    """Returns what to order rows by that lead to a tiltak: its place in the plan, each
    deltiltak right after the tiltak it is part of.

    Args:
        sti: the look-up from a row to its tiltak, with its underscores: "tiltak__".
    """
    hele = Coalesce(OuterRef(f"{sti}overordnet"), OuterRef(f"{sti}pk"))
    sted = Plassering.objects.filter(hoved=True, tiltak=hele)
    steder = ("innsatsomrade__rekkefolge", "innsatsomrade", "nummer")
    return [
        *(Subquery(sted.values(felt)[:1]).asc(nulls_last=True) for felt in steder),
        F(f"{sti}overordnet").asc(nulls_first=True),
        f"{sti}rekkefolge",
        f"{sti}pk",
    ]


class TiltakQuerySet(PubliseresQuerySet):
    def i_kraft(self):
        """Those that hold: published, and not ended."""
        return self.lesernes().exclude(status__in=Tiltak.AVSLUTTEDE)

    def avsluttede(self):
        return self.filter(status__in=Tiltak.AVSLUTTEDE)

    def nye_i(self, plan):
        """What is new in the plan, deltiltak too: those that say so by `er_nytt`."""
        if plan.bygger_pa_id:
            return self.filter(plan=plan, viderefort_fra=None)
        return self.filter(plan=plan, nytt=True)

    def selvstendige(self):
        """Without the deltiltak, which show inside the tiltak they are part of."""
        return self.filter(overordnet=None)

    def med_har_deltiltak(self):
        """Adds `har_deltiltak`; no query more."""
        return self.annotate(
            har_deltiltak=Exists(Tiltak.objects.filter(overordnet=OuterRef("pk")))
        )

    def i_planens_orden(self):
        """By main place: innsatsområde, then number. Leaves deltiltak out."""
        return self.filter(plasseringer__hoved=True).order_by(
            "plasseringer__innsatsomrade__rekkefolge",
            "plasseringer__innsatsomrade",
            "plasseringer__nummer",
        )

    def med_plassering(self):
        """Loads what `merkelapp` needs, and with plan and kommune known
        `get_absolute_url`: 1 query more."""
        return self.prefetch_related(
            models.Prefetch(
                "plasseringer", Plassering.objects.select_related("innsatsomrade")
            )
        )


class Tiltak(Publiseres):
    """A measure: mostly a permanent service, sometimes a project."""

    class Status(models.TextChoices):
        PLANLAGT = "planlagt", _("planlagt")
        INNFORING = "innforing", _("under innføring")
        I_DRIFT = "i_drift", _("i drift")
        AVSLUTTET = "avsluttet", _("avsluttet")
        OVERFORT = "overfort", _("overført til fast struktur")

    AVSLUTTEDE = (Status.AVSLUTTET, Status.OVERFORT)

    class Niva(models.TextChoices):
        UNIVERSELL = "universell", _("universell")
        SELEKTIV = "selektiv", _("selektiv")
        INDIKATIV = "indikativ", _("indikativ")

    class Tidsenhet(models.TextChoices):
        UKE = "uke", _("uke")
        MANED = "maned", _("måned")
        HALVAR = "halvar", _("halvår")
        AR = "ar", _("år")
        SKOLEAR = "skolear", _("skoleår")

    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.PROTECT,
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
    rekkefolge = models.PositiveSmallIntegerField(
        _("rekkefølge"), default=0, help_text=_("Mellom deltiltak av samme tiltak.")
    )
    tittel = Fritekst(_("tittel"), max_length=200)
    slug = Slugg(_("kjennetegn"), av_felt="tittel", innen=("plan",))
    tekst = Fritekst(_("beskrivelse"), rik=True, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.I_DRIFT
    )
    niva = models.CharField(
        _("forebyggingsnivå"), max_length=20, choices=Niva, blank=True
    )
    niva_foreslatt = models.BooleanField(
        _("nivået er foreslått"),
        default=False,
        help_text=_("Nivået er et forslag, ikke kommunens eget."),
    )
    bti_fra = models.PositiveSmallIntegerField(
        _("BTI-nivå fra"), null=True, blank=True, validators=[MaxValueValidator(3)]
    )
    bti_til = models.PositiveSmallIntegerField(
        _("BTI-nivå til og med"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(3)],
    )
    nytt = models.BooleanField(
        _("nytt tiltak"),
        default=False,
        help_text=_("Settes for hånd når den forrige planen ikke finnes her."),
    )
    viderefort_fra = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="viderefort_til",
        verbose_name=_("videreført fra"),
        help_text=_("Tiltaket i den forrige planen."),
    )
    fra_dato = Dag(_("fra dato"), null=True, blank=True)
    til_dato = Dag(
        _("til og med dato"),
        null=True,
        blank=True,
        help_text=_("Tomt betyr hele planperioden."),
    )
    # Who may make contact: apart from whom the tiltak is for.
    unge_kan_kontakte = models.BooleanField(_("barn og unge"), default=False)
    foresatte_kan_kontakte = models.BooleanField(_("foresatte"), default=False)
    ansatte_kan_kontakte = models.BooleanField(
        _("ansatte og samarbeidspartnere"), default=False
    )
    andre_kan_kontakte = models.BooleanField(_("andre innbyggere"), default=False)
    kontakt_merknad = Fritekst(_("merknad om kontakt"), max_length=300, blank=True)
    forankring = Fritekst(
        _("forankret hos"),
        blank=True,
        help_text=_("Funksjoner eller fora, ett på hver linje. Ikke navn."),
    )
    # Recurrence: "4–6 times a year", "every year, week 44".
    ganger_fra = models.PositiveSmallIntegerField(
        _("ganger"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    ganger_til = models.PositiveSmallIntegerField(
        _("ganger, til"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    ganger_per = models.CharField(
        _("per"), max_length=10, choices=Tidsenhet, blank=True
    )
    uke = models.PositiveSmallIntegerField(
        _("i uke"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(53)],
    )
    evalueres_dato = Dag(_("evalueres dato"), null=True, blank=True)
    evalueres_tekst = Fritekst(
        _("evaluering"),
        max_length=200,
        blank=True,
        help_text=_("Når tiltaket har en egen evaluering."),
    )

    publisert = Publisert()

    objects = TiltakQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiltak")
        verbose_name_plural = _("tiltak")
        ordering = ["plan_id", "overordnet_id", "rekkefolge", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="tiltak_slug_er_egen",
                violation_error_message=_("Planen har allerede dette tiltaket."),
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
            models.CheckConstraint(
                condition=Q(bti_fra=None, bti_til=None)
                | Q(bti_fra__lte=F("bti_til"), bti_til__lte=3),
                name="tiltak_bti_i_rekkefolge",
                violation_error_message=_(
                    "Fyll ut begge BTI-nivåene, fra 0 til 3, det laveste først."
                ),
            ),
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
        ]

    def __str__(self):
        return self.tittel

    def natural_key(self):
        return (*self.plan.natural_key(), self.slug)

    def get_absolute_url(self):
        """The page of the tiltak; a deltiltak stands on the page of its tiltak."""
        if self.overordnet_id:
            return f"{self.overordnet.get_absolute_url()}#del-{self.slug}"
        if self.hovedplassering is None:
            return self.plan.get_absolute_url()
        return self.hovedplassering.url

    def clean(self):
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

    @property
    def er_avsluttet(self):
        return self.status in self.AVSLUTTEDE

    @property
    def er_nytt(self):
        """New relative to the plan that this one builds on."""
        if self.plan.bygger_pa_id:
            return self.viderefort_fra_id is None
        return self.nytt

    @cached_property
    def hovedplassering(self):
        """The main place, or None for a deltiltak. No query after `med_plassering`."""
        return next((p for p in self.plasseringer.all() if p.hoved), None)

    @property
    def merkelapp(self):
        """The short label where areas mix: "Vold 4"."""
        return self.hovedplassering.merkelapp if self.hovedplassering else ""

    @property
    def forankringer(self):
        """The functions and bodies it is anchored with."""
        return self.forankring.splitlines()

    @cached_property
    def andre_plasseringer(self):
        return [p for p in self.plasseringer.all() if not p.hoved]

    @property
    def kan_kontaktes_av(self):
        """Who may make contact, in words; empty when the plan does not say."""
        felter = ("unge", "foresatte", "ansatte", "andre")
        return [
            self._meta.get_field(f"{felt}_kan_kontakte").verbose_name
            for felt in felter
            if getattr(self, f"{felt}_kan_kontakte")
        ]

    @property
    def bti_niva(self):
        """ "0–1", "2" or ""."""
        if self.bti_fra is None:
            return ""
        if self.bti_fra == self.bti_til:
            return str(self.bti_fra)
        return f"{self.bti_fra}–{self.bti_til}"

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
        return ", ".join(str(del_) for del_ in deler)

    @property
    def ansvar_uten_kontakt(self):
        """Those of whom the page shows no contact point. Needs `last_detaljer`."""
        return [a for a in self.ansvar.all() if not a.kontaktpunkter]

    @property
    def mangler_kontakt(self):
        """Whether the page has nobody to call, for it or for a part of it. Needs
        `last_detaljer`."""
        deler = (self, *self.deltiltak.all())
        return not any(a.kontaktpunkter for t in deler for a in t.ansvar.all())

    @property
    def mangler_ansvar(self):
        """Whether to say "ikke avklart": nobody is responsible, for it or, when it is a
        deltiltak, for the whole; where there are parts, they say it. Needs
        `last_detaljer`."""
        if self.har_avklart_ansvar:
            return False
        if self.overordnet_id:
            return not self.overordnet.har_avklart_ansvar
        return not self.deltiltak.all()

    @property
    def har_avklart_ansvar(self):
        """Whether somebody is responsible; "ikke avklart" is a legal answer."""
        return any(a.er_ansvarlig for a in self.ansvar.all())


class DelAvTiltakQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        publisert = Q(tiltak__publisert=True)
        return self.filter(planen_sees(bruker, "tiltak__plan__", publisert=publisert))


class DelAvTiltak(Plandel):
    """Base of what belongs to one tiltak and goes with it."""

    kommune_sti = "tiltak__plan__kommune"

    objects = DelAvTiltakQuerySet.as_manager()

    class Meta:
        abstract = True


class PlasseringQuerySet(DelAvTiltakQuerySet):
    def synlige_for(self, bruker):
        """Where both the tiltak and the innsatsområde are."""
        publisert = Q(tiltak__publisert=True, innsatsomrade__publisert=True)
        return self.filter(planen_sees(bruker, "tiltak__plan__", publisert=publisert))

    def med_naboer(self):
        """Adds number and title of the places before and after in the innsatsområde, of
        tiltak that hold; no query more."""
        omradets = Plassering.objects.filter(
            innsatsomrade=OuterRef("innsatsomrade"),
            tiltak__in=Tiltak.objects.i_kraft().values("pk"),
        )
        for_ = omradets.filter(nummer__lt=OuterRef("nummer")).order_by("-nummer")
        etter = omradets.filter(nummer__gt=OuterRef("nummer")).order_by("nummer")
        return self.annotate(
            forrige_nummer=Subquery(for_.values("nummer")[:1]),
            forrige_tittel=Subquery(for_.values("tiltak__tittel")[:1]),
            neste_nummer=Subquery(etter.values("nummer")[:1]),
            neste_tittel=Subquery(etter.values("tiltak__tittel")[:1]),
        )


class Plassering(DelAvTiltak):
    """Where a tiltak stands: innsatsområde and number; one is the main place."""

    # What people say of it ("Vold 4"), and so does not change once the plan holds.
    STED = ("innsatsomrade_id", "nummer", "tiltak_id")
    slettes_bare_i_utkast = True

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="plasseringer",
        verbose_name=_("tiltak"),
    )
    innsatsomrade = models.ForeignKey(
        Innsatsomrade,
        on_delete=models.PROTECT,
        related_name="plasseringer",
        verbose_name=_("innsatsområde"),
    )
    nummer = models.PositiveSmallIntegerField(
        _("nummer"), validators=[MinValueValidator(1), MaxValueValidator(9999)]
    )
    hoved = models.BooleanField(_("hovedplassering"), default=True)

    objects = PlasseringQuerySet.as_manager()

    class Meta:
        verbose_name = _("plassering")
        verbose_name_plural = _("plasseringer")
        ordering = ["-hoved", "innsatsomrade_id", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["innsatsomrade", "nummer"],
                name="plassering_nummer_er_eget",
                violation_error_message=_("Nummeret er allerede i bruk i området."),
            ),
            models.UniqueConstraint(
                fields=["tiltak", "innsatsomrade"],
                name="plassering_en_per_innsatsomrade",
                violation_error_message=_("Tiltaket står allerede i dette området."),
            ),
            models.UniqueConstraint(
                fields=["tiltak"],
                condition=Q(hoved=True),
                name="plassering_en_hoved_per_tiltak",
                violation_error_message=_("Tiltaket har allerede en hovedplassering."),
            ),
            models.CheckConstraint(
                condition=Q(nummer__gte=1),
                name="plassering_nummer_fra_en",
                violation_error_message=_("Numrene begynner på 1."),
            ),
        ]

    def __str__(self):
        return self.merkelapp

    def clean(self):
        super().clean()
        if not (self.tiltak_id and self.innsatsomrade_id):
            return
        if self.tiltak.plan_id != self.innsatsomrade.plan_id:
            raise ValidationError(
                {"innsatsomrade": _("Innsatsområdet hører til en annen plan.")}
            )
        if self.tiltak.overordnet_id:
            raise ValidationError(
                _("Et deltiltak står under tiltaket det er del av, uten eget nummer.")
            )

    @classmethod
    def vern(cls, rader, *, sletting=False):
        super().vern(rader, sletting=sletting)
        if sletting:
            return
        faste = cls.objects.filter(
            pk__in=[rad.pk for rad in rader], tiltak__publisert=True
        ).exclude(tiltak__plan__status=Handlingsplan.Status.UTKAST)
        lagret = {pk: sted for pk, *sted in faste.values_list("pk", *cls.STED)}
        for rad in rader:
            sted = [getattr(rad, felt) for felt in cls.STED]
            if lagret.get(rad.pk, sted) != sted:
                raise ValidationError(
                    {
                        "nummer": _(
                            "Planen gjelder, og da står numrene fast. Et tiltak som "
                            "flyttes, kan få en plassering til."
                        )
                    },
                    code="star_fast",
                )

    @classmethod
    def star_fast(cls, rader):
        lagret = cls.objects.filter(pk__in=[rad.pk for rad in rader])
        return lagret.filter(tiltak__publisert=True).exists()

    @property
    def merkelapp(self):
        return f"{self.innsatsomrade.kortnavn} {self.nummer}"

    @property
    def url(self):
        """Where the tiltak has a page as it stands here. (get_absolute_url would give
        each place a link of its own in the admin.)"""
        plan = self.tiltak.plan
        return reverse(
            "tiltak:tiltak_detail",
            args=[
                plan.kommune.slug,
                plan.slug,
                self.innsatsomrade.slug,
                self.nummer,
            ],
        )
