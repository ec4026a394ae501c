"""That a round was opened again, said to those who have not answered in it: by one press,
once for each time it was opened."""

from collections import defaultdict

from django.conf import settings
from django.db import transaction

from slt.models import Kommune
from tiltak.models import Runde, Rundelukking, Svarlenke
from tiltak.runder import brev, lop
from tiltak.runder.oversikt import Rad, oversikt


def gjenapningen(runde: Runde) -> Rundelukking | None:
    """The Rundelukking that says when and why an open round was opened last, or None."""
    if runde.er_lukket:
        return None
    rader = runde.lukkinger.exclude(gjenapnet=None)
    return rader.order_by("-gjenapnet", "-pk").first()


def uvitende(rader: list[Rad], lukking: Rundelukking) -> list[Rad]:
    """Those of an `oversikt` who have not answered, can be asked, and got no link since the
    round was opened; 1 query."""
    laget = Svarlenke.historikk.filter(
        history_type="+",
        history_date__gte=lukking.gjenapnet,
        foresporsel__in=[rad.foresporsel.pk for rad in rader],
    )
    vet = set(laget.values_list("foresporsel", flat=True))
    return [rad for rad in rader if rad.kan_sporres and rad.foresporsel.pk not in vet]


@transaction.atomic
def si_fra(runde: Runde) -> int:
    """Says to all who have not answered that it is open again, with new links; what they
    had opens nothing any more. Pressed twice, or by two at once, each is told once. Returns
    how many mails were put into the outbox: one to each address.

    Raises:
        lop.IkkeNa: in July, where the round cannot be answered, and where the site does not
            know its own address.
    """
    if not settings.SITE_URL:
        raise lop.IkkeNa(lop.UTEN_ADRESSE)
    if lop.er_juli():
        raise lop.IkkeNa(lop.I_JULI)
    Kommune.objects.las(runde.kommune_id)
    apne = Runde.objects.apne().select_related("kommune")
    runde = apne.filter(pk=runde.pk).first()
    if runde is None:
        raise lop.IkkeNa(lop.KAN_IKKE_BESVARES)
    lukking = gjenapningen(runde)
    if lukking is None:
        return 0
    per_adresse = defaultdict(list)
    for rad in uvitende(oversikt(runde), lukking):
        per_adresse[rad.tjeneste.svaransvarlig.lower()].append(rad)
    for rader in per_adresse.values():
        _si_fra(runde, rader, lukking)
    return len(per_adresse)


def _si_fra(runde, rader, lukking):
    foresporsler = [rad.foresporsel for rad in rader]
    for rad, foresporsel in zip(rader, foresporsler, strict=True):
        foresporsel.epost = rad.tjeneste.svaransvarlig
        foresporsel.mangler = rad.mangler
        for lenke in foresporsel.lenker.ikke_over():
            lenke.avslutt()
    nokkel = f"runde:{runde.pk}:{foresporsler[0].pk}:igjen:{lukking.pk}"
    brev.legg(runde, foresporsler, nokkel=nokkel, slag=brev.APNET_IGJEN)
