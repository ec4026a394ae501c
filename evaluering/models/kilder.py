"""A source of knowledge, and what is to be known of it before one trusts it."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst, Nettadresse
from slt.grunn.tid import Dag, tidsrom
from slt.models import Kommune, Navngitt, NavngittQuerySet, Tilgang, har_rett
from tiltak.models import TRINN, Tema

ARSTALL = [MinValueValidator(1900), MaxValueValidator(2100)]


# Who sees what is not published.
INNENFRA = (Tilgang.Rolle.KOORDINATOR, Tilgang.Rolle.POLITIRAD)
UTEN_TILLATELSE = _("Skriv hvem som har sagt at figurene kan brukes, eller lisensen.")


class KildeQuerySet(NavngittQuerySet):
    def synlige_for(self, bruker):
        """Whose page all may read; the others for coordinators and the politiråd. What a
        source is called stands by all that is published of it, too."""
        return self.filter(Q(publisert=True) | har_rett(bruker, "kommune", *INNENFRA))


class MedTidsrom(models.Model):
    """Base of what went on from a day to a day, or on one."""

    fra_dato = Dag(_("fra dato"), null=True, blank=True)
    til_dato = Dag(
        _("til og med dato"),
        null=True,
        blank=True,
        help_text=_("Er bare måneden kjent: den første og den siste dagen i den."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(til_dato=None)
                | Q(fra_dato__isnull=False, til_dato__gte=F("fra_dato")),
                name="%(class)s_slutter_etter_start",
                violation_error_message=_("Det kan ikke slutte før det begynner."),
            ),
        ]

    @property
    def nar(self):
        """When, in words; "" where it is not known."""
        return tidsrom(self.fra_dato, self.til_dato)


class Kilde(Navngitt, MedTidsrom):
    """Where knowledge comes from: a survey, a report, figures of the police."""

    class Type(models.TextChoices):
        UNGDATA = "ungdata", _("Ungdata")
        POLITI = "politi", _("tall fra politiet")
        HKH = "hkh", _("hurtig kartlegging og handling (HKH)")
        ARSRAPPORT = "arsrapport", _("årsrapport fra en tjeneste")
        LEVEKAR = "levekar", _("levekår")
        ANNET = "annet", _("annet")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="kilder",
        verbose_name=_("kommune"),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    arstall = models.PositiveSmallIntegerField(_("år"), validators=ARSTALL)
    utgiver = Fritekst(
        _("utgiver"),
        max_length=120,
        help_text=_("Den som har laget den, for eksempel «NOVA» eller en tjeneste."),
    )
    adresse = Nettadresse(_("nettadresse"), blank=True)
    mandat = Fritekst(
        _("mandat"),
        max_length=1000,
        blank=True,
        help_text=_("Hvem som ba om den, når, og hvorfor."),
    )
    sporsmal = Fritekst(
        _("spørsmål"),
        max_length=2000,
        blank=True,
        help_text=_("Det den skulle svare på, ett spørsmål på hver linje."),
    )
    metode = Fritekst(
        _("metode"),
        max_length=2000,
        blank=True,
        help_text=_("Hvordan kunnskapen ble hentet inn."),
    )
    begrensninger = Fritekst(
        _("begrensninger"),
        max_length=2000,
        blank=True,
        help_text=_("Det den ikke sier noe om, og det som gjør den usikker."),
    )
    figurer = Fritekst(
        _("figurer"),
        rik=True,
        bilder=True,
        blank=True,
        help_text=_("Bilder og figurer fra kilden, når de kan brukes."),
    )
    tillatelse = Fritekst(
        _("tillatelse"),
        max_length=200,
        blank=True,
        help_text=_(
            "Hvem som har sagt at figurene kan brukes, eller lisensen, for eksempel "
            "«CC BY 4.0»."
        ),
    )
    publisert = models.BooleanField(
        _("siden om kilden er publisert"),
        default=False,
        help_text=_(
            "Ellers ser bare SLT-koordinatoren og politirådet siden. Navn, utgiver og år "
            "står uansett ved det som er publisert fra kilden."
        ),
    )

    objects = KildeQuerySet.as_manager()

    class Meta(Navngitt.Meta):
        verbose_name = _("kilde")
        verbose_name_plural = _("kilder")
        ordering = ["kommune_id", "-arstall", "navn__norsk"]
        constraints = [
            *Navngitt.Meta.constraints,
            *MedTidsrom.Meta.constraints,
            models.CheckConstraint(
                condition=Q(arstall__range=(1900, 2100)),
                name="kilde_har_et_arstall",
                violation_error_message=_("Skriv et årstall mellom 1900 og 2100."),
            ),
            models.CheckConstraint(
                condition=Q(figurer="") | ~Q(tillatelse=""),
                name="kilde_figurer_har_tillatelse",
                violation_error_message=UTEN_TILLATELSE,
            ),
        ]

    def __str__(self):
        return self.navn

    def get_absolute_url(self):
        return reverse("evaluering:kilde_detail", args=[self.kommune.slug, self.slug])

    def clean(self):
        super().clean()
        if self.figurer and not self.tillatelse:
            raise ValidationError({"tillatelse": UTEN_TILLATELSE})

    @property
    def henvisning(self):
        """Name, publisher and year, as it stands by every figure."""
        deler = [self.navn, self.utgiver]
        if str(self.arstall) not in self.navn:
            deler.append(str(self.arstall))
        return ", ".join(deler)

    def kan_ha_tall_fra(self, ar):
        """Whether it may give figures of a year (an Ar): none is older than its figures."""
        return self.arstall >= ar.kan_komme_fra


class OmKildeQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Those of the sources whose page the user sees."""
        return self.filter(kilde__in=Kilde.objects.synlige_for(bruker))


class OmKilde(Historisert):
    """Base of what is said of a source; the subclass has the foreign key `kilde`."""

    kommune_sti = "kilde__kommune"

    objects = OmKildeQuerySet.as_manager()

    class Meta:
        abstract = True


class Kildesteg(OmKilde, MedTidsrom):
    """A step in how a source came to be: mandate, interviews, findings, proposals."""

    kilde = models.ForeignKey(
        Kilde, on_delete=models.CASCADE, related_name="steg", verbose_name=_("kilde")
    )
    navn = Fritekst(
        _("hva som ble gjort"),
        max_length=200,
        help_text=_("For eksempel «Intervjuer med ungdom»."),
    )
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["kilde"])

    class Meta:
        verbose_name = _("steg i arbeidet med kilden")
        verbose_name_plural = _("steg i arbeidet med kilden")
        ordering = ["kilde_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass("kilde", navn="kildesteg_egen_plass"),
            *MedTidsrom.Meta.constraints,
        ]

    def __str__(self):
        return self.navn


class Kalenderpunkt(OmKilde):
    """What a survey proposes to take up with a grade in a school year: a square in its
    forebyggingskalender."""

    kilde = models.ForeignKey(
        Kilde,
        on_delete=models.CASCADE,
        related_name="kalenderpunkter",
        verbose_name=_("kilde"),
    )
    tema = models.ForeignKey(
        Tema,
        on_delete=models.PROTECT,
        related_name="kalenderpunkter",
        verbose_name=_("tema"),
    )
    arstall = models.PositiveSmallIntegerField(
        _("skoleåret som begynner i"),
        null=True,
        blank=True,
        validators=ARSTALL,
        help_text=_("Tomt når det skjer hvert år."),
    )
    trinn = models.PositiveSmallIntegerField(_("trinn"), choices=TRINN)
    tekst = Fritekst(
        _("hva"),
        max_length=200,
        help_text=_("For eksempel «Foreldremøte om alkohol»."),
    )

    class Meta:
        verbose_name = _("punkt i forebyggingskalenderen")
        verbose_name_plural = _("punkter i forebyggingskalenderen")
        ordering = ["kilde_id", "arstall", "tema__navn__norsk", "trinn", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(arstall=None) | Q(arstall__range=(1900, 2100)),
                name="kalenderpunkt_har_et_arstall",
                violation_error_message=_("Skriv et årstall mellom 1900 og 2100."),
            ),
            models.CheckConstraint(
                condition=Q(trinn__range=(1, 13)),
                name="kalenderpunkt_trinn_finnes",
                violation_error_message=_("Velg et trinn."),
            ),
        ]

    def __str__(self):
        return self.tekst

    @property
    def skolear(self):
        """ "2024/25"; "" where it is each year."""
        if self.arstall is None:
            return ""
        return f"{self.arstall}/{(self.arstall + 1) % 100:02}"
