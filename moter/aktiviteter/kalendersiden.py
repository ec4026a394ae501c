"""The page with the forebyggingskalender."""

import re

from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from moter.aktiviteter.kalender import SE_OGSA, SENEST, TIDLIGST, Skolear, kalender
from moter.models.aktiviteter import ser_kalenderen
from slt.felles.sider import OFFENTLIG, IKommunen
from tiltak.models import TRINN


def valgt_skolear(request):
    """The school year that the address asks for, by the year in which it begins; a 404 for
    one that nobody means."""
    tekst = request.GET.get("skolear", "")
    if not tekst:
        return Skolear.na()
    if not re.fullmatch("[0-9]{4}", tekst) or not TIDLIGST <= int(tekst) <= SENEST:
        raise Http404
    return Skolear(int(tekst))


def valgt_trinn(request):
    """The number of the grade that the address asks for, or None for all."""
    tekst = request.GET.get("trinn", "")
    if not tekst:
        return None
    trinn = {str(nr): nr for nr, _navn in TRINN}
    if tekst not in trinn:
        raise Http404
    return trinn[tekst]


@method_decorator(OFFENTLIG, name="dispatch")
class ForebyggingskalenderView(IKommunen, TemplateView):
    """What the pupils of each grade meet in a school year; of one grade, as a list. For all
    where the kommune wants it, else for who works there."""

    template_name = "moter/aktiviteter/forebyggingskalender.html"

    def get_context_data(self, **kwargs):
        bruker = self.request.user
        if not ser_kalenderen(self.kommune, bruker):
            raise Http404
        skolear, trinn = valgt_skolear(self.request), valgt_trinn(self.request)
        hele = kalender(self.kommune, skolear, bruker)
        return super().get_context_data(
            kalender=hele,
            er_apen=self.kommune.forebyggingskalender_er_apen,
            trinnvalg=TRINN,
            trinn=trinn,
            rad=next((rad for rad in hele.rader if rad[0] == trinn), None),
            skolear=skolear,
            skolearene=[
                Skolear(ar)
                for ar in range(skolear.begynner - 1, skolear.begynner + 2)
                if TIDLIGST <= ar <= SENEST
            ],
            se_ogsa=[lenke for finn in SE_OGSA for lenke in finn(self.kommune, bruker)],
            **kwargs,
        )
