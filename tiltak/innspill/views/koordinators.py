"""For those who write the draft and those who adopt it: all that was said of it, and what
became of that."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from slt.felles.bevart import i_malformen
from slt.felles.dokument import dokumentsvar
from slt.felles.forms import siste_endringer
from slt.felles.sider import for_koordinator, hent_side, kan_endre, las_egen, sendt
from slt.models import har_rett
from tiltak.innspill.dokument import Innspillsliste
from tiltak.innspill.emner import grupper
from tiltak.innspill.forms import ForInnForm, SvarForm
from tiltak.models import LESER_ALLE, Handlingsplan, Innspill

RADER_PER_SIDE = 50


def _planen(bruker, kommune, slug):
    """The plan, for those who read all that is said of it; whatever it has become."""
    deres = Handlingsplan.objects.filter(har_rett(bruker, "kommune", *LESER_ALLE))
    planer = deres.select_related("kommune", "rekke")
    return get_object_or_404(planer, kommune__slug=kommune, slug=slug)


@never_cache
@i_malformen
@require_safe
def innspill_list(request, kommune, plan):
    """All that was said of the plan, by what it is about; coordinators answer here."""
    plan = _planen(request.user, kommune, plan)
    alle = plan.innspill.synlige_for(request.user).select_related("horing")
    bare_ubesvarte = "ubesvarte" in request.GET
    utvalg = alle.ubesvarte() if bare_ubesvarte else alle
    i_orden = [ett for gruppe in grupper(plan, utvalg) for ett in gruppe.innspill]
    side = hent_side(request, i_orden, RADER_PER_SIDE)
    svarer = kan_endre(request.user, plan.kommune)
    if svarer:
        _med_skjema(side.object_list)
    return render(
        request,
        "tiltak/innspill_list.html",
        {
            "plan": plan,
            "kommune": plan.kommune,
            "grupper": grupper(plan, side.object_list),
            "antall": alle.count(),
            "antall_ubesvarte": alle.ubesvarte().count(),
            "bare_ubesvarte": bare_ubesvarte,
            "kan_endre": svarer,
            "page_obj": side,
            "adresse_uten_side": "ubesvarte=on" if bare_ubesvarte else "",
        },
    )


def _med_skjema(innspill):
    """Gives each that is not answered a form; one query for all of them."""
    ubesvarte = [ett for ett in innspill if not ett.er_besvart]
    siste = siste_endringer(Innspill, [ett.pk for ett in ubesvarte])
    for ett in ubesvarte:
        ett.skjema = SvarForm(instance=ett, prefix=f"svar-{ett.pk}")
        ett.skjema.siste_endringer = lambda: siste


@require_http_methods(["GET", "POST"])
@for_koordinator
def innspill_svar(request, kommune, plan, pk):
    """What became of one innspill, in a sentence."""
    with transaction.atomic():
        if request.method == "POST":
            las_egen(request, kommune)
        rader = Innspill.objects.filter(plan__kommune=kommune, plan__slug=plan)
        innspill = get_object_or_404(rader.select_related("plan__rekke"), pk=pk)
        innspill.plan.kommune = kommune
        prefiks = f"svar-{innspill.pk}"
        skjema = SvarForm(sendt(request), instance=innspill, prefix=prefiks)
        if request.method == "POST" and skjema.is_valid():
            skjema.save()
            messages.success(request, _("Svaret er lagret."))
            return redirect(_tilbake(request, innspill.plan))
    return render(
        request,
        "tiltak/innspill_svar.html",
        {
            "kommune": kommune,
            "plan": innspill.plan,
            "innspill": innspill,
            "skjema": skjema,
            "lagret": Innspill.objects.get(pk=pk),
        },
        status=422 if skjema.errors else 200,
    )


def _tilbake(request, plan):
    """The list as the coordinator had it."""
    listen = reverse("tiltak:innspill_list", args=[plan.kommune.slug, plan.slug])
    return f"{listen}?ubesvarte=on" if "ubesvarte" in request.GET else listen


@require_http_methods(["GET", "POST"])
@for_koordinator
def innspill_for_inn(request, kommune, plan):
    """Enters what came some other way."""
    with transaction.atomic():
        if request.method == "POST":
            las_egen(request, kommune)
        # Perhaps somebody adopted it meanwhile.
        utkast = kommune.planer.utkast()
        plan = get_object_or_404(utkast.select_related("rekke"), slug=plan)
        plan.kommune = kommune
        innspill = Innspill(plan=plan, vei=Innspill.Vei.FORT_INN)
        skjema = ForInnForm(
            sendt(request),
            instance=innspill,
            plan=plan,
            initial={"mottatt": timezone.localdate(), "emne": _emnet(request)},
        )
        if request.method == "POST" and skjema.is_valid():
            skjema.save()
            messages.success(request, _("Innspillet er ført inn."))
            return redirect("tiltak:innspill_list", kommune.slug, plan.slug)
    return render(
        request,
        "tiltak/innspill_for_inn.html",
        {"kommune": kommune, "plan": plan, "skjema": skjema},
        status=422 if skjema.errors else 200,
    )


def _emnet(request):
    """What an address asks for, as it stands in the form."""
    for navn in ("tiltak", "kapittel"):
        if pk := request.GET.get(navn):
            return f"{navn}-{pk}"
    return ""


@require_safe
def innspill_pdf(request, kommune, plan):
    """The list as a document."""
    return dokumentsvar(
        request, lambda: Innspillsliste(_planen(request.user, kommune, plan))
    )
