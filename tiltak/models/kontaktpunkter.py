"""The ways in to a tjeneste."""

import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Replace
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from slt.grunn.den_dagen import i_dag
from slt.grunn.historikk import HistorisertQuerySet
from slt.grunn.norsk import uten_https
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst, les_epost, les_nettadresse
from slt.grunn.telefon import grupper_telefon, les_telefon, ringes, sifre_i
from slt.models import LESER, Sted, Tilgang, har_rett

from .tjenester import DelAvTjeneste, Tjeneste, Tjenestekommune, andres_sist

# As often as the services are asked whether their contacts still hold; and what is older
# than the second was not confirmed in two rounds.
BEKREFTES_HVER, LENGE = timedelta(days=183), timedelta(days=365)
# After so many rounds without an answer, that nobody ever confirmed it is said openly.
FORGJEVES = 2


class KontaktpunktQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Public ones for all; for own staff what services see; the rest for own
        coordinators."""
        synlighet = Kontaktpunkt.Synlighet
        sti = "tjeneste__kommune"
        leser = har_rett(bruker, sti, *Tilgang.Rolle, LESER)
        return self.filter(
            Q(synlighet=synlighet.OFFENTLIG)
            | Q(leser, synlighet=synlighet.TJENESTER)
            | har_rett(bruker, sti, Tilgang.Rolle.KOORDINATOR)
        )

    def tjenestenes_i(self, kommune):
        """What all see who work in a service of the kommune: the same for each of them,
        whatever else they see."""
        synlighet = Kontaktpunkt.Synlighet
        return self.filter(
            Q(synlighet=synlighet.OFFENTLIG)
            | Q(synlighet=synlighet.TJENESTER, tjeneste__kommune=kommune)
        )

    def akutte_i(self, kommune):
        """Those of the acute strip of a kommune, the same for all: its own first."""
        her = Tjeneste.objects.i(kommune).order_by().values("pk")
        rader = self.filter(akutt=True, tjeneste__in=her).select_related("tjeneste")
        return rader.order_by(
            andres_sist(kommune, "tjeneste__"), "tjeneste_id", "rekkefolge", "pk"
        )

    def velges_i(self, kommune):
        """Those that tiltak of the kommune may name: its own, and of what others share with
        it, those for all."""
        her = Tjeneste.objects.i(kommune).order_by().values("pk")
        for_alle = Q(synlighet=Kontaktpunkt.Synlighet.OFFENTLIG, tjeneste__in=her)
        return self.filter(Q(tjeneste__kommune=kommune) | for_alle)

    def endres_av(self, bruker):
        """Those the user may change: of own tjenester, as far as they are seen."""
        return self.synlige_for(bruker).filter(
            tjeneste__in=Tjeneste.objects.endres_av(bruker)
        )

    def med_nummer(self, tekst):
        """Those whose number has the digits of the text in it, however either of them is
        grouped; none where the text is not a number."""
        sifre = sifre_i(tekst)
        if not sifre:
            return self.none()
        typer = [Kontaktpunkt.Type.TELEFON, Kontaktpunkt.Type.SMS]
        utenrom = Replace(
            "verdi", Value(" "), Value(""), output_field=models.CharField()
        )
        return self.alias(sifrene=utenrom).filter(
            type__in=typer, sifrene__contains=sifre
        )

    def med_bekreftet(self):
        """Sets `bekreftet`, the day on which somebody last said that what stands there
        holds, or None, `bekreftet_hvordan`, and `ubesvarte_runder`, in how many rounds that
        are over its tjeneste did not answer; no query more. What every page, list and
        document says of it, it has from here."""
        # Their models come after this one.
        bekreftelser = Kontaktpunkt._meta.get_field("bekreftelser").related_model
        siste = bekreftelser.objects.filter(
            kontaktpunkt=OuterRef("pk"), verdi=OuterRef("verdi")
        )
        siste = siste.order_by("-dato", "-pk")
        foresporsler = Tjeneste._meta.get_field("foresporsler").related_model.objects
        forgjeves = foresporsler.filter(
            tjeneste=OuterRef("tjeneste"),
            besvart=None,
            runde__frist__lt=timezone.localdate(),
        )
        forgjeves = forgjeves.order_by().values("tjeneste").annotate(n=Count("pk"))
        return self.annotate(
            bekreftet=Subquery(siste.values("dato")[:1]),
            bekreftet_hvordan=Subquery(siste.values("hvordan")[:1]),
            ubesvarte_runder=Coalesce(Subquery(forgjeves.values("n")), 0),
        )

    def med_alt(self):
        """Loads what it takes to show a contact point: 1 query more."""
        rader = self.med_bekreftet().select_related("sted")
        return rader.prefetch_related("apningstider")

    def get_by_natural_key(self, nummer, tjeneste, type_, verdi):
        return self.get(
            tjeneste__kommune__nummer=nummer,
            tjeneste__slug=tjeneste,
            type=type_,
            verdi=verdi,
        )


class Kontaktpunkt(DelAvTjeneste):
    """One way in to a tjeneste; every page that shows it takes it from here."""

    class Type(models.TextChoices):
        TELEFON = "telefon", _("telefon")
        SMS = "sms", _("SMS")
        EPOST = "epost", _("e-post")
        NETT = "nett", _("nettside eller skjema")
        TEAMS = "teams", _("Teams")
        OPPMOTE = "oppmote", _("oppmøte")
        FREMGANGSMATE = "fremgangsmate", _("fremgangsmåte")

    class Synlighet(models.TextChoices):
        OFFENTLIG = "offentlig", _("alle")
        TJENESTER = "tjenester", _("ansatte og samarbeidspartnere")
        KOORDINATOR = "koordinator", _("bare SLT-koordinatoren")

    class Hvordan(models.TextChoices):
        """How somebody came to know that it holds."""

        TELEFON = "telefon", _("på telefon")
        EPOST = "epost", _("på e-post")
        MOTE = "mote", _("i møte")
        NETTSIDE = "nettside", _("på tjenestens nettside")
        LENKE = "lenke", _("av tjenesten selv, med lenke")
        KONTO = "konto", _("av tjenesten selv, innlogget")

    class Ferskhet(models.TextChoices):
        """How long ago that was."""

        FERSK = "fersk", _("bekreftet")
        SNART = "snart", _("bør bekreftes")
        LENGE = "lenge", _("ikke bekreftet på over ett år")
        SPURT = "spurt", _("ikke bekreftet")
        ALDRI = "aldri", _("aldri bekreftet")

    # A name that was taken off is typed anew or not at all.
    hentes_ikke_tilbake = ("person",)

    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.PROTECT,
        related_name="kontaktpunkter",
        verbose_name=_("tjeneste"),
    )
    sted = models.ForeignKey(
        Sted,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="kontaktpunkter",
        verbose_name=_("sted"),
        help_text=_("Når kontaktpunktet bare gjelder ett sted."),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    verdi = Fritekst(
        _("nummer, adresse eller fremgangsmåte"),
        max_length=300,
        help_text=_(
            "Telefonnummeret, e-postadressen eller nettadressen. Ved oppmøte og "
            "fremgangsmåte: hvor eller hvordan."
        ),
    )
    etikett = Fritekst(
        _("hva det kalles"),
        max_length=80,
        blank=True,
        help_text=_("For eksempel «vakttelefonen»."),
    )
    instruks = Fritekst(
        _("instruks"),
        max_length=300,
        blank=True,
        help_text=_("For eksempel «be om forebyggende avdeling»."),
    )
    ved_ikke_svar = Fritekst(
        _("hvis ingen svarer"),
        max_length=300,
        blank=True,
        help_text=_("For eksempel «send SMS til samme nummer»."),
    )
    apningstid_tekst = Fritekst(
        _("åpningstid i ord"),
        max_length=200,
        blank=True,
        help_text=_("For eksempel «etter avtale» eller «stengt i skoleferiene»."),
    )
    person = Fritekst(
        _("navn på kontakt"),
        max_length=100,
        blank=True,
        help_text=_(
            "Bare når det ikke finnes en funksjon å kontakte. Vises aldri for alle."
        ),
    )
    synlighet = models.CharField(
        _("hvem ser det"),
        max_length=20,
        choices=Synlighet,
        default=Synlighet.OFFENTLIG,
        help_text=_(
            "Ansatte og samarbeidspartnere må vise hvem de er, eller ha fått en lenke,"
            " for å se det som ikke er for alle."
        ),
    )
    hoved = models.BooleanField(
        _("hovedkontakt"),
        default=True,
        help_text=_("Vises på alle tiltak der ikke andre kontaktpunkter er valgt."),
    )
    akutt = models.BooleanField(
        _("i akuttstripen"),
        default=False,
        help_text=_(
            "Nummeret står sammen med 112 og 113 på alle sider. Det er for "
            "barnevernsvakten."
        ),
    )
    bare_ansatte = models.BooleanField(
        _("bare for ansatte og samarbeidspartnere"),
        default=False,
        help_text=_(
            "Alle får se det, men barn, unge og foresatte blir ikke bedt om å bruke det."
        ),
    )
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["tjeneste"])

    objects = KontaktpunktQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontaktpunkt")
        verbose_name_plural = _("kontaktpunkter")
        ordering = ["tjeneste_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass("tjeneste", navn="kontaktpunkt_egen_plass"),
            models.UniqueConstraint(
                fields=["tjeneste", "type", "verdi"],
                name="kontaktpunkt_star_en_gang",
                violation_error_message=_(
                    "Tjenesten har allerede dette kontaktpunktet."
                ),
            ),
            models.CheckConstraint(
                condition=Q(person="") | ~Q(synlighet="offentlig"),
                name="kontaktpunkt_person_er_aldri_offentlig",
                violation_error_message=_(
                    "Et kontaktpunkt med navn på en person kan ikke vises for alle."
                ),
            ),
            models.CheckConstraint(
                condition=Q(akutt=False) | Q(type="telefon", synlighet="offentlig"),
                name="kontaktpunkt_akutt_er_offentlig_telefon",
                violation_error_message=_(
                    "I akuttstripen kan bare en telefon som vises for alle stå."
                ),
            ),
            models.CheckConstraint(
                condition=Q(akutt=False) | Q(bare_ansatte=False),
                name="kontaktpunkt_akutt_er_for_alle",
                violation_error_message=_(
                    "Et nummer i akuttstripen er ikke bare for ansatte."
                ),
            ),
        ]

    @classmethod
    def delt_med(cls, kommune, pk):
        """As its tjeneste is, of those that are for all."""
        return Tjenestekommune.objects.godtatte().filter(
            kommune=kommune,
            tjeneste__kontaktpunkter=pk,
            tjeneste__kontaktpunkter__synlighet=cls.Synlighet.OFFENTLIG,
        )

    @classmethod
    def delt_noen_gang_med(cls, kommune, pk):
        rader = Tjenestekommune.historikk.exclude(godtatt=None)
        return rader.filter(tjeneste__kontaktpunkter=pk, kommune=kommune)

    def __str__(self):
        return f"{self.tjeneste.kort}: {self.etikett or self.get_type_display()} {self.visning}"

    def natural_key(self):
        return (*self.tjeneste.natural_key(), self.type, self.verdi)

    def clean(self):
        super().clean()
        les = {
            self.Type.TELEFON: _les_ett_nummer,
            self.Type.SMS: _les_ett_nummer,
            self.Type.EPOST: les_epost,
            self.Type.NETT: les_nettadresse,
        }.get(self.type)
        if les and self.verdi:
            # Written in whatever way, it is the same one, and stands here once.
            try:
                self.verdi = les(self.verdi)
            except ValidationError as feil:
                raise ValidationError({"verdi": feil}) from feil

    def gjelder(self, valgte):
        """Whether it holds where these (ids) were chosen: they do, and where none was
        chosen, the main ones."""
        return self.pk in valgte if valgte else self.hoved

    @property
    def ferskhet(self):
        """As of today; of one that was read with `med_bekreftet`."""
        if self.bekreftet is None:
            # Before somebody asked, nothing is said of it.
            forgjeves = self.ubesvarte_runder >= FORGJEVES
            return self.Ferskhet.SPURT if forgjeves else self.Ferskhet.ALDRI
        alder = timezone.localdate() - self.bekreftet
        if alder > LENGE:
            return self.Ferskhet.LENGE
        fersk = alder <= BEKREFTES_HVER
        return self.Ferskhet.FERSK if fersk else self.Ferskhet.SNART

    @property
    def bekreftet_i(self):
        """The month in which it was last confirmed, in words; "" where it never was."""
        if self.bekreftet is None:
            return ""
        return str(_("bekreftet i %s") % date_format(self.bekreftet, "F Y"))

    @property
    def bekreftet_hvordan_i_ord(self):
        return dict(self.Hvordan.choices).get(self.bekreftet_hvordan, "")

    @property
    def er_nummer(self):
        return self.type in {self.Type.TELEFON, self.Type.SMS}

    @property
    def visning(self):
        """The value as people read it: numbers in groups, web addresses without https."""
        if self.er_nummer:
            return grupper_telefon(self.verdi)
        if self.type == self.Type.NETT:
            return uten_https(self.verdi)
        return self.verdi

    @property
    def lenke(self):
        """What a press on it opens; empty where there is nothing to open."""
        if self.er_nummer:
            protokoll = "sms" if self.type == self.Type.SMS else "tel"
            return f"{protokoll}:{ringes(self.verdi)}"
        if self.type == self.Type.EPOST:
            return f"mailto:{self.verdi}"
        # Whatever else the database may hold, nothing that a browser would run.
        er_nettadresse = re.match("https?://", self.verdi, re.IGNORECASE)
        return self.verdi if self.type == self.Type.NETT and er_nettadresse else ""


def _les_ett_nummer(tekst):
    try:
        return les_telefon(tekst)
    except ValidationError as feil:
        if feil.code != "flere_numre":
            raise
        hvor = _("Legg hvert av de andre til som et eget kontaktpunkt.")
        raise ValidationError([feil, hvor]) from feil


def akutte_i_dag(kommune):
    """Whom to call when it is urgent: today, whatever day the page is of; 1 query."""
    with i_dag():
        return list(Kontaktpunkt.objects.akutte_i(kommune))
