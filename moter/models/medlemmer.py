"""Who sits in the standing bodies."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst
from slt.models import Bruker, Tidsrom, TidsromQuerySet
from tiltak.models import Tjeneste

from .fora import DelAvForum, Forum, sees


class ForumsmedlemQuerySet(TidsromQuerySet):
    def synlige_for(self, bruker):
        """The functions in the fora that the user sees; `innenfra` says whether they
        see who it is, too."""
        innenfra = Forum.objects.innenfra(bruker).filter(pk=OuterRef("forum"))
        return self.filter(sees(bruker, "forum__")).annotate(
            innenfra=models.Exists(innenfra)
        )

    def etter_verv(self):
        """Who chairs a forum first, then who keeps its minutes."""
        verv = self.model.Verv
        rang = models.Case(
            *(models.When(verv=v, then=nr) for nr, v in enumerate(verv)),
            output_field=models.IntegerField(),
        )
        return self.order_by("forum_id", rang, "rekkefolge", "pk")


class Forumsmedlem(DelAvForum, Tidsrom):
    """A seat in a forum: a function, perhaps of a tjeneste, and perhaps who has it."""

    # The function comes back, empty: who sits there is asked anew.
    kan_hentes_tilbake = True
    hentes_ikke_tilbake = ("person", "bruker")
    angres_ikke = ("fra", "til")

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
        help_text=_("Tomt for den som er fast medlem."),
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
        db_index=False,  # see Meta.indexes
        verbose_name=_("bruker"),
        help_text=_("Den som logger inn ser forumets møter."),
    )
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["forum"])

    objects = ForumsmedlemQuerySet.as_manager()

    class Meta:
        verbose_name = _("medlem")
        verbose_name_plural = _("medlemmer")
        ordering = ["forum_id", "rekkefolge", "pk"]
        indexes = [
            # Most have no user. With those in it, SQLite takes the index to be of no use,
            # and looks through the members of all kommuner for each page.
            models.Index(
                fields=["bruker"],
                condition=Q(bruker__isnull=False),
                name="forumsmedlem_med_bruker",
            ),
        ]
        constraints = [
            egen_plass("forum", navn="forumsmedlem_egen_plass"),
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
        if self.vara_for and self.vara_for.vara_for_id:
            raise ValidationError(
                {"vara_for": _("Velg et fast medlem: en vara har ikke selv vara.")}
            )
        if self.vara_for and self.pk and self.varaer.exists():
            raise ValidationError(
                {"vara_for": _("Medlemmet har selv vara, og kan ikke være vara.")}
            )

    def fratre(self):
        """Whoever sits here no longer does; the function stays in the forum."""
        self.bruker, self.person = None, ""
        self.save()
