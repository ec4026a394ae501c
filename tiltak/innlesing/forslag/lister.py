"""Plans that list their tiltak: as numbered paragraphs, or as items under themes."""

from itertools import groupby

from tiltak.innlesing.blokker import AVSNITT, OVERSKRIFT, PUNKT

from . import titler
from .biter import Bit
from .etiketter import ROLLER, Etiketter
from .valg import OMRADE, TEKST, TILTAK, TITTEL, UNDEROVERSKRIFT

FAERREST = 2


def tiltak_i_lister(biter: list[Bit], roller: list[str], etiketter: Etiketter) -> None:
    """Makes tiltak of what lists hold: those that something announces or that say who
    answers; else those in the part of the document that is about tiltak."""
    funnet = _sagte_lister(biter, roller, etiketter)
    if sum(map(len, funnet)) >= FAERREST:
        for punkter in funnet:
            for punkt in punkter:
                roller[punkt] = TILTAK
            if (over := _omradet(biter, roller, punkter[0])) is not None:
                roller[over] = OMRADE
        return
    _lister_under_temaer(biter, roller)


def _sagte_lister(biter, roller, etiketter):
    """Each list by the places of its outermost items."""
    ut = []
    for er_punkt, gruppe in groupby(
        range(len(biter)),
        key=lambda nr: biter[nr].slag == PUNKT and roller[nr] == TEKST,
    ):
        alle = list(gruppe)
        if not er_punkt:
            continue
        ytterst = min(biter[nr].blokk.niva for nr in alle)
        punkter = [nr for nr in alle if biter[nr].blokk.niva == ytterst]
        med_ansvar = sum(har_eget_ansvar(biter[nr], etiketter) for nr in punkter)
        foran = biter[alle[0] - 1].tekst if alle[0] else ""
        if titler.sier_at_tiltak_folger(foran) or med_ansvar * 2 > len(punkter):
            ut.append(punkter)
    return ut


def har_eget_ansvar(bit: Bit, etiketter: Etiketter) -> bool:
    """Whether an item of a list says what is to be done and who answers."""
    if bit.slag != PUNKT:
        return False
    _tittel, felt = etiketter.bakerst(bit.tekst)
    return any(
        treff[0] in ROLLER for linje in felt if (treff := etiketter.linje(linje))
    )


def _omradet(biter, roller, nr):
    """The nearest heading above a list that names something."""
    for over in range(nr - 1, -1, -1):
        if roller[over] in {OMRADE, TITTEL}:
            return None
        if roller[over] == UNDEROVERSKRIFT:
            tekst = biter[over].tekst
            if titler.er_kapittel(tekst):
                return None
            if not titler.er_alminnelig(tekst) and not titler.maltype(tekst):
                return over
    return None


def _lister_under_temaer(biter, roller):
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
