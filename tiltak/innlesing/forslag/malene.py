"""Goals have a place of their own in a plan: what only says that they follow goes there."""

from . import titler
from .modell import Planforslag


def uten_tomme(plan: Planforslag) -> None:
    """Takes out headings, labels and chapters for goals with nothing else beneath."""
    if not plan.malsettinger:
        return
    forste = plan.malsettinger[0]
    for del_ in (*plan.kapitler, *plan.innsatsomrader):
        ut = []
        for tekst in del_.tekst:
            if ut and _sier_at_mal_folger(ut[-1]) and tekst.slag == "overskrift":
                forste.blokker += ut.pop().blokker
            ut.append(tekst)
        while ut and _sier_at_mal_folger(ut[-1]):
            forste.blokker += ut.pop().blokker
        del_.tekst = ut
    for kapittel in list(plan.kapitler):
        if not kapittel.tekst and titler.maltype(kapittel.tittel.tekst):
            plan.kapitler.remove(kapittel)
            forste.blokker += kapittel.tittel.blokker


def _sier_at_mal_folger(del_):
    return bool(titler.maltype(del_.tekst))
