"""What is said of the day and hour of a meeting beside the form that sets them. It may be
saved all the same."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from moter.models import Forum, Mote, Moteserie
from moter.moteplan.hinder import hinder
from moter.moteplan.kollisjoner import Kollisjon, last_motekalender
from moter.moteplan.serier import Omlegging
from slt.models import Bruker, Kommune


@dataclass(frozen=True)
class Varsel:
    """A meeting that somebody should look at.

    Attributes:
        hinder: why its day is no good, in words; "" where it is.
        kollisjoner: what is held while it is.
    """

    mote: Mote
    hinder: str
    kollisjoner: list[Kollisjon]

    def i_ord(self):
        """Each thing that is in the way, as it stands after the day."""
        ord_ = [self.hinder] if self.hinder else []
        for kollisjon in self.kollisjoner:
            hvem = ", ".join(kollisjon.felles)
            ord_.append(
                _("samtidig med %(forum)s (%(hvem)s)")
                % {"forum": kollisjon.med.forum, "hvem": hvem}
            )
        return ord_


def varsler(*, bruker: Bruker, kommune: Kommune, moter, uten=()) -> list[Varsel]:
    """Returns what is wrong with the meetings, in their order; those with which nothing
    is wrong are left out. 3 queries, none without meetings.

    Args:
        moter: meetings, saved or not.
        uten: others, which will not be where they stand in the database.
    """
    moter = sorted(moter, key=lambda mote: mote.start)
    if not moter:
        return []
    fra, til = moter[0].dag, moter[-1].dag
    rundt = Forum.objects.synlige_for(bruker).i(kommune)
    kalender = last_motekalender(rundt, fra, til)
    i_veien = hinder(kommune, fra, til)
    return varsler_i(moter, kalender, i_veien, borte={mote.pk for mote in uten})


def varsler_i(moter, kalender, i_veien, *, borte=frozenset()) -> list[Varsel]:
    """The same of what is loaded: pure.

    Args:
        kalender: a Motekalender of what is held around the meetings.
        i_veien: {day: why not}, as `hinder` returns it.
        borte: ids of meetings that will not be where they stand.
    """
    funnet = []
    for mote in moter:
        hvorfor_ikke = i_veien.get(mote.dag, "")
        samtidig = [k for k in kalender.samtidig(mote) if k.med.pk not in borte]
        if hvorfor_ikke or samtidig:
            funnet.append(Varsel(mote, hvorfor_ikke, samtidig))
    return funnet


def omleggingens_varsler(*, bruker: Bruker, serie: Moteserie, plan: Omlegging):
    """Returns what is wrong with the meetings that get another time by the plan, as
    [(what, in words, its days)]: a series may hit another one each week."""
    starter = [start for _mote, start in plan.flyttes] + plan.nye
    dager = [timezone.localdate(start) for start in starter]
    varer_nytt = [
        mote for mote in plan.endres if mote.slutt != serie.tider(mote.dag)[1]
    ]
    moter = []
    for dag in dager + [mote.dag for mote in varer_nytt]:
        start, slutt = serie.tider(dag)
        moter.append(Mote(forum=serie.forum, start=start, slutt=slutt))
    funnet = varsler(
        bruker=bruker,
        kommune=serie.forum.kommune,
        moter=moter,
        uten=[*(mote for mote, _start in plan.flyttes), *varer_nytt, *plan.avlyses],
    )
    dager_med = {}
    for varsel in funnet:
        for hva in varsel.i_ord():
            dager_med.setdefault(hva, []).append(varsel.mote.dag)
    return list(dager_med.items())
