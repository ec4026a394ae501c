"""Who may what in a kommune: its coordinators invite people, and take access away,
without an administrator."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles.bremse import for_mange
from slt.felles.eksport import csv_svar
from slt.felles.epost import hele_adressen
from slt.felles.lenker import ny_lenke, vis_en_gang
from slt.felles.sider import for_koordinator
from slt.konto.forms import InvitasjonForm, TilgangslenkeForm
from slt.konto.invitasjon import Utfall, gi_tilgang, send_invitasjon
from slt.models import Tilgang, Tilgangslenke
from tiltak.models import Tjenesteredaktor

INVITASJONER_I_DOGNET = 100
INVITERT_MANGE = gettext_lazy("Du har invitert mange i dag. Prøv igjen i morgen.")
# {kind, as it stands in addresses: model}.
SLAG = {
    "tilgang": Tilgang,
    "redaktor": Tjenesteredaktor,
    "lenke": Tilgangslenke,
}
# What is said when one of them has been ended.
AVSLUTTET = {
    "tilgang": gettext_lazy("Tilgangen er avsluttet."),
    "redaktor": gettext_lazy("Tilgangen er avsluttet."),
    "lenke": gettext_lazy("Lenken er trukket tilbake."),
}


def _side(request, kommune, *, skjema=None, lenkeskjema=None, status=200):
    return render(
        request,
        "slt/tilganger.html",
        {
            "kommune": kommune,
            "rader": _rader(request.user, kommune),
            "lenker": Tilgangslenke.objects.synlige_for(request.user)
            .ikke_over()
            .filter(kommune=kommune)
            .med_opphav(),
            "skjema": skjema
            or InvitasjonForm(kommune=kommune, av=request.user, prefix="inviter"),
            "lenkeskjema": lenkeskjema or TilgangslenkeForm(prefix="lenke"),
            "ny_lenke": ny_lenke(request),
        },
        status=status,
    )


def _rader(bruker, kommune):
    """What holds today: (kind, row, who, what), those who may most first."""
    tilganger = (
        Tilgang.objects.synlige_for(bruker)
        .ikke_over()
        .filter(kommune=kommune)
        .select_related("bruker")
    )
    redaktorer = (
        Tjenesteredaktor.objects.synlige_for(bruker)
        .ikke_over()
        .filter(tjeneste__kommune=kommune)
        .select_related("bruker", "tjeneste")
    )
    roller = list(Tilgang.Rolle)
    return [
        *(
            {"slag": "tilgang", "rad": t, "hva": t.get_rolle_display()}
            for t in sorted(tilganger, key=lambda t: (roller.index(t.rolle), t.pk))
        ),
        *(
            {"slag": "redaktor", "rad": r, "hva": _("redaktør: %s") % r.tjeneste}
            for r in redaktorer
        ),
    ]


@require_http_methods(["GET", "POST"])
@for_koordinator
def tilganger(request, kommune):
    """Who may what, and the form that invites one more."""
    if request.method == "GET":
        return _side(request, kommune)
    skjema = InvitasjonForm(
        request.POST, kommune=kommune, av=request.user, prefix="inviter"
    )
    if not skjema.is_valid():
        return _side(request, kommune, skjema=skjema, status=422)
    if _har_invitert_mange(request.user):
        skjema.add_error(None, INVITERT_MANGE)
        return _side(request, kommune, skjema=skjema, status=429)
    bruker, utfall = gi_tilgang(kommune=kommune, **skjema.cleaned_data)
    messages.success(request, _kvittering(utfall, **skjema.cleaned_data))
    if utfall == Utfall.GITT or not bruker.has_usable_password():
        _inviter(request, bruker, kommune)
    return redirect("tilganger", kommune.slug)


def _kvittering(utfall, *, epost, rolle, tjeneste, til):
    """Who is what now, and until when."""
    hva = _("redaktør for %s") % tjeneste if tjeneste else Tilgang.Rolle(rolle).label
    if utfall == Utfall.UENDRET:
        tekst = _("%(hvem)s har allerede denne tilgangen: %(hva)s.")
    elif til is None:
        tekst = _("%(hvem)s er nå %(hva)s, uten sluttdato.")
    else:
        tekst = _("%(hvem)s er nå %(hva)s til og med %(til)s.")
    slutt = til and date_format(til, "j. F Y")
    return tekst % {"hvem": epost, "hva": hva, "til": slutt}


def _inviter(request, bruker, kommune):
    """Sends the mail, and says whether it went."""
    if send_invitasjon(request, bruker, kommune):
        messages.success(
            request, _("Invitasjonen er sendt til %s på e-post.") % bruker.epost
        )
    else:
        messages.warning(
            request,
            _(
                "E-posten kom ikke av gårde. Be mottakeren velge «Glemt passordet?» på "
                "innloggingssiden."
            ),
        )


def _har_invitert_mange(bruker):
    """Counts one more invitation."""
    return for_mange("inviter", bruker.pk, antall=INVITASJONER_I_DOGNET, sekunder=86400)


def _rad(request, kommune, slag, pk):
    """What holds in the kommune, now or later; else it is as if it were not there."""
    rader = SLAG[slag].objects.synlige_for(request.user).ikke_over()
    return get_object_or_404(rader, pk=pk, **{SLAG[slag].kommune_sti: kommune})


@require_POST
@for_koordinator
def inviter_igjen(request, kommune, slag, pk):
    """Sends the invitation anew to whoever has not chosen a password yet."""
    bruker = getattr(_rad(request, kommune, slag, pk), "bruker", None)
    if bruker is None or not bruker.is_active:
        raise Http404("a link, or a closed user")
    if bruker.has_usable_password():
        messages.info(request, _("%s har valgt passord, og kan logge inn.") % bruker)
    elif _har_invitert_mange(request.user):
        messages.warning(request, INVITERT_MANGE)
        return _side(request, kommune, status=429)
    else:
        _inviter(request, bruker, kommune)
    return redirect("tilganger", kommune.slug)


@require_POST
@for_koordinator
def tilgang_avslutt(request, kommune, slag, pk):
    """Takes access away from today on."""
    rad = _rad(request, kommune, slag, pk)
    if slag == "tilgang" and rad.bruker == request.user:
        messages.warning(
            request, _("Du kan ikke avslutte din egen tilgang. Be en annen gjøre det.")
        )
    else:
        rad.avslutt()
        messages.success(request, AVSLUTTET[slag])
    return redirect("tilganger", kommune.slug)


@require_POST
@for_koordinator
def tilgangslenke_ny(request, kommune):
    """Makes a link; the page that it leads to shows it, this once."""
    skjema = TilgangslenkeForm(request.POST, prefix="lenke")
    skjema.instance.kommune = kommune
    nokkel = skjema.instance.gi_nokkel()
    if not skjema.is_valid():
        return _side(request, kommune, lenkeskjema=skjema, status=422)
    skjema.save()
    adresse = hele_adressen(request, reverse("tilgangslenke", args=[nokkel]))
    side = reverse("tilganger", args=[kommune.slug])
    vis_en_gang(request, adresse, side=side)
    return redirect(side)


@require_safe
@for_koordinator
def tilganger_csv(request, kommune):
    """The same list as a spreadsheet reads it, for the kommune's own control."""
    rader = [
        [
            rad["rad"].bruker.epost,
            rad["hva"],
            rad["rad"].fra,
            rad["rad"].til or "",
            _merknad(rad["rad"].bruker),
        ]
        for rad in _rader(request.user, kommune)
    ]
    hode = [_("e-post"), _("rolle"), _("fra og med"), _("til og med"), _("merknad")]
    return csv_svar(f"tilganger-{kommune.slug}.csv", [hode, *rader])


def _merknad(bruker):
    if not bruker.is_active:
        return _("stengt: kan ikke logge inn")
    return "" if bruker.has_usable_password() else _("har ikke valgt passord ennå")
