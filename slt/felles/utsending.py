"""Mail by way of the outbox: put in, taken by one, sent once.

A row is marked as being sent, and that is stored, before the mail server is spoken to: who
dies in between leaves a row of which nobody knows whether it arrived. It is never sent
again by itself.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from slt.felles.posttjener import Utfall, lever
from slt.models import Utsending

Tilstand, Grunn = Utsending.Tilstand, Utsending.Grunn
# Minutes from one try to the next; after the last of them it is given up, in three days.
PAUSER = (1, 5, 15, 60, 240, 720, 1440, 1440)
UTEN_TEKST = {"tekst": "", "html": ""}


def legg_i_kassen(*, nokkel: str = "", **felter) -> Utsending:
    """Puts a mail into the outbox, and returns it. What is there under the same key stays
    as it is, whatever became of it.

    Args:
        nokkel: what it is for, as "runde:12:tjeneste:5"; "" for one that is its own.
        felter: of Utsending: slag, til, emne, tekst, and perhaps kommune, html, ikke_for,
            senest.
    """
    if not nokkel:
        return Utsending.objects.create(**felter)
    rad, _ny = Utsending.objects.get_or_create(nokkel=nokkel, defaults=felter)
    return rad


def ta(pk: int | None = None) -> Utsending | None:
    """Takes the mail that has waited longest, or the one with this id, if it may go now:
    nobody else gets it. It is stored as being sent when this returns.

    Raises:
        RuntimeError: in a transaction of somebody else, which may be undone.
    """
    na = timezone.now()
    with transaction.atomic(durable=True):
        rader = Utsending.objects.som_kan_ga(na).order_by("ikke_for", "pk")
        if pk is not None:
            rader = rader.filter(pk=pk)
        # SQLite has one writer at a time, and it is this one from the start.
        if connection.features.has_select_for_update_skip_locked:
            rader = rader.select_for_update(skip_locked=True)
        rad = rader.first()
        if rad is None:
            return None
        rad.tilstand, rad.tatt, rad.grunn, rad.svar = Tilstand.SENDER, na, "", ""
        rad.forsok += 1
        rad.save(update_fields=["tilstand", "tatt", "grunn", "svar", "forsok"])
    return rad


def send_en(rad: Utsending) -> Utfall:
    """Sends what was taken, and stores what became of it."""
    utfall = lever(meldingen(rad))
    _skriv_opp(rad, utfall)
    return utfall


def meldingen(rad: Utsending) -> EmailMultiAlternatives:
    """The mail as it goes. Answers go to the kommune, where it has an address."""
    kommune = rad.kommune
    melding = EmailMultiAlternatives(
        subject=rad.emne,
        body=rad.tekst,
        from_email=_avsender(kommune),
        to=[rad.til],
        reply_to=[kommune.epost] if kommune and kommune.epost else None,
        headers={"Message-ID": rad.melding_id, "Auto-Submitted": "auto-generated"},
    )
    if rad.html:
        melding.attach_alternative(rad.html, "text/html")
    return melding


def _avsender(kommune):
    if kommune is None:
        return settings.DEFAULT_FROM_EMAIL
    adresse = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return formataddr((_("SLT i %s") % kommune, adresse))


def _skriv_opp(rad, utfall):
    """Only while it still is the one who took it; who was thought to be gone may still say
    that it arrived, or did not."""
    ventet = [Tilstand.SENDER]
    if utfall.tilstand in {Tilstand.SENDT, Tilstand.AVVIST}:
        ventet.append(Tilstand.UVISST)
    verdier = _verdiene(rad, utfall, timezone.now())
    rader = Utsending.objects.filter(pk=rad.pk, tatt=rad.tatt, tilstand__in=ventet)
    rader.update(**verdier, kvittert=None)


def _verdiene(rad, utfall, na):
    verdier = {
        "tilstand": utfall.tilstand,
        "grunn": utfall.grunn,
        "svar": utfall.svar,
    }
    if utfall.tilstand == Tilstand.SENDT:
        return verdier | {"gikk": na} | UTEN_TEKST
    if utfall.tilstand == Tilstand.IGJEN and rad.forsok <= len(PAUSER):
        pause = timedelta(minutes=PAUSER[rad.forsok - 1])
        return verdier | {"ikke_for": na + pause}
    if utfall.tilstand == Tilstand.IGJEN:
        # What the server said the last time stands beside it.
        verdier |= {"tilstand": Tilstand.AVVIST, "grunn": Grunn.GA_OPP}
    return verdier | UTEN_TEKST


def rydd_opp() -> int:
    """Says of what somebody began to send, and is gone from, that nobody knows; and of
    what waited too long, that it did not arrive. Returns how many became uncertain."""
    na = timezone.now()
    Utsending.objects.for_sent(na).update(
        tilstand=Tilstand.AVVIST, grunn=Grunn.FRISTEN, **UTEN_TEKST
    )
    return Utsending.objects.forlatte(na).update(
        tilstand=Tilstand.UVISST, grunn=Grunn.AVBRUTT, **UTEN_TEKST
    )


def send_alt(stopp: Callable[[], bool] = bool) -> tuple[Counter, bool]:
    """Sends all that may go now, one after the other. Returns ({tilstand: how many}, and
    whether it ended because the mail server takes nothing from the site now).

    Args:
        stopp: asked before each, whether to leave the rest.
    """
    telling = Counter()
    if uvisse := rydd_opp():
        telling[Tilstand.UVISST] += uvisse
    # To ask is cheap; to take makes all others who write wait, on SQLite.
    while not stopp() and _noe_venter() and (rad := ta()):
        utfall = send_en(rad)
        telling[utfall.tilstand] += 1
        if utfall.gjelder_alle:
            return telling, True
    return telling, False


def _noe_venter():
    return Utsending.objects.som_kan_ga(timezone.now()).exists()


def send_na(rad: Utsending) -> str:
    """Tries what was just put in at once, so that it goes also where nothing sends what
    waits. Returns what became of it."""
    tatt = ta(rad.pk)
    if tatt is None:  # it was taken meanwhile, or may not go yet
        rader = Utsending.objects.filter(pk=rad.pk)
        return rader.values_list("tilstand", flat=True).first() or Tilstand.UVISST
    return send_en(tatt).tilstand


# By a press ---------------------------------------------------------------------------


@transaction.atomic
def la_ligge(rad: Utsending) -> bool:
    """Takes it off the list of what somebody has to look at; returns whether it stood
    there."""
    rad = _last(rad)
    if rad is None or rad.tilstand not in Utsending.KAN_KVITTERES or rad.kvittert:
        return False
    rad.kvittert = timezone.now()
    rad.save()
    return True


def _last(rad):
    return Utsending.objects.select_for_update().filter(pk=rad.pk).first()


# Afterwards ---------------------------------------------------------------------------

OPPBEVAR = timedelta(days=90)


def rydd():
    """Deletes what was over 90 days ago; returns what it did, in words. What somebody is gone
    from is found here, too, where nothing else sends."""
    rydd_opp()
    rader = Utsending.objects.ferdige().filter(laget__lt=timezone.now() - OPPBEVAR)
    antall, _alle = rader.delete()
    return f"Slettet {antall} utsendinger."
