"""The admin site: who gets in, and in which kommune they work."""

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

# The text editor's import map has the nonce; the two styles that its library adds
# when it starts are pinned by hash. tests/nettleser fails when they change.
TEKSTREDIGERING = {
    "script-src": [NONCE],
    "style-src": [],
}
SESJONSNOKKEL = "admin_kommune"


def valgt_kommune(request):
    """Returns the kommune the user works in: the one chosen, or else the first; None
    for somebody who has none. One query a request."""
    if not hasattr(request, "_valgt_kommune"):
        valgbare = request.user.koordinerer
        valgt = valgbare.filter(pk=request.session.get(SESJONSNOKKEL)).first()
        request._valgt_kommune = valgt or valgbare.first()
    return request._valgt_kommune


class SltAdminSite(admin.AdminSite):
    site_header = _("SLT-administrasjon")
    site_title = _("SLT")
    index_title = _("Hva vil du gjøre?")
    enable_nav_sidebar = True

    def has_permission(self, request):
        return request.user.is_authenticated and request.user.is_staff

    def admin_view(self, view, cacheable=False):
        return csp_update(TEKSTREDIGERING)(super().admin_view(view, cacheable))

    def get_urls(self):
        return [
            path(
                "velg-kommune/", self.admin_view(self.velg_kommune), name="velg_kommune"
            ),
            *super().get_urls(),
        ]

    def velg_kommune(self, request):
        return _velg_kommune(request)

    def each_context(self, request):
        kontekst = super().each_context(request)
        if self.has_permission(request):
            kontekst["valgt_kommune"] = valgt_kommune(request)
            kontekst["valgbare_kommuner"] = request.user.koordinerer
        return kontekst


@require_POST
def _velg_kommune(request):
    kommune = get_object_or_404(
        request.user.koordinerer, pk=request.POST.get("kommune") or 0
    )
    request.session[SESJONSNOKKEL] = kommune.pk
    messages.success(request, _("Du arbeider nå i %s.") % kommune)
    return redirect("admin:index")
