"""The parts of the site that a kommune thinks through before they are switched on: each
app says its own at start. While one is off, its pages are not there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render

from slt.felles.arbeidsflate import Linje
from slt.felles.sider import kan_endre
from slt.models import Kommune


@dataclass(frozen=True)
class Valgdel:
    """A part that a kommune has on or off.

    Attributes:
        felt: the field of Kommune that says whether it is on.
        tittel: what people call it.
        tenk: what to think of before it is switched on.
        personopplysninger: whether it keeps what is said of people: then it is not switched
            on before the papers for that are done.
        na: returns how far a kommune is with what the part needs, and where that is filled
            in; None where nothing is to be said.
    """

    felt: str
    tittel: str
    tenk: str
    personopplysninger: bool = False
    na: Callable[[Kommune], Linje] | None = None


DELER: list[Valgdel] = []


def er_av(request, kommune, felt):
    """The answer where a part is off: to who keeps the kommune, a page that says so; to
    all others it is as if nothing were there. None where it is on."""
    if getattr(kommune, felt):
        return None
    if not kan_endre(request.user, kommune):
        raise Http404
    del_ = next(d for d in DELER if d.felt == felt)
    return render(
        request, "slt/del_er_av.html", {"kommune": kommune, "del": del_}, status=404
    )
