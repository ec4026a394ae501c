"""The page on which somebody who works in a kommune begins, and the way to it."""

from itertools import chain

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from slt.arbeidsflate.sist_endret import sist_endret
from slt.felles.arbeidsflate import BIDRAG, Hvem, kommuner_for
from slt.felles.start import med_start, stegene
from slt.models import Tilgang

ENDRINGER = 10
# Of what a kommune begins with: all stands on a page of its own.
STEG = 3


@never_cache
@require_safe
def arbeidsflate(request, kommune):
    """What waits for the asker in a kommune, what is to come, and what was changed."""
    kommuner = med_start(kommuner_for(request.user))
    kommune = get_object_or_404(kommuner, slug=kommune)
    hvem = Hvem(
        bruker=request.user,
        kommune=kommune,
        koordinerer=kommune.gir(request.user, Tilgang.Rolle.KOORDINATOR),
        vedtar=kommune.gir(request.user, Tilgang.Rolle.POLITIRAD),
    )
    with override(kommune.malform):
        return render(request, "slt/arbeidsflate.html", _innholdet(request, hvem))


def _innholdet(request, hvem):
    bidragene = [finn(hvem) for finn in BIDRAG]
    alle = chain.from_iterable
    rammen = {navn: ting for b in bidragene for navn, ting in b.rammen.items()}
    return rammen | {
        "kommune": hvem.kommune,
        "hvem": hvem,
        "venter": list(alle(b.venter for b in bidragene)),
        "kommer": sorted(alle(b.kommer for b in bidragene), key=lambda h: h.tid),
        "begynn": _igjen(hvem),
        "leses": list(alle(b.leses for b in bidragene)),
        "endringer": sist_endret(hvem.kommune, ENDRINGER) if hvem.koordinerer else [],
    }


def _igjen(hvem):
    """The first steps that are left, for who keeps the kommune."""
    if not hvem.koordinerer:
        return []
    return [status for status in stegene(hvem.kommune) if not status.gjort][:STEG]


@never_cache
@require_safe
def inn(request):
    """Where somebody lands after logging in: on their page of the kommune, or on their
    own where they work in several or none. Who keeps one that never had a plan in force
    begins with what it begins with."""
    kommuner = list(kommuner_for(request.user)[:2])
    if len(kommuner) != 1:
        return redirect("konto:min_side")
    [kommune] = kommuner
    koordinerer = kommune.gir(request.user, Tilgang.Rolle.KOORDINATOR)
    begynner = koordinerer and not kommune.planer.har_gjeldt().exists()
    return redirect("start" if begynner else "arbeidsflate", kommune.slug)
