"""The page of knowledge, and the document that says the same."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from evaluering.kunnskap.dokument import Kunnskapsutgave
from evaluering.kunnskap.rod_trad import trader
from evaluering.models import Evaluering, Rapport
from evaluering.models.kilder import INNENFRA
from evaluering.tall.diagram import diagram
from evaluering.tall.tabell import talltabeller
from slt.felles.dokument import dokumentsvar
from slt.felles.sider import OFFENTLIG, IKommunen
from slt.models import Kommune
from tiltak.models import Handlingsplan

# As many bars as a small chart has.
FLEST_STOLPER = 5


@method_decorator(OFFENTLIG, name="dispatch")
class KunnskapView(IKommunen, TemplateView):
    """The red thread: what matters most, where it breaks, and all of it, by theme and by
    source."""

    template_name = "evaluering/kunnskap.html"

    def get_context_data(self, **kwargs):
        bruker, kommune = self.request.user, self.kommune
        plan = Handlingsplan.objects.gjeldende_i(kommune)
        ser_innenfra = kommune.gir(bruker, *INNENFRA)
        vis_hull = kommune.kunnskapshull_er_publisert or ser_innenfra
        tradene = trader(bruker, kommune, plan, med_hull=vis_hull)
        tabeller = talltabeller(tradene.framhevede_indikatorer)
        return super().get_context_data(
            plan=plan,
            tradene=tradene,
            bilder=[(t, diagram(t, flest=FLEST_STOLPER)) for t in tabeller],
            har_temaer=any(funn.tema for funn in tradene.funnene),
            skjulte=_skjulte(tradene) if ser_innenfra else {},
            vis_hull=vis_hull,
            har_pdf=tradene.er_apent,
            **_finnes(kommune, bruker),
            tomme_kilder=self._tomme_kilder(),
            **kwargs,
        )

    def _tomme_kilder(self):
        """Those that say nothing yet, which no visitor finds."""
        if not self.kan_endre:
            return []
        return self.kommune.kilder.filter(funn=None, anbefalinger=None)


def _skjulte(tradene):
    """{what kind: [rows that are not published]}; only kinds that have some."""
    slag = {_("Funn"): tradene.funnene, _("Anbefalinger"): tradene.anbefalingene}
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


def _finnes(kommune, bruker):
    """Whether there are evaluations and reports that the user may read; 1 query."""
    modeller = {"har_evalueringer": Evaluering, "har_rapporter": Rapport}
    finnes = {
        navn: Exists(modell.objects.synlige_for(bruker).filter(kommune=OuterRef("pk")))
        for navn, modell in modeller.items()
    }
    return Kommune.objects.filter(pk=kommune.pk).values(**finnes).get()
