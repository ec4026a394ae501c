"""Who is not logged in is led to the page for logging in."""

from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


class InnloggingMiddleware(LoginRequiredMiddleware):
    """Everything but the public pages, each marked `login_not_required`, asks for it."""

    def handle_no_permission(self, request, view_func):
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        # Where something is sent to may be no page; where it came from is one.
        innlogging, side = self.get_login_url(view_func), _siden_for(request)
        return redirect_to_login(side, innlogging) if side else redirect(innlogging)


def _siden_for(request):
    """The address of the page that the asker comes from, if it is one of ours, or ""."""
    fra = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        fra, {request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    deler = urlsplit(fra)
    return f"{deler.path}?{deler.query}" if deler.query else deler.path
