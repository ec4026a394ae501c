"""What the latest finished evaluation of a plan proposes for the one that follows."""

from django.utils.translation import gettext as _

from evaluering.models import Evaluering
from tiltak.models import Handlingsplan
from tiltak.overgang import Forslag


def fra_evalueringen(ny_plan: Handlingsplan) -> dict[int, Forslag]:
    """{id of a tiltak in the plan that the new one builds on: what is proposed}, of the
    evaluation that was finished last; nothing of one that is under way. 2 queries."""
    ferdige = Evaluering.objects.ferdige().filter(plan=ny_plan.bygger_pa_id)
    evaluering = ferdige.select_related("kommune").order_by("ferdig", "pk").last()
    if ny_plan.bygger_pa_id is None or evaluering is None:
        return {}
    adresse = evaluering.get_absolute_url()
    # Why a tiltak ended, all can read: of what is not published, nothing goes along.
    felt = "begrunnelse" if evaluering.publisert else "internt"
    return {
        rad.tiltak_id: Forslag(
            valg=rad.videre,
            **{"begrunnelse": "", felt: rad.begrunnelse},
            hvorfra=_("Evalueringen foreslår"),
            adresse=adresse,
        )
        for rad in evaluering.vurderinger.exclude(videre="")
    }
