"""What is measured, and the files in which figures came."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.norsk import tall_i_ord
from slt.grunn.tekst import Fritekst
from slt.models import (
    Bruker,
    Kommune,
    Navngitt,
    NavngittQuerySet,
    Sted,
    Tilgang,
    har_rett,
)
from tiltak.models import Tjeneste

from .helhet import enkelt_navn, er_helhet, kan_vaere_helhet
from .kilder import ARSTALL, INNENFRA, Kilde

# An indicator has a page, which shows them all.
FLEST_TALL = 2000


class IndikatorQuerySet(NavngittQuerySet):
    def synlige_for(self, bruker):
        """What is published for all; the rest for coordinators and the politiråd."""
        return self.filter(Q(publisert=True) | har_rett(bruker, "kommune", *INNENFRA))

    def framhevede(self):
        """Those that are drawn where the page of knowledge opens, in their order."""
        return self.filter(framhevet__isnull=False).order_by("framhevet", "pk")

    def oppgis_av(self, tjeneste):
        """Those of which a tjeneste is asked for the figure of each year."""
        return self.filter(oppgis_av=tjeneste, kommune=tjeneste.kommune_id)

    def med_tall(self):
        """Loads the figures and all that they say of themselves: 3 queries more."""
        maling = self.model._meta.get_field("malinger").related_model
        malinger = maling.objects.select_related("sted", "lokalomrade", "kilde")
        return self.select_related("kilde", "kommune").prefetch_related(
            models.Prefetch("malinger", malinger), "malinger__sted__deler"
        )


class Indikator(Navngitt):
    """Something that is measured, year by year."""

    class Teller(models.TextChoices):
        PERSONER = "personer", _("personer")
        HENDELSER = "hendelser", _("hendelser, for eksempel treff og samtaler")
        ANDEL = "andel", _("en andel av en gruppe")

    class Retning(models.TextChoices):
        OPP = "opp", _("oppover")
        NED = "ned", _("nedover")

    class Stedet(models.TextChoices):
        BOSTED = "bosted", _("der de bor")
        GJERNINGSSTED = "gjerningssted", _("der det skjedde")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="indikatorer",
        verbose_name=_("kommune"),
    )
    beskrivelse = Fritekst(
        _("hva den måler"), max_length=500, blank=True, help_text=_("Med egne ord.")
    )
    enhet = Fritekst(
        _("enhet"), max_length=40, help_text=_("For eksempel «treff» eller «prosent».")
    )
    teller = models.CharField(
        _("teller"),
        max_length=20,
        choices=Teller,
        help_text=_("Tall på 1–4 personer skjules, og det de kan regnes ut av."),
    )
    kilde = models.ForeignKey(
        Kilde,
        on_delete=models.PROTECT,
        related_name="indikatorer",
        verbose_name=_("kilde"),
        help_text=_("Der tallene hentes når ikke et tall har sin egen."),
    )
    oppgis_av = models.ForeignKey(
        Tjeneste,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indikatorer",
        verbose_name=_("oppgis av"),
        help_text=_(
            "Tjenesten blir spurt om kommunens tall for fjoråret i rundene. Den ser navnet, "
            "det som måles og enheten også før indikatoren er publisert."
        ),
    )
    stedet = models.CharField(
        _("stedet er"),
        max_length=20,
        choices=Stedet,
        blank=True,
        help_text=_("Når det gjør en forskjell, som for anmeldelser."),
    )
    retning = models.CharField(
        _("ønsket retning"),
        max_length=10,
        choices=Retning,
        blank=True,
        help_text=_("Veien dere vil at tallene skal gå."),
    )
    utgangspunkt = models.DecimalField(
        _("utgangspunkt"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Tallet dere måler utviklingen fra."),
    )
    utgangsar = models.PositiveSmallIntegerField(
        _("utgangspunktets år"), null=True, blank=True, validators=ARSTALL
    )
    maltall = models.DecimalField(
        _("mål"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Tallet dere vil nå."),
    )
    maltall_ar = models.PositiveSmallIntegerField(
        _("målets år"), null=True, blank=True, validators=ARSTALL
    )
    framhevet = models.PositiveSmallIntegerField(
        _("øverst på kunnskapssiden"),
        choices=[(nr, str(nr)) for nr in range(1, 5)],
        null=True,
        blank=True,
        help_text=_(
            "Kunnskapssiden åpner med utviklingen i opptil fire indikatorer, i denne "
            "rekkefølgen. Er plassen tatt, bytter de to."
        ),
    )
    minst = models.DecimalField(
        _("laveste mulige tall"),
        max_digits=12,
        decimal_places=2,
        default=0,
    )
    hoyst = models.DecimalField(
        _("høyeste mulige tall"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("100 når enheten er prosent av en gruppe."),
    )
    slag_heter = Fritekst(
        _("inndeling 1"),
        max_length=40,
        blank=True,
        help_text=_("Hva «slag» er for disse tallene, for eksempel «arbeidsmåte»."),
    )
    gruppe_heter = Fritekst(
        _("inndeling 2"),
        max_length=40,
        blank=True,
        help_text=_("Hva «gruppe» er, for eksempel «tjeneste»."),
    )
    publisert = models.BooleanField(
        _("publisert"),
        default=False,
        help_text=_("Ellers ser bare SLT-koordinatoren og politirådet den."),
    )

    objects = IndikatorQuerySet.as_manager()

    class Meta(Navngitt.Meta):
        verbose_name = _("indikator")
        verbose_name_plural = _("indikatorer")
        constraints = [
            *Navngitt.Meta.constraints,
            models.CheckConstraint(
                condition=Q(hoyst=None) | Q(hoyst__gt=F("minst")),
                name="indikator_grenser_i_rekkefolge",
                violation_error_message=_("Det høyeste må være over det laveste."),
            ),
            models.CheckConstraint(
                condition=Q(utgangspunkt=None, utgangsar=None)
                | Q(utgangspunkt__isnull=False, utgangsar__isnull=False),
                name="indikator_utgangspunkt_har_ar",
                violation_error_message=_("Oppgi både utgangspunktet og året."),
            ),
            models.CheckConstraint(
                condition=Q(maltall=None, maltall_ar=None)
                | Q(maltall__isnull=False, maltall_ar__isnull=False),
                name="indikator_maltall_har_ar",
                violation_error_message=_("Oppgi både målet og året."),
            ),
        ]

    def get_absolute_url(self):
        return reverse(
            "evaluering:indikator_detail", args=[self.kommune.slug, self.slug]
        )

    @property
    def teller_personer(self):
        return self.teller == self.Teller.PERSONER

    @property
    def kan_summeres(self):
        """Whether figures of parts make up the figure of the whole."""
        return self.teller != self.Teller.ANDEL

    @cached_property
    def _stedsnavn(self):
        """What the single places of the kommune are called: 2 queries, asked only of a
        name that may be the whole."""
        if not self.kommune_id:
            return frozenset()
        steder = self.kommune.steder.exclude(type=Sted.Type.FLERE)
        navn = [*steder.values_list("navn", flat=True)]
        navn += self.kommune.lokalomrader.values_list("navn", flat=True)
        return frozenset(map(enkelt_navn, navn))

    def gjelder_alle(self, navn):
        """Whether the name of a part (`slag`, `gruppe`) says that it is the whole."""
        return er_helhet(navn) and enkelt_navn(navn) not in self._stedsnavn

    def kan_gjelde_alle(self, navn):
        """Whether such a name may be that of the whole, and may be that of a part."""
        kommune = self.kommune.navn if self.kommune_id else ""
        if er_helhet(navn):
            return enkelt_navn(navn) in self._stedsnavn
        kan = kan_vaere_helhet(navn, kommune)
        return kan and enkelt_navn(navn) not in self._stedsnavn

    def feil_ved(self, verdi):
        """Says what is wrong with a value of the indicator, or ""."""
        if verdi < self.minst:
            return _("Tallet kan ikke være under %(grense)s.") % {
                "grense": tall_i_ord(self.minst)
            }
        if self.hoyst is not None and verdi > self.hoyst:
            return _("Tallet kan ikke være over %(grense)s.") % {
                "grense": tall_i_ord(self.hoyst)
            }
        if self.teller_personer and verdi != int(verdi):
            return _("Et antall personer må være et helt tall.")
        if self.teller == self.Teller.HENDELSER and verdi != int(verdi):
            return _("Et antall hendelser må være et helt tall.")
        return ""

    def clean(self):
        super().clean()
        feil = {}
        for felt in ("utgangspunkt", "maltall"):
            verdi = getattr(self, felt)
            kan_sjekkes = verdi is not None and self.minst is not None
            if kan_sjekkes and (tekst := self.feil_ved(verdi)):
                feil[felt] = tekst
        if feil:
            raise ValidationError(feil)


class TallimportQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """What was sent in is for those who keep the figures."""
        return self.filter(har_rett(bruker, "kommune", Tilgang.Rolle.KOORDINATOR))


class Tallimport(Historisert):
    """A table of figures that somebody sent: looked at first, then put in, perhaps
    undone. Its cells are kept until it is put in, and read again then."""

    historikk_utelater = ("rader", "oppsett", "valg", "laget")
    # It has a way of its own to be undone; what was thrown away may name few persons.
    kan_hentes_tilbake = False

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="tallimporter",
        verbose_name=_("kommune"),
    )
    bruker = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        related_name="tallimporter",
        verbose_name=_("bruker"),
    )
    navn = Fritekst(_("hva det er"), max_length=120)
    # The sheets as they came: evaluering.tall.ark.Ark.
    rader = models.JSONField(_("rader"), default=list)
    # How they are laid out, and what their words are: remembered for the next one.
    oppsett = models.JSONField(_("oppsett"), null=True)
    valg = models.JSONField(_("valg"), default=dict)
    form = models.CharField(_("form"), max_length=32, blank=True)
    bekreftet = models.BooleanField(_("oppsettet er sett"), default=False)
    # {model: [pk]} of what was made for it.
    laget = models.JSONField(_("laget"), default=dict)
    antall = models.PositiveIntegerField(_("antall tall"), default=0)
    lest = models.DateTimeField(_("lest"), auto_now_add=True)
    lagt_inn = models.DateTimeField(_("lagt inn"), null=True, blank=True)
    angret = models.DateTimeField(_("angret"), null=True)

    objects = TallimportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import av tall")
        verbose_name_plural = _("importer av tall")
        ordering = ["kommune_id", "-lest"]

    def __str__(self):
        return self.navn
