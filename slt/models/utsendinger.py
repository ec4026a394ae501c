"""The outbox: mail that waits, that went, and that did not."""

import uuid
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.tekst import Epost, Fritekst

from .kommune import Kommune
from .retter import Rolle, har_rett

JULI = 7
# How long mail may have waited beyond its time before something is wrong.
STILLSTAND = timedelta(minutes=15)


def ny_nokkel():
    """A key for mail of which each is its own."""
    return uuid.uuid4().hex


def ny_melding_id():
    """The name by which mail servers know a mail: the same each time it is tried."""
    return f"<{uuid.uuid4().hex}@{_domenet()}>"


def _domenet():
    """That of the address that mail comes from, which may stand behind a name."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


class UtsendingQuerySet(models.QuerySet):
    def synlige_for(self, bruker):
        """Mail of a kommune is for those who keep it; that of none, for administrators."""
        return self.filter(har_rett(bruker, "kommune", Rolle.KOORDINATOR))

    def som_venter(self):
        return self.filter(tilstand__in=self.model.VENTER)

    def som_kan_ga(self, na):
        """What may go now: not before its time, nor after; and in July what somebody asked
        for and waits for, nothing else."""
        rader = self.som_venter().filter(ikke_for__lte=na)
        rader = rader.filter(Q(senest=None) | Q(senest__gt=na))
        if timezone.localtime(na).month == JULI:
            rader = rader.filter(slag__in=self.model.HASTER)
        return rader

    def for_sent(self, na):
        """What waits and would be of no use any more."""
        return self.som_venter().filter(senest__lte=na)

    def forlatte(self, na):
        """What somebody began to send so long ago that they are gone."""
        frist = na - timedelta(seconds=settings.UTSENDING_FRIST)
        return self.filter(tilstand=self.model.Tilstand.SENDER, tatt__lte=frist)

    def trenger_noen(self):
        """What did not arrive, or perhaps did not, and nobody has looked at."""
        return self.filter(tilstand__in=self.model.KAN_KVITTERES, kvittert=None)

    def ferdige(self):
        """What nothing more happens with by itself."""
        return self.filter(tilstand__in=self.model.FERDIGE)

    def er_over(self):
        """What nobody has to look at any more."""
        return self.ferdige().filter(
            Q(tilstand=self.model.Tilstand.SENDT) | Q(kvittert__isnull=False)
        )

    def skulle_ha_gatt(self, na):
        """What should have gone a while ago: nobody sends."""
        return self.som_kan_ga(na).filter(ikke_for__lte=na - STILLSTAND)


class Utsending(models.Model):
    """One mail: whom it goes to, and what became of it.

    What it said opens a door, in most of them: it is thrown away once nobody sends it any
    more, and the rest after a while.
    """

    class Slag(models.TextChoices):
        PASSORD = "passord", _("nytt passord")
        INVITASJON = "invitasjon", _("invitasjon")
        SAMLEBREV = "samlebrev", _("samlebrev")

    class Tilstand(models.TextChoices):
        KLAR = "klar", _("klar")
        SENDER = "sender", _("sendes nå")
        SENDT = "sendt", _("sendt")
        IGJEN = "igjen", _("prøves igjen")
        AVVIST = "avvist", _("kom ikke fram")
        UVISST = "uvisst", _("uvisst om den kom fram")

    class Grunn(models.TextChoices):
        """Why it has not gone."""

        KONTAKT = "kontakt", _("fikk ikke kontakt med e-posttjeneren")
        OSS = "oss", _("e-posttjeneren tok ikke imot noe fra nettstedet")
        OPPTATT = "opptatt", _("e-posttjeneren ba om å bli spurt igjen senere")
        ADRESSE = "adresse", _("adressen finnes ikke")
        FULL = "full", _("postkassen er full")
        AVSLATT = "avslatt", _("e-posttjeneren sa nei")
        GA_OPP = "ga_opp", _("prøvd mange ganger uten å lykkes")
        FRISTEN = "fristen", _("lenken gikk ut før e-posten kunne sendes")
        UTEN_SVAR = "uten_svar", _("e-posttjeneren svarte ikke etter å ha fått den")
        AVBRUTT = "avbrutt", _("arbeidet ble avbrutt mens den ble sendt")

    # Of nobody but who asked, or was invited: they wait for it, in July too.
    HASTER = (Slag.PASSORD, Slag.INVITASJON)
    VENTER = (Tilstand.KLAR, Tilstand.IGJEN)
    FERDIGE = (Tilstand.SENDT, Tilstand.AVVIST, Tilstand.UVISST)
    KAN_KVITTERES = (Tilstand.AVVIST, Tilstand.UVISST)

    kommune_sti = "kommune"

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="utsendinger",
        verbose_name=_("kommune"),
    )
    slag = models.CharField(_("slag"), max_length=20, choices=Slag)
    # What is put in twice under one key is one mail.
    nokkel = models.CharField(
        _("nøkkel"), max_length=100, unique=True, default=ny_nokkel, editable=False
    )
    til = Epost(_("til"))
    emne = Fritekst(_("emne"), max_length=200)
    # They may hold keys of links, which are made by chance: what else they say is guarded
    # where it was written.
    tekst = models.TextField(_("tekst"), blank=True)
    html = models.TextField(_("tekst som HTML"), blank=True)
    melding_id = models.CharField(
        _("meldingens id"),
        max_length=320,
        unique=True,
        default=ny_melding_id,
        editable=False,
    )
    laget = models.DateTimeField(_("laget"), default=timezone.now)
    ikke_for = models.DateTimeField(_("ikke før"), default=timezone.now)
    senest = models.DateTimeField(_("senest"), null=True, blank=True)
    tilstand = models.CharField(
        _("tilstand"), max_length=10, choices=Tilstand, default=Tilstand.KLAR
    )
    forsok = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    tatt = models.DateTimeField(_("begynt på"), null=True, blank=True)
    gikk = models.DateTimeField(_("sendt"), null=True, blank=True)
    grunn = models.CharField(
        _("hvorfor ikke"), max_length=10, choices=Grunn, blank=True, default=""
    )
    svar = models.CharField(
        _("svaret fra e-posttjeneren"), max_length=20, blank=True, default=""
    )
    kvittert = models.DateTimeField(_("sett på"), null=True, blank=True)

    objects = UtsendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("utsending")
        verbose_name_plural = _("utsendinger")
        ordering = ["-laget", "-pk"]
        indexes = [
            models.Index(
                fields=["ikke_for"],
                name="utsending_som_venter",
                condition=Q(tilstand__in=["klar", "igjen", "sender"]),
            ),
            models.Index(fields=["kommune", "-laget"], name="utsending_i_kommunen"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    tilstand__in=[
                        "klar",
                        "sender",
                        "sendt",
                        "igjen",
                        "avvist",
                        "uvisst",
                    ]
                ),
                name="utsending_tilstanden_er_kjent",
                violation_error_message=_("Ukjent tilstand."),
            ),
            models.CheckConstraint(
                condition=Q(slag="passord") | Q(kommune__isnull=False),
                name="utsending_bare_passord_er_uten_kommune",
                violation_error_message=_("E-posten hører til en kommune."),
            ),
            models.CheckConstraint(
                condition=~Q(tilstand="sender") | Q(tatt__isnull=False, forsok__gte=1),
                name="utsending_det_er_begynt_pa_den",
                violation_error_message=_("En e-post som sendes, har noen begynt på."),
            ),
            models.CheckConstraint(
                condition=Q(tilstand="sendt", gikk__isnull=False)
                | (~Q(tilstand="sendt") & Q(gikk=None)),
                name="utsending_gikk_er_nar_den_er_sendt",
                violation_error_message=_("En e-post som er sendt, gikk en gang."),
            ),
            models.CheckConstraint(
                condition=~Q(tilstand__in=["sendt", "avvist", "uvisst"])
                | Q(tekst="", html=""),
                name="utsending_teksten_ligger_ikke_igjen",
                violation_error_message=_(
                    "Teksten tas ikke vare på når e-posten ikke skal sendes mer."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(tilstand__in=["igjen", "avvist", "uvisst"]) & ~Q(grunn=""))
                | (~Q(tilstand__in=["igjen", "avvist", "uvisst"]) & Q(grunn="")),
                name="utsending_har_grunn_nar_den_ikke_gikk",
                violation_error_message=_("Si hvorfor e-posten ikke gikk."),
            ),
            models.CheckConstraint(
                condition=Q(kvittert=None) | Q(tilstand__in=["avvist", "uvisst"]),
                name="utsending_bare_det_som_ikke_gikk_kvitteres",
                violation_error_message=_(
                    "Bare det som ikke kom fram, eller som er uvisst, sees på."
                ),
            ),
        ]

    def __str__(self):
        return self.emne
