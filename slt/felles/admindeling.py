"""The rows in the admin by which one kommune offers another what it keeps."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.felles.admin import KommuneInline
from slt.felles.arbeidskommune import valgt_kommune
from slt.models import Kommune


class DelingInline(KommuneInline):
    """The other kommuner, by the field `kommune`, and when each of them accepted."""

    classes = ["collapse"]
    fields = ["kommune", "godtatt"]
    readonly_fields = ["godtatt"]

    def has_change_permission(self, request, obj=None):
        """Never: what one kommune has accepted does not hold for another."""
        return False

    def has_add_permission(self, request, obj=None):
        return super().has_change_permission(request, obj)

    has_delete_permission = has_add_permission

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "kommune":
            egen = valgt_kommune(request)
            andre = Kommune.objects.exclude(pk=egen and egen.pk)
            kwargs["queryset"] = andre
            if not andre.exists():
                kwargs["empty_label"] = _("Ingen andre kommuner bruker løsningen")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def godta_egne(request, formset):
    """Accepts the new rows whose kommune the user speaks for, too."""
    for rad in formset.extra_forms:
        if rad.instance.kan_godtas_av(request.user):
            rad.instance.godtatt = timezone.localdate()
