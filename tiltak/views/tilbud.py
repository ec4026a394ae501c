"""The public pages of what services offer without any plan."""

from functools import cached_property

from django.db.models import Q
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import DetailView, ListView

from slt.felles.sider import OFFENTLIG_MED_DATO, IKommunen, videre
from tiltak.detaljer import last_detaljer, last_for_side, med_sted_i_planen
from tiltak.endringer import sist_endret
from tiltak.filters import TilbudFilter
from tiltak.models import (
    Tiltak,
)

from .felles import FiltrertListe, notatene_om, si_apent_for, tilbud_i


@method_decorator(OFFENTLIG_MED_DATO, name="dispatch")
class TilbudListView(FiltrertListe, IKommunen, ListView):
    """What services offer without any plan, narrowed by what stands in the address."""

    template_name = "tiltak/tilbud_list.html"
    context_object_name = "tilbudene"

    @cached_property
    def filter(self):
        alle = tilbud_i(self.kommune)
        return TilbudFilter(self.request.GET, queryset=alle, kommune=self.kommune)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            skjulte=self._skjulte() if self.kan_endre else [],
            **kwargs,
        )

    def _skjulte(self):
        """What only the coordinator finds: not published, or ended."""
        alle = Tiltak.objects.tilbud().filter(kommune=self.kommune).selvstendige()
        skjulte = alle.filter(Q(publisert=False) | Q(status__in=Tiltak.AVSLUTTEDE))
        return skjulte.select_related("kommune").order_by("tittel__norsk", "pk")


@method_decorator(OFFENTLIG_MED_DATO, name="dispatch")
class TilbudDetailView(IKommunen, DetailView):
    """What a service offers without any plan. Where a plan has taken it in, its address
    leads on to where it stands there."""

    template_name = "tiltak/tilbud_detail.html"
    context_object_name = "tiltak"

    def get(self, request, *args, **kwargs):
        if (inne := self._tatt_inn()) is not None:
            return videre(request, inne.get_absolute_url())
        return super().get(request, *args, **kwargs)

    @cached_property
    def tilbudet(self):
        synlige = Tiltak.objects.synlige_for(self.request.user).tilbud().selvstendige()
        rader = synlige.filter(kommune=self.kommune, slug=self.kwargs["slug"])
        rader = rader.select_related("kommune")
        return rader.annotate(sist_endret=sist_endret()).first()

    def _tatt_inn(self):
        """The tiltak of a plan that was the tilbud with this address, as far as the asker
        sees it; its history tells."""
        if self.tilbudet is not None:
            return None
        slug = self.kwargs["slug"]
        da = Tiltak.historikk.filter(history_kommune=self.kommune, plan=None, slug=slug)
        synlige = Tiltak.objects.synlige_for(self.request.user).exclude(plan=None)
        return med_sted_i_planen(synlige.filter(pk__in=da.values("id"))).last()

    def get_object(self):
        if self.tilbudet is None:
            raise Http404
        last_detaljer([self.tilbudet], self.request.user)
        last_for_side(self.tilbudet, self.request.user)
        return self.tilbudet

    def get_context_data(self, **kwargs):
        si_apent_for(self.request, self.object)
        return super().get_context_data(
            **notatene_om(self.request, self.object), **kwargs
        )
