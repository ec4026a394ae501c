"""Counts what people search for in vain, by month: only words of the vocabulary that
comes with the software, so that nothing that anybody typed is kept."""

from contextlib import suppress

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from slt.grunn.sok.hverdagsord import kjente_ord
from slt.grunn.sok.ord import stamme
from slt.models import OrdUtenTreff

# Of one question.
FLEST = 5


def tell(kommune, ordene):
    """Counts each of the words that is known once more. Several may do so at the same
    time, and the content of the kommune is as it was."""
    kjente = {kjente_ord().get(stamme(ord_)) for ord_ in ordene} - {None}
    # Nobody who searches waits for long, or gets no answer, because of a count.
    with suppress(OperationalError):
        for ord_ in sorted(kjente)[:FLEST]:
            _tell_ett({"kommune": kommune, "maned": _maneden(), "ord": ord_})


def _tell_ett(rad):
    if not _en_til(rad):
        try:
            with transaction.atomic():
                OrdUtenTreff.objects.create(**rad)
        except IntegrityError:  # another worker was first
            _en_til(rad)


def denne_maneden(kommune):
    """The counts of this month, what was sought most first."""
    rader = OrdUtenTreff.objects.filter(kommune=kommune, maned=_maneden())
    return rader.order_by("-antall", "ord__norsk")


def rydd():
    """Throws away the counts of earlier months; returns what it did, in words."""
    antall, _alle = OrdUtenTreff.objects.filter(maned__lt=_maneden()).delete()
    return f"Slettet {antall} tellinger av ord uten treff."


def _en_til(rad):
    return OrdUtenTreff.objects.filter(**rad).update(antall=F("antall") + 1)


def _maneden():
    return timezone.localdate().replace(day=1)
