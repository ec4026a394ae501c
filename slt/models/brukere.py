"""Who uses the software."""

from collections.abc import Mapping
from types import MappingProxyType

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from slt.grunn.epostadresse import UGYLDIG, UNORMAL, Brukerepost, normal_adresse
from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst

from .kommune import Kommune
from .retter import Retter, Rolle


class BrukerQuerySet(HistorisertQuerySet):
    def med_epost(self, epost):
        """Whoever logs in with this address, however it is written."""
        try:
            return self.filter(epost=normal_adresse(epost))
        except ValidationError:
            return self.none()

    def administratorer(self):
        """Those who keep all kommuner, and can log in."""
        return self.filter(is_superuser=True, is_active=True)


class BrukerManager(BaseUserManager.from_queryset(BrukerQuerySet)):
    """Makes users; the e-mail address is what one logs in with."""

    def create_user(self, epost, password=None, **felter):
        bruker = self.model(epost=epost, **felter)
        bruker.set_password(password)
        bruker.save()
        return bruker

    def create_superuser(self, epost, password=None, **felter):
        return self.create_user(epost, password, is_superuser=True, **felter)

    def get_by_natural_key(self, epost):
        return self.med_epost(epost).get()


class Bruker(Historisert, AbstractBaseUser, PermissionsMixin):
    """Somebody who can log in."""

    kommune_sti = None
    historikk_utelater = ("password", "last_login")
    kan_hentes_tilbake = False

    epost = Brukerepost(
        _("e-post"),
        unique=True,
        error_messages={
            "unique": _("Det finnes allerede en bruker med denne adressen.")
        },
    )
    navn = Fritekst(
        _("navn"),
        max_length=100,
        blank=True,
        help_text=_("Navnet andre ser i historikken."),
    )
    is_active = models.BooleanField(
        _("kan logge inn"),
        default=True,
        help_text=_(
            "Fjern haken i stedet for å slette: historikken skal fortsatt si hvem som "
            "endret hva."
        ),
    )

    objects = BrukerManager()

    USERNAME_FIELD = "epost"
    EMAIL_FIELD = "epost"

    # {right: ids of what} that the user has in this session by links, beyond what they
    # have rows for; see slt.felles.tilgang.
    rett_ved_lenke: Mapping[str, frozenset[int]] = MappingProxyType({})
    # Whether what the user has rights to is looked up once: for as long as they read one
    # page, never longer. Who writes is asked about each time.
    leser_en_side = False

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        ordering = ["navn__norsk", "epost"]
        constraints = [
            # So that to be unique as text is to be unique as an address.
            models.CheckConstraint(
                condition=~Q(epost__regex=UNORMAL),
                name="bruker_epost_er_normal",
                violation_error_message=UGYLDIG,
            ),
        ]

    def __str__(self):
        return self.navn or self.epost

    @property
    def is_staff(self):
        """Whether the admin opens: for administrators and those who coordinate."""
        if not self.is_active:
            return False
        if (retter := self.retter) is not None:
            return retter.alt or bool(retter.pker(Rolle.KOORDINATOR))
        return self.is_superuser or self.koordinerer.exists()

    @property
    def retter(self):
        """The user's Retter while they read one page, else None."""
        return self._retter if self.leser_en_side else None

    @cached_property
    def _retter(self):
        return Retter.av(self)

    @property
    def koordinerer(self):
        """The kommuner whose plan the user keeps today."""
        return Kommune.objects.der(self, Rolle.KOORDINATOR)


class Gjest(AnonymousUser):
    """Somebody who is known by what they may see alone: who reads by a link, who looks at
    the site as others see it, and whoever a page is made for that is kept for all who may
    see the same."""

    def __init__(self, retter):
        super().__init__()
        self.retter = retter

    @property
    def is_superuser(self):
        return self.retter.alt

    @property
    def koordinerer(self):
        return Kommune.objects.der(self, Rolle.KOORDINATOR)


# Stands for whoever asks without being known: what it sees, anybody may be shown.
PUBLIKUM = AnonymousUser()
