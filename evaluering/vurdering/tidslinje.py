"""That a tiltak was evaluated, in its timeline: of what all may read."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluering.models import Evaluering
from slt.grunn.den_dagen import dagen
from slt.models import PUBLIKUM
from tiltak.tidslinje import Linje


def linjer(tiltak, _bruker):
    """Returns a line for each published evaluation that says something of the tiltak; 1
    query."""
    om_det = Q(tiltak=tiltak) | Q(
        pk__in=tiltak.vurderinger.exclude(videre="").values("evaluering")
    )
    rader = Evaluering.objects.synlige_for(PUBLIKUM).filter(om_det)
    alle = [
        Linje(
            timezone.localtime(rad.ferdig).date(),
            _("Evaluert: %s.") % rad,
            rad.get_absolute_url(),
        )
        for rad in rader.select_related("kommune").order_by("ferdig", "pk")
    ]
    # On a page of another day, none of what came later.
    return [linje for linje in alle if linje.nar <= dagen()]
