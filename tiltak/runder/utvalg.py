"""Of which tiltak a round asks how it goes, and who is asked. As it is today: what is ended
meanwhile is asked for no more, and what a tjeneste takes over is."""

from collections import defaultdict

from django.db.models import Prefetch, Q

from tiltak.detaljer import liste_med_sted, med_sted_i_planen
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Plassering,
    Runde,
    Tiltak,
    Tjeneste,
    i_kraft,
    leses_av_alle,
    star_i,
    tilbud_i_kraft,
)

# The key of the part of the page that asks how it goes.
STATUS = "status"
# Who knows how it goes.
ROLLER = (*Ansvar.ANSVARLIGE, Ansvar.Rolle.GJENNOMFORER)


def ansvaret(kommune):
    """The Ansvar of what all can read of a kommune: in plans that hold, and beside them.
    Of a draft, a link to its tjeneste tells nothing."""
    return Ansvar.objects.filter(*_leses("tiltak__"), tiltak__kommune=kommune)


def _leses(sti=""):
    gjeldende = Q(**{f"{sti}plan__status": Handlingsplan.Status.GJELDENDE})
    return (gjeldende & i_kraft(sti) | tilbud_i_kraft(sti), leses_av_alle(sti))


def ansvar_i(runde, *, tjeneste=None):
    """The Ansvar of who is asked of what in a round; of one tjeneste, or of all. 1 query
    where the round asks of some plans alone, before it is read."""
    rader = ansvaret(runde.kommune).filter(rolle__in=ROLLER, tjeneste__nedlagt=None)
    rader = rader.filter(_valgt(runde), _hvilke(runde))
    return rader if tjeneste is None else rader.filter(tjeneste=tjeneste)


def spurt_om(runde: Runde, *, tjeneste=None) -> dict[int, list[Tiltak]]:
    """{id of a tjeneste: the tiltak it is asked of, by title}, each with what its address and
    label need; of one tjeneste, or of all. A deltiltak is not asked of beside the whole.
    4 queries, and 2 more where the round asks of some plans alone. None where it asks of
    no tiltak."""
    if not runde.spor_om(STATUS):
        return {}
    rader = ansvar_i(runde, tjeneste=tjeneste)
    rader = med_sted_i_planen(rader.order_by("tiltak__tittel__norsk", "pk"), "tiltak__")
    per_tjeneste = defaultdict(dict)
    for rad in rader:
        per_tjeneste[rad.tjeneste_id][rad.tiltak_id] = rad.tiltak
    return {
        pk: [t for t in tiltakene.values() if t.overordnet_id not in tiltakene]
        for pk, tiltakene in per_tjeneste.items()
    }


def antall_spurt(runde: Runde, tjenester) -> dict[int, int]:
    """{id of a tjeneste: of how many tiltak it is asked, as `spurt_om` says}, of those with
    these ids; none of those that are asked of none. 1 query, and 1 more where the round
    asks of some plans alone."""
    if not runde.spor_om(STATUS):
        return {}
    rader = ansvar_i(runde).filter(tjeneste__in=tjenester).order_by()
    per_tjeneste = defaultdict(dict)
    for pk, tiltak, hele in rader.values_list(
        "tjeneste", "tiltak", "tiltak__overordnet"
    ):
        per_tjeneste[pk][tiltak] = hele
    return {
        pk: sum(hele not in deres for hele in deres.values())
        for pk, deres in per_tjeneste.items()
    }


def spurte_tjenester(runde: Runde):
    """QuerySet of the tjenester that a round asks, were it sent today: those that want to
    be asked; where it asks of some plans alone, or of nothing but tiltak, those that know
    how it goes with one of these."""
    rader = Tjeneste.objects.sporres().filter(kommune=runde.kommune)
    if not (runde.deler == [STATUS] or runde.valg.exists()):
        return rader
    return rader.filter(pk__in=ansvar_i(runde).order_by().values("tjeneste"))


def spurt_og_uspurt(runde: Runde, tjenester) -> tuple[int, list[Tiltak]]:
    """Returns how many tiltak are asked of, and [those that nobody is asked of], each with
    `ansvar` (who knows how it goes, with their tjeneste) and its label. What is asked of
    the whole is asked of its parts, and the other way round. 4 queries, and those of
    `spurt_om`.

    Args:
        tjenester: the ids of those that are asked.
    """
    if not runde.spor_om(STATUS):
        return 0, []
    ansvar = Ansvar.objects.filter(rolle__in=ROLLER).select_related("tjeneste__kommune")
    rader = Tiltak.objects.filter(*_leses(), kommune=runde.kommune)
    rader = rader.filter(_valgt(runde, ""), _hvilke(runde, ""))
    rader = rader.order_by("tittel__norsk", "pk")
    alle = liste_med_sted(rader.prefetch_related(Prefetch("ansvar", ansvar)))
    spurte = {t.pk for t in alle for a in t.ansvar.all() if a.tjeneste_id in tjenester}
    hele = {t.overordnet_id for t in alle if t.pk in spurte}
    uspurte = [t for t in alle if not {t.pk, t.overordnet_id} & spurte]
    spurt = [t for t in alle if t.pk in spurte and t.overordnet_id not in spurte]
    return len(spurt), [t for t in uspurte if t.pk not in hele]


def _valgt(runde, sti="tiltak__"):
    """Returns a Q: that a round asks of the plan in which the tiltak stands."""
    valgene = list(runde.valg.select_related("plan"))
    ut = Q() if not valgene else Q(pk__in=[])
    for valg in valgene:
        if valg.innsatsomrade_id is None:
            ut |= star_i(valg.plan, sti)
        else:
            # A join would give what stands at two places twice.
            steder = Plassering.objects.filter(innsatsomrade=valg.innsatsomrade_id)
            for hele in ("pk", "overordnet"):
                ut |= Q(**{f"{sti}{hele}__in": steder.values("tiltak")})
    return ut


def _hvilke(runde, sti="tiltak__"):
    """Returns a Q: that a round asks of this one among the tiltak of a plan."""
    if runde.hvilke == Runde.Hvilke.PRIORITERTE:
        return ~Q(**{f"{sti}prioritet": ""})
    if runde.hvilke == Runde.Hvilke.MED_FRIST:
        return Q(**{f"{sti}frist__isnull": False})
    return Q()
