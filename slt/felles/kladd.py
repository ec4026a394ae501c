"""Tells the browser which of what it keeps of a user's typing has been saved.

What is typed is kept in the browser alone (slt/static/slt/kladd.js), until the server has
taken it. Only the server knows that it has; so each form is sent with a mark, made of chance,
and the marks of those that were taken are told with the next page.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from slt.felles.personlig import KLADDER_LAGRET, kladdmerket
from slt.felles.skjemarader import endret_pa_skjermen

# So many are remembered: an answer that was lost is not the last one.
FLEST = 20
HODE = "Kladd-Lagret"


class KladdMiddleware:
    """Has to stand after AuthenticationMiddleware, and before what asks for a log-in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        svar = self.get_response(request)
        if request.method == "POST" and _er_tatt_imot(request, svar):
            merke = kladdmerket(request)
            if merke and request.user.is_authenticated:
                svar[HODE] = merke
                for_ = request.session.get(KLADDER_LAGRET, [])
                request.session[KLADDER_LAGRET] = [*for_[1 - FLEST :], merke]
        return svar


def _er_tatt_imot(request, svar):
    """Whether what was sent is saved, or laid by for the next step: what is refused is
    answered with the same form, or with the page for logging in."""
    if svar.status_code in {302, 303}:
        return urlsplit(svar["Location"]).path != resolve_url(settings.LOGIN_URL)
    if svar.status_code != 200:
        return False
    if request.headers.get("HX-Request") == "true":
        return endret_pa_skjermen(request.POST) is None
    # The window of the admin that adds what a field is to point to, and closes.
    mal = getattr(svar, "template_name", None) or ""
    return "popup_response" in str(mal)


def siden_for(request):
    """The address of the page that the asker comes from, if it is one of ours, or ""."""
    fra = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        fra, {request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    deler = urlsplit(fra)
    # A path that begins with two slashes would lead to another site.
    sti = "/" + deler.path.lstrip("/\\")
    return f"{sti}?{deler.query}" if deler.query else sti
