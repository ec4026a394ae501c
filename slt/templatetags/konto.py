"""Who is logged in, said on every page."""

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("konto/_konto.html", takes_context=True)
def konto(context):
    """The way into the administration; for those who are in, their name and the way out.

    Without a session cookie the user is not even asked for: the page may be kept. What
    has the cookie is made for one person alone, and may hold a CSRF token.
    """
    request = context.get("request")
    if not getattr(request, "COOKIES", {}).get(settings.SESSION_COOKIE_NAME):
        return {}
    bruker = getattr(request, "user", None)
    if bruker is None or bruker.is_anonymous:
        return {}
    # Who may change this page gets into the admin: no query more.
    return {"bruker": bruker, "i_admin": context.get("kan_endre") or bruker.is_staff}
