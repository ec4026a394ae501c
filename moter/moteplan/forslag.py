"""The planner's proposal, made from what stands in the database now, and putting it into
the calendar."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from moter.models import Forum, Moteserie
from moter.moteplan.hinder import VINDU, hinder
from moter.moteplan.kollisjoner import felles, last_motekalender
from moter.moteplan.serier import fyll
from moter.moteplan.sok import Arsak, Opptatt, Planlegger
from moter.rytme import Regel

EN_DAG = timedelta(days=1)


@dataclass(frozen=True)
class Moteforslag:
    """One date of a proposal, why it is no good, and where it could go instead."""

    dag: date
    hinder: str
    forslag: list[date]


@dataclass(frozen=True)
class Forumsforslag:
    """When a forum would meet."""

    forum: Forum
    start_kl: time
    slutt_kl: time
    moter: list[Moteforslag]

    @property
    def forste(self):
        return self.moter[0].dag

    @property
    def antall_hinder(self):
        return sum(bool(mote.hinder) for mote in self.moter)


class Forslag:
    """A proposal for the fora, made from what stands in the database now: 3 queries.

    Attributes:
        fora: the fora that found room, with their dates.
        uten_plass: [(forum, why not, in words)].
        merke: stands for exactly this proposal, so that what is put in is what was seen.
    """

    def __init__(self, bruker, kommune, onsker, rammer, fora):
        self.rammer = rammer
        rundt = Forum.objects.synlige_for(bruker).i(kommune)
        fra, til = rammer.fra - VINDU, rammer.til + VINDU
        self.kalender = last_motekalender(rundt, fra, til)
        self.hinder = hinder(kommune, fra, til)
        self._fora = {mote.forum_id: mote.forum for mote in self.kalender.moter}
        self._fora |= {forum.pk: forum for forum in fora}
        sok = Planlegger(
            onsker,
            rammer,
            felles=self._har_felles,
            opptatt=[_opptatt(mote) for mote in self.kalender.moter],
            hinder=self.hinder,
        )
        plasserte, uplasserte = sok.planlegg()
        self.fora = [self._forumsforslag(sok, plassert) for plassert in plasserte]
        self.uten_plass = [
            (self._fora[u.forum], self._hvorfor_ikke(u)) for u in uplasserte
        ]
        self.merke = self._merke()

    def _har_felles(self, en, annet):
        seter, rammer = self.kalender.seter, self.rammer
        return bool(
            felles(seter.get(en, []), seter.get(annet, []), rammer.fra, rammer.til)
        )

    def _forumsforslag(self, sok, plassert):
        luke = plassert.luke
        slutt = datetime.combine(luke.forste, luke.tid) + self.rammer.varighet
        moter = [
            Moteforslag(
                dag,
                plassert.hinder.get(dag, ""),
                sok.forslag_til(plassert.forum, dag) if dag in plassert.hinder else [],
            )
            for dag in luke.datoer
        ]
        forum = self._fora[plassert.forum]
        return Forumsforslag(forum, luke.tid, slutt.time(), moter)

    def _hvorfor_ikke(self, uplassert):
        navn = ", ".join(str(self._fora[pk]) for pk in uplassert.i_veien)
        match uplassert.arsak:
            case Arsak.INGEN_DATO:
                return _("Ingen dag i perioden passer med ukedagene og datoen.")
            case Arsak.OPPTATT:
                return _("Alle tidene er opptatt av møter i: %s.") % navn
            case Arsak.FULLT:
                return _("De ledige tidene er tatt av: %s.") % navn

    def _merke(self):
        deler = [
            f"{f.forum.pk} {m.dag} {f.start_kl} {f.slutt_kl}"
            for f in self.fora
            for m in f.moter
        ]
        return hashlib.blake2b("\n".join(deler).encode(), digest_size=16).hexdigest()

    @property
    def antall_moter(self):
        return sum(len(forum.moter) for forum in self.fora)

    @property
    def ukedager(self):
        """The weekdays on which somebody meets, as numbers."""
        return sorted({m.dag.weekday() for f in self.fora for m in f.moter})

    @property
    def ukedagsnavn(self):
        return [WEEKDAYS[dag] for dag in self.ukedager]

    @property
    def uker(self):
        """[(the Monday, [(the day, why it is no good, the fora that meet)])] for each week
        of the period in which somebody meets."""
        pa_dagen = {}
        for forum in self.fora:
            for mote in forum.moter:
                pa_dagen.setdefault(mote.dag, []).append(forum)
        mandager = sorted({dag - dag.weekday() * EN_DAG for dag in pa_dagen})
        return [
            (
                mandag,
                [
                    (dag, self.hinder.get(dag, ""), pa_dagen.get(dag, []))
                    for dag in (mandag + nr * EN_DAG for nr in self.ukedager)
                ],
            )
            for mandag in mandager
        ]


def _opptatt(mote):
    return Opptatt(
        mote.forum_id,
        timezone.make_naive(mote.start),
        timezone.make_naive(mote.slutt),
    )


@transaction.atomic
def legg_inn(*, forslag: Forslag, uker: int, til: date, sted: str) -> int:
    """Makes a series of each forum's dates, and its meetings. Returns how many meetings
    there are so far; a period of more than a year gets the rest as time goes."""
    antall = 0
    for forum in forslag.fora:
        serie = Moteserie.objects.create(
            forum=forum.forum,
            regel=Regel.UKER,
            antall=uker,
            ukedag=forum.forste.weekday(),
            fra=forum.forste,
            til=til,
            start_kl=forum.start_kl,
            slutt_kl=forum.slutt_kl,
            sted=sted,
        )
        antall += len(fyll(serie=serie))
    return antall
