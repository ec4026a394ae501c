"""Who answers for tiltak."""

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.organisasjonsnummer import Organisasjonsnummer
from slt.grunn.tekst import Epost, Fritekst
from slt.grunn.tid import Dag, KommetDag
from slt.models import (
    PUBLIKUM,
    Kommune,
    Navngitt,
    NavngittQuerySet,
    Tilgang,
    har_rett,
)

from .hvem import Kontaktes

# The right to keep a tjeneste up to date; see Tjenesteredaktor.
REDAKTOR = "redaktor"

# Each returns texts that are proposed to all kommuner, as they are stored. An upper room
# adds its own at start.
FORESLATTE_TEKSTER: list[Callable[[], Iterable[str]]] = []


def _med_eieren():
    return Concat("slug", Value("-"), "kommune__slug")


def andres_sist(kommune, sti=""):
    """Orders rows by whose they are, the kommune's own first. `sti` leads from a row to its
    tjeneste: "tjeneste__"."""
    return Case(When(**{f"{sti}kommune": kommune}, then=0), default=1)


class TjenesteQuerySet(NavngittQuerySet):
    def endres_av(self, bruker):
        """Those the user keeps: all of a kommune as its coordinator, some as editor."""
        return self.filter(
            har_rett(bruker, "kommune", Tilgang.Rolle.KOORDINATOR)
            | har_rett(bruker, "pk", REDAKTOR)
        )

    def virksomme(self):
        return self.filter(nedlagt=None)

    def sporres(self):
        """Those that are asked in rounds, also where nobody is known to ask."""
        return self.virksomme().filter(sporres_ikke=False)

    def i_lister(self, bruker, kommune=None):
        """Those of which there is something to say to the user: a way in, a text of their
        own, a part in a tiltak of the kommune that all can read, or one below it of which
        there is; and those that the user keeps. `kommune` is another than their own where
        it shows what others share."""
        # Asked once: in `med_listes` it would be both read and filtered by.
        i_listen = self._sier_noe(bruker, kommune) | self._holdes(bruker)
        return self.annotate(er_tom=~self._sier_noe(PUBLIKUM, kommune)).filter(i_listen)

    def med_listes(self, bruker, kommune=None):
        """Sets `listes`, as `i_lister` says, and `er_tom`: that it is in no list of those
        who keep nothing and work nowhere."""
        return self.annotate(
            er_tom=~self._sier_noe(PUBLIKUM, kommune),
            listes=self._sier_noe(bruker, kommune) | self._holdes(bruker),
        )

    @staticmethod
    def _holdes(bruker):
        koordinerer = har_rett(bruker, "kommune", Tilgang.Rolle.KOORDINATOR)
        return koordinerer | har_rett(bruker, "pk", REDAKTOR)

    def _sier_noe(self, bruker, kommune):
        """That there is something to say of it, or of one that stands below it there: a
        department that only leads to its tjenester is not empty."""
        egne = self._sier_selv_noe(bruker, kommune)
        under = Tjeneste.objects.virksomme().filter(
            Q(overordnet=OuterRef("pk"))
            | Q(overordnet__overordnet=OuterRef("pk"), overordnet__nedlagt=None),
            egne,
            kommune=kommune or OuterRef("kommune"),
        )
        return egne | Exists(under.order_by())

    def _sier_selv_noe(self, bruker, kommune):
        punkter = self._delenes("kontaktpunkter").synlige_for(bruker)
        ansvar = self._delenes("ansvar").lest_av_alle()
        ansvar = ansvar.filter(tiltak__kommune=kommune or OuterRef("kommune"))
        # What is proposed to all, says nothing of the one that is there.
        foreslatt = [tekst for alle in FORESLATTE_TEKSTER for tekst in alle()]
        return (
            ~Q(tekst__in=["", *foreslatt])
            | ~Q(resultat="")
            | Exists(ansvar.filter(tjeneste=OuterRef("pk")))
            | Exists(punkter.filter(tjeneste=OuterRef("pk")))
        )

    @staticmethod
    def _delenes(navn):
        # Their models come after this one.
        return Tjeneste._meta.get_field(navn).related_model.objects

    def valgbare_i(self, kommune):
        """Those that a form of the kommune takes: what stands there, and what its tiltak
        name already. Whether it may be named anew, `sjekk_kommune` says."""
        her = Tjeneste.objects.i(kommune).order_by().values("pk")
        nevnt = (
            self._delenes("ansvar")
            .filter(tiltak__kommune=kommune)
            .order_by()
            .values("tjeneste")
        )
        return self.filter(Q(pk__in=her) | Q(pk__in=nevnt))

    def i(self, kommune):
        """Its own, and those of others that it has said yes to, each with its address
        there. Where an own one has the same, the name of who keeps it is added."""
        delte = Tjenestekommune.objects.godtatte().filter(
            kommune=kommune, tjeneste__nedlagt=None
        )
        delte = delte.order_by()
        egne = Tjeneste.objects.filter(kommune=kommune).order_by()
        opptatt = Exists(egne.filter(slug=OuterRef("slug"))) | Exists(
            delte.filter(tjeneste__slug=OuterRef("slug"), tjeneste__lt=OuterRef("pk"))
        )
        # With "or", PostgreSQL goes through the tjenester of all kommuner.
        return self.filter(
            pk__in=egne.values("pk").union(delte.values("tjeneste"))
        ).annotate(
            her=Value(kommune.slug),
            her_slug=Case(
                When(~Q(kommune=kommune) & opptatt, then=_med_eieren()),
                default=F("slug"),
            ),
        )

    def med_kontaktpunkter(self, bruker, **begrensning):
        """Loads the contact points that the user may see: 2 queries more."""
        synlige = self._delenes("kontaktpunkter").synlige_for(bruker).med_alt()
        return self.select_related("kommune", "overordnet__kommune").prefetch_related(
            models.Prefetch("kontaktpunkter", synlige.filter(**begrensning))
        )


class Tjeneste(Navngitt, Kontaktes):
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

    class Funksjon(models.TextChoices):
        """What one person is in the SLT work of a kommune, who may be named there."""

        SLT_KOORDINATOR = "slt_koordinator", _("SLT-koordinator")
        POLITIKONTAKT = "politikontakt", _("politikontakt")

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
        help_text=_("Forkortelsen folk bruker: PPT, HFU, BUP."),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    funksjon = models.CharField(
        _("funksjon"),
        max_length=20,
        choices=Funksjon,
        blank=True,
        help_text=_(
            "Når tjenesten er SLT-koordinatoren eller politikontakten. Navnet skrives under "
            "Innstillinger, «Om kommunen», om dere vil vise det."
        ),
    )
    overordnet = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="underordnede",
        verbose_name=_("overordnet tjeneste"),
        help_text=_("Avdelingen eller virksomheten denne er en del av."),
    )
    organisasjonsnummer = Organisasjonsnummer(
        _("organisasjonsnummer"),
        blank=True,
        help_text=_("Ni sifre. Tomt for team og funksjoner uten eget nummer."),
    )
    tekst = Fritekst(_("hva tjenesten gjør"), blank=True)
    # What CPSV-AP-NO calls "tjenesteresultat".
    resultat = Fritekst(
        _("hva folk får"),
        max_length=300,
        blank=True,
        help_text=_(
            "Det den som tar kontakt, sitter igjen med. For eksempel «råd og samtaler» "
            "eller «et vedtak om hjelp hjemme»."
        ),
    )
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
    sporres_ikke = models.BooleanField(
        _("spør ikke tjenesten i rundene"),
        default=False,
        help_text=_("Når den har bedt om å slippe. Kontaktene må da bekreftes ellers."),
    )
    # What holds for a while, and says so by itself when it is over.
    melding = Fritekst(
        _("beskjed"),
        max_length=200,
        blank=True,
        help_text=_(
            "Noe som gjelder en stund, for eksempel «Stengt i uke 28–31. Ring "
            "Ungdomskontakten i stedet.» Står øverst på siden til den er over."
        ),
    )
    melding_fra = Dag(_("beskjeden gjelder fra"), null=True, blank=True)
    melding_til = Dag(
        _("beskjeden gjelder til og med"),
        null=True,
        blank=True,
        help_text=_("Tomt når dere ikke vet det ennå."),
    )
    stengt = models.BooleanField(
        _("stengt mens beskjeden gjelder"),
        default=False,
        help_text=_("Åpningstidene regnes ikke med så lenge."),
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
            models.UniqueConstraint(
                fields=["kommune", "funksjon"],
                condition=~Q(funksjon=""),
                name="tjeneste_en_av_hver_funksjon",
                violation_error_message=_(
                    "Kommunen har allerede en tjeneste med denne funksjonen."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(melding="")
                | Q(melding_fra=None, melding_til=None, stengt=False),
                name="tjeneste_melding_har_ord",
                violation_error_message=_("Skriv beskjeden som skal stå der."),
            ),
            models.CheckConstraint(
                condition=Q(melding_fra=None)
                | Q(melding_til=None)
                | Q(melding_til__gte=F("melding_fra")),
                name="tjeneste_melding_slutter_etter_start",
                violation_error_message=_(
                    "Beskjeden kan ikke slutte å gjelde før den begynner."
                ),
            ),
        ]

    def get_absolute_url(self):
        """Its page; of those that were read by `TjenesteQuerySet.i`, the one there."""
        her = getattr(self, "her", None) or self.kommune.slug
        slug = getattr(self, "her_slug", self.slug)
        return reverse("tiltak:tjeneste_detail", args=[her, slug])

    @classmethod
    def berort_av(cls, rader):
        """And those whose tiltak name it, also when it is not shared with them any more."""
        pker = [rad.pk for rad in rader]
        delte = Tjenestekommune.objects.godtatte().filter(tjeneste__in=pker)
        nevnt = cls._base_manager.filter(pk__in=pker).exclude(ansvar=None)
        kommuner = (
            delte.order_by()
            .values_list("kommune")
            .union(nevnt.order_by().values_list("ansvar__tiltak__kommune"))
        )
        return {rad.kommune_id for rad in rader} | {pk for (pk,) in kommuner}

    @classmethod
    def delt_med(cls, kommune, pk):
        """The rows that say that it is shared with the kommune."""
        return Tjenestekommune.objects.godtatte().filter(tjeneste=pk, kommune=kommune)

    @classmethod
    def delt_noen_gang_med(cls, kommune, pk):
        """The rows of the history that say that it is or was."""
        rader = Tjenestekommune.historikk.exclude(godtatt=None)
        return rader.filter(tjeneste=pk, kommune=kommune)

    def berorer(self):
        return self.berort_av([self])

    @property
    def er_andres(self):
        """Whether another kommune keeps it than the one that it was read for."""
        return getattr(self, "her", self.kommune.slug) != self.kommune.slug

    def med_eier(self, kommune):
        """Its name, where the kommune chooses among its own and others'."""
        egen = self.kommune_id == kommune.pk
        return str(self) if egen else f"{self} ({self.kommune})"

    @property
    def kort(self):
        """The short name where there is one."""
        return self.kortnavn or self.navn

    @property
    def navn_i_funksjonen(self):
        """What who has the function is called, where its kommune shows that; on its own
        pages alone, and to nobody who sees no way in. As loaded."""
        if self.er_andres or not self.kontaktpunkter.all():
            return ""
        return self.kommune.navn_i(self.funksjon)

    @property
    def forste_kontakt(self):
        """The contact point to show where there is room for one: a number before others.
        As loaded."""
        punkter = self.kontaktpunkter.all()
        numre = (punkt for punkt in punkter if punkt.er_nummer)
        return next(numre, punkter[0] if punkter else None)

    def melding_den(self, dag):
        """What holds on that day: the words, or nothing."""
        fra, til = self.melding_fra, self.melding_til
        gjelder = (fra is None or fra <= dag) and (til is None or dag <= til)
        return self.melding if gjelder else ""

    def er_stengt(self, dag):
        """Whether what holds on that day is that nobody is there."""
        return self.stengt and bool(self.melding_den(dag))

    def melding_fra_den(self, dag):
        """What holds on that day or will hold later: the words, or nothing."""
        er_over = self.melding_til is not None and self.melding_til < dag
        return "" if er_over else self.melding

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


class DelAvTjeneste(Historisert):
    """Base of what is shown wherever its tjeneste is, by the foreign key `tjeneste`."""

    kommune_sti = "tjeneste__kommune"

    class Meta:
        abstract = True

    def berorer(self):
        return self.berort_av([self])

    @classmethod
    def berort_av(cls, rader):
        return Tjeneste.berort_av(
            {rad.tjeneste_id: rad.tjeneste for rad in rader}.values()
        )


class TjenestekommuneQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Those that hold are public, as the pages are; the rest for the two who have
        something to do with it."""
        rolle = Tilgang.Rolle.KOORDINATOR
        return self.filter(
            ~Q(godtatt=None)
            | har_rett(bruker, "kommune", rolle)
            | har_rett(bruker, "tjeneste__kommune", rolle)
        )

    def godtatte(self):
        """Those that hold."""
        return self.exclude(godtatt=None)


class Tjenestekommune(DelAvTjeneste):
    """That a tjeneste of one kommune serves another one, too: once that has accepted that
    it stands on its pages. What is shown there is what all may see; the rest is as before
    for those who have rights with the one that keeps it."""

    over_grensen = ("kommune",)
    # The other one is asked anew.
    hentes_ikke_tilbake = ("godtatt",)

    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.CASCADE,
        related_name="delinger",
        verbose_name=_("tjeneste"),
    )
    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="delte_tjenester",
        verbose_name=_("kommune"),
        help_text=_(
            "Tjenesten står der når SLT-koordinatoren der har godtatt det, på siden "
            "«Delte tjenester»."
        ),
    )
    godtatt = Dag(_("godtatt"), null=True, blank=True, editable=False)

    objects = TjenestekommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("deling av tjeneste")
        verbose_name_plural = _("delinger av tjenester")
        ordering = ["tjeneste_id", "kommune_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tjeneste", "kommune"],
                name="tjenestekommune_star_en_gang",
                violation_error_message=_("Tjenesten deles allerede med kommunen."),
            ),
        ]

    def __str__(self):
        return str(self.kommune)

    def clean(self):
        super().clean()
        if self.tjeneste_id and self.tjeneste.kommune_id == self.kommune_id:
            raise ValidationError({"kommune": _("Kommunen driver tjenesten selv.")})

    @classmethod
    def berort_av(cls, rader):
        egne = {rad.tjeneste.kommune_id for rad in rader}
        return egne | {rad.kommune_id for rad in rader}

    def kan_godtas_av(self, bruker):
        """Whether the user speaks for the kommune on whose pages it is to stand."""
        # A row that nobody filled in has none yet.
        return self.kommune_id is not None and self.kommune.gir(
            bruker, Tilgang.Rolle.KOORDINATOR
        )
