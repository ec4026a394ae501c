"""The plan of meetings as its coordinator keeps it: the next twelve months, with what is
in the way and where a meeting could go instead. Nothing moves by itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from moter.hinder import VINDU, forslag, hinder
from moter.kollisjoner import Kollisjon, Motekalender, last_seter, tider_pa
from moter.models import Forum, Mote, Moteserie
from moter.serier import las
from slt.felles.bevart import i_malformen
from slt.felles.tilgang import egen_kommune
from slt.grunn.tid import midnatt
from slt.models import Bruker, Kommune
from tiltak.models import Handlingsplan

EN_DAG = timedelta(days=1)


def sidens_kontekst(kommune):
    """What each page of the planning has."""
    return {
        "kommune": kommune,
        "plan": Handlingsplan.objects.gjeldende_i(kommune),
        "vis_meldinger": True,
    }


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
        return forslag(
            mote.dag,
            hinder=self.hinder,
            tidligst=self.i_dag + EN_DAG,
            ledig=lambda dag: self.kalender.er_ledig(mote, dag),
        )

    @property
    def maneder(self):
        """(the first day of the month, its rows), month by month."""
        etter_maned = groupby(self.rader, key=lambda rad: rad.mote.dag.replace(day=1))
        return [(maned, list(rader)) for maned, rader in etter_maned]

    @property
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


@never_cache
@require_safe
@i_malformen
def moteplan(request, kommune):
    """The next twelve months, month by month."""
    kommune = egen_kommune(request, kommune)
    planen = Moteplan(request.user, kommune)
    return render(
        request,
        "moter/moteplan.html",
        {
            **sidens_kontekst(kommune),
            "maneder": planen.maneder,
            "uavklarte": planen.uavklarte,
            "se_pa": planen.se_pa,
            "fora": planen.foraene(),
            "delte": kommune.delte_fora.select_related("forum__kommune"),
        },
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


def _ens_eget_mote(request, kommune, pk):
    """A meeting to come of one of the kommune's own fora, as it stays until it is
    saved."""
    moter = Mote.objects.holdes().kommende().select_related("forum__kommune")
    egne = moter.filter(
        forum__in=Forum.objects.holdes_av(request.user), forum__kommune=kommune
    )
    las(get_object_or_404(egne, pk=pk).forum)
    return get_object_or_404(egne, pk=pk)


@require_POST
@i_malformen
@transaction.atomic
def mote_flytt(request, kommune, pk):
    """Moves the meeting to a day that is suggested for it, if it still is."""
    kommune = egen_kommune(request, kommune)
    mote = _ens_eget_mote(request, kommune, pk)
    dag = _dagen(request.POST.get("dag", ""))
    rader = Moteplan(request.user, kommune).rader
    rad = next((rad for rad in rader if rad.mote == mote), None)
    if rad is None or dag not in rad.forslag:
        messages.warning(
            request,
            _(
                "Møtet er ikke flyttet: dagen er ikke lenger blant forslagene. Velg en "
                "av dem som står her nå."
            ),
        )
        return redirect("moter:moteplan", kommune.slug)
    flytt(mote=mote, dag=dag)
    messages.success(
        request,
        _("%(forum)s er flyttet til %(dag)s.")
        % {"forum": mote.forum, "dag": date_format(dag, "l j. F")},
    )
    return redirect("moter:moteplan", kommune.slug)


def _dagen(tekst):
    try:
        return parse_date(tekst)
    except ValueError:  # 31 April
        return None


@require_POST
@i_malformen
@transaction.atomic
def mote_behold(request, kommune, pk):
    """Keeps the meeting where it is: nothing is suggested for it any longer."""
    kommune = egen_kommune(request, kommune)
    mote = _ens_eget_mote(request, kommune, pk)
    mote.fastsatt = True
    mote.save()
    messages.success(
        request,
        _("%(forum)s holdes %(dag)s.")
        % {"forum": mote.forum, "dag": date_format(mote.dag, "l j. F")},
    )
    return redirect("moter:moteplan", kommune.slug)
