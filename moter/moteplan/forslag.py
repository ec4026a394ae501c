"""The planner's proposal, made from what stands in the database now, and putting it into
the calendar."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from moter.models import Forum, Mote, Moteserie
from moter.moteplan.hinder import VINDU, hinder
from moter.moteplan.kollisjoner import felles, last_motekalender
from moter.moteplan.serier import fyll, horisont
from moter.moteplan.sok import Planlegger
from moter.moteplan.sporsmal import Arsak, Opptatt
from moter.rytme import Regel
from slt.grunn.tid import i_lokal_tid

EN_DAG = timedelta(days=1)


@dataclass(frozen=True)
class Hindret:
    """A date of a forum that is no good, why, and when the forum meets instead, in local
    time without zone; None where it does not, and the meeting falls away."""

    dag: date
    hvorfor: str
    ny: datetime | None


@dataclass(frozen=True)
class Forumsforslag:
    """When a forum would meet.

    Attributes:
        begynner: the first date of its rhythm, whether or not it is any good.
        na: the days that are put into the calendar now.
        senere: those beyond the horizon, which come as time goes.
        hindret: the dates that are no good.
    """

    forum: Forum
    start_kl: time
    slutt_kl: time
    begynner: date
    na: list[date]
    senere: list[date]
    hindret: list[Hindret]

    @property
    def dager(self):
        return sorted([*self.na, *self.senere])

    @property
    def forste(self):
        return self.dager[0]

    @property
    def flyttes(self):
        return [hindret for hindret in self.hindret if hindret.ny]

    @property
    def bortfaller(self):
        return [hindret.dag for hindret in self.hindret if not hindret.ny]


class Forslag:
    """A proposal for the fora, made from what stands in the database now: 3 queries.

    Attributes:
        fora: the fora that found room, with their dates.
        uten_plass: [(forum, why not, in words)].
        merke: stands for exactly this proposal, so that what is put in is what was seen.
        horisont: the last day whose meetings are put in now.
    """

    def __init__(self, bruker, kommune, onsker, rammer, fora):
        self.rammer = rammer
        rundt = Forum.objects.synlige_for(bruker).i(kommune)
        self.horisont = horisont()
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
        self.fora = [self._forumsforslag(plassert) for plassert in plasserte]
        self.uten_plass = [
            (self._fora[u.forum], self._hvorfor_ikke(u)) for u in uplasserte
        ]
        self.merke = self._merke()

    def _har_felles(self, en, annet):
        seter, rammer = self.kalender.seter, self.rammer
        return bool(
            felles(seter.get(en, []), seter.get(annet, []), rammer.fra, rammer.til)
        )

    def _forumsforslag(self, plassert):
        luke = plassert.luke
        slutt = datetime.combine(luke.forste, luke.tid) + self.rammer.varighet
        hindret = [
            Hindret(dag, hvorfor, plassert.flyttet.get(dag))
            for dag, hvorfor in plassert.hinder.items()
        ]
        # What is moved is decided, and put in however far away it is.
        flyttet = {ny.date() for ny in plassert.flyttet.values()}
        senere = [d for d in plassert.dager if d > self.horisont and d not in flyttet]
        return Forumsforslag(
            forum=self._fora[plassert.forum],
            start_kl=luke.tid,
            slutt_kl=slutt.time(),
            begynner=luke.forste,
            na=[dag for dag in plassert.dager if dag not in senere],
            senere=senere,
            hindret=hindret,
        )

    def _hvorfor_ikke(self, uplassert):
        navn = ", ".join(str(self._fora[pk]) for pk in uplassert.i_veien)
        match uplassert.arsak:
            case Arsak.INGEN_DATO:
                return _("Ingen dag i perioden passer med ukedagene og datoen.")
            case Arsak.MOTEFRI:
                return _("Alle dagene er i møtefri tid.")
            case Arsak.OPPTATT:
                return _("Alle tidene er opptatt av møter i: %s.") % navn
            case Arsak.FULLT:
                return _("De ledige tidene er tatt av: %s.") % navn

    def _merke(self):
        deler = [
            f"{f.forum.pk} {f.begynner} {f.start_kl} {f.slutt_kl} {f.na} {f.senere} "
            f"{[h.ny for h in f.flyttes]}"
            for f in self.fora
        ]
        return hashlib.blake2b("\n".join(deler).encode(), digest_size=16).hexdigest()

    @property
    def antall_na(self):
        """How many meetings are put in now."""
        return sum(len(forum.na) for forum in self.fora)

    @property
    def antall_senere(self):
        return sum(len(forum.senere) for forum in self.fora)

    @property
    def senere(self):
        """[(forum, its days beyond the horizon)] of those that have any."""
        return [(forum.forum, forum.senere) for forum in self.fora if forum.senere]

    @property
    def ukedager(self):
        """The weekdays on which somebody meets, as numbers."""
        return sorted({dag.weekday() for f in self.fora for dag in f.dager})

    @property
    def ukedagsnavn(self):
        return [WEEKDAYS[dag] for dag in self.ukedager]

    @property
    def uker(self):
        """[(the Monday, [(the day, why it is no good, [(when, the forum that meets)])])]
        for each week of the period in which somebody meets."""
        pa_dagen = {}
        for forum in self.fora:
            flyttet = {h.ny.date(): h.ny.time() for h in forum.flyttes}
            for dag in forum.dager:
                kl = flyttet.get(dag, forum.start_kl)
                pa_dagen.setdefault(dag, []).append((kl, forum.forum))
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
def legg_inn(*, forslag: Forslag, sted: str) -> int:
    """Makes a series of each forum's dates, and its meetings. Returns how many meetings
    there are so far; a period of more than a year gets the rest as time goes."""
    antall = 0
    for forum in forslag.fora:
        serie = Moteserie.objects.create(
            forum=forum.forum,
            regel=Regel.UKER,
            antall=forslag.rammer.uker,
            ukedag=forum.begynner.weekday(),
            fra=forum.begynner,
            til=forslag.rammer.til,
            start_kl=forum.start_kl,
            slutt_kl=forum.slutt_kl,
            sted=sted,
            unntak=[dag.isoformat() for dag in forum.bortfaller],
        )
        for hindret in forum.flyttes:
            _hold_i_stedet(serie, hindret, forslag.rammer.varighet)
        antall += len(forum.flyttes) + len(fyll(serie=serie))
    return antall


def _hold_i_stedet(serie, hindret, varighet):
    """The meeting stands for the date of its series, which makes no other then."""
    dag = hindret.ny.date()
    Mote.objects.create(
        forum=serie.forum,
        serie=serie,
        opprinnelig_dato=hindret.dag,
        start=i_lokal_tid(dag, hindret.ny.time()),
        slutt=i_lokal_tid(dag, (hindret.ny + varighet).time()),
        sted=serie.sted,
        fastsatt=True,
    )
