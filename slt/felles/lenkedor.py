"""The door of a secret link: what is behind it opens in this browser, for whoever has it."""

from collections.abc import Callable

from django.shortcuts import redirect, render
from django.utils.translation import override

from slt.felles.bremse import avsender, for_mange
from slt.models import Nokkellenke, NokkellenkeQuerySet

KVARTER = 15 * 60


def lenkedor(
    request,
    nokkel: str,
    *,
    lenker: NokkellenkeQuerySet,
    apnet: str,
    mal: str,
    til: Callable[[Nokkellenke], object],
    mer: Callable[[Nokkellenke], dict] = lambda lenke: {},
):
    """Lets in whoever has the link. Only at the press of a button: programs that look at
    links in mail do not press.

    Args:
        lenker: those that it may be, each with `kommune`.
        apnet: where the session keeps which of them were opened, the last one last.
        mal: the template, built on slt/lenkedor.html; gets `lenke` where the link holds.
        til: what `redirect` is given once it is open.
        mer: what else the template gets, of a link that holds.
    """
    avtrykk = Nokkellenke.avtrykk_av(nokkel)
    lenke = lenker.gyldige().filter(avtrykk=avtrykk).first()
    if lenke is None:
        mange = for_mange("lenke", avsender(request), antall=60, sekunder=KVARTER)
        return render(request, mal, {"for_mange": mange}, status=429 if mange else 404)
    if request.method == "POST":
        andre = [pk for pk in request.session.get(apnet, []) if pk != lenke.pk]
        request.session.cycle_key()
        request.session[apnet] = [*andre, lenke.pk]
        return redirect(til(lenke))
    with override(lenke.kommune.malform):
        kontekst = {"lenke": lenke, "kommune": lenke.kommune, **mer(lenke)}
        return render(request, mal, kontekst)
