"""Of which tiltak a round asks how it goes, and who is asked. As it is today: what is ended
meanwhile is asked for no more, and what a tjeneste takes over is."""

from collections import defaultdict

from django.db.models import Q

from tiltak.detaljer import med_sted_i_planen
from tiltak.models import (
    Ansvar,
    Endringsforslag,
    Handlingsplan,
    Runde,
    Statusrapport,
    Tiltak,
    i_kraft,
    leses_av_alle,
    star_i,
    tilbud_i_kraft,
)

# Who knows how it goes.
ROLLER = (*Ansvar.ANSVARLIGE, Ansvar.Rolle.GJENNOMFORER)


def ansvaret(kommune):
    """The Ansvar of what all can read of a kommune: in plans that hold, and beside them.
    Of a draft, a link to its tjeneste tells nothing."""
    gjeldende = Q(tiltak__plan__status=Handlingsplan.Status.GJELDENDE)
    return Ansvar.objects.filter(
        gjeldende & i_kraft("tiltak__") | tilbud_i_kraft("tiltak__"),
        leses_av_alle("tiltak__"),
        tiltak__kommune=kommune,
    )


def ansvar_i(runde, *, tjeneste=None):
    """The Ansvar of who is asked of what in a round; of one tjeneste, or of all. 1 query
    where the round asks of some plans alone, before it is read."""
    rader = ansvaret(runde.kommune).filter(rolle__in=ROLLER, tjeneste__nedlagt=None)
    rader = rader.filter(_valgt(runde), _hvilke(runde))
    return rader if tjeneste is None else rader.filter(tjeneste=tjeneste)


def spurt_om(runde: Runde, *, tjeneste=None) -> dict[int, list[Tiltak]]:
    """{id of a tjeneste: the tiltak it is asked of, by title}, each with what its address and
    label need; of one tjeneste, or of all. A deltiltak is not asked of beside the whole.
    4 queries, and 2 more where the round asks of some plans alone."""
    rader = ansvar_i(runde, tjeneste=tjeneste)
    rader = med_sted_i_planen(rader.order_by("tiltak__tittel__norsk", "pk"), "tiltak__")
    per_tjeneste = defaultdict(dict)
    for rad in rader:
        per_tjeneste[rad.tjeneste_id][rad.tiltak_id] = rad.tiltak
    return {
        pk: [t for t in tiltakene.values() if t.overordnet_id not in tiltakene]
        for pk, tiltakene in per_tjeneste.items()
    }


def svart_om(runde: Runde) -> set[tuple[int, int]]:
    """{(id of a tjeneste, id of a tiltak)} of what was answered in the round, whether the
    coordinator has taken it in or not; 2 queries."""
    status = Endringsforslag.Slag.STATUS
    forslag = Endringsforslag.objects.filter(foresporsel__runde=runde, slag=status)
    rapporter = Statusrapport.objects.filter(runde=runde, tjeneste__isnull=False)
    return {
        par
        for rader in (forslag, rapporter)
        for par in rader.order_by().values_list("tjeneste", "tiltak")
    }


def _valgt(runde):
    """Returns a Q: that a round asks of the plan in which the tiltak stands."""
    valgene = list(runde.valg.select_related("plan"))
    ut = Q() if not valgene else Q(pk__in=[])
    for valg in valgene:
        if valg.innsatsomrade_id is None:
            ut |= star_i(valg.plan, "tiltak__")
        else:
            for sti in ("tiltak__", "tiltak__overordnet__"):
                ut |= Q(**{f"{sti}plasseringer__innsatsomrade": valg.innsatsomrade_id})
    return ut


def _hvilke(runde):
    """Returns a Q: that a round asks of this one among the tiltak of a plan."""
    if runde.hvilke == Runde.Hvilke.PRIORITERTE:
        return ~Q(tiltak__prioritet="")
    if runde.hvilke == Runde.Hvilke.MED_FRIST:
        return Q(tiltak__frist__isnull=False)
    return Q()
