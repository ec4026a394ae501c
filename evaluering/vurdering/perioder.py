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
    if slag in ord_:
        # What people call it; its title may be of many words.
        return ord_[slag] % f"{rad.rekke} {rad.periode}"
    return _("Evaluering av %s") % rad


def _perioden(slag, rad):
    """(first day, last day): nothing is evaluated before it is done, but a plan by its
    end, that may be begun ahead."""
    i_dag = timezone.localdate()
    if slag == Slag.FORUM:
        til = min(i_dag, rad.nedlagt or i_dag)
        return til - ET_AR, til
    if slag == Slag.TILTAK:
        plan = rad.plan
        til = rad.til_dato or (plan and date(plan.til_ar, 12, 31)) or i_dag
        til = min(i_dag, til)
        fra = rad.fra_dato or (plan and date(plan.fra_ar, 1, 1)) or til - ET_AR
        return fra, til
    fra, til = date(rad.fra_ar, 1, 1), date(rad.til_ar, 12, 31)
    return fra, til if slag == Slag.SLUTT else min(i_dag, til)
