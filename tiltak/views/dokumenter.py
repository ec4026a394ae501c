"""What was frozen: the documents of plans as they were treated, and those of other things;
and a way to tell whether a file is one of them."""

from hashlib import sha256

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import ListView, TemplateView

from slt.felles.bevart import i_malformen
from slt.felles.bremse import avsender, for_mange
from slt.felles.dokument import pdfsvar, skadet
from slt.felles.frosset import frosne
from slt.felles.sider import OFFENTLIG, IKommunen
from slt.models import Kommune
from tiltak.models import Registrering

KONTROLLER, KVARTER = 60, 15 * 60


def _registreringer(bruker, kommune):
    """Those that the asker may see of a kommune (its address), without the bytes."""
    synlige = Registrering.objects.synlige_for(bruker).uten_innhold()
    return synlige.filter(plan__kommune__slug=kommune).order_by("-tid", "-pk")


def _registrering(bruker, kommune, sjekksum):
    funnet = _registreringer(bruker, kommune).med_sjekksum(sjekksum).first()
    if funnet is None:
        raise Http404("no such document")
    return funnet


@method_decorator(OFFENTLIG, name="dispatch")
class DokumenterView(IKommunen, ListView):
    """All frozen documents of a kommune, the newest first."""

    template_name = "tiltak/dokumenter.html"
    context_object_name = "registreringer"
    paginate_by = 50

    def get_queryset(self):
        return _registreringer(self.request.user, self.kommune.slug)

    def get_context_data(self, **kwargs):
        kontekst = super().get_context_data(**kwargs)
        if kontekst["page_obj"].number == 1:
            kontekst["andre"] = frosne(self.request.user, self.kommune.slug)
        return kontekst


@method_decorator(OFFENTLIG, name="dispatch")
class DokumentView(IKommunen, TemplateView):
    """What is known of one frozen document, and how to tell whether a file is it."""

    template_name = "tiltak/dokument.html"

    def get_context_data(self, **kwargs):
        registrering = _registrering(
            self.request.user, self.kommune.slug, self.kwargs["sjekksum"]
        )
        return super().get_context_data(
            registrering=registrering,
            dokument=registrering.dokument,
            plan=registrering.plan,
            **kwargs,
        )


@login_not_required
@require_safe
def dokument_pdf(request, kommune, sjekksum):
    """The frozen document itself, byte by byte as it was."""
    registrering = _registrering(request.user, kommune, sjekksum)
    dokument = registrering.dokument
    if not dokument.er_uskadd:
        return skadet(request, dokument, kommune=registrering.plan.kommune)
    return pdfsvar(
        request,
        bytes(dokument.innhold),
        filnavn=dokument.filnavn,
        apent=not registrering.plan.er_utkast,
    )


# A file that is to be compared ------------------------------------------------------------


class KontrollForm(forms.Form):
    fil = forms.FileField(
        label=gettext_lazy("Filen"),
        help_text=gettext_lazy("Filen leses og glemmes. Den lagres ikke."),
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@i_malformen
def dokument_kontroll(request, kommune):
    """Says whether a file is one of the frozen documents."""
    kommunen = get_object_or_404(Kommune, slug=kommune)
    sendt = request.method == "POST"
    skjema = KontrollForm(*((request.POST, request.FILES) if sendt else ()))
    kontekst, status = {"kommune": kommunen, "skjema": skjema}, 200
    if sendt and for_mange(
        "kontroll", avsender(request), antall=KONTROLLER, sekunder=KVARTER
    ):
        kontekst["for_mange"], status = True, 429
    elif skjema.is_valid():
        sjekksum = sha256(skjema.cleaned_data["fil"].read()).hexdigest()
        like = _registreringer(request.user, kommune).med_sjekksum(sjekksum)
        kontekst |= {"sjekksum": sjekksum, "registreringer": like, "er_lest": True}
        kontekst["andre"] = frosne(request.user, kommune, sjekksum)
    elif sendt:
        status = 422
    return render(request, "tiltak/dokument_kontroll.html", kontekst, status=status)
