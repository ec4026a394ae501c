"""Pages of those who see the work of a kommune from within: its coordinators and its
politiråd."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evaluering.models.kilder import INNENFRA
from slt.felles.bevart import i_malformen
from slt.models import Kommune


def innenfra(view):
    """Decorator of a view that is read, with the keyword argument `kommune` (its address):
    it gets the Kommune in place of that. To all others it is as if nothing were there.
    The page is in the language of the kommune, and nothing keeps it."""

    @never_cache
    @require_safe
    @i_malformen
    @wraps(view)
    def innenfra_view(request, kommune, **kwargs):
        denne = get_object_or_404(Kommune, slug=kommune)
        if not denne.gir(request.user, *INNENFRA):
            raise Http404
        return view(request, kommune=denne, **kwargs)

    return innenfra_view
