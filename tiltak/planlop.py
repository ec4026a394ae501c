"""The life of plans: which follow each other, and which one stands for the kommune."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from slt.grunn.historikk import samlet_som, uten_vern
from tiltak.gjester import etter_avlosning
from tiltak.models import Handlingsplan, Planrekke


@transaction.atomic
def vedta(plan, **behandling):
    """Lets a draft hold, in place of the plan of its rekke that does so now.

    Args:
        behandling: how the plan was treated, as far as that is known: {field of the plan:
            value}.

    Raises:
        ValidationError: while something is chosen for it that is not done, or when it
            cannot hold.
    """
    sjekk_utfort(plan)
    avloses = list(plan.rekke.planer.gjeldende().exclude(pk=plan.pk))
    for forrige in avloses:
        forrige.status = Handlingsplan.Status.AVLOST
        forrige.save()
    _hold_tilbake_uskrevne(plan)
    plan.status = Handlingsplan.Status.GJELDENDE
    for felt, verdi in behandling.items():
        setattr(plan, felt, verdi)
    plan.full_clean()
    plan.save()
    with uten_vern():
        for forrige in avloses:
            etter_avlosning(forrige, plan)


def _hold_tilbake_uskrevne(plan):
    """What nobody has written yet is not for readers: it is published when it is."""
    for kapittel in plan.kapitler.all():
        if kapittel.er_uskrevet and kapittel.publisert:
            kapittel.publisert = False
            kapittel.save()


@transaction.atomic
def avlos(plan):
    """Lets a plan be superseded, while none takes its place."""
    # A set of its own: it is what is undone when the plan is to hold again.
    with samlet_som(uuid4()):
        plan.status = Handlingsplan.Status.AVLOST
        plan.save()
        with uten_vern():
            etter_avlosning(plan)


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


def sjekk_utfort(plan):
    """Raises a ValidationError while something is chosen for the plan and not done."""
    if plan.pk and plan.overganger.ventende().exists():
        raise ValidationError(
            _("Noe er valgt for den nye planen uten å være utført. Se «Overgang»."),
            code="ventende",
        )


def forste_rekke(kommune):
    """Makes the rekke of a kommune that has none: its first plan is its main one."""
    return Planrekke.objects.create(kommune=kommune, navn=_("SLT-planen"), hoved=True)
