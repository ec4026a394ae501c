"""Plans that list their tiltak: as numbered paragraphs, or as items under themes."""

from tiltak.innlesing.blokker import AVSNITT, OVERSKRIFT, PUNKT

from . import titler
from .biter import Bit
from .valg import OMRADE, TILTAK, UNDEROVERSKRIFT

FAERREST = 2


def tiltak_i_lister(biter: list[Bit], roller: list[str]) -> None:
    """Makes tiltak of what lists hold, in the part of the document that is about them."""
    overskrifter = [nr for nr, bit in enumerate(biter) if roller[nr] == UNDEROVERSKRIFT]
    grenser = [*overskrifter, len(biter)]
    deler = list(zip(overskrifter, grenser[1:], strict=True))
    start = _hvor_tiltakene_begynner(biter, deler)
    funnet = False
    for nr, slutt in deler:
        if nr < start:
            continue
        punkter = _punkter(biter, nr, slutt)
        if len(punkter) < FAERREST or titler.er_kapittel(biter[nr].tekst):
            # What follows the list is about something else.
            if funnet and slutt - nr > 1:
                return
            continue
        funnet = True
        roller[nr] = OMRADE
        for punkt in punkter:
            roller[punkt] = TILTAK


def _hvor_tiltakene_begynner(biter, deler):
    """The last heading that says that tiltak follow; without one, the first list."""
    sagt = [nr for nr, _slutt in deler if titler.er_alminnelig(biter[nr].tekst)]
    if sagt:
        return sagt[-1]
    med = [nr for nr, _slutt in deler if "tiltak" in biter[nr].tekst.lower()]
    lister = [nr for nr, slutt in deler if len(_punkter(biter, nr, slutt)) >= FAERREST]
    return min([nr for nr in lister if nr in med] or [len(biter)])


def _punkter(biter, nr, slutt):
    """Items of the outermost list under a heading; none where most of it is prose."""
    under = range(nr + 1, slutt)
    alle = [u for u in under if biter[u].slag == PUNKT]
    ytterst = min((biter[u].blokk.niva for u in alle), default=0)
    punkter = [u for u in alle if biter[u].blokk.niva == ytterst]
    prosa = sum(
        biter[u].blokk.tegn for u in under if biter[u].slag in {AVSNITT, OVERSKRIFT}
    )
    numre = sum(biter[u].blokk.merke[:1].isdigit() for u in punkter)
    i_lister = sum(biter[u].blokk.tegn for u in alle)
    # Numbered ones may have prose of their own beneath each.
    return punkter if i_lister > prosa or numre * 2 > len(punkter) else []
