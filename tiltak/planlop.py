"""The life of plans: which follow each other, and which one stands for the kommune."""

from django.db import transaction
from django.utils.translation import gettext as _

from slt.grunn.historikk import uten_vern
from tiltak.models import Planrekke


@transaction.atomic
def gjor_til_hovedrekke(rekke):
    """Lets the short addresses of the kommune lead to the plan of this rekke from now
    on. What is adopted keeps the address it has."""
    with uten_vern():
        for annen in rekke.kommune.planrekker.filter(hoved=True).exclude(pk=rekke.pk):
            annen.hoved = False
            annen.save()
        rekke.hoved = True
        rekke.save()


def forste_rekke(kommune):
    """Makes the rekke of a kommune that has none: its first plan is its main one."""
    return Planrekke.objects.create(kommune=kommune, navn=_("SLT-planen"), hoved=True)
