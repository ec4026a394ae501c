"""Who uses the software, and the kommune that all data belong to."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet, Versjon
from slt.grunn.norsk import Slugg
from slt.grunn.personvern import Epost, Fritekst, Nettadresse

# First parts of addresses that the site itself needs.
RESERVERTE_SLUGGER = [
    "admin",
    "api",
    "healthz",
    "hjelp",
    "konto",
    "kommuner",
    "media",
    "personvern",
    "robots",
    "sitemap",
    "sok",
    "static",
    "well-known",
]


class BrukerQuerySet(HistorisertQuerySet):
    pass


class BrukerManager(BaseUserManager.from_queryset(BrukerQuerySet)):
    """Makes users; the e-mail address is what one logs in with."""

    def create_user(self, epost, password=None, **felter):
        bruker = self.model(epost=self.normalize_email(epost), **felter)
        bruker.set_password(password)
        bruker.save()
        return bruker

    def create_superuser(self, epost, password=None, **felter):
        return self.create_user(epost, password, is_superuser=True, **felter)

    def get_by_natural_key(self, epost):
        return self.get(epost__iexact=epost)


class Bruker(Historisert, AbstractBaseUser, PermissionsMixin):
    """Somebody who can log in."""

    kommune_sti = None
    historikk_utelater = ("password", "last_login")

    epost = Epost(
        _("e-post"),
        unique=True,
        error_messages={
            "unique": _("Det finnes allerede en bruker med denne adressen.")
        },
    )
    navn = Fritekst(
        _("navn"),
        max_length=100,
        blank=True,
        help_text=_("Navnet andre ser i historikken."),
    )
    is_active = models.BooleanField(_("kan logge inn"), default=True)

    objects = BrukerManager()

    USERNAME_FIELD = "epost"
    EMAIL_FIELD = "epost"

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        ordering = ["navn__norsk", "epost"]

    def __str__(self):
        return self.navn or self.epost

    @property
    def is_staff(self):
        """Whether the admin opens: for administrators and those who coordinate."""
        return self.is_active and (self.is_superuser or self.koordinerer.exists())

    @property
    def koordinerer(self):
        """The kommuner whose plan the user keeps today."""
        if self.is_superuser:
            return Kommune.objects.all()
        return Kommune.objects.filter(
            tilganger__in=self.tilganger.gyldige().filter(
                rolle=Tilgang.Rolle.KOORDINATOR
            )
        )


class KommuneQuerySet(HistorisertQuerySet):
    def get_by_natural_key(self, nummer):
        return self.get(nummer=nummer)


class Kommune(Historisert):
    """A municipality: the border of all data."""

    class Malform(models.TextChoices):
        BOKMAL = "nb", _("bokmål")
        NYNORSK = "nn", _("nynorsk")

    class Aksentfarge(models.TextChoices):
        PETROL = "petrol", _("petrol")
        BLA = "bla", _("blå")
        GRONN = "gronn", _("grønn")
        BURGUNDER = "burgunder", _("burgunder")
        LILLA = "lilla", _("lilla")
        OKER = "oker", _("oker")

    kommune_sti = "pk"
    historikk_utelater = ("versjon",)

    nummer = models.CharField(
        _("kommunenummer"),
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^\d{4}\Z", _("Kommunenummeret har fire sifre."))],
        error_messages={"unique": _("Kommunen er allerede opprettet.")},
        help_text=_("Fire sifre, også når det første er null."),
    )
    navn = Fritekst(_("navn"), max_length=60)
    slug = models.SlugField(
        _("adresse"),
        max_length=60,
        unique=True,
        help_text=_(
            "Det som står i nettadressen. To kommuner med samme navn må ha ulik "
            "adresse, for eksempel «heroy-nordland»."
        ),
        error_messages={"unique": _("En annen kommune har denne adressen.")},
    )
    malform = models.CharField(
        _("målform"), max_length=2, choices=Malform, default=Malform.BOKMAL
    )
    aksentfarge = models.CharField(
        _("aksentfarge"), max_length=20, choices=Aksentfarge, default=Aksentfarge.PETROL
    )
    epost = Epost(_("e-post"), blank=True)
    telefon = Fritekst(_("telefon"), max_length=20, blank=True)
    nettsted = Nettadresse(_("nettsted"), blank=True)
    tilgjengelighetserklaering = Nettadresse(
        _("tilgjengelighetserklæring"),
        blank=True,
        help_text=_("Lenken fra uustatus.no. Den står nederst på alle sider."),
    )
    versjon = Versjon(_("innholdsversjon"), default=1, editable=False)

    objects = KommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("kommune")
        verbose_name_plural = _("kommuner")
        ordering = ["navn__norsk", "nummer"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nummer__regex=r"^[0-9]{4}$"),
                name="kommune_nummer_har_fire_sifre",
                violation_error_message=_("Kommunenummeret har fire sifre."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVERTE_SLUGGER),
                name="kommune_slug_er_ikke_reservert",
                violation_error_message=_("Nettstedet bruker denne adressen selv."),
            ),
        ]

    def __str__(self):
        return self.navn

    def natural_key(self):
        return (self.nummer,)

    def get_absolute_url(self):
        return reverse("kommune", args=[self.slug])


class TilgangQuerySet(HistorisertQuerySet):
    def gyldige(self):
        """What holds today; the last day counts."""
        i_dag = timezone.localdate()
        return self.filter(Q(til=None) | Q(til__gte=i_dag), fra__lte=i_dag)


class Tilgang(Historisert):
    """What a user is in a kommune, from a day and perhaps to another."""

    class Rolle(models.TextChoices):
        KOORDINATOR = "koordinator", _("SLT-koordinator")
        ANSATT = "ansatt", _("ansatt")

    bruker = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        related_name="tilganger",
        verbose_name=_("bruker"),
    )
    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="tilganger",
        verbose_name=_("kommune"),
    )
    rolle = models.CharField(_("rolle"), max_length=20, choices=Rolle)
    fra = models.DateField(_("fra og med"), default=timezone.localdate)
    til = models.DateField(
        _("til og med"),
        null=True,
        blank=True,
        help_text=_("Tomt betyr at tilgangen gjelder til den avsluttes."),
    )

    objects = TilgangQuerySet.as_manager()

    class Meta:
        verbose_name = _("tilgang")
        verbose_name_plural = _("tilganger")
        ordering = ["kommune_id", "rolle", "bruker_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(til=None) | Q(til__gte=F("fra")),
                name="tilgang_slutter_etter_start",
                violation_error_message=_(
                    "Tilgangen kan ikke slutte før den begynner."
                ),
            ),
            models.UniqueConstraint(
                fields=["bruker", "kommune", "rolle"],
                condition=Q(til=None),
                name="tilgang_en_lopende_per_rolle",
                violation_error_message=_("Brukeren har allerede denne tilgangen."),
            ),
        ]

    def __str__(self):
        return f"{self.bruker}: {self.get_rolle_display()}, {self.kommune}"


class NavngittQuerySet(HistorisertQuerySet):
    def get_by_natural_key(self, nummer, slug):
        return self.get(kommune__nummer=nummer, slug=slug)


class Navngitt(Historisert):
    """Base of what has a name, and an address made from it, inside a kommune; the
    subclass has the foreign key `kommune`."""

    navn = Fritekst(_("navn"), max_length=120)
    slug = Slugg(_("adresse"))

    objects = NavngittQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["kommune_id", "navn__norsk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommune", "navn"],
                name="%(class)s_navn_er_eget",
                violation_error_message=_("Navnet er allerede i bruk i kommunen."),
            ),
            models.UniqueConstraint(
                fields=["kommune", "slug"],
                name="%(class)s_slug_er_egen",
                violation_error_message=_("Adressen er allerede i bruk i kommunen."),
            ),
        ]

    def __str__(self):
        return self.navn

    def natural_key(self):
        return (self.kommune.nummer, self.slug)


class Lokalomrade(Navngitt):
    """A part of the kommune with its own area meeting."""

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="lokalomrader",
        verbose_name=_("kommune"),
    )

    class Meta(Navngitt.Meta):
        verbose_name = _("lokalområde")
        verbose_name_plural = _("lokalområder")


class Sted(Navngitt):
    """A school, a club, a station: where young people are met."""

    class Type(models.TextChoices):
        BARNESKOLE = "barneskole", _("barneskole")
        UNGDOMSSKOLE = "ungdomsskole", _("ungdomsskole")
        KOMBINERT_SKOLE = "kombinert_skole", _("barne- og ungdomsskole")
        VIDEREGAENDE = "videregaende", _("videregående skole")
        FRITIDSKLUBB = "fritidsklubb", _("fritidsklubb")
        HELSESTASJON = "helsestasjon", _("helsestasjon")
        KOLLEKTIVKNUTEPUNKT = "kollektivknutepunkt", _("stasjon eller terminal")
        KJOPESENTER = "kjopesenter", _("kjøpesenter")
        UTEOMRADE = "uteomrade", _("uteområde")
        ANNET = "annet", _("annet")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="steder",
        verbose_name=_("kommune"),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    lokalomrade = models.ForeignKey(
        Lokalomrade,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="steder",
        verbose_name=_("lokalområde"),
    )
    adresse = Fritekst(_("besøksadresse"), max_length=200, blank=True)

    class Meta(Navngitt.Meta):
        verbose_name = _("sted")
        verbose_name_plural = _("steder")
