"""The indexes that a process has made and keeps: one for each kommune, version of its
content and audience.

Who sees the same shares one; a stranger's holds nothing but what strangers see. It is in
the memory of the process and nowhere else, and the ones used last are kept.
"""

from collections import OrderedDict
from threading import Lock

from django.utils import timezone

from slt.felles.sokbart import KILDER
from slt.grunn.sok.indeks import Indeks
from slt.models import retter_av

FLEST = 10


class Lager:
    """The indexes that were used last, at most `flest`."""

    def __init__(self, flest=FLEST):
        self._flest = flest
        self._las = Lock()
        self._plassene = OrderedDict()  # {key: _Plass}

    def hent(self, nokkel, bygg):
        """Returns what is kept under the key, built once however many ask for it at the
        same time; nobody who asks for another one waits for that."""
        with self._las:
            plass = self._plassene.setdefault(nokkel, _Plass())
            self._plassene.move_to_end(nokkel)
            while len(self._plassene) > self._flest:
                self._plassene.popitem(last=False)
        with plass.las:
            if plass.indeks is None:
                plass.indeks = bygg()
        return plass.indeks

    def glem(self):
        with self._las:
            self._plassene.clear()


class _Plass:
    """Where an index is, or is being built."""

    def __init__(self):
        self.las = Lock()
        self.indeks = None


LAGER = Lager()


def indeks_for(kommune, bruker):
    """The Indeks of what the user sees in the kommune, which was read just now.

    What is kept under a version is at least as new as that: who writes while it is built,
    raises the version, and the next one to ask builds another. Of who has rights to very
    much, nothing is kept: what they see may end without a new version of the kommune.
    """
    retter = retter_av(bruker)
    if retter is None:
        return bygg(kommune, bruker)
    # Some of what holds does so until a day.
    dag = timezone.localdate()
    nokkel = kommune.pk, kommune.versjon, kommune.malform, dag, retter.nokkel
    return LAGER.hent(nokkel, lambda: bygg(kommune, bruker))


def bygg(kommune, bruker):
    return Indeks(tingene(kommune, bruker))


def tingene(kommune, bruker):
    """Yields all that the user can find in the kommune."""
    return (ting for kilde in KILDER for ting in kilde(kommune, bruker))
