"""What was said of how it goes with tiltak: their yearly notes, for those who may see
them. No page that is kept tells them: they change without the version of the kommune."""

from collections import defaultdict
from collections.abc import Iterable

from slt.models import retter_av
from tiltak.models import LESER_STATUS, REDAKTOR, Statusrapport, Tiltak


def kan_se_notater(bruker, kommune) -> bool:
    """Whether there may be notes in the kommune that the user sees; no query of those whose
    rights are known. Of a tjeneste that the user keeps, it is not asked whose it is."""
    retter = retter_av(bruker)
    if retter is None or retter.pker(REDAKTOR):
        return True
    return kommune.gir(bruker, *LESER_STATUS)


def notater_om(tiltak: Tiltak, bruker) -> list[Statusrapport]:
    """Returns what was said of a tiltak and of its deltiltak, which are loaded, the newest
    first; 1 query. Each has its tiltak."""
    deler = {t.pk: t for t in (tiltak, *tiltak.deltiltak.all())}
    alle = [rad for rader in notater(deler.values(), bruker).values() for rad in rader]
    for rad in alle:
        rad.tiltak = deler[rad.tiltak_id]
    return sorted(alle, key=lambda rad: (rad.dato, rad.pk), reverse=True)


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
