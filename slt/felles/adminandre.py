"""What the admin says of a page that is of another kommune than the one chosen."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from slt.felles.arbeidskommune import valgbare
from slt.grunn.kommunegrense import har_kommune


def vis_annens(side, request, object_id):
    """Says in which kommune the row is, and offers to work there: to who may, and to all
    others it is as if it were not there. What is sent to such a page is sent nowhere.

    Args:
        side: the ModelAdmin.
        object_id: as it stands in the address.
    """
    kommune = request.method == "GET" and _kommunen(side.model, request, object_id)
    if not kommune:
        raise Http404
    kontekst = side.admin_site.each_context(request) | {
        "title": _("Siden er i en annen kommune"),
        "annen": kommune,
        "opts": side.opts,
    }
    return render(request, "admin/annen_kommune.html", kontekst, status=404)


def _kommunen(modell, request, object_id):
    """The kommune that the row is in, if it is one in which the user works."""
    if not har_kommune(modell):
        return None
    egne = {kommune.pk: kommune for kommune in valgbare(request)}
    sti = modell.kommune_sti
    try:
        pk = modell._meta.pk.to_python(unquote(object_id))
    except (ValidationError, ValueError):
        return None
    rader = modell._default_manager.filter(pk=pk, **{f"{sti}__in": egne})
    return egne.get(rader.values_list(sti, flat=True).first())
