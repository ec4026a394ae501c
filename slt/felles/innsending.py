"""What is sent twice, by a double press or by going back to the page, is put in once."""

from contextlib import nullcontext
from datetime import timedelta
from uuid import NAMESPACE_OID, uuid5

from django.utils import timezone

from slt.grunn.historikk import samlet_som

# As long as a second press may come after the first one.
ET_OYEBLIKK = timedelta(minutes=1)
# What says nothing of the content.
UTENOM = {"csrfmiddlewaretoken", "_kladd", "_save", "_continue", "_addanother"}


def innsendingen(request, modell):
    """Returns the id of what was sent: the same when the same user sends the same content
    to the same address from the same page again. None where the page has no mark."""
    if not request.POST.get("sett"):
        return None
    sendt = sorted((n, v) for n, v in request.POST.lists() if n not in UTENOM)
    filer = sorted((navn, fil.name, fil.size) for navn, fil in request.FILES.items())
    hva = (modell._meta.label_lower, request.path, request.user.pk, sendt, filer)
    return uuid5(NAMESPACE_OID, repr(hva))


def lagt_inn(rader, samling):
    """Returns the row of these that was put in as that set, if it is there. One that was
    deleted since may come anew."""
    if samling is None:
        return None
    modell = rader.model
    nye = modell.historikk.filter(history_samling=samling, history_type="+")
    # What stands on its page came after it.
    der = rader.filter(pk__in=nye.order_by().values(modell._meta.pk.attname))
    return der.order_by("pk").first()


def nettopp_lagret(modeller, kommune, samling):
    """Whether that set was saved a moment ago, in rows of these models."""
    if samling is None:
        return False
    nylig = {
        "history_kommune": kommune,
        "history_date__gte": timezone.now() - ET_OYEBLIKK,
        "history_samling": samling,
    }
    return any(modell.historikk.filter(**nylig).exists() for modell in modeller)


def slettet_av(bruker, modell, kommune, pk):
    """Returns the row as it was when this user deleted it, or None: what is pressed again
    finds that the first press did it."""
    borte = modell.historikk.filter(
        **{modell._meta.pk.attname: pk},
        history_kommune=kommune,
        history_user=bruker,
        history_type="-",
    ).first()
    return borte and borte.instance


def samlet(samling):
    """Marks what is put in inside the block as what was sent."""
    return samlet_som(samling) if samling else nullcontext()
