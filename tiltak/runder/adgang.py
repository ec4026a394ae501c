"""Who answers for a tjeneste: by a link that came by mail, or by an account."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Dor
from slt.models import Bruker, Tilgang
from tiltak.models import (
    SVARLENKER,
    Foresporsel,
    Kontaktpunkt,
    Runde,
    Svarlenke,
    Tjeneste,
)

Hvordan = Kontaktpunkt.Hvordan
# What the responsible see of their own, without an account. The rest is the coordinator's.
MED_LENKE = (Kontaktpunkt.Synlighet.OFFENTLIG, Kontaktpunkt.Synlighet.TJENESTER)


class SvarerIkkeLenger(Http404):
    """They answered for it when they asked, and do not any more."""


class Lukket(ValidationError):  # noqa: N818
    """The round that they would answer is closed."""

    def __init__(self):
        super().__init__(
            _("Runden er lukket, så dette er ikke tatt imot."), code="lukket"
        )


@dataclass(frozen=True)
class Svarer:
    """Somebody who may say whether what stands of a tjeneste holds.

    Attributes:
        lenke: by which they came, or None.
        bruker: who keeps the tjeneste, or None.
    """

    tjeneste: Tjeneste
    lenke: Svarlenke | None = None
    bruker: Bruker | None = None

    @property
    def kommune(self):
        return self.tjeneste.kommune

    @cached_property
    def koordinerer(self):
        """Whether it is the coordinator, who writes down what others said."""
        rolle = Tilgang.Rolle.KOORDINATOR
        return self.bruker is not None and self.kommune.gir(self.bruker, rolle)

    @property
    def hvordan(self):
        """How what they say is known; the coordinator says it each time."""
        return Hvordan.LENKE if self.lenke else Hvordan.KONTO

    @property
    def dor(self):
        return Dor.LENKE if self.lenke else Dor.SKJEMA

    @property
    def navn(self):
        """By this, how often they try is counted."""
        return f"lenke {self.lenke.pk}" if self.lenke else f"bruker {self.bruker.pk}"

    def sjekk(self):
        """Asks again, of what somebody may have ended while they waited for the lock.

        Raises:
            SvarerIkkeLenger: where they answer for it no longer.
            Lukket: where they came by a link, to a round that is closed.
        """
        if self.lenke:
            apne = Svarlenke.objects.apner(self.tjeneste).filter(pk=self.lenke.pk)
        else:
            bruker = Bruker.objects.filter(pk=self.bruker.pk, is_active=True).first()
            if bruker is None:
                raise SvarerIkkeLenger
            apne = Tjeneste.objects.endres_av(bruker).filter(pk=self.tjeneste.pk)
        if not apne.exists():
            raise SvarerIkkeLenger
        if self.lenke and not self.apne_foresporsler().exists():
            raise Lukket

    def kontaktpunkter(self):
        """Those of the tjeneste that they see, and may say of whether they hold."""
        if self.lenke:
            rader = Kontaktpunkt.objects.filter(synlighet__in=MED_LENKE)
        else:
            rader = Kontaktpunkt.objects.endres_av(self.bruker)
        return rader.filter(tjeneste=self.tjeneste)

    def apne_foresporsler(self):
        """What the tjeneste is asked today, the newest first; see `svaret.som_spor` for which
        of them an answer counts in.
        Whoever came late by a link still answers what it was made for, and so does who has
        an account. None of a round that is closed."""
        rader = Foresporsel.objects.filter(tjeneste=self.tjeneste, runde__lukket=None)
        apne = rader.apne()
        if self.lenke:
            apne = apne | rader.filter(pk=self.lenke.foresporsel_id)
        else:
            apne = apne | rader.filter(runde__in=self._runder())
        return apne.select_related("runde").order_by("-runde__startet", "-pk")

    def _runder(self):
        return Runde.objects.skrives_i().filter(kommune=self.kommune)

    def runde_uten_sporsmal(self):
        """The Runde in which a coordinator may write down what a tjeneste says that is not
        asked in any; None for all others."""
        return self._runder().first() if self.koordinerer else None

    def lukket_foresporsel(self):
        """What the tjeneste was asked last, where that round is closed; by a link, what it
        was made for. None where it is not. To be asked of who is asked nothing now."""
        rader = Foresporsel.objects.filter(tjeneste=self.tjeneste)
        if self.lenke:
            rader = rader.filter(pk=self.lenke.foresporsel_id)
        siste = rader.select_related("runde").order_by("-runde__startet", "-pk").first()
        return siste if siste and siste.runde.er_lukket else None


def svareren(request, kommune, pk):
    """Returns the Svarer of a tjeneste, given by the address of its kommune and its id, or
    None: whoever keeps it, or has opened a link to it that still holds. Asked anew each
    time: a link that was revoked opens nothing."""
    tjenester = Tjeneste.objects.select_related("kommune").virksomme()
    tjenester = tjenester.filter(kommune__slug=kommune)
    if request.user.is_authenticated:
        egen = tjenester.endres_av(request.user).filter(pk=pk).first()
        if egen:
            return Svarer(egen, bruker=request.user)
    apnet = request.session.get(SVARLENKER, [])
    if not apnet:
        return None
    tjeneste = tjenester.filter(pk=pk).first()
    if tjeneste is None:
        return None
    lenker = Svarlenke.objects.apner(tjeneste).filter(pk__in=apnet)
    # Of several, the newest.
    lenke = lenker.select_related("foresporsel").order_by("-pk").first()
    return Svarer(tjeneste, lenke=lenke) if lenke else None
