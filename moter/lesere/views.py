"""The pages on which a coordinator says who reads a draft, and sends it on høring."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moter.lesere.forms import ForaForm, HoringEndreForm, HoringForm, PlanlenkeForm
from slt.felles.epost import hele_adressen
from slt.felles.nokkellenker import ny_lenke, vis_en_gang
from slt.felles.sider import for_koordinator, las_egen, sendt
from tiltak.models import Horing, Planlenke


def _utkastet(kommune, slug):
    utkast = kommune.planer.utkast()
    plan = get_object_or_404(utkast.select_related("rekke"), slug=slug)
    plan.kommune = kommune
    return plan


@require_http_methods(["GET", "POST"])
@for_koordinator
def lesere(request, kommune, plan):
    """Who reads the draft; here fora are chosen."""
    if request.method == "GET":
        return _side(request, _utkastet(kommune, plan))
    with transaction.atomic():
        las_egen(request, kommune)
        plan = _utkastet(kommune, plan)
        skjema = ForaForm(request.POST, plan=plan)
        if not skjema.is_valid():
            return _side(request, plan, foraskjema=skjema)
        skjema.lagre()
    messages.success(
        request, _("Lagret. Medlemmene i de valgte foraene leser utkastet.")
    )
    return redirect(_siden(plan))


def _siden(plan):
    return reverse("moter:lesere", args=[plan.kommune.slug, plan.slug])


def _side(request, plan, *, foraskjema=None, lenkeskjema=None):
    skjemaer = [foraskjema, lenkeskjema]
    lenker = Planlenke.objects.synlige_for(request.user).ikke_over().filter(plan=plan)
    lenker = list(lenker.med_opphav().annotate(antall_innspill=Count("innspill")))
    horinger = Horing.objects.synlige_for(request.user).filter(plan=plan)
    return render(
        request,
        "moter/lesere.html",
        {
            "kommune": plan.kommune,
            "plan": plan,
            "foraskjema": foraskjema or ForaForm(plan=plan),
            "lenkeskjema": lenkeskjema
            or PlanlenkeForm(instance=Planlenke(plan=plan), prefix="lenke"),
            "horinger": [
                (h, [lenke for lenke in lenker if lenke.horing_id == h.pk])
                for h in horinger
            ],
            "andre_lenker": [lenke for lenke in lenker if lenke.horing_id is None],
            "nye_lenker": [
                linje.rsplit(": ", 1) for linje in ny_lenke(request).splitlines()
            ],
        },
        status=422 if any(skjemaer) else 200,
    )


def _vis(request, plan, nye):
    """Leads back to the page, which shows the new links this once."""
    linjer = [
        f"{mottaker}: {hele_adressen(request, reverse('planlenke', args=[nokkel]))}"
        for mottaker, nokkel in nye
    ]
    if linjer:
        vis_en_gang(request, "\n".join(linjer), side=_siden(plan))
    return redirect(_siden(plan))


@require_POST
@for_koordinator
def planlenke_ny(request, kommune, plan):
    """Makes a link; the page that it leads to shows it, this once."""
    with transaction.atomic():
        las_egen(request, kommune)
        plan = _utkastet(kommune, plan)
        lenke = Planlenke(plan=plan)
        nokkel = lenke.gi_nokkel()
        skjema = PlanlenkeForm(request.POST, instance=lenke, prefix="lenke")
        if not skjema.is_valid():
            return _side(request, plan, lenkeskjema=skjema)
        skjema.save()
    return _vis(request, plan, [(lenke.mottaker, nokkel)])


@require_POST
@for_koordinator
def planlenke_trekk(request, kommune, plan, pk):
    """Revokes a link."""
    with transaction.atomic():
        las_egen(request, kommune)
        plan = _utkastet(kommune, plan)
        lenker = Planlenke.objects.synlige_for(request.user).ikke_over()
        get_object_or_404(lenker, plan=plan, pk=pk).avslutt()
    messages.success(request, _("Lenken er trukket tilbake, og virker ikke lenger."))
    return redirect(_siden(plan))


@require_http_methods(["GET", "POST"])
@for_koordinator
def horing_ny(request, kommune, plan):
    """Sends the draft on høring: one link for each who is to answer."""
    with transaction.atomic():
        if request.method == "POST":
            las_egen(request, kommune)
        plan = _utkastet(kommune, plan)
        skjema = HoringForm(sendt(request), instance=Horing(plan=plan), plan=plan)
        if request.method == "POST" and skjema.is_valid():
            nye = skjema.lagre()
            messages.success(request, _("Høringen er opprettet. Send lenkene selv."))
            return _vis(request, plan, nye)
    return render(
        request,
        "moter/horing.html",
        {"kommune": kommune, "plan": plan, "skjema": skjema, "er_ny": True},
        status=422 if skjema.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def horing_endre(request, kommune, plan, pk):
    """Prolongs a høring, or ends it early."""
    with transaction.atomic():
        if request.method == "POST":
            las_egen(request, kommune)
        plan = _utkastet(kommune, plan)
        horing = get_object_or_404(plan.horinger, pk=pk)
        skjema = HoringEndreForm(sendt(request), instance=horing)
        if request.method == "POST" and skjema.is_valid():
            skjema.save()
            messages.success(request, _("Høringen er endret."))
            return redirect(_siden(plan))
    return render(
        request,
        "moter/horing.html",
        {"kommune": kommune, "plan": plan, "skjema": skjema, "er_ny": False},
        status=422 if skjema.errors else 200,
    )
