"""The index of what can be found, and how well each thing answers a question.

All of it in Python, so that the order of the hits is the same whatever the database.
Every word counts and none is demanded; a rare word counts more than a common one, a whole
word more than a part, a title more than a text.
"""

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log, sqrt

from slt.grunn.sok.hverdagsord import hverdagsord
from slt.grunn.sok.ord import (
    avstand,
    bakgrunnsord,
    enkle,
    kjente_former,
    med_saertegn,
    ordene,
    stamme,
    stoppord,
    uten_saertegn,
)
from slt.grunn.sok.ting import Sokbart

TITTEL, NAVN, EMNE = 4.0, 4.0, 3.0
DEL_AV_NAVN, DEL_AV_EMNE = 2.0, 1.0
# From here on, a word is what the thing is about, not something that it says by the way.
SIER_HVA = 1.5
LENGSTE_TITTEL, SETNING = 10, 1.4
# How surely a word of the index is the one that was meant.
SAMME, FOLDET, FEILSTAVET, HVERDAGSORD = 1.0, 0.9, 0.8, 0.75
SLUTT_AV_SAMMENSATT, START_AV_SAMMENSATT, KORT_START = 0.65, 0.6, 0.55
# The part of a word that says what it is, and the one that says which.
SLUTT_AV_SPURT, DEL_AV_SPURT = 0.5, 0.4
KORTESTE_REST, KORTESTE_HODE = 3, 5
KORTESTE_DEL = 4
# What a thing is worth that is for other ages, or for these; and that is for those who do
# the harm, when one who suffers it asks; and for staff alone, when others ask.
FEIL_ALDER, RETT_ALDER, FOR_UTOVERE, FOR_ANSATTE = 0.35, 1.25, 0.3, 0.5
# Who and where say little of what is asked, and an expression more than its words.
BAKGRUNN, UTTRYKK = 0.25, 1.5
# What is said beside what it is about.
VAGT_UTTRYKK = 0.5
# What says much less than the best one is in its way.
MINSTE_DEL, FAERREST = 0.2, 5
# How much of a question has to be met by words that are said by the way.
NOK_AV_SPORSMALET = 0.75
# Stems of a question by somebody who does harm, or about one.
SOM_UTOVER = frozenset(
    map(stamme, ["jeg", "eg", "æ", "sinne", "utøve", "utøver", "sinnemestring"])
)
# Stems of a question by who works with children, and of one by who has it at home; who
# says no more than what it is about, may be that one.
SOM_ANSATT = frozenset(map(stamme, ["elev", "rektor", "ansatt", "tilsett", "kollega"]))
SOM_SELV = frozenset(
    map(stamme, ["jeg", "eg", "æ", "meg", "min", "mi", "mitt", "mine", "oss", "vår"])
)
SIER_BARE_HVA = 2


@dataclass(frozen=True)
class Treff:
    """A thing that was found, and the stems by which: what is marked in it."""

    ting: Sokbart
    poeng: float
    stammer: frozenset[str]


@dataclass(frozen=True)
class Svar:
    """What was found, the best one first; empty where nothing answers.

    Attributes:
        uten_treff: the words that nothing has.
        naer: words of the index that are near to those.
    """

    treff: list[Treff]
    uten_treff: list[str]
    naer: list[str]


class Indeks:
    """What can be found among some things.

    Args:
        tingene: the Sokbart; they are the index's own from here on.
        om_folk: whether what is asked is who helps people: everyday words are understood
            then, and what only says something by the way is no answer.
    """

    def __init__(self, tingene, *, om_folk=True):
        self.tingene = list(tingene)
        self._hverdagsord = hverdagsord() if om_folk else ({}, [])
        self._bakgrunn = bakgrunnsord() if om_folk else frozenset()
        self._nok = NOK_AV_SPORSMALET if om_folk else 0
        self._ord = {}  # {stem: ([numbers of things], [how much each is about it])}
        self._former = {}  # {stem: the word as it was written first}
        self._sifre = []  # [(digits, number of the thing)]
        bygd, former = defaultdict(dict), {}
        for nr, ting in enumerate(self.tingene):
            for stem, vekt in _vekter(ting, former).items():
                bygd[stem][nr] = vekt
            self._sifre += [(_sifre(n.visning), nr) for n in ting.numre]
            # The texts are in the index now; what is shown of them is kept.
            ting.felter, ting.emner, ting.navn = [], [], []
        for stem, poster in bygd.items():
            self._ord[stem] = array("I", poster), array("f", poster.values())
            if former[stem] != stem:
                self._former[stem] = former[stem]

    def sok(self, sporring, *, flest=50):
        """Returns the Svar to a Sporring."""
        if sporring.sifre:
            return Svar(self._med_nummer(sporring.sifre)[:flest], [], [])
        leddene = self._leddene(sporring)
        poeng, brukt, sterke = self._poeng(leddene)
        if not leddene and sporring.aldre:
            poeng = {nr: 1.0 for nr, t in enumerate(self.tingene) if t.aldre}
            sterke = set(poeng)
        dekning = self._dekning(leddene, brukt)
        # What it is worth as an answer, whatever kind of thing it is.
        verdt = {
            nr: sum_ * (0.5 + 0.5 * dekning.get(nr, 0)) * self._passer(nr, sporring)
            for nr, sum_ in poeng.items()
            if nr in sterke or dekning.get(nr, 0) >= self._nok
        }
        beste = sorted(verdt.values(), reverse=True)[:FAERREST]
        nok = min(beste[0] * MINSTE_DEL, beste[-1]) if beste else 0
        ferdig = [
            (verdi * self.tingene[nr].slag.vekt, nr)
            for nr, verdi in verdt.items()
            if verdi >= nok
        ]
        # What is over comes last; of equal ones the first one in the list: nothing here
        # depends on the database.
        ferdig.sort(key=lambda f: (self.tingene[f[1]].avsluttet, -f[0], f[1]))
        treff = [
            Treff(self.tingene[nr], verdi, frozenset(brukt.get(nr, ())))
            for verdi, nr in ferdig[:flest]
        ]
        uten = self._uten_treff(sporring, leddene, alle=not treff)
        return Svar(treff, uten, self._naermeste(uten))

    def _uten_treff(self, sporring, leddene, *, alle):
        """The words that nothing has, or all where nothing was found; what was understood
        as a part of an expression is not among the former."""
        ordene_ = [ledd for ledd in leddene if ledd.ord and ledd.vekt == 1]
        if alle:
            return [ledd.ord for ledd in ordene_]
        uttrykkene = self._hverdagsord[1]
        forstatt = {
            stem
            for uttrykk, _mal in uttrykkene
            if uttrykk.star_i(sporring.alle)
            for stem in uttrykk.stammer
        }
        return [
            ledd.ord
            for ledd in ordene_
            if not ledd.kandidater and stamme(ledd.ord) not in forstatt
        ]

    def _passer(self, nr, sporring):
        """How well the thing suits who asks, beside what it is about."""
        ting = self.tingene[nr]
        verdi = ting.faktor * _av_alder(ting, sporring.aldre)
        if ting.for_utovere and SOM_UTOVER.isdisjoint(sporring.alle):
            verdi *= FOR_UTOVERE
        if ting.for_ansatte and _er_privat(sporring):
            verdi *= FOR_ANSATTE
        return verdi

    # What a question asks for -------------------------------------------------------------

    def _leddene(self, sporring):
        """The Ledd of a question: its words, and the phrases that it has."""
        enkle_ord, sammensatte = self._hverdagsord
        ledd = [self._ledd(ord_, enkle_ord) for ord_ in sporring.ord]
        for uttrykk, mal in sammensatte:
            if uttrykk.star_i(sporring.alle):
                kandidater = {}
                self._legg_til_hverdagsord(kandidater, mal, HVERDAGSORD)
                if kandidater:
                    ledd.append(
                        _Ledd(
                            "", kandidater, VAGT_UTTRYKK if uttrykk.er_vagt else UTTRYKK
                        )
                    )
        if any(ledd_.vekt >= 1 for ledd_ in ledd):
            return ledd
        # Nothing but who and where: that is what is asked for.
        return [_Ledd(x.ord, x.kandidater, 1.0) for x in ledd]

    def _ledd(self, ord_, enkle_ord):
        stem = stamme(ord_)
        vekt = BAKGRUNN if stem in self._bakgrunn else 1.0
        kandidater = {}
        self._legg_til(kandidater, stem, SAMME)
        self._legg_til_hverdagsord(kandidater, enkle_ord.get(stem, ()), HVERDAGSORD)
        for annen in self._foldede.get(ord_, ()) + self._foldede.get(stem, ()):
            self._legg_til(kandidater, annen, FOLDET)
        if (ment := stamme(med_saertegn(ord_))) != stem:
            self._legg_til(kandidater, ment, FOLDET)
            self._legg_til_hverdagsord(
                kandidater, enkle_ord.get(ment, ()), FOLDET * HVERDAGSORD
            )
        # Of what is left of a longer word, too many others are made; and what says little,
        # says nothing as a part of another.
        if vekt == 1 and not len(stem) < KORTESTE_DEL < len(ord_):
            for annen, hvor_sikkert in self._sammensatte(stem):
                self._legg_til(kandidater, annen, hvor_sikkert)
        if max(kandidater.values(), default=0) < KORT_START and len(stem) > 2:
            self._rett(kandidater, ord_, stem, enkle_ord)
        elif SAMME not in kandidater.values():
            for annen in self._enkle.get(enkle(stem), ()):
                self._legg_til(kandidater, annen, FEILSTAVET)
        return _Ledd(ord_, kandidater, vekt)

    def _legg_til(self, kandidater, stem, hvor_sikkert):
        if stem in self._ord:
            kandidater[stem] = max(kandidater.get(stem, 0), hvor_sikkert)

    def _legg_til_hverdagsord(self, kandidater, mal, hvor_sikkert):
        """Adds what those who help call it, and where nothing is called so, what has that
        as a part."""
        for stem in mal:
            self._legg_til(kandidater, stem, hvor_sikkert)
            if stem not in self._ord:
                for annen, sikkert in self._sammensatte(stem):
                    kandidater.setdefault(annen, sikkert * hvor_sikkert)

    def _sammensatte(self, stem):
        """Yields the stems of the index of which the word is a part, or that are a part of
        it, and how surely that is what was meant."""
        if len(stem) < 3:
            return
        slutt = len(stem) >= KORTESTE_DEL
        start = START_AV_SAMMENSATT if len(stem) > KORTESTE_DEL else KORT_START
        for annen in self._ord:
            rest = len(annen) - len(stem)
            if rest >= KORTESTE_REST:
                if annen.startswith(stem):
                    yield annen, start
                elif slutt and annen.endswith(stem):
                    yield annen, SLUTT_AV_SAMMENSATT
            elif rest <= -KORTESTE_REST and len(annen) >= KORTESTE_DEL:
                if len(annen) >= KORTESTE_HODE and stem.endswith(annen):
                    yield annen, SLUTT_AV_SPURT
                elif stem.startswith(annen):
                    yield annen, DEL_AV_SPURT

    def _rett(self, kandidater, ord_, stem, enkle_ord):
        """Adds what the word may be a misspelling of."""
        hoyst = 0 if len(ord_) < 5 else 1 if len(ord_) < 8 else 2
        enkel = {enkle(ord_), enkle(stem)}
        minst, funnet = hoyst, set()
        for form, annen in self._skrivematene(ord_, enkle_ord):
            if not -3 <= len(form) - len(ord_) <= 3:
                continue
            feil = 0 if enkle(form) in enkel else hoyst and avstand(ord_, form, minst)
            if feil is not None and (feil or enkle(form) in enkel) and feil <= minst:
                funnet = funnet | {annen} if feil == minst else {annen}
                minst = feil
        for annen in sorted(funnet):
            self._legg_til(kandidater, annen, FEILSTAVET)
            mal = enkle_ord.get(annen, ())
            self._legg_til_hverdagsord(kandidater, mal, FEILSTAVET * HVERDAGSORD)

    def _skrivematene(self, ord_, enkle_ord):
        """Yields (a way to write a word, its stem) of all words that are known and begin
        as this one: who misspells a word, seldom does so at its first letter."""
        forst = ord_[0]
        for stem in self._etter_forste.get(forst, ()):
            if stem[0] == forst:
                yield stem, stem
            form = self._former.get(stem)
            if form and form[0] == forst:
                yield form, stem
        yield from ((stem, stem) for stem in enkle_ord if stem[0] == forst)
        for form, stem in kjente_former().items():
            if form[0] == forst and (stem in self._ord or stem in enkle_ord):
                yield form, stem

    # How well each answers ----------------------------------------------------------------

    def _poeng(self, leddene):
        """Returns {number of a thing: points}, {number: stems met}, and those of which a
        word says what they are about."""
        poeng, brukt, sterke = defaultdict(float), defaultdict(set), set()
        # Of a word that is not known, what its last part says is enough by itself alone.
        alene = sum(ledd.vekt >= 1 for ledd in leddene) == 1
        nok = DEL_AV_SPURT if alene else SLUTT_AV_SPURT
        for ledd in leddene:
            best = {}
            for stem, sikkert in ledd.kandidater.items():
                numre, vekter = self._ord[stem]
                sjelden = self._sjelden(stem)
                for nr, vekt in zip(numre, vekter, strict=True):
                    brukt[nr].add(stem)
                    if vekt >= SIER_HVA and ledd.vekt >= 1 and sikkert > nok:
                        sterke.add(nr)
                    verdi = vekt * sikkert * sjelden
                    if verdi > best.get(nr, 0):
                        best[nr] = verdi
            for nr, verdi in best.items():
                poeng[nr] += verdi * ledd.vekt
        return poeng, brukt, sterke

    def _dekning(self, leddene, brukt):
        """Returns {number: how much of the question it meets, from 0 to 1}."""
        av_ord = [ledd for ledd in leddene if ledd.ord]
        alt = sum(ledd.vekt for ledd in av_ord) or 1
        return {
            nr: sum(ledd.vekt * ledd.sikkert(stammer) for ledd in av_ord) / alt
            for nr, stammer in brukt.items()
        }

    def _sjelden(self, stem):
        return log(1 + len(self.tingene) / len(self._ord[stem][0]))

    def _med_nummer(self, sifre):
        """Those with the number: it is theirs from its first digit, or in it."""
        funnet = {}
        for annen, nr in self._sifre:
            if sifre in annen:
                ting = self.tingene[nr]
                p = ting.slag.vekt * (2 if annen == sifre else 1)
                funnet[nr] = max(funnet.get(nr, 0), p)
        beste = sorted(funnet.items(), key=lambda f: (-f[1], f[0]))
        return [Treff(self.tingene[nr], p, frozenset()) for nr, p in beste]

    # Words that are near ------------------------------------------------------------------

    @cached_property
    def _etter_forste(self):
        """{a letter: the stems that begin with it, or of which the word does}"""
        etter = defaultdict(list)
        for stem in self._ord:
            for forst in {stem[0], self._former.get(stem, stem)[0]}:
                etter[forst].append(stem)
        return dict(etter)

    @cached_property
    def _foldede(self):
        """{a stem as it is typed without æ, ø and å: the stems}"""
        foldede = defaultdict(tuple)
        for stem in self._ord:
            for annen in uten_saertegn(stem):
                foldede[annen] += (stem,)
        return dict(foldede)

    @cached_property
    def _enkle(self):
        """{a stem without doubled letters: the stems that have some}"""
        enkle_ = defaultdict(tuple)
        for stem in self._ord:
            if (enkel := enkle(stem)) != stem:
                enkle_[enkel] += (stem,)
        return dict(enkle_)

    def _naermeste(self, ordene_, antall=5):
        """The words of the index that look most like these."""
        naer = []
        for ord_ in ordene_[:antall]:
            stem = stamme(ord_)
            for annen in self._etter_forste.get(stem[0], ()):
                if len(annen) < KORTESTE_DEL or annen.isdigit() or annen in stoppord():
                    continue
                if annen[:2] == stem[:2] and (d := avstand(stem, annen, 3)) is not None:
                    naer.append((d, -len(self._ord[annen][0]), self.som_skrevet(annen)))
        return list(dict.fromkeys(ord_ for _d, _n, ord_ in sorted(naer)))[:antall]

    def som_skrevet(self, stem):
        """The word of the stem as it was written first, in the title where it stands
        there."""
        return self._former.get(stem, stem)


@dataclass(frozen=True)
class _Ledd:
    """A word of the question: the stems of the index that it may mean, and how surely; an
    empty word is a phrase."""

    ord: str
    kandidater: dict[str, float]
    vekt: float

    def sikkert(self, stammer):
        """How surely one of these stems is the word; 0 where none is."""
        return max((self.kandidater.get(stem, 0) for stem in stammer), default=0)


def _vekter(ting, former):
    """Returns {stem: how much the thing is about it}."""
    sterk, svak, uten_mening = {}, defaultdict(float), stoppord()

    def si(tekst, vekt, delvis=None):
        """Notes that the thing is about these words; about each of several, less."""
        delene = _delt(tekst)
        vekt = vekt if delvis is None or len(delene) == 1 else delvis
        for ord_, stem in delene:
            former.setdefault(stem, ord_)
            if vekt > sterk.get(stem, 0):
                sterk[stem] = vekt

    lengde = len(_delt(ting.tittel))
    # A whole sentence says things by the way, as a text does.
    er_setning = lengde > LENGSTE_TITTEL
    si(ting.tittel, SETNING if er_setning else TITTEL / sqrt(1 + lengde / 8))
    si(ting.kort, TITTEL)
    for navn in ting.navn:
        si(navn, NAVN, DEL_AV_NAVN)
    for ordliste, hvor_mye in ting.emner:
        for stem, (ord_, vekt) in _emnets(ordliste).items():
            former.setdefault(stem, ord_)
            sterk[stem] = max(sterk.get(stem, 0), vekt * hvor_mye)
    for sted in ting.steder:
        si(sted, DEL_AV_NAVN)
    for tekst, vekt in ting.felter:
        antall = Counter(o for o in ordene(tekst) if o not in uten_mening)
        lengde = antall.total()
        for ord_, n in antall.items():
            stem = stamme(ord_)
            former.setdefault(stem, ord_)
            # In a long text a word is said by the way.
            svak[stem] += vekt * n / (n + 0.5 + lengde / 200)
    return {
        stem: sterk.get(stem, 0) + min(svak.get(stem, 0), SIER_HVA - 0.1)
        for stem in (*sterk, *(s for s in svak if s not in sterk))
    }


@lru_cache(maxsize=200)
def _emnets(ordliste):
    """{stem: (a word of it, how much a theme with these words is about it)}: a theme is
    that of many things."""
    vekter = {}
    for uttrykk in ordliste:
        delene = _delt(uttrykk)
        vekt = EMNE if len(delene) == 1 else DEL_AV_EMNE
        for ord_, stem in delene:
            if vekt > vekter.get(stem, ("", 0))[1]:
                vekter[stem] = ord_, vekt
    return vekter


@lru_cache(maxsize=2_000)
def _delt(tekst):
    """The words of a short text that say something, each with its stem."""
    return [(o, stamme(o)) for o in ordene(tekst) if o not in stoppord()]


def _er_privat(sporring):
    """Whether it is asked by somebody who does not do so at work."""
    if not SOM_ANSATT.isdisjoint(sporring.alle):
        return False
    er_kort = len(sporring.alle) <= SIER_BARE_HVA
    return er_kort or not SOM_SELV.isdisjoint(sporring.alle)


def _av_alder(ting, aldre):
    if aldre is None or not ting.aldre:
        return 1
    fra, til = aldre
    passer = any(f <= til and t >= fra for f, t in ting.aldre)
    return RETT_ALDER if passer else FEIL_ALDER


def _sifre(visning):
    return "".join(filter(str.isdigit, visning))
