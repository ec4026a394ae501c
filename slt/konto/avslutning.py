"""Ending access: one right, or all that a person has in a kommune."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moter.models import Forumsmedlem
from slt.felles.anonymisering import rader_med_retter
from slt.grunn.kommunegrense import kommunen
from slt.models import Bruker, Kommune, Nokkellenke, Tidsrom, Tilgang, Utsending
from tiltak.models import Tjenesteredaktor

SISTE = _("Kommunen må ha minst én koordinator. Gi en annen rollen først.")


def avslutt(rad: Tidsrom) -> None:
    """Ends one right, from today on. The kommune is locked.

    Raises a ValidationError if the kommune would have no coordinator.
    """
    kommune = kommunen(rad)
    if isinstance(rad, Tilgang):
        _sjekk_koordinator(kommune, [rad])
    _avslutt(rad)
    if (bruker := getattr(rad, "bruker", None)) is not None:
        _uten_invitasjon(bruker, kommune)
        _uten_tilgang(bruker)


def avslutt_alt(bruker: Bruker, kommune: Kommune) -> None:
    """Ends all that a person has in the kommune, from today on. The kommune is locked.

    Raises a ValidationError if the kommune would have no coordinator.
    """
    rader = alt_i(kommune, bruker)
    _sjekk_koordinator(kommune, [rad for rad in rader if isinstance(rad, Tilgang)])
    for rad in rader:
        _avslutt(rad)
    _uten_invitasjon(bruker, kommune)
    _uten_tilgang(bruker)


def alt_i(kommune: Kommune, bruker: Bruker) -> list[Tidsrom]:
    """What a person has in the kommune, today or later."""
    return [
        *Tilgang.objects.ikke_over().filter(kommune=kommune, bruker=bruker),
        *Tjenesteredaktor.objects.ikke_over()
        .filter(tjeneste__kommune=kommune, bruker=bruker)
        .select_related("tjeneste"),
        *Forumsmedlem.objects.ikke_over()
        .filter(forum__kommune=kommune, bruker=bruker)
        .select_related("forum"),
    ]


def _avslutt(rad):
    if isinstance(rad, Forumsmedlem):
        rad.fratre()
    else:
        rad.avslutt()


def _sjekk_koordinator(kommune, tilganger):
    i_dag = timezone.localdate()
    gjaldt = kommune.koordinert_til() >= i_dag
    if gjaldt and kommune.koordinert_til(uten=tilganger) < i_dag:
        raise ValidationError(SISTE, code="siste_koordinator")


def _uten_invitasjon(bruker, kommune):
    """Who has nothing left in the kommune gets no mail that says what they are there, with
    a link to a password: it may still wait for the mail server."""
    if kommune is None or alt_i(kommune, bruker):
        return
    slag = Utsending.Slag.INVITASJON
    brev = Utsending.objects.filter(kommune=kommune, til=bruker.epost, slag=slag)
    brev.som_venter().delete()


def _uten_tilgang(bruker):
    """Who has no access left, in any kommune, is logged out, and the links to their
    calendar end."""
    bruker.refresh_from_db()
    nokkellenker = []
    for rader in rader_med_retter(bruker):
        if issubclass(rader.model, Nokkellenke):
            nokkellenker += rader.ikke_over()
        elif rader.ikke_over().exists():
            return
    if bruker.is_superuser:
        return
    for nokkellenke in nokkellenker:
        nokkellenke.avslutt()
    _logg_ut(bruker)


def _logg_ut(bruker):
    """Whose a session is stands in what is signed: all that have not lapsed are read."""
    okter = Session.objects.filter(expire_date__gt=timezone.now())
    mine = [
        okt.pk
        for okt in okter.iterator()
        if okt.get_decoded().get(SESSION_KEY) == str(bruker.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()
