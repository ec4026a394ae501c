"""What readers say is wrong with how a tjeneste is reached."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from slt.grunn.tekst import Fritekst
from slt.models import Bruker, Tilgang, har_rett

from .kontaktpunkter import Kontaktpunkt
from .tjenester import Tjeneste

# As long as one may still want to know what became of it.
BEHOLDES = timedelta(days=90)


class FeilmeldingQuerySet(models.QuerySet):
    def synlige_for(self, bruker):
        """Those of who coordinates the kommune that keeps the tjeneste."""
        rolle = Tilgang.Rolle.KOORDINATOR
        return self.filter(har_rett(bruker, "tjeneste__kommune", rolle))

    def apne(self):
        """Those that nobody has done anything about."""
        return self.filter(behandlet=None)

    def behandlede(self):
        return self.exclude(behandlet=None)

    def ikke_lenger_i_bruk(self, na):
        """Those that were done with so long ago that nobody asks any more."""
        return self.filter(behandlet__lte=na - BEHOLDES)

    def med_det_som_star(self):
        """Loads what stands there now, for who keeps it; 2 queries more."""
        punkter = Kontaktpunkt.objects.med_alt()
        return self.select_related("tjeneste__kommune").prefetch_related(
            Prefetch("tjeneste__kontaktpunkter", punkter)
        )


class Feilmelding(models.Model):
    """That somebody says that something is wrong with how a tjeneste is reached.

    Who it was is not known. It stands outside the history: it is no part of what the
    kommune says, and nothing of it is to be left once it is deleted.
    """

    class Emne(models.TextChoices):
        SVARER_IKKE = "svarer_ikke", _("ingen svarer")
        VERDI = "verdi", _("nummeret, adressen eller lenken er feil")
        TID = "tid", _("åpningstiden stemmer ikke")
        TEKST = "tekst", _("teksten er feil eller gammel")
        BORTE = "borte", _("tjenesten finnes ikke lenger")
        ANNET = "annet", _("noe annet")

    class Utfall(models.TextChoices):
        FERDIG = "ferdig", _("ferdig")
        LAGT_BORT = "lagt_bort", _("lagt bort")

    kommune_sti = "tjeneste__kommune"

    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.CASCADE,
        related_name="feilmeldinger",
        verbose_name=_("tjeneste"),
    )
    # None where it is about the tjeneste. What it is about may go, and come back with the id
    # that it had.
    kontaktpunkt = models.ForeignKey(
        Kontaktpunkt,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="feilmeldinger",
        verbose_name=_("kontaktpunkt"),
    )
    sto_der = Fritekst(
        _("det som sto der"),
        max_length=300,
        blank=True,
        help_text=_("Kontaktpunktet slik det var da meldingen kom."),
    )
    emne = models.CharField(_("hva er galt"), max_length=20, choices=Emne)
    tekst = Fritekst(_("fortell kort"), max_length=300, blank=True)
    mottatt = models.DateTimeField(_("mottatt"), default=timezone.now)
    # What is sent twice from one page is one.
    innsending = models.UUIDField(
        _("innsending"), unique=True, default=uuid4, editable=False
    )
    utfall = models.CharField(_("utfall"), max_length=10, choices=Utfall, blank=True)
    svar = Fritekst(_("hva som ble gjort"), max_length=200, blank=True)
    behandlet = models.DateTimeField(_("behandlet"), null=True, blank=True)
    behandlet_av = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="behandlede_feilmeldinger",
        verbose_name=_("behandlet av"),
    )

    objects = FeilmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("feilmelding")
        verbose_name_plural = _("feilmeldinger")
        ordering = ["mottatt", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(utfall="", behandlet=None, behandlet_av=None)
                | Q(
                    utfall__in=["ferdig", "lagt_bort"],
                    behandlet__isnull=False,
                    behandlet_av__isnull=False,
                ),
                name="feilmelding_noen_har_behandlet_den",
                violation_error_message=_(
                    "Det som er behandlet, har noen behandlet en gang."
                ),
            ),
            models.CheckConstraint(
                condition=Q(utfall="ferdig") & ~Q(svar="")
                | ~Q(utfall="ferdig") & Q(svar=""),
                name="feilmelding_ferdig_med_et_ord",
                violation_error_message=_("Skriv hva som ble gjort."),
            ),
        ]

    def __str__(self):
        return f"{self.tjeneste.kort}: {self.get_emne_display()}"

    @classmethod
    def om(cls, tjeneste, kontaktpunkt=None):
        """Returns a new one, not saved, about the tjeneste or one of its ways in."""
        lengst = cls._meta.get_field("sto_der").max_length
        sto_der = Truncator(kontaktpunkt.visning).chars(lengst) if kontaktpunkt else ""
        return cls(tjeneste=tjeneste, kontaktpunkt=kontaktpunkt, sto_der=sto_der)

    @property
    def star_der(self):
        """The contact points that it is about as they are now, as loaded: the one, or all
        of the tjeneste; none where that one was removed."""
        alle = self.tjeneste.kontaktpunkter.all()
        if self.kontaktpunkt_id is None:
            return list(alle)
        return [punkt for punkt in alle if punkt.pk == self.kontaktpunkt_id]

    @property
    def punktet(self):
        """The contact point that it is about, as loaded; None where it is about the
        tjeneste, or that one was removed."""
        return next(iter(self.star_der), None) if self.kontaktpunkt_id else None

    @property
    def er_endret_siden(self):
        """Whether the contact point says something else than when the message came."""
        return self.punktet is not None and self.punktet.visning != self.sto_der

    @property
    def slettes(self):
        """The moment from which it is deleted."""
        return self.behandlet and self.behandlet + BEHOLDES

    def behandle(self, *, utfall, svar="", bruker):
        self.utfall, self.svar = utfall, svar
        self.behandlet, self.behandlet_av = timezone.now(), bruker
        self.save()

    def apne_igjen(self):
        self.utfall, self.svar = "", ""
        self.behandlet = self.behandlet_av = None
        self.save()
