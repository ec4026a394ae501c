"""What the meeting structure has to search: the fora that the user sees."""

from django.utils.translation import gettext_lazy as _

from moter.models import Forum
from slt.felles.sokbart import MOTER
from slt.grunn.sok.ting import Slag, Sokbart
from slt.grunn.sok.utdrag import uten_merker

FORUM = Slag(_("Forum"), MOTER, 0.6)


def sokbart(kommune, bruker):
    """Yields them, those of neighbours that the kommune takes part in too: 1 query."""
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
