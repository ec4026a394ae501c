"""Who answers for tiltak, and the ways to reach them."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.norsk import uten_https
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Epost, Fritekst, les_epost, les_nettadresse
from slt.grunn.telefon import grupper_telefon, les_telefon, ringes, sifre_i
from slt.grunn.tid import Dag, Klokkeslett, KommetDag, Ukedag
from slt.models import (
    LESER,
    Kommune,
    Navngitt,
    NavngittQuerySet,
    Sted,
    Tilgang,
    har_rett,
)

# The right to keep a tjeneste up to date; see Tjenesteredaktor.
REDAKTOR = "redaktor"


class TjenesteQuerySet(NavngittQuerySet):
    def endres_av(self, bruker):
        """Those the user keeps: all of a kommune as its coordinator, some as editor."""
        return self.filter(
            har_rett(bruker, "kommune", Tilgang.Rolle.KOORDINATOR)
            | har_rett(bruker, "pk", REDAKTOR)
        )

    def virksomme(self):
        return self.filter(nedlagt=None)

    def med_kontaktpunkter(self, bruker, **begrensning):
        """Loads the contact points that the user may see: 2 queries more."""
        synlige = Kontaktpunkt.objects.synlige_for(bruker).med_alt()
        return self.select_related("kommune", "overordnet__kommune").prefetch_related(
            models.Prefetch("kontaktpunkter", synlige.filter(**begrensning))
        )


class Tjeneste(Navngitt):
    """Who answers for tiltak: a service, a function, a team, the police, a charity."""

    class Type(models.TextChoices):
        KOMMUNAL = "kommunal", _("kommunal tjeneste")
        FUNKSJON = "funksjon", _("funksjon")
        TEAM = "team", _("team eller samarbeid")
        POLITI = "politi", _("politiet")
        FYLKE = "fylke", _("fylkeskommunen")
        STAT = "stat", _("staten")
        INTERKOMMUNAL = "interkommunal", _("interkommunal tjeneste")
        HELSEFORETAK = "helseforetak", _("helseforetak")
        STIFTELSE = "stiftelse", _("stiftelse")
        FRIVILLIG = "frivillig", _("frivillig organisasjon")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="tjenester",
        verbose_name=_("kommune"),
    )
    kortnavn = Fritekst(
        _("kortnavn"),
        max_length=20,
        blank=True,
        help_text=_("Forkortelsen folk bruker: OUT, HFU, PHFS."),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    overordnet = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="underordnede",
        verbose_name=_("overordnet tjeneste"),
        help_text=_("Avdelingen eller virksomheten denne er en del av."),
    )
    tekst = Fritekst(_("hva tjenesten gjør"), blank=True)
    andre_navn = Fritekst(
        _("andre navn"),
        max_length=200,
        blank=True,
        help_text=_("Navn som folk søker etter, med komma mellom."),
    )
    svaransvarlig = Epost(
        _("svaransvarlig"),
        blank=True,
        help_text=_(
            "E-postadressen til funksjonen som svarer for tjenesten. Bare "
            "SLT-koordinatoren ser den."
        ),
    )
    nedlagt = KommetDag(
        _("nedlagt"),
        null=True,
        blank=True,
        help_text=_(
            "Dagen den ble lagt ned. Tiltakene den har ansvar for, trenger da en annen."
        ),
    )

    objects = TjenesteQuerySet.as_manager()

    class Meta(Navngitt.Meta):
        verbose_name = _("tjeneste")
        verbose_name_plural = _("tjenester")
        constraints = [
            *Navngitt.Meta.constraints,
            models.CheckConstraint(
                condition=Q(overordnet=None) | ~Q(overordnet=F("pk")),
                name="tjeneste_er_ikke_sin_egen_overordnede",
                violation_error_message=_("En tjeneste kan ikke være over seg selv."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("tiltak:tjeneste_detail", args=[self.kommune.slug, self.slug])

    @property
    def kort(self):
        """The short name where there is one."""
        return self.kortnavn or self.navn

    def clean(self):
        super().clean()
        over, passert = self.overordnet, {self.pk}
        while over is not None:
            if over.pk in passert:
                raise ValidationError(
                    {"overordnet": _("Tjenestene kan ikke være over hverandre i ring.")}
                )
            passert.add(over.pk)
            over = over.overordnet


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

    def med_alt(self):
        """Loads what it takes to show a contact point: 1 query more."""
        return self.select_related("sted").prefetch_related("apningstider")

    def get_by_natural_key(self, nummer, tjeneste, type_, verdi):
        return self.get(
            tjeneste__kommune__nummer=nummer,
            tjeneste__slug=tjeneste,
            type=type_,
            verdi=verdi,
        )


class Kontaktpunkt(Historisert):
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

    class Bekreftelse(models.TextChoices):
        TELEFON = "telefon", _("på telefon")
        EPOST = "epost", _("på e-post")
        MOTE = "mote", _("i møte")
        NETTSIDE = "nettside", _("på tjenestens nettside")
        LENKE = "lenke", _("av tjenesten selv, med lenke")

    kommune_sti = "tjeneste__kommune"
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
    bekreftet = Dag(
        _("sist bekreftet"),
        null=True,
        blank=True,
        help_text=_("Dagen noen fikk vite at dette stemmer."),
    )
    bekreftet_hvordan = models.CharField(
        _("bekreftet hvordan"), max_length=20, choices=Bekreftelse, blank=True
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
                condition=Q(bekreftet=None, bekreftet_hvordan="")
                | (~Q(bekreftet=None) & ~Q(bekreftet_hvordan="")),
                name="kontaktpunkt_bekreftet_hvordan",
                violation_error_message=_(
                    "Oppgi både når og hvordan kontaktpunktet ble bekreftet."
                ),
            ),
        ]

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


class ApningstidQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(kontaktpunkt__in=Kontaktpunkt.objects.synlige_for(bruker))


class Apningstid(Historisert):
    """When a kontaktpunkt answers. None at all means not given, never closed."""

    class Uker(models.TextChoices):
        ALLE = "alle", _("alle uker")
        PARTALL = "partall", _("uker med partall")
        ODDETALL = "oddetall", _("uker med oddetall")

    class Gjelder(models.TextChoices):
        ALLTID = "alltid", _("hele året")
        SKOLEUKER = "skoleuker", _("i skoleuker")
        SKOLEFERIE = "skoleferie", _("i skoleferier")

    kommune_sti = "kontaktpunkt__tjeneste__kommune"

    kontaktpunkt = models.ForeignKey(
        Kontaktpunkt,
        on_delete=models.CASCADE,
        related_name="apningstider",
        verbose_name=_("kontaktpunkt"),
    )
    fra_dag = models.PositiveSmallIntegerField(_("fra dag"), choices=Ukedag)
    til_dag = models.PositiveSmallIntegerField(_("til og med dag"), choices=Ukedag)
    apner = Klokkeslett(_("åpner"))
    stenger = Klokkeslett(
        _("stenger"),
        help_text=_("Før eller lik åpningstiden betyr neste dag: 20.00–02.00."),
    )
    uker = models.CharField(
        _("uker"),
        max_length=10,
        choices=Uker,
        default=Uker.ALLE,
        help_text=_("Velg annet enn alle når det bare er åpent annenhver uke."),
    )
    gjelder = models.CharField(
        _("gjelder"), max_length=10, choices=Gjelder, default=Gjelder.ALLTID
    )

    objects = ApningstidQuerySet.as_manager()

    class Meta:
        verbose_name = _("åpningstid")
        verbose_name_plural = _("åpningstider")
        ordering = ["kontaktpunkt_id", "fra_dag", "apner"]
        constraints = [
            models.CheckConstraint(
                condition=Q(til_dag__gte=F("fra_dag")),
                name="apningstid_dager_i_rekkefolge",
                violation_error_message=_(
                    "Siste dag kan ikke komme før første dag i uken."
                ),
            ),
        ]

    def __str__(self):
        deler = [self.dager, self.klokken]
        if self.uker != self.Uker.ALLE:
            deler.append(self.get_uker_display())
        if self.gjelder != self.Gjelder.ALLTID:
            deler.append(self.get_gjelder_display())
        return " ".join(str(del_) for del_ in deler)

    @property
    def dager(self):
        if (self.fra_dag, self.til_dag) == (Ukedag.MANDAG, Ukedag.SONDAG):
            return _("alle dager")
        if (self.fra_dag, self.til_dag) == (Ukedag.MANDAG, Ukedag.FREDAG):
            return _("hverdager")
        if self.fra_dag == self.til_dag:
            return self.get_fra_dag_display()
        return f"{self.get_fra_dag_display()}–{self.get_til_dag_display()}"

    @property
    def klokken(self):
        if self.apner == self.stenger:
            return _("hele døgnet")
        return _("kl. %(fra)s–%(til)s") % {
            "fra": f"{self.apner:%H.%M}",
            "til": f"{self.stenger:%H.%M}",
        }
