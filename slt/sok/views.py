"""The search of a kommune: who can help, and what is written about it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from slt.felles.bevart import i_malformen
from slt.felles.offentlig import med_innhold
from slt.felles.sider import for_koordinator, uten_spor
from slt.felles.sokbart import GRUPPER
from slt.grunn.identitetsnummer import finn_identitetsnummer
from slt.grunn.sok.sporring import LENGST, les
from slt.grunn.sok.utdrag import i_biter, utdrag
from slt.models import Kommune
from slt.sok.lager import indeks_for
from slt.sok.telling import denne_maneden, tell

NUMRE_I_TREFF = 2


@login_not_required
@require_safe
@uten_spor
@i_malformen
def sok(request, kommune):
    """What answers a question, the best first; nothing of the question is kept."""
    kommune = get_object_or_404(med_innhold(Kommune.objects.all()), slug=kommune)
    svar = render(
        request, "sok/sok.html", {"kommune": kommune, **_funnet(request, kommune)}
    )
    svar["Cache-Control"] = "no-store"
    svar["X-Robots-Tag"] = "noindex"
    return svar


@require_safe
@for_koordinator
def uten_treff(request, kommune):
    """The words that found nothing this month, counted."""
    kontekst = {"kommune": kommune, "ordene": denne_maneden(kommune)}
    return render(request, "sok/uten_treff.html", kontekst)


def _funnet(request, kommune):
    tekst = request.GET.get("q", "")
    if finn_identitetsnummer(tekst):
        # Not shown again, not looked up.
        return {"er_identitetsnummer": True}
    sporring = les(tekst)
    kontekst = {"sporring": sporring, "lengst": LENGST}
    if not sporring:
        return kontekst
    svar = indeks_for(kommune, request.user).sok(sporring)
    tell(kommune, svar.uten_treff if svar.treff else sporring.ord)
    treff = [Vist(t) for t in svar.treff]
    return kontekst | {
        "svar": svar,
        "antall": len(treff),
        "grupper": [
            (gruppe, rader)
            for gruppe in GRUPPER
            if (rader := [t for t in treff if t.ting.slag.gruppe == gruppe])
        ],
    }


class Vist:
    """A hit as the page shows it, its words marked."""

    def __init__(self, treff):
        self.ting, self._stammer = treff.ting, treff.stammer

    @cached_property
    def tittel(self):
        return i_biter(self.ting.tittel, self._stammer)

    @cached_property
    def utdrag(self):
        return utdrag(self.ting.tekst, self._stammer)

    @property
    def numre(self):
        return self.ting.numre[:NUMRE_I_TREFF]
