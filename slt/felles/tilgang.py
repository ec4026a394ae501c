"""Who somebody is in a request: a user, a guest by a link, or a coordinator who looks at
the site as others see it."""

from collections import defaultdict
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.validators import slug_re
from django.http import Http404
from django.utils.functional import SimpleLazyObject

from slt.models import Gjest, Kommune, Retter, Tilgang, Tilgangslenke

TILGANGSLENKER = "tilgangslenker"  # in the session: the ids of those that were opened
ANSATT = "ansatt"  # in the session: {id of a kommune: the domain that was shown}
SE_SOM = "se_som"  # in the session: [id of a kommune, what one of SOM]
# Whom a coordinator may look at the site as. The public has no role.
SOM = {
    "publikum": None,
    "ansatt": Tilgang.Rolle.ANSATT,
    "politirad": Tilgang.Rolle.POLITIRAD,
}


class TilgangMiddleware:
    """Puts a Gjest in place of the stranger who has a link, and of the coordinator who
    looks as others; a user who has a link stays who they are. Needs to stand after
    AuthenticationMiddleware.

    Only somebody with a session is looked up: a page for strangers touches none.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.ser_som = None
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            selv = request.user
            request.ser_som = _ser_som(request)
            if request.ser_som:
                request.user = request.ser_som.gjest
            else:
                request.user = SimpleLazyObject(lambda: _leser(selv, request))
        svar = self.get_response(request)
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            # Made for one person; a shared browser is not to keep it.
            svar.headers.setdefault("Cache-Control", "private, no-store")
        return svar

    def process_view(self, request, view, args, kwargs):
        """Whoever looks as others may see what those see, and stop; all else is refused."""
        if request.ser_som is None or getattr(view, "mens_man_ser_som", False):
            return
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            raise PermissionDenied("reading only")
        if getattr(view, "login_required", True):
            raise PermissionDenied("not for whom one looks as")


def mens_man_ser_som(view):
    """Decorator of a view that is open also while one looks as others."""
    view.mens_man_ser_som = True
    return view


class SerSom:
    """The fact that a coordinator looks at the site of a kommune as others see it."""

    def __init__(self, kommune, hva):
        self.kommune, self.hva = kommune, hva
        til = {SOM[hva]: frozenset([kommune.pk])} if SOM[hva] else {}
        self.gjest = Gjest(Retter(til=til))


def _ser_som(request):
    valg = request.session.get(SE_SOM)
    if not valg:
        return None
    pk, hva = valg
    kommune = Kommune.objects.der(request.user, Tilgang.Rolle.KOORDINATOR)
    kommune = kommune.filter(pk=pk).first()
    if kommune is None or hva not in SOM:
        # Otherwise it would begin again by itself on the day they coordinate again.
        del request.session[SE_SOM]
        return None
    return SerSom(kommune, hva)


def _leser(bruker, request):
    """The user, whose rights are looked up once if this request can only read."""
    bruker = _med_lenker(bruker, request)
    if bruker.is_authenticated and request.method in {"GET", "HEAD"}:
        bruker.leser_en_side = True
    return bruker


def _med_lenker(bruker, request):
    """Returns the user, who now also reads where they opened a link; for a stranger, a
    guest who does."""
    apnet = {navn: request.session.get(navn) for navn in APNERE}
    if not any(apnet.values()):
        return bruker
    retter = defaultdict(frozenset)
    for navn, finn in APNERE.items():
        if apnet[navn]:
            for rett, pker in finn(apnet[navn]).items():
                retter[rett] |= frozenset(pker)
    if not bruker.is_authenticated:
        return Gjest(Retter(til=dict(retter)))
    bruker.rett_ved_lenke = dict(retter)
    return bruker


def _ved_tilgangslenker(pker):
    gyldige = Tilgangslenke.objects.gyldige().filter(pk__in=pker)
    return {Tilgang.Rolle.ANSATT.value: gyldige.values_list("kommune", flat=True)}


def _ved_domener(domener):
    # A domain that the kommune takes off its list opens nothing more.
    kommuner = [
        kommune.pk
        for kommune in Kommune.objects.filter(pk__in=domener)
        if domener[str(kommune.pk)] in kommune.domener
    ]
    return {Tilgang.Rolle.ANSATT.value: kommuner}


# {what stands in the session: what finds from that which rights it gives today, as {right:
# ids of what it is a right to}}. Upper apps add theirs at start.
APNERE: dict[str, Callable] = {
    TILGANGSLENKER: _ved_tilgangslenker,
    ANSATT: _ved_domener,
}


def apnet_ved_lenke(request, kommune):
    """Whether a link that was opened in this browser lets its reader see more of the
    kommune. Asks the database nothing beyond who the user is."""
    return kommune.pk in rett_ved_lenke(request, Tilgang.Rolle.ANSATT)


def rett_ved_lenke(request, rett):
    """Returns the ids of what links that were opened in this browser are such a right to.
    Asks the database nothing beyond who the user is."""
    bruker = getattr(request, "user", None)
    if bruker is None or getattr(request, "ser_som", None):
        return ()
    if isinstance(bruker, Gjest):
        return bruker.retter.til.get(rett, ())
    return getattr(bruker, "rett_ved_lenke", {}).get(rett, ())


def koordinert_kommune(bruker, slug):
    """Returns the kommune with this address, whatever was sent as one, if the user
    coordinates it, or None."""
    if not slug_re.fullmatch(slug):
        return None
    mine = Kommune.objects.der(bruker, Tilgang.Rolle.KOORDINATOR)
    return mine.filter(slug=slug).first()


def egen_kommune(request, slug):
    """Returns the kommune if the user coordinates it; to all others it is a 404, as if it
    were not there."""
    kommune = koordinert_kommune(request.user, slug)
    if kommune is None:
        raise Http404
    return kommune
