"""What was said of how it goes with tiltak: their yearly notes, for those who may see
them."""

from collections import defaultdict
from collections.abc import Iterable

from tiltak.models import Statusrapport, Tiltak


def notater(tiltakene: Iterable[Tiltak], bruker) -> dict[int, list[Statusrapport]]:
    """{id of a tiltak: what was said of it, the newest first}, as far as the user may see
    it, each with its runde and tjeneste loaded; of those of which nothing was said, none.
    1 query, of however many."""
    rader = Statusrapport.objects.synlige_for(bruker)
    rader = rader.filter(tiltak__in=[tiltak.pk for tiltak in tiltakene])
    rader = rader.select_related("runde", "tjeneste__kommune").order_by("-dato", "-pk")
    per_tiltak = defaultdict(list)
    for rad in rader:
        per_tiltak[rad.tiltak_id].append(rad)
    return dict(per_tiltak)
