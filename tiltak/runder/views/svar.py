"""The page on which somebody says whether what stands of a tjeneste holds: by the link
that came by mail, or with an account."""

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles.bevart import i_malformen
from slt.felles.bremse import for_mange
from slt.felles.lenkedor import lenkedor
from slt.felles.sider import sendt
from slt.felles.skjemaside import skjemaside
from slt.felles.tekstredigering import TEKSTREDIGERING
from slt.grunn.historikk import spor
from slt.grunn.norsk import orden
from slt.models import Kommune
from tiltak.models import (
    SVARLENKER,
    Endringsforslag,
    Kontaktpunkt,
    Svarlenke,
    Tiltak,
    Tjeneste,
)
from tiltak.runder.adgang import Lukket, SvarerIkkeLenger, svareren
from tiltak.runder.brev import sporsmalet as hva_det_sporres_om
from tiltak.runder.deler import delene, merke, spor_om
from tiltak.runder.egne import STATUS, tiltakene
from tiltak.runder.forms import (
    AnsvarForm,
    BortForm,
    HvordanForm,
    kontaktforslag,
    nytt_forslag,
    tekstforslag,
)
from tiltak.runder.forslag import Slag, er_lesbart, foresla, forskjellene
from tiltak.runder.slag import med_emner
from tiltak.runder.status import i_runden, sporsmal
from tiltak.runder.svaret import Endret, alt_stemmer
from tiltak.runder.utvalg import antall_spurt

# One link, or one user: so many tries in a minute.
FORSOK_I_MINUTTET = 20
_VISES = (Endringsforslag.Tilstand.VENTER, Endringsforslag.Tilstand.AVVIST)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def svarlenke(request, nokkel):
    """Lets in whoever has the link of a tjeneste in a round."""
    lenker = Svarlenke.objects.select_related(
        "foresporsel__runde__kommune", "foresporsel__tjeneste__kommune"
    )
    return lenkedor(
        request,
        nokkel,
        lenker=lenker.filter(foresporsel__tjeneste__nedlagt=None),
        apnet=SVARLENKER,
        mal="tiltak/runder/svarlenke.html",
        til=lambda lenke: siden(lenke.foresporsel.tjeneste),
        mer=lambda lenke: {"tittel": _dorens_tittel(lenke.foresporsel)},
    )


def _dorens_tittel(foresporsel):
    runde, tjeneste = foresporsel.runde, foresporsel.tjeneste
    antall = antall_spurt(runde, [tjeneste.pk]).get(tjeneste.pk, 0)
    return hva_det_sporres_om(tjeneste, runde, antall)


def siden(tjeneste):
    """The address of the page."""
    return reverse("tiltak:svar", args=[tjeneste.kommune.slug, tjeneste.pk])


def den_som_svarer(view):
    """Decorator of a view with the keyword arguments `kommune` and `pk`, of a tjeneste,
    for those who answer for it: it gets the Svarer. To all others it says that the link
    does not hold, whatever there is."""

    @login_not_required
    @never_cache
    @i_malformen
    def svarers_view(request, kommune, pk, **kwargs):
        svarer = svareren(request, kommune, pk)
        if svarer is None:
            return _borte(request, kommune)
        if request.method == "POST" and for_mange(
            "svar", svarer.navn, antall=FORSOK_I_MINUTTET, sekunder=60
        ):
            messages.error(
                request, _("For mange forsøk. Vent et minutt, og prøv igjen.")
            )
            return redirect(siden(svarer.tjeneste))
        try:
            svaret = view(request, svarer, **kwargs)
        except SvarerIkkeLenger:
            return _borte(request, kommune)
        except Lukket as grunn:
            return svarside(request, svarer, beskjed=grunn, status=409)
        if svaret.status_code == 422 and er_lukket(svarer):
            svaret.status_code = 409
        return svaret

    return svarers_view


def er_lukket(svarer):
    """Whether what they came for is a round that is closed, and nothing else is asked."""
    try:
        svarer.sjekk()
    except Lukket:
        return True
    return False


# What people write: all that is sent besides says nothing to them.
_SKREVET = (
    *("kommentar", "gjort", "resultat", "antall_av", "tekst", "merknad"),
    *("verdi", "etikett", "instruks", "svaransvarlig", "begrunnelse"),
)


def _borte(request, slug):
    sendt = [request.POST.get(navn, "").strip() for navn in _SKREVET]
    return render(
        request,
        "tiltak/runder/svar_borte.html",
        {
            "kommune": Kommune.objects.filter(slug=slug).first(),
            "skrevet": "\n\n".join(filter(None, sendt)),
        },
        status=404,
    )


@den_som_svarer
@require_safe
def svar(request, svarer):
    """All that stands of a tjeneste, to look through and say that it holds."""
    return svarside(request, svarer)


def svarside(request, svarer, *, endret=False, skjema=None, beskjed=None, status=200):
    """The page of a tjeneste; where something could not be done, with why."""
    foresporsler = list(svarer.apne_foresporsler())
    runde = foresporsler[0].runde if foresporsler else None
    lukket = None if foresporsler else svarer.lukket_foresporsel()
    tas_imot = svarer.lenke is None or lukket is None
    viste = delene(svarer, runde) if tas_imot else []
    sporsmalet = next((v.innhold for v in viste if v.del_.nokkel == STATUS), None)
    forslagene = _forslagene(svarer)
    return render(
        request,
        "tiltak/runder/svar.html",
        {
            "kommune": svarer.kommune,
            "svarer": svarer,
            "tjeneste": svarer.tjeneste,
            "foresporsel": foresporsler[0] if foresporsler else None,
            "deler": viste,
            "tittel": _tittelen(svarer, runde, sporsmalet),
            "sporsmal": sporsmalet,
            "knapp": RESTEN if _noe_er_sagt(forslagene, sporsmalet) else ALT,
            "alt_er_svart": _alt_er_svart(foresporsler, sporsmalet),
            "lukket": lukket,
            "svarene": _svarene(svarer, lukket) if lukket else [],
            "tas_imot": tas_imot,
            "beskjed": beskjed,
            # How it goes is said at each tiltak.
            "forslagene": [f for f in forslagene if f.slag != Slag.STATUS],
            "uten_kontakt": any(v.del_.alltid and not v.innhold for v in viste),
            "sett": merke(viste),
            "endret": endret,
            "skjema": skjema or _hvordan(svarer),
        },
        status=409 if endret else 422 if skjema else status,
    )


# What the button is called that says that all holds: of what was not answered yet.
ALT, RESTEN = gettext_lazy("Alt stemmer"), gettext_lazy("Resten stemmer")


def _tittelen(svarer, runde, sporsmalet):
    return hva_det_sporres_om(
        svarer.tjeneste, runde, len(sporsmalet.kort) if sporsmalet else 0
    )


def _noe_er_sagt(forslagene, sporsmalet):
    """Whether something was answered already, so that the button is about the rest."""
    kort = sporsmalet.kort if sporsmalet else ()
    return _noe_venter(forslagene) or any(k.svar for k in kort)


def _alt_er_svart(foresporsler, sporsmalet):
    """Whether nothing of what is asked is left to say."""
    kort = sporsmalet.kort if sporsmalet else ()
    besvart = bool(foresporsler) and not foresporsler[0].venter
    return besvart and all(k.svar for k in kort)


def _hvordan(svarer):
    return HvordanForm() if svarer.koordinerer else None


def _svarene(svarer, lukket):
    """[Sagt] of what the tjeneste answered in a round that is closed, by title."""
    lukket.runde.kommune = svarer.kommune
    sagt = i_runden(lukket.runde, tjeneste=svarer.tjeneste)
    return sorted(sagt.values(), key=lambda sagt_: orden(sagt_.tiltak.tittel))


def _sporsmalet(svarer):
    """The Sporsmal of the newest round, or None where it asks nothing of tiltak."""
    foresporsel = svarer.apne_foresporsler().first()
    runde = foresporsel and foresporsel.runde
    return sporsmal(svarer, runde) if spor_om(runde, STATUS) else None


SENDT = gettext_lazy(
    "Takk. Forslaget er sendt til SLT-koordinatoren i kommunen. Stemmer resten, trykker du "
    "«Resten stemmer» nederst."
)
FORT_INN = gettext_lazy(
    "Forslaget er ført inn, og ligger under «Forslag fra tjenestene». Stemmer resten, "
    "trykker du «Resten stemmer» nederst."
)


def _noe_venter(forslagene):
    """Whether something of what stands there is proposed otherwise."""
    return any(rad.venter and rad.gjelder_det_som_star for rad in forslagene)


def _forslagene(svarer):
    """What was proposed and is not carried out, of what they see."""
    sett = svarer.kontaktpunkter().order_by().values("pk")
    forslag = svarer.tjeneste.endringsforslag.filter(tilstand__in=_VISES)
    forslag = forslag.filter(Q(kontaktpunkt=None) | Q(kontaktpunkt__in=sett))
    forslag = forslag.select_related("kontaktpunkt__tjeneste", "tiltak")
    rader = list(forslag.prefetch_related("kontaktpunkt__apningstider"))
    # How it goes is said at each tiltak.
    med_emner(rad for rad in rader if rad.slag != Slag.STATUS)
    for rad in rader:
        # Of a text it would be long, and of a figure nobody sees it until it is taken in.
        kort = rad.slag in {Slag.KONTAKT, Slag.NYTT} and er_lesbart(rad)
        rad.forskjeller = forskjellene(rad) if kort else []
    return rader


@den_som_svarer
@require_POST
def svar_stemmer(request, svarer):
    """All that was shown holds."""
    hvordan = svarer.hvordan
    if svarer.koordinerer:
        skjema = HvordanForm(request.POST)
        if not skjema.is_valid():
            return svarside(request, svarer, skjema=skjema)
        hvordan = skjema.cleaned_data["hvordan"]
    forslagene = _forslagene(svarer)
    resten = _noe_er_sagt(forslagene, _sporsmalet(svarer))
    try:
        alt_stemmer(svarer, hvordan=hvordan, sett=request.POST.get("sett"))
    except Endret:
        return svarside(request, svarer, endret=True)
    except (
        ValidationError
    ) as grunn:  # what a coordinator writes down is taken in at once
        return svarside(request, svarer, beskjed=grunn, status=409)
    messages.success(request, _at_det_stemmer(svarer, resten, forslagene))
    return redirect(siden(svarer.tjeneste))


def _at_det_stemmer(svarer, resten, forslagene):
    """What is said to who pressed: thanks, but to who writes down what others said."""
    deler = [] if svarer.koordinerer else [_("Takk.")]
    if resten:
        deler.append(_("Det er registrert at resten stemmer i dag."))
    else:
        deler.append(_("Det er registrert at alt stemmer i dag."))
    if _noe_venter(forslagene) and not svarer.koordinerer:
        deler.append(_("Det som er foreslått, venter på SLT-koordinatoren."))
    sporsmalet = _sporsmalet(svarer)
    if gjenstar := len(sporsmalet.uten_trykk) if sporsmalet else 0:
        tekst = ngettext(
            "%d tiltak må det sies noe om for seg.",
            "%d tiltak må det sies noe om for seg.",
            gjenstar,
        )
        deler.append(tekst % gjenstar)
    return " ".join(deler)


# Proposals ------------------------------------------------------------------------------


def _takk_for_forslaget(request, svarer):
    messages.success(request, FORT_INN if svarer.koordinerer else SENDT)
    return redirect(siden(svarer.tjeneste))


def _forslagsside(request, svarer, *, hent, bygg, overskrift):
    return skjemaside(
        request,
        svarer.kommune,
        hent=hent,
        bygg=lambda rad, data: bygg(rad, data, svarer),
        mal="tiltak/runder/foresla.html",
        ferdig=lambda _rad: _takk_for_forslaget(request, svarer),
        kontekst=lambda rad: {
            "kommune": svarer.kommune,
            "overskrift": overskrift(rad),
            "tilbake": siden(svarer.tjeneste),
            "koordinerer": svarer.koordinerer,
        },
    )


@den_som_svarer
@csp_update(TEKSTREDIGERING)
@require_http_methods(["GET", "POST"])
def svar_kontakt(request, svarer, punkt):
    """What should stand of a kontaktpunkt."""
    rader = svarer.kontaktpunkter().select_related("tjeneste__kommune")
    return _forslagsside(
        request,
        svarer,
        hent=lambda: get_object_or_404(rader.all(), pk=punkt),
        bygg=kontaktforslag,
        overskrift=lambda rad: _("Foreslå endring: %s") % rad.visning,
    )


@den_som_svarer
@csp_update(TEKSTREDIGERING)
@require_http_methods(["GET", "POST"])
def svar_nytt(request, svarer):
    """A way in that does not stand there."""
    return _forslagsside(
        request,
        svarer,
        hent=lambda: Kontaktpunkt(tjeneste=svarer.tjeneste),
        bygg=nytt_forslag,
        overskrift=lambda _rad: _("Foreslå et nytt kontaktpunkt"),
    )


@den_som_svarer
@csp_update(TEKSTREDIGERING)
@require_http_methods(["GET", "POST"])
def svar_tekst(request, svarer, tiltak):
    """What should stand of a tiltak."""
    egne = tiltakene(svarer).order_by().values("tiltak")
    rader = Tiltak.objects.filter(pk__in=egne).select_related("kommune")
    return _forslagsside(
        request,
        svarer,
        hent=lambda: get_object_or_404(rader.all(), pk=tiltak),
        bygg=tekstforslag,
        overskrift=lambda rad: _("Foreslå endring: %s") % rad.tittel,
    )


@den_som_svarer
@require_http_methods(["GET", "POST"])
def svar_bort(request, svarer, punkt):
    """That a kontaktpunkt is no more."""
    rader = svarer.kontaktpunkter().select_related("tjeneste")
    punktet = get_object_or_404(rader.all(), pk=punkt)
    skjema = BortForm(sendt(request))

    def gjor(renset):
        with transaction.atomic():
            Kommune.objects.las_med_naboer(svarer.kommune.pk)
            # Perhaps it was taken away while they waited for the lock.
            star_der = get_object_or_404(rader.all(), pk=punkt)
            foresla(svarer, Slag.BORT, kontaktpunkt=star_der, **renset)

    if utfores(skjema, gjor):
        return _takk_for_forslaget(request, svarer)
    return liten_side(
        request,
        svarer,
        skjema,
        overskrift=_("Gjelder ikke lenger: %s") % punktet.visning,
        ingress=_("Det legges under «Forslag fra tjenestene».")
        if svarer.koordinerer
        else _("SLT-koordinatoren får beskjed, og tar det bort."),
        knapp=_("Si fra"),
    )


@den_som_svarer
@require_http_methods(["GET", "POST"])
def svar_ansvar(request, svarer):
    """That somebody else answers for the tjeneste."""
    skjema = AnsvarForm(sendt(request))

    def gjor(renset):
        ny = {"svaransvarlig": renset["svaransvarlig"]}
        na = {"svaransvarlig": svarer.tjeneste.svaransvarlig}
        foresla(svarer, Slag.ANSVAR, innhold=ny, sett=na, merknad=renset["merknad"])

    if utfores(skjema, gjor):
        takk = _("Takk for at du sa fra. SLT-koordinatoren får vite det.")
        if svarer.koordinerer:
            takk = _("Det er ført inn at noen andre svarer for tjenesten.")
        messages.success(request, takk)
        return redirect(siden(svarer.tjeneste))
    return liten_side(
        request,
        svarer,
        skjema,
        overskrift=_("Noen andre svarer for tjenesten")
        if svarer.koordinerer
        else _("Jeg har ikke lenger ansvaret"),
        ingress=_("Det legges under «Forslag fra tjenestene».")
        if svarer.koordinerer
        else _("SLT-koordinatoren finner ut hvem som skal spørres neste gang."),
        knapp=_("Si fra"),
    )


@den_som_svarer
@require_http_methods(["GET", "POST"])
def svar_sporres_ikke(request, svarer):
    """That the tjeneste does not want to be asked, or wants to again."""
    if request.method == "POST":
        with transaction.atomic(), spor(svarer.dor, bruker=svarer.bruker):
            Kommune.objects.las_med_naboer(svarer.kommune.pk)
            svarer.sjekk()
            tjeneste = Tjeneste.objects.get(pk=svarer.tjeneste.pk)
            tjeneste.sporres_ikke = request.POST.get("spor") != "ja"
            tjeneste.save()
        if tjeneste.sporres_ikke:
            tekst = _("Tjenesten spørres ikke i flere runder. Det kan gjøres om her.")
        else:
            tekst = _("Tjenesten blir spurt i neste runde.")
        messages.success(request, tekst)
        return redirect(siden(svarer.tjeneste))
    ikke_igjen = _("Ikke spør oss igjen")
    if svarer.koordinerer:
        ikke_igjen = _("Ikke spør tjenesten igjen")
    return liten_side(
        request,
        svarer,
        None,
        overskrift=ikke_igjen,
        ingress=_(
            "Tjenesten får ikke flere e-poster om dette. Når ingen har bekreftet en kontakt "
            "på over ett år, står det på siden."
        ),
        knapp=ikke_igjen,
    )


def utfores(skjema, gjor):
    """Does what a form says, and says so in it where that is not taken any more; returns
    whether it was done.

    Args:
        gjor: called with what the form read.
    """
    if not skjema.is_valid():
        return False
    try:
        gjor(skjema.cleaned_data)
    except Lukket as grunn:
        skjema.add_error(None, grunn)
        return False
    return True


def liten_side(request, svarer, skjema, *, overskrift, ingress, knapp):
    """The answer with one small question; `skjema` may be None."""
    return render(
        request,
        "tiltak/runder/liten.html",
        {
            "kommune": svarer.kommune,
            "tjeneste": svarer.tjeneste,
            "skjema": skjema,
            "overskrift": overskrift,
            "ingress": ingress,
            "knapp": knapp,
        },
        status=422 if skjema and skjema.errors else 200,
    )
