"""The pages by which a coordinator gets a plan in from a document: send it, look it over,
put it in as a draft, and perhaps take it out again."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles.bremse import for_mange
from slt.felles.opplasting import tar_imot
from slt.felles.sider import for_koordinator, las_egen, sendt
from slt.felles.skjemaside import i_siden
from tiltak.innlesing import arbeid
from tiltak.innlesing.fil import STORSTE
from tiltak.innlesing.forms import (
    DokumentForm,
    EtikettForm,
    LeggInnForm,
    LestForm,
    PersonForm,
    TjenesteForm,
    ValgForm,
)
from tiltak.innlesing.forslag.valg import HOPP_OVER
from tiltak.innlesing.gjennomgang import Gjennomgang
from tiltak.innlesing.landing import angre, legg_inn, uten_plass
from tiltak.models import Handlingsplan, Planimport, Tjeneste

# A file, and what a form has besides.
STORSTE_SKJEMA = STORSTE + 100_000
# Documents that one reads in within a quarter of an hour.
FLEST_LEST, KVARTER = 30, 900


def _hent(request, kommune, pk, *, under_arbeid=True):
    """The import, of those that the asker sees; 404 where it is in a plan already."""
    rader = Planimport.objects.synlige_for(request.user).filter(kommune=kommune)
    if under_arbeid:
        rader = rader.under_arbeid()
    return get_object_or_404(rader.select_related("kommune"), pk=pk)


def _gjor(request, handling, rad, **kwargs):
    """Does something to an import, for who coordinates its kommune still."""
    with transaction.atomic():
        las_egen(request, rad.kommune)
        return handling(planimport=rad, **kwargs)


@tar_imot(STORSTE_SKJEMA)
@require_http_methods(["GET", "POST"])
@for_koordinator
def planimport_ny(request, kommune):
    """The form that takes a document, and those that were sent before."""
    filer = (request.FILES,) if request.method == "POST" else ()
    for_ofte = request.method == "POST" and _leser_for_ofte(request)
    skjema = DokumentForm(sendt(request), *filer, for_ofte=for_ofte)
    if request.method == "POST" and skjema.is_valid():
        with transaction.atomic():
            las_egen(request, kommune)
            rad = arbeid.ta_imot(
                kommune=kommune,
                bruker=request.user,
                navn=skjema.navn,
                blokker=skjema.blokker,
            )
        if forrige := _det_samme(rad).first():
            messages.info(
                request,
                _(
                    "Det samme dokumentet ble lest inn %(dag)s. Det står i listen under "
                    "«Plan fra et dokument»."
                )
                % {"dag": date_format(timezone.localtime(forrige.lest), "j. F Y")},
            )
        return redirect("tiltak:planimport", kommune.slug, rad.pk)
    importer = Planimport.objects.synlige_for(request.user).filter(kommune=kommune)
    return render(
        request,
        "tiltak/innlesing/ny.html",
        {
            "kommune": kommune,
            "skjema": skjema,
            "importer": importer.select_related("bruker", "plan__rekke").defer(
                "blokker", "valg", "tidligere_valg", "sett"
            ),
        },
        status=422 if skjema.errors else 200,
    )


def _leser_for_ofte(request):
    """Each takes a process of its own for as long as it is read."""
    return for_mange("les-inn", request.user.pk, antall=FLEST_LEST, sekunder=KVARTER)


def _det_samme(rad):
    andre = Planimport.objects.filter(kommune=rad.kommune_id, sjekksum=rad.sjekksum)
    return andre.exclude(pk=rad.pk)


# Looking it over ----------------------------------------------------------------------


@gzip_page
@require_safe
@for_koordinator
def planimport(request, kommune, pk):
    """The document and the plan proposed of it, side by side."""
    rad = _hent(request, kommune, pk, under_arbeid=False)
    if rad.lagt_inn:
        return render(
            request, "tiltak/innlesing/lagt_inn.html", {"kommune": kommune, "rad": rad}
        )
    return _gjennomgangen(request, rad, request.GET.get("apen", ""))


def _gjennomgangen(request, rad, apen="", *, feil=None, status=200):
    gjennomgang = Gjennomgang(rad)
    onsket = request.GET.get("page") or request.POST.get("page") or ""
    her = i_siden(request)
    mal = "tiltak/innlesing/_gjennomgang.html" if her else "tiltak/innlesing/side.html"
    return render(
        request,
        mal,
        {
            "kommune": rad.kommune,
            "rad": rad,
            "g": gjennomgang,
            "side": gjennomgang.side(onsket, apen),
            "apen": gjennomgang.valgene(apen),
            "feil": feil,
            "hele_siden": not her,
        },
        status=status,
    )


def _etterpa(request, rad, nokkel="", feil=None):
    """After a choice: the page anew, or the way to it."""
    if i_siden(request):
        return _gjennomgangen(request, rad, feil=feil, status=409 if feil else 200)
    if feil:
        messages.warning(request, " ".join(feil.messages))
    til = reverse("tiltak:planimport", args=[rad.kommune.slug, rad.pk])
    side = request.POST.get("page", "")
    sporring = f"?page={side}" if re.fullmatch("[1-9][0-9]{0,3}", side) else ""
    return redirect(f"{til}{sporring}{f'#b{nokkel}' if nokkel else ''}")


@require_POST
@for_koordinator
def planimport_valg(request, kommune, pk):
    """Decides what one block of the document is."""
    rad = _hent(request, kommune, pk)
    skjema = ValgForm(request.POST)
    if not skjema.is_valid():
        raise Http404("no choice")
    feil = None
    valgt = skjema.cleaned_data
    try:
        rad = _gjor(
            request,
            arbeid.bestem,
            rad,
            versjon=valgt["versjon"],
            endringer=_endringene(rad, valgt),
        )
    except ValidationError as e:
        feil, rad = e, _hent(request, kommune, pk)
    return _etterpa(request, rad, valgt["blokk"], feil)


def _endringene(rad, valgt):
    nokkel = valgt["blokk"]
    if valgt["rolle"]:
        return [arbeid.som(nokkel, valgt["rolle"])]
    if valgt["felt"]:
        return [arbeid.i_feltet(nokkel, valgt["felt"])]
    if valgt["delt"]:
        return [arbeid.delt(nokkel, valgt["delt"])]
    if valgt["sammen"]:
        return [arbeid.sammen(nokkel)]
    if valgt["hele"] and (seksjon := Gjennomgang(rad).seksjonen(nokkel)):
        return [arbeid.som(n, HOPP_OVER) for n in seksjon.nokler]
    raise Http404("no choice")


@require_POST
@for_koordinator
def planimport_tilbake(request, kommune, pk):
    """Takes the last choice back."""
    rad, feil = _hent(request, kommune, pk), None
    try:
        rad = _gjor(request, arbeid.ta_tilbake, rad, versjon=_versjonen(request))
    except ValidationError as e:
        feil, rad = e, _hent(request, kommune, pk)
    return _etterpa(request, rad, feil=feil)


def _versjonen(request):
    versjon = request.POST.get("versjon", "")
    if not (versjon.isascii() and versjon.isdecimal() and len(versjon) < 10):
        raise Http404("no version")
    return int(versjon)


@require_POST
@for_koordinator
def planimport_lest(request, kommune, pk):
    """Notes that a section, or all of a page, has been read, or has not."""
    rad, feil = _hent(request, kommune, pk), None
    skjema = LestForm(request.POST)
    if not skjema.is_valid():
        raise Http404("no blocks")
    nokler, lest = skjema.nokler, skjema.cleaned_data["lest"] == "1"
    try:
        _gjor(request, arbeid.merk_lest, rad, nokler=nokler, lest=lest)
    except ValidationError as e:
        feil = e
    rad = _hent(request, kommune, pk)
    return _etterpa(request, rad, nokler[0], feil)


@require_http_methods(["GET", "POST"])
@for_koordinator
def planimport_etiketter(request, kommune, pk):
    """Which field each label of the document stands for."""
    rad = _hent(request, kommune, pk)
    g = Gjennomgang(rad)
    skjema = EtikettForm(sendt(request), etiketter=g.forslag.etiketter)
    mal = "tiltak/innlesing/etiketter.html"
    return _om_alle(request, g, skjema, mal, arbeid.kalt)


@require_http_methods(["GET", "POST"])
@for_koordinator
def planimport_tjenester(request, kommune, pk):
    """Which tjeneste each name in the document stands for."""
    rad = _hent(request, kommune, pk)
    g = Gjennomgang(rad)
    her = Tjeneste.objects.i(kommune).select_related("kommune")
    tjenester = [(str(t.pk), t.med_eier(kommune)) for t in her]
    skjema = TjenesteForm(sendt(request), navnene=g.tjenestenavn, tjenester=tjenester)
    mal = "tiltak/innlesing/tjenester.html"
    return _om_alle(request, g, skjema, mal, arbeid.tjenestene)


def _om_alle(request, g, skjema, mal, endring):
    """A page on which something is decided for the whole document."""
    rad, status = g.rad, 200
    if request.method == "POST" and skjema.is_valid():
        try:
            _gjor(
                request,
                arbeid.bestem,
                rad,
                versjon=_versjonen(request),
                endringer=[endring(skjema.valgte)] if skjema.valgte else [],
            )
        except ValidationError as feil:
            skjema.add_error(None, feil)
        else:
            messages.success(request, _("Valgene er lagret."))
            return redirect("tiltak:planimport", rad.kommune.slug, rad.pk)
    if skjema.errors:
        status = 422
    return render(
        request,
        mal,
        {"kommune": rad.kommune, "rad": rad, "g": g, "skjema": skjema},
        status=status,
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def planimport_personer(request, kommune, pk):
    """The texts that seem to name a person, and what stands in their place."""
    rad = _hent(request, kommune, pk)
    skjema = PersonForm(sendt(request))
    if request.method == "POST" and skjema.is_valid():
        renset = skjema.cleaned_data
        pekt = {person.tekst for person in Gjennomgang(rad).personer}
        if renset["versjon"] == rad.versjon and renset["tekst"] not in pekt:
            # All that is decided is kept a hundred times over: nothing but what is asked.
            raise Http404("no such text")
        try:
            _gjor(
                request,
                arbeid.bestem,
                rad,
                versjon=renset["versjon"],
                endringer=[arbeid.rollen_for(renset["tekst"], skjema.i_stedet)],
            )
        except ValidationError as feil:
            messages.warning(request, " ".join(feil.messages))
        return redirect("tiltak:planimport_personer", kommune.slug, pk)
    return render(
        request,
        "tiltak/innlesing/personer.html",
        {
            "kommune": kommune,
            "rad": rad,
            "g": Gjennomgang(rad),
            "skjema": skjema,
        },
        status=422 if skjema.errors else 200,
    )


@require_safe
@for_koordinator
def planimport_utelatt(request, kommune, pk):
    """What of the document stands nowhere in the proposal."""
    rad = _hent(request, kommune, pk)
    g = Gjennomgang(rad)
    return render(
        request,
        "tiltak/innlesing/utelatt.html",
        {
            "kommune": kommune,
            "rad": rad,
            "g": g,
            "uten_plass": uten_plass(rad, g.forslag),
        },
    )


# Putting it in ------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_koordinator
def planimport_legg_inn(request, kommune, pk):
    """Makes a draft of the proposal. Who presses twice comes to what became of it."""
    rad = _hent(request, kommune, pk, under_arbeid=False)
    if rad.lagt_inn:
        return redirect("tiltak:planimport", kommune.slug, pk)
    g = Gjennomgang(rad)
    forslag = g.forslag
    skjema = LeggInnForm(
        sendt(request),
        instance=Handlingsplan(
            kommune=kommune, rekke=kommune.planrekker.order_by("-hoved", "pk").first()
        ),
        initial={
            "tittel": forslag.tittel.tekst[:200] if forslag.tittel else "",
            "fra_ar": forslag.fra_ar,
            "til_ar": forslag.til_ar,
            "versjon": rad.versjon,
        },
    )
    if request.method == "POST" and not g.personer and skjema.is_valid():
        try:
            plan = _gjor(
                request,
                legg_inn,
                rad,
                bruker=request.user,
                plan=skjema.instance,
                versjon=skjema.cleaned_data["versjon"],
            )
        except ValidationError as feil:
            skjema.add_error(None, feil.messages)
            # What was typed stays, on what is there now.
            rad = _hent(request, kommune, pk)
            g = Gjennomgang(rad)
            skjema.data = skjema.data.copy()
            skjema.data["versjon"] = rad.versjon
        else:
            messages.success(request, _kvittering(plan))
            return redirect("tiltak:disposisjon", kommune.slug, plan.slug)
    return render(
        request,
        "tiltak/innlesing/legg_inn.html",
        {"kommune": kommune, "rad": rad, "g": g, "skjema": skjema},
        status=422 if skjema.errors else 200,
    )


def _kvittering(plan):
    antall = plan.tiltak.selvstendige().count()
    return (
        ngettext(
            "Utkastet er laget, med %d tiltak. Bare koordinatorene og politirådet ser det.",
            "Utkastet er laget, med %d tiltak. Bare koordinatorene og politirådet ser det.",
            antall,
        )
        % antall
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def planimport_angre(request, kommune, pk):
    """Takes the draft that came of the document out again."""
    rad = _hent(request, kommune, pk, under_arbeid=False)
    if not rad.lagt_inn:
        raise Http404("nothing to undo")
    if not rad.kan_angres:
        messages.warning(request, _("Planen er behandlet. Utkastet tas ikke ut her."))
        return redirect("tiltak:planimport", kommune.slug, pk)
    if request.method == "POST":
        try:
            blir_staende = _gjor(request, angre, rad, bruker=request.user)
        except ValidationError as feil:
            messages.warning(request, " ".join(feil.messages))
        else:
            messages.success(
                request, _("Utkastet er tatt ut igjen. Dokumentet står her fortsatt.")
            )
            if blir_staende:
                messages.info(
                    request,
                    _("Dette er i bruk eller endret siden, og ble stående: %s.")
                    % ", ".join(f"«{ting}»" for ting in blir_staende),
                )
        return redirect("tiltak:planimport", kommune.slug, pk)
    return render(
        request, "tiltak/innlesing/angre.html", {"kommune": kommune, "rad": rad}
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def planimport_forkast(request, kommune, pk):
    """Throws away what was read of a document."""
    rad = _hent(request, kommune, pk)
    if request.method == "POST":
        try:
            _gjor(request, arbeid.forkast, rad)
        except ValidationError as feil:
            messages.warning(request, " ".join(feil.messages))
            return redirect("tiltak:planimport", kommune.slug, pk)
        messages.success(request, _("Det som var lest inn, er slettet."))
        return redirect("tiltak:planimport_ny", kommune.slug)
    return render(
        request, "tiltak/innlesing/forkast.html", {"kommune": kommune, "rad": rad}
    )
