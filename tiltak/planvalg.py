"""What of the plans a form of another room may point to."""

from django.db.models import Q

from slt.models import Kommune
from tiltak.models import Handlingsplan, Tiltak


def apne_planer(kommune: Kommune):
    """Those that are not superseded."""
    return kommune.planer.exclude(status=Handlingsplan.Status.AVLOST)


def med_plan(rad, plan: Handlingsplan | None) -> str:
    """What the row is called, and of which plan it is; a tilbud is of none."""
    return f"{rad} ({plan.fra_ar}–{plan.til_ar})" if plan else str(rad)


def tiltakene(kommune: Kommune, egne) -> dict[int, str]:
    """{id: what it is called} of what stands in a plan that is not superseded, of tilbud,
    and of `egne`, the ids of those that are chosen already; 1 query."""
    kan_velges = Q(plan=None) | Q(plan__in=apne_planer(kommune)) | Q(pk__in=egne)
    tiltak = Tiltak.objects.filter(kan_velges, kommune=kommune).select_related("plan")
    tiltak = tiltak.order_by("-plan__fra_ar", "plan", "tittel", "pk")
    return {t.pk: med_plan(t, t.plan) for t in tiltak}


def i_planene(modell, kommune: Kommune, egne) -> dict[int, str]:
    """The same of rows of another model that stand in plans, in the order of these."""
    rader = modell.objects.filter(
        Q(plan__in=apne_planer(kommune)) | Q(pk__in=egne), plan__kommune=kommune
    ).select_related("plan")
    rader = rader.order_by("-plan__fra_ar", "plan", "rekkefolge", "pk")
    return {rad.pk: med_plan(rad, rad.plan) for rad in rader}
