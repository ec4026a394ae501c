"""Slows down who tries too often: to log in, to have a password sent, to guess a link.

The counts lie in the database, which all workers and all servers share, and which can
raise them in one step. Whom they are about is stored as a keyed hash that nobody can
turn back; `manage.py rydd` throws away what lapsed.
"""

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from slt.models import Forsok


def for_mange(hva, hvem, *, antall, sekunder):
    """Counts one more try; returns whether it was more than `antall` within `sekunder`
    from the first."""
    tell(hva, hvem, sekunder=sekunder)
    return forsok(hva, hvem) > antall


def forsok(hva, hvem):
    """Returns how many tries count now."""
    rader = Forsok.objects.filter(nokkel=_nokkel(hva, hvem), utloper__gt=timezone.now())
    return rader.values_list("antall", flat=True).first() or 0


def tell(hva, hvem, *, sekunder):
    """Counts one more try; the first of them lapses after so many seconds, and with it
    the others."""
    nokkel, na = _nokkel(hva, hvem), timezone.now()
    Forsok.objects.filter(nokkel=nokkel, utloper__lte=na).delete()
    if not Forsok.objects.filter(nokkel=nokkel).update(antall=F("antall") + 1):
        try:
            with transaction.atomic():
                utloper = na + timedelta(seconds=sekunder)
                Forsok.objects.create(nokkel=nokkel, antall=1, utloper=utloper)
        except IntegrityError:  # another worker was first
            Forsok.objects.filter(nokkel=nokkel).update(antall=F("antall") + 1)


def _nokkel(hva, hvem):
    return salted_hmac("slt.bremse", f"{hva}\n{hvem}", algorithm="sha256").hexdigest()


def avsendermerke(request):
    """Returns a short word for the network that a request comes from, which nobody can
    turn back: letters and digits."""
    return _nokkel("avsender", avsender(request))[:12]


def avsender(request):
    """Returns the network that a request comes from, behind as many proxies as the
    settings say. What a stranger wrote into the header counts for nothing."""
    adresse = request.META.get("REMOTE_ADDR", "")
    if settings.PROXYER:
        vei = request.headers.get("X-Forwarded-For", "").split(",")
        if len(vei) >= settings.PROXYER:
            adresse = vei[-settings.PROXYER].strip() or adresse
    return _nettet(adresse)


def _nettet(adresse):
    """Returns the network of an address as proxies write it, perhaps in brackets and
    with a port. All that is no address counts as one sender, so that nobody gets past
    by writing nonsense."""
    adresse = adresse.strip()
    if adresse.startswith("["):
        adresse = adresse[1:].partition("]")[0]
    elif adresse.count(":") == 1:
        adresse = adresse.partition(":")[0]
    try:
        ip = ip_address(adresse)
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    # One subscriber has that many addresses of version 6.
    return str(ip if ip.version == 4 else ip_network((ip, 64), strict=False))
