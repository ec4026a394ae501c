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
from slt.grunn.ordliste import ORD
from slt.grunn.tekst import Epost, Fritekst, Nettadresse
from slt.grunn.telefon import Telefon, ringes
from slt.grunn.tid import dekket_til

from .retter import Rolle, har_rett, retter_av

# First parts of addresses that the site itself needs.
RESERVERTE_SLUGGER = [
    "admin",
    "api",
    "bilder",
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
UGYLDIG_ADRESSE = _(
    "Adressen kan bare ha små bokstaver fra a til z, sifre og bindestrek, og må ha "
    "minst "
    "én bokstav."
)


# Each finds the other kommuner on whose pages some are named, by their ids; upper apps add
# at start what they know of.
NEVNES_HOS: list[Callable[[set[int]], set[int]]] = []


def vises_hos(kommuner):
    """Returns the ids of these kommuner, and of those that show something of theirs: what
    is changed in them, lapses what is kept there, too."""
    return kommuner.union(*(finn(kommuner) for finn in NEVNES_HOS))


# Each finds the kommuner whose rows a change in some may touch too, by their ids.
LASES_MED: list[Callable[[set[int]], set[int]]] = []


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

    def las_med_naboer(self, pk):
        """The same for a kommune and all that may be touched by a change in it: who has
        the one and then needs the other, might wait for somebody who has them the other
        way round."""
        self.las(pk, *(annen for finn in LASES_MED for annen in finn({pk})))

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

    class Niva(models.TextChoices):
        """The levels of the SLT model, the highest first."""

        STYRENDE = "styrende", _("styrende nivå")
        KOORDINERENDE = "koordinerende", _("koordinerende nivå")
        UTFORENDE = "utforende", _("utførende nivå")

    kommune_sti = "pk"
    historikk_utelater = ("versjon",)
    # Those are the administrator's: what it is called and where it stands in links, and
    # whose e-mail lets them in as staff. And others get to see nothing by the way, nor a
    # name that was taken off.
    hentes_ikke_tilbake = (
        "nummer",
        "navn",
        "slug",
        "ansattdomener",
        "deler_tiltak",
        "viser_navn",
        "slt_koordinator_navn",
        "politikontakt_navn",
    )

    nummer = models.CharField(
        _("kommunenummer"),
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^\d{4}\Z", _("Kommunenummeret har fire sifre."))],
        error_messages={
            "unique": _("%(verdi)s er %(annen)s, som er opprettet allerede.")
        },
        help_text=_("Fire sifre, også når det første er null."),
    )
    # It is what people tell kommuner apart by, on every page, in lists and in mails.
    navn = Fritekst(
        _("navn"),
        max_length=60,
        unique=True,
        error_messages={
            "unique": _(
                "En annen kommune her har dette navnet. Skriv fylket bak navnet, for "
                "eksempel «Våler (Østfold)», og gjør det samme hos den andre."
            )
        },
    )
    # Not a SlugField, which takes capitals: two addresses would look like one, and the
    # reserved words would be kept in small letters alone.
    slug = models.CharField(
        _("adresse"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^(?=[0-9-]*[a-z])[a-z0-9-]+\Z", UGYLDIG_ADRESSE)],
        help_text=_("Det som står i nettadressen, for eksempel «nordre-follo»."),
        error_messages={"unique": _("%(annen)s har denne adressen.")},
    )
    malform = models.CharField(
        _("målform"),
        max_length=2,
        choices=Malform,
        default=Malform.BOKMAL,
        help_text=_(
            "Språket på sidene. Det dere selv skriver, står som dere skrev det."
        ),
    )
    aksentfarge = models.CharField(
        _("aksentfarge"),
        max_length=20,
        choices=Aksentfarge,
        default=Aksentfarge.PETROL,
        help_text=_("Fargen på knapper og lenker på kommunens sider."),
    )
    epost = Epost(
        _("e-post"),
        blank=True,
        help_text=_("Står nederst på alle sider, og der et tiltak mangler kontakt."),
    )
    telefon = Telefon(
        _("telefon"),
        max_length=20,
        blank=True,
        help_text=_("Står der et tiltak mangler kontakt."),
    )
    nettsted = Nettadresse(_("nettsted"), blank=True)
    personvern = Fritekst(
        _("om personvern"),
        rik=True,
        blank=True,
        help_text=_(
            "Behandlingsansvarlig, personvernombud og hvordan folk tar kontakt. Står "
            "på "
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
            "Ett på hver linje, for eksempel «kommunen.no». De som viser at "
            "de "
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
    forebyggingskalender_er_apen = models.BooleanField(
        _("forebyggingskalenderen er åpen for alle"), default=False
    )
    hvem_er_pa = models.BooleanField(_("«Hvem kan hjelpe?» er på"), default=False)
    deler_tiltak = models.BooleanField(
        _("del tiltakene med andre kommuner"),
        default=False,
        help_text=_(
            "Koordinatorer i andre kommuner finner da de publiserte tiltakene i den "
            "gjeldende planen deres i tiltaksbanken, og kan kopiere dem: tittel, tekst, "
            "målgrupper, nivåer, temaer, målsettinger, deltiltak og hvor ofte det skjer. "
            "Kontakter, ansvar, steder, personer, innspill og tall blir aldri med. Dere "
            "kan slutte å dele når som helst, men det andre har kopiert, beholder de."
        ),
    )
    # The only names of people that all may see. They are typed here, and are no user's.
    viser_navn = models.BooleanField(
        _("vis navnet på SLT-koordinatoren og politikontakten"),
        default=False,
        help_text=_(
            "Navnene står på kommunens egne sider og kontaktark, sammen med kontaktene "
            "til de to, for alle som ser kontaktene. Avtal det med dem først."
        ),
    )
    slt_koordinator_navn = Fritekst(
        _("navnet på SLT-koordinatoren"), max_length=100, blank=True
    )
    politikontakt_navn = Fritekst(
        _("navnet på politikontakten"), max_length=100, blank=True
    )
    # What it calls the levels of the SLT model, and who is on them. Empty: the words of
    # the model.
    styrende_navn = Fritekst(
        _("styrende nivå: navn"),
        max_length=40,
        blank=True,
        help_text=ORD["styrende"].forklaring,
    )
    styrende_tekst = Fritekst(_("styrende nivå: hvem"), max_length=120, blank=True)
    koordinerende_navn = Fritekst(
        _("koordinerende nivå: navn"),
        max_length=40,
        blank=True,
        help_text=ORD["koordinerende"].forklaring,
    )
    koordinerende_tekst = Fritekst(
        _("koordinerende nivå: hvem"), max_length=120, blank=True
    )
    utforende_navn = Fritekst(
        _("utførende nivå: navn"),
        max_length=40,
        blank=True,
        help_text=ORD["utforende"].forklaring,
    )
    utforende_tekst = Fritekst(_("utførende nivå: hvem"), max_length=120, blank=True)
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
                condition=Q(slug__regex="[a-z]") & ~Q(slug__regex="[^a-z0-9-]"),
                name="kommune_slug_er_i_sma_bokstaver",
                violation_error_message=UGYLDIG_ADRESSE,
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
        return vises_hos({rad.pk for rad in rader})

    def get_absolute_url(self):
        return reverse("kommune", args=[self.slug])

    def unique_error_message(self, model_class, unique_check):
        """Says which kommune has it: who may type any of this may know."""
        feil = super().unique_error_message(model_class, unique_check)
        [felt] = unique_check
        verdi = getattr(self, felt)
        annen = Kommune.objects.filter(**{felt: verdi}).exclude(pk=self.pk).first()
        feil.params |= {"annen": annen, "verdi": verdi}
        return feil

    def clean(self):
        super().clean()
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

    def nivanavn(self, niva):
        """What it calls a level of the SLT model: its own name, or that of the model as
        it is in a sentence."""
        return getattr(self, f"{niva}_navn") or str(self.Niva(niva).label)

    def navn_i(self, funksjon):
        """What somebody in a function (of Tjeneste.Funksjon, or "") is called; empty unless
        the kommune shows it."""
        return getattr(self, f"{funksjon}_navn") if self.viser_navn and funksjon else ""

    def nivatekst(self, niva):
        """Who is on the level, in its own words; empty where it gave none."""
        return getattr(self, f"{niva}_tekst")

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
