"""The help: the handbook chapter by chapter, the words, and a search in them."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from slt.felles.arbeidskommune import valgt_kommune
from slt.grunn.ordliste import ordlista
from slt.hjelp.handbok import handboka, mal, maler
from slt.hjelp.sok import sok

MALFORMER = dict(settings.LANGUAGES)
LENGSTE_SPORSMAL = 200


def _hjelpeside(view):
    """Decorator of a page of the help, which is for all: in the language that the address
    asks for, as links from the pages of a kommune do, else in that of the asker. It has
    the menu of the kommune that the asker works in.

    The view returns (template, context).
    """

    @login_not_required
    @require_safe
    @wraps(view)
    def hjelpeside(request, **kwargs):
        malform = request.GET.get("malform")
        with override(malform if malform in MALFORMER else get_language()):
            sidemal, kontekst = view(request, **kwargs)
            kontekst |= {
                "malform": get_language(),
                "annen_malform": next(m for m in MALFORMER if m != get_language()),
                "kommune": _arbeidskommunen(request),
                "kapitler": handboka(get_language()),
                "sporsmal": _sporsmalet(request),
            }
            return render(request, sidemal, kontekst)

    return hjelpeside


def _sporsmalet(request):
    return request.GET.get("q", "").strip()[:LENGSTE_SPORSMAL]


def _arbeidskommunen(request):
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return valgt_kommune(request) if request.user.is_authenticated else None


@_hjelpeside
def hjelp(request):
    """The contents of the handbook, and what answers a question."""
    sporsmal = _sporsmalet(request)
    treff = sok(sporsmal, get_language()) if sporsmal else []
    return "hjelp/hjelp.html", {"treff": treff, "maler": maler()}


@_hjelpeside
def kapittel(request, kapittel):
    """One chapter of the handbook."""
    kapitler = handboka(get_language())
    nokler = [k.nokkel for k in kapitler]
    if kapittel not in nokler:
        raise Http404
    nr = nokler.index(kapittel)
    return "hjelp/kapittel.html", {
        "kapittel": kapitler[nr],
        "forrige": kapitler[nr - 1] if nr else None,
        "neste": kapitler[nr + 1] if nr + 1 < len(kapitler) else None,
    }


@_hjelpeside
def ord_og_uttrykk(request):
    """The words that need it, explained."""
    return "hjelp/ord.html", {"ordene": ordlista()}


@_hjelpeside
def papirmal(request, navn):
    """One of the templates for a kommune's own papers, in bokmål."""
    if navn not in maler():
        raise Http404
    tittel, html = mal(navn)
    return "hjelp/mal.html", {"tittel": tittel, "html": html}
