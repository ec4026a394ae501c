"""What happens on a day, with or without a tiltak or a forum behind it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import SLIPPES, Historisert, HistorisertQuerySet
from slt.grunn.norsk import personer_i_ord
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Klokkeslett, Plandag, tidsrom
from slt.models import LESER, Kommune, Sted, Tilgang, har_rett
from tiltak.models import (
    FORSTE_TRINN,
    SISTE_TRINN,
    TRINN,
    Tiltak,
    Tjeneste,
    planen_sees,
    trinn_i_ord,
)

from .fora import Forum, sees

# Who is told of what is not for all, and who of how it went, too.
SER_UPUBLISERTE = (*Tilgang.Rolle, LESER)
SER_HVORDAN_DET_GIKK = (Tilgang.Rolle.KOORDINATOR, Tilgang.Rolle.POLITIRAD)


def ser_kalenderen(kommune, bruker):
    """Whether the user sees the forebyggingskalender: all do, where the kommune wants it;
    else those who work there."""
    er_apen = kommune.forebyggingskalender_er_apen
    return er_apen or kommune.gir(bruker, *SER_UPUBLISERTE)


def tiltaket_sees(bruker):
    """Returns a Q: that an activity is of no tiltak, or of one that the user sees."""
    publisert = Q(tiltak__publisert=True)
    sees_av = planen_sees(
        bruker, "tiltak__plan__", kommune="tiltak__kommune", publisert=publisert
    )
    return Q(tiltak=None) | sees_av


class AktivitetQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """The coordinator's are all of them. Others see those of no tiltak and no forum, or
        of ones that they see; of these, what is published for all, and the rest for who
        works in the kommune: the politiråd, staff, and who answers for a tjeneste. What
        names a tiltak or a forum would tell of it."""
        koordinerer = har_rett(bruker, "kommune", Tilgang.Rolle.KOORDINATOR)
        apne = Q(publisert=True) | har_rett(bruker, "kommune", *SER_UPUBLISERTE)
        forumet_sees = Q(forum=None) | sees(bruker, "forum__")
        return self.filter(koordinerer | (apne & tiltaket_sees(bruker) & forumet_sees))

    def som_holdes(self):
        """Those that are not called off."""
        return self.filter(avlyst=False)

    def i_ar(self, ar):
        """Those that begin in the year."""
        return self.filter(dato__year=ar)

    def mellom(self, fra, til):
        """Those with a day between the two, both inclusive."""
        varer_til = Coalesce(F("til_dato"), F("dato"))
        return self.annotate(varer_til=varer_til).filter(
            dato__lte=til, varer_til__gte=fra
        )

    def som_mangler(self):
        """Those that are over, and of which nobody has said how many came, or how it
        went."""
        over = Q(til_dato=None, dato__lt=timezone.localdate())
        over |= Q(til_dato__lt=timezone.localdate())
        return self.som_holdes().filter(over, Q(antall=None) | Q(gikk=""))


class Aktivitet(Historisert):
    """Something that happens on a day: a fagdag, a temakveld, a trygghetsvandring."""

    class Slag(models.TextChoices):
        FAGDAG = "fagdag", _("fagdag")
        TEMAKVELD = "temakveld", _("temakveld")
        TRYGGHETSVANDRING = "trygghetsvandring", _("trygghetsvandring")
        FROKOSTFORUM = "frokostforum", _("frokostforum")
        SKOLEBESOK = "skolebesok", _("skolebesøk")
        KAMPANJE = "kampanje", _("kampanje")
        ANNET = "annet", _("annet")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="aktiviteter",
        verbose_name=_("kommune"),
    )
    tittel = Fritekst(
        _("tittel"),
        max_length=120,
        help_text=_("For eksempel «Temakveld om rus for foreldre i 8. trinn»."),
    )
    slag = models.CharField(_("slag"), max_length=20, choices=Slag)
    dato = Plandag(_("dato"))
    til_dato = Plandag(
        _("til og med"),
        null=True,
        blank=True,
        help_text=_("Tomt når det er én dag."),
    )
    start_kl = Klokkeslett(_("begynner"), null=True, blank=True)
    slutt_kl = Klokkeslett(_("slutter"), null=True, blank=True)
    sted = models.ForeignKey(
        Sted,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aktiviteter",
        verbose_name=_("sted"),
    )
    hvor = Fritekst(
        _("eller hvor, i ord"),
        max_length=120,
        blank=True,
        help_text=_("Når stedet ikke står i listen."),
    )
    publikum = Fritekst(
        _("for hvem"),
        max_length=200,
        blank=True,
        help_text=_("For eksempel «foreldre». Ikke navn."),
    )
    trinn_fra = models.PositiveSmallIntegerField(
        _("fra trinn"),
        null=True,
        blank=True,
        choices=TRINN,
        help_text=_("Med trinn står aktiviteten i forebyggingskalenderen."),
    )
    trinn_til = models.PositiveSmallIntegerField(
        _("til og med trinn"), null=True, blank=True, choices=TRINN
    )
    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=SLIPPES,
        null=True,
        blank=True,
        related_name="aktiviteter",
        verbose_name=_("holdes av"),
    )
    holdes_av = Fritekst(
        _("eller hvem, i ord"),
        max_length=120,
        blank=True,
        help_text=_("Når det ikke er en av tjenestene. Ikke navn på personer."),
    )
    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aktiviteter",
        verbose_name=_("tiltak"),
        help_text=_("Tiltaket som aktiviteten er en del av."),
    )
    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aktiviteter",
        verbose_name=_("forum"),
        help_text=_("Forumet som står bak den."),
    )
    antall = models.PositiveIntegerField(
        _("hvor mange som kom"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1_000_000)],
        help_text=_("Av 1–4 vises bare at de er færre enn 5."),
    )
    gikk = Fritekst(
        _("hvordan det gikk"),
        max_length=300,
        blank=True,
        help_text=_(
            "En linje, som bare SLT-koordinatoren og politirådet ser. Ikke navn, og "
            "ingenting om enkeltpersoner."
        ),
    )
    avlyst = models.BooleanField(_("avlyst"), default=False)
    publisert = models.BooleanField(
        _("vis for alle"),
        default=False,
        help_text=_(
            "Ellers ser bare ansatte, politirådet og SLT-koordinatoren den. Hører den til "
            "et tiltak eller forum som ikke er for alle, ser ingen andre den før det er det."
        ),
    )
    gjentar = models.ForeignKey(
        "self",
        on_delete=SLIPPES,
        null=True,
        blank=True,
        editable=False,
        related_name="gjentatt_som",
        verbose_name=_("gjentar"),
    )

    objects = AktivitetQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        # Those without a time of day first, on both databases.
        ordering = ["kommune_id", "dato", F("start_kl").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("dato")),
                name="aktivitet_slutter_etter_start",
                violation_error_message=_(
                    "Den siste dagen kan ikke være før den første."
                ),
            ),
            models.CheckConstraint(
                condition=Q(slutt_kl=None)
                | Q(start_kl__isnull=False, slutt_kl__gt=F("start_kl")),
                name="aktivitet_klokkeslett_i_rekkefolge",
                violation_error_message=_(
                    "Skriv når det begynner, og en slutt etter det. Varer det over "
                    "midnatt, lar du slutten stå tom."
                ),
            ),
            models.CheckConstraint(
                condition=Q(sted=None) | Q(hvor=""),
                name="aktivitet_er_ett_sted",
                violation_error_message=_("Velg et sted eller skriv hvor, ikke begge."),
            ),
            models.CheckConstraint(
                condition=Q(tjeneste=None) | Q(holdes_av=""),
                name="aktivitet_holdes_av_en",
                violation_error_message=_(
                    "Velg en tjeneste eller skriv hvem, ikke begge."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    Q(trinn_fra=None) | Q(trinn_fra__range=(FORSTE_TRINN, SISTE_TRINN))
                )
                & (Q(trinn_til=None) | Q(trinn_til__range=(FORSTE_TRINN, SISTE_TRINN))),
                name="aktivitet_trinn_finnes",
                violation_error_message=_("Velg et trinn."),
            ),
            models.CheckConstraint(
                condition=Q(trinn_fra=None)
                | Q(trinn_til=None)
                | Q(trinn_til__gte=F("trinn_fra")),
                name="aktivitet_trinn_i_rekkefolge",
                violation_error_message=_("Trinnet kan ikke slutte før det begynner."),
            ),
            models.CheckConstraint(
                condition=Q(antall=None) | Q(avlyst=False),
                name="aktivitet_avlyst_har_ingen",
                violation_error_message=_(
                    "Til det som er avlyst, kom det ingen. La antallet stå tomt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(gjentar=None) | ~Q(gjentar=F("pk")),
                name="aktivitet_gjentar_en_annen",
                violation_error_message=_("En aktivitet gjentar ikke seg selv."),
            ),
            # Whoever presses twice, or two at once, makes it once.
            models.UniqueConstraint(
                fields=["gjentar"],
                name="aktivitet_gjentas_en_gang",
                violation_error_message=_("Aktiviteten er gjentatt allerede."),
            ),
        ]

    def __str__(self):
        return self.tittel

    def get_absolute_url(self):
        return self.adresse_i(self.kommune)

    def adresse_i(self, kommune):
        """Its page, where its kommune is known; asks nothing."""
        return reverse("moter:aktivitet_detail", args=[kommune.slug, self.pk])

    @property
    def siste_dag(self):
        return self.til_dato or self.dato

    @property
    def er_over(self):
        return self.siste_dag < timezone.localdate()

    @property
    def dagene(self):
        """ "5. mars 2026", "5.–7. mars 2026"."""
        return tidsrom(self.dato, self.til_dato)

    @property
    def nar(self):
        """ "torsdag 5. mars 2026, kl. 18.00–20.00", "5.–7. mars 2026"."""
        dagene = self.dagene if self.til_dato else date_format(self.dato, "l j. F Y")
        if self.start_kl is None:
            return dagene
        kl = time_format(self.start_kl, "H.i")
        if self.slutt_kl:
            kl = f"{kl}–{time_format(self.slutt_kl, 'H.i')}"
        return _("%(dagene)s, kl. %(klokka)s") % {"dagene": dagene, "klokka": kl}

    @property
    def stedet(self):
        """Where it is, as it is read; "" where that is not said."""
        return str(self.sted) if self.sted_id else self.hvor

    @property
    def holder(self):
        """Who holds it, as it is read; "" where that is not said."""
        return str(self.tjeneste) if self.tjeneste_id else self.holdes_av

    @property
    def trinn(self):
        """ "8. trinn", "1.–10. trinn", "vg1" or ""."""
        return trinn_i_ord(self.trinn_fra, self.trinn_til)

    @property
    def trinnene(self):
        """The grades that it is for, as numbers."""
        fra, til = self.trinn_fra or self.trinn_til, self.trinn_til or self.trinn_fra
        return [] if fra is None else list(range(fra, til + 1))

    @property
    def antall_i_ord(self):
        """How many came, as all may read it; "" where nobody has said."""
        return "" if self.antall is None else personer_i_ord(self.antall)
