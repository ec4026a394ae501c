"""What happens in a year, for all who may see it, and the page of one activity."""

import re

from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.generic import DetailView, TemplateView

from moter.aktiviteter.forms import UtvalgForm
from moter.aktiviteter.oversikt import arene, arets, oppmote, per_maned
from moter.models import Aktivitet
from moter.models.aktiviteter import SER_HVORDAN_DET_GIKK
from slt.felles.sider import OFFENTLIG, IKommunen
from slt.grunn.tid import i_ar

TIDLIGST, SENEST = 2000, 2199


def valgt_ar(request, ellers=i_ar):
    """Returns the year that the address asks for, or what `ellers` says; a 404 for one that
    nobody means."""
    tekst = request.GET.get("ar", "")
    if not tekst:
        return ellers()
    if not re.fullmatch("[0-9]{4}", tekst) or not TIDLIGST <= int(tekst) <= SENEST:
        raise Http404
    return int(tekst)


@method_decorator(OFFENTLIG, name="dispatch")
class AktivitetListView(IKommunen, TemplateView):
    """The activities of a year, by month."""

    template_name = "moter/aktiviteter/aktivitet_list.html"

    @cached_property
    def arene(self):
        return arene(self.kommune, self.request.user)

    def _aret(self):
        """This year, or the last one in which there was something."""
        na = i_ar()
        return na if na in self.arene or not self.arene else self.arene[0]

    def get_context_data(self, **kwargs):
        ar = valgt_ar(self.request, self._aret)
        rader = arets(self.kommune, ar, self.request.user)
        skjema = UtvalgForm(self.request.GET, tiltak=_tiltakene(rader))
        vist = rader
        if skjema.is_valid():
            vist = [rad for rad in rader if _passer(rad, skjema.cleaned_data)]
        return super().get_context_data(
            ar=ar,
            arene=sorted({*self.arene, ar}, reverse=True),
            skjema=skjema,
            maneder=per_maned(vist),
            oppmote=oppmote(vist),
            antall=len(vist),
            er_utvalg=len(vist) != len(rader),
            **kwargs,
        )


def _tiltakene(rader):
    tiltak = {rad.tiltak_id: str(rad.tiltak) for rad in rader if rad.tiltak_id}
    return dict(sorted(tiltak.items(), key=lambda par: par[1].casefold()))


def _passer(rad, valg):
    return valg["slag"] in ("", rad.slag) and (
        valg.get("tiltak") in (None, rad.tiltak_id)
    )


@method_decorator(OFFENTLIG, name="dispatch")
class AktivitetDetailView(IKommunen, DetailView):
    """What it is, when and where, for whom, who holds it, and how many came."""

    template_name = "moter/aktiviteter/aktivitet_detail.html"
    context_object_name = "aktivitet"

    def get_queryset(self):
        synlige = Aktivitet.objects.synlige_for(self.request.user)
        return synlige.filter(kommune=self.kommune).select_related(
            "kommune",
            "sted",
            "tjeneste__kommune",
            "forum__kommune",
            "tiltak__plan__kommune",
            "tiltak__overordnet",
        )

    def get_context_data(self, **kwargs):
        ser = self.kommune.gir(self.request.user, *SER_HVORDAN_DET_GIKK)
        gikk = self.object.gikk if ser else ""
        return super().get_context_data(gikk=gikk, **kwargs)
