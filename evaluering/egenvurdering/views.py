"""The politiråd's evaluations of itself: read by those who sit there, filled in by the
coordinator during the meeting."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from evaluering.egenvurdering.forms import i_ord, nyskjema, politirad_i, svarskjema
from evaluering.egenvurdering.sporsmal import forrige
from evaluering.models import Egenvurdering
from evaluering.models.kilder import INNENFRA
from moter.models import Forum
from slt.felles import radside
from slt.felles.bevart import i_malformen
from slt.felles.radside import Sletting, koordinators
from slt.felles.sider import for_koordinator, kan_endre, las_egen
from slt.models import Kommune


def _til(side, kommune, *args):
    return reverse(f"evaluering:{side}", args=[kommune.slug, *args])


# Read ---------------------------------------------------------------------------------


@never_cache
@require_safe
@i_malformen
def egenvurdering_list(request, kommune):
    """Those of each year, as far as the reader sees them."""
    denne = get_object_or_404(Kommune, slug=kommune)
    fora = Forum.objects.filter(type=Forum.Type.POLITIRAD).innenfra(request.user)
    if not (denne.gir(request.user, *INNENFRA) or fora.i(denne).exists()):
        raise Http404
    rader = Egenvurdering.objects.synlige_for(request.user).i(denne)
    koordinerer = kan_endre(request.user, denne)
    return render(
        request,
        "evaluering/egenvurdering/liste.html",
        {
            "kommune": denne,
            "kan_endre": koordinerer,
            "rader": rader.select_related("forum").order_by("-arstall", "forum"),
            "har_politirad": koordinerer and politirad_i(denne).exists(),
        },
    )


@never_cache
@require_safe
@i_malformen
def egenvurdering_detail(request, kommune, pk):
    """What was answered, beside what was answered the time before."""
    denne = get_object_or_404(Kommune, slug=kommune)
    rader = Egenvurdering.objects.synlige_for(request.user).i(denne)
    vurdering = get_object_or_404(rader.select_related("forum__kommune"), pk=pk)
    for_ = forrige(vurdering)
    svarene = [
        (svar, i_ord(for_[svar.punkt]) if _er_besvart(for_.get(svar.punkt)) else "")
        for svar in vurdering.svar.all()
    ]
    return render(
        request,
        "evaluering/egenvurdering/detalj.html",
        {
            "kommune": denne,
            "kan_endre": kan_endre(request.user, denne),
            "vurdering": vurdering,
            "svarene": svarene,
        },
    )


def _er_besvart(svar):
    return bool(svar and svar.svar)


# Filled in ----------------------------------------------------------------------------


@koordinators
def egenvurdering_ny(request, kommune):
    """Begins that of a year."""
    rad = politirad_i(kommune).first()
    i_ar = timezone.localdate().year
    return radside.ny(
        request,
        kommune,
        lag=lambda: Egenvurdering(forum=rad, arstall=i_ar),
        bygg=nyskjema(kommune),
        overskrift=_("Ny egenvurdering"),
        ingress=_("Spørsmålene kommer på neste side. Svar gjerne sammen, i møtet."),
        avbryt=_til("egenvurdering_list", kommune),
        etterpa=lambda rad: _til("egenvurdering_endre", kommune, rad.pk),
        mer={"knapp": _("Gå videre")},
    )


def _apne(kommune):
    rader = Egenvurdering.objects.i(kommune).filter(ferdig=None)
    return rader.select_related("forum__kommune")


@koordinators
def egenvurdering_endre(request, kommune, pk):
    """The questions of one that is not finished; of one that is, what was answered."""
    ferdige = Egenvurdering.objects.i(kommune).ferdige()
    if ferdige.filter(pk=pk).exists():
        messages.info(
            request, _("Egenvurderingen er ferdig. Åpne den igjen for å endre den.")
        )
        return redirect(_til("egenvurdering_detail", kommune, pk))
    return radside.endre(
        request,
        kommune,
        _apne(kommune),
        pk,
        bygg=svarskjema,
        overskrift=_("Egenvurdering"),
        ingress=lambda rad: _("%s. Ingen navn, og ingenting om enkeltsaker.") % rad,
        etterpa=lambda rad: _til("egenvurdering_detail", kommune, rad.pk),
        slettes="evaluering:egenvurdering_slett",
    )


@koordinators
def egenvurdering_slett(request, kommune, pk):
    """Removes one that is not finished."""
    hva = Sletting(
        folger=_("Egenvurderingen og svarene i den blir borte."),
        i_stedet="",
        avbryt=_til("egenvurdering_endre", kommune, pk),
        etterpa=_til("egenvurdering_list", kommune),
    )
    return radside.slett(request, kommune, _apne(kommune), pk, lambda _rad: hva)


@require_POST
@for_koordinator
@transaction.atomic
def egenvurdering_ferdig(request, kommune, pk):
    """Lets the politiråd read it, and nobody change it, once all is answered."""
    las_egen(request, kommune)
    vurdering = get_object_or_404(_apne(kommune), pk=pk)
    ubesvart = vurdering.svar.filter(svar="").count()
    if ubesvart:
        tekst = ngettext(
            "%d spørsmål er ikke besvart. «Vet ikke» er også et svar.",
            "%d spørsmål er ikke besvart. «Vet ikke» er også et svar.",
            ubesvart,
        )
        messages.error(request, tekst % ubesvart)
    else:
        vurdering.ferdig = timezone.now()
        vurdering.save()
        messages.success(
            request, _("Egenvurderingen er ferdig. Politirådet kan lese den.")
        )
    return redirect(_til("egenvurdering_detail", kommune, pk))


@require_POST
@for_koordinator
@transaction.atomic
def egenvurdering_apne(request, kommune, pk):
    """Opens one that is finished, to be changed."""
    las_egen(request, kommune)
    ferdige = Egenvurdering.objects.i(kommune).ferdige()
    vurdering = get_object_or_404(ferdige, pk=pk)
    vurdering.ferdig = None
    vurdering.save()
    messages.success(request, _("Egenvurderingen er åpnet igjen."))
    return redirect(_til("egenvurdering_endre", kommune, pk))
