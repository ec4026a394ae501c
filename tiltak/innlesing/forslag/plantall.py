"""What a plan says of itself: its title and its years."""

from . import funn
from .modell import Planforslag, Verdi


def om_planen(plan: Planforslag) -> None:
    """The title is the document's own, or the first line that calls itself a plan."""
    if plan.tittel is None:
        plan.tittel = _tittel(plan)
    tekster = [plan.tittel.tekst] if plan.tittel else []
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
