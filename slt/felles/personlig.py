"""The parts of a page that are made for one person alone, so that the rest of it can be
kept for all who may see the same: who they are, what they just did, that they look at the
site as others see it."""

import re
import secrets
from contextlib import contextmanager

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import SuspiciousOperation
from django.http import UnreadablePostError
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from slt.felles.arbeidskommune import SESJONSNOKKEL
from slt.felles.tilgang import apnet_ved_lenke, rett_ved_lenke
from slt.models import ARBEIDER, PLANLESER, Gjest, Kommune, Tilgang, retter_av

# By this name a form is sent with the mark of what the browser keeps of it; and in the
# session are those that were taken.
KLADDFELT, KLADDER_LAGRET = "_kladd", "kladder_lagret"


def har_sesjon(request):
    """Whether the request comes with a session; without one, a page is for all."""
    return settings.SESSION_COOKIE_NAME in getattr(request, "COOKIES", {})


def _ser_som(request, kommune):
    return {"ser_som": getattr(request, "ser_som", None)}


def _meldinger(request, kommune):
    """What the asker did on the page before, said this once."""
    return {"meldinger": get_messages(request) if har_sesjon(request) else []}


def _konto(request, kommune):
    """The way into the administration; for those who are in, their name and the way out;
    for those who opened a link, that they did.

    Without a session cookie the user is not even asked for.
    """
    if not har_sesjon(request):
        return {}
    bruker = getattr(request, "user", None)
    lenker = {
        "ved_lenke": kommune and apnet_ved_lenke(request, kommune) and kommune,
        "utkast_ved_lenke": bool(rett_ved_lenke(request, PLANLESER)),
    }
    if bruker is None or bruker.is_anonymous:
        return lenker
    koordinerer = kommune and kommune.gir(bruker, Tilgang.Rolle.KOORDINATOR)
    return {
        "bruker": bruker,
        "i_admin": bruker.is_staff,
        "kommune": kommune if koordinerer else None,
        **lenker,
    }


def _arbeidsflate(request, kommune):
    """The way to one's own page of the kommune, for those who work there; elsewhere, and
    for those who work in another one, to where they land. And to their pages of others: 1
    query, for those who have some. Of all others whose rights are known, nothing is
    asked."""
    bruker = getattr(request, "user", None) if har_sesjon(request) else None
    if bruker is None or not bruker.is_authenticated:
        return {}
    har = kommune and kommune.gir(bruker, *ARBEIDER)
    return {
        "kommune": kommune if har else None,
        "andre": _andre_kommuner(bruker, kommune) if kommune else [],
        "alle": bruker.is_superuser,
        "er_inne": True,
    }


def _andre_kommuner(bruker, kommune):
    """Where else the user works. An administrator has a page of all of them."""
    retter = retter_av(bruker)
    er_ingen = retter is not None and not {*retter.pker(*ARBEIDER)} - {kommune.pk}
    if bruker.is_superuser or er_ingen:
        return []
    andre = Kommune.objects.der(bruker, *ARBEIDER).exclude(pk=kommune.pk)
    return andre.order_by("navn__norsk")


def kladdmerket(request):
    """Returns the mark with which the form was sent, or ""."""
    try:
        merke = request.POST.get(KLADDFELT, "") if request.method == "POST" else ""
    except (SuspiciousOperation, UnreadablePostError):
        return ""  # too large, or broken off: the page says so
    return merke if re.fullmatch("[-_A-Za-z0-9]{16,43}", merke) else ""


def _kladd(request, kommune):
    """What the script needs that keeps what is typed (slt/static/slt/kladd.js). The key is
    the user's own and stands in no page of anybody else; who comes by a link has none, and
    is warned before they leave what they typed."""
    if not har_sesjon(request):
        return {}
    bruker, okt = getattr(request, "user", None), getattr(request, "session", None)
    if bruker is None or okt is None:
        return {}
    if not bruker.is_authenticated:
        return {"er_med": True}
    return {
        "er_med": True,
        "nokkel": _hemmelig("nokkel", bruker.pk),
        "okt": _hemmelig("okt", okt.session_key)[:32],
        "lagret": " ".join(okt.get(KLADDER_LAGRET, [])),
        "sendt": kladdmerket(request),
    }


def _hemmelig(hva, verdi):
    """Returns 64 hexadecimal digits that tell nothing of the value."""
    return salted_hmac(f"slt.kladd.{hva}", str(verdi), algorithm="sha256").hexdigest()


DELER = {
    "arbeidsflate": (_arbeidsflate, "slt/_arbeidsflatelenke.html"),
    "ser_som": (_ser_som, "_ser_som.html"),
    "meldinger": (_meldinger, "konto/_meldinger.html"),
    "konto": (_konto, "konto/_konto.html"),
    "kladd": (_kladd, "_kladd.html"),
}


def lag_del(navn, request, kommune):
    """Returns the part with this name, for the one who asks."""
    innhold, mal = DELER[navn]
    return render_to_string(mal, innhold(request, kommune), request)


class Hull:
    """Where a page has the parts that are not made with it."""

    def __init__(self):
        self.skille = secrets.token_hex(16)  # nobody can have written it in a text
        self.navn = []
        self.kommune = None

    def her(self, navn, kommune):
        """Returns what stands in the page instead of the part with this name."""
        self.navn.append(navn)
        self.kommune = kommune
        return self.skille

    def del_opp(self, innhold):
        """Returns what stands before, between and after the holes, as bytes."""
        return innhold.split(self.skille.encode())


def fyll(deler, hullene, kommune, request):
    """Returns the page with the parts with these names put in between its pieces."""
    personlig = [lag_del(navn, request, kommune).encode() for navn in hullene]
    return b"".join(
        bit for par in zip(deler, [*personlig, b""], strict=True) for bit in par
    )


@contextmanager
def uten_person(request, retter):
    """Makes the request for a while one by nobody but who has these rights: no name, no
    session, no token. What is made of it has a hole for each part of DELER.

    It stays the same object: a view may have laid it by before.
    """
    kjent, ting = dict(vars(request)), vars(request)
    for navn in ("headers", "_messages", "_valgt_kommune", "_valgbare_kommuner"):
        ting.pop(navn, None)
    av_en_person = {"HTTP_COOKIE", "CSRF_COOKIE", "CSRF_COOKIE_NEEDS_UPDATE"}
    ting |= {
        "user": Gjest(retter),
        "session": {SESJONSNOKKEL: arbeidssted(request, retter)},
        "ser_som": None,
        "COOKIES": {},
        "META": {k: v for k, v in request.META.items() if k not in av_en_person},
        "hull": Hull(),
    }
    try:
        yield
    finally:
        ting.clear()
        ting |= kjent


def arbeidssted(request, retter):
    """What the session says of where somebody works in the admin, if they do."""
    if retter.alt or retter.pker(Tilgang.Rolle.KOORDINATOR):
        return request.session.get(SESJONSNOKKEL)
    return None


def har_eget_skjema(request):
    """Whether what was made `uten_person` holds a token that only works for one."""
    return "CSRF_COOKIE_NEEDS_UPDATE" in request.META
