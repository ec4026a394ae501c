"""The standing bodies of the SLT work, who sits in them, and where they send matters."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import (
    Bruker,
    Kommune,
    Lokalomrade,
    Navngitt,
    NavngittQuerySet,
    Tidsrom,
    TidsromQuerySet,
    Tilgang,
)
from tiltak.models import Tjeneste

# What talks about single children is a tiltak, whose meetings nobody keeps here.
OM_ENKELTSAKER = re.compile(
    r"\b(LFM|TFM|SO-team(et)?|ressursgrupp(e|a|en)|"
    r"(lokalt|sentralt) tverrfaglig møte)\b",
    re.IGNORECASE,
)


class ForumQuerySet(NavngittQuerySet):
    def innenfra(self, bruker):
        """Those whose inside the user sees: as a member today, or as coordinator of a
        kommune that takes part."""
        koordinerer = Kommune.objects.der(bruker, Tilgang.Rolle.KOORDINATOR).values(
            "pk"
        )
        mine = Q(kommune__in=koordinerer) | Q(
            pk__in=Forumskommune.objects.godtatte()
            .filter(kommune__in=koordinerer)
            .values("forum")
        )
        if bruker.is_authenticated:
            mine |= Q(pk__in=bruker.forumsmedlemskap.gyldige().values("forum"))
        return self.filter(mine)

    def synlige_for(self, bruker):
        """Public ones for all, the rest for those who see their inside."""
        innenfra = Forum.objects.innenfra(bruker)
        return self.filter(Q(offentlig=True) | Q(pk__in=innenfra.values("pk")))

    def holdes_av(self, bruker):
        """Those the user keeps: of the kommuner they coordinate, not shared ones."""
        return self.filter(
            kommune__in=Kommune.objects.der(bruker, Tilgang.Rolle.KOORDINATOR)
        )

    def i(self, kommune):
        """Its own, and those of neighbours that it takes part in."""
        delte = Forumskommune.objects.godtatte().filter(kommune=kommune)
        return self.filter(Q(kommune=kommune) | Q(pk__in=delte.values("forum")))

    def virksomme(self):
        """Those that are not laid down yet; the last day counts."""
        return self.filter(Q(nedlagt=None) | Q(nedlagt__gte=timezone.localdate()))

    def med_neste_mote(self, bruker):
        """Adds `neste_mote`: when each meets next, today counted, as far as the user
        sees it; None where that is not known."""
        moter = self.model.moter.rel.related_model.objects.synlige_for(bruker)
        neste = moter.filter(forum=OuterRef("pk")).holdes().fra_i_dag()
        return self.annotate(
            neste_mote=Subquery(neste.order_by("start").values("start")[:1])
        )


class Omdopt(models.DateTimeField):
    """When the row got another name, whatever the door; None while it has its first."""

    def pre_save(self, model_instance, add):
        verdi = getattr(model_instance, self.attname)
        if not add:
            rader = type(model_instance)._base_manager.filter(pk=model_instance.pk)
            navn, verdi = rader.values_list("navn", self.attname).first() or (None,) * 2
            if navn not in {None, model_instance.navn}:
                verdi = timezone.now()
        setattr(model_instance, self.attname, verdi)
        return verdi


class Forum(Navngitt):
    """A standing body that meets about the SLT work; never about a single case."""

    class Type(models.TextChoices):
        POLITIRAD = "politirad", _("politiråd")
        BTI_MOTE = "bti_mote", _("BTI-møte")
        OMRADEMOTE = "omrademote", _("områdemøte")
        ARBEIDSGRUPPE = "arbeidsgruppe", _("arbeidsgruppe")
        KOORDINERINGSMOTE = "koordineringsmote", _("koordineringsmøte")
        NETTVERK = "nettverk", _("nettverk")

    class Niva(models.TextChoices):
        STYRENDE = "styrende", _("styrende")
        KOORDINERENDE = "koordinerende", _("koordinerende")
        UTFORENDE = "utforende", _("utførende")
        NETTVERK = "nettverk", _("nettverk")

    historikk_utelater = ("omdopt",)

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="fora",
        verbose_name=_("kommune"),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    niva = models.CharField(_("nivå"), max_length=20, choices=Niva)
    overordnet = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="underordnede",
        verbose_name=_("overordnet forum"),
    )
    lokalomrade = models.ForeignKey(
        Lokalomrade,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fora",
        verbose_name=_("lokalområde"),
    )
    formal = Fritekst(_("formål"), rik=True, blank=True)
    rytme = Fritekst(
        _("hvor ofte"),
        max_length=120,
        blank=True,
        help_text=_("I ord, for eksempel «hver 6. uke»."),
    )
    lett = models.BooleanField(
        _("bare i kalenderen"),
        default=False,
        help_text=_(
            "Uten saksliste og referat, for eksempel nettverk og faste samtaler."
        ),
    )
    offentlig = models.BooleanField(
        _("står på nettsiden"),
        default=True,
        help_text=_(
            "Formål, funksjoner og datoer. Sted, møtelenke og navn ser bare medlemmene "
            "og SLT-koordinatoren."
        ),
    )
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    nedlagt = Dag(
        _("nedlagt"),
        null=True,
        blank=True,
        help_text=_(
            "Møteseriene avsluttes, og møtene etter denne dagen avlyses. De kommer ikke "
            "tilbake om datoen fjernes."
        ),
    )
    kan_sende_til = models.ManyToManyField(
        "self",
        through="Sendevei",
        symmetrical=False,
        related_name="kan_motta_fra",
        verbose_name=_("kan sende saker til"),
    )

    # Calendars are told then that its meetings changed.
    omdopt = Omdopt(null=True, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta(Navngitt.Meta):
        verbose_name = _("forum")
        verbose_name_plural = _("fora")
        ordering = ["kommune_id", "rekkefolge", "navn__norsk"]
        constraints = [
            *Navngitt.Meta.constraints,
            models.CheckConstraint(
                condition=Q(overordnet=None) | ~Q(overordnet=F("pk")),
                name="forum_er_ikke_sitt_eget_overordnede",
                violation_error_message=_("Et forum kan ikke være over seg selv."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("moter:forum_detail", args=[self.kommune.slug, self.slug])

    def clean(self):
        super().clean()
        feil = {}
        if OM_ENKELTSAKER.search(self.navn):
            feil["navn"] = _(
                "Møter om enkeltsaker er tiltak, ikke fora: her skal det ikke "
                "ligge saker om enkeltpersoner."
            )
        if self._er_over_seg_selv():
            feil["overordnet"] = _("Foraene kan ikke være over hverandre i ring.")
        if feil:
            raise ValidationError(feil)

    def _er_over_seg_selv(self):
        over, sett = self.overordnet, {self.pk}
        while over is not None and over.pk not in sett:
            sett.add(over.pk)
            over = over.overordnet
        return over is not None

    @property
    def er_nedlagt(self):
        return self.nedlagt is not None and self.nedlagt < timezone.localdate()

    def berorer(self):
        return self.berort_av([self])

    @classmethod
    def berort_av(cls, rader):
        pker = [forum.pk for forum in rader]
        delte = Forumskommune.objects.godtatte().filter(forum__in=pker)
        egne = {forum.kommune_id for forum in rader}
        return egne.union(delte.values_list("kommune", flat=True))


class DelAvForum(Historisert):
    """Base of what hangs on a forum, by the foreign key `forum`."""

    kommune_sti = "forum__kommune"

    class Meta:
        abstract = True

    def berorer(self):
        return self.berort_av([self])

    @classmethod
    def berort_av(cls, rader):
        return Forum.berort_av({rad.forum_id: rad.forum for rad in rader}.values())


class DelAvForumQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(forum__in=Forum.objects.synlige_for(bruker))


class ForumskommuneQuerySet(DelAvForumQuerySet):
    def synlige_for(self, bruker):
        """Those that hold, as far as their forum is seen; the rest for the two who have
        something to do with it."""
        koordinerer = Kommune.objects.der(bruker, Tilgang.Rolle.KOORDINATOR)
        mine = Q(kommune__in=koordinerer) | Q(forum__kommune__in=koordinerer)
        sees = Q(forum__in=Forum.objects.synlige_for(bruker)) & ~Q(godtatt=None)
        return self.filter(sees | mine)

    def godtatte(self):
        """Those that hold."""
        return self.exclude(godtatt=None)


class Forumskommune(DelAvForum):
    """That a neighbour takes part in a forum of another kommune: once it has accepted
    that the forum stands on its pages."""

    over_grensen = ("kommune",)

    forum = models.ForeignKey(
        Forum,
        on_delete=models.CASCADE,
        related_name="deltakere",
        verbose_name=_("forum"),
    )
    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="delte_fora",
        verbose_name=_("kommune"),
        help_text=_(
            "Kommunen er med når SLT-koordinatoren der har godtatt det, på siden "
            "Møteplan."
        ),
    )
    godtatt = Dag(_("godtatt"), null=True, blank=True, editable=False)

    objects = ForumskommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("deltakende kommune")
        verbose_name_plural = _("deltakende kommuner")
        ordering = ["forum_id", "kommune_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "kommune"],
                name="forumskommune_star_en_gang",
                violation_error_message=_("Kommunen deltar allerede."),
            ),
        ]

    def __str__(self):
        return str(self.kommune)

    def clean(self):
        super().clean()
        if self.forum_id and self.forum.kommune_id == self.kommune_id:
            raise ValidationError({"kommune": _("Kommunen eier forumet.")})

    @classmethod
    def berort_av(cls, rader):
        return super().berort_av(rader) | {rad.kommune_id for rad in rader}

    def kan_godtas_av(self, bruker):
        """Whether the user speaks for the kommune that is to take part."""
        return bruker.koordinerer.filter(pk=self.kommune_id).exists()


class Sendevei(DelAvForum):
    """That a forum may send matters to another one."""

    forum = models.ForeignKey(
        Forum,
        on_delete=models.CASCADE,
        related_name="sendeveier",
        verbose_name=_("forum"),
    )
    til = models.ForeignKey(
        Forum,
        on_delete=models.CASCADE,
        related_name="mottaksveier",
        verbose_name=_("kan sende til"),
    )

    objects = DelAvForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("vei for saker")
        verbose_name_plural = _("veier for saker")
        ordering = ["forum_id", "til_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "til"],
                name="sendevei_star_en_gang",
                violation_error_message=_("Forumet kan allerede sende dit."),
            ),
            models.CheckConstraint(
                condition=~Q(forum=F("til")),
                name="sendevei_gar_til_et_annet_forum",
                violation_error_message=_("Et forum kan ikke sende til seg selv."),
            ),
        ]

    def __str__(self):
        return str(self.til)


class ForumsmedlemQuerySet(TidsromQuerySet):
    def synlige_for(self, bruker):
        """The functions in the fora that the user sees; `innenfra` says whether they
        see who it is, too."""
        innenfra = Forum.objects.innenfra(bruker).filter(pk=OuterRef("forum"))
        return self.filter(forum__in=Forum.objects.synlige_for(bruker)).annotate(
            innenfra=models.Exists(innenfra)
        )

    def etter_verv(self):
        """Who chairs a forum first, then who keeps its minutes."""
        verv = self.model.Verv
        plass = models.Case(
            *(models.When(verv=v, then=nr) for nr, v in enumerate(verv)),
            output_field=models.IntegerField(),
        )
        return self.order_by("forum_id", plass, "rekkefolge", "pk")


class Forumsmedlem(DelAvForum, Tidsrom):
    """A seat in a forum: a function, perhaps of a tjeneste, and perhaps who has it."""

    class Verv(models.TextChoices):
        LEDER = "leder", _("leder")
        SEKRETAER = "sekretaer", _("sekretær")
        MEDLEM = "medlem", _("medlem")

    forum = models.ForeignKey(
        Forum,
        on_delete=models.CASCADE,
        related_name="medlemmer",
        verbose_name=_("forum"),
    )
    verv = models.CharField(_("verv"), max_length=20, choices=Verv, default=Verv.MEDLEM)
    funksjon = Fritekst(
        _("funksjon"),
        max_length=120,
        blank=True,
        help_text=_("For eksempel «rektorene i området». Ikke navn på personer."),
    )
    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forumsmedlemmer",
        verbose_name=_("tjeneste"),
    )
    vara_for = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="varaer",
        verbose_name=_("vara for"),
    )
    person = Fritekst(
        _("hvem det er"),
        max_length=100,
        blank=True,
        help_text=_("Valgfritt. Ses bare av medlemmene og SLT-koordinatoren."),
    )
    bruker = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forumsmedlemskap",
        verbose_name=_("bruker"),
        help_text=_("Den som logger inn ser forumets møter."),
    )
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    objects = ForumsmedlemQuerySet.as_manager()

    class Meta:
        verbose_name = _("medlem")
        verbose_name_plural = _("medlemmer")
        ordering = ["forum_id", "rekkefolge", "pk"]
        constraints = [
            *Tidsrom.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(funksjon="") | ~Q(tjeneste=None),
                name="forumsmedlem_har_funksjon_eller_tjeneste",
                violation_error_message=_("Oppgi funksjon eller tjeneste."),
            ),
            models.CheckConstraint(
                condition=Q(vara_for=None) | ~Q(vara_for=F("pk")),
                name="forumsmedlem_er_ikke_sin_egen_vara",
                violation_error_message=_("Ingen kan være vara for seg selv."),
            ),
        ]

    def __str__(self):
        tjeneste = self.tjeneste.kort if self.tjeneste else ""
        return ", ".join(filter(None, [self.funksjon, tjeneste]))

    def clean(self):
        super().clean()
        if self.vara_for and self.vara_for.forum_id != self.forum_id:
            raise ValidationError({"vara_for": _("Velg et medlem av samme forum.")})

    def fratre(self):
        """Whoever sits here no longer does; the function stays in the forum."""
        self.bruker, self.person = None, ""
        self.save()
