"""From the rule of a series to its meetings."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from moter.models import Mote, Moteserie


@transaction.atomic
def fyll(*, serie: Moteserie) -> list[Mote]:
    """Makes the meetings that are missing up to twelve months ahead, and returns them."""
    i_dag = timezone.localdate()
    horisont = i_dag + relativedelta(months=12)
    fra = serie.planlagt_til + timedelta(days=1) if serie.planlagt_til else i_dag
    nye = []
    for dag in serie.rytme.datoer(fra, horisont):
        start, slutt = serie.tider(dag)
        nye.append(
            Mote.objects.create(
                forum=serie.forum,
                serie=serie,
                opprinnelig_dato=dag,
                start=start,
                slutt=slutt,
                sted=serie.sted,
                motelenke=serie.motelenke,
            )
        )
    serie.planlagt_til = horisont
    serie.save(update_fields=["planlagt_til"])
    return nye
