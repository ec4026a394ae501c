"""Which figures are shown: few persons are hidden, and can't be worked out from the rest.

Of an indicator that counts persons, figures of 1–4 are hidden. Whoever knew a total and
all parts but one would know that one, too; with several ways of dividing the same year,
sums and differences between them would do the same. So of a year with few persons in it
only one way of dividing is shown, and never a total beside it: no two of the figures that
are shown have a person in common, and a sum of them is never a few.

A row that is missing counts as hidden when it would be a few: what a total, an area or a
skoleslag has more than its parts, schools in their lokalområde too. Two ways of dividing
stand beside each other when none of that is a few; more of them only when nothing is
missing in any, as three may be put together in ways that pairs don't show. Figures of
several steder together may overlap with all that is said of places, and are not shown
beside it.

Ages, and grades, may overlap: of those only ones that have nobody in common are shown, and
grades count in their skoleslag. The fylke and the country are hidden in the same way, each
by itself, and where only a few of them, or of a part of them, are outside what is shown of a
smaller place.

A total may go by another name, as a part of itself; `evaluering.tall.summer` finds them.
They are a way of dividing of their own. Whatever is the sum of the others may be so by
chance, and some names say little: such a table is read in each way, and what is shown
tells of no few in any of them.

What this cannot keep: two indicators that count the same persons, two ways of dividing
under the same heading that neither a name nor a sum gives away, a total by a name that
says nothing where a part of it is missing (the import asks when it may be so), a few outside
the kommune of whom three ways of dividing it and the fylke tell together, and what was
published before a figure came or went.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, product

from django.utils.translation import gettext as _

from evaluering.models import Indikator, Maling
from evaluering.models.helhet import enkelt_navn
from evaluering.models.maling import Ar
from evaluering.tall import tallord
from evaluering.tall.summer import Summer
from slt.grunn.norsk import FA
from slt.models import Sted

# A school counts in its skoleslag.
TRINN = {
    Sted.Type.BARNESKOLE: Maling.Trinn.BARNESKOLE,
    Sted.Type.UNGDOMSSKOLE: Maling.Trinn.UNGDOMSSKOLE,
    Sted.Type.VIDEREGAENDE: Maling.Trinn.VIDEREGAENDE,
}
# In a table with no more than these in doubt, each reading is tried; with more, the likely
# ones; with more still, only one way of dividing is shown.
FLEST_TVIL_PROVES_HELT = 4
FLEST_TVIL = 16


# The larger places that a kommune is compared with, each within the next.
STORRE = (Maling.Omfang.FYLKET, Maling.Omfang.LANDET)
ELDST = 200
# Of which grades a skoleslag is.
SKOLESLAG = {
    Maling.Trinn.BARNESKOLE: (1, 7),
    Maling.Trinn.UNGDOMSSKOLE: (8, 10),
    Maling.Trinn.VIDEREGAENDE: (11, 13),
}
_TIL_OG_MED = r"(?:til og med|t\.?o\.?m\.?)"
_SPENN = re.compile(
    r"(?:fra |mellom )?(?:alder(?:en)? |(?P<foran>trinn |klasse ))?"
    r"(?P<fra>\d{1,3})\.?(?: ?år)?"
    rf"(?: ?(?:[-–—/\u2010-\u2015\u2212]|{_TIL_OG_MED}|til|og) ?(?P<til>\d{{1,3}})\.?)?"
    r"(?:[ -]?år(?:ing(?:er|ar)?)?)?"
    r"(?P<trinn> ?\.? ?(?:års|klasse)?(?:trinn|klasse)(?:t|n)?)?"
    r"(?P<over> ?\+| (?:og|eller) (?:over|eldre|oppover)| år \+)?"
)
_VG = re.compile(r"vg ?([1-3])(?: ?[-–] ?(?:vg ?)?([1-3]))?")
# From the least to this age; and whether it is itself left out.
_UNDER = re.compile(
    rf"(?:(?P<uten>under|<|yngre enn)|{_TIL_OG_MED}|inntil|opp ?til|høyst|≤) ?"
    r"(?P<til>\d{1,3})(?P<med> og under)?(?: ?år)?"
    r"|(?P<til2>\d{1,3})(?: ?år)? (?:og|eller) (?:yngre|under|nedover)"
)
_OVER = re.compile(
    r"(?:(?P<uten>over|>|eldre enn)|fra og med|f\.?o\.?m\.?|fra|minst|≥) ?"
    r"(?P<fra>\d{1,3})(?: ?år)?"
)


@dataclass(frozen=True)
class Tall:
    """A figure as people see it."""

    maling: Maling
    skjult: bool

    @property
    def verdi(self):
        """The value, or None when it is hidden, or there is none."""
        return None if self.skjult else self.maling.verdi

    @property
    def vises(self):
        return self.verdi is not None

    @property
    def hoyest(self):
        """The value, or the end of the span; of one that is shown."""
        return _hoyest(self.maling)

    @property
    def tekst(self):
        if self.skjult:
            return _("skjult")
        if self.maling.merke == Maling.Merke.FORELOPIG:
            return _("%s (foreløpig)") % self.maling.i_ord
        return self.maling.i_ord


def tall(indikator: Indikator, malinger: Iterable[Maling]) -> list[Tall]:
    """The figures of an indicator in their order, each with whether it is hidden.

    Args:
        malinger: all of the indicator's, with it, `sted` and `lokalomrade` loaded: what
            is hidden depends on what else there is.
    """
    malinger = list(malinger)
    # What the publisher left out is missing, as if the row were not there.
    med_tall = [m for m in malinger if m.verdi is not None]
    skjulte = _skjulte_i_alt(med_tall) if indikator.teller_personer else set()
    return [
        Tall(m, m.pk in skjulte or m.merke == Maling.Merke.SKJULT) for m in malinger
    ]


def har_skjulte(tallene: Iterable[Tall]) -> set[Ar]:
    """The years in which something is hidden."""
    return {t.maling.ar for t in tallene if t.skjult and not t.maling.omfang}


def _skjulte_i_alt(malinger):
    """The ids of those of the kommune, the fylke and the country that are hidden: in each
    by itself, and where the others in the larger one would be a few."""
    per_omfang = defaultdict(list)
    for maling in malinger:
        per_omfang[maling.omfang].append(maling)
    skjulte = set()
    for egne in per_omfang.values():
        skjulte |= _skjulte(egne)
    innenfor = [per_omfang[omfang] for omfang in ("", *STORRE)]
    for plass, storre in enumerate(innenfor):
        for mindre in innenfor[:plass]:
            vist = [m for m in mindre if m.pk not in skjulte]
            skjulte |= _med_fa_andre([m for m in storre if m.pk not in skjulte], vist)
    return skjulte


def _med_fa_andre(storre, mindre):
    """Those that tell of a few who are in the larger place and not among those of whom
    the smaller one tells; sums of them may, too."""
    skjules, smaa = set(), defaultdict(list)
    for ar, inndelingene in _inndelinger_per_ar(mindre):
        smaa[ar] += [i for i in inndelingene if not i.flere]
    for ar, inndelingene in _inndelinger_per_ar(storre):
        for stor, liten in product(inndelingene, smaa[ar]):
            for navn in _felles(stor, liten):
                store, deres = stor.summer(navn), liten.summer(navn)
                fa = {
                    d
                    for d in store
                    if d in deres and _kan_skille_fa(store[d], deres[d])
                }
                skjules |= {r.maling.pk for r in stor if r.delene(navn) in fa}
    return skjules


def _inndelinger_per_ar(malinger):
    per_ar = defaultdict(list)
    for maling in malinger:
        per_ar[maling.ar].append(maling)
    for ar, arets in per_ar.items():
        yield ar, _inndelinger(_rader(arets, Summer(arets)))


def _skjulte(malinger):
    per_ar = defaultdict(list)
    for maling in malinger:
        per_ar[maling.ar].append(maling)
    synlige = {ar: _synlige(arets) for ar, arets in per_ar.items()}
    vises = set()
    # Of years that overlap, sums and differences would tell of the part of one that is
    # not in the other: those are shown of which there is most, the newest first.
    flest = sorted(synlige, key=lambda ar: (-len(synlige[ar]), -ar.slutt, ar.periode))
    valgt = []
    for ar in flest:
        if not any(ar.overlapper(annet) for annet in valgt):
            valgt.append(ar)
            vises |= {m.pk for m in synlige[ar]}
    return {m.pk for m in malinger} - vises


@dataclass(frozen=True)
class InndeltMaling:
    """A figure of a year, and what it is of.

    Attributes:
        deler: {name: which part}, without the fields in which it is a total.
        total: those fields.
        flere: whether it is of several steder, whichever they are.
        overlapper: whether it stands among parts that are divided in two ways.
        av_delene: whether it is the sum of its parts, and they are there, too.
        skoleslag: that of the grade that it is of.
    """

    maling: Maling
    deler: dict
    total: frozenset
    flere: bool
    overlapper: bool
    av_delene: bool
    skoleslag: str | None = None

    def kan_deles(self, navn):
        """Whether rows that are divided as this one have such a part, or their sted or
        grade has it."""
        av_stedet = "sted" in self.deler and navn in AV_STEDET
        return navn in self.deler or av_stedet or self._er_av_trinnet(navn)

    def del_(self, navn):
        """Which part it is of, by its own word or that of its grade or sted; or None."""
        if navn in self.deler:
            return self.deler[navn]
        if self._er_av_trinnet(navn):
            return self.skoleslag
        return AV_STEDET[navn](self.maling.sted) if "sted" in self.deler else None

    def delene(self, navn):
        return tuple(map(self.del_, navn))

    def _er_av_trinnet(self, navn):
        return navn == "trinn" and self.skoleslag is not None


# What a sted says of its figures.
AV_STEDET = {
    "lokalomrade": lambda sted: sted.lokalomrade_id,
    "trinn": lambda sted: TRINN.get(sted.type),
}


class Inndeling(list):
    """The rows of one way of dividing; no two of them are of the same."""

    def __init__(self, rader=()):
        super().__init__(rader)
        self.kjente = {}

    @property
    def flere(self):
        return self[0].flere

    def kan_deles(self, navn):
        return any(rad.kan_deles(navn) for rad in self)

    def summer(self, navn):
        """{parts: the least and the most that the figures of them make up}; without those
        of which there is nobody. Each is added up once, as all are compared with all."""
        if navn not in self.kjente:
            minst, mest = Counter(), Counter()
            for rad in self:
                del_ = rad.delene(navn)
                minst[del_] += rad.maling.verdi
                mest[del_] += _hoyest(rad.maling)
            self.kjente[navn] = {d: (minst[d], mest[d]) for d in minst if mest[d]}
        return self.kjente[navn]


def _rader(malinger, summer):
    her = set(map(id, malinger))
    for m in malinger:
        total = frozenset(summer.felt[id(m)])
        par = zip(Maling.INNDELINGER, m.deler, strict=True)
        flere = bool(m.sted) and (m.sted.type == Sted.Type.FLERE or "sted" in total)
        yield InndeltMaling(
            maling=m,
            deler={n: verdi for n, verdi in par if verdi and n not in total},
            total=total,
            flere=flere,
            overlapper=id(m) in summer.overlapper,
            av_delene=id(m) in summer.delene and summer.delene[id(m)] <= her,
            skoleslag=_skoleslaget(m),
        )


def _synlige(arets):
    """Those of the figures of a year that are shown."""
    arets = _ett_lag(arets)
    alle, summer = arets, Summer(arets)
    if any(m.er_fa for m in arets):
        return _en_inndeling(arets, summer)
    i_tvil = _i_tvil(arets, summer)
    if len(i_tvil) > FLEST_TVIL:
        return _en_inndeling(arets, summer)
    for ikke in _lesninger(i_tvil):
        arets = _flere_inndelinger(arets, Summer(alle, ikke) if ikke else summer)
    return arets


def _ett_lag(malinger):
    """Those of ages and grades that have nobody in common: 10–16 beside 10–17 would tell
    how many are 17. Those of which there is most; of one that says no numbers nobody knows
    whom it has in common with the others."""
    for felt in ("alder", "slag", "gruppe"):
        antall = Counter(navn for m in malinger if (navn := getattr(m, felt)))
        spenn = {navn: funnet for navn in antall if (funnet := _spennet(navn))}
        if felt == "alder" and spenn:
            uten = {navn: antall[navn] for navn in antall if navn not in spenn}
        else:
            uten = {}
        vises = _flest_uten_overlapp(spenn, antall)
        if sum(uten.values()) > sum(antall[navn] for navn in vises):
            vises = set(uten)
        bort = ({*spenn, *uten}) - vises
        malinger = [m for m in malinger if getattr(m, felt) not in bort]
    return malinger


def _flest_uten_overlapp(spenn, antall):
    """The names of those that don't overlap, such that they have most figures together;
    ages and grades each by themselves."""
    vises = set()
    for hva in {hva for hva, _fra, _til in spenn.values()}:
        disse = sorted(
            ((til, fra, navn) for navn, (h, fra, til) in spenn.items() if h == hva),
            key=lambda ett: (ett[0], -ett[1], ett[2]),
        )
        # The best of the first so many: (figures, ages, names).
        best = [(0, 0, ())]
        for nr, (til, fra, navn) in enumerate(disse):
            for_ = sum(1 for annet in disse[:nr] if annet[0] < fra)
            tall, bredde, navnene = best[for_]
            med = (tall + antall[navn], bredde + til - fra, (*navnene, navn))
            best.append(max(best[-1], med, key=lambda b: b[:2]))
        vises |= set(best[-1][2])
    return vises


@lru_cache(maxsize=4096)
def _spennet(navn):
    """What a name says of ages or grades: ("år", 10, 17); or None."""
    enkelt = enkelt_navn(navn)
    if slag := tallord.trinn(enkelt):
        return "trinn", *SKOLESLAG[slag]
    if funnet := _VG.fullmatch(enkelt):
        return "trinn", 10 + int(funnet[1]), 10 + int(funnet[2] or funnet[1])
    if funnet := _UNDER.fullmatch(enkelt):
        uten = funnet["uten"] and not funnet["med"]
        return "år", 0, int(funnet["til"] or funnet["til2"]) - bool(uten)
    if funnet := _OVER.fullmatch(enkelt):
        return "år", int(funnet["fra"]) + bool(funnet["uten"]), ELDST
    if funnet := _SPENN.fullmatch(enkelt):
        fra, til = int(funnet["fra"]), funnet["til"]
        hva = "trinn" if funnet["trinn"] or funnet["foran"] else "år"
        if funnet["over"]:
            return hva, fra, ELDST
        return hva, fra, int(til) if til else fra
    return None


def _skoleslaget(maling):
    """That of the grade by which the figure is divided; None where there is none, or it is
    of several."""
    for felt in ("gruppe", "slag", "alder"):
        hva, fra, til = _spennet(getattr(maling, felt)) or ("", 0, 0)
        for slag, (forste, siste) in SKOLESLAG.items():
            if hva == "trinn" and forste <= fra <= til <= siste:
                return slag
    return None


def _i_tvil(malinger, summer):
    """All, as (field, part), that may be totals and may be parts. Where one of them is a
    part, another may turn out to be the sum of the others."""
    i_tvil, nye = set(), set(summer.i_tvil)
    while nye and len(i_tvil) <= FLEST_TVIL:
        i_tvil |= nye
        nye = set(Summer(malinger, i_tvil).i_tvil) - i_tvil
    return i_tvil


def _lesninger(i_tvil):
    """The ways to read a table in doubt, each the set of those that are taken for parts:
    every one of them, or of many the likely ones. All are parts at first, as then most
    stand beside each other."""
    i_tvil = sorted(i_tvil, key=repr)
    antall = range(len(i_tvil), -1, -1)
    if len(i_tvil) > FLEST_TVIL_PROVES_HELT:
        antall = [n for n in antall if min(n, len(i_tvil) - n) <= 1]
    return (set(ikke) for n in antall for ikke in combinations(i_tvil, n))


def _en_inndeling(malinger, summer):
    """One way of dividing, without the few in it. No two of its figures have a person in
    common, whether those in doubt are totals or parts."""
    # Several steder together may overlap, and then differ by a single one.
    rader = _rader(malinger, summer)
    trygge = [rad for rad in rader if not (rad.flere or rad.overlapper)]
    vises = max(_inndelinger(trygge), key=_nytte, default=[])
    return [rad.maling for rad in vises if not rad.maling.er_fa]


def _flere_inndelinger(malinger, summer):
    """All ways of dividing that stand beside each other; no figure is a few."""
    rader = list(_rader(malinger, summer))
    if sum(_har_plass(rad) for rad in rader if not rad.av_delene) > 1:
        rader = [rad for rad in rader if rad.av_delene or not rad.flere]
    # What is the sum of the others tells nothing that they do not.
    inndelinger = _inndelinger([rad for rad in rader if not rad.av_delene])
    if _sier_ikke_mer(inndelinger):
        return [rad.maling for rad in rader]
    vises = []
    for inndeling in sorted(inndelinger, key=lambda i: (i.flere, -len(i))):
        if _sier_ikke_mer([*vises, inndeling]) and (vises or not inndeling.flere):
            vises.append(inndeling)
    vist = {id(rad.maling): rad.maling for rad in chain.from_iterable(vises)}
    summer_av_delene = [rad.maling for rad in rader if rad.av_delene]
    for m in sorted(summer_av_delene, key=lambda m: m.verdi):
        if summer.delene[id(m)] <= vist.keys():
            vist[id(m)] = m
    return list(vist.values())


def _har_plass(rad):
    return bool(rad.maling.sted_id or rad.maling.lokalomrade_id)


def _inndelinger(rader):
    """The rows by how they divide the whole."""
    grupper, ganger = defaultdict(Inndeling), Counter()
    for rad in rader:
        deling = (*rad.deler, rad.total, rad.flere)
        nokkel = (deling, *rad.deler.values())
        grupper[deling, ganger[nokkel]].append(rad)
        ganger[nokkel] += 1
    return list(grupper.values())


def _sier_ikke_mer(inndelinger):
    """Whether these ways of dividing together tell of no few that stand nowhere."""
    noe_mangler = False
    for en, to in combinations(inndelinger, 2):
        for navn in _felles(en, to):
            ene, andre = en.summer(navn), to.summer(navn)
            begge = [del_ for del_ in ene if del_ in andre and None not in del_]
            if any(_kan_skille_fa(ene[del_], andre[del_]) for del_ in begge):
                return False
            noe_mangler |= ene != andre
    return not noe_mangler or len(_uavhengige(inndelinger)) <= 2


def _uavhengige(inndelinger):
    """The ways of dividing without those whose figures all are sums of another's."""
    igjen = list(inndelinger)
    for en in inndelinger:
        if any(_er_summer_av(en, to) for to in igjen if to is not en):
            igjen.remove(en)
    return igjen


def _er_summer_av(en, to):
    navn = tuple(en[0].deler)
    kan = not en.flere and all(to.kan_deles(n) for n in navn)
    return kan and en.summer(navn) == to.summer(navn)


def _felles(en, to):
    """All names by which two ways of dividing can be compared, none of them too."""
    navn = [n for n in Maling.INNDELINGER if en.kan_deles(n) and to.kan_deles(n)]
    return chain.from_iterable(combinations(navn, k) for k in range(len(navn) + 1))


def _kan_skille_fa(en, to):
    """Whether two sums, each from the least to the most, may differ by a few."""
    minst, mest = en[0] - to[1], en[1] - to[0]
    return (mest > 0 and minst < FA) or (minst < 0 and mest > -FA)


def _hoyest(maling):
    return maling.verdi if maling.verdi_til is None else maling.verdi_til


def _nytte(gruppe):
    """Best is a way in which nothing need be hidden, then the one that shows most."""
    synlige = sum(not rad.maling.er_fa for rad in gruppe)
    return (synlige == len(gruppe), synlige)
