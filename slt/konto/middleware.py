"""Who is not logged in is led to the page for logging in."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import redirect


class InnloggingMiddleware(LoginRequiredMiddleware):
    """Everything but the public pages, each marked `login_not_required`, asks for it."""

    def handle_no_permission(self, request, view_func):
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        # Where something was sent to may be no page, so nothing leads back there.
        return redirect(self.get_login_url(view_func))
