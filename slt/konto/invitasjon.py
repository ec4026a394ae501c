"""Giving somebody access to a kommune, and telling them."""

from datetime import date, timedelta
from enum import Enum, auto

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from slt.felles.epost import adresse_i_epost, send
from slt.models import Bruker, Kommune, Tidsrom, Tilgang, Utsending
from tiltak.models import Tjeneste, Tjenesteredaktor


class Utfall(Enum):
    """What came of giving access."""

    GITT = auto()
    ENDRET = auto()
    UENDRET = auto()


@transaction.atomic
def gi_tilgang(
    *,
    kommune: Kommune,
    epost: str,
    rolle: str,
    tjeneste: Tjeneste | None,
    til: date | None,
) -> tuple[Bruker, Utfall]:
    """Gives a role in the kommune, or the keeping of a tjeneste, from today on. The
    kommune is locked, so that a form that is sent twice gives one right.

    Makes the user if need be. Who has the right already keeps it to the new date.

    Args:
        rolle: one of Tilgang.Rolle; an editor's is not looked at.
        tjeneste: what an editor is to keep; None for the roles in the kommune.
        til: the last day; None for no end. Not passed.
    """
    if tjeneste:
        rader, hva = Tjenesteredaktor.objects, {"tjeneste": tjeneste}
    else:
        rader, hva = Tilgang.objects, {"kommune": kommune, "rolle": rolle}
    try:
        with transaction.atomic():
            return _gi(rader, hva, epost=epost, til=til)
    except IntegrityError:
        # Somebody else was first: made the user from another kommune, or gave the right
        # by another door. What they made is there by now.
        return _gi(rader, hva, epost=epost, til=til)


def _gi(rader, hva, *, epost, til):
    bruker = Bruker.objects.med_epost(epost).first()
    bruker = bruker or Bruker.objects.create_user(epost)
    gitt = som_gir_retten(rader, bruker=bruker, **hva)
    if not gitt:
        rader.create(bruker=bruker, til=til, **hva)
        return bruker, Utfall.GITT
    return bruker, _endre_slutt(gitt, til)


def som_gir_retten(rader, **hva):
    """The rows that give the right now or later, the first one first: the admin may have
    made several."""
    return list(rader.ikke_over().filter(**hva).order_by("fra", "pk"))


def _endre_slutt(gitt, til):
    rad, *overtallige = gitt
    if rad.gjelder and rad.til == til and not overtallige:
        return Utfall.UENDRET
    for en in overtallige:
        en.avslutt()
    rad.fra, rad.til = min(rad.fra, timezone.localdate()), til
    rad.save()
    return Utfall.ENDRET


def som(rad: Tidsrom) -> str:
    """What the right makes of its user, in words."""
    match rad:
        case Tilgang():
            return rad.get_rolle_display()
        case Tjenesteredaktor():
            return _("redaktør for %s") % rad.tjeneste
    return _("%(verv)s i %(forum)s") % {
        "verv": rad.get_verv_display(),
        "forum": rad.forum,
    }


def send_invitasjon(request, bruker, kommune, hva):
    """Tells the user by mail what they are in the kommune, where they begin, and whom to
    ask: whoever asked for the mail. Who has no password yet gets a link to choose one.
    Returns what became of it, an Utsending.Tilstand.

    Args:
        hva: what they are, as `som` says it.
    """
    passord = ""
    if bruker.is_active and not bruker.has_usable_password():
        nokkel = [
            urlsafe_base64_encode(force_bytes(bruker.pk)),
            default_token_generator.make_token(bruker),
        ]
        passord = adresse_i_epost(request, reverse("konto:nytt_passord", args=nokkel))
    return send(
        bruker.epost,
        _("Tilgang til SLT i %s") % kommune,
        "konto/epost/invitasjon.txt",
        {
            "kommune": kommune,
            "hva": hva,
            "adresse": adresse_i_epost(request, reverse("konto:logg_inn")),
            "passord": passord,
            "side": adresse_i_epost(request, _forste_side(bruker, kommune)),
            "avsender": request.user,
        },
        slag=Utsending.Slag.INVITASJON,
        kommune=kommune,
        varer=timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    )


def _forste_side(bruker, kommune):
    """Where the user begins in the kommune."""
    koordinerer = bruker.koordinerer.filter(pk=kommune.pk).exists()
    begynner = koordinerer and not kommune.planer.har_gjeldt().exists()
    return reverse("start" if begynner else "arbeidsflate", args=[kommune.slug])
