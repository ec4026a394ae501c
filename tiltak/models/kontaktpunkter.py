"""The ways in to a tjeneste, and when each of them is open."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.norsk import uten_https
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst, les_epost, les_nettadresse
from slt.grunn.telefon import grupper_telefon, les_telefon, ringes, sifre_i
from slt.grunn.tid import Dag, Klokkeslett, Ukedag
from slt.models import LESER, Sted, Tilgang, har_rett

from .tjenester import DelAvTjeneste, Tjeneste, Tjenestekommune, andres_sist


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

    class Bekreftelse(models.TextChoices):
        TELEFON = "telefon", _("på telefon")
        EPOST = "epost", _("på e-post")
        MOTE = "mote", _("i møte")
        NETTSIDE = "nettside", _("på tjenestens nettside")
        LENKE = "lenke", _("av tjenesten selv, med lenke")

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
                condition=Q(akutt=False) | Q(bare_ansatte=False),
                name="kontaktpunkt_akutt_er_for_alle",
                violation_error_message=_(
                    "Et nummer i akuttstripen er ikke bare for ansatte."
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

    class Hva(models.TextChoices):
        """What one can count on then. A team that is out cannot always be called."""

        SVARER = "svarer", _("svarer eller er åpent")
        UTE = "ute", _("er ute der de unge er")

    class Helligdager(models.TextChoices):
        APENT = "apent", _("åpent som ellers")
        STENGT = "stengt", _("stengt")

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
    hva = models.CharField(_("hva"), max_length=10, choices=Hva, default=Hva.SVARER)
    helligdager = models.CharField(
        _("på helligdager"),
        max_length=10,
        choices=Helligdager,
        blank=True,
        help_text=_("Tomt når det ikke er oppgitt. Da sier siden det på helligdager."),
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

    def berorer(self):
        return self.berort_av([self])

    @classmethod
    def berort_av(cls, rader):
        punkter = {rad.kontaktpunkt_id: rad.kontaktpunkt for rad in rader}
        return Kontaktpunkt.berort_av(punkter.values())

    def __str__(self):
        return ", ".join(filter(None, [self.til_vanlig, str(self.paa_helligdager)]))

    @property
    def til_vanlig(self):
        """When that is, without what is said of holidays."""
        deler = [self.dager, self.klokken]
        if self.hva == self.Hva.UTE:
            deler.append(_("ute"))
        if self.uker != self.Uker.ALLE:
            deler.append(self.get_uker_display())
        if self.gjelder != self.Gjelder.ALLTID:
            deler.append(self.get_gjelder_display())
        return " ".join(str(del_) for del_ in deler)

    @property
    def paa_helligdager(self):
        """What is said of holidays, in words; nothing where it goes without saying."""
        if self.helligdager == self.Helligdager.STENGT:
            return _("ikke på helligdager")
        alltid = self.apner == self.stenger and self.til_dag - self.fra_dag == 6
        if self.helligdager == self.Helligdager.APENT and not alltid:
            return _("også på helligdager")
        return ""

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
