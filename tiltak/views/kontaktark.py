"""Whom to call, on paper."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from slt.felles.dokument import dokumentsvar
from slt.felles.sider import OFFENTLIG, IKommunen
from slt.models import LESER, Kommune, Tilgang
from tiltak.kontaktark import Kontaktark


@method_decorator(OFFENTLIG, name="dispatch")
class KontaktarkView(IKommunen, TemplateView):
    """Which sheets there are: of the kommune, and of each lokalområde."""

    template_name = "tiltak/kontaktark.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            lokalomrader=self.kommune.lokalomrader.all(),
            for_ansatte=er_i_tjenestene(self.request.user, self.kommune),
            **kwargs,
        )


def er_i_tjenestene(bruker, kommune):
    """Whether the user sees what the services of the kommune see."""
    return kommune.gir(bruker, *Tilgang.Rolle, LESER)


@login_not_required
@require_safe
def kontaktark_pdf(request, kommune):
    """One of them as a document; with what the services see, for those who see it."""

    def hent_ark():
        denne = get_object_or_404(Kommune, slug=kommune)
        for_ansatte = request.GET.get("for") == "ansatte"
        if for_ansatte and not er_i_tjenestene(request.user, denne):
            raise Http404("not for the asker")
        omrade = _lokalomradet(denne, request.GET.get("lokalomrade"))
        return Kontaktark(denne, omrade, for_ansatte)

    return dokumentsvar(request, hent_ark)


def _lokalomradet(kommune, slug):
    if slug is None:
        return None
    # PostgreSQL makes an error of some characters.
    if not re.fullmatch(r"[\w-]+", slug):
        raise Http404("no such lokalområde")
    return get_object_or_404(kommune.lokalomrader, slug=slug)
