"""What has a name in a kommune, and the places in it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.norsk import Slugg
from slt.grunn.tekst import Fritekst

from .kommune import Kommune, vises_hos


class NavngittQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Names of places, themes and tjenester are public."""
        return self

    def get_by_natural_key(self, nummer, slug):
        return self.get(kommune__nummer=nummer, slug=slug)


class Navngitt(Historisert):
    """Base of what has a name, and an address made from it, inside a kommune; the
    subclass has the foreign key `kommune`."""

    navn = Fritekst(_("navn"), max_length=120)
    slug = Slugg(_("adresse"))

    objects = NavngittQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["kommune_id", "navn__norsk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommune", "navn"],
                name="%(class)s_navn_er_eget",
                violation_error_message=_("Navnet er allerede i bruk i kommunen."),
            ),
            models.UniqueConstraint(
                fields=["kommune", "slug"],
                name="%(class)s_slug_er_egen",
                violation_error_message=_("Adressen er allerede i bruk i kommunen."),
            ),
        ]

    def __str__(self):
        return self.navn

    def natural_key(self):
        return (self.kommune.nummer, self.slug)


class Lokalomrade(Navngitt):
    """A part of the kommune with its own area meeting."""

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="lokalomrader",
        verbose_name=_("kommune"),
    )

    class Meta(Navngitt.Meta):
        verbose_name = _("lokalområde")
        verbose_name_plural = _("lokalområder")


class Sted(Navngitt):
    """A school, a club, a station: where young people are met."""

    class Type(models.TextChoices):
        BARNESKOLE = "barneskole", _("barneskole")
        UNGDOMSSKOLE = "ungdomsskole", _("ungdomsskole")
        KOMBINERT_SKOLE = "kombinert_skole", _("barne- og ungdomsskole")
        VIDEREGAENDE = "videregaende", _("videregående skole")
        FRITIDSKLUBB = "fritidsklubb", _("fritidsklubb")
        HELSESTASJON = "helsestasjon", _("helsestasjon")
        KOLLEKTIVKNUTEPUNKT = "kollektivknutepunkt", _("stasjon eller terminal")
        KJOPESENTER = "kjopesenter", _("kjøpesenter")
        UTEOMRADE = "uteomrade", _("uteområde")
        FLERE = "flere", _("flere steder sammen")
        ANNET = "annet", _("annet")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="steder",
        verbose_name=_("kommune"),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    lokalomrade = models.ForeignKey(
        Lokalomrade,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="steder",
        verbose_name=_("lokalområde"),
        help_text=_("Delen av kommunen det ligger i."),
    )
    adresse = Fritekst(_("besøksadresse"), max_length=200, blank=True)

    class Meta(Navngitt.Meta):
        verbose_name = _("sted")
        verbose_name_plural = _("steder")

    def berorer(self):
        return self.berort_av([self])

    @classmethod
    def berort_av(cls, rader):
        """Also those where it stands with what is shared."""
        return vises_hos({rad.kommune_id for rad in rader})

    def clean(self):
        super().clean()
        flere = self.type == self.Type.FLERE
        if not flere and not self._state.adding and self.deler.exists():
            raise ValidationError(
                {"type": _("Stedet består av andre steder. Ta dem bort først.")}
            )


class StedsdelQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Where places are is public, as the places."""
        return self


class Stedsdel(Historisert):
    """That a sted is several others together: "Lillestrøm sentrum og Kjeller"."""

    kommune_sti = "helhet__kommune"

    helhet = models.ForeignKey(
        Sted,
        on_delete=models.CASCADE,
        related_name="deler",
        verbose_name=_("sted"),
    )
    sted = models.ForeignKey(
        Sted,
        on_delete=models.PROTECT,
        related_name="helheter",
        verbose_name=_("består av"),
    )

    objects = StedsdelQuerySet.as_manager()

    class Meta:
        verbose_name = _("del av stedet")
        verbose_name_plural = _("stedet består av")
        ordering = ["helhet_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["helhet", "sted"],
                name="stedsdel_star_en_gang",
                violation_error_message=_("Stedet er allerede ført opp."),
            ),
            models.CheckConstraint(
                condition=~Q(helhet=F("sted")),
                name="stedsdel_er_et_annet_sted",
                violation_error_message=_("Et sted er ikke en del av seg selv."),
            ),
        ]

    def __str__(self):
        return str(self.sted)

    def clean(self):
        super().clean()
        if self.sted_id and self.sted.type == Sted.Type.FLERE:
            raise ValidationError(
                {"sted": _("Velg de enkelte stedene, ikke flere steder sammen.")}
            )
        # A new one has no number yet, and stands here all the same.
        helhet = getattr(self, "helhet", None)
        if helhet and helhet.type != Sted.Type.FLERE:
            raise ValidationError(
                {"sted": _("Bare «flere steder sammen» består av andre steder.")}
            )
