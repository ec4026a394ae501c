"""What a coordinator answers a neighbour that shares a forum. Until it is accepted, the
forum stands on none of the kommune's pages, and in none of its calendars."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moter.serier import las
from slt.felles.bevart import i_malformen
from slt.felles.tilgang import egen_kommune


def _delt_med(kommune, pk):
    """The row as it stays until the transaction is over."""
    rader = kommune.delte_fora.select_related("forum__kommune")
    las(get_object_or_404(rader, pk=pk).forum)
    return get_object_or_404(rader, pk=pk)


@require_POST
@i_malformen
@transaction.atomic
def deling_godta(request, kommune, pk):
    """The forum stands on the kommune's pages, too."""
    kommune = egen_kommune(request, kommune)
    rad = _delt_med(kommune, pk)
    rad.godtatt = rad.godtatt or timezone.localdate()
    rad.save()
    messages.success(request, _("%s står nå på deres sider også.") % rad.forum)
    return redirect("moter:moteplan", kommune.slug)


@require_POST
@i_malformen
@transaction.atomic
def deling_avsla(request, kommune, pk):
    """The forum does not stand there, or not any longer."""
    kommune = egen_kommune(request, kommune)
    rad = _delt_med(kommune, pk)
    rad.delete()
    messages.success(request, _("%s deles ikke med dere.") % rad.forum)
    return redirect("moter:moteplan", kommune.slug)
