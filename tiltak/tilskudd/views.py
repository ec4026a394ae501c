"""The grants of a kommune: the page for readers, the coordinator's list, and the pages on
which she adds, changes and removes one, or begins it anew for the next year."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from slt.felles import radside
from slt.felles.bevart import bevart
from slt.felles.eksport import csv_svar
from slt.felles.radside import Sletting, koordinators
from slt.felles.sider import OFFENTLIG, IKommunen, for_koordinator, las_egen
from slt.grunn.tid import i_ar
from slt.models import Kommune
from tiltak.models import Tilskudd
from tiltak.models.tilskudd import INNENFRA
from tiltak.tilskudd.forms import UtvalgForm, tilskuddsskjema
from tiltak.tilskudd.igjen import kan_sokes_igjen, sok_igjen
from tiltak.tilskudd.lest import etter_frist, sporring, valgt_ar
from tiltak.tilskudd.summer import Summer, ar_for_ar, les, summer, summer_av
from tiltak.tilskudd.tabell import tabell

INGRESS = gettext_lazy(
    "Skriv hva dere vil søke om, og rett opp når dere har søkt, fått svar og rapportert. "
    "Fristene står på arbeidsflaten når det er 30 dager igjen."
)


# What is read -------------------------------------------------------------------------


@method_decorator(OFFENTLIG, name="dispatch")
class TilskuddeneView(IKommunen, TemplateView):
    """What was given and is published, year by year; all of it for who sees the inside."""

    template_name = "tiltak/tilskudd/lest.html"

    def get_context_data(self, **kwargs):
        bruker = self.request.user
        arene = ar_for_ar(self.kommune, bruker)
        ar = valgt_ar(self.request, [sum_.arstall for sum_ in arene])
        arets = summer(self.kommune, ar, bruker)
        return super().get_context_data(
            ar=ar,
            arene=arene,
            arstallene=_arstallene(arene, ar),
            summer=arets,
            rader=etter_frist(arets.rader) if arets.viser_sokt else arets.rader,
            **kwargs,
        )


@login_not_required
@require_safe
@bevart
def tilskudd_csv(request, kommune):
    """The same as a table."""
    kommune = get_object_or_404(Kommune, slug=kommune)
    arene = [sum_.arstall for sum_ in ar_for_ar(kommune, request.user)]
    ar = valgt_ar(request, arene)
    utvalg = UtvalgForm(request.GET)
    arets = _utvalgte(kommune, ar, utvalg, request.user)
    navn = f"tilskudd-{ar}.csv" if ar else "tilskudd.csv"
    return csv_svar(navn, tabell(arets))


# The coordinator's --------------------------------------------------------------------


@require_safe
@for_koordinator
def tilskudd_list(request, kommune):
    """The grants of a year, the next day to apply or to report first; 8 queries beside
    those of the frame."""
    arene = ar_for_ar(kommune, request.user)
    ar = valgt_ar(request, [sum_.arstall for sum_ in arene])
    utvalg = UtvalgForm(request.GET)
    arets = _utvalgte(kommune, ar, utvalg, request.user)
    sokes_igjen = _med_neste_ar(kommune, arets.rader)
    return render(
        request,
        "tiltak/tilskudd/liste.html",
        {
            "kommune": kommune,
            "kan_endre": True,
            "ar": ar,
            "arene": arene,
            "arstallene": _arstallene(arene, ar),
            "utvalg": utvalg,
            "er_utvalg": utvalg.is_valid() and bool(utvalg.cleaned_data["tilstand"]),
            "summer": arets,
            "rader": etter_frist(arets.rader),
            "sokes_igjen": sokes_igjen,
            "sporring": sporring(ar, utvalg.data.get("tilstand", "")),
        },
    )


def _utvalgte(kommune, ar, utvalg, bruker) -> Summer:
    """What the grants come to that were asked for; of a state that is none, all."""
    rader = Tilskudd.objects.synlige_for(bruker).filter(kommune=kommune)
    if ar is not None:
        rader = rader.filter(arstall=ar)
    if utvalg.is_valid() and utvalg.cleaned_data["tilstand"]:
        rader = rader.filter(tilstand=utvalg.cleaned_data["tilstand"])
    return summer_av(les(rader, bruker), viser_sokt=kommune.gir(bruker, *INNENFRA))


def _arstallene(arene, ar):
    """The years to choose among, this one and the chosen one always with them."""
    valgt = {ar} if ar else set()
    return sorted({sum_.arstall for sum_ in arene} | valgt | {i_ar()}, reverse=True)


def _med_neste_ar(kommune, rader):
    """The ids of those that are not begun for the next year yet; 1 query."""
    alle = Tilskudd.objects.filter(kommune=kommune).order_by()
    finnes = set(alle.values_list("ordning", "giver", "arstall"))
    return {
        rad.pk
        for rad in rader
        if kan_sokes_igjen(rad)
        and (rad.ordning, rad.giver, rad.arstall + 1) not in finnes
    }


@koordinators
def tilskudd_ny(request, kommune):
    """One more scheme to apply to."""
    return radside.ny(
        request,
        kommune,
        lag=lambda: Tilskudd(kommune=kommune, arstall=i_ar()),
        bygg=tilskuddsskjema,
        overskrift=_("Nytt tilskudd"),
        ingress=INGRESS,
        avbryt=reverse("tiltak:tilskudd_list", args=[kommune.slug]),
        etterpa=_i_lista,
    )


@koordinators
def tilskudd_endre(request, kommune, pk):
    """What was applied for, what was given, to what, and when it is reported."""
    return radside.endre(
        request,
        kommune,
        _egne(kommune),
        pk,
        bygg=tilskuddsskjema,
        etterpa=_i_lista,
        slettes="tiltak:tilskudd_slett",
        ingress=lambda _rad: INGRESS,
    )


@koordinators
def tilskudd_slett(request, kommune, pk):
    """Takes off one that was never given."""

    def hva(rad):
        return Sletting(
            folger=_("Det står ikke lenger i lista, og ikke hos tiltakene."),
            i_stedet="",
            avbryt=reverse("tiltak:tilskudd_endre", args=[kommune.slug, rad.pk]),
            etterpa=reverse("tiltak:tilskudd_list", args=[kommune.slug]),
        )

    return radside.slett(request, kommune, _egne(kommune), pk, hva)


@require_POST
@for_koordinator
def tilskudd_igjen(request, kommune, pk):
    """Begins the application for the next year."""
    with transaction.atomic():
        las_egen(request, kommune)
        tilskudd = get_object_or_404(_egne(kommune), pk=pk)
        if not kan_sokes_igjen(tilskudd):
            messages.error(request, _("Så langt fram i tid kan dere ikke planlegge."))
            return redirect(_i_lista(tilskudd))
        ny, er_ny = sok_igjen(tilskudd)
    if er_ny:
        tekst = _("«%s» er lagt til som planlagt. Se over fristene og beløpet.")
    else:
        tekst = _("«%s» sto der allerede.")
    messages.success(request, tekst % ny)
    return redirect("tiltak:tilskudd_endre", kommune.slug, ny.pk)


def _egne(kommune):
    return kommune.tilskudd.select_related("kommune")


def _i_lista(rad):
    liste = reverse("tiltak:tilskudd_list", args=[rad.kommune.slug])
    return f"{liste}{sporring(rad.arstall)}#{rad.anker}"
