"""When the ways in to a tjeneste are open."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tid import Klokkeslett, Ukedag

from .kontaktpunkter import Kontaktpunkt

DOGN = 24 * 60


class ApningstidQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(kontaktpunkt__in=Kontaktpunkt.objects.synlige_for(bruker))


class Apningstid(Historisert):
    """When a kontaktpunkt answers. None at all means not given, never closed."""

    class Uker(models.TextChoices):
        ALLE = "alle", _("alle uker")
        PARTALL = "partall", _("uker med partall")
        ODDETALL = "oddetall", _("uker med oddetall")

    class Gjelder(models.TextChoices):
        ALLTID = "alltid", _("hele året")
        SKOLEUKER = "skoleuker", _("i skoleuker")
        SKOLEFERIE = "skoleferie", _("i skoleferier")

    class Hva(models.TextChoices):
        """What one can count on then. A team that is out cannot always be called."""

        SVARER = "svarer", _("svarer eller er åpent")
        UTE = "ute", _("er ute der de unge er")

    class Helligdager(models.TextChoices):
        APENT = "apent", _("åpent som ellers")
        STENGT = "stengt", _("stengt")

    kommune_sti = "kontaktpunkt__tjeneste__kommune"

    kontaktpunkt = models.ForeignKey(
        Kontaktpunkt,
        on_delete=models.CASCADE,
        related_name="apningstider",
        verbose_name=_("kontaktpunkt"),
    )
    fra_dag = models.PositiveSmallIntegerField(_("fra dag"), choices=Ukedag)
    til_dag = models.PositiveSmallIntegerField(_("til og med dag"), choices=Ukedag)
    apner = Klokkeslett(_("åpner"))
    stenger = Klokkeslett(
        _("stenger"),
        help_text=_("Før eller lik åpningstiden betyr neste dag: 20.00–02.00."),
    )
    uker = models.CharField(
        _("uker"),
        max_length=10,
        choices=Uker,
        default=Uker.ALLE,
        help_text=_("Velg annet enn alle når det bare er åpent annenhver uke."),
    )
    gjelder = models.CharField(
        _("gjelder"), max_length=10, choices=Gjelder, default=Gjelder.ALLTID
    )
    hva = models.CharField(_("hva"), max_length=10, choices=Hva, default=Hva.SVARER)
    helligdager = models.CharField(
        _("på helligdager"),
        max_length=10,
        choices=Helligdager,
        blank=True,
        help_text=_("Tomt når det ikke er oppgitt. Da sier siden det på helligdager."),
    )

    objects = ApningstidQuerySet.as_manager()

    class Meta:
        verbose_name = _("åpningstid")
        verbose_name_plural = _("åpningstider")
        ordering = ["kontaktpunkt_id", "fra_dag", "apner"]
        constraints = [
            models.CheckConstraint(
                condition=Q(til_dag__gte=F("fra_dag")),
                name="apningstid_dager_i_rekkefolge",
                violation_error_message=_(
                    "Siste dag kan ikke komme før første dag i uken."
                ),
            ),
        ]

    def berorer(self):
        return self.berort_av([self])

    @classmethod
    def berort_av(cls, rader):
        punkter = {rad.kontaktpunkt_id: rad.kontaktpunkt for rad in rader}
        return Kontaktpunkt.berort_av(punkter.values())

    def __str__(self):
        return ", ".join(filter(None, [self.til_vanlig, str(self.paa_helligdager)]))

    @property
    def til_vanlig(self):
        """When that is, without what is said of holidays."""
        deler = [self.dager, self.klokken]
        if self.hva == self.Hva.UTE:
            deler.append(_("ute"))
        if self.uker != self.Uker.ALLE:
            deler.append(self.get_uker_display())
        if self.gjelder != self.Gjelder.ALLTID:
            deler.append(self.get_gjelder_display())
        return " ".join(str(del_) for del_ in deler)

    @property
    def minutter(self):
        """[(from, to)] of the week, in minutes since Monday began; what goes on after
        Sunday begins again on Monday."""
        fra, til = (60 * t.hour + t.minute for t in (self.apner, self.stenger))
        lengde = til - fra if til > fra else til - fra + DOGN
        ut = []
        for dag in range(self.fra_dag, self.til_dag + 1):
            start = dag * DOGN + fra
            slutt = start + lengde
            ut.append((start, min(slutt, 7 * DOGN)))
            if slutt > 7 * DOGN:
                ut.append((0, slutt - 7 * DOGN))
        return ut

    def overlapper(self, annen):
        """Whether both say something of the same minute of the same weeks."""
        like = ("uker", "gjelder", "hva")
        if any(getattr(self, navn) != getattr(annen, navn) for navn in like):
            return False
        return any(
            fra < til2 and fra2 < til
            for fra, til in self.minutter
            for fra2, til2 in annen.minutter
        )

    @property
    def paa_helligdager(self):
        """What is said of holidays, in words; nothing where it goes without saying."""
        if self.helligdager == self.Helligdager.STENGT:
            return _("ikke på helligdager")
        alltid = self.apner == self.stenger and self.til_dag - self.fra_dag == 6
        if self.helligdager == self.Helligdager.APENT and not alltid:
            return _("også på helligdager")
        return ""

    @property
    def dager(self):
        if (self.fra_dag, self.til_dag) == (Ukedag.MANDAG, Ukedag.SONDAG):
            return _("alle dager")
        if (self.fra_dag, self.til_dag) == (Ukedag.MANDAG, Ukedag.FREDAG):
            return _("hverdager")
        if self.fra_dag == self.til_dag:
            return self.get_fra_dag_display()
        return f"{self.get_fra_dag_display()}–{self.get_til_dag_display()}"

    @property
    def klokken(self):
        if self.apner == self.stenger:
            return _("hele døgnet")
        return _("kl. %(fra)s–%(til)s") % {
            "fra": f"{self.apner:%H.%M}",
            "til": f"{self.stenger:%H.%M}",
        }
