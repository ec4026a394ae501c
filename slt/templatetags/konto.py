"""Who somebody is, and what they just did, said on every page."""

from django import template
from django.conf import settings
from django.contrib.messages import get_messages

from slt.felles.tilgang import apnet_ved_lenke

register = template.Library()


def _har_sesjon(request):
    """Whether the request comes with a session; without one, the page may be kept."""
    return settings.SESSION_COOKIE_NAME in getattr(request, "COOKIES", {})


@register.inclusion_tag("konto/_meldinger.html", takes_context=True)
def meldinger(context):
    """What the asker did on the page before, said this once."""
    request = context.get("request")
    return {"meldinger": get_messages(request) if _har_sesjon(request) else []}


@register.inclusion_tag("konto/_konto.html", takes_context=True)
def konto(context):
    """The way into the administration; for those who are in, their name and the way out;
    for those who opened a link, that they did.

    Without a session cookie the user is not even asked for: the page may be kept. What
    has the cookie is made for one person alone, and may hold a CSRF token.
    """
    request = context.get("request")
    if not _har_sesjon(request):
        return {}
    kommune, bruker = context.get("kommune"), getattr(request, "user", None)
    ved_lenke = kommune if kommune and apnet_ved_lenke(request, kommune) else None
    if bruker is None or bruker.is_anonymous:
        return {"ved_lenke": ved_lenke}
    return {
        "bruker": bruker,
        # Who may change this page gets into the admin: no query more.
        "i_admin": context.get("kan_endre") or bruker.is_staff,
        "ved_lenke": ved_lenke,
    }
