"""The plan of meetings as its coordinator keeps it: the next twelve months, with what is
in the way and where a meeting could go instead. Nothing moves by itself."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from moter.models import Forum, Mote, Moteserie
from moter.moteplan.hinder import VINDU, forslag, hinder, i_naerheten
from moter.moteplan.kollisjoner import Kollisjon, Motekalender, last_seter, tider_pa
from slt.grunn.tid import midnatt
from slt.models import Bruker, Kommune

EN_DAG = timedelta(days=1)


# What stands in the plan --------------------------------------------------------------


@dataclass(frozen=True)
class Planrad:
    """A meeting and what is said beside it.

    Attributes:
        hinder: why its day is no good, in words; "" where it is.
        forslag: days to which it could be moved instead.
        flyttet_fra: the day where its series put it, if it is held on another.
        er_egen: whether the forum is the kommune's own, not a neighbour's.
    """

    mote: Mote
    hinder: str
    kollisjoner: list[Kollisjon]
    forslag: list[date]
    flyttet_fra: date | None
    er_egen: bool

    @property
    def er_uavklart(self):
        """Whether somebody should look at it."""
        er_i_veien = self.hinder or self.kollisjoner
        return bool(er_i_veien) and self.er_egen and not self.mote.fastsatt


class Moteplan:
    """The meetings of the fora in which a kommune takes part, the next twelve months.

    Loads them at once, with those some weeks beyond, so that suggestions hit none.
    """

    def __init__(self, bruker: Bruker, kommune: Kommune):
        self.bruker, self.kommune = bruker, kommune
        self.i_dag = timezone.localdate()
        self.til = self.i_dag + relativedelta(months=12)
        moter = list(self._moter())
        holdes = [mote for mote in moter if not mote.er_avlyst]
        self.kalender = Motekalender(holdes, last_seter(self.fora()))
        self._tilbudt = defaultdict(list)
        self.hinder = hinder(kommune, self.i_dag - VINDU, self.til + VINDU)
        self.moter = [mote for mote in moter if self.i_dag <= mote.dag <= self.til]

    def fora(self):
        return Forum.objects.synlige_for(self.bruker).i(self.kommune)

    def _moter(self):
        fra, til = self.i_dag - VINDU, self.til + VINDU
        return (
            Mote.objects.filter(forum__in=self.fora().order_by().values("pk"))
            .filter(start__gte=midnatt(fra), start__lt=midnatt(til + EN_DAG))
            .select_related("forum__kommune")
        )

    @cached_property
    def rader(self):
        kollisjoner = self.kalender.kollisjoner()
        return [self._rad(mote, kollisjoner.get(mote.pk, [])) for mote in self.moter]

    def _rad(self, mote, kollisjoner):
        holdes = not mote.er_avlyst
        hvorfor_ikke = self.hinder.get(mote.dag, "") if holdes else ""
        er_egen = mote.forum.kommune_id == self.kommune.pk
        skal_avklares = er_egen and not mote.fastsatt and (hvorfor_ikke or kollisjoner)
        er_flyttet = holdes and mote.opprinnelig_dato not in {None, mote.dag}
        return Planrad(
            mote=mote,
            hinder=hvorfor_ikke,
            kollisjoner=kollisjoner,
            forslag=self._forslag(mote) if skal_avklares else [],
            flyttet_fra=mote.opprinnelig_dato if er_flyttet else None,
            er_egen=er_egen,
        )

    def _forslag(self, mote):
        """Days for the meeting, none of which is offered to another one of those who sit
        in its forum: all that is offered may be chosen."""
        dager = forslag(
            mote.dag,
            hinder=self.hinder,
            tidligst=self.i_dag + EN_DAG,
            ledig=lambda dag: (
                not self._er_tilbudt(mote, dag) and self.kalender.er_ledig(mote, dag)
            ),
        )
        for dag in dager:
            self._tilbudt[dag].append(mote)
        return dager

    def _er_tilbudt(self, mote, dag):
        return any(
            self.kalender.hvem_er_felles(mote.forum_id, annet.forum_id, dag)
            for annet in self._tilbudt[dag]
        )

    def kan_flyttes_til(self, mote, dag):
        """Whether the day would do: also one that was suggested a moment ago, and is not
        among the best any longer."""
        return (
            dag in i_naerheten(mote.dag)
            and dag > self.i_dag
            and dag not in self.hinder
            and self.kalender.er_ledig(mote, dag)
        )

    @property
    def maneder(self):
        """(the first day of the month, its rows), month by month."""
        etter_maned = groupby(self.rader, key=lambda rad: rad.mote.dag.replace(day=1))
        return [(maned, list(rader)) for maned, rader in etter_maned]

    @cached_property
    def uavklarte(self):
        return [rad for rad in self.rader if rad.er_uavklart]

    @property
    def se_pa(self):
        """[(row, its clashes)] of those that somebody should look at: what two meetings
        have in common is said once."""
        sagt, ut = set(), []
        for rad in self.uavklarte:
            par = {frozenset([rad.mote, k.med]): k for k in rad.kollisjoner}
            nye = [k for to, k in par.items() if to not in sagt]
            sagt |= set(par)
            if rad.hinder or nye:
                ut.append((rad, nye))
        return ut

    def foraene(self):
        """The fora that are at work, their series that go on, and how many meetings they
        have to come."""
        gar = Q(til=None) | Q(til__gte=self.i_dag)
        i_aret = Q(
            moter__status=Mote.Status.PLANLAGT,
            moter__start__gte=midnatt(self.i_dag),
            moter__start__lt=midnatt(self.til + EN_DAG),
        )
        serier = Prefetch("serier", Moteserie.objects.filter(gar), to_attr="gaende")
        # A query that counts forgets the order of the model.
        return (
            self.fora()
            .virksomme()
            .annotate(antall=Count("moter", filter=i_aret))
            .order_by(*Forum._meta.ordering)
            .select_related("kommune")
            .prefetch_related(serier)
        )


# What the coordinator decides about a meeting -----------------------------------------


@transaction.atomic
def flytt(*, mote: Mote, dag: date) -> None:
    """Holds the meeting on another day, at the same hour, as decided by hand.

    Raises:
        ValidationError: the clock skips or repeats that hour on that day.
    """
    mote.start, mote.slutt = tider_pa(mote, dag)
    mote.fastsatt = True
    mote.save()


@transaction.atomic
def flytt_flere(*, planen: Moteplan, dager: dict[int, date]) -> list[Mote]:
    """Moves meetings that somebody should look at, each to the day chosen for it, if it
    is free once those before it are moved.

    Args:
        dager: {id of a meeting: its day}.

    Returns:
        Those that were moved.
    """
    flyttet = []
    for rad in planen.uavklarte:
        dag = dager.get(rad.mote.pk)
        if dag and planen.kan_flyttes_til(rad.mote, dag):
            flytt(mote=rad.mote, dag=dag)
            planen.kalender = Motekalender(planen.kalender.moter, planen.kalender.seter)
            flyttet.append(rad.mote)
    return flyttet
