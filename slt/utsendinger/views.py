"""The page of the outbox: of a kommune for those who keep it, of what belongs to none for
administrators."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from slt.felles.sider import for_koordinator, hent_side, las_egen
from slt.felles.utsending import la_ligge
from slt.models import Utsending

# What went, on one page.
PA_EN_SIDE = 50
# Of what waits, and of what did not arrive: a round may be a thousand, and how many they
# are is said.
FLEST_VIST = 50
ALLEREDE = gettext_lazy("E-posten sto ikke lenger på listen.")


def for_administrator(view):
    """Decorator of a view for administrators; to all others it is as if nothing were
    there."""

    @never_cache
    @wraps(view)
    def administrators_view(request, *args, **kwargs):
        if not request.user.is_superuser:
            raise Http404
        return view(request, *args, **kwargs)

    return administrators_view


@require_safe
@for_koordinator
def utsendinger(request, kommune):
    """The mail of the kommune, the newest first."""
    return _side(request, kommune)


@require_safe
@for_administrator
def utsendinger_uten_kommune(request):
    """That of none: passwords."""
    return _side(request, None)


def _side(request, kommune):
    rader = _radene(request, kommune)
    venter = rader.exclude(tilstand__in=Utsending.FERDIGE)
    trenger_noen = rader.trenger_noen()
    side = hent_side(request, rader.er_over(), PA_EN_SIDE)
    return render(
        request,
        "slt/utsendinger.html",
        {
            "kommune": kommune,
            "trenger_noen": trenger_noen[:FLEST_VIST],
            "antall_trenger": trenger_noen.count(),
            "venter": venter.order_by("ikke_for", "pk")[:FLEST_VIST],
            "antall_venter": venter.count(),
            "ferdige": side.object_list,
            "page_obj": side,
        },
    )


def _radene(request, kommune):
    """Without what they said, which may be large, and is for the receiver alone."""
    rader = Utsending.objects.synlige_for(request.user).filter(kommune=kommune)
    return rader.defer("html")


@require_POST
@for_koordinator
def utsending_ligge(request, kommune, pk):
    with transaction.atomic():
        las_egen(request, kommune)
        _ligge(request, kommune, pk)
    return redirect("utsendinger", kommune.slug)


@require_POST
@for_administrator
def utsending_uten_kommune_ligge(request, pk):
    """Such mail has a link in it, so that none is there to send again."""
    _ligge(request, None, pk)
    return redirect("utsendinger_uten_kommune")


def _ligge(request, kommune, pk):
    if la_ligge(get_object_or_404(_radene(request, kommune), pk=pk)):
        messages.success(request, _("E-posten er tatt av listen."))
    else:
        messages.info(request, ALLEREDE)
