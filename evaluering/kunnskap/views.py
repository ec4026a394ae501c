"""The page of knowledge, and the document that says the same."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from evaluering.kunnskap.dokument import Kunnskapsutgave
from evaluering.kunnskap.rod_trad import noe_er_publisert, trader
from evaluering.models import Indikator
from evaluering.models.kilder import INNENFRA
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
        tradene = trader(bruker, kommune, plan)
        return super().get_context_data(
            plan=plan,
            skjulte=_skjulte(tradene["kilder"]) if ser_innenfra else {},
            vis_hull=kommune.kunnskapshull_er_publisert or ser_innenfra,
            har_indikatorer=indikatorer.exists(),
            har_pdf=noe_er_publisert(kommune),
            tomme_kilder=self._tomme_kilder(),
            **tradene,
            **kwargs,
        )

    def _tomme_kilder(self):
        """Those that say nothing yet, which no visitor finds."""
        if not self.kan_endre:
            return []
        return self.kommune.kilder.filter(funn=None, anbefalinger=None)


def _skjulte(kilder):
    """{what kind: [rows that are not published]} of those that are loaded with `trader`;
    only kinds that have some."""
    slag = {
        _("Funn"): [funn for kilde in kilder for funn in kilde.funnene],
        _("Anbefalinger"): [a for kilde in kilder for a in kilde.anbefalingene],
    }
    skjulte = {
        hva: [rad for rad in rader if not rad.publisert] for hva, rader in slag.items()
    }
    return {hva: rader for hva, rader in skjulte.items() if rader}


@login_not_required
@require_safe
def kunnskap_pdf(request, kommune):
    """What is known in the kommune, and the figures, as a document."""

    def hent_utgave():
        denne = get_object_or_404(Kommune, slug=kommune)
        return Kunnskapsutgave(denne, Handlingsplan.objects.gjeldende_i(denne))

    return dokumentsvar(request, hent_utgave)
