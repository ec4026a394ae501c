"""Who may what in a kommune: its coordinators invite people, and take access away,
without an administrator."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
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

from moter.models import Forumsmedlem, Kalenderlenke
from slt.felles.bremse import for_mange
from slt.felles.eksport import csv_svar
from slt.felles.epost import hele_adressen
from slt.felles.kjente import kjente
from slt.felles.koordinatorer import varsel_om_koordinator
from slt.felles.nokkellenker import ny_lenke, vis_en_gang
from slt.felles.sider import for_koordinator, las_egen
from slt.konto.avslutning import avslutt, avslutt_alt
from slt.konto.forms import InvitasjonForm, TilgangslenkeForm
from slt.konto.invitasjon import Utfall, gi_tilgang, send_invitasjon, som
from slt.models import Tilgang, Tilgangslenke, Utsending
from tiltak.models import Planlenke, Tjenesteredaktor

INVITASJONER_I_DOGNET = 100
INVITERT_MANGE = gettext_lazy("Du har invitert mange i dag. Prøv igjen i morgen.")
PROVES_IGJEN = gettext_lazy(
    "E-posten kom ikke av gårde ennå. Den prøves igjen av seg selv, og står under "
    "«Utsendinger» så lenge."
)
# {type, as it stands in addresses: model}: all by which somebody sees more than the
# public.
TILGANGSTYPER = {
    "tilgang": Tilgang,
    "redaktor": Tjenesteredaktor,
    "sete": Forumsmedlem,
    "lenke": Tilgangslenke,
    "planlenke": Planlenke,
    "kalender": Kalenderlenke,
}
# The way from each to its kommune.
STI = {navn: modell.kommune_sti for navn, modell in TILGANGSTYPER.items()} | {
    "kalender": "forum__kommune"
}
# What is said when one of them has been ended.
AVSLUTTET = {
    "tilgang": gettext_lazy("Tilgangen er avsluttet."),
    "redaktor": gettext_lazy("Tilgangen er avsluttet."),
    "sete": gettext_lazy("Tilgangen er avsluttet. Plassen i forumet er ledig."),
    "lenke": gettext_lazy("Lenken er trukket tilbake."),
    "planlenke": gettext_lazy("Lenken er trukket tilbake."),
    "kalender": gettext_lazy("Lenken er trukket tilbake."),
}


def _side(request, kommune, *, skjema=None, lenkeskjema=None, status=200):
    return render(
        request,
        "slt/tilganger.html",
        {
            "kommune": kommune,
            "rader": _rader(request.user, kommune),
            "tilgangslenker": _i_kommunen(request.user, kommune, "lenke").med_opphav(),
            "planlenker": _planlenker(request.user, kommune).med_opphav(),
            "kalendere": _kalendere(request.user, kommune).med_opphav(),
            "varsel": varsel_om_koordinator(kommune),
            "skjema": skjema
            or InvitasjonForm(kommune=kommune, av=request.user, prefix="inviter"),
            "lenkeskjema": lenkeskjema or TilgangslenkeForm(prefix="lenke"),
            "ny_lenke": ny_lenke(request),
        },
        status=status,
    )


def _rader(bruker, kommune):
    """What people have in the kommune, now or later, those who may most first:
    {tilgangstype, rad, hva it is in words, kjent: whether the kommune knows more of the
    person than an address, hvem: what they are called here, forste: (tilgangstype, id) of
    the first one that the person has}.

    It stands for the person in addresses: the number of a user would tell whether they had
    one before they were invited."""
    roller = list(Tilgang.Rolle)
    tilganger = sorted(
        _i_kommunen(bruker, kommune, "tilgang").select_related("bruker"),
        key=lambda t: (roller.index(t.rolle), t.pk),
    )
    redaktorer = _i_kommunen(bruker, kommune, "redaktor")
    redaktorer = redaktorer.select_related("bruker", "tjeneste")
    seter = _i_kommunen(bruker, kommune, "sete").exclude(bruker=None)
    seter = list(seter.select_related("bruker", "forum"))
    # People's own, which nobody else may revoke: what is shown is that they are there.
    egne = Kalenderlenke.objects.ikke_over().select_related("bruker")
    egne = egne.filter(bruker__in={sete.bruker_id for sete in seter})
    rader = [
        *(("tilgang", t, t.get_rolle_display()) for t in tilganger),
        *(("redaktor", r, _("redaktør: %s") % r.tjeneste) for r in redaktorer),
        *(("sete", s, _("plass i forum: %s") % s.forum) for s in seter),
        *(("egen_kalender", k, _("hemmelig lenke til egen kalender")) for k in egne),
    ]
    kjent = kjente(kommune, {rad.bruker for _tilgangstype, rad, _hva in rader})
    forste = {}
    for tilgangstype, rad, _hva in rader:
        forste.setdefault(rad.bruker_id, (tilgangstype, rad.pk))
    return [
        {
            "tilgangstype": tilgangstype,
            "rad": rad,
            "hva": hva,
            "kjent": rad.bruker_id in kjent,
            "hvem": str(rad.bruker) if rad.bruker_id in kjent else rad.bruker.epost,
            "forste": forste[rad.bruker_id],
        }
        for tilgangstype, rad, hva in rader
    ]


def _i_kommunen(bruker, kommune, tilgangstype):
    rader = TILGANGSTYPER[tilgangstype].objects.synlige_for(bruker).ikke_over()
    return rader.filter(**{STI[tilgangstype]: kommune})


def _kalendere(bruker, kommune):
    """The secret links to the calendars of fora."""
    return _i_kommunen(bruker, kommune, "kalender").select_related("forum")


def _planlenker(bruker, kommune):
    """The links to drafts of plans."""
    lenker = _i_kommunen(bruker, kommune, "planlenke")
    return lenker.select_related("plan__kommune", "plan__rekke")


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
    with transaction.atomic():
        las_egen(request, kommune)
        bruker, utfall = gi_tilgang(kommune=kommune, **skjema.cleaned_data)
    hva = _hva(skjema.cleaned_data)
    messages.success(request, _kvittering(utfall, hva, skjema.cleaned_data))
    if utfall == Utfall.GITT or _skal_inviteres(bruker, kommune):
        _inviter(request, bruker, kommune, hva)
    return redirect("tilganger", kommune.slug)


def _hva(gitt):
    """What whoever gets it is, in words."""
    if gitt["tjeneste"]:
        return som(Tjenesteredaktor(tjeneste=gitt["tjeneste"]))
    return som(Tilgang(rolle=gitt["rolle"]))


def _kvittering(utfall, hva, gitt):
    """Who is what now, and until when."""
    til = gitt["til"]
    if utfall == Utfall.UENDRET:
        tekst = _("%(hvem)s har allerede denne tilgangen: %(hva)s.")
    elif til is None:
        tekst = _("%(hvem)s er nå %(hva)s, uten sluttdato.")
    else:
        tekst = _("%(hvem)s er nå %(hva)s til og med %(til)s.")
    slutt = til and date_format(til, "j. F Y")
    return tekst % {"hvem": gitt["epost"], "hva": hva, "til": slutt}


def _inviter(request, bruker, kommune, hva):
    """Sends the mail, and says whether it went."""
    match send_invitasjon(request, bruker, kommune, hva):
        case Utsending.Tilstand.SENDT:
            kvittering = _("Invitasjonen er sendt til %s på e-post.") % bruker.epost
            messages.success(request, kvittering)
        case Utsending.Tilstand.IGJEN:
            messages.warning(request, PROVES_IGJEN)
        case _annet:
            messages.warning(
                request,
                _(
                    "E-posten kom ikke av gårde. Be mottakeren velge «Glemt passordet?» "
                    "på innloggingssiden."
                ),
            )


def _har_invitert_mange(bruker):
    """Counts one more invitation."""
    return for_mange("inviter", bruker.pk, antall=INVITASJONER_I_DOGNET, sekunder=86400)


def _skal_inviteres(bruker, kommune):
    """Whether mail helps. Of whom the kommune does not know, the answer is the same
    whatever state their user is in."""
    if bruker.pk not in kjente(kommune, [bruker]):
        return True
    return bruker.is_active and not bruker.has_usable_password()


def _rad(request, kommune, tilgangstype, pk):
    """What holds in the kommune, now or later; else it is as if it were not there."""
    return get_object_or_404(_i_kommunen(request.user, kommune, tilgangstype), pk=pk)


@require_POST
@for_koordinator
def inviter_igjen(request, kommune, tilgangstype, pk):
    """Sends the invitation anew to whoever has not logged in since."""
    # The mail waits for nobody, so that the lock is let go before it is sent.
    with transaction.atomic():
        las_egen(request, kommune)
        rad = _rad(request, kommune, tilgangstype, pk)
        bruker = getattr(rad, "bruker", None)
    if bruker is None:
        raise Http404("a link, or an empty seat")
    if not _skal_inviteres(bruker, kommune):
        if not bruker.is_active:
            raise Http404("a closed user")
        messages.info(request, _("%s har valgt passord, og kan logge inn.") % bruker)
    elif _har_invitert_mange(request.user):
        messages.warning(request, INVITERT_MANGE)
        return _side(request, kommune, status=429)
    else:
        _inviter(request, bruker, kommune, som(rad))
    return redirect("tilganger", kommune.slug)


EGEN = gettext_lazy("Du kan ikke avslutte din egen tilgang. Be en annen gjøre det.")


@require_POST
@for_koordinator
def tilgang_avslutt(request, kommune, tilgangstype, pk):
    """Takes access away from today on."""
    with transaction.atomic():
        las_egen(request, kommune)
        rad = _rad(request, kommune, tilgangstype, pk)
        if tilgangstype == "tilgang" and rad.bruker == request.user:
            messages.warning(request, EGEN)
        else:
            _si_fra(request, partial(avslutt, rad), AVSLUTTET[tilgangstype])
    return redirect("tilganger", kommune.slug)


def _si_fra(request, arbeid, kvittering):
    """Does it, and says that it was done or why it was not."""
    try:
        arbeid()
    except ValidationError as feil:
        messages.warning(request, feil.message)
    else:
        messages.success(request, kvittering)


@require_http_methods(["GET", "POST"])
@for_koordinator
def tilgang_avslutt_alt(request, kommune, tilgangstype, pk):
    """Ends all that the person of a right has in the kommune: says first what that is."""
    if request.method == "GET":
        return _avslutt_alt(request, kommune, tilgangstype, pk)
    with transaction.atomic():
        las_egen(request, kommune)
        return _avslutt_alt(request, kommune, tilgangstype, pk)


def _avslutt_alt(request, kommune, tilgangstype, pk):
    bruker = getattr(_rad(request, kommune, tilgangstype, pk), "bruker", None)
    if bruker is None:
        raise Http404("a link, or an empty seat")
    rader = [r for r in _rader(request.user, kommune) if r["rad"].bruker == bruker]
    hvem = rader[0]["hvem"]
    if bruker == request.user:
        messages.warning(request, EGEN)
    elif request.method == "GET":
        kontekst = {"kommune": kommune, "rader": rader, "hvem": hvem}
        return render(request, "slt/tilgang_avslutt_alt.html", kontekst)
    else:
        kvittering = _("All tilgang i %(kommune)s er avsluttet for %(hvem)s.") % {
            "kommune": kommune,
            "hvem": hvem,
        }
        _si_fra(request, partial(avslutt_alt, bruker, kommune), kvittering)
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
    with transaction.atomic():
        las_egen(request, kommune)
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
            *_dager(rad["rad"]),
            _merknad(rad),
        ]
        for rad in _rader(request.user, kommune)
    ]
    rader += [
        [rad.mottaker, _("lenke for samarbeidspartnere"), *_dager(rad), ""]
        for rad in _i_kommunen(request.user, kommune, "lenke")
    ]
    rader += [
        [rad.mottaker, _("lenke til utkast: %s") % rad.plan, *_dager(rad), ""]
        for rad in _planlenker(request.user, kommune)
    ]
    rader += [
        [str(rad.forum), _("hemmelig lenke til kalenderen"), *_dager(rad), ""]
        for rad in _kalendere(request.user, kommune)
    ]
    hode = [_("hvem"), _("rolle"), _("fra og med"), _("til og med"), _("merknad")]
    return csv_svar(f"tilganger-{kommune.slug}.csv", [hode, *rader])


def _dager(rad):
    return rad.fra, rad.til or ""


def _merknad(rad):
    """What there is to say of a user whom the kommune knows; of others, that alone."""
    if not rad["kjent"]:
        return _("har ikke logget inn siden tilgangen ble gitt")
    return "" if rad["rad"].bruker.is_active else _("stengt: kan ikke logge inn")
