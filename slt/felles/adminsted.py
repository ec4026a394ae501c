"""The admin site: who gets in, and in which kommune they work."""

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView

from slt.felles.arbeidskommune import SESJONSNOKKEL, valgbare, valgt_kommune
from slt.felles.tekstredigering import TEKSTREDIGERING, Skjemaord

# Pages of Django's that are another one here, or none: pages link straight to the site,
# and `view_on_site` would tell the address of any row, drafts of other kommuner too.
ERSTATTET = {"logout", "password_change", "password_change_done", "view_on_site"}


class SltAdminSite(admin.AdminSite):
    site_header = _("SLT-administrasjon")
    site_title = _("SLT")
    index_title = _("Hva vil du gjøre?")
    enable_nav_sidebar = True

    def has_permission(self, request):
        """Decides as `Bruker.is_staff` does, but asks only what `valgt_kommune` asks
        anyhow."""
        return request.user.is_active and (
            request.user.is_superuser or valgt_kommune(request) is not None
        )

    def admin_view(self, view, cacheable=False):
        return csp_update(TEKSTREDIGERING)(super().admin_view(view, cacheable))

    def get_urls(self):
        return [
            path("velg-kommune/", self.admin_view(_velg_kommune), name="velg_kommune"),
            path("logout/", LogoutView.as_view(), name="logout"),
            # One door for passwords, which counts the tries and tells the log.
            path(
                "password_change/",
                RedirectView.as_view(pattern_name="konto:passord"),
                name="password_change",
            ),
            *(u for u in super().get_urls() if getattr(u, "name", "") not in ERSTATTET),
        ]

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """Leads to the one page for logging in; the admin has none of its own."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def i18n_javascript(self, request, extra_context=None):
        return Skjemaord.as_view(packages=["django.contrib.admin"])(request)

    def get_app_list(self, request, app_label=None):
        """Lists apps and models in the order in which they were registered. The app that
        all the others build on comes last."""
        apper = self._build_app_dict(request, app_label)
        rekkefolge = list(self._registry)
        for app in apper.values():
            app["models"].sort(key=lambda m: rekkefolge.index(m["model"]))
        return sorted(
            apper.values(),
            key=lambda app: (
                app["app_label"] == "slt",
                rekkefolge.index(app["models"][0]["model"]),
            ),
        )

    def each_context(self, request):
        kontekst = super().each_context(request)
        if self.has_permission(request):
            kommune = kontekst["valgt_kommune"] = valgt_kommune(request)
            if kommune:
                kontekst["site_url"] = kommune.get_absolute_url()
            kontekst["valgbare_kommuner"] = valgbare(request)
        return kontekst


@require_POST
def _velg_kommune(request):
    egne = {str(k.pk): k for k in valgbare(request)}
    kommune = egne.get(request.POST.get("kommune"))
    if kommune is None:
        raise Http404
    if kommune != valgt_kommune(request):
        with override(kommune.malform):  # in which the next page is
            messages.success(request, _("Du arbeider nå i %s.") % kommune)
    request.session[SESJONSNOKKEL] = kommune.pk
    videre = request.POST.get("next", "")
    er_her = url_has_allowed_host_and_scheme(videre, {request.get_host()})
    return redirect(videre if er_her else "admin:index")
