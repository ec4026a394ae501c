"""What a new evaluation is proposed to be called, and which days it is of."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluering.models import Evaluering

Slag = Evaluering.Slag
ET_AR = timedelta(days=365)


def foreslatt(kommune, slag, rad) -> Evaluering:
    """Returns an evaluation of a plan, a tiltak or a forum, not saved, with a title and a
    period to begin with."""
    felt = {Slag.TILTAK: "tiltak", Slag.FORUM: "forum"}.get(slag, "plan")
    fra, til = _perioden(slag, rad)
    return Evaluering(
        kommune=kommune,
        slag=slag,
        tittel=_tittelen(slag, rad)[:200],
        fra_dato=fra,
        til_dato=max(fra, til),
        **{felt: rad},
    )


def _tittelen(slag, rad):
    ord_ = {
        Slag.MIDTVEIS: _("Midtveisevaluering av %s"),
        Slag.SLUTT: _("Sluttevaluering av %s"),
    }
    return ord_.get(slag, _("Evaluering av %s")) % rad


def _perioden(slag, rad):
    i_dag = timezone.localdate()
    if slag == Slag.FORUM:
        return i_dag - ET_AR, i_dag
    if slag == Slag.TILTAK:
        plan = rad.plan
        fra = rad.fra_dato or (plan and date(plan.fra_ar, 1, 1)) or i_dag - ET_AR
        return fra, rad.til_dato or (plan and date(plan.til_ar, 12, 31)) or i_dag
    fra, til = date(rad.fra_ar, 1, 1), date(rad.til_ar, 12, 31)
    return fra, til if slag == Slag.SLUTT else min(i_dag, til)
