"""Who uses the software, what they may, and the kommune that all data belong to."""

import re
import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from slt.grunn.epostadresse import UGYLDIG, UNORMAL, Brukerepost, normal_adresse
from slt.grunn.historikk import Historisert, HistorisertQuerySet, Versjon
from slt.grunn.tekst import Epost, Fritekst, Nettadresse
from slt.grunn.telefon import ringes, sjekk_telefon
from slt.grunn.tid import Dag, dekket_til

# First parts of addresses that the site itself needs.
RESERVERTE_SLUGGER = [
    "admin",
    "api",
    "healthz",
    "hjelp",
    "konto",
    "kommuner",
    "lenke",
    "media",
    "personvern",
    "robots",
    "sitemap",
    "sok",
    "static",
    "well-known",
]


# Rights beside the roles, by name, that upper apps add at start: the rows in which a user
# has them for a time, as Bruker names them, and the look-up from there to what they are
# rights to.
RETTER: dict[str, tuple[str, str]] = {}

# The right to read what the services of a kommune see.
LESER = "leser"

# True of every row. (An empty Q says nothing, also where it stands beside an "or".)
ALLE = ~Q(pk__in=[])

# Whoever has rights to more rows than this is looked up in subqueries.
MANGE_RETTER = 200


@dataclass(frozen=True)
class Retter:
    """What somebody has rights to today: equal for all who see the same.

    Attributes:
        alt: whether it is an administrator, who has a right to everything.
        til: {a role or a name in RETTER: ids}.
    """

    alt: bool = False
    til: dict[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def av(cls, bruker):
        """Those of a user, in one query; None for who has very many."""
        if bruker.is_superuser:
            return cls(alt=True)
        rader = bruker.tilganger.gyldige().order_by().values_list("rolle", "kommune")
        andre = [
            getattr(bruker, navn)
            .gyldige()
            .order_by()
            .values_list(Value(rett, models.CharField()), felt)
            for rett, (navn, felt) in RETTER.items()
        ]
        alle = list(rader.union(*andre)[: MANGE_RETTER + 1])
        if len(alle) + len(bruker.leser_ved_lenke) > MANGE_RETTER:
            return None
        # Who reads by a link sees what staff see.
        til = defaultdict(set, {Tilgang.Rolle.ANSATT.value: {*bruker.leser_ved_lenke}})
        for rett, pk in alle:
            til[rett].add(pk)
        return cls(til={rett: frozenset(pker) for rett, pker in til.items() if pker})

    def __contains__(self, rett_og_pk):
        rett, pk = rett_og_pk
        return self.alt or pk in self.til.get(rett, ())

    @cached_property
    def nokkel(self):
        """The same text for the same rights, and for no others."""
        return f"{self.alt} {sorted((str(r), sorted(p)) for r, p in self.til.items())}"

    def pker(self, *retter):
        """The ids of what any of these is a right to, in order."""
        return sorted({pk for rett in retter for pk in self.til.get(rett, ())})


def har_rett(bruker, felt, *retter):
    """Returns a Q: that `felt` is among what the user has one of these rights to today;
    true of all rows for an administrator, of none for a stranger."""
    if (kjente := retter_av(bruker)) is None:
        return _spor_om(bruker, felt, *retter)
    return ALLE if kjente.alt else Q(**{f"{felt}__in": kjente.pker(*retter)})


def retter_av(bruker):
    """The Retter of a user or a stranger; None where the database has to be asked."""
    if bruker.is_authenticated:
        return bruker.retter
    return bruker.retter if isinstance(bruker, Gjest) else Retter()


def _spor_om(bruker, felt, *retter):
    if bruker.is_superuser:
        return ALLE
    roller = [rett for rett in retter if rett not in RETTER]
    tilganger = bruker.tilganger.gyldige().filter(rolle__in=roller)
    funnet = Q(**{f"{felt}__in": tilganger.values("kommune")})
    if Tilgang.Rolle.ANSATT in roller:
        funnet |= Q(**{f"{felt}__in": bruker.leser_ved_lenke})
    for rett in retter:
        if rett in RETTER:
            navn, sti = RETTER[rett]
            rader = getattr(bruker, navn).gyldige()
            funnet |= Q(**{f"{felt}__in": rader.values(sti)})
    return funnet


class BrukerQuerySet(HistorisertQuerySet):
    def med_epost(self, epost):
        """Whoever logs in with this address, however it is written."""
        try:
            return self.filter(epost=normal_adresse(epost))
        except ValidationError:
            return self.none()

    def administratorer(self):
        """Those who keep all kommuner, and can log in."""
        return self.filter(is_superuser=True, is_active=True)


class BrukerManager(BaseUserManager.from_queryset(BrukerQuerySet)):
    """Makes users; the e-mail address is what one logs in with."""

    def create_user(self, epost, password=None, **felter):
        bruker = self.model(epost=epost, **felter)
        bruker.set_password(password)
        bruker.save()
        return bruker

    def create_superuser(self, epost, password=None, **felter):
        return self.create_user(epost, password, is_superuser=True, **felter)

    def get_by_natural_key(self, epost):
        return self.med_epost(epost).get()


class Bruker(Historisert, AbstractBaseUser, PermissionsMixin):
    """Somebody who can log in."""

    kommune_sti = None
    historikk_utelater = ("password", "last_login")

    epost = Brukerepost(
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

    # The ids of the kommuner that the user reads in this session by links, beyond what
    # they have roles in; see slt.felles.tilgang.
    leser_ved_lenke = frozenset()
    # Whether what the user has rights to is looked up once: for as long as they read one
    # page, never longer. Who writes is asked about each time.
    leser_en_side = False

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        ordering = ["navn__norsk", "epost"]
        constraints = [
            # So that to be unique as text is to be unique as an address.
            models.CheckConstraint(
                condition=~Q(epost__regex=UNORMAL),
                name="bruker_epost_er_normal",
                violation_error_message=UGYLDIG,
            ),
        ]

    def __str__(self):
        return self.navn or self.epost

    @property
    def is_staff(self):
        """Whether the admin opens: for administrators and those who coordinate."""
        if not self.is_active:
            return False
        if (retter := self.retter) is not None:
            return retter.alt or bool(retter.pker(Tilgang.Rolle.KOORDINATOR))
        return self.is_superuser or self.koordinerer.exists()

    @property
    def retter(self):
        """The user's Retter while they read one page, else None."""
        return self._retter if self.leser_en_side else None

    @cached_property
    def _retter(self):
        return Retter.av(self)

    @property
    def koordinerer(self):
        """The kommuner whose plan the user keeps today."""
        return Kommune.objects.der(self, Tilgang.Rolle.KOORDINATOR)


class Gjest(AnonymousUser):
    """Somebody who is known by what they may see alone: who reads by a link, who looks at
    the site as others see it, and whoever a page is made for that is kept for all who may
    see the same."""

    def __init__(self, retter):
        super().__init__()
        self.retter = retter

    @property
    def is_superuser(self):
        return self.retter.alt

    @property
    def koordinerer(self):
        return Kommune.objects.der(self, Tilgang.Rolle.KOORDINATOR)


# Stands for whoever asks without being known: what it sees, anybody may be shown.
PUBLIKUM = AnonymousUser()


class KommuneQuerySet(HistorisertQuerySet):
    def der(self, bruker, *roller):
        """The kommuner in which the user has one of the roles today: all of them for an
        administrator, none for a stranger."""
        return self.filter(har_rett(bruker, "pk", *roller))

    def synlige_for(self, bruker):
        """Every kommune is public."""
        return self

    def lest_av(self, bruker):
        """The kommuner of which the user may read what the services see: those who have
        a role there, those who opened a link, and whom else an app lets read."""
        return self.filter(har_rett(bruker, "pk", *Tilgang.Rolle, LESER))

    def las(self, *pker):
        """Makes all others who write in these kommuner wait until the transaction is
        over: what is found in them is so until then. Always in the same order, or two
        who lock several would wait for each other for ever."""
        rader = self.filter(pk__in=sorted(pker)).order_by("pk")
        list(rader.select_for_update(no_key=True).values("pk"))

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
    personvern = Fritekst(
        _("om personvern"),
        rik=True,
        blank=True,
        help_text=_(
            "Behandlingsansvarlig, personvernombud og hvordan folk tar kontakt. Står på "
            "siden om personvern, over det programvaren selv lagrer."
        ),
    )
    tilgjengelighetserklaering = Nettadresse(
        _("tilgjengelighetserklæring"),
        blank=True,
        help_text=_("Lenken fra uustatus.no. Den står nederst på alle sider."),
    )
    ansattdomener = Fritekst(
        _("ansattes e-postdomener"),
        blank=True,
        help_text=_(
            "Ett på hver linje, for eksempel «lillestrom.kommune.no». De som viser at de "
            "har en adresse der, ser det samme som tjenestene, uten egen bruker."
        ),
    )
    kunnskapshull_er_publisert = models.BooleanField(
        _("vis hull i kunnskapen offentlig"),
        default=False,
        help_text=_(
            "Ellers ser bare SLT-koordinatoren og politirådet hvilke funn ingen tiltak "
            "svarer på, og hvilke tiltak som ikke bygger på funn."
        ),
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

    def clean(self):
        super().clean()
        if self.telefon:
            try:
                sjekk_telefon(self.telefon)
            except ValidationError as feil:
                raise ValidationError({"telefon": feil}) from feil
        self.ansattdomener = "\n".join(self.domener)
        for domene in self.domener:
            if not re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", domene):
                raise ValidationError(
                    {
                        "ansattdomener": _("«%s» er ikke et domene som kommunen.no.")
                        % domene
                    }
                )

    def koordinert_til(self, *, uten=()):
        """The last day until which, from today on and without a gap, somebody who can
        log in coordinates the kommune; date.max where no end is set, yesterday where
        nobody does today.

        Args:
            uten: rows of Tilgang that are not counted.
        """
        rader = self.tilganger.ikke_over().filter(
            rolle=Tilgang.Rolle.KOORDINATOR, bruker__is_active=True
        )
        rader = rader.exclude(pk__in=[rad.pk for rad in uten]).order_by("fra")
        return dekket_til(rader.values_list("fra", "til"))

    def gir(self, bruker, *retter):
        """Whether the user has one of these rights in it today. Asks the database nothing
        about strangers, nor about who reads."""
        if (kjente := retter_av(bruker)) is not None:
            return any((rett, self.pk) in kjente for rett in retter)
        denne = Kommune.objects.filter(har_rett(bruker, "pk", *retter))
        return denne.filter(pk=self.pk).exists()

    @property
    def telefonlenke(self):
        return f"tel:{ringes(self.telefon)}" if self.telefon else ""

    @property
    def domener(self):
        """The domains of the staff's addresses, in small letters."""
        return [d.strip().lower().removeprefix("@") for d in self.ansattdomener.split()]


class TidsromQuerySet(HistorisertQuerySet):
    def gyldige(self):
        """What holds today; the last day counts."""
        i_dag = timezone.localdate()
        return self.filter(fra__lte=i_dag).ikke_over()

    def ikke_over(self):
        """What holds today or will."""
        return self.filter(Q(til=None) | Q(til__gte=timezone.localdate()))

    def synlige_for(self, bruker):
        """Who may what is for those who give and take access."""
        sti = self.model.kommune_sti
        return self.filter(har_rett(bruker, sti, Tilgang.Rolle.KOORDINATOR))


class Tidsrom(Historisert):
    """Base of a right that holds from a day and perhaps to another."""

    fra = Dag(_("fra og med"), default=timezone.localdate)
    til = Dag(
        _("til og med"),
        null=True,
        blank=True,
        help_text=_("Tomt betyr at det gjelder til det avsluttes."),
    )

    objects = TidsromQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(til=None) | Q(til__gte=F("fra")),
                name="%(class)s_slutter_etter_start",
                violation_error_message=_(
                    "Den siste dagen kan ikke være før den første."
                ),
            ),
        ]

    @property
    def gjelder(self):
        """Whether it holds today."""
        return self.fra <= timezone.localdate() <= (self.til or date.max)

    def avslutt(self):
        """Makes yesterday its last day; a right that never held is deleted."""
        i_gar = timezone.localdate() - timedelta(days=1)
        if self.fra > i_gar:
            self.delete()
        else:
            self.til = i_gar
            self.save()


class Tilgang(Tidsrom):
    """What a user is in a kommune, from a day and perhaps to another."""

    class Rolle(models.TextChoices):
        KOORDINATOR = "koordinator", _("SLT-koordinator")
        POLITIRAD = "politirad", _("medlem av politirådet")
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

    class Meta:
        verbose_name = _("tilgang")
        verbose_name_plural = _("tilganger")
        ordering = ["kommune_id", "rolle", "bruker_id"]
        constraints = [
            *Tidsrom.Meta.constraints,
            models.UniqueConstraint(
                fields=["bruker", "kommune", "rolle"],
                condition=Q(til=None),
                name="tilgang_en_lopende_per_rolle",
                violation_error_message=_("Brukeren har allerede denne tilgangen."),
            ),
        ]

    def __str__(self):
        # By address: not every kommune may know what people are called.
        return f"{self.bruker.epost}: {self.get_rolle_display()}, {self.kommune}"


class NokkellenkeQuerySet(TidsromQuerySet):
    def med_opphav(self):
        """Adds when each was made, as `laget`, and by whom, as `laget_av`: how else would
        people know one from the other?"""
        opphav = self.model.historikk.filter(id=OuterRef("pk"), history_type="+")
        return self.annotate(
            laget=Subquery(opphav.values("history_date")[:1]),
            laget_av=Subquery(opphav.values("history_aktor")[:1]),
        )


class Nokkellenke(Tidsrom):
    """Base of a link that opens something for whoever has it, until it is revoked."""

    historikk_utelater = ("avtrykk",)

    # The link itself is shown once, to whoever made it.
    avtrykk = models.CharField(max_length=64, unique=True, editable=False)

    objects = NokkellenkeQuerySet.as_manager()

    class Meta(Tidsrom.Meta):
        abstract = True

    @staticmethod
    def avtrykk_av(nokkel):
        return sha256(nokkel.encode()).hexdigest()

    def gi_nokkel(self):
        """Makes the key of a new link, and returns it: it is not stored."""
        nokkel = secrets.token_urlsafe(32)
        self.avtrykk = self.avtrykk_av(nokkel)
        return nokkel


class Tilgangslenke(Nokkellenke):
    """A link by which a partner without an account reads what the services see."""

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="tilgangslenker",
        verbose_name=_("kommune"),
    )
    mottaker = Fritekst(
        _("hvem lenken er til"),
        max_length=100,
        help_text=_("For eksempel «Politiet, Lillestrøm». Ikke navn på personer."),
    )

    class Meta:
        verbose_name = _("tilgangslenke")
        verbose_name_plural = _("tilgangslenker")
        ordering = ["kommune_id", "mottaker__norsk", "pk"]
        constraints = [*Tidsrom.Meta.constraints]

    def __str__(self):
        return self.mottaker


class Forsok(models.Model):
    """How often something was tried lately; see slt.felles.bremse."""

    nokkel = models.CharField(max_length=64, unique=True)
    antall = models.PositiveIntegerField(default=0)
    utloper = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("forsøk")
        verbose_name_plural = _("forsøk")

    def __str__(self):
        return f"{self.nokkel[:8]}: {self.antall}"
