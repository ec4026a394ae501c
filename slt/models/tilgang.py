"""What gives access to a kommune, from a day and perhaps to another."""

import secrets
from datetime import date, timedelta
from hashlib import sha256

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag

from .brukere import Bruker
from .kommune import Kommune
from .retter import DELTAR, LESER, Rolle, har_rett


class TidsromQuerySet(HistorisertQuerySet):
    def gyldige(self):
        """What holds today; the last day counts."""
        i_dag = timezone.localdate()
        return self.filter(fra__lte=i_dag).ikke_over()

    def ikke_over(self):
        """What holds today or will."""
        return self.filter(Q(til=None) | Q(til__gte=timezone.localdate()))

    def synlige_for(self, bruker):
        """Who may what is for those who give and take access."""
        sti = self.model.kommune_sti
        return self.filter(har_rett(bruker, sti, Rolle.KOORDINATOR))


class Tidsrom(Historisert):
    """Base of a right that holds from a day and perhaps to another. Once it is taken, it
    is given anew or not at all."""

    kan_hentes_tilbake = False

    fra = Dag(_("fra og med"), default=timezone.localdate)
    til = Dag(
        _("til og med"),
        null=True,
        blank=True,
        help_text=_("Tomt betyr at det gjelder til det avsluttes."),
    )

    objects = TidsromQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(til=None) | Q(til__gte=F("fra")),
                name="%(class)s_slutter_etter_start",
                violation_error_message=_(
                    "Den siste dagen kan ikke være før den første."
                ),
            ),
        ]

    @property
    def gjelder(self):
        """Whether it holds today."""
        return self.fra <= timezone.localdate() <= (self.til or date.max)

    def avslutt(self):
        """Makes yesterday its last day; a right that never held is deleted."""
        i_gar = timezone.localdate() - timedelta(days=1)
        if self.fra > i_gar:
            self.delete()
        else:
            self.til = i_gar
            self.save()


class Tilgang(Tidsrom):
    """What a user is in a kommune, from a day and perhaps to another."""

    Rolle = Rolle

    bruker = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        related_name="tilganger",
        verbose_name=_("bruker"),
    )
    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="tilganger",
        verbose_name=_("kommune"),
    )
    rolle = models.CharField(
        _("rolle"),
        max_length=20,
        choices=Rolle,
        help_text=_(
            "SLT-koordinatoren skriver planen. Politirådet leser utkast og det som "
            "ikke er publisert. Ansatte ser også kontakter som ikke er for alle."
        ),
    )

    class Meta:
        verbose_name = _("tilgang")
        verbose_name_plural = _("tilganger")
        ordering = ["kommune_id", "rolle", "bruker_id"]
        constraints = [
            *Tidsrom.Meta.constraints,
            models.UniqueConstraint(
                fields=["bruker", "kommune", "rolle"],
                condition=Q(til=None),
                name="tilgang_en_lopende_per_rolle",
                violation_error_message=_("Brukeren har allerede denne tilgangen."),
            ),
        ]

    def __str__(self):
        # By address: not every kommune may know what people are called.
        return f"{self.bruker.epost}: {self.get_rolle_display()}, {self.kommune}"


# The rights of who has something to do in a kommune, or reads what its services see: they
# have a page of their own there.
ARBEIDER = (*Rolle, LESER, DELTAR)


class NokkellenkeQuerySet(TidsromQuerySet):
    def med_opphav(self):
        """Adds when each was made, as `laget`, and by whom, as `laget_av`: how else would
        people know one from the other?"""
        opphav = self.model.historikk.filter(id=OuterRef("pk"), history_type="+")
        return self.annotate(
            laget=Subquery(opphav.values("history_date")[:1]),
            laget_av=Subquery(opphav.values("history_aktor")[:1]),
        )


class Nokkellenke(Tidsrom):
    """Base of a link that opens something for whoever has it, until it is revoked."""

    historikk_utelater = ("avtrykk",)

    # The link itself is shown once, to whoever made it.
    avtrykk = models.CharField(max_length=64, unique=True, editable=False)

    objects = NokkellenkeQuerySet.as_manager()

    class Meta(Tidsrom.Meta):
        abstract = True

    @staticmethod
    def avtrykk_av(nokkel):
        return sha256(nokkel.encode()).hexdigest()

    def gi_nokkel(self):
        """Makes the key of a new link, and returns it: it is not stored."""
        nokkel = secrets.token_urlsafe(32)
        self.avtrykk = self.avtrykk_av(nokkel)
        return nokkel


class Tilgangslenke(Nokkellenke):
    """A link by which a partner without an account reads what the services see."""

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="tilgangslenker",
        verbose_name=_("kommune"),
    )
    mottaker = Fritekst(
        _("hvem lenken er til"),
        max_length=100,
        help_text=_(
            "For eksempel «Politiets forebyggende avdeling». Ikke navn på personer."
        ),
    )

    class Meta:
        verbose_name = _("tilgangslenke")
        verbose_name_plural = _("tilgangslenker")
        ordering = ["kommune_id", "mottaker__norsk", "pk"]
        constraints = [*Tidsrom.Meta.constraints]

    def __str__(self):
        return self.mottaker


class Forsok(models.Model):
    """How often something was tried lately; see slt.felles.bremse."""

    nokkel = models.CharField(max_length=64, unique=True)
    antall = models.PositiveIntegerField(default=0)
    utloper = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("forsøk")
        verbose_name_plural = _("forsøk")

    def __str__(self):
        return f"{self.nokkel[:8]}: {self.antall}"
