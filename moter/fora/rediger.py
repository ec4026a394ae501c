"""The pages on which a coordinator makes, changes and removes a forum."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moter.fora.forms import forumskjema
from moter.models import Forum
from slt.felles import radside
from slt.felles.radside import Sletting, koordinators


@koordinators
def forum_nytt(request, kommune):
    """A forum and who sits in it."""
    return radside.ny(
        request,
        kommune,
        lag=lambda: Forum(kommune=kommune),
        bygg=_bygg(request),
        overskrift=_("Nytt forum"),
        avbryt=_listen(kommune),
        etterpa=Forum.get_absolute_url,
    )


@koordinators
def forum_endre(request, kommune, pk):
    """What a forum is, who sits in it, and its last day."""

    def lagret(forum):
        antall = getattr(forum, "antall_avlyst", None)
        if antall is not None:
            tekst = ngettext(
                "%(antall)s møte etter denne dagen er avlyst.",
                "%(antall)s møter etter denne dagen er avlyst.",
                antall,
            )
            messages.info(request, tekst % {"antall": antall})

    return radside.endre(
        request,
        kommune,
        kommune.fora.select_related("kommune"),
        pk,
        bygg=_bygg(request),
        etterpa=Forum.get_absolute_url,
        slettes="moter:forum_slett",
        lagret=lagret,
    )


@koordinators
def forum_slett(request, kommune, pk):
    """Removes one that never met."""
    hva = Sletting(
        folger=_("Forumet blir borte, med medlemmene sine og veiene for saker."),
        i_stedet=_("Legg forumet ned i stedet: sett en siste dag under «Endre»."),
        avbryt=reverse("moter:forum_endre", args=[kommune.slug, pk]),
        etterpa=_listen(kommune),
    )
    return radside.slett(request, kommune, kommune.fora, pk, lambda _forum: hva)


def _bygg(request):
    return lambda forum, data: forumskjema(forum, data, bruker=request.user)


def _listen(kommune):
    return reverse("moter:forum_list", args=[kommune.slug])
