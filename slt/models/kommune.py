"""The municipality that all data belong to."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet, Versjon
from slt.grunn.tekst import Epost, Fritekst, Nettadresse
from slt.grunn.telefon import ringes, sjekk_telefon
from slt.grunn.tid import dekket_til

from .retter import Rolle, har_rett, retter_av

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


# Each finds the other kommuner on whose pages some are named, by their ids; upper apps add
# at start what they know of.
NEVNES_HOS: list[Callable[[set[int]], set[int]]] = []


class KommuneQuerySet(HistorisertQuerySet):
    def der(self, bruker, *roller):
        """The kommuner in which the user has one of the roles today: all of them for an
        administrator, none for a stranger."""
        return self.filter(har_rett(bruker, "pk", *roller))

    def synlige_for(self, bruker):
        """Every kommune is public."""
        return self

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
    # Those are the administrator's: what it is called and where it stands in links, and
    # whose e-mail lets them in as staff.
    hentes_ikke_tilbake = ("nummer", "navn", "slug", "ansattdomener")

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

    def berorer(self):
        return self.berort_av([self])

    @classmethod
    def berort_av(cls, rader):
        egne = {rad.pk for rad in rader}
        return egne.union(*(finn(egne) for finn in NEVNES_HOS))

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
            rolle=Rolle.KOORDINATOR, bruker__is_active=True
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
