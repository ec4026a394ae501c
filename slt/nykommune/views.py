"""How a kommune begins: an administrator makes it, and its coordinator takes what the
starter set has of what it needs."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from slt.felles.arbeidskommune import arbeid_i
from slt.felles.sider import for_koordinator, las_egen
from slt.felles.startsett import GRUPPER
from slt.konto.invitasjon import send_invitasjon, som
from slt.models import Tilgang, Utsending
from slt.nykommune.forms import (
    Dekning,
    NyKommuneForm,
    StartsettForm,
    startplanskjema,
)
from slt.nykommune.oppretting import Vakt, opprett, ta_med
from tiltak.models import Handlingsplan

# A new kommune ------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def kommune_ny(request):
    """Makes a kommune. To all but administrators it is as if nothing were there."""
    if not request.user.is_superuser:
        raise Http404
    if request.method == "GET":
        # Most of it is what every kommune has: to leave it out is a choice.
        begynn = {"startsett": ["temaer", "landet"]}
        return _ny_side(request, NyKommuneForm(initial=begynn))
    skjema = NyKommuneForm(request.POST)
    if not skjema.is_valid():
        return _ny_side(request, skjema, status=422)
    try:
        bruker, tatt = _opprett(skjema)
    except IntegrityError:
        # Somebody made the same one meanwhile: then the form says so.
        skjema = NyKommuneForm(request.POST)
        if skjema.is_valid():
            raise
        return _ny_side(request, skjema, status=422)
    kommune = skjema.instance
    with override(kommune.malform):  # in which the next page is, and the mail
        _si_hva_som_ble(request, kommune, skjema.cleaned_data, tatt)
        if bruker:
            _skriv_til(request, bruker, kommune)
    arbeid_i(request, kommune)
    return redirect("startsett", kommune.slug)


def _ny_side(request, skjema, *, status=200):
    return render(request, "slt/kommune_ny.html", {"skjema": skjema}, status=status)


def _opprett(skjema):
    data = skjema.cleaned_data
    vakt = data["vakt_telefon"] and Vakt(
        navn=data["vakt_navn"],
        telefon=data["vakt_telefon"],
        hele_dognet=data["vakt_dekning"] == Dekning.DOGN,
        tid=data["vakt_tid"],
    )
    return opprett(
        kommune=skjema.instance,
        vakt=vakt or None,
        koordinator=data["koordinator"],
        grupper=data["startsett"],
    )


def _si_hva_som_ble(request, kommune, data, tatt):
    opprettet = _("%(kommune)s er opprettet, med adressen /%(slug)s/.") % {
        "kommune": kommune,
        "slug": kommune.slug,
    }
    messages.success(request, _med_veien_videre(opprettet))
    if data["vakt_telefon"]:
        tekst = _("%(vakt)s står i akuttstripen med %(nummer)s.")
        hva = {"vakt": data["vakt_navn"], "nummer": data["vakt_telefon"]}
        messages.success(request, tekst % hva)
    else:
        messages.warning(
            request,
            _(
                "Barnevernsvakten mangler nummer. Alarmtelefonen 116 111 står i "
                "akuttstripen så lenge."
            ),
        )
    if any(tingene for _gruppe, tingene in tatt):
        messages.success(request, _("Tatt med: %s.") % _oppregnet(tatt))


def _med_veien_videre(tekst):
    """Who makes one kommune often makes the next one, too."""
    veier = [("kommune_ny", _("Ny kommune")), ("kommuner", _("Alle kommunene"))]
    lenker = [(reverse(side), navn) for side, navn in veier]
    lenkene = format_html_join(" · ", '<a class="ds-link" href="{}">{}</a>', lenker)
    return format_html("{} {}", tekst, lenkene)


def _oppregnet(tatt):
    """How many of each kind: "Temaer (14), Kapitler (4)"."""
    return ", ".join(f"{gruppe.tittel} ({len(ting)})" for gruppe, ting in tatt if ting)


def _skriv_til(request, bruker, kommune):
    """Tells the coordinator, and says who was told."""
    rolle = som(Tilgang(rolle=Tilgang.Rolle.KOORDINATOR))
    match send_invitasjon(request, bruker, kommune, rolle):
        case Utsending.Tilstand.SENDT:
            tekst = _("%s er SLT-koordinator, og har fått en invitasjon på e-post.")
            messages.success(request, tekst % bruker.epost)
            return
        case Utsending.Tilstand.IGJEN:
            tekst = _(
                "%s er SLT-koordinator. E-posten kom ikke av gårde ennå, og prøves igjen "
                "av seg selv."
            )
        case _annet:
            tekst = _(
                "%s er SLT-koordinator, men e-posten kom ikke av gårde. Send den på nytt "
                "under «Hvem som har tilgang»."
            )
    messages.warning(request, tekst % bruker.epost)


# The starter set ----------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_koordinator
def startsett(request, kommune):
    """What the kommune may take, and what of it is there already."""
    if request.method == "GET":
        plan = _utkastet(kommune)
        skjema = StartsettForm(plan=plan, begynner=not kommune.planer.exists())
        return _side(request, kommune, plan, skjema)
    with transaction.atomic():
        las_egen(request, kommune)
        plan = _utkastet(kommune)
        skjema = StartsettForm(request.POST, plan=plan)
        planskjema = None
        if skjema.skal_lage_plan:
            planskjema = startplanskjema(kommune, request.POST)
        gyldig = skjema.is_valid()
        if planskjema is not None:
            gyldig = planskjema.is_valid() and gyldig
        if not gyldig:
            return _side(request, kommune, plan, skjema, planskjema, status=422)
        ny = planskjema.save() if planskjema is not None else None
        valg = skjema.cleaned_data["valg"]
        tatt = ta_med(kommune=kommune, plan=ny or plan, valg=valg)
    _si_hva_som_er_tatt(request, tatt, ny)
    if ny:
        return redirect("tiltak:disposisjon", kommune.slug, ny.slug)
    return redirect("startsett", kommune.slug)


def _utkastet(kommune):
    """The draft that chapters and innsatsområder are put into, or None."""
    return Handlingsplan.objects.utkast().filter(kommune=kommune).i_rekker().first()


def _side(request, kommune, plan, skjema, planskjema=None, *, status=200):
    grupper = [_rader(kommune, plan, skjema, gruppe) for gruppe in GRUPPER]
    return render(
        request,
        "slt/startsett.html",
        {
            "kommune": kommune,
            "utkast": plan,
            "skjema": skjema,
            "planskjema": None
            if plan
            else planskjema or startplanskjema(kommune, None),
            "kommunens": [gruppe for gruppe in grupper if not gruppe["gruppe"].i_plan],
            "planens": [gruppe for gruppe in grupper if gruppe["gruppe"].i_plan],
        },
        status=status,
    )


def _rader(kommune, plan, skjema, gruppe):
    """{gruppe, rader: [{ting, der: whether it is there already, valgt}]}."""
    der = gruppe.der(plan if gruppe.i_plan else kommune)
    rader = [
        {
            "ting": ting,
            "verdi": f"{gruppe.nokkel}:{ting.nokkel}",
            "der": ting.nokkel in der,
            "valgt": skjema.er_valgt(gruppe, ting),
        }
        for ting in gruppe.ting
    ]
    return {
        "gruppe": gruppe,
        "rader": rader,
        "resten": not all(r["der"] for r in rader),
    }


def _si_hva_som_er_tatt(request, tatt, ny):
    if ny:
        messages.success(request, _("Utkastet «%s» er laget.") % ny)
    if tatt:
        messages.success(request, _("Tatt med: %s.") % _oppregnet(tatt))
    elif not ny:
        messages.info(request, _("Dere hadde alt dette fra før. Ingenting er endret."))
