"""When somebody last said that a way in to a tjeneste holds, and how they know."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet, opprett_mange
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import KommetDag
from slt.models import Bruker

from .kontaktpunkter import Kontaktpunkt


class SomDetSto(Fritekst):
    """What stood in the kontaktpunkt when it was confirmed: it says itself."""

    def pre_save(self, model_instance, add):
        if add and not getattr(model_instance, self.attname):
            setattr(model_instance, self.attname, model_instance.kontaktpunkt.verdi)
        return super().pre_save(model_instance, add)


class BekreftelseQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """As what was confirmed."""
        return self.filter(kontaktpunkt__in=Kontaktpunkt.objects.synlige_for(bruker))


class Bekreftelse(Historisert):
    """That somebody who knows said, on a day, that a kontaktpunkt holds.

    A row of its own and no field of the kontaktpunkt: to confirm changes nothing of what
    was confirmed. It holds for the number that stood there: another one is not confirmed
    by it, and where the first comes back, it is again.
    """

    Hvordan = Kontaktpunkt.Hvordan

    kommune_sti = "kontaktpunkt__tjeneste__kommune"

    kontaktpunkt = models.ForeignKey(
        Kontaktpunkt,
        on_delete=models.CASCADE,
        related_name="bekreftelser",
        verbose_name=_("kontaktpunkt"),
    )
    verdi = SomDetSto(_("det som sto der"), max_length=300, blank=True, editable=False)
    dato = KommetDag(
        _("dato"),
        default=timezone.localdate,
        help_text=_("Dagen noen fikk vite at dette stemmer."),
    )
    hvordan = models.CharField(_("hvordan"), max_length=20, choices=Hvordan)
    av = models.ForeignKey(
        Bruker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="bekreftelser",
        verbose_name=_("ført av"),
    )

    objects = BekreftelseQuerySet.as_manager()

    class Meta:
        verbose_name = _("bekreftelse")
        verbose_name_plural = _("bekreftelser")
        ordering = ["kontaktpunkt_id", "-dato", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kontaktpunkt", "verdi", "dato", "hvordan"],
                name="bekreftelse_en_gang_om_dagen",
                violation_error_message=_(
                    "Kontaktpunktet er allerede bekreftet slik den dagen."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.dato:%d.%m.%Y} {self.get_hvordan_display()}"

    def clean(self):
        super().clean()
        if self.kontaktpunkt_id and not self.verdi:
            # It is asked whether the same is there before the field fills itself.
            self.verdi = self.kontaktpunkt.verdi

    def berorer(self):
        return self.kontaktpunkt.berorer()

    @classmethod
    def berort_av(cls, rader):
        punkter = {rad.kontaktpunkt_id: rad.kontaktpunkt for rad in rader}
        return Kontaktpunkt.berort_av(punkter.values())


def bekreft(punkter, *, hvordan, av=None, dag=None):
    """Confirms contact points as of a day, as they stand now: those that were not confirmed
    in the same way that day. In a transaction in which the kommune is locked, or two who
    press at once are told so by the database.

    Args:
        punkter: rows of Kontaktpunkt with tjeneste loaded.
        av: the user who writes it down; None where it came by a link.
        dag: today, if None.

    Returns:
        int: how many were confirmed by this.
    """
    dag = dag or timezone.localdate()
    like = Bekreftelse.objects.filter(
        kontaktpunkt__in=[p.pk for p in punkter], dato=dag, hvordan=hvordan
    )
    gjort = set(like.order_by().values_list("kontaktpunkt", "verdi"))
    nye = [
        Bekreftelse(kontaktpunkt=p, verdi=p.verdi, dato=dag, hvordan=hvordan, av=av)
        for p in punkter
        if (p.pk, p.verdi) not in gjort
    ]
    opprett_mange(nye)
    return len(nye)
