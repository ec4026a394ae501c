"""What is gone through in a meeting, when those who answer are in the room."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from slt.felles.sider import for_koordinator, las_egen
from tiltak.models import Kontaktpunkt, Runde, Tjeneste
from tiltak.runder.adgang import Svarer
from tiltak.runder.deler import Vist, merke, spor_om
from tiltak.runder.egne import KONTAKTER, STATUS, bare_kontaktene
from tiltak.runder.status import i_mote
from tiltak.runder.svaret import Endret, alt_stemmer

ENDRET_IMENS = gettext_lazy(
    "Noen endret noe mens du leste. Ingenting er registrert. Se gjennom en gang til, og "
    "trykk igjen."
)


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
        t.sett = merke([Vist(KONTAKTER, punkter)])
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


@require_safe
@for_koordinator
def runde_mote(request, kommune, pk):
    """The tiltak that a round asks about, for when those who answer are in the room: those
    that nobody answered first."""
    rader = Runde.objects.synlige_for(request.user).filter(kommune=kommune)
    runde = get_object_or_404(rader.sendte(), pk=pk)
    runde.kommune = kommune
    # What is said goes into the newest that takes answers; of others, one only reads.
    tas_imot = Runde.objects.skrives_i().filter(kommune=kommune).first() == runde
    return render(
        request,
        "tiltak/runder/runde_mote.html",
        {
            "kommune": kommune,
            "runde": runde,
            "spor_om_tiltak": spor_om(runde, STATUS),
            "tas_imot": tas_imot and spor_om(runde, STATUS),
            **_i_moterekkefolge(i_mote(runde)),
        },
    )


def _i_moterekkefolge(per_tjeneste):
    """The context of [(tjeneste, [Kort])]: what is left, and what is answered."""
    gjenstar = [
        (t, uten)
        for t, kort in per_tjeneste
        if (uten := [k for k in kort if not k.svar])
    ]
    besvart = [
        (t, med) for t, kort in per_tjeneste if (med := [k for k in kort if k.svar])
    ]
    antall = {"antall_igjen": sum(len(kort) for _t, kort in gjenstar)}
    return {"gjenstar": gjenstar, "besvart": besvart, **antall}


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
