"""One's own page: the name others see, and all that is stored about oneself."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles.arbeidsflate import kommuner_for
from slt.felles.innsyn import innsyn
from slt.felles.koordinatorer import varsler_om_koordinator
from slt.felles.sider import sendt
from slt.grunn.norsk import orden
from slt.konto.forms import NavnForm
from slt.models import Bruker, Endringsbrev, Kommune
from tiltak.models import Handlingsplan


@never_cache
@require_http_methods(["GET", "POST"])
def min_side(request):
    """What the user may, what is stored about them, and the ways on. Takes their name."""
    kommuner = list(request.user.koordinerer)
    varsler = varsler_om_koordinator(kommuner)
    for kommune in kommuner:
        kommune.varsel = varsler[kommune.pk]
    tilganger = list(request.user.tilganger.gyldige().select_related("kommune"))
    redaktor_for = request.user.redaktor_for.gyldige()
    redaktor_for = list(redaktor_for.select_related("tjeneste__kommune"))
    seter = request.user.forumsmedlemskap.gyldige()
    seter = list(seter.select_related("forum__kommune").order_by("forum", "pk"))
    hos = {
        *(kommune.pk for kommune in kommuner),
        *(tilgang.kommune_id for tilgang in tilganger),
        *(rett.tjeneste.kommune_id for rett in redaktor_for),
        *(sete.forum.kommune_id for sete in seter),
    }
    bruker = Bruker.objects.get(pk=request.user.pk)
    skjema = NavnForm(sendt(request), instance=bruker)
    if request.method == "POST" and skjema.is_valid():
        skjema.save()
        messages.success(request, _("Navnet er lagret."))
        return redirect("konto:min_side")
    return render(
        request,
        "konto/min_side.html",
        {
            "tilganger": tilganger,
            "redaktor_for": redaktor_for,
            "seter": seter,
            "kommuner": kommuner,
            # An administrator finds the kommuner on the first page.
            "arbeidsflater": []
            if request.user.is_superuser
            else kommuner_for(request.user),
            "planer": _planer(request.user, hos),
            "i_flere_kommuner": len(hos) > 1,
            "skjema": skjema,
            "brevkommuner": _brevkommuner(request.user),
        },
        status=422 if skjema.errors else 200,
    )


def _brevkommuner(bruker):
    """The kommuner of which the user may be told by mail; `har_brev` says whether they
    are; 1 query."""
    egne = Endringsbrev.objects.filter(bruker=bruker.pk, kommune=OuterRef("pk"))
    if bruker.is_superuser:
        return []
    return kommuner_for(bruker).annotate(har_brev=Exists(egne)).order_by("navn__norsk")


@never_cache
@require_POST
def endringsbrev(request):
    """Asks for the mail of what changes in a kommune, or for no more of them."""
    kommuner = kommuner_for(request.user)
    kommune = get_object_or_404(kommuner, slug=request.POST.get("kommune", ""))
    egne = Endringsbrev.objects.filter(bruker=request.user.pk, kommune=kommune)
    if "send" in request.POST:
        with transaction.atomic():
            # Whoever presses twice has asked once.
            Kommune.objects.las(kommune.pk)
            if not egne.exists():
                Endringsbrev.objects.create(bruker_id=request.user.pk, kommune=kommune)
        messages.success(request, _("Du får e-post når noe er endret."))
    else:
        for rad in egne:
            rad.delete()
        messages.success(request, _("Du får ikke flere e-poster om endringer."))
    return redirect("konto:min_side")


def _planer(bruker, kommuner):
    """The plans of these kommuner that the user sees, drafts too where they are theirs to
    see; 1 query."""
    planer = Handlingsplan.objects.synlige_for(bruker).filter(kommune__in=kommuner)
    planer = planer.select_related("kommune").i_rekker()
    return sorted(planer, key=lambda plan: orden(plan.kommune.navn))


@never_cache
@require_safe
def mine_opplysninger(request):
    """All that is stored about the user, to take along."""
    svar = JsonResponse(
        innsyn(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    svar["Content-Disposition"] = 'attachment; filename="mine-opplysninger.json"'
    return svar
