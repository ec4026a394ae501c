"""The rounds of a kommune: when they are, who answered, and what they would have
otherwise."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles.radside import koordinators
from slt.felles.sider import (
    for_koordinator,
    hent_side,
    koordinerer_fremdeles,
    las_egen,
    sendt,
)
from slt.felles.skjemaside import skjemaside
from slt.models import Utsending
from tiltak.models import (
    Endringsforslag,
    Foresporsel,
    Kontaktpunkt,
    Runde,
    Tjeneste,
)
from tiltak.runder.adgang import Svarer
from tiltak.runder.deler import Vist
from tiltak.runder.deler import merke as svarmerke
from tiltak.runder.egne import KONTAKTER, bare_kontaktene
from tiltak.runder.forms import AvvisForm, OppsettForm, RundeForm, redigert
from tiltak.runder.forslag import (
    TIDER,
    ULESELIG,
    avvis,
    er_lesbart,
    forskjellene,
    godta,
    merke,
    tatt_inn,
    tekstene,
    tidene_i_ord,
)
from tiltak.runder.lop import innledning, lag_runde, oppsettet, send, send_pa_nytt
from tiltak.runder.slag import SLAG, med_emner
from tiltak.runder.svaret import Endret, alt_stemmer

PA_EN_SIDE = 50
ALLEREDE = gettext_lazy("Forslaget er allerede behandlet.")
ENDRET = gettext_lazy(
    "Noen endret det som står der, mens du leste. Se en gang til før du tar det inn."
)
ENDRET_IMENS = gettext_lazy(
    "Noen endret noe mens du leste. Ingenting er registrert. Se gjennom en gang til, og "
    "trykk igjen."
)


# Rounds -----------------------------------------------------------------------------------


@require_safe
@for_koordinator
def runder(request, kommune):
    """All rounds, the newest first."""
    rader = list(Runde.objects.synlige_for(request.user).filter(kommune=kommune))
    return render(
        request,
        "tiltak/runder/runder.html",
        {
            "kommune": kommune,
            "runder": rader,
            "utkast": any(rad.er_utkast for rad in rader),
            "oppsett": oppsettet(kommune),
        },
    )


@require_POST
@for_koordinator
def runde_ny(request, kommune):
    """The round of this week, as a draft; the one that is there, where there is one."""
    with transaction.atomic():
        las_egen(request, kommune)
        dager = oppsettet(kommune).dager
        runde = lag_runde(kommune, timezone.localdate(), dager=dager)
    return redirect("tiltak:runde", kommune.slug, runde.pk)


def _runden(request, kommune, pk):
    rader = Runde.objects.synlige_for(request.user).filter(kommune=kommune)
    runde = get_object_or_404(rader, pk=pk)
    runde.kommune = kommune
    return runde


@require_http_methods(["GET", "POST"])
@for_koordinator
def runde(request, kommune, pk):
    """One round: who is asked, who answered, whose mail did not arrive."""
    if request.method == "GET":
        return _runde(request, _runden(request, kommune, pk))
    with transaction.atomic():
        las_egen(request, kommune)
        runden = _runden(request, kommune, pk)
        skjema = RundeForm(request.POST, instance=runden)
        if not runden.er_utkast or not skjema.is_valid():
            return _runde(request, runden, skjema)
        skjema.save()
    messages.success(request, _("Endringen er lagret."))
    return redirect("tiltak:runde", kommune.slug, pk)


def _runde(request, runden, skjema=None):
    kontekst = {"kommune": runden.kommune, "runde": runden}
    if runden.er_utkast:
        kontekst |= _utkastet(runden, skjema)
    else:
        kontekst |= _status(runden)
    status = 422 if skjema is not None and skjema.errors else 200
    return render(request, "tiltak/runder/runde.html", kontekst, status=status)


def _utkastet(runden, skjema):
    tjenester = Tjeneste.objects.sporres().filter(kommune=runden.kommune)
    tjenester = list(tjenester.select_related("kommune").order_by("navn__norsk", "pk"))
    return {
        "skjema": skjema or RundeForm(instance=runden),
        "innledning": innledning(runden),
        "med_adresse": [t for t in tjenester if t.svaransvarlig],
        "uten_adresse": [t for t in tjenester if not t.svaransvarlig],
    }


def _status(runden):
    """What became of what is asked; 2 queries."""
    rader = runden.foresporsler.select_related("tjeneste__kommune")
    rader = list(rader.order_by("tjeneste__navn__norsk", "pk"))
    nokler = {rad.brev for rad in rader if rad.brev}
    per_nokkel = {
        u.nokkel: u
        for u in Utsending.objects.filter(
            kommune=runden.kommune, nokkel__startswith=f"runde:{runden.pk}:"
        ).defer("tekst", "html")
        if u.nokkel in nokler
    }
    for rad in rader:
        rad.utsending = per_nokkel.get(rad.brev)
    venter = [rad for rad in rader if rad.venter]
    svar = Counter(rad.svar for rad in rader if rad.er_besvart)
    return {
        "antall": len(rader),
        "antall_besvart": sum(rad.er_besvart for rad in rader),
        "svar": [(s.label, svar[s]) for s in Foresporsel.Svar if svar[s]],
        "venter": venter,
        "besvarte": [rad for rad in rader if not rad.venter],
    }


@require_POST
@for_koordinator
def runde_send(request, kommune, pk):
    """Sends it, with what was written; pressed twice, it goes once."""
    with transaction.atomic():
        las_egen(request, kommune)
        runden = _runden(request, kommune, pk)
        if runden.er_utkast:
            skjema = RundeForm(request.POST, instance=runden)
            if not skjema.is_valid():
                return _runde(request, runden, skjema)
            skjema.save()
    try:
        antall = send(runden)
    except ValidationError as feil:
        messages.error(request, feil.message)
    else:
        tekst = ngettext(
            "Runden er sendt. %d e-post ligger i utboksen.",
            "Runden er sendt. %d e-poster ligger i utboksen.",
            antall,
        )
        messages.success(request, tekst % antall)
    return redirect("tiltak:runde", kommune.slug, pk)


@require_POST
@for_koordinator
def foresporsel_pa_nytt(request, kommune, pk):
    """Asks one tjeneste once more, by a new link."""
    with transaction.atomic():
        las_egen(request, kommune)
        rader = Foresporsel.objects.synlige_for(request.user)
        rad = get_object_or_404(
            rader.select_related("runde__kommune"), tjeneste__kommune=kommune, pk=pk
        )
        er_sendt = send_pa_nytt(rad)
    if er_sendt:
        messages.success(request, _("En ny e-post ligger i utboksen."))
    else:
        messages.error(
            request,
            _(
                "Den kan ikke spørres nå: den har svart, mangler adresse eller er ute, "
                "eller det er juli."
            ),
        )
    return redirect("tiltak:runde", kommune.slug, rad.runde_id)


@require_http_methods(["GET", "POST"])
@for_koordinator
def rundeoppsett(request, kommune):
    """When the kommune asks, and whether it does so by itself."""
    with transaction.atomic():
        if request.method == "POST":
            las_egen(request, kommune)
        skjema = OppsettForm(sendt(request), instance=oppsettet(kommune))
        if skjema.is_valid():
            skjema.save()
            messages.success(request, _("Endringene er lagret."))
            return redirect("tiltak:rundeoppsett", kommune.slug)
    return render(
        request,
        "tiltak/runder/oppsett.html",
        {"kommune": kommune, "skjema": skjema},
        status=422 if skjema.errors else 200,
    )


# Proposals --------------------------------------------------------------------------------


def _forslagene(request, kommune):
    rader = Endringsforslag.objects.synlige_for(request.user)
    rader = rader.filter(tjeneste__kommune=kommune)
    return rader.select_related(
        "tjeneste__kommune", "kontaktpunkt__tjeneste", "tiltak__kommune"
    )


@require_safe
@for_koordinator
def forslag(request, kommune):
    """What waits, each against what stands today."""
    return _forslagsside(request, kommune)


def _forslagsside(request, kommune, skjema=None):
    """The list; of one proposal with the form that was sent and could not be taken."""
    rader = _forslagene(request, kommune).som_venter()
    rader = rader.prefetch_related("kontaktpunkt__apningstider")
    side = hent_side(request, rader, PA_EN_SIDE)
    forslagene = med_emner(side.object_list)
    for rad in forslagene:
        rad.forskjeller = forskjellene(rad)
        rad.merket = merke(rad, rad.forskjeller)
        rad.tekstene = tekstene(rad)
        rad.skjema = AvvisForm(instance=rad, auto_id=f"{rad.pk}_%s")
        if skjema is not None and skjema.instance.pk == rad.pk:
            rad.skjema = skjema
    return render(
        request,
        "tiltak/runder/forslag.html",
        {"kommune": kommune, "forslagene": forslagene, "page_obj": side},
        status=200 if skjema is None else 422,
    )


@require_POST
@for_koordinator
def forslag_godta(request, kommune, pk):
    """It is carried out as it stands, if what it was seen against stands there still."""
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            [rad] = med_emner([get_object_or_404(_forslagene(request, kommune), pk=pk)])
            if rad.venter and request.POST.get("sett") != merke(rad, forskjellene(rad)):
                messages.error(request, ENDRET)
                return redirect("tiltak:forslag", kommune.slug)
            er_gjort = godta(rad)
    except ValidationError as feil:
        messages.error(
            request,
            _("Forslaget kunne ikke utføres: %s") % " ".join(feil.messages),
        )
    else:
        if er_gjort:
            messages.success(request, _("Forslaget er tatt inn."))
        else:
            messages.info(request, ALLEREDE)
    return redirect("tiltak:forslag", kommune.slug)


@koordinators
def forslag_endre(request, kommune, pk):
    """It is carried out in other words: the form begins with what is proposed."""
    kan_endres = Endringsforslag.REDIGERES
    rader = _forslagene(request, kommune).filter(slag__in=kan_endres)
    forslaget = get_object_or_404(rader, pk=pk)
    listen = reverse("tiltak:forslag", args=[kommune.slug])
    if not forslaget.venter:
        messages.info(request, ALLEREDE)
        return redirect(listen)
    if not er_lesbart(forslaget):
        messages.error(request, ULESELIG)
        return redirect(listen)

    def hent():
        koordinerer_fremdeles(request, kommune)
        # Of two who answer it, one does.
        rad = get_object_or_404(rader.som_venter(), pk=pk)
        if annens := SLAG.get(rad.slag):
            return annens.rad(rad)
        return rad.kontaktpunkt or rad.tiltak or Kontaktpunkt(tjeneste=rad.tjeneste)

    def lagret(rad):
        tatt_inn(forslaget, rad)
        messages.success(request, _("Forslaget er tatt inn, slik du skrev det."))
        return redirect(listen)

    return skjemaside(
        request,
        kommune,
        hent=hent,
        bygg=lambda rad, data: redigert(
            rad, data, forslag=forslaget, bruker=request.user
        ),
        mal="skjema/endre.html",
        ferdig=lagret,
        kontekst=lambda _rad: {
            "kommune": kommune,
            "overskrift": str(forslaget),
            "ingress": _om_forslaget(forslaget),
            "tilbake": listen,
        },
    )


def _om_forslaget(forslaget):
    """What is proposed beside what the form begins with."""
    tider = tidene_i_ord(forslaget.innhold.get(TIDER, []))
    deler = [
        tider and _("Foreslåtte åpningstider: %s.") % tider,
        forslaget.merknad,
    ]
    return " ".join(filter(None, deler))


@require_POST
@for_koordinator
def forslag_avvis(request, kommune, pk):
    """It is not carried out."""
    with transaction.atomic():
        las_egen(request, kommune)
        rad = get_object_or_404(_forslagene(request, kommune), pk=pk)
        sendt_ = {"svar": request.POST.get("svar", "")}
        skjema = AvvisForm(sendt_, instance=rad, auto_id=f"{rad.pk}_%s")
        if not skjema.is_valid():
            return _forslagsside(request, kommune, skjema)
        if avvis(rad, skjema.cleaned_data["svar"]):
            messages.success(request, _("Forslaget er lagt til side."))
        else:
            messages.info(request, ALLEREDE)
    return redirect("tiltak:forslag", kommune.slug)


# In a meeting -----------------------------------------------------------------------------


@require_safe
@for_koordinator
def kontaktmote(request, kommune):
    """All tjenester in a row, for when those who answer for them are in the room: those
    that nobody confirmed lately first."""
    tjenester = Tjeneste.objects.virksomme().filter(kommune=kommune)
    tjenester = tjenester.med_kontaktpunkter(request.user)
    tjenester = list(tjenester.order_by("navn__norsk", "pk"))
    for t in tjenester:
        punkter = list(t.kontaktpunkter.all())
        t.sett = svarmerke([Vist(KONTAKTER, punkter)])
        t.haster = sum(p.ferskhet != Kontaktpunkt.Ferskhet.FERSK for p in punkter)
    med = [t for t in tjenester if t.kontaktpunkter.all()]
    return render(
        request,
        "tiltak/runder/kontaktmote.html",
        {
            "kommune": kommune,
            "gjenstar": [t for t in med if t.haster],
            "ferske": [t for t in med if not t.haster],
            "uten_kontakt": [t for t in tjenester if not t.kontaktpunkter.all()],
        },
    )


@require_POST
@for_koordinator
def kontaktmote_stemmer(request, kommune, pk):
    """All ways in to one tjeneste hold as they were read out: somebody who knows said so
    in the meeting."""
    tjenester = Tjeneste.objects.virksomme().filter(kommune=kommune)
    tjenester = tjenester.filter(kontaktpunkter__isnull=False).distinct()
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            tjeneste = get_object_or_404(tjenester.select_related("kommune"), pk=pk)
            venter = alt_stemmer(
                Svarer(tjeneste, bruker=request.user),
                hvordan=Kontaktpunkt.Hvordan.MOTE,
                sett=request.POST.get("sett") or "-",
                viser=bare_kontaktene,
            )
    except Endret:
        messages.error(request, ENDRET_IMENS)
    else:
        tekst = _("%s er bekreftet, men ikke det som venter på deg under «Forslag».")
        messages.success(
            request, (tekst if venter else _("%s er bekreftet.")) % tjeneste
        )
    return redirect(reverse("tiltak:kontaktmote", args=[kommune.slug]) + "#gjenstar")
