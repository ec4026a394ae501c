"""The page of a plan beside an earlier one."""

from functools import cached_property

from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.generic import TemplateView

from slt.felles.sider import OFFENTLIG, hent_side
from tiltak.sammenlign import Sammenligning, tidligere

from .felles import IPlanen

# As a rule all of a plan: it is read as a whole.
SAMMENLIGNINGER_PER_SIDE = 100


@method_decorator(OFFENTLIG, name="dispatch")
class SammenlignView(IPlanen, TemplateView):
    """What became of each tiltak of the plan before, or of another that this one builds
    on: `?med=` and its address."""

    template_name = "tiltak/sammenlign.html"

    @cached_property
    def tidligere(self):
        return tidligere(self.plan, self.request.user)

    def get_context_data(self, **kwargs):
        valgt = self.request.GET.get("med", "")
        plass = next((n for n, p in enumerate(self.tidligere) if p.slug == valgt), 0)
        kontekst = {"ukjent": valgt and valgt not in {p.slug for p in self.tidligere}}
        if self.tidligere:
            kontekst |= self._sammenlignet(self.tidligere[: plass + 1])
        return super().get_context_data(**(kwargs | kontekst))

    def _sammenlignet(self, kjeden):
        sammen = Sammenligning(self.plan, kjeden, self.request.user)
        side = hent_side(self.request, sammen.rader, SAMMENLIGNINGER_PER_SIDE)
        return {
            "forrige": sammen.forrige,
            "andre": [plan for plan in self.tidligere if plan != sammen.forrige],
            "oppsummert": sammen.oppsummert,
            "grupper": sammen.grupper(side.object_list),
            "page_obj": side,
            "adresse_uten_side": urlencode({"med": sammen.forrige.slug}),
        }
