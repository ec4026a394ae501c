"""The page on which a plan is written: all of it as one long document. What is small is done
there with one press; what is more, is a form that is opened in place."""

from uuid import uuid4

from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import (
    require_POST,
    require_safe,
)
from js_asset import Media

from slt.felles import radside
from slt.felles.forms import RADNUMMER, KommuneForm
from slt.felles.innsending import innsendingen, lagt_inn, samlet
from slt.felles.radside import Sletting, koordinators
from slt.felles.sider import for_koordinator, las_egen
from slt.felles.skjemaside import i_siden
from slt.felles.tekstredigering import TEKSTREDIGERING
from tiltak.models import (
    AVLOST_STAR,
    Innsatsomrade,
    Kapittel,
    Plassering,
    Tiltak,
)
from tiltak.nummer import uten_hull
from tiltak.rediger.disposisjon import Disposisjon
from tiltak.rediger.flytting import flytt_ett, flytt_etter, flytt_til_omrade

# {as it stands in addresses and in the ids of rows: model}
FLYTTES = {
    "plassering": Plassering,
    "kapittel": Kapittel,
    "innsatsomrade": Innsatsomrade,
}
SLETTES = {"tiltak": Tiltak, "kapittel": Kapittel, "innsatsomrade": Innsatsomrade}
STEG = {"opp": -1, "ned": 1}
# Rows that there is one of.
UTEN_NUMMER = {"plan", "nytt_kapittel", "nytt_innsatsomrade"}


# Long, and read on phones. Its tokens are masked anew each time, and Django's own adds bytes
# at random, so that the length tells nothing.
@gzip_page
@csp_update(TEKSTREDIGERING)
@require_safe
@for_koordinator
def disposisjon(request, kommune, plan):
    """The plan as an outline; or, asked for by the page itself, one row of it."""
    plan = hent_planen(kommune, plan)
    rad = request.GET.get("rad", "")
    if i_siden(request) and rad:
        return radsvar(request, plan, rad)
    return _siden(request, plan, hele_siden=not i_siden(request))


def hent_planen(kommune, slug):
    """The plan with this address, that can be written in or is only looked at."""
    plan = get_object_or_404(kommune.planer.select_related("rekke"), slug=slug)
    plan.kommune = kommune
    return plan


def adressen(plan, rad=""):
    """Where the row of the outline is: asked for by the page itself, the row alone."""
    til = reverse("tiltak:disposisjon", args=[plan.kommune.slug, plan.slug])
    return f"{til}?rad={rad}#{rad}" if rad else til


def planen_fra(request, kommune):
    """The plan in whose outline a form was opened, or None."""
    slug = request.GET.get("i", "")
    if not slug_re.match(slug):
        # PostgreSQL takes no NUL even to look for it.
        return None
    planer = kommune.planer.select_related("rekke").filter(slug=slug)
    if plan := planer.first():
        plan.kommune = kommune
    return plan


def _siden(request, plan, *, hele_siden, apen="", nytt=None, status=200):
    hele, innholdet = "tiltak/disposisjon/side.html", "tiltak/disposisjon/_hele.html"
    return render(
        request,
        hele if hele_siden else innholdet,
        {
            "kommune": plan.kommune,
            "plan": plan,
            "d": Disposisjon(plan, request.user),
            "apen": apen,
            "nytt": nytt,
            "merke": uuid4().hex,
            "hele_siden": hele_siden,
            "skrives": plan.kan_endres,
            "media": Media.from_media(_editoren().media, nonce=request.csp_nonce),
        },
        status=status,
    )


def _editoren():
    return forms.modelform_factory(Tiltak, fields=["tekst"])()


def radsvar(request, plan, nokkel, *, lagret=False):
    """One row of the outline; what was saved is said."""
    hva, _strek, pk = nokkel.partition("-")
    if nokkel not in UTEN_NUMMER and not RADNUMMER.fullmatch(pk):
        raise Http404
    d = Disposisjon(plan, request.user)
    kontekst = {
        "kommune": plan.kommune,
        "plan": plan,
        "d": d,
        "skrives": plan.kan_endres,
        "lagret": lagret,
    }
    if hva == "plassering":
        steder = d.steder(plan.plasseringer.filter(pk=pk))
        if not steder:
            raise Http404
        kontekst["sted"] = steder[0]
    elif hva == "tiltak":
        tiltak = d.tiltak(get_object_or_404(Tiltak, plan=plan, pk=pk))
        kontekst["tiltak"] = tiltak
        if tiltak.overordnet_id is None:
            kontekst["omrader"] = plan.innsatsomrader.order_by("rekkefolge", "pk")
    elif hva in {"kapittel", "innsatsomrade"}:
        rader = {"kapittel": plan.kapitler, "innsatsomrade": plan.innsatsomrader}
        kontekst["rad"] = get_object_or_404(rader[hva], pk=pk)
        kontekst["rad"].plan = plan
    elif nokkel not in UTEN_NUMMER:
        raise Http404
    svar = render(request, f"tiltak/disposisjon/_{hva}.html", kontekst)
    svar["HX-Reswap"] = "outerHTML"
    return svar


def raden_anew(request, plan, nokkel):
    """The row of what was saved; the whole outline where somebody took the row away from
    there meanwhile, since what was saved is saved all the same."""
    try:
        return radsvar(request, plan, nokkel, lagret=True)
    except Http404:
        messages.success(request, _("Endringen er lagret."))
        return strukturen(request, plan)


def strukturen(request, plan, apen="", *, feil=None, nytt=None):
    """After something was changed: the whole outline, since numbers may have changed in
    all of it; or the way to it."""
    if feil:
        messages.warning(request, " ".join(feil.messages))
    her = i_siden(request)
    if not (her or nytt):
        return redirect(adressen(plan, apen))
    svar = _siden(
        request,
        plan,
        hele_siden=not her,
        apen=apen,
        nytt=nytt,
        status=409 if feil else 422 if nytt else 200,
    )
    # Whatever asked: the whole of it is shown anew.
    svar["HX-Retarget"], svar["HX-Reswap"] = "#disposisjon", "outerMorph"
    return svar


# Adding -------------------------------------------------------------------------------


class NyttTiltakForm(KommuneForm):
    """A title is enough to begin with; the rest is asked for where it stands."""

    omrade = forms.ModelChoiceField(queryset=None)

    class Meta:
        model = Tiltak
        fields = ["tittel"]

    def __init__(self, *args, plan, **kwargs):
        self.kommune = plan.kommune
        super().__init__(*args, **kwargs)
        self.instance.plan = plan
        self.fields["omrade"].queryset = plan.innsatsomrader.all()

    @property
    def feilene(self):
        return [*self.errors.get("tittel", []), *self.non_field_errors()]

    def uten_sted(self):
        """What is wrong when the place is gone at which it would be said, or None."""
        if "omrade" not in self.errors:
            return None
        return ValidationError(
            _("«%s» er ikke lagt til. Noen andre slettet innsatsområdet imens.")
            % self["tittel"].value()
        )


@require_POST
@for_koordinator
def nytt_tiltak(request, kommune, plan):
    """Puts a tiltak last in an innsatsområde."""
    with transaction.atomic():
        las_egen(request, kommune)
        plan = hent_planen(kommune, plan)
        skjema = NyttTiltakForm(request.POST, plan=plan)
        if not plan.kan_endres:
            return strukturen(request, plan, feil=ValidationError(AVLOST_STAR))
        if not skjema.is_valid():
            return strukturen(request, plan, nytt=skjema, feil=skjema.uten_sted())
        samling = innsendingen(request, Plassering)
        sted = lagt_inn(plan.plasseringer, samling)
        if sted is None:
            with samlet(samling):
                sted = Plassering(
                    tiltak=skjema.save(), innsatsomrade=skjema.cleaned_data["omrade"]
                )
                sted.save()
    if i_siden(request):
        return strukturen(request, plan, f"plassering-{sted.pk}")
    adresse = reverse("tiltak:tiltak_endre", args=[kommune.slug, sted.tiltak_id])
    return redirect(f"{adresse}?i={plan.slug}&rad=plassering-{sted.pk}")


@require_POST
@for_koordinator
def gi_plass(request, kommune, pk):
    """Lets a tiltak that stands in no innsatsområde stand last in one of its plan."""
    feil = None
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            tiltak = get_object_or_404(
                Tiltak.objects.selvstendige().select_related("plan__rekke"),
                plan__kommune=kommune,
                pk=pk,
            )
            tiltak.plan.kommune = kommune
            omrade = _valgt(tiltak.plan.innsatsomrader, request.POST.get("omrade", ""))
            sted = Plassering(tiltak=tiltak, innsatsomrade=omrade)
            sted.full_clean(exclude=["nummer"])
            sted.save()
    except ValidationError as e:
        feil = e
    return strukturen(request, tiltak.plan, feil=feil)


# Moving and removing ------------------------------------------------------------------


def _plandeler(kommune, modeller, hva):
    """Those of a kind that can be moved or removed, as long as their plan is written in."""
    modell = modeller.get(hva)
    if modell is None:
        raise Http404
    rader = modell.objects.filter(plan__kommune=kommune).exclude(plan__status="avlost")
    return rader.select_related("plan__rekke", "plan__kommune")


@require_POST
@for_koordinator
def flytt(request, kommune, hva, pk):
    """Moves it one place up or down (`retning`), or right after another one (`etter`; in
    the innsatsområde `til`; empty: first)."""
    feil = None
    try:
        with transaction.atomic():
            las_egen(request, kommune)
            rader = _plandeler(kommune, FLYTTES, hva)
            if rader.model is Plassering:
                rader = rader.select_related("tiltak__plan", "innsatsomrade__plan")
            rad = get_object_or_404(rader, pk=pk)
            if steg := STEG.get(request.POST.get("retning")):
                flytt_ett(rad, steg)
            elif "etter" in request.POST:
                _flytt_dit(rad, request.POST)
            else:
                raise Http404
    except ValidationError as e:
        feil = e
    apen = "" if i_siden(request) else f"{hva}-{pk}"
    return strukturen(request, rad.plan, apen, feil=feil)


def _flytt_dit(rad, sendt):
    omrade = getattr(rad, "innsatsomrade", None)
    if omrade and (til := sendt.get("til")):
        omrade = _valgt(rad.plan.innsatsomrader, til)
    rader = omrade.plasseringer if omrade else type(rad).objects.filter(plan=rad.plan)
    etter = _valgt(rader, sendt["etter"]) if sendt["etter"] else None
    if omrade and omrade != rad.innsatsomrade:
        omrade.plan = rad.plan
        flytt_til_omrade(rad, omrade, etter=etter)
    else:
        flytt_etter(rad, etter)


def _valgt(rader, pk):
    """The row that was named, which somebody may have taken away meanwhile."""
    rad = rader.filter(pk=pk).first() if RADNUMMER.fullmatch(pk) else None
    if rad is None:
        raise ValidationError(
            _(
                "Noen andre endret rekkefølgen imens. Se hvordan den er nå, og prøv igjen."
            )
        )
    return rad


@koordinators
def slett(request, kommune, hva, pk):
    """Removes what nobody has adopted yet, and says before what goes with it."""
    folger, i_stedet = _slettes(hva)

    def ordene(rad):
        if not rad.kan_slettes:
            raise Http404
        tilbake = adressen(rad.plan)
        return Sletting(folger, i_stedet, avbryt=tilbake, etterpa=tilbake)

    rader = _plandeler(kommune, SLETTES, hva)
    return radside.slett(request, kommune, rader, pk, ordene, fjern=_fjern)


def _slettes(hva):
    """What goes with it, and what to do when something holds it."""
    if hva == "tiltak":
        folger = _(
            "Tiltaket blir borte fra planen, med målgrupper, ansvar, lenker og deltiltak."
        )
    elif hva == "kapittel":
        folger = _("Kapittelet blir borte fra planen.")
    else:
        return (
            _("Innsatsområdet blir borte fra planen, med målsettingene sine."),
            _("Flytt eller slett først det som står i innsatsområdet."),
        )
    return folger, ""


def _fjern(rad):
    if isinstance(rad, Tiltak):
        with uten_hull(rad):
            rad.delete()
    else:
        rad.delete()


# Levels -------------------------------------------------------------------------------


@require_POST
@for_koordinator
def enige_i_nivaene(request, kommune, plan):
    """Makes the levels of the plan that were proposed the kommune's own."""
    with transaction.atomic():
        las_egen(request, kommune)
        plan = hent_planen(kommune, plan)
        if not plan.kan_endres:
            raise Http404
        rader = list(Tiltak.objects.filter(plan=plan, niva_foreslatt=True))
        antall = len(rader)
        if request.POST.get("antall") != str(antall):
            # Nobody agrees to what they have not seen.
            feil = _("Forslagene er endret imens. Se på dem, og si fra igjen.")
            return strukturen(request, plan, feil=ValidationError(feil))
        for tiltak in rader:
            tiltak.niva_foreslatt = False
            tiltak.save()
    messages.success(
        request,
        ngettext(
            "%d nivå er nå kommunens eget.", "%d nivåer er nå kommunens egne.", antall
        )
        % antall,
    )
    return redirect(adressen(plan))
