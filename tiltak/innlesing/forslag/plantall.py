"""What a plan says of itself: its title and its years."""

from . import funn
from .modell import Planforslag, Verdi

# So many blocks are those of the front of a document.
OVERST = 5


def om_planen(plan: Planforslag) -> None:
    """The title is the document's own, or the first line that calls itself a plan."""
    if plan.tittel is None:
        plan.tittel = _tittel(plan)
    tekster = [plan.tittel.tekst] if plan.tittel else []
    # A document of the site itself has them on a line beneath, that is no part of the text.
    overst = (u for u in plan.utelatt if float(u.blokk) <= OVERST)
    tekster += [u.tekst for u in overst]
    for kapittel in plan.kapitler[:3]:
        tekster += [
            kapittel.tittel.tekst,
            *(del_.tekst for del_ in kapittel.tekst[:20]),
        ]
    for tekst in tekster:
        if ar := funn.arsrekke(tekst):
            plan.fra_ar, plan.til_ar = ar
            return


def _tittel(plan):
    for kapittel in plan.kapitler[:2]:
        for verdi in (kapittel.tittel, *kapittel.tekst[:3]):
            kort = len(verdi.tekst) <= 160
            if kort and "plan" in verdi.tekst.lower() and not verdi.tekst.endswith("."):
                return Verdi(" ".join(verdi.tekst.split()), verdi.blokker)
    return None
