"""Base classes of all admin pages: nothing outside the chosen kommune is seen, offered
or accepted."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.templatetags import admin_list
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from slt.felles.adminandre import vis_annens
from slt.felles.adminfilter import innenfor, med_filter, parametre
from slt.felles.adminforms import AdminForm, RadFormSet
from slt.felles.adminsok import MedAutofullfor, Radautofullfor
from slt.felles.admintomt import forklar_tom_liste, sendte_tekster
from slt.felles.arbeidskommune import valgt_kommune
from slt.felles.endringslogg import endringer_i
from slt.felles.forms import Dato
from slt.felles.innsending import innsendingen, lagt_inn
from slt.felles.sider import las_egen
from slt.grunn.historikk import samlet_som, sjekk_vern
from slt.grunn.kommunegrense import kommune_id
from slt.grunn.rekkefolge import i_orden
from slt.models import Kommune, Navngitt

# Each gives the address of a page of a kommune on which what was deleted is fetched back;
# the room above adds its own at start.
ANGRESIDER: list[Callable[[Kommune], str]] = []
# How Django's filters write what they ask of a field in the address.
FILTRERT = ("", "__exact", "__id__exact", "__isnull")
# Of a search, so much is looked for.
LENGSTE_SOK, FLESTE_ORD = 200, 20


def _ja_nei(verdi):
    """Says yes or no in words."""
    return {True: gettext("Ja"), False: gettext("Nei")}.get(verdi, "–")


# Django's own is a picture whose text is English, and red for what is as it should be.
# There is no other place to change it for lists and for what one may only look at.
admin_list._boolean_icon = _ja_nei


def _vis_andres(context):
    """Lets a page that was not saved show what others did to its rows."""
    formset = [rader.formset for rader in context["inline_admin_formsets"]]
    for skjema in (context["adminform"].form, *formset):
        if skjema.is_bound and hasattr(skjema, "vis_andres"):
            skjema.vis_andres()


class Liste(ChangeList):
    """A list that loads what its columns tell of other rows."""

    def get_queryset(self, request, **kwargs):
        rader = super().get_queryset(request, **kwargs)
        return rader.prefetch_related(*self.model_admin.kolonnenes_rader())


class Historikkadmin(admin.ModelAdmin):
    """Admin of a model with history: the history is the log and has its own page."""

    list_per_page = 100
    save_on_top = True
    # Rows go one by one, on a page that says what goes with them.
    actions = None
    show_facets = admin.ShowFacets.NEVER

    def lookup_allowed(self, lookup, value, request):
        # What the filters beside the list ask, and nothing that keeps the database busy.
        return lookup in parametre(self.list_filter, FILTRERT)

    def kolonnenes_rader(self):
        """What the columns of the list need beside its rows, as for `prefetch_related`."""
        return []

    def get_changelist(self, request, **kwargs):
        return Liste

    def get_list_filter(self, request):
        filtre = super().get_list_filter(request)
        return [med_filter(self.model, filter_) for filter_ in filtre]

    def get_search_results(self, request, queryset, search_term):
        # Each word asks of every field: more of them than a database takes is an error.
        ord_ = search_term[:LENGSTE_SOK].split()[:FLESTE_ORD]
        return super().get_search_results(request, queryset, " ".join(ord_))

    def changelist_view(self, request, extra_context=None):
        if len(request.GET.get("o", "")) > LENGSTE_SOK:
            raise DisallowedModelAdminLookup("an order of very many columns")
        return super().changelist_view(request, extra_context)

    def get_view_on_site_url(self, obj=None):
        # This leads straight to the page: Django's own way round would open any row by
        # its number.
        if obj is None or not hasattr(obj, "get_absolute_url"):
            return None
        try:
            return obj.get_absolute_url()
        except NoReverseMatch:  # of what was typed and refused: a plan from the year 0
            return None

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        # It is as on the site: what somebody may not see is not there.
        return vis_annens(self, request, object_id)

    def render_change_form(self, request, context, *args, **kwargs):
        _vis_andres(context)
        # The text editor's import map needs the page's nonce.
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    def log_addition(self, request, obj, message):
        """Writes nothing: a second log would tell less than the history does."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """Writes nothing, for the same reason as `log_addition`."""

    def history_view(self, request, object_id, extra_context=None):
        """Shows who changed what on this page, by which door and why, the newest first."""
        rad = self.get_object(request, object_id)
        if rad is None:
            return vis_annens(self, request, object_id)
        if not self.has_view_permission(request, rad):
            raise PermissionDenied
        deler = [inline.model for inline in self.get_inline_instances(request, rad)]
        kontekst = self.admin_site.each_context(request) | {
            "title": _("Historikk: %s") % rad,
            "endringer": endringer_i(rad, deler),
            "kan_tilbake": self.kan_tilbake(request, rad),
            "object": rad,
            "opts": self.opts,
        }
        return render(request, "admin/historikk.html", kontekst)

    def kan_tilbake(self, request, rad):
        """Whether the page offers earlier versions: of what one may change here, and in
        the kommune that one works in."""
        kommune = valgt_kommune(request)
        return (
            kommune is not None
            and kommune_id(rad) == kommune.pk
            and self.has_change_permission(request, rad)
        )


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


class MedSett:
    """A page or an inline whose forms do not write over what somebody else changed."""

    form = AdminForm

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        # Days by the calendar of the browser, as on the site. Django's own compares the
        # clock of the browser with that of the server, and tells of the difference below
        # each day, which has no clock.
        if isinstance(db_field, models.TimeField):
            kwargs.setdefault("widget", forms.TimeInput({"size": 8}))
        elif isinstance(db_field, models.DateField):
            kwargs.setdefault("widget", Dato())
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fieldsets(self, request, obj=None):
        feltsett = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return feltsett
        *andre, (tittel, valg) = feltsett
        return [*andre, (tittel, valg | {"fields": [*valg["fields"], "sett"]})]


class SettAdmin(MedSett):
    """A page of that kind. It says that something was changed only when something was. A
    new row that is sent twice from one page, by a double press, is put in once."""

    merker_nye = True
    # Whether what is typed on it is about people: a browser keeps it in the tab alone.
    fortrolig = False

    def get_fieldsets(self, request, obj=None):
        feltsett = super().get_fieldsets(request, obj)
        if obj is not None or not self.merker_nye:
            return feltsett
        *andre, (tittel, valg) = feltsett
        return [*andre, (tittel, valg | {"fields": [*valg["fields"], "sett"]})]

    @transaction.atomic
    def changeform_view(self, request, object_id=None, *args, **kwargs):
        # What a form finds unchanged is so until it is saved.
        self._las(request)
        if object_id and request.method == "POST":
            rad = self.get_object(request, unquote(object_id))
            if self._ble_fast(request, rad, "kan_endres", "change"):
                return self._vis_fast(request, rad)
        samling = None if object_id else innsendingen(request, self.model)
        if samling is None:
            return super().changeform_view(request, object_id, *args, **kwargs)
        if rad := self._lagt_inn(request, samling):
            return self.response_add(request, rad)
        with samlet_som(samling):
            return super().changeform_view(request, object_id, *args, **kwargs)

    def _lagt_inn(self, request, samling):
        """The row that was put in as that set, if it is there."""
        if not self.has_add_permission(request):
            return None
        return lagt_inn(self.get_queryset(request), samling)

    @transaction.atomic
    def delete_view(self, request, object_id, *args, **kwargs):
        self._las(request)
        rad = self.get_object(request, unquote(object_id))
        if self._ble_fast(request, rad, "kan_slettes", "delete"):
            return self._vis_fast(request, rad, sletting=True)
        return super().delete_view(request, object_id, *args, **kwargs)

    def _ble_fast(self, request, rad, kan, rett):
        """Whether the row stands fast, perhaps since somebody opened its page, and is
        refused to the user for that alone."""
        if rad is None or getattr(rad, kan, True):
            return False
        return self.has_view_permission(request, rad) and not getattr(
            self, f"has_{rett}_permission"
        )(request, rad)

    def _vis_fast(self, request, rad, *, sletting=False):
        """Says why nothing was done, and gives back what was written."""
        try:
            sjekk_vern([rad], sletting=sletting)
            grunner = [_("Den står fast.")]
        except ValidationError as feil:
            grunner = feil.messages
        kontekst = self.admin_site.each_context(request) | {
            "title": _("Kan ikke slettes") if sletting else _("Ikke lagret"),
            "grunner": grunner,
            "skrevet": [] if sletting else list(self._skrevet(request, rad)),
            "object": rad,
            "opts": self.opts,
        }
        return render(request, "admin/star_fast.html", kontekst, status=403)

    def _skrevet(self, request, rad):
        """Yields (what it is, text) of the texts that were sent and say something else
        than the rows do."""
        yield from sendte_tekster(request.POST, rad)
        for rader in self.get_inline_instances(request, rad):
            formset = rader.get_formset(request, rad)
            prefiks = formset.get_default_prefix()
            lagret = {str(r.pk): r for r in rader.get_queryset(request)}
            for nr in range(len(request.POST)):
                foran = f"{prefiks}-{nr}-"
                if f"{foran}id" not in request.POST:
                    break
                den = lagret.get(request.POST[f"{foran}id"]) or rader.model()
                yield from sendte_tekster(request.POST, den, foran)

    def _las(self, request):
        if request.method == "POST" and (kommune := valgt_kommune(request)):
            las_egen(request, kommune)

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            with i_orden([obj]):
                super().save_model(request, obj, form, change)

    def construct_change_message(self, request, form, formsets, add=False):
        request.noe_er_endret = bool(form.changed_data) or any(
            rader.new_objects or rader.changed_objects or rader.deleted_objects
            for rader in formsets
        )
        return super().construct_change_message(request, form, formsets, add)

    def response_change(self, request, obj):
        if request.noe_er_endret:
            return super().response_change(request, obj)
        self.message_user(request, _("Ingenting er endret."), messages.INFO)
        if "_continue" in request.POST:
            return redirect(request.get_full_path())
        return self.response_post_save_change(request, obj)


class _IKommunen(MedSett, MedAutofullfor):
    """What a page and an inline have in common: scoping to the chosen kommune."""

    # The field is as wide as one for a web address, so that titles are seen whole.
    langt_felt = "vURLField"
    # Whether rows get their order on the site, where they are moved by a press or a drag:
    # their places, as numbers, are not shown here.
    flyttes_pa_nettstedet = False

    def get_queryset(self, request):
        return innenfor(super().get_queryset(request), valgt_kommune(request))

    def get_exclude(self, request, obj=None):
        utenfor = super().get_exclude(request, obj) or []
        # Given, not chosen; unless it is what the row is there to choose.
        return utenfor if self._over_grensen("kommune") else [*utenfor, "kommune"]

    def _over_grensen(self, navn):
        """Whether the field may lead into another kommune."""
        return navn in self.model.over_grensen

    def _valgbare(self, navn, rader, request):
        """What a field may choose among."""
        if self._over_grensen(navn):
            return rader
        kommune = valgt_kommune(request)
        if kommune and navn in self.model.over_grensen_nar_delt:
            return rader.valgbare_i(kommune)
        return innenfor(rader, kommune)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        felt = super().formfield_for_dbfield(db_field, request, **kwargs)
        if self.flyttes_pa_nettstedet and db_field.name == "rekkefolge":
            felt.widget = forms.HiddenInput()
        widget = getattr(felt, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            # A plus sign by what is just a name; all else is done on its own page.
            widget.can_add_related &= issubclass(db_field.related_model, Navngitt)
            widget.can_change_related = False
            widget.can_delete_related = False
            widget.can_view_related = False
        elif isinstance(felt, forms.TimeField):
            # The time is written as on the pages: 20.00.
            widget.format = "%H.%M"
        elif isinstance(widget, AdminURLFieldWidget):
            # Django also shows where it leads now, which may be wider than the page.
            felt.widget = forms.URLInput({"class": "vURLField"})
        elif isinstance(widget, AdminTextareaWidget):
            widget.attrs["rows"] = 4
        elif isinstance(widget, AdminTextInputWidget) and db_field.max_length > 60:
            widget.attrs["class"] = self.langt_felt
        return felt

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # This also decides what is accepted: a scoped get_queryset alone would take
        # ids of other kommuner.
        rader = kwargs.get("queryset", db_field.related_model._default_manager.all())
        kwargs["queryset"] = self._valgbare(db_field.name, rader, request)
        felt = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if felt is not None:
            forklar_tom_liste(felt, db_field, self._ny(request, db_field))
        return felt

    def _ny(self, request, db_field):
        """Where what a field points to is made; "" where it is not made on a page of its
        own, or is the same kind of thing as this."""
        side = self.admin_site._registry.get(db_field.related_model)
        samme = db_field.related_model is self.model
        if side is None or samme or not side.has_add_permission(request):
            return ""
        app, modell = side.opts.app_label, side.opts.model_name
        return reverse(f"{self.admin_site.name}:{app}_{modell}_add")

    def _koordinerer(self, request, obj=None):
        return request.user.is_authenticated and valgt_kommune(request) is not None

    has_view_permission = _koordinerer
    has_add_permission = _koordinerer

    def has_change_permission(self, request, obj=None):
        return self._koordinerer(request) and getattr(obj, "kan_endres", True)

    def has_delete_permission(self, request, obj=None):
        return self._koordinerer(request) and getattr(obj, "kan_slettes", True)


class _Rader(_IKommunen):
    """Rows that are edited on the page of the row they hang on."""

    extra = 0
    flyttes_pa_nettstedet = True
    formset = RadFormSet
    view_on_site = False

    def get_queryset(self, request):
        # What the rows are called, and what they point to, may stand in other tables.
        return super().get_queryset(request).select_related(*self._fremmednokler())

    def _fremmednokler(self):
        return [f.name for f in self.model._meta.concrete_fields if f.is_relation]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # The choices are looked up once for all rows.
        if db_field.name in self.get_autocomplete_fields(request):
            rader = db_field.related_model._default_manager.all()
            rader = self._valgbare(db_field.name, rader, request)
            kwargs["widget"] = Radautofullfor(db_field, self.admin_site, rader)
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        felt = super().formfield_for_foreignkey(db_field, request, **kwargs)
        felt.choices = self.valg(felt)
        return felt

    def valg(self, felt):
        """The choices of a field that offers rows, as a list."""
        tomt = [] if felt.empty_label is None else [("", felt.empty_label)]
        return [*tomt, *((r.pk, felt.label_from_instance(r)) for r in felt.queryset)]

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        # Taking a link or a contact off is an edit of the page, not a deletion of it.
        # What stands in the plan by itself goes as long as the plan may go.
        tillatt = self.has_change_permission(request, obj)
        if hasattr(self.model, "kan_slettes"):
            return tillatt and getattr(obj, "kan_slettes", True)
        return tillatt

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.kommune = valgt_kommune(request)
        return formset


class KommuneInline(_Rader, admin.TabularInline):
    """A table, for rows of few and short fields."""

    langt_felt = "vTextField"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        felt = super().formfield_for_dbfield(db_field, request, **kwargs)
        if felt is not None:
            # The heading of a column names its fields to the eye alone.
            felt.widget.attrs["aria-label"] = capfirst(felt.label)
        return felt


class KommuneStabel(_Rader, admin.StackedInline):
    """A small form for each row, where a table would be too wide."""


def _angre(adresse):
    return format_html(
        '{} <a href="{}">{}</a>',
        _("Var det en feil?"),
        adresse,
        _("Hent det tilbake"),
    )


class KommuneAdmin(SettAdmin, _IKommunen, Historikkadmin):
    """Admin of a model that belongs to a kommune."""

    def has_module_permission(self, request):
        return self._koordinerer(request)

    def response_delete(self, request, obj_display, obj_id):
        svar = super().response_delete(request, obj_display, obj_id)
        if self.model.kan_hentes_tilbake:
            for side in ANGRESIDER:
                self.message_user(request, _angre(side(valgt_kommune(request))))
        return svar

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.kommune = valgt_kommune(request)
        return form
