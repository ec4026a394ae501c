"""The public pages: why these tiltak, and what the figures say."""

from collections import defaultdict

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView, TemplateView

from evaluering import talleksport
from evaluering.figur import figur
from evaluering.innlesing import KOLONNER
from evaluering.kunnskap import noe_er_publisert, trader
from evaluering.models import Indikator, Maling
from evaluering.models.kunnskap import innenfra
from evaluering.skjul import tall
from evaluering.tabell import talltabell
from slt.felles.adminsted import valgt_kommune
from slt.felles.bevart import bevart
from slt.models import Kommune
from tiltak.views import OFFENTLIG, IKommunen


class IKunnskapen(IKommunen):
    """A page of what is known in a kommune, as far as the asker sees it."""

    def indikatorer(self):
        synlige = Indikator.objects.synlige_for(self.request.user)
        return med_tall(synlige.filter(kommune=self.kommune))

    def get_context_data(self, **kwargs):
        kontekst = super().get_context_data(**kwargs)
        # The admin works in one kommune at a time: no links into it from another one.
        kontekst["i_admin_her"] = (
            kontekst["kan_endre"] and valgt_kommune(self.request) == self.kommune
        )
        return kontekst


def med_tall(indikatorer):
    """Loads the figures and all that they say of themselves: 3 queries more."""
    malinger = Maling.objects.select_related("sted", "lokalomrade", "kilde")
    return indikatorer.select_related("kilde", "kommune").prefetch_related(
        Prefetch("malinger", malinger), "malinger__sted__deler"
    )


@method_decorator(OFFENTLIG, name="dispatch")
class KunnskapView(IKunnskapen, TemplateView):
    """The red thread, source by source: what it found, what it recommends, which tiltak
    answer, and the figures that show it."""

    template_name = "evaluering/kunnskap.html"

    def get_context_data(self, **kwargs):
        kontekst = super().get_context_data(**kwargs)
        ser_innenfra = innenfra(self.request.user).filter(pk=self.kommune.pk).exists()
        kontekst |= trader(self.request.user, self.kommune, self.plan)
        kontekst["vis_hull"] = self.kommune.kunnskapshull_er_publisert or ser_innenfra
        kontekst["har_indikatorer"] = self.indikatorer().exists()
        kontekst["har_pdf"] = noe_er_publisert(self.kommune)
        return kontekst


@method_decorator(OFFENTLIG, name="dispatch")
class IndikatorListView(IKunnskapen, ListView):
    """What is measured, each with its newest figure."""

    template_name = "evaluering/indikator_list.html"

    def get_queryset(self):
        return self.indikatorer()

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
class IndikatorDetailView(IKunnskapen, DetailView):
    """The figures of one indicator: drawn, as a table, and where they come from."""

    template_name = "evaluering/indikator_detail.html"
    context_object_name = "indikator"

    def get_queryset(self):
        return self.indikatorer()

    def get_context_data(self, **kwargs):
        kontekst = super().get_context_data(**kwargs)
        tabell = talltabell(self.object, list(self.object.malinger.all()))
        funn = self.object.funn.synlige_for(self.request.user)
        return kontekst | {
            "tabell": tabell,
            "figur": figur(tabell),
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
    indikatorer = list(med_tall(indikatorer))
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
