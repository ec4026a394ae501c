"""The figures of an indicator as a table of years, and what the source's own total says
against the sum of its parts."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.text import capfirst

from evaluering.models import Indikator, Kilde, Maling
from evaluering.models.maling import Ar
from evaluering.tall.skjul import Tall, har_skjulte, tall
from evaluering.tall.summer import Summer
from slt.grunn.norsk import FA, tall_i_ord


@dataclass(frozen=True)
class Tallrad:
    """What a row is of, and its figure of each year; None where there is none."""

    hva: str
    celler: list[Tall | None]
    omfang: str = ""

    @property
    def er_totalen(self):
        return not (self.hva or self.omfang)

    @property
    def andres_navn(self):
        """Who it is of, where it isn't the kommune's own: "Hele landet, ungdomsskole"."""
        navn = capfirst(Maling.Omfang(self.omfang).label) if self.omfang else ""
        return f"{navn}, {self.hva}" if navn and self.hva else navn


@dataclass(frozen=True)
class Uenighet:
    """That a source gives a total, and parts that make up another one.

    Attributes:
        bare_deler: whether it is as some parts have no figure of that year.
    """

    ar: Ar
    oppgitt: Decimal
    sum: Decimal
    bare_deler: bool = False

    @property
    def oppgitt_i_ord(self):
        return tall_i_ord(self.oppgitt)

    @property
    def sum_i_ord(self):
        return tall_i_ord(self.sum)


@dataclass(frozen=True)
class Talltabell:
    """All that a page says of the figures of one indicator.

    Attributes:
        ar: the years, the newest last.
        rader: the total first; without what it is compared with.
        andres: rows of the same for others: the fylke, the country.
        kilder: {Kilde: its years}.
    """

    indikator: Indikator
    ar: list[Ar]
    rader: list[Tallrad]
    andres: list[Tallrad]
    kilder: dict[Kilde, list[Ar]]
    uenigheter: list[Uenighet]
    noe_er_skjult: bool

    @property
    def gjelder(self):
        """What the rows are of, as the heading of their column: "Sted, arbeidsmåte"; ""
        where there is the whole kommune alone."""
        brukt = {
            navn
            for rad in self.rader
            for t in rad.celler
            if t
            for navn in Maling.INNDELINGER
            if getattr(t.maling, navn)
        }
        egne = {
            "slag": self.indikator.slag_heter,
            "gruppe": self.indikator.gruppe_heter,
        }
        navn = [
            str(egne.get(n) or Maling._meta.get_field(n).verbose_name)
            for n in Maling.HVA
            if n in brukt
        ]
        return ", ".join(navn)

    @property
    def utgangspunkt(self):
        """The baseline, or None: of persons it is a total of its year like any other."""
        verdi, indikator = self.indikator.utgangspunkt, self.indikator
        if verdi is None or not indikator.teller_personer:
            return verdi
        aret = Ar(indikator.utgangsar)
        samme = any(aret.overlapper(a) and t.verdi == verdi for a, t in self.totaler)
        # Beside a school year or several years it would tell of the part of them that is
        # not in it.
        ukjent_ar = not any(map(aret.overlapper, self.ar)) and not 0 < verdi < FA
        return verdi if samme or ukjent_ar else None

    @property
    def totaler(self):
        """[(year, Tall)] of the whole kommune, shown ones only."""
        for rad in self.rader:
            if rad.er_totalen:
                par = zip(self.ar, rad.celler, strict=True)
                return [(ar, t) for ar, t in par if t and t.vises]
        return []

    @property
    def eneste(self):
        """(what it is of, year, Tall) where there is a single figure, or None: one number
        is a sentence."""
        alle = [
            (rad.andres_navn or rad.hva, ar, t)
            for rad in (*self.rader, *self.andres)
            for ar, t in zip(self.ar, rad.celler, strict=True)
            if t
        ]
        return alle[0] if len(alle) == 1 else None

    @property
    def siste(self):
        """[(what it is of, year, Tall)] of the newest year in which something is shown:
        the total alone if there is one, else all of its parts."""
        arene = [ar for ar, _t in self.totaler]
        for plass in reversed(range(len(self.ar))):
            if arene and self.ar[plass] != arene[-1]:
                continue  # a total of some years ago says more than a part of it now
            funnet = [
                (rad.hva, self.ar[plass], rad.celler[plass])
                for rad in self.rader
                if rad.celler[plass] and rad.celler[plass].vises
            ]
            if funnet:
                return funnet[:1] if not funnet[0][0] else funnet
        return []


def talltabeller(indikatorer: list[Indikator]) -> list[Talltabell]:
    """The table of each; loads all that they say: 3 queries."""
    malinger = Maling.objects.select_related("sted", "lokalomrade", "kilde")
    prefetch_related_objects(
        indikatorer, Prefetch("malinger", malinger), "malinger__sted__deler"
    )
    return [talltabell(i, list(i.malinger.all())) for i in indikatorer]


def talltabell(indikator: Indikator, malinger: list[Maling]) -> Talltabell:
    """The table of an indicator.

    Args:
        malinger: all of its figures, with sted, lokalomrade and kilde loaded.
    """
    tallene = tall(indikator, malinger)
    navn = _navn(malinger)
    ar = sorted({m.ar for m in malinger}, key=lambda a: (a.slutt, a.arstall, a.periode))
    rader, kilder = defaultdict(dict), defaultdict(set)
    for t in tallene:
        m = t.maling
        rader[m.omfang, navn[m.deler]][m.ar] = t
        kilder[m.kilde].add(m.ar)
    alle = [
        Tallrad(hva, [celler.get(a) for a in ar], omfang)
        for (omfang, hva), celler in sorted(
            rader.items(), key=lambda rad: bool(rad[0][1])
        )
    ]
    return Talltabell(
        indikator=indikator,
        ar=ar,
        rader=[rad for rad in alle if not rad.omfang],
        andres=[rad for rad in alle if rad.omfang],
        kilder={
            kilde: [a for a in ar if a in arene] for kilde, arene in kilder.items()
        },
        uenigheter=_uenigheter(indikator, tallene),
        noe_er_skjult=bool(har_skjulte(tallene)),
    )


def _navn(malinger):
    """{what a figure is of: its name in the table}; no two are alike."""
    navn = {m.deler: m for m in malinger}
    antall = Counter(m.hva for m in navn.values())
    return {
        nokkel: f"{m.hva} ({m.slags_inndeling})" if antall[m.hva] > 1 else m.hva
        for nokkel, m in navn.items()
    }


def _uenigheter(indikator, tallene):
    """Where the parts of one source don't make up its own total. Of a year in which
    something is hidden nothing is said: the sum would tell."""
    if not indikator.kan_summeres:
        return []
    skjulte_ar = har_skjulte(tallene)
    malinger = [
        t.maling
        for t in tallene
        if t.vises and not t.maling.omfang and t.maling.ar not in skjulte_ar
    ]
    enkle, summer = {m.nokkel for m in malinger}, Summer(malinger)
    kjente = _kjente_deler(t.maling for t in tallene if not t.maling.omfang)
    har = defaultdict(set)
    grupper, uten_summer = defaultdict(list), Counter()
    med_spenn = set()
    for maling in malinger:
        deler = tuple(n for n in Maling.INNDELINGER if getattr(maling, n))
        gruppe = maling.ar, maling.kilde_id, deler
        har[gruppe].add(maling.deler)
        if maling.verdi_til is not None:
            med_spenn.add(gruppe)
        elif not _er_talt_ved_delene(maling, enkle):
            grupper[gruppe].append(maling.verdi)
            uten_summer[gruppe] += 0 if summer.felt[id(maling)] else maling.verdi
    return [
        Uenighet(
            ar,
            grupper[ar, kilde, ()][0],
            (summen := uten_summer[ar, kilde, deler] or sum(verdier)),
            bare_deler=summen < grupper[ar, kilde, ()][0]
            and not kjente[deler] <= har[ar, kilde, deler],
        )
        for (ar, kilde, deler), verdier in sorted(
            grupper.items(), key=lambda gruppe: (-gruppe[0][0].slutt, gruppe[0][2])
        )
        # One part alone is no division.
        if deler
        and len(verdier) > 1
        and (ar, kilde, deler) not in med_spenn
        and (ar, kilde, ()) in grupper
        # A total among them may be one by chance.
        and grupper[ar, kilde, ()][0]
        not in {sum(verdier), uten_summer[ar, kilde, deler]}
    ]


def _kjente_deler(malinger):
    """{how it divides: all parts that have a figure in some year, or a mark for it}."""
    kjente = defaultdict(set)
    for maling in malinger:
        kjente[tuple(n for n in Maling.INNDELINGER if getattr(maling, n))].add(
            maling.deler
        )
    if kjente[("kjonn",)]:
        uten = next(iter(kjente[("kjonn",)]))
        plass = Maling.DELER.index("kjonn")
        kjente[("kjonn",)] |= {
            (*uten[:plass], kjonn, *uten[plass + 1 :]) for kjonn in Maling.Kjonn.values
        }
    return kjente


def _er_talt_ved_delene(maling, enkle):
    """Whether it is of several steder together of which one has a figure of its own."""
    if not maling.sted:
        return False
    foran, bak = _rundt_stedet(maling)
    deler = (del_.sted_id for del_ in maling.sted.deler.all())
    return any((*foran, sted, *bak) in enkle for sted in deler)


def _rundt_stedet(maling):
    plass = Maling.NOKKEL.index("sted_id")
    return maling.nokkel[:plass], maling.nokkel[plass + 1 :]
