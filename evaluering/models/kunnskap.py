"""The red thread: a source, what it found, what it recommends, and the tiltak that answer."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst
from slt.models import Lokalomrade, Sted, har_rett
from tiltak.models import Innsatsomrade, Tema, Tiltak

from .kilder import INNENFRA, Kilde


class DelAvKilde(Historisert):
    """Base of what a source says; numbered within it."""

    kommune_sti = "kilde__kommune"
    # The ids of what ties it to tiltak and goes with the same form.
    svar_som_fjernes = ()

    nummer = models.PositiveSmallIntegerField(_("nummer"))
    ikke_fulgt_opp = Fritekst(
        _("ikke fulgt opp, fordi"),
        max_length=500,
        blank=True,
        help_text=_("Fyll ut når kommunen har valgt å ikke svare med et tiltak."),
    )
    annen_oppfolging = Fritekst(
        _("fulgt opp på annen måte"),
        max_length=500,
        blank=True,
        help_text=_("For eksempel av et forum, når det ikke er et tiltak i planen."),
    )
    publisert = models.BooleanField(
        _("publisert"),
        default=False,
        help_text=_(
            "Ellers ser bare SLT-koordinatoren og politirådet det. Ikke publiser det "
            "som "
            "kan stigmatisere, eller gjøre noen i en liten gruppe gjenkjennelig."
        ),
    )

    class Meta:
        abstract = True

    @property
    def anker(self):
        """Its id on the page of knowledge."""
        return f"{self._meta.model_name}-{self.pk}"

    def natural_key(self):
        return (*self.kilde.natural_key(), self.nummer)

    def clean(self):
        super().clean()
        if self.pk and self.ikke_fulgt_opp and self._er_besvart():
            raise ValidationError(
                {"ikke_fulgt_opp": _("Den er fulgt opp: Ta bort tiltakene først.")}
            )

    def _er_besvart(self):
        return self.svar.exclude(pk__in=self.svar_som_fjernes).exists()


class DelAvKildeQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """What is published for all; the rest for coordinators and the politiråd."""
        return self.filter(
            Q(publisert=True) | har_rett(bruker, "kilde__kommune", *INNENFRA)
        )

    def i(self, kommune):
        return self.filter(kilde__kommune=kommune)

    def get_by_natural_key(self, nummer, kilde, lopenummer):
        return self.get(
            kilde__kommune__nummer=nummer, kilde__slug=kilde, nummer=lopenummer
        )


class FunnQuerySet(DelAvKildeQuerySet):
    def ubesvarte(self):
        """Those that no tiltak answers, neither itself nor by a recommendation, and of
        which nobody has said why."""
        svar = Funnsvar.objects.filter(funn=OuterRef("pk"))
        grunnlag = Grunnlag.objects.filter(funn=OuterRef("pk"))
        ved_anbefaling = grunnlag.filter(
            Exists(Anbefalingssvar.objects.filter(anbefaling=OuterRef("anbefaling")))
            | ~Q(anbefaling__ikke_fulgt_opp="")
            | ~Q(anbefaling__annen_oppfolging="")
        )
        return self.filter(
            ~Exists(svar),
            ~Exists(ved_anbefaling),
            krever_svar=True,
            ikke_fulgt_opp="",
            annen_oppfolging="",
        )

    def framhevede(self):
        """Those with which the page of knowledge opens, in their order."""
        return self.filter(framhevet__isnull=False).order_by("framhevet", "pk")


class Funn(DelAvKilde):
    """One thing that a source found."""

    class Tyngde(models.TextChoices):
        STOR = "stor", _("stor")
        MIDDELS = "middels", _("middels")
        LITEN = "liten", _("liten")

    kilde = models.ForeignKey(
        Kilde, on_delete=models.PROTECT, related_name="funn", verbose_name=_("kilde")
    )
    tekst = Fritekst(
        _("hva kilden fant"),
        max_length=500,
        help_text=_("Kort, med egne ord. Ingenting om enkeltpersoner."),
    )
    utdyping = Fritekst(
        _("mer om funnet"),
        rik=True,
        bilder=True,
        blank=True,
        help_text=_("Det som trengs for å forstå det, for eksempel en figur."),
    )
    tyngde = models.CharField(
        _("tyngde"),
        max_length=10,
        choices=Tyngde,
        default=Tyngde.MIDDELS,
        help_text=_("Hvor mye det har å si for planen."),
    )
    krever_svar = models.BooleanField(
        _("krever svar"),
        default=True,
        help_text=_("Fjern krysset når funnet er godt nytt, eller bare bakgrunn."),
    )
    framhevet = models.PositiveSmallIntegerField(
        _("blant de viktigste"),
        choices=[(nr, str(nr)) for nr in range(1, 6)],
        null=True,
        blank=True,
        help_text=_(
            "Kunnskapssiden åpner med opptil fem funn, i denne rekkefølgen. Er plassen "
            "tatt, bytter de to."
        ),
    )
    tema = models.ForeignKey(
        Tema,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="funn",
        verbose_name=_("tema"),
        help_text=_("Der det står på kunnskapssiden."),
    )
    gruppe = Fritekst(
        _("gruppe"),
        max_length=120,
        blank=True,
        help_text=_("Hvem det gjelder, for eksempel «ungdomsskoleelever»."),
    )
    sted = models.ForeignKey(
        Sted,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="funn",
        verbose_name=_("sted"),
        help_text=_("Når det gjelder ett sted."),
    )
    lokalomrade = models.ForeignKey(
        Lokalomrade,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="funn",
        verbose_name=_("lokalområde"),
        help_text=_("Når det gjelder én del av kommunen."),
    )
    indikator = models.ForeignKey(
        "evaluering.Indikator",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="funn",
        verbose_name=_("indikator"),
        help_text=_("Tallene som viser det."),
    )
    tiltak = models.ManyToManyField(
        Tiltak, through="Funnsvar", related_name="funn", verbose_name=_("tiltak")
    )

    objects = FunnQuerySet.as_manager()

    class Meta:
        verbose_name = _("funn")
        verbose_name_plural = _("funn")
        ordering = ["kilde_id", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["kilde", "nummer"],
                name="funn_har_eget_nummer",
                violation_error_message=_("Kilden har allerede et funn med nummeret."),
            ),
        ]

    def __str__(self):
        return self.tekst

    @property
    def hvor(self):
        """The place or the part of the kommune that it is about, if any."""
        return self.sted or self.lokalomrade


class AnbefalingQuerySet(DelAvKildeQuerySet):
    def ubesvarte(self):
        """Those that no tiltak follows up, and of which nobody has said why, or how else
        they are."""
        svar = Anbefalingssvar.objects.filter(anbefaling=OuterRef("pk"))
        return self.filter(~Exists(svar), ikke_fulgt_opp="", annen_oppfolging="")


class Anbefaling(DelAvKilde):
    """One thing that a survey recommends to do."""

    class Type(models.TextChoices):
        STYRKE = "styrke", _("styrke")
        OPPRETTE = "opprette", _("opprette")
        UTREDE = "utrede", _("utrede")
        VIDEREFORE = "viderefore", _("videreføre")

    kilde = models.ForeignKey(
        Kilde,
        on_delete=models.PROTECT,
        related_name="anbefalinger",
        verbose_name=_("kilde"),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    tekst = Fritekst(_("hva kilden anbefaler"), max_length=500)
    tema = Fritekst(_("tema"), max_length=120, blank=True)
    innsatsomrade = models.ForeignKey(
        Innsatsomrade,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="anbefalinger",
        verbose_name=_("innsatsområde"),
        help_text=_("Der den hører hjemme i planen."),
    )
    funn = models.ManyToManyField(
        Funn,
        through="Grunnlag",
        related_name="anbefalinger",
        verbose_name=_("bygger på"),
    )
    tiltak = models.ManyToManyField(
        Tiltak,
        through="Anbefalingssvar",
        related_name="anbefalinger",
        verbose_name=_("tiltak"),
    )

    objects = AnbefalingQuerySet.as_manager()

    class Meta:
        verbose_name = _("anbefaling")
        verbose_name_plural = _("anbefalinger")
        ordering = ["kilde_id", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["kilde", "nummer"],
                name="anbefaling_har_eget_nummer",
                violation_error_message=_(
                    "Kilden har allerede en anbefaling med nummeret."
                ),
            ),
        ]

    def __str__(self):
        return self.tekst


class KnytningQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Where both ends are."""
        ender = [f for f in self.model._meta.concrete_fields if f.is_relation]
        # Asked of each row: a list of all that is seen would be of all kommuner.
        return self.filter(
            *(
                Exists(
                    f.related_model.objects.synlige_for(bruker).filter(
                        pk=OuterRef(f.attname)
                    )
                )
                for f in ender
            )
        )


class Grunnlag(Historisert):
    """That a recommendation rests on a finding."""

    kommune_sti = "anbefaling__kilde__kommune"

    anbefaling = models.ForeignKey(
        Anbefaling,
        on_delete=models.CASCADE,
        related_name="grunnlag",
        verbose_name=_("anbefaling"),
    )
    funn = models.ForeignKey(
        Funn, on_delete=models.CASCADE, related_name="grunnlag", verbose_name=_("funn")
    )

    objects = KnytningQuerySet.as_manager()

    class Meta:
        verbose_name = _("grunnlag")
        verbose_name_plural = _("grunnlag")
        ordering = ["anbefaling_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["anbefaling", "funn"],
                name="grunnlag_star_en_gang",
                violation_error_message=_("Funnet er allerede knyttet til den."),
            ),
        ]

    def __str__(self):
        return str(self.funn)


class Svar(Historisert):
    """Base of what ties a tiltak to what it answers, by the foreign key `BESVARER`."""

    BESVARER: str

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="%(class)s",
        verbose_name=_("tiltak"),
    )

    objects = KnytningQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.tiltak)

    def clean(self):
        super().clean()
        besvart = getattr(self, self.BESVARER, None)
        if besvart and besvart.ikke_fulgt_opp:
            raise ValidationError(
                {"tiltak": _("Ta først bort grunnen til at den ikke er fulgt opp.")}
            )


class Funnsvar(Svar):
    """That a tiltak answers a finding."""

    BESVARER = "funn"
    kommune_sti = "funn__kilde__kommune"

    funn = models.ForeignKey(
        Funn, on_delete=models.CASCADE, related_name="svar", verbose_name=_("funn")
    )

    class Meta:
        verbose_name = _("tiltak som svarer på funnet")
        verbose_name_plural = _("tiltak som svarer på funnet")
        ordering = ["funn_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["funn", "tiltak"],
                name="funnsvar_star_en_gang",
                violation_error_message=_("Tiltaket er allerede knyttet til funnet."),
            ),
        ]


class Anbefalingssvar(Svar):
    """That a tiltak does what was recommended."""

    BESVARER = "anbefaling"
    kommune_sti = "anbefaling__kilde__kommune"

    anbefaling = models.ForeignKey(
        Anbefaling,
        on_delete=models.CASCADE,
        related_name="svar",
        verbose_name=_("anbefaling"),
    )

    class Meta:
        verbose_name = _("tiltak som følger opp")
        verbose_name_plural = _("tiltak som følger opp")
        ordering = ["anbefaling_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["anbefaling", "tiltak"],
                name="anbefalingssvar_star_en_gang",
                violation_error_message=_(
                    "Tiltaket er allerede knyttet til anbefalingen."
                ),
            ),
        ]
