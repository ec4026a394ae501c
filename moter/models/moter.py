"""Series, and the meetings they make."""

import uuid
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from moter.rytme import Regel, Rytme, les_ukenumre
from slt.grunn.historikk import HistorisertQuerySet
from slt.grunn.tekst import Fritekst, Nettadresse
from slt.grunn.tid import (
    Dag,
    Klokkeslett,
    Plandag,
    Ukedag,
    i_lokal_tid,
    midnatt,
)

from .fora import DelAvForum, Forum, sees, sees_innenfra

# By then, a program that asks has heard of what the rule took away.
HORT_ETTER = timedelta(weeks=4)


class MoteserieQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """How meetings are planned is for those who see the inside of the forum."""
        return self.filter(sees_innenfra(bruker, "forum__"))


class Moteserie(DelAvForum):
    """The rule by which a forum meets; it makes real meetings about a year ahead."""

    class Nummer(models.IntegerChoices):
        FORSTE = 1, _("første")
        ANDRE = 2, _("andre")
        TREDJE = 3, _("tredje")
        FJERDE = 4, _("fjerde")
        SISTE = -1, _("siste")

    # Its meetings follow from all of it; the form of the series moves them along.
    angres_ikke = (
        "regel",
        "antall",
        "ukedag",
        "nummer",
        "ukenumre",
        "fra",
        "til",
        "start_kl",
        "slutt_kl",
        "sted",
        "motelenke",
        "unntak",
    )

    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        related_name="serier",
        verbose_name=_("forum"),
    )
    regel = models.CharField(
        _("hvor ofte"), max_length=20, choices=Regel, default=Regel.UKER
    )
    antall = models.PositiveSmallIntegerField(
        _("antall"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
        help_text=_(
            "Uker eller måneder mellom møtene, eller møter i året. 6 for «hver 6. uke»."
        ),
    )
    ukedag = models.PositiveSmallIntegerField(_("ukedag"), choices=Ukedag)
    nummer = models.SmallIntegerField(
        _("hvilken i måneden"), choices=Nummer, null=True, blank=True
    )
    ukenumre = Fritekst(
        _("ukenumre"),
        max_length=200,
        blank=True,
        help_text=_("Med komma mellom, for eksempel «34–36, 40, 46»."),
    )
    fra = Plandag(_("fra og med"))
    til = Plandag(
        _("til og med"),
        null=True,
        blank=True,
        help_text=_("Tomt betyr at møtene fortsetter, lagt inn et år fram om gangen."),
    )
    start_kl = Klokkeslett(_("begynner"))
    slutt_kl = Klokkeslett(_("slutter"))
    sted = Fritekst(_("sted"), max_length=120, blank=True)
    motelenke = Nettadresse(_("møtelenke"), blank=True)
    # As the planner has proposed it: holidays, mostly.
    unntak = models.JSONField(
        _("dager uten møte"), default=list, blank=True, editable=False
    )

    objects = MoteserieQuerySet.as_manager()

    class Meta:
        verbose_name = _("møteserie")
        verbose_name_plural = _("møteserier")
        ordering = ["forum_id", "fra", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(antall__gte=1, antall__lte=52),
                name="moteserie_antall_fra_1_til_52",
                violation_error_message=_("Antallet er fra 1 til 52."),
            ),
            models.CheckConstraint(
                condition=Q(til=None) | Q(til__gte=F("fra")),
                name="moteserie_slutter_etter_start",
                violation_error_message=_(
                    "Den siste dagen kan ikke være før den første."
                ),
            ),
            models.CheckConstraint(
                condition=Q(slutt_kl__gt=F("start_kl")),
                name="moteserie_mote_slutter_etter_start",
                violation_error_message=_("Møtet må slutte etter at det begynner."),
            ),
            models.CheckConstraint(
                condition=~Q(regel="maned") | ~Q(nummer=None),
                name="moteserie_maned_har_nummer",
                violation_error_message=_(
                    "Velg hvilken av månedens ukedager det er, for eksempel den første."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(regel="ukenumre") | ~Q(ukenumre=""),
                name="moteserie_har_ukenumre",
                violation_error_message=_("Skriv ukenumrene."),
            ),
        ]

    def __str__(self):
        return f"{self.forum}, {self.rytme}"

    @property
    def rytme(self):
        """The rule, as what can be asked for its dates and says itself in words."""
        i_uker = self.regel == Regel.UKENUMRE
        return Rytme(
            regel=Regel(self.regel),
            antall=self.antall,
            ukedag=self.ukedag,
            nummer=self.nummer,
            ukenumre=les_ukenumre(self.ukenumre) if i_uker else (),
            fra=self.fra,
            til=self.til,
            unntak=frozenset(self.dager_uten_mote),
        )

    @property
    def dager_uten_mote(self):
        """The days that the rule gives and on which there is no meeting, in order."""
        return sorted(map(date.fromisoformat, self.unntak))

    def tider(self, dag):
        """When a meeting of the series on that day begins and ends."""
        return i_lokal_tid(dag, self.start_kl), i_lokal_tid(dag, self.slutt_kl)

    def clean(self):
        super().clean()
        if self.regel == Regel.UKENUMRE and self.ukenumre:
            try:
                les_ukenumre(self.ukenumre)
            except ValueError as feil:
                raise ValidationError(
                    {
                        "ukenumre": _(
                            "Skriv ukenumre fra 1 til 53, for eksempel «34–36, 40»."
                        )
                    }
                ) from feil


class Sekvens(models.PositiveIntegerField):
    """How often what a calendar shows of a meeting was changed (SEQUENCE of RFC 5545),
    whatever the door; sets `endret` along with it.

    Found anew from the stored row each time it is asked for: asking twice raises it once.
    """

    def pre_save(self, model_instance, add):
        verdi = getattr(model_instance, self.attname)
        if not add:
            lagret = type(model_instance)._base_manager.filter(pk=model_instance.pk)
            for_ = lagret.values(*model_instance.I_KALENDEREN, self.attname).get()
            verdi = for_.pop(self.attname)
            if for_ != {navn: getattr(model_instance, navn) for navn in for_}:
                verdi += 1
                model_instance.endret = timezone.now()
        setattr(model_instance, self.attname, verdi)
        return verdi


class MoteQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """When the fora that the user sees meet; `innenfra` says whether they see where,
        too."""
        innenfra = Forum.objects.innenfra(bruker).filter(pk=models.OuterRef("forum"))
        return self.filter(sees(bruker, "forum__")).annotate(
            innenfra=models.Exists(innenfra)
        )

    def kommende(self):
        """Those that are not over."""
        return self.filter(slutt__gte=timezone.now())

    def fra_i_dag(self):
        """Those of today, over or not, and later: what a page that is kept until
        midnight may say all day."""
        return self.filter(start__gte=midnatt())

    def for_i_dag(self):
        """Those of yesterday and earlier."""
        return self.filter(start__lt=midnatt())

    def holdes(self):
        """Those that are not cancelled."""
        return self.filter(status=Mote.Status.PLANLAGT)

    def som_vises(self):
        """Those that a list tells of: a cancelled one if somebody called it off by hand.
        What the rule took away, and all after the forum's last day, is no news to
        visitors; calendars are told of it."""
        return self.filter(Q(status=Mote.Status.PLANLAGT) | _avlyst_for_hand())

    def i_feeden(self):
        """What calendars are told of: what is held, from three months back; what somebody
        called off, for three months; and what the rule took away until all calendars have
        heard of it."""
        i_dag = timezone.localdate()
        siden = midnatt(i_dag - relativedelta(months=3))
        hort = midnatt(i_dag - HORT_ETTER)
        return self.filter(start__gte=siden).filter(
            Q(status=Mote.Status.PLANLAGT)
            | Q(endret__gte=hort)
            | (_avlyst_for_hand() & Q(endret__gte=siden))
        )


def _avlyst_for_hand():
    """Those that somebody called off; what was to come after the last day of a forum was
    taken away along with it, whoever had decided about it."""
    i_tiden = Q(forum__nedlagt=None) | Q(start__date__lte=F("forum__nedlagt"))
    return Q(status=Mote.Status.AVLYST, fastsatt=True) & i_tiden


class Mote(DelAvForum):
    """One meeting of a forum, on a day and at a time."""

    class Status(models.TextChoices):
        PLANLAGT = "planlagt", _("planlagt")
        AVLYST = "avlyst", _("avlyst")

    # What a calendar is told of a meeting.
    I_KALENDEREN = ("start", "slutt", "sted", "motelenke", "status")

    historikk_utelater = ("sekvens", "endret")

    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        related_name="moter",
        verbose_name=_("forum"),
    )
    serie = models.ForeignKey(
        Moteserie,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="moter",
        verbose_name=_("møteserie"),
    )
    # Where the series put it, wherever it was moved since.
    opprinnelig_dato = Dag(_("opprinnelig dato"), null=True, blank=True, editable=False)
    start = models.DateTimeField(_("begynner"))
    slutt = models.DateTimeField(_("slutter"))
    sted = Fritekst(_("sted"), max_length=120, blank=True)
    motelenke = Nettadresse(_("møtelenke"), blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.PLANLAGT
    )
    fastsatt = models.BooleanField(
        _("bestemt for hånd"),
        default=False,
        help_text=_("Endres ikke når serien endres, og får ikke forslag om flytting."),
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sekvens = Sekvens(default=0, editable=False)
    endret = models.DateTimeField(default=timezone.now, editable=False)

    objects = MoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("møte")
        verbose_name_plural = _("møter")
        ordering = ["start", "pk"]
        indexes = [models.Index(fields=["forum", "start"], name="mote_forum_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(slutt__gt=F("start")),
                name="mote_slutter_etter_start",
                violation_error_message=_("Møtet må slutte etter at det begynner."),
            ),
            models.UniqueConstraint(
                fields=["forum", "start"],
                condition=Q(status="planlagt"),
                name="mote_ett_om_gangen",
                violation_error_message=_("Forumet har allerede et møte da."),
            ),
            models.CheckConstraint(
                condition=Q(serie=None) | ~Q(opprinnelig_dato=None),
                name="mote_i_serie_har_opprinnelig_dato",
                violation_error_message=_(
                    "Et møte i en serie har en opprinnelig dato."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.forum}, {date_format(timezone.localtime(self.start), 'j. F Y')}"

    def save(self, *args, update_fields=None, **kwargs):
        # A calendar hears of no change without them.
        if update_fields and not {*self.I_KALENDEREN}.isdisjoint(update_fields):
            update_fields = {*update_fields, "sekvens", "endret"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @classmethod
    def for_henting(cls, rader):
        """Calendars have seen each of them, in as many versions as it was changed."""
        endringer = cls.historikk.filter(id__in=[rad.pk for rad in rader])
        antall = dict(
            endringer.order_by().values_list("id").annotate(antall=models.Count("pk"))
        )
        for rad in rader:
            rad.sekvens = antall.get(rad.pk, 0)

    @property
    def er_avlyst(self):
        return self.status == self.Status.AVLYST

    @property
    def dag(self):
        """The day on which it begins, where the kommune is."""
        return timezone.localtime(self.start).date()

    def clean(self):
        super().clean()
        if self.serie and self.serie.forum_id != self.forum_id:
            raise ValidationError({"serie": _("Serien hører til et annet forum.")})
        skal_holdes = self.forum_id and self.start and not self.er_avlyst
        if skal_holdes and (hvorfor := self.hvorfor_ikke_da()):
            raise ValidationError({"start": hvorfor})

    def hvorfor_ikke_da(self):
        """Returns why the forum cannot meet on the day of the meeting; "" where it can."""
        if self.forum.finnes_den(self.dag):
            return ""
        dag = date_format(self.forum.nedlagt, "j. F Y")
        return _("Forumet er nedlagt fra %(dag)s.") % {"dag": dag}
