"""The pages of evaluations for who reads them: all of a published one, the politiråd of a
finished one, and the coordinator of each."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from evaluering.models import Evaluering
from evaluering.vurdering.dokument import Evalueringsutgave
from evaluering.vurdering.forhandsutfylt import SPORSMAL
from evaluering.vurdering.lesning import lest
from moter.models import Forum
from slt.felles.dokument import dokumentsvar, pdfsvar, skadet
from slt.felles.sider import OFFENTLIG, IKommunen
from tiltak.models import Tiltak


def _synlige(bruker, kommune):
    """Those that the asker may see of a kommune (its address), without the bytes."""
    rader = Evaluering.objects.synlige_for(bruker).filter(kommune__slug=kommune)
    rader = rader.select_related(
        "kommune",
        "plan__kommune",
        "tiltak__plan__kommune",
        "forum__kommune",
        "dokument",
    )
    return rader.defer("dokument__innhold")


@method_decorator(OFFENTLIG, name="dispatch")
class EvalueringListView(IKommunen, ListView):
    """The evaluations of a kommune, the newest first."""

    template_name = "evaluering/vurdering/evaluering_list.html"
    context_object_name = "evalueringer"

    def get_queryset(self):
        rader = _synlige(self.request.user, self.kommune.slug)
        return rader.order_by("-til_dato", "-pk")


@method_decorator(OFFENTLIG, name="dispatch")
class EvalueringDetailView(IKommunen, DetailView):
    """What an evaluation says."""

    template_name = "evaluering/vurdering/evaluering_detail.html"
    context_object_name = "evaluering"

    def get_queryset(self):
        return _synlige(self.request.user, self.kommune.slug)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            lest=lest(self.object, self.request.user),
            svarene=[
                (self.object._meta.get_field(felt).verbose_name, tekst)
                for felt in SPORSMAL
                if (tekst := getattr(self.object, felt))
            ],
            gjelder=self._gjelder(),
            **kwargs,
        )

    def _gjelder(self):
        """What it is of, where the asker may read that; its title says it to all."""
        rad, bruker = self.object.gjelder, self.request.user
        if isinstance(rad, Tiltak | Forum):
            synlige = type(rad).objects.synlige_for(bruker)
            return rad if synlige.filter(pk=rad.pk).exists() else None
        return rad


@login_not_required
@require_safe
def evaluering_pdf(request, kommune, pk):
    """The document: the frozen one of a finished evaluation, byte by byte; of another, as
    it stands."""
    evaluering = get_object_or_404(_synlige(request.user, kommune), pk=pk)
    if not evaluering.er_ferdig:

        def hent_utgave():
            den = get_object_or_404(_synlige(request.user, kommune), pk=pk)
            if den.er_ferdig:
                raise Http404("finished meanwhile")
            return Evalueringsutgave(den)

        return dokumentsvar(request, hent_utgave)
    dokument = evaluering.dokument
    if not dokument.er_uskadd:
        return skadet(request, dokument, kommune=evaluering.kommune)
    return pdfsvar(
        request,
        bytes(dokument.innhold),
        filnavn=dokument.filnavn,
        apent=evaluering.publisert,
    )
