"""What the meeting structure has to search: the fora and the activities that the user
sees."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moter.models import Aktivitet, Forum
from slt.felles.sokbart import MOTER
from slt.grunn.sok.ting import Slag, Sokbart
from slt.grunn.sok.utdrag import uten_merker

FORUM = Slag(_("Forum"), MOTER, 0.6)
AKTIVITET = Slag(_("Aktivitet"), MOTER, 0.5)
# What is older than that is found in the list of its year.
NYERE_ENN = timedelta(days=3 * 365)


def sokbart(kommune, bruker):
    """Yields them: 1 query for each of the two."""
    yield from _foraene(kommune, bruker)
    yield from _aktivitetene(kommune, bruker)


def _foraene(kommune, bruker):
    """Yields them, those of neighbours that the kommune takes part in too."""
    fora = Forum.objects.synlige_for(bruker).i(kommune).virksomme()
    for forum in fora.select_related("kommune", "lokalomrade").order_by("pk"):
        tekst = uten_merker(forum.formal)
        type_ = str(Forum.Type(forum.type).label)
        yield Sokbart(
            slag=FORUM,
            tittel=forum.navn,
            adresse=forum.get_absolute_url(),
            felter=[(tekst, 1), (type_, 1.2)],
            tekst=tekst,
            under=type_,
            steder=[forum.lokalomrade.navn] if forum.lokalomrade else [],
        )


def _aktivitetene(kommune, bruker):
    """Yields those that are held. How it went is no text to search."""
    rader = Aktivitet.objects.synlige_for(bruker).filter(kommune=kommune).som_holdes()
    rader = rader.filter(dato__gte=timezone.localdate() - NYERE_ENN)
    for rad in rader.select_related("sted", "tjeneste").order_by("pk"):
        type_ = str(rad.get_slag_display())
        tekst = ", ".join(filter(None, [rad.publikum, rad.trinn, rad.stedet]))
        yield Sokbart(
            slag=AKTIVITET,
            tittel=rad.tittel,
            adresse=rad.adresse_i(kommune),
            felter=[(tekst, 1), (type_, 1.2), (rad.holder, 0.8)],
            tekst=tekst,
            under=f"{type_}, {rad.dagene}",
            steder=[rad.sted.navn] if rad.sted else [],
        )
