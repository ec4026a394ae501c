"""What people look for help with, and what is about it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.norsk import orden
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import KommetDag
from slt.models import Kommune, Navngitt

from .plasseringer import DelAvTiltak
from .tiltak import Tiltak
from .tjenester import DelAvTjeneste, Tjeneste, Tjenestekommune


class Tema(Navngitt):
    """What a tiltak or a tjeneste is about, for those who look for it: rus, vold,
    skolefravær."""

    class Emne(models.TextChoices):
        """What every kommune is asked about, in the order in which it is shown. National
        help is known for each."""

        RUS = "rus", _("rus")
        VOLD = "vold", _("vold og krangling hjemme")
        OVERGREP = "overgrep", _("overgrep")
        KONTROLL = "kontroll", _("tvang og kontroll")
        NETT = "nett", _("nettet og bilder")
        SKOLE = "skole", _("skole og fravær")
        MOBBING = "mobbing", _("mobbing")
        PSYKISK = "psykisk", _("har det vondt")
        KROPP = "kropp", _("kropp og sex")
        NARMILJO = "narmiljo", _("gjenger og uro i nærmiljøet")
        HAT = "hat", _("hat og ekstremisme")
        FRITID = "fritid", _("fritid")
        ARBEID = "arbeid", _("penger og jobb")
        BEKYMRET = "bekymret", _("bare bekymret")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="temaer",
        verbose_name=_("kommune"),
    )
    i_hverdagen = Fritekst(
        _("i hverdagsord"),
        max_length=60,
        blank=True,
        help_text=_(
            "Slik står det på siden «Hvem kan hjelpe?», for eksempel «Vold og krangling "
            "hjemme». Tomt når temaet ikke skal stå der."
        ),
    )
    emne = models.CharField(
        _("nasjonal hjelp om"),
        max_length=20,
        choices=Emne,
        blank=True,
        help_text=_(
            "Hjelpetelefonene for hele landet som vises sammen med kommunens egne."
        ),
    )
    # People look for tiltak by words that no plan uses, in the form that they speak.
    sokeord = Fritekst(
        _("søkeord"),
        blank=True,
        help_text=_(
            "Ord folk søker med når de leter etter tiltak om dette, med komma mellom, "
            "for eksempel «skulk, skulker, skulket». De vises ikke på sidene."
        ),
    )

    class Meta(Navngitt.Meta):
        verbose_name = _("tema")
        verbose_name_plural = _("temaer")

    def clean(self):
        super().clean()
        like = Tema.objects.filter(
            kommune=self.kommune_id, i_hverdagen__iexact=self.i_hverdagen
        )
        if self.i_hverdagen and like.exclude(pk=self.pk).exists():
            # Nobody knows which of two to choose that read alike.
            raise ValidationError(
                {"i_hverdagen": _("Et annet tema har de samme hverdagsordene.")}
            )

    def berorer(self):
        return self.berort_av([self])

    @classmethod
    def berort_av(cls, rader):
        """Also those with whom a tjeneste is shared that helps with it."""
        pker = [rad.pk for rad in rader]
        delte = Tjenestekommune.objects.godtatte().order_by()
        delte = delte.filter(tjeneste__temavalg__tema__in=pker)
        egne = {rad.kommune_id for rad in rader}
        return egne.union(delte.values_list("kommune", flat=True))

    @property
    def plass(self):
        """Where it stands where people look for help: in the order of Emne, and after
        those what is the kommune's own."""
        emner = Tema.Emne.values
        return emner.index(self.emne) if self.emne else len(emner)

    @property
    def for_folk(self):
        """What it is called where people look for help."""
        return self.i_hverdagen or self.navn


class TiltakTema(DelAvTiltak):
    """That a tiltak is about a theme."""

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="temavalg",
        verbose_name=_("tiltak"),
    )
    tema = models.ForeignKey(
        Tema,
        on_delete=models.PROTECT,
        related_name="tiltakvalg",
        verbose_name=_("tema"),
    )

    class Meta:
        verbose_name = _("tema for tiltak")
        verbose_name_plural = _("temaer for tiltak")
        ordering = ["tiltak_id", "tema__navn__norsk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tiltak", "tema"],
                name="tiltaktema_en_gang",
                violation_error_message=_("Temaet er allerede ført opp."),
            ),
        ]

    def __str__(self):
        return str(self.tema)


class DelAvTemaQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """What belongs to a theme is public, as the theme."""
        return self


class TjenesteTemaQuerySet(DelAvTemaQuerySet):
    def om(self, temaer):
        """Those of these themes of one kommune; and, of tjenester of others, those of
        themes that are about the same. Which of the others count, the caller says.

        Args:
            temaer: [Tema].
        """
        emner = {tema.emne for tema in temaer} - {""}
        kommuner = {tema.kommune_id for tema in temaer}
        return self.filter(
            Q(tema__in=temaer)
            | Q(tema__emne__in=emner) & ~Q(tema__kommune__in=kommuner)
        )


class TjenesteTema(DelAvTjeneste):
    """That a tjeneste helps with a theme; whom one asks first stands first."""

    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.CASCADE,
        related_name="temavalg",
        verbose_name=_("tjeneste"),
    )
    tema = models.ForeignKey(
        Tema,
        on_delete=models.PROTECT,
        related_name="tjenestevalg",
        verbose_name=_("tema"),
    )
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["tema"])

    objects = TjenesteTemaQuerySet.as_manager()

    class Meta:
        verbose_name = _("tema for tjeneste")
        verbose_name_plural = _("temaer for tjenester")
        ordering = ["tema_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass("tema", navn="tjenestetema_egen_plass"),
            models.UniqueConstraint(
                fields=["tjeneste", "tema"],
                name="tjenestetema_en_gang",
                violation_error_message=_("Temaet er allerede ført opp."),
            ),
        ]

    def __str__(self):
        return str(self.tema)


def temavalg_her(kommune, tjenester):
    """Returns [(Tema of the kommune, TjenesteTema)] of tjenester that stand there: of
    those that others share, the theme of its own that is about the same. By what the
    themes are called; 1 query, and one more where others share some.
    """
    valg = TjenesteTema.objects.filter(tjeneste__in=[t.pk for t in tjenester])
    valg = list(valg.select_related("tema").order_by("rekkefolge", "pk"))
    like = {}
    if any(rad.tema.kommune_id != kommune.pk for rad in valg):
        egne = Tema.objects.filter(kommune=kommune).exclude(emne="").order_by("-pk")
        like = {tema.emne: tema for tema in egne}
    par = {}

    def plass(paret):
        tema, rad = paret
        return orden(tema.navn), tema.pk, rad.tema.kommune_id != kommune.pk

    for rad in valg:
        er_egen = rad.tema.kommune_id == kommune.pk
        if tema := rad.tema if er_egen else like.get(rad.tema.emne):
            par.setdefault((tema.pk, rad.tjeneste_id), (tema, rad))
    return sorted(par.values(), key=plass)


class TilAnsatte(Historisert):
    """What staff read beside whom to call: their duties, and the steps of the kommune. One
    holds for all themes, and a theme may have its own besides. Without the one for all,
    the software's own words stand there."""

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="til_ansatte",
        verbose_name=_("kommune"),
    )
    tema = models.ForeignKey(
        Tema,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="til_ansatte",
        verbose_name=_("tema"),
        help_text=_("Tomt når det gjelder alle temaer."),
    )
    tekst = Fritekst(_("tekst"), rik=True)
    gjennomgatt = KommetDag(
        _("gjennomgått"),
        help_text=_("Dagen dere sist leste gjennom teksten. Den står ved siden av."),
    )

    objects = DelAvTemaQuerySet.as_manager()

    class Meta:
        verbose_name = _("tekst til ansatte")
        verbose_name_plural = _("tekster til ansatte")
        ordering = ["kommune_id", F("tema").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tema"],
                name="tilansatte_en_per_tema",
                violation_error_message=_("Temaet har allerede en tekst til ansatte."),
            ),
            models.UniqueConstraint(
                fields=["kommune"],
                condition=Q(tema=None),
                name="tilansatte_en_for_alle",
                violation_error_message=_("Det er allerede en tekst for alle temaer."),
            ),
        ]

    def __str__(self):
        return str(self.tema or _("alle temaer"))
