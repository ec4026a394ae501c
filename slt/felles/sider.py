"""What the pages of a kommune have in common, in every app."""

from functools import cached_property, partial, wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from slt.felles.arbeidskommune import valgt_kommune
from slt.felles.bevart import bevart, i_malformen
from slt.felles.den_dagen import med_dato
from slt.felles.offentlig import med_innhold
from slt.felles.tilgang import egen_kommune, koordinert_kommune
from slt.grunn.den_dagen import er_en_annen
from slt.models import Bruker, Kommune, Tilgang

OFFENTLIG = [login_not_required, require_safe, bevart]
# It can be asked how it stood on another day, too.
OFFENTLIG_MED_DATO = [*OFFENTLIG, med_dato]
# Says more to some, of people too, whose names change on their own; and has forms.
OFFENTLIG_MED_FOLK = [
    login_not_required,
    require_safe,
    partial(bevart, for_fremmede=True),
]


def for_koordinator(view):
    """Decorator of a view with the keyword argument `kommune` (its address) that is for
    the coordinators of that kommune: it gets the Kommune in place of the address.

    To all others it is as if nothing were there. The page is in the language of the
    kommune, and nothing keeps it.
    """

    @never_cache
    @i_malformen
    @wraps(view)
    def koordinators_view(request, kommune, **kwargs):
        return view(request, kommune=egen_kommune(request, kommune), **kwargs)

    return koordinators_view


def koordinerer_fremdeles(request, kommune):
    """A 404 unless the asker coordinates the kommune, which is locked, still: perhaps
    that was ended while they waited for the lock."""
    bruker = Bruker.objects.filter(pk=request.user.pk, is_active=True).first()
    if bruker is None or koordinert_kommune(bruker, kommune.slug) is None:
        raise Http404


def las_egen(request, kommune):
    """Makes all others who write in the kommune, or in one that shares a forum or a
    tjeneste with it, wait until the transaction is over, and asks again whether the asker
    coordinates it."""
    Kommune.objects.las_med_naboer(kommune.pk)
    koordinerer_fremdeles(request, kommune)


def sendt(request):
    """Returns what a form was sent with, or None when its page is only looked at."""
    return request.POST if request.method == "POST" else None


def videre(request, adresse):
    """Leads on to the address, and takes along what stands after the question mark."""
    sporring = request.META.get("QUERY_STRING")
    return redirect(f"{adresse}?{sporring}" if sporring else adresse)


def hent_side(request, rader, antall):
    """Returns the Page of the rows that the address asks for; one that is not there is a
    404."""
    try:
        return Paginator(rader, antall).page(request.GET.get("page") or 1)
    except InvalidPage as feil:
        raise Http404(str(feil)) from feil


def uten_spor(view):
    """Decorator of a view: no page that is gone to from it is told which page that was.

    Who has a session has forms on it, too, which are only taken from the site itself: the
    browser would not say that they come from there, if it said nothing.
    """

    @wraps(view)
    def uten_spor_view(request, *args, **kwargs):
        svar = view(request, *args, **kwargs)
        har_okt = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        svar["Referrer-Policy"] = "strict-origin" if har_okt else "no-referrer"
        return svar

    return uten_spor_view


def kan_endre(bruker, kommune):
    """Says whether the page offers "Endre": not as it stood on another day."""
    return not er_en_annen() and kommune.gir(bruker, Tilgang.Rolle.KOORDINATOR)


class IKommunen:
    """A page inside a kommune: `kommune` is in the context, whether its coordinator is
    asking, and whether it is the one that the asker works in, in the admin."""

    @cached_property
    def kommune(self):
        kommuner = med_innhold(Kommune.objects.all())
        return get_object_or_404(kommuner, slug=self.kwargs["kommune"])

    @cached_property
    def kan_endre(self):
        return kan_endre(self.request.user, self.kommune)

    def i_admin_her(self):
        """Whether links into the admin lead anywhere: one works there in one kommune at
        a time. Asked by the templates that have such links."""
        return self.kan_endre and valgt_kommune(self.request) == self.kommune

    def get_context_data(self, **kwargs):
        # These win over what stands in the address under the same names.
        felles = {
            "kommune": self.kommune,
            "kan_endre": self.kan_endre,
            "i_admin_her": self.i_admin_her,
        }
        return super().get_context_data(**(kwargs | felles))
