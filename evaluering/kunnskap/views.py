"""The page of knowledge, and the document that says the same."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from evaluering.kunnskap.dokument import Kunnskapsutgave
from evaluering.kunnskap.rod_trad import noe_er_publisert, trader
from evaluering.models import Indikator
from evaluering.models.kunnskap import INNENFRA
from slt.felles.dokument import dokumentsvar
from slt.felles.sider import OFFENTLIG, IKommunen
from slt.models import Kommune
from tiltak.models import Handlingsplan


@method_decorator(OFFENTLIG, name="dispatch")
class KunnskapView(IKommunen, TemplateView):
    """The red thread, source by source: what it found, what it recommends, which tiltak
    answer, and the figures that show it."""

    template_name = "evaluering/kunnskap.html"

    def get_context_data(self, **kwargs):
        bruker, kommune = self.request.user, self.kommune
        plan = Handlingsplan.objects.gjeldende_i(kommune)
        ser_innenfra = kommune.gir(bruker, *INNENFRA)
        indikatorer = Indikator.objects.synlige_for(bruker).filter(kommune=kommune)
        return super().get_context_data(
            plan=plan,
            vis_hull=kommune.kunnskapshull_er_publisert or ser_innenfra,
            har_indikatorer=indikatorer.exists(),
            har_pdf=noe_er_publisert(kommune),
            tomme_kilder=self._tomme_kilder(),
            **trader(bruker, kommune, plan),
            **kwargs,
        )

    def _tomme_kilder(self):
        """Those that say nothing yet, which no visitor finds."""
        if not self.kan_endre:
            return []
        return self.kommune.kilder.filter(funn=None, anbefalinger=None)


@login_not_required
@require_safe
def kunnskap_pdf(request, kommune):
    """What is known in the kommune, and the figures, as a document."""

    def hent_utgave():
        denne = get_object_or_404(Kommune, slug=kommune)
        return Kunnskapsutgave(denne, Handlingsplan.objects.gjeldende_i(denne))

    return dokumentsvar(request, hent_utgave)
