"""What can be searched in a kommune: each app says its own at start, and the search knows
none of them."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from slt.grunn.sok.ting import Gruppe, Sokbart
from slt.models import Bruker, Kommune

HJELP = Gruppe("hjelp", _("Hjelp og tiltak"))
MOTER = Gruppe("moter", _("Møter"))
KUNNSKAP = Gruppe("kunnskap", _("Kunnskap og tall"))
PLANEN = Gruppe("planen", _("I planen"))
# In the order of the page: those who look for help find it first.
GRUPPER = (HJELP, MOTER, KUNNSKAP, PLANEN)

# What of a kommune the user sees, in a constant number of queries: one of each app.
KILDER: list[Callable[[Kommune, Bruker], Iterable[Sokbart]]] = []
