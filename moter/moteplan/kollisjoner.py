"""Meetings at the same time that the same people belong in.

People are known by the function or the user of their seat (`er_samme`). A deputy comes
only when the one they stand for does not: their seat makes no clash. What is said of a
clash are functions and tjenester, never names.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from moter.models import Forumsmedlem, Mote
from slt.grunn.tid import i_lokal_tid, midnatt


def er_samme(sete, annet):
    """Whether the same one sits in both: the same user, or the same function of the same
    tjeneste where not both say which user it is."""
    if sete.bruker_id and annet.bruker_id:
        return sete.bruker_id == annet.bruker_id
    return _funksjonen(sete) == _funksjonen(annet)


def _funksjonen(sete):
    return sete.funksjon.casefold(), sete.tjeneste_id


def felles(seter, andre, fra, til=None):
    """Returns the seats among the first whose holder sits among the others too, some day
    from `fra` to `til`; without `til`, on the one day."""
    til = til or fra
    andre = [sete for sete in andre if _regnes_med(sete, fra, til)]
    return [
        sete
        for sete in seter
        if _regnes_med(sete, fra, til) and any(er_samme(sete, annet) for annet in andre)
    ]


def _regnes_med(sete, fra, til):
    if sete.vara_for_id is not None:
        return False
    return sete.fra <= til and (sete.til is None or sete.til >= fra)


@dataclass(frozen=True)
class Kollisjon:
    """That a meeting is held while another one is.

    Attributes:
        med: the other meeting.
        felles: who would have to be in both, in words.
    """

    med: Mote
    felles: tuple[str, ...]


class Motekalender:
    """Meetings that are held, and the seats in their fora: pure, once they are loaded.

    Args:
        moter: meetings with their forum loaded.
        seter: {id of a forum: its seats}.
    """

    def __init__(self, moter, seter):
        self.moter = sorted(moter, key=lambda mote: (mote.start, mote.pk))
        self.seter = seter
        self._etter_dag = defaultdict(list)
        for mote in self.moter:
            self._etter_dag[mote.dag].append(mote)
        self._felles = {}

    def kollisjoner(self):
        """Returns {id of a meeting: its clashes}, for those that have any."""
        funnet = defaultdict(list)
        pagar = []
        for mote in self.moter:
            pagar = [annet for annet in pagar if annet.slutt > mote.start]
            for annet in pagar:
                hvem = self.hvem_er_felles(mote.forum_id, annet.forum_id, mote.dag)
                if hvem:
                    funnet[annet.pk].append(Kollisjon(mote, hvem))
                    funnet[mote.pk].append(Kollisjon(annet, hvem))
            pagar.append(mote)
        return dict(funnet)

    def hvem_er_felles(self, forum, annet, dag):
        """Returns in words who sits in both fora on the day."""
        if forum == annet:
            return (_("hele forumet"),)
        nokkel = (*sorted([forum, annet]), dag)
        if nokkel not in self._felles:
            en, to, _dag = nokkel
            seter = felles(self.seter.get(en, []), self.seter.get(to, []), dag)
            self._felles[nokkel] = tuple(dict.fromkeys(str(sete) for sete in seter))
        return self._felles[nokkel]

    def samtidig(self, mote):
        """Returns the clashes of a meeting that need not be among these, or stands
        elsewhere among them."""
        return [
            Kollisjon(annet, hvem)
            for annet in self._naere(mote.dag)
            if annet.pk != mote.pk
            and annet.slutt > mote.start
            and annet.start < mote.slutt
            and (hvem := self.hvem_er_felles(mote.forum_id, annet.forum_id, mote.dag))
        ]

    def er_ledig(self, mote, dag):
        """Whether the meeting could be held at its hour on that day: the forum is there,
        and does not meet then, nor anybody who sits in it elsewhere."""
        if not mote.forum.finnes_den(dag):
            return False
        try:
            start, slutt = tider_pa(mote, dag)
        except ValidationError:  # the clock is changed just then
            return False
        return not any(
            self._er_i_veien(annet, mote, dag, start, slutt)
            for annet in self._naere(dag)
            if annet.pk != mote.pk
        )

    def _naere(self, dag):
        # A meeting that began the evening before may last past midnight.
        return self._etter_dag[dag] + self._etter_dag[dag - timedelta(days=1)]

    def _er_i_veien(self, annet, mote, dag, start, slutt):
        if annet.forum_id == mote.forum_id and annet.dag == dag:
            return True
        samtidig = annet.start < slutt and start < annet.slutt
        return samtidig and bool(
            self.hvem_er_felles(mote.forum_id, annet.forum_id, dag)
        )


def tider_pa(mote, dag):
    """Returns when the meeting begins and ends if it is held at its hour on that day.

    Raises:
        ValidationError: the clock skips or repeats that hour then.
    """
    start, slutt = timezone.localtime(mote.start), timezone.localtime(mote.slutt)
    siste_dag = dag + (slutt.date() - start.date())
    return i_lokal_tid(dag, start.time()), i_lokal_tid(siste_dag, slutt.time())


def last_motekalender(fora, fra, til):
    """Loads what is held from a day to another in the fora: 2 queries.

    Args:
        fora: a QuerySet of them.
    """
    moter = (
        Mote.objects.filter(forum__in=fora.order_by().values("pk"))
        .holdes()
        .filter(start__gte=midnatt(fra), start__lt=midnatt(til + timedelta(days=1)))
        .select_related("forum__kommune")
    )
    return Motekalender(moter, last_seter(fora))


def last_seter(fora):
    """Returns {id of a forum: its seats}: 1 query."""
    seter = defaultdict(list)
    rader = Forumsmedlem.objects.filter(forum__in=fora.order_by().values("pk"))
    for sete in rader.select_related("tjeneste"):
        seter[sete.forum_id].append(sete)
    return seter
