"""The standing bodies of the SLT work, and where they send matters."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import (
    Kommune,
    Lokalomrade,
    Navngitt,
    NavngittQuerySet,
    Tilgang,
    har_rett,
)

# The right to see the inside of a forum; see Forumsmedlem.
SETE = "sete"

# Meetings about single children are tiltak, and nobody keeps them here.
OM_ENKELTSAKER = re.compile(
    r"\b(LFM|TFM|SO-team(et)?|ressursgrupp(e|a|en)|"
    r"(lokalt|sentralt) tverrfaglig møte)\b",
    re.IGNORECASE,
)


def sees_innenfra(bruker, sti=""):
    """Returns a Q: that the user sees the inside of a forum, as a member today, or as
    coordinator of a kommune that takes part.

    Args:
        sti: the look-up from a row to its forum, with its underscores: "forum__". It is
            asked of the row's own forum, not of all that there are.
    """
    rolle = Tilgang.Rolle.KOORDINATOR
    delte = Forumskommune.objects.godtatte().filter(har_rett(bruker, "kommune", rolle))
    return (
        har_rett(bruker, f"{sti}kommune", rolle)
        | Q(**{f"{sti}pk__in": delte.values("forum")})
        | har_rett(bruker, f"{sti}pk", SETE)
    )


def sees(bruker, sti=""):
    """Returns a Q: that the user sees a forum, public ones as everybody does."""
    return Q(**{f"{sti}offentlig": True}) | sees_innenfra(bruker, sti)


def virksomt(sti=""):
    """Returns a Q: that a forum is not laid down yet."""
    i_dag = timezone.localdate()
    return Q(**{f"{sti}nedlagt": None}) | Q(**{f"{sti}nedlagt__gte": i_dag})


class ForumQuerySet(NavngittQuerySet):
    def innenfra(self, bruker):
        """Those whose inside the user sees."""
        return self.filter(sees_innenfra(bruker))

    def synlige_for(self, bruker):
        """Public ones for all, the rest for those who see their inside."""
        return self.filter(sees(bruker))

    def holdes_av(self, bruker):
        """Those the user keeps: of the kommuner they coordinate, not shared ones."""
        return self.filter(har_rett(bruker, "kommune", Tilgang.Rolle.KOORDINATOR))

    def i(self, kommune):
        """Its own, and those of neighbours that it takes part in."""
        delte = Forumskommune.objects.godtatte().filter(kommune=kommune).order_by()
        egne = Forum.objects.filter(kommune=kommune).order_by()
        # With "or", PostgreSQL goes through the fora of all kommuner.
        return self.filter(pk__in=egne.values("pk").union(delte.values("forum")))

    def virksomme(self):
        """Those that are not laid down yet; the last day counts."""
        return self.filter(virksomt())

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
    # Series end and meetings are cancelled by it.
    angres_ikke = ("nedlagt",)

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="fora",
        verbose_name=_("kommune"),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    niva = models.CharField(
        _("nivå"),
        max_length=20,
        choices=Niva,
        help_text=_(
            "Nivåene i SLT-modellen: det styrende bestemmer retningen, det "
            "koordinerende samordner, og det utførende gjør arbeidet. Nettverk står "
            "utenfor."
        ),
    )
    overordnet = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="underordnede",
        verbose_name=_("overordnet forum"),
        help_text=_("Forumet som dette arbeider for, og melder fra til."),
    )
    lokalomrade = models.ForeignKey(
        Lokalomrade,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fora",
        verbose_name=_("lokalområde"),
        help_text=_("Tomt når forumet gjelder hele kommunen."),
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
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["kommune"])
    nedlagt = Dag(
        _("nedlagt"),
        null=True,
        blank=True,
        help_text=_(
            "Møteseriene avsluttes, og møtene etter denne dagen avlyses. De kommer "
            "ikke "
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
            egen_plass("kommune", navn="forum_egen_plass"),
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
        over, passert = self.overordnet, {self.pk}
        while over is not None and over.pk not in passert:
            passert.add(over.pk)
            over = over.overordnet
        return over is not None

    def finnes_den(self, dag):
        """Whether it is not laid down by then; the last day counts."""
        return self.nedlagt is None or dag <= self.nedlagt

    @property
    def nivanavn(self):
        """What its kommune calls the level, as it is in a sentence."""
        if self.niva == self.Niva.NETTVERK:
            return self.get_niva_display()
        return self.kommune.nivanavn(self.niva)

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
        return self.filter(sees(bruker, "forum__"))


class ForumskommuneQuerySet(DelAvForumQuerySet):
    def synlige_for(self, bruker):
        """Those that hold, as far as their forum is seen; the rest for the two who have
        something to do with it."""
        rolle = Tilgang.Rolle.KOORDINATOR
        mine = har_rett(bruker, "kommune", rolle) | har_rett(
            bruker, "forum__kommune", rolle
        )
        synlige = sees(bruker, "forum__") & ~Q(godtatt=None)
        return self.filter(synlige | mine)

    def godtatte(self):
        """Those that hold."""
        return self.exclude(godtatt=None)


class Forumskommune(DelAvForum):
    """That a neighbour takes part in a forum of another kommune: once it has accepted
    that the forum stands on its pages."""

    over_grensen = ("kommune",)
    # The neighbour is asked anew.
    hentes_ikke_tilbake = ("godtatt",)

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
        # A row that nobody filled in has none yet.
        return self.kommune_id is not None and self.kommune.gir(
            bruker, Tilgang.Rolle.KOORDINATOR
        )


def naboer(kommuner):
    """Returns the ids of all who share a forum with one of these kommuner."""
    return _i_samme_forum(Forumskommune.objects.godtatte(), kommuner)


def deler_forum_med(kommuner):
    """Returns the same, and those who have not said yes yet: they may do so meanwhile."""
    return _i_samme_forum(Forumskommune.objects.all(), kommuner)


def _i_samme_forum(rader, kommuner):
    felles = rader.filter(Q(kommune__in=kommuner) | Q(forum__kommune__in=kommuner))
    delte = rader.filter(forum__in=felles.order_by().values("forum")).order_by()
    par = delte.values_list("kommune", "forum__kommune")
    return {pk for kommunene in par for pk in kommunene}


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
        help_text=_("Forumet som tar imot saker herfra."),
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
