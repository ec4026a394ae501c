"""The pages that tell what is otherwise in a kommune between two moments."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from slt.endringer.dokument import Endringsdokument
from slt.endringer.forms import VinduForm, milepaelene
from slt.felles.bevart import holder_til
from slt.felles.dokument import dokumentsvar
from slt.felles.endret import Endret, Vindu
from slt.felles.sider import OFFENTLIG, IKommunen
from slt.models import PUBLIKUM, Kommune

# A meeting is over without anybody's saving anything.
HOLDER = timedelta(minutes=10)


@method_decorator(OFFENTLIG, name="dispatch")
class EndretView(IKommunen, TemplateView):
    """What is otherwise, as the asker may be told of it today."""

    template_name = "slt/endret.html"

    def get_context_data(self, **kwargs):
        bruker = self.request.user
        skjema = VinduForm(self.request.GET, kommune=self.kommune, bruker=bruker)
        holder_til(self.request, timezone.now() + HOLDER)
        if skjema.is_valid():
            vindu = Vindu(self.kommune, skjema.begynner.tid, skjema.slutter.tid, bruker)
            kwargs |= {
                "fra": skjema.begynner,
                "til": skjema.slutter,
                "endret": Endret(vindu),
                "sporring": self._sporring(skjema),
            }
        return super().get_context_data(skjema=skjema, **kwargs)

    def _sporring(self, skjema):
        """What leads to the same as a document, which is for all: a meeting of which not
        all know, is a day there."""
        kjente = {m.nokkel for m in milepaelene(self.kommune, PUBLIKUM)}
        valg = {}
        for navn, grense in (("fra", skjema.begynner), ("til", skjema.slutter)):
            if grense.milepael and grense.nokkel not in kjente:
                dag = timezone.localtime(grense.milepael.begynte).date()
                valg[navn] = dag.isoformat()
            elif grense.nokkel:
                valg[navn] = grense.nokkel
        return urlencode(valg)

    def render_to_response(self, context, **kwargs):
        feil = context["skjema"].errors
        return super().render_to_response(
            context, status=422 if feil else 200, **kwargs
        )


@login_not_required
@require_safe
def endret_pdf(request, kommune):
    """The same as a document, as all are told of it; a window that is none is a 404."""

    def hent():
        denne = get_object_or_404(Kommune, slug=kommune)
        skjema = VinduForm(request.GET, kommune=denne, bruker=PUBLIKUM)
        if not skjema.is_valid():
            raise Http404("no such window")
        return Endringsdokument(denne, skjema.begynner, skjema.slutter)

    return dokumentsvar(request, hent)
