"""One reminder to those who have not answered, or not all: by a press, or by night."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from slt.models import Kommune
from tiltak.models import Runde, Rundeoppsett
from tiltak.runder import lop
from tiltak.runder.oversikt import Rad, oversikt

# So many days before the deadline it goes by itself.
DAGER_FOR = 5
# So many days after it was sent it can be pressed, not before: until then the mail may lie
# in the outbox, or unread, and each is reminded but once.
DAGER_ETTER = 3


def minnes_fra(runde: Runde) -> date:
    """The first day on which a press reminds of a round that is sent; no later than the
    last day to answer."""
    sendt = timezone.localdate(runde.startet)
    return min(sendt + timedelta(days=DAGER_ETTER), runde.frist)


def purr(runde: Runde, *, spurt_for=None) -> int:
    """Reminds all who have not answered, once each. Who they are is stored first: who is
    killed on the way is gone on from by the night. Returns how many mails were put into
    the outbox.

    Args:
        spurt_for: a day; who was asked on it or later is not reminded.

    Raises:
        lop.IkkeNa: in July, once the deadline is over or the round closed, where the site
            does not know its own address, and of a press that comes too early.
    """
    if not settings.SITE_URL:
        raise lop.IkkeNa(lop.UTEN_ADRESSE)
    if lop.er_juli():
        raise lop.IkkeNa(_("I juli sendes det ingen påminnelser."))
    with transaction.atomic():
        Kommune.objects.las(runde.kommune_id)
        apne = Runde.objects.apne().select_related("kommune")
        runde = apne.filter(pk=runde.pk).first()
        if runde is None:
            raise lop.IkkeNa(lop.KAN_IKKE_BESVARES)
        nye = set()
        if spurt_for is None:
            _sjekk_at_de_fikk_tid(runde)
        else:
            lenker = runde.foresporsler.filter(lenker__fra__gte=spurt_for)
            nye = set(lenker.values_list("pk", flat=True))
        for rad in de_som_minnes(oversikt(runde)):
            if rad.foresporsel.pk not in nye:
                _merk(rad.foresporsel)
    return lop.legg_ut(runde)


def _sjekk_at_de_fikk_tid(runde):
    fra = minnes_fra(runde)
    if timezone.localdate() < fra:
        tekst = _("Påminnelsen kan sendes fra %s. De ble nettopp spurt.")
        raise lop.IkkeNa(tekst % date_format(fra, "j. F"))


def de_som_minnes(rader: list[Rad]) -> list[Rad]:
    """Those of an `oversikt` whom a press would remind."""
    return [rad for rad in rader if rad.kan_minnes]


def _merk(foresporsel):
    epost = foresporsel.tjeneste.svaransvarlig
    if foresporsel.epost.lower() != epost.lower():
        # Somebody else answers by now: what the other one had, opens nothing again.
        for lenke in foresporsel.lenker.ikke_over():
            lenke.avslutt()
    foresporsel.epost, foresporsel.brev = epost, ""
    foresporsel.purret = timezone.now()
    foresporsel.save()


def som_minnes(dag) -> list[Runde]:
    """The rounds of kommuner that want it to go by itself, from five days before their
    deadline; 1 query."""
    purrer = Rundeoppsett.objects.filter(purrer=True).values("kommune")
    rader = Runde.objects.apne().filter(
        kommune__in=purrer, frist__lte=dag + timedelta(days=DAGER_FOR)
    )
    return list(rader.select_related("kommune"))


def purr_om_natten(runde: Runde) -> int:
    """As `purr`, but of those who had five days to answer; 0 where nobody may be reminded
    today."""
    try:
        return purr(runde, spurt_for=runde.frist - timedelta(days=DAGER_FOR))
    except lop.IkkeNa:
        return 0
