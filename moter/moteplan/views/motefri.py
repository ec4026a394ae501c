"""The pages with the school holidays of a kommune, kept by its coordinators."""

from dataclasses import asdict

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from moter.models import Motefri
from moter.moteplan.forms.motefri import (
    MotefriEndreForm,
    MotefriForm,
    MotefriSlettForm,
    SkolerutaForm,
    ferierader,
)
from moter.moteplan.skoleruter import FERIENAVN, skoleruter_for
from slt.felles.forms import siste_endringer
from slt.felles.sider import for_koordinator, las_egen, sendt
from slt.grunn.historikk import begrunnet


@require_http_methods(["GET", "POST"])
@for_koordinator
def motefri(request, kommune):
    """The holidays that are not over, and the form that adds one."""
    skjema = MotefriForm(sendt(request), instance=Motefri(kommune=kommune))
    if request.method == "POST":
        with transaction.atomic():
            # What the form finds to be free is so until it is saved.
            las_egen(request, kommune)
            if er_gyldig := skjema.is_valid():
                skjema.save()
        if er_gyldig:
            messages.success(request, _("Lagt til: %s.") % skjema.instance)
            return redirect("moter:motefri", kommune.slug)
    return _siden(request, kommune, skjema, SkolerutaForm())


def _siden(request, kommune, skjema, skoleruta):
    i_dag = timezone.localdate()
    return render(
        request,
        "moter/motefri.html",
        {
            "kommune": kommune,
            "rader": _med_merke(kommune.motefri.filter(til__gte=i_dag)),
            "tidligere": kommune.motefri.filter(til__lt=i_dag),
            "skjema": skjema,
            "skoleruta": skoleruta,
            "fra_fylket": skoleruter_for(kommune.nummer, i_dag=i_dag),
        },
        status=422 if skjema.errors or skoleruta.errors else 200,
    )


def _med_merke(rader):
    """The rows, each with what marks its state as it is shown: `sett`."""
    siste = siste_endringer(Motefri, [rad.pk for rad in rader])
    for rad in rader:
        rad.sett = str(siste.get(rad.pk))
    return rader


@require_POST
@for_koordinator
def motefri_les(request, kommune):
    """Shows what was read in a calendar file or a text, to be corrected; nothing is put
    in yet. Without either, the holidays of a school year, to be filled in, or those of
    the fylke."""
    handling = request.POST.get("handling")
    if handling == "tomt":
        return _radene(request, kommune, ferierader(kommune, forslag=_et_skolear()))
    if handling == "fylket":
        return _fra_fylket(request, kommune)
    skoleruta = SkolerutaForm(request.POST, request.FILES)
    if not skoleruta.is_valid():
        skjema = MotefriForm(instance=Motefri(kommune=kommune))
        return _siden(request, kommune, skjema, skoleruta)
    er_fra_for = set(kommune.motefri.values_list("navn", "fra"))
    nye = [f for f in skoleruta.ferier if (f.navn, f.fra) not in er_fra_for]
    if not nye:
        messages.info(request, _("Alt som ble lest, er ført opp fra før."))
        return redirect("moter:motefri", kommune.slug)
    rader = ferierader(kommune, forslag=[asdict(ferie) for ferie in nye])
    return _radene(request, kommune, rader, uleste=skoleruta.uleste)


def _et_skolear():
    """The holidays that schools have, without days: each fylke and kommune has its own."""
    return [{"navn": str(navn)} for navn in (*FERIENAVN.values(), _("sommerferie"))]


def _fra_fylket(request, kommune):
    i_dag = timezone.localdate()
    ruter = skoleruter_for(kommune.nummer, i_dag=i_dag)
    skolear = request.POST.get("skolear")
    rute = next((rute for rute in ruter if rute.skolear == skolear), None)
    if rute is None:
        raise Http404
    fra, til = rute.varer
    egne = list(kommune.motefri.filter(fra__lte=til, til__gte=fra))
    kommende = [ferie for ferie in rute.ferier if ferie.til >= i_dag]
    kjente = [ferie.navn for ferie in kommende if _er_fort_opp(ferie, egne)]
    nye = [asdict(ferie) for ferie in kommende if ferie.navn not in kjente]
    # Those whose days are not known are there to be filled in.
    nye += [{"navn": navn} for navn in rute.apne(i_dag) if not _heter(navn, egne)]
    if not nye:
        messages.info(request, _("Alt i denne skoleruta er ført opp fra før."))
        return redirect("moter:motefri", kommune.slug)
    rader = ferierader(kommune, forslag=nye)
    return _radene(request, kommune, rader, rute=rute, kjente=kjente)


def _er_fort_opp(ferie, egne):
    """Whether the kommune has it: by its name, or something else on some of its days."""
    samtidig = any(rad.fra <= ferie.til and ferie.fra <= rad.til for rad in egne)
    return samtidig or _heter(ferie.navn, egne)


def _heter(navn, egne):
    """Whether one of the rows is called that; "Vinterferie 2027" is a vinterferie."""
    return any(navn.casefold() in rad.navn.casefold() for rad in egne)


@require_POST
@for_koordinator
@transaction.atomic
def motefri_legg_inn(request, kommune):
    """Puts in the holidays that were read, as they were corrected."""
    las_egen(request, kommune)
    rader = ferierader(kommune, sendt=request.POST)
    if not rader.is_valid():
        return _radene(request, kommune, rader)
    skal_inn = rader.som_skal_inn()
    for form in skal_inn:
        form.save()
    messages.success(
        request,
        ngettext(
            "%(antall)s ferie er lagt inn.",
            "%(antall)s ferier er lagt inn.",
            len(skal_inn),
        )
        % {"antall": len(skal_inn)},
    )
    return redirect("moter:motefri", kommune.slug)


def _radene(request, kommune, rader, **mer):
    har_feil = rader.is_bound and not rader.is_valid()
    return render(
        request,
        "moter/motefri_rader.html",
        {
            "kommune": kommune,
            "formset": rader,
            "har_feil": har_feil,
            **mer,
        },
        status=422 if har_feil else 200,
    )


def _raden(kommune, pk):
    return get_object_or_404(kommune.motefri.select_related("kommune"), pk=pk)


@require_http_methods(["GET", "POST"])
@for_koordinator
@transaction.atomic
def motefri_endre(request, kommune, pk):
    """Name and days of a holiday."""
    if request.method == "POST":
        # What the form finds unchanged is so until it is saved.
        las_egen(request, kommune)
    rad = _raden(kommune, pk)
    navn = str(rad)
    skjema = MotefriEndreForm(sendt(request), instance=rad)
    if request.method == "POST" and skjema.is_valid():
        with begrunnet(skjema.cleaned_data["begrunnelse"]):
            skjema.save()
        messages.success(request, _("Endringen er lagret."))
        return redirect("moter:motefri", kommune.slug)
    return render(
        request,
        "moter/motefri_endre.html",
        {"kommune": kommune, "rad": navn, "skjema": skjema},
        status=422 if skjema.errors else 200,
    )


@require_POST
@for_koordinator
@transaction.atomic
def motefri_slett(request, kommune, pk):
    """Takes a holiday off the list, unless somebody changed it after it was shown."""
    las_egen(request, kommune)
    rad = _raden(kommune, pk)
    navn = str(rad)
    if MotefriSlettForm(request.POST, instance=rad).er_foreldet:
        messages.warning(
            request,
            _("%s er endret etter at listen ble vist, og er ikke fjernet.") % navn,
        )
        return redirect("moter:motefri", kommune.slug)
    rad.delete()
    messages.success(request, _("Fjernet: %s.") % navn)
    return redirect("moter:motefri", kommune.slug)
