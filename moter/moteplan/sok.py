"""Proposes when several fora shall meet, every n weeks, without clashes: pure.

A forum gets one *luke*: a first day and an hour, repeated every n weeks until the period
ends. Nobody is to be in two places, and no meeting that stands already is hit. Among
what is left, the fora are spread over the weeks of the cycle, then as few dates as
possible fall on days that are no good, then no two fora meet on the same day; where all
is equal, the earliest day and the first of the hours are taken. The same question has
always the same answer.

A date that is no good is never proposed: it is moved to a day near it, on one of the
weekdays that were asked for and not offered to others who share members, at its own hour
or else another that was asked for; where there is none, it falls away.

Forum after forum gets the best luke that is free, those with the fewest to choose
between first; one that finds none free makes another move. Then each is tried
elsewhere, alone and two by two, until nothing gets better.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from moter.moteplan.hinder import forslag
from moter.moteplan.sporsmal import (
    Arsak,
    Luke,
    Onske,
    Opptatt,
    Plassert,
    Rammer,
    Uplassert,
)

# How often all fora are tried elsewhere, and how many luker two by two may look at.
RUNDER = 10
MAKS_PARVIS = 300_000


class Planlegger:
    """One search for a proposal.

    Args:
        felles: says of two fora whether somebody sits in both.
        opptatt: what the fora, and those who share members with them, have already.
        hinder: {day: why it is no good}, some weeks beyond the period.
    """

    def __init__(
        self,
        onsker: Sequence[Onske],
        rammer: Rammer,
        *,
        felles: Callable[[int, int], bool],
        opptatt: Sequence[Opptatt] = (),
        hinder: Mapping[date, str] | None = None,
    ):
        self.onsker, self.rammer, self.hinder = onsker, rammer, hinder or {}
        fora = {onske.forum for onske in onsker} | {o.forum for o in opptatt}
        self._par = {
            (en, annet)
            for en in {onske.forum for onske in onsker}
            for annet in fora
            if en == annet or felles(en, annet)
        }
        self._opptatt = defaultdict(list)
        for mote in opptatt:
            self._opptatt[mote.start.date()].append(mote)
            if mote.slutt.date() != mote.start.date():
                self._opptatt[mote.slutt.date()].append(mote)
        self.luker = {onske.forum: self._luker(onske) for onske in onsker}
        self._kostnad = {
            luke.datoer: sum(dag in self.hinder for dag in luke.datoer)
            for luker in self.luker.values()
            for luke in luker
        }
        self._sperret = {onske.forum: self._sperrede(onske.forum) for onske in onsker}
        self.frie = {
            forum: [luke for luke in luker if not self._sperret[forum].get(luke)]
            for forum, luker in self.luker.items()
        }
        # As many in each week as an even spread needs.
        self._rom = -(-len(onsker) // rammer.uker)
        self.plass: dict[int, Luke] = {}
        self.flyttet: dict[int, dict[date, datetime]] = defaultdict(dict)

    def planlegg(self):
        """Searches, and returns (those placed, those not), each in the order asked."""
        rekke = sorted(self.onsker, key=lambda onske: len(self.frie[onske.forum]))
        for onske in rekke:
            self._sett_inn(onske.forum)
        self._forbedre()
        self._forbedre_parvis()
        self._flytt_fra_hinder()
        fora = [onske.forum for onske in self.onsker]
        plasserte = [self._plassert(forum) for forum in fora if forum in self.plass]
        fikk = {plassert.forum for plassert in plasserte if plassert.dager}
        return (
            [plassert for plassert in plasserte if plassert.dager],
            [self._uplassert(forum) for forum in fora if forum not in fikk],
        )

    # The luker of a forum ------------------------------------------------------------

    def _luker(self, onske):
        tider = self.rammer.tider if onske.tid is None else (onske.tid,)
        luker = {}
        for forste in self._forste_dager(onske):
            for tid in tider:
                dag = self._etter_na(forste, tid)
                if dag <= self.rammer.til and onske.forste in {None, dag}:
                    luke = self._luke(dag, tid, len(luker))
                    luker.setdefault((dag, tid), luke)
        return list(luker.values())

    def _etter_na(self, forste, tid):
        """The day, or the next one of the rhythm where that is past already."""
        er_passert = datetime.combine(forste, tid) <= self.rammer.etter
        return forste + self.rammer.steg if er_passert else forste

    def _forste_dager(self, onske):
        if onske.forste is not None:
            rett_dag = onske.ukedag in {None, onske.forste.weekday()}
            i_perioden = self.rammer.fra <= onske.forste <= self.rammer.til
            return [onske.forste] if rett_dag and i_perioden else []
        ukedager = self.rammer.ukedager if onske.ukedag is None else (onske.ukedag,)
        runde = [
            self.rammer.fra + timedelta(days=nr) for nr in range(7 * self.rammer.uker)
        ]
        return [
            dag for dag in runde if dag.weekday() in ukedager and dag <= self.rammer.til
        ]

    def _luke(self, forste, tid, nr):
        steg = self.rammer.steg
        antall = (self.rammer.til - forste) // steg + 1
        datoer = tuple(forste + steg * nr for nr in range(antall))
        mandag = self.rammer.fra - timedelta(days=self.rammer.fra.weekday())
        return Luke(tid, datoer, ((forste - mandag) % steg).days, nr)

    def _sperrede(self, forum):
        """Returns {luke: the fora whose meetings it would hit}."""
        sperret = {}
        for luke in self.luker[forum]:
            truffet = {
                mote.forum
                for dag in luke.datoer
                for mote in self._opptatt.get(dag, ())
                if (forum, mote.forum) in self._par
                and self._treffer(mote, dag, luke.tid)
            }
            if truffet:
                sperret[luke] = truffet
        return sperret

    def _treffer(self, mote, dag, tid):
        start = datetime.combine(dag, tid)
        return mote.start < start + self.rammer.varighet and start < mote.slutt

    # Where each is placed ------------------------------------------------------------

    def _sett_inn(self, forum):
        luke = self._beste(forum)
        if luke is not None:
            self.plass[forum] = luke
        else:
            self._gi_plass(forum, set())

    def _beste(self, forum):
        """The best of its luker that no other forum is in the way of, or None."""
        nokkel = self._nokkel()
        ledige = (luke for luke in self.frie[forum] if not self._i_veien(forum, luke))
        return min(ledige, key=nokkel, default=None)

    def _nokkel(self):
        """Returns what orders luker as they stand to those who are placed now."""
        i_uka = Counter(luke.uke for luke in self.plass.values())
        pa_dagen = Counter(luke.dag_i_runden for luke in self.plass.values())
        return lambda luke: (
            i_uka[luke.uke] >= self._rom,
            self._kostnad[luke.datoer],
            pa_dagen[luke.dag_i_runden],
            luke.nr,
        )

    def _i_veien(self, forum, luke):
        """The fora that are placed where this one can't be then, too."""
        return [
            annet
            for annet, deres in self.plass.items()
            if deres.dag_i_runden == luke.dag_i_runden
            and (forum, annet) in self._par
            and self._samtidig(luke.tid, deres.tid)
        ]

    def _samtidig(self, en, annen):
        avstand = datetime.combine(date.min, en) - datetime.combine(date.min, annen)
        return abs(avstand) < self.rammer.varighet

    def _gi_plass(self, forum, provd):
        """Lets the forum in by making one that is in its way move, and so on."""
        for luke in sorted(self.frie[forum], key=self._nokkel()):
            i_veien = self._i_veien(forum, luke)
            if len(i_veien) > 1 or luke in provd:
                continue
            provd.add(luke)
            if not i_veien:
                self.plass[forum] = luke
                return True
            (annet,) = i_veien
            deres = self.plass.pop(annet)
            self.plass[forum] = luke
            if self._gi_plass(annet, provd):
                return True
            del self.plass[forum]
            self.plass[annet] = deres
        return False

    # Making it better ----------------------------------------------------------------

    def _forbedre(self):
        for _runde in range(RUNDER):
            for_ = dict(self.plass)
            for forum in for_:
                del self.plass[forum]
                self.plass[forum] = self._beste(forum)
            if self.plass == for_:
                return

    def _forbedre_parvis(self):
        kunne_bedre = [forum for forum in self.plass if self._kunne_bedre(forum)]
        par = itertools.product(kunne_bedre, list(self.plass))
        igjen = MAKS_PARVIS
        for en, annet in par:
            igjen -= len(self.frie[en]) + len(self.frie[annet])
            if igjen < 0:
                return
            if en != annet:
                self._bytt(en, annet)

    def _kunne_bedre(self, forum):
        lavest = min(self._kostnad[luke.datoer] for luke in self.frie[forum])
        return self._kostnad[self.plass[forum].datoer] > lavest

    def _bytt(self, en, annet):
        """Places two anew, the second one last, if that is better for the whole."""
        for_, kostet = dict(self.plass), self.kostnad()
        del self.plass[en], self.plass[annet]
        for forum in (en, annet):
            luke = self._beste(forum)
            if luke is None:
                self.plass = for_
                return
            self.plass[forum] = luke
        if self.kostnad() >= kostet:
            self.plass = for_

    def kostnad(self):
        """Returns what the search makes as small as it can: (meetings beyond an even
        spread, dates on days that are no good, pairs of fora on the same day)."""
        i_uka = Counter(luke.uke for luke in self.plass.values())
        pa_dagen = Counter(luke.dag_i_runden for luke in self.plass.values())
        return (
            sum(max(0, antall - self._rom) for antall in i_uka.values()),
            sum(self._kostnad[luke.datoer] for luke in self.plass.values()),
            sum(antall * (antall - 1) // 2 for antall in pa_dagen.values()),
        )

    # Away from the days that are no good -----------------------------------------------

    def _flytt_fra_hinder(self):
        """Finds another day for each date that is no good, forum after forum."""
        for onske in self.onsker:
            luke = self.plass.get(onske.forum)
            for dag in luke.datoer if luke else ():
                if dag in self.hinder and (ny := self._i_stedet(onske, luke, dag)):
                    self.flyttet[onske.forum][dag] = ny

    def _i_stedet(self, onske, luke, dag):
        """When the forum could meet instead of on the day, or None."""
        andre = () if onske.tid else self.rammer.tider
        for tid in dict.fromkeys([luke.tid, *andre]):
            for ny in self._dager_i_stedet(onske.forum, luke, dag, tid)[:1]:
                return datetime.combine(ny, tid)
        return None

    def _dager_i_stedet(self, forum, luke, dag, tid):
        rammer = self.rammer
        ukedager = {*rammer.ukedager, luke.forste.weekday()}

        def ledig(ny):
            # Nearer to its own date than to the next one of the forum.
            er_naer = 2 * abs(ny - dag) < rammer.steg and ny <= rammer.til
            er_rett_dag = ny.weekday() in ukedager
            er_framover = datetime.combine(ny, tid) > rammer.etter
            return (
                er_naer
                and er_rett_dag
                and er_framover
                and not self._er_tilbudt(forum, ny)
                and self._er_ledig(forum, ny, tid)
            )

        return forslag(dag, hinder=self.hinder, tidligst=rammer.fra, ledig=ledig)

    def _er_tilbudt(self, forum, dag):
        """Whether the day is the one instead for the forum, or one that shares members
        with it."""
        return any(
            ny.date() == dag
            for annet, nye in self.flyttet.items()
            if (forum, annet) in self._par
            for ny in nye.values()
        )

    # What came out -------------------------------------------------------------------

    def _plassert(self, forum):
        luke = self.plass[forum]
        hinder = {dag: self.hinder[dag] for dag in luke.datoer if dag in self.hinder}
        return Plassert(forum, luke, hinder, self.flyttet.get(forum, {}))

    def _uplassert(self, forum):
        if not self.luker[forum]:
            return Uplassert(forum, Arsak.INGEN_DATO)
        if forum in self.plass:
            return Uplassert(forum, Arsak.MOTEFRI)
        if not self.frie[forum]:
            truffet = Counter(itertools.chain(*self._sperret[forum].values()))
            return Uplassert(forum, Arsak.OPPTATT, _oftest_forst(truffet))
        i_veien = Counter(
            annet for luke in self.frie[forum] for annet in self._i_veien(forum, luke)
        )
        return Uplassert(forum, Arsak.FULLT, _oftest_forst(i_veien))

    def _er_ledig(self, forum, dag, tid):
        for mote in self._opptatt.get(dag, ()):
            if mote.forum == forum:
                return False
            if (forum, mote.forum) in self._par and self._treffer(mote, dag, tid):
                return False
        return not any(
            dag in luke.datoer and (annet == forum or self._samtidig(tid, luke.tid))
            for annet, luke in self.plass.items()
            if (forum, annet) in self._par
        )


def _oftest_forst(ganger):
    return tuple(sorted(ganger, key=lambda forum: (-ganger[forum], forum)))
