"""Who is not logged in is led to the page for logging in."""

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from slt.felles.kladd import siden_for
from slt.felles.malform import malform_der
from slt.felles.personlig import kladdmerket


def _ikke_lagret(request):
    if kladdmerket(request):
        return _(
            "Du var logget ut, så ingenting ble lagret. Nettleseren har tatt vare på "
            "det du skrev. Logg inn, så står det der igjen."
        )
    return _("Du var logget ut, så ingenting ble lagret.")


class InnloggingMiddleware(LoginRequiredMiddleware):
    """Everything but the public pages, each marked `login_not_required`, asks for it."""

    def handle_no_permission(self, request, view_func):
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        # Where something is sent to may be no page; where it came from is one.
        innlogging, side = self.get_login_url(view_func), siden_for(request)
        with override(malform_der(side) or get_language()):  # as the next page is
            messages.warning(request, _ikke_lagret(request))
        return redirect_to_login(side, innlogging) if side else redirect(innlogging)
