"""Rounds: twice a year a kommune asks those who answer for its tjenester whether what
stands of them still holds."""

from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Epost, Fritekst
from slt.grunn.tid import Dag
from slt.models import (
    Kommune,
    Nokkellenke,
    NokkellenkeQuerySet,
    Tilgang,
    har_rett,
)

from .innhold import Innsatsomrade
from .kontaktpunkter import Kontaktpunkt
from .plan import Handlingsplan
from .tjenester import DelAvTjeneste, Tjeneste

SVARLENKER = "svarlenker"  # in the session: the ids of those that were opened
# How many days there are to answer, and how many more the link opens the page.
DAGER, LENGER = 21, 14


def _uke(navn, **mer):
    return models.PositiveSmallIntegerField(
        navn, validators=[MinValueValidator(1), MaxValueValidator(53)], **mer
    )


class KoordinatorensQuerySet(HistorisertQuerySet):
    """Rows that only those see who keep the kommune."""

    def synlige_for(self, bruker):
        rett = Tilgang.Rolle.KOORDINATOR
        return self.filter(har_rett(bruker, self.model.kommune_sti, rett))


class Rundeoppsett(Historisert):
    """When a kommune asks its tjenester, and whether it does so by itself. Without one, a
    draft is made in the usual weeks, and nobody is asked but by a press."""

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="rundeoppsett",
        verbose_name=_("kommune"),
    )
    er_pa = models.BooleanField(
        _("lag en runde to ganger i året"),
        default=True,
        help_text=_("Runden ligger klar som utkast den uken. Dere ser den og sender."),
    )
    sendes = models.BooleanField(
        _("send runden uten å vente på oss"),
        default=False,
        help_text=_("E-postene går ut samme uke. Aldri i juli."),
    )
    purrer = models.BooleanField(
        _("påminn dem som ikke har svart"),
        default=False,
        help_text=_("Én gang, fem dager før fristen. Dere kan også gjøre det selv."),
    )
    forste_uke = _uke(_("første uke"), default=5)
    andre_uke = _uke(_("andre uke"), default=36)
    dager = models.PositiveSmallIntegerField(
        _("dager til å svare"),
        default=DAGER,
        validators=[MinValueValidator(3), MaxValueValidator(90)],
    )

    objects = KoordinatorensQuerySet.as_manager()

    class Meta:
        verbose_name = _("oppsett for runder")
        verbose_name_plural = _("oppsett for runder")
        ordering = ["kommune_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommune"],
                name="rundeoppsett_ett_per_kommune",
                violation_error_message=_("Kommunen har allerede et oppsett."),
            ),
            models.CheckConstraint(
                condition=~Q(forste_uke=F("andre_uke")),
                name="rundeoppsett_to_uker",
                violation_error_message=_("Velg to ulike uker."),
            ),
            models.CheckConstraint(
                condition=Q(
                    forste_uke__gte=1,
                    forste_uke__lte=53,
                    andre_uke__gte=1,
                    andre_uke__lte=53,
                ),
                name="rundeoppsett_uker_i_aret",
                violation_error_message=_("Skriv en uke fra 1 til 53."),
            ),
        ]

    def __str__(self):
        return f"{self.forste_uke}, {self.andre_uke}"

    @property
    def uker(self):
        return (self.forste_uke, self.andre_uke)


class RundeQuerySet(KoordinatorensQuerySet):
    def sendte(self):
        return self.exclude(startet=None)

    def apne(self):
        """Those that are sent, and may be answered today."""
        i_dag = timezone.localdate()
        return self.sendte().filter(frist__gte=i_dag, lukket=None)

    def skrives_i(self):
        """Those in which who has an account may still answer, the newest first: as long as
        a link would let them in."""
        lenge = timezone.localdate() - timedelta(days=LENGER)
        rader = self.sendte().filter(frist__gte=lenge, lukket=None)
        return rader.order_by("-startet", "-pk")


class Runde(Historisert):
    """That a kommune asks those who answer for its tjenester, in a week of a year."""

    # A mail that went does not come back.
    kan_hentes_tilbake = False

    class Hvilke(models.TextChoices):
        """Of which tiltak those who answer for them are asked how it goes."""

        ALLE = "alle", _("alle tiltakene")
        PRIORITERTE = "prioriterte", _("dem politirådet har gitt prioritet")
        MED_FRIST = "med_frist", _("dem med frist")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="runder",
        verbose_name=_("kommune"),
    )
    arstall = models.PositiveSmallIntegerField(
        _("år"), validators=[MinValueValidator(2000), MaxValueValidator(2199)]
    )
    uke = _uke(_("uke"))
    sporsmal = Fritekst(
        _("det dere vil si"),
        max_length=1000,
        blank=True,
        help_text=_("Står i e-posten og på siden der de svarer. Kan være tomt."),
    )
    # Keys of the parts of the page on which they answer; see tiltak.runder.deler.
    deler = models.JSONField(_("det dere spør om"), default=list, blank=True)
    hvilke = models.CharField(
        _("hvilke tiltak"), max_length=20, choices=Hvilke, default=Hvilke.ALLE
    )
    frist = Dag(_("svar innen"), help_text=_("Den siste dagen teller med."))
    startet = models.DateTimeField(_("sendt"), null=True, blank=True, editable=False)
    # As its Rundelukking says that stands.
    lukket = models.DateTimeField(_("lukket"), null=True, blank=True, editable=False)

    objects = RundeQuerySet.as_manager()

    class Meta:
        verbose_name = _("runde")
        verbose_name_plural = _("runder")
        ordering = ["kommune_id", "-arstall", "-uke"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommune", "arstall", "uke"],
                name="runde_en_per_uke",
                violation_error_message=_("Det er allerede en runde den uken."),
            ),
            models.CheckConstraint(
                condition=Q(uke__gte=1, uke__lte=53),
                name="runde_uke_i_aret",
                violation_error_message=_("Skriv en uke fra 1 til 53."),
            ),
            models.CheckConstraint(
                condition=Q(lukket=None) | Q(startet__isnull=False),
                name="runde_lukkes_etter_at_den_er_sendt",
                violation_error_message=_("Bare en runde som er sendt, kan lukkes."),
            ),
        ]

    def __str__(self):
        return str(
            _("Runden i uke %(uke)d, %(ar)d") % {"uke": self.uke, "ar": self.arstall}
        )

    @property
    def er_utkast(self):
        return self.startet is None

    @property
    def er_lukket(self):
        return self.lukket is not None

    @property
    def er_apen(self):
        if self.er_utkast or self.er_lukket:
            return False
        return self.frist >= timezone.localdate()

    def spor_om(self, del_):
        """Whether it asks for a part of the page, given by its key."""
        return not self.deler or del_ in self.deler

    @property
    def lenkene_gjelder_til(self):
        """The last day on which a link opens the page: whoever is late, is let in."""
        return self.frist + timedelta(days=LENGER)


class Rundevalg(Historisert):
    """That a round asks of the tiltak of one plan, or of one innsatsområde of it; without
    any, of all that hold, and of the tilbud."""

    kommune_sti = "runde__kommune"
    kan_hentes_tilbake = False

    runde = models.ForeignKey(
        Runde, on_delete=models.CASCADE, related_name="valg", verbose_name=_("runde")
    )
    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("plan"),
    )
    innsatsomrade = models.ForeignKey(
        Innsatsomrade,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("innsatsområde"),
    )

    objects = KoordinatorensQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan eller innsatsområde i runden")
        verbose_name_plural = _("planer og innsatsområder i runden")
        ordering = ["runde_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["runde", "plan", "innsatsomrade"],
                name="rundevalg_omrade_en_gang",
                violation_error_message=_("Innsatsområdet er allerede valgt."),
            ),
            models.UniqueConstraint(
                fields=["runde", "plan"],
                condition=Q(innsatsomrade=None),
                name="rundevalg_plan_en_gang",
                violation_error_message=_("Planen er allerede valgt."),
            ),
        ]

    def __str__(self):
        return str(self.innsatsomrade or self.plan)

    def berorer(self):
        # It stands on no page that is kept.
        return set()

    @classmethod
    def berort_av(cls, rader):
        return set()


class Rundelukking(Historisert):
    """That a round was closed, with what was known of it then, by name: nothing that is
    changed or deleted later changes it."""

    kommune_sti = "runde__kommune"
    kan_hentes_tilbake = False

    runde = models.ForeignKey(
        Runde,
        on_delete=models.PROTECT,
        related_name="lukkinger",
        verbose_name=_("runde"),
    )
    tid = models.DateTimeField(_("lukket"), default=timezone.now)
    # See tiltak.runder.lukking.
    innhold = models.JSONField(_("slik den var"), default=dict)
    gjenapnet = models.DateTimeField(_("gjenåpnet"), null=True, blank=True)
    hvorfor = Fritekst(_("hvorfor den åpnes igjen"), max_length=300, blank=True)

    objects = KoordinatorensQuerySet.as_manager()

    class Meta:
        verbose_name = _("lukking av en runde")
        verbose_name_plural = _("lukkinger av runder")
        ordering = ["runde_id", "-tid", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["runde"],
                condition=Q(gjenapnet=None),
                name="rundelukking_en_som_star",
                violation_error_message=_("Runden er allerede lukket."),
            ),
            models.CheckConstraint(
                condition=Q(gjenapnet=None, hvorfor="")
                | (Q(gjenapnet__isnull=False) & ~Q(hvorfor="")),
                name="rundelukking_apnes_med_grunn",
                violation_error_message=_("Skriv hvorfor runden åpnes igjen."),
            ),
        ]

    def __str__(self):
        return str(self.runde)

    def berorer(self):
        # It stands on no page that is kept.
        return set()

    @classmethod
    def berort_av(cls, rader):
        return set()


class ForesporselQuerySet(KoordinatorensQuerySet):
    def ubesvarte(self):
        return self.filter(besvart=None)

    def apne(self):
        """Those of rounds that may be answered today."""
        return self.filter(runde__in=Runde.objects.apne())


class Foresporsel(DelAvTjeneste):
    """That one tjeneste is asked in a round, and what it answered."""

    kan_hentes_tilbake = False
    # Whom it went to is forgotten some time after; see tiltak.runder.lop.
    historikk_utelater = ("epost", "brev")

    class Svar(models.TextChoices):
        STEMMER = "stemmer", _("alt stemmer")
        ENDRINGER = "endringer", _("foreslo endringer")
        IKKE_ANSVAR = "ikke_ansvar", _("har ikke lenger ansvaret")

    runde = models.ForeignKey(
        Runde,
        on_delete=models.PROTECT,
        related_name="foresporsler",
        verbose_name=_("runde"),
    )
    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.CASCADE,
        related_name="foresporsler",
        verbose_name=_("tjeneste"),
    )
    # As it was when it was asked; the tjeneste may have another one since.
    epost = Epost(_("spurt på"), blank=True)
    # By this key the mail lies in the outbox, as long as it does.
    brev = models.CharField(
        _("brevet"), max_length=100, blank=True, default="", editable=False
    )
    svar = models.CharField(_("svar"), max_length=20, choices=Svar, blank=True)
    besvart = models.DateTimeField(_("besvart"), null=True, blank=True)
    hvordan = models.CharField(
        _("hvordan"), max_length=20, choices=Kontaktpunkt.Hvordan, blank=True
    )
    # That it was asked once more, whoever is asked then.
    purret = models.DateTimeField(_("påmint"), null=True, blank=True, editable=False)

    objects = ForesporselQuerySet.as_manager()

    class Meta:
        verbose_name = _("forespørsel")
        verbose_name_plural = _("forespørsler")
        ordering = ["runde_id", "tjeneste_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["runde", "tjeneste"],
                name="foresporsel_en_gang_i_runden",
                violation_error_message=_("Tjenesten er allerede med i runden."),
            ),
            models.CheckConstraint(
                condition=Q(svar="", besvart=None, hvordan="")
                | (~Q(svar="") & Q(besvart__isnull=False) & ~Q(hvordan="")),
                name="foresporsel_besvares_helt",
                violation_error_message=_("Si hva som ble svart, når og hvordan."),
            ),
        ]

    def __str__(self):
        return f"{self.tjeneste}: {self.runde}"

    @classmethod
    def berort_av(cls, rader):
        # To be asked stands nowhere. That nobody answered is said on pages that are kept,
        # until somebody does.
        return super().berort_av([rad for rad in rader if rad.er_besvart])

    @property
    def er_besvart(self):
        return self.besvart is not None

    @property
    def venter(self):
        """Whether somebody still is to say whether it holds."""
        return not self.er_besvart or self.svar == self.Svar.IKKE_ANSVAR


class SvarlenkeQuerySet(NokkellenkeQuerySet):
    def gyldige(self):
        """Those that hold, and went to whom answers for the tjeneste today: who handed it
        over to others, or was written down by mistake, has nothing more to say of it."""
        rader = (
            super()
            .gyldige()
            .alias(
                spurt=Lower("foresporsel__epost"),
                svarer=Lower("foresporsel__tjeneste__svaransvarlig"),
            )
        )
        return rader.filter(Q(spurt="") | Q(spurt=F("svarer")))

    def apner(self, tjeneste):
        """Those that open the page of a tjeneste today."""
        return self.gyldige().filter(
            foresporsel__tjeneste=tjeneste, foresporsel__tjeneste__nedlagt=None
        )


class Svarlenke(Nokkellenke):
    """The link by which the one who answers for a tjeneste says whether what stands there
    holds, without an account."""

    kommune_sti = "foresporsel__tjeneste__kommune"

    foresporsel = models.ForeignKey(
        Foresporsel,
        on_delete=models.CASCADE,
        related_name="lenker",
        verbose_name=_("forespørsel"),
    )

    objects = SvarlenkeQuerySet.as_manager()

    class Meta:
        verbose_name = _("svarlenke")
        verbose_name_plural = _("svarlenker")
        ordering = ["foresporsel_id", "pk"]
        constraints = [*Nokkellenke.Meta.constraints]

    def __str__(self):
        return str(self.foresporsel)

    @property
    def kommune(self):
        return self.foresporsel.runde.kommune

    def berorer(self):
        return set()

    @classmethod
    def berort_av(cls, rader):
        return set()
