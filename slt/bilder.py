"""The addresses of pictures: where the editor sends them, and where they are shown."""

from csp.constants import NONE
from csp.decorators import csp
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from slt.felles.bilder import lagre_bilde, ses_av
from slt.felles.sider import for_koordinator, kan_endre
from slt.models import PUBLIKUM, Bilde

MEDIETYPER = {Bilde.Type.PNG: "image/png", Bilde.Type.JPEG: "image/jpeg"}
# Long enough for a visit; a text that is no longer published is gone the same day.
HUSKES = "public, max-age=3600"


@require_POST
@for_koordinator
def bilde_nytt(request, kommune):
    """Takes a picture from the editor; answers with what the text needs to know of it."""
    fil = request.FILES.get("fil")
    if fil is None:
        return JsonResponse({"feil": _("Velg et bilde.")}, status=422)
    try:
        bilde = lagre_bilde(kommune, fil.read())
    except ValidationError as feil:
        return JsonResponse({"feil": feil.messages[0]}, status=422)
    return JsonResponse(
        {"adresse": bilde.adresse, "bredde": bilde.bredde, "hoyde": bilde.hoyde}
    )


@login_not_required
@require_safe
@csp({"default-src": [NONE], "sandbox": True})
def bilde(request, kode, type_):
    """A picture, for its kommune's coordinators and for who sees a text that holds it."""
    funnet = get_object_or_404(
        Bilde.objects.select_related("kommune"), kode=kode, type=type_
    )
    apent = ses_av(funnet, PUBLIKUM)
    if not apent and not (
        kan_endre(request.user, funnet.kommune) or ses_av(funnet, request.user)
    ):
        raise Http404
    svar = HttpResponse(bytes(funnet.innhold), content_type=MEDIETYPER[funnet.type])
    svar["Content-Disposition"] = f'inline; filename="{funnet.filnavn}"'
    svar["X-Content-Type-Options"] = "nosniff"
    svar["Cache-Control"] = HUSKES if apent else "private, no-store"
    return svar
