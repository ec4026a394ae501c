"""The pages on which a coordinator finds what other kommuner share, copies it, and sees
what was changed where it came from."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from slt.felles.innsending import innsendingen, lagt_inn, samlet
from slt.felles.sider import for_koordinator, hent_side, las_egen, sendt
from tiltak.bank.avtrykk import avtrykk, delte, fakta, med_alt
from tiltak.bank.filters import BankFilter
from tiltak.bank.forms import KopiForm
from tiltak.bank.kopi import kopier
from tiltak.bank.siden_da import opphavene
from tiltak.detaljer import med_sted_i_planen
from tiltak.models import Opphav, Plassering

PER_SIDE = 30


@require_safe
@for_koordinator
def bank(request, kommune):
    """What other kommuner share, narrowed by what stands in the address."""
    alle = delte(kommune).order_by("tittel__norsk", "pk")
    filter_ = BankFilter(request.GET, queryset=alle, kommune=kommune)
    side = hent_side(
        request, filter_.qs if filter_.is_valid() else alle.none(), PER_SIDE
    )
    uten_side = request.GET.copy()
    uten_side.pop("page", None)
    return render(
        request,
        "tiltak/bank/liste.html",
        {
            "kommune": kommune,
            "filter": filter_,
            "er_filtrert": any(request.GET.get(navn) for navn in filter_.filters),
            "page_obj": side,
            "adresse_uten_side": uten_side.urlencode(),
            "antall_kopier": Opphav.objects.i_bruk(kommune).count(),
            "er_tom": not (side.object_list or alle.exists()),
            "utkast": _nyeste_utkast(kommune),
        },
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def bank_tiltak(request, kommune, pk):
    """All that is shared of a tiltak; copies it into a draft."""
    rader = med_sted_i_planen(med_alt(delte(kommune)))
    tiltak = get_object_or_404(rader, pk=pk)
    skjema = KopiForm(sendt(request), kommune=kommune, tiltak=tiltak)
    if request.method == "POST":
        try:
            with transaction.atomic():
                las_egen(request, kommune)
                # Perhaps it is not shared any more, or was copied meanwhile.
                tiltak = get_object_or_404(rader.all(), pk=pk)
                skjema = KopiForm(request.POST, kommune=kommune, tiltak=tiltak)
                if (kopien := _kopiert(request, kommune, tiltak, skjema)) is not None:
                    return redirect(_skrives(kommune, kopien))
        except ValidationError as feil:
            skjema.add_error(None, feil.messages)
    verdier = avtrykk(tiltak)
    return render(
        request,
        "tiltak/bank/tiltak.html",
        {
            "kommune": kommune,
            "tiltak": tiltak,
            "tekst": verdier["tekst"],
            "fakta": fakta(verdier),
            "deltiltak": [
                {**del_, "fakta": fakta(del_)} for del_ in verdier["deltiltak"]
            ],
            "merke": uuid4().hex,
            "skjema": skjema,
            "utkast": _nyeste_utkast(kommune),
        },
        status=422 if skjema.errors else 200,
    )


def _kopiert(request, kommune, tiltak, skjema):
    """Returns the place of the copy; None where the form says what is wrong."""
    samling = innsendingen(request, Plassering)
    egne = Plassering.objects.filter(plan__kommune=kommune)
    if (inne := lagt_inn(egne.select_related("plan"), samling)) is not None:
        return inne
    if not skjema.is_valid():
        return None
    with samlet(samling):
        kopien = kopier(
            tiltak=tiltak, innsatsomrade=skjema.cleaned_data["innsatsomrade"]
        )
    messages.success(
        request,
        _(
            "«%(tittel)s» er nå %(merkelapp)s i utkastet. Les gjennom: Teksten kan nevne "
            "steder og tjenester i %(kommune)s. Fyll ut hvem som har ansvaret hos dere."
        )
        % {
            "tittel": kopien.tiltak,
            "merkelapp": kopien.merkelapp,
            "kommune": tiltak.kommune,
        },
    )
    return kopien


def _skrives(kommune, sted):
    adresse = reverse("tiltak:tiltak_endre", args=[kommune.slug, sted.tiltak_id])
    return f"{adresse}?i={sted.plan.slug}&rad=plassering-{sted.pk}"


def _nyeste_utkast(kommune):
    """The draft to make an innsatsområde in, if there is one."""
    return kommune.planer.utkast().order_by("-fra_ar", "-pk").first()


# What was copied ------------------------------------------------------------------------


@require_safe
@for_koordinator
def bank_kopiert(request, kommune):
    """What the kommune has copied, and whether something was changed where it came from."""
    rader = med_sted_i_planen(Opphav.objects.i_bruk(kommune), "tiltak__")
    rader = rader.order_by("tiltak__tittel__norsk", "pk")
    side = hent_side(request, rader, PER_SIDE)
    return render(
        request,
        "tiltak/bank/kopiert.html",
        {
            "kommune": kommune,
            "page_obj": side,
            "opphavene": opphavene(side.object_list, kommune),
        },
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def bank_opphav(request, kommune, pk):
    """What was changed where a tiltak was copied from; the kommune's own stays as it is."""
    rader = med_sted_i_planen(
        Opphav.objects.filter(tiltak__kommune=kommune), "tiltak__"
    )
    if request.method == "POST":
        with transaction.atomic():
            las_egen(request, kommune)
            [opphavet] = opphavene([get_object_or_404(rader, pk=pk)], kommune)
            if _er_sett(request, opphavet):
                if opphavet.fra is None:
                    # There is no more to see of it.
                    return redirect("tiltak:bank_kopiert", kommune.slug)
                return redirect("tiltak:bank_opphav", kommune.slug, pk)
    [opphavet] = opphavene([get_object_or_404(rader.all(), pk=pk)], kommune)
    return render(
        request,
        "tiltak/bank/opphav.html",
        {"kommune": kommune, "opphavet": opphavet, "tiltak": opphavet.rad.tiltak},
        status=409 if request.method == "POST" else 200,
    )


def _er_sett(request, opphavet):
    """Notes that what the page showed was seen; not, when it says something else by now."""
    if request.POST.get("merke") != opphavet.merke:
        messages.warning(
            request, _("Opphavet ble endret mens du leste. Se gjennom det på nytt.")
        )
        return False
    opphavet.sett()
    if opphavet.fra is None:
        messages.success(
            request,
            _("Meldingen er tatt bort. Opphavet til «%s» følges ikke lenger.")
            % opphavet.rad.tiltak,
        )
    else:
        messages.success(request, _("Endringene hos opphavet er merket som sett."))
    return True
