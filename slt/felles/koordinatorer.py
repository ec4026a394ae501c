"""That a kommune has somebody who keeps it, and who is told when it will not."""

from collections import defaultdict
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from slt.grunn.tid import dekket_til
from slt.models import Tilgang


def varsel_om_koordinator(kommune):
    """What to say where a day comes, or has come, on which nobody coordinates, or only
    those who have never logged in; else ""."""
    return varsler_om_koordinator([kommune])[kommune.pk]


def varsler_om_koordinator(kommuner):
    """Returns {id: what to say} of all the kommuner; one query."""
    rader = Tilgang.objects.ikke_over().filter(
        kommune__in=[kommune.pk for kommune in kommuner],
        rolle=Tilgang.Rolle.KOORDINATOR,
        bruker__is_active=True,
    )
    rader = rader.order_by("fra").values_list(
        "kommune", "fra", "til", "bruker__last_login"
    )
    alle, innloggede = defaultdict(list), defaultdict(list)
    for kommune, fra, til, innlogget in rader:
        alle[kommune].append((fra, til))
        if innlogget:
            innloggede[kommune].append((fra, til))
    return {
        kommune.pk: _varsel(
            dekket_til(alle[kommune.pk]), dekket_til(innloggede[kommune.pk])
        )
        for kommune in kommuner
    }


def _varsel(til, innlogget_til):
    """Returns what to say of a kommune, or "".

    Args:
        til: the last day on which somebody coordinates.
        innlogget_til: the last one on which somebody does who has logged in: another
            may have an address that was mistyped.
    """
    if innlogget_til == date.max:
        return ""
    i_dag = timezone.localdate()
    if til < i_dag:
        return _("Kommunen har ingen SLT-koordinator.")
    if innlogget_til < i_dag:
        return _(
            "Ingen SLT-koordinator i kommunen har logget inn ennå. Se etter om "
            "adressene er riktige."
        )
    dag = date_format(innlogget_til, "j. F Y")
    if innlogget_til < til:
        return (
            _(
                "Etter %s har kommunen bare SLT-koordinatorer som aldri har logget inn. "
                "Se etter om adressene er riktige."
            )
            % dag
        )
    return (
        _(
            "Etter %s har kommunen ingen SLT-koordinator. Gi noen rollen uten sluttdato "
            "i god tid."
        )
        % dag
    )
