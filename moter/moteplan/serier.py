"""From the rule of a series to its meetings: the first time, as time goes, and when the
rule changes.

The meetings of a series stand about a year ahead. A meeting that somebody decided about
by hand (`fastsatt`) is never changed here. What the rule itself takes away is cancelled,
not erased, so that calendars hear of it; when it comes back it is the same meeting.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from moter.models import Forum, Forumskommune, Mote, Moteserie
from slt.models import Kommune

EN_UKE = timedelta(days=7)
ET_AR = 52 * EN_UKE


@dataclass
class Omlegging:
    """What carrying out the rule of a series as it stands now does to its meetings.

    Attributes:
        flyttes: (meeting, when it begins from now on), in the order of the meetings.
        endres: those that keep their beginning and get another end, place or link.
        avlyses: those that the rule has no room for any longer.
        nye: when the new ones begin.
        uberort: those to come that were decided by hand, cancelled ones among them.
        opptatt: days on which the forum has another meeting at that very time.
    """

    flyttes: list[tuple[Mote, datetime]] = field(default_factory=list)
    endres: list[Mote] = field(default_factory=list)
    avlyses: list[Mote] = field(default_factory=list)
    nye: list[datetime] = field(default_factory=list)
    uberort: list[Mote] = field(default_factory=list)
    opptatt: list[date] = field(default_factory=list)

    @property
    def er_tom(self):
        """Whether nothing happens."""
        return not (self.flyttes or self.endres or self.avlyses or self.nye)

    @property
    def bestemt(self):
        return [mote for mote in self.uberort if not mote.er_avlyst]

    @property
    def avlyst(self):
        return [mote for mote in self.uberort if mote.er_avlyst]


def horisont() -> date:
    """The day up to which meetings are made: twelve months from today, and out the week,
    so that a week is planned as a whole."""
    om_et_ar = timezone.localdate() + relativedelta(months=12)
    return om_et_ar + timedelta(days=6 - om_et_ar.weekday())


def omlegging(*, serie: Moteserie) -> Omlegging:
    """What `legg_om` would do now. The series need not be saved: a form asks what its
    changes would bring about."""
    na, plan = timezone.now(), Omlegging()
    bundne, frie = _moter(serie, na, _mandag())
    plasser = _plasser(serie, _mandag())
    plass_til = _fordel(bundne, frie, plasser, na)
    ledige = set(plasser) - {plass_til.get(mote.pk) for mote in bundne}
    opptatt = _opptatt(serie, frie, na)
    plan.opptatt = [
        dag for dag in plasser if dag in ledige and plasser[dag][0] in opptatt
    ]
    for mote in frie:
        dag = plass_til.get(mote.pk)
        if dag is None or dag in plan.opptatt:
            plan.avlyses.append(mote)
        elif plasser[dag][0] <= na:
            pass  # its new time of this week is past: it is held as it was called
        elif mote.start != plasser[dag][0]:
            plan.flyttes.append((mote, plasser[dag][0]))
        elif (mote.slutt, mote.sted, mote.motelenke) != (
            plasser[dag][1],
            serie.sted,
            serie.motelenke,
        ):
            plan.endres.append(mote)
    ledige -= {*plass_til.values(), *plan.opptatt}
    plan.nye = [
        start
        for dag, (start, _slutt) in plasser.items()
        if dag in ledige and start > na
    ]
    plan.uberort = [mote for mote in bundne if mote.start > na]
    return plan


@transaction.atomic
def legg_om(*, serie: Moteserie) -> Omlegging:
    """Makes the meetings to come as the series, which is saved, says now. Returns what
    was done; the second time in a row that is nothing."""
    las(serie.forum)
    plan = omlegging(serie=serie)
    # In this order, as a forum has one meeting at a time.
    for mote in plan.avlyses:
        mote.status = Mote.Status.AVLYST
        mote.save()
    for mote, start in plan.flyttes:
        _folg_serien(mote, serie, timezone.localdate(start))
    for mote in plan.endres:
        _folg_serien(mote, serie, mote.dag)
    for start in plan.nye:
        _hold(serie, timezone.localdate(start))
    return plan


@transaction.atomic
def fyll(*, serie: Moteserie) -> list[Mote]:
    """Makes the meetings up to the horizon, also where something was in the way before.
    Those that are there already stay as they are, wherever they were moved.

    Returns:
        The new ones, in their order.
    """
    las(serie.forum)
    serie.refresh_from_db()
    na = timezone.now()
    # What was held stands for its slot, too; that may be one of weeks ago.
    fra = _mandag() - ET_AR
    bundne, frie = _moter(serie, na, fra)
    plasser = _plasser(serie, fra)
    tatt = set(_fordel(bundne, frie, plasser).values())
    opptatt = _opptatt(serie, [], na)
    return [
        _hold(serie, dag)
        for dag, (start, _slutt) in plasser.items()
        if dag not in tatt and start > na and start not in opptatt
    ]


@transaction.atomic
def avslutt(*, serie: Moteserie, dag: date) -> Omlegging:
    """Says that the series ends on the day, which counts; what was to come after it and
    was not decided by hand is cancelled."""
    las(serie.forum)
    serie.refresh_from_db()
    serie.til = dag
    serie.save()
    return legg_om(serie=serie)


@transaction.atomic
def slipp(*, mote: Mote) -> None:
    """Gives a meeting to come that was decided by hand back to its series, which moves it
    to its slot, or cancels it where there is none. Sets the fields of the meeting."""
    las(mote.forum)
    serie = mote.serie
    mote.fastsatt = False
    if mote.dag != mote.opprinnelig_dato:
        _tilbake(mote, serie)
    mote.save()
    legg_om(serie=serie)
    mote.refresh_from_db()


def _tilbake(mote, serie):
    """Puts it where its series had it; where that is past or taken, it belongs from now
    on where it is."""
    na = timezone.now()
    with suppress(ValidationError):
        start, slutt = serie.tider(mote.opprinnelig_dato)
        if start > na and start not in _opptatt(serie, [mote], na):
            mote.start, mote.slutt = start, slutt
    mote.opprinnelig_dato = mote.dag


@transaction.atomic
def legg_ned(*, forum: Forum, dag: date) -> int:
    """Ends the series of a forum that is laid down on the day, and cancels what was to
    come after it, also what was decided by hand. Returns how many meetings that were."""
    las(forum)
    for serie in forum.serier.exclude(til__lte=dag):
        serie.til = dag
        if serie.fra > dag:
            # It never begins: the one day that is left to it is none of its own.
            serie.til -= timedelta(days=dag.weekday() == serie.ukedag)
            serie.fra = serie.til
        serie.save()
    kommende = forum.moter.holdes().filter(start__gt=timezone.now())
    avlyses = list(kommende.filter(start__date__gt=dag))
    for mote in avlyses:
        mote.status = Mote.Status.AVLYST
        mote.save()
    return len(avlyses)


def las(*fora: Forum) -> None:
    """Makes all others who write in the kommuner of the fora wait until the transaction
    is over: what is found free is so until the meetings are there.

    Neighbours that share a forum lock each other's rows, too.
    """
    pker = {forum.kommune_id for forum in fora}
    delte = Forumskommune.objects.filter(forum__in=fora).order_by()
    pker.update(delte.values_list("kommune", flat=True))
    Kommune.objects.las(*pker)


# Which days ---------------------------------------------------------------------------


def _mandag():
    i_dag = timezone.localdate()
    return i_dag - timedelta(days=i_dag.weekday())


def _plasser(serie, fra):
    """{day: (beginning, end)} of the meetings that the rule makes from the day to the
    horizon; a forum that is laid down meets no more."""
    plasser = {}
    siste = min(horisont(), serie.forum.nedlagt or date.max)
    for dag in serie.rytme.datoer(fra, siste):
        # Forms refuse a time that the clock skips or repeats.
        with suppress(ValidationError):
            plasser[dag] = serie.tider(dag)
    return plasser


def _moter(serie, na, fra):
    """(those that stay as they are, those that follow the rule): the meetings of the
    series from the day on, by either of their dates."""
    bundne, frie = [], []
    if serie.pk:
        fra_dagen = Q(opprinnelig_dato__gte=fra) | Q(start__date__gte=fra)
        for mote in serie.moter.filter(fra_dagen).select_related("forum"):
            if _er_bundet(mote, na):
                bundne.append(mote)
            elif not mote.er_avlyst and mote.start > na:
                frie.append(mote)
    return bundne, frie


def _er_bundet(mote, na):
    """Whether the meeting is past, or was decided by hand: it stays as it is, and where
    it stands the series makes no other."""
    return not _er_ledig(mote) and (
        mote.start <= na or mote.fastsatt or mote.dag != mote.opprinnelig_dato
    )


def _er_ledig(mote):
    """Whether the rule took the meeting away, so that it may bring it back."""
    return mote.er_avlyst and not mote.fastsatt


def _opptatt(serie, frie, na):
    """When the forum meets, but for those that follow the rule: it has one meeting at a
    time."""
    moter = Mote.objects.holdes().filter(forum=serie.forum_id, start__gt=na)
    andre = moter.exclude(pk__in=[mote.pk for mote in frie])
    return set(andre.values_list("start", flat=True))


def _fordel(bundne, frie, dager, na=None):
    """Returns {id of a meeting: its day among those that the rule gives}: the best fit
    first, each meeting and each day once. Meetings before `na` stand in the way of
    nothing but their own week."""
    naer = _naer(dager)
    par = [
        (rang, er_fri, abs(dag - mote.opprinnelig_dato), dag, mote.pk)
        for er_fri, moter in enumerate((bundne, frie))
        for mote in moter
        for dag in dager
        if (rang := _rang(mote, dag, naer, na)) is not None
    ]
    plass_til, tatt = {}, set()
    for *_hvor_godt, dag, pk in sorted(par):
        if pk not in plass_til and dag not in tatt:
            plass_til[pk] = dag
            tatt.add(dag)
    return plass_til


def _naer(dager):
    """How far a meeting is moved rather than cancelled: half the way to the next slot,
    and at least a week."""
    mellomrom = [neste - dag for dag, neste in pairwise(sorted(dager))]
    return max(EN_UKE, min(mellomrom, default=EN_UKE) / 2)


def _rang(mote, dag, naer, na):
    """How well the day fits the meeting, 0 best; None where it does not."""
    if dag == mote.opprinnelig_dato:
        return 0
    if _uke(dag) == _uke(mote.opprinnelig_dato):
        return 1
    if mote.er_avlyst:
        return None
    if _uke(dag) == _uke(mote.dag):
        return 2
    # What was held does not stand in the way of the next week.
    kan_flyttes = na is None or mote.start > na
    # Nor does a meeting to come go back for weeks, to a day that is past.
    lengst = naer if dag > timezone.localdate() else EN_UKE
    er_naer = abs(dag - mote.opprinnelig_dato) <= lengst
    return 3 if er_naer and kan_flyttes else None


def _uke(dag):
    return dag.isocalendar()[:2]


# Writing ------------------------------------------------------------------------------


def _hold(serie, dag):
    """The meeting of the series on that day: the one that the rule once took away, or a
    new one."""
    avlyste = serie.moter.filter(opprinnelig_dato=dag, fastsatt=False)
    mote = avlyste.filter(status=Mote.Status.AVLYST).first()
    mote = mote or Mote(forum=serie.forum, serie=serie)
    mote.status = Mote.Status.PLANLAGT
    return _folg_serien(mote, serie, dag)


def _folg_serien(mote, serie, dag):
    mote.opprinnelig_dato = dag
    mote.start, mote.slutt = serie.tider(dag)
    mote.sted, mote.motelenke = serie.sted, serie.motelenke
    mote.save()
    return mote
