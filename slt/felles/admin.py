"""Base classes of all admin pages: nothing outside the chosen kommune is seen, offered
or accepted."""

from django.contrib import admin
from django.contrib.admin.filters import RelatedFieldListFilter
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from slt.felles.adminsted import valgt_kommune
from slt.felles.endringslogg import endringer_i
from slt.felles.skjema import KommuneForm
from slt.grunn.historikk import har_kommune


def innenfor(rader, kommune):
    """The rows of a QuerySet that belong to the kommune; none without one."""
    if not har_kommune(rader.model):
        return rader
    if kommune is None:
        return rader.none()
    return rader.filter(**{rader.model.kommune_sti: kommune.pk})


class KommuneFilter(RelatedFieldListFilter):
    """A filter on a foreign key that offers rows of the chosen kommune alone."""

    def field_choices(self, field, request, model_admin):
        rader = field.related_model._default_manager.all()
        return [(r.pk, str(r)) for r in innenfor(rader, valgt_kommune(request))]


class Historikkadmin(admin.ModelAdmin):
    """Admin of a model with history: the history is the log and has its own page."""

    list_per_page = 100
    save_on_top = True
    # Rows go one by one, on a page that says what goes with them.
    actions = None

    def render_change_form(self, request, context, *args, **kwargs):
        # The text editor's import map needs the page's nonce.
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    def log_addition(self, request, obj, message):
        """Nothing: a second log would only tell less than the history."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """Nothing, as `log_addition`."""

    def history_view(self, request, object_id, extra_context=None):
        """Who changed what on this page, by which door and why, the newest first."""
        rad = self.get_object(request, object_id)
        if rad is None:
            raise Http404
        if not self.has_view_permission(request, rad):
            raise PermissionDenied
        deler = [inline.model for inline in self.get_inline_instances(request, rad)]
        kontekst = self.admin_site.each_context(request) | {
            "title": _("Historikk: %s") % rad,
            "endringer": endringer_i(rad, deler),
            "object": rad,
            "opts": self.opts,
        }
        return render(request, "admin/historikk.html", kontekst)


class AdministratorAdmin(Historikkadmin):
    """Admin of what administrators keep, across kommuner."""

    def _er_administrator(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    has_module_permission = _er_administrator
    has_view_permission = _er_administrator
    has_add_permission = _er_administrator
    has_change_permission = _er_administrator

    def has_delete_permission(self, request, obj=None):
        return False


class _IKommunen:
    """What a page and an inline have in common: scoping to the chosen kommune."""

    form = KommuneForm

    def get_queryset(self, request):
        return innenfor(super().get_queryset(request), valgt_kommune(request))

    def get_exclude(self, request, obj=None):
        return [*(super().get_exclude(request, obj) or []), "kommune"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # Also what is accepted: a scoped get_queryset alone would take foreign ids.
        rader = kwargs.get("queryset", db_field.related_model._default_manager.all())
        kwargs["queryset"] = innenfor(rader, valgt_kommune(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _koordinerer(self, request, obj=None):
        return request.user.is_authenticated and valgt_kommune(request) is not None

    def _kan_endre(self, request, obj=None):
        return self._koordinerer(request) and getattr(obj, "kan_endres", True)

    has_view_permission = _koordinerer
    has_add_permission = _koordinerer
    has_change_permission = _kan_endre

    def has_delete_permission(self, request, obj=None):
        return self._koordinerer(request) and getattr(obj, "kan_slettes", True)


class KommuneInline(_IKommunen, admin.TabularInline):
    """Rows that are edited on the page of the row they hang on."""

    extra = 0

    def has_add_permission(self, request, obj=None):
        return self._kan_endre(request, obj)

    def has_delete_permission(self, request, obj=None):
        # Taking a link or a contact off is an edit of the page, not a deletion of it.
        return self._kan_endre(request, obj)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.kommune = valgt_kommune(request)
        return formset


class KommuneAdmin(_IKommunen, Historikkadmin):
    """Admin of a model that belongs to a kommune."""

    def has_module_permission(self, request):
        return self._koordinerer(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.kommune = valgt_kommune(request)
        return form
