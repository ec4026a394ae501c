"""The public pages and files of figures."""

from collections import defaultdict

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from evaluering.models import Indikator
from evaluering.tall import eksport as talleksport
from evaluering.tall.diagram import diagram
from evaluering.tall.malen import KOLONNER
from evaluering.tall.skjul import tall
from evaluering.tall.tabell import talltabell
from slt.felles.bevart import bevart
from slt.felles.sider import OFFENTLIG, IKommunen
from slt.models import Kommune


class BlantIndikatorene(IKommunen):
    """A page of what is measured in a kommune, as far as the asker sees it."""

    def get_queryset(self):
        synlige = Indikator.objects.synlige_for(self.request.user)
        return synlige.filter(kommune=self.kommune).med_tall()


@method_decorator(OFFENTLIG, name="dispatch")
class IndikatorListView(BlantIndikatorene, ListView):
    """What is measured, each with its newest figure."""

    template_name = "evaluering/indikator_list.html"

    def get_context_data(self, **kwargs):
        kontekst = super().get_context_data(**kwargs)
        per_kilde = defaultdict(list)
        for indikator in kontekst["object_list"]:
            tabell = talltabell(indikator, list(indikator.malinger.all()))
            per_kilde[indikator.kilde].append(tabell)
        kilder = sorted(per_kilde, key=lambda k: (-k.arstall, k.pk))
        kontekst["grupper"] = [(kilde, per_kilde[kilde]) for kilde in kilder]
        return kontekst


@method_decorator(OFFENTLIG, name="dispatch")
class IndikatorDetailView(BlantIndikatorene, DetailView):
    """The figures of one indicator: drawn, as a table, and where they come from."""

    template_name = "evaluering/indikator_detail.html"
    context_object_name = "indikator"

    def get_context_data(self, **kwargs):
        kontekst = super().get_context_data(**kwargs)
        tabell = talltabell(self.object, list(self.object.malinger.all()))
        funn = self.object.funn.synlige_for(self.request.user)
        return kontekst | {
            "tabell": tabell,
            "diagram": diagram(tabell),
            "funnene": funn.select_related("kilde"),
        }


@login_not_required
@require_safe
@bevart
def tallfil(request, kommune, som, slug=None):
    """The figures that the asker sees as a file: of one indicator, or all of them."""
    kommune = get_object_or_404(Kommune, slug=kommune)
    indikatorer = Indikator.objects.synlige_for(request.user).filter(kommune=kommune)
    if slug:
        indikatorer = indikatorer.filter(slug=slug)
    indikatorer = list(indikatorer.med_tall())
    if not indikatorer and slug:
        raise Http404("no such indicator")
    tallene = []
    for indikator in indikatorer:
        tallene += tall(indikator, indikator.malinger.all())
    filnavn = f"tall-{kommune.slug}" + (f"-{slug}" if slug else "")
    return talleksport.svar(filnavn, talleksport.rader(tallene), som=som)


@login_not_required
@require_safe
@bevart
def tallmal(request, kommune, som):
    """An empty table with the right headings, to fill in and send back."""
    get_object_or_404(Kommune, slug=kommune)
    return talleksport.svar("mal-for-tall", [list(KOLONNER)], som=som)
