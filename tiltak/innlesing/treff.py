"""Names of services in a proposed plan, and the tjenester of the kommune that they are."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from slt.models import Kommune
from tiltak.innlesing.forslag.modell import Ansvar, Kontakt, Planforslag, Tiltak
from tiltak.innlesing.forslag.valg import INGEN_TJENESTE, NY_TJENESTE, Valg
from tiltak.models import Kontaktpunkt, Tjeneste

FLEST_LIKNER = 3
LIGNER = 0.62
# Shorter words are in all names.
BAERENDE = 5
_MED_KORTNAVN = re.compile(
    r"(?P<navn>.+?)\s*\((?P<kort>(?=[^()]*[A-ZÆØÅ].?[A-ZÆØÅ])[\w/-]{2,20})\)"
)
_NUMRE = {Kontaktpunkt.Type.TELEFON, Kontaktpunkt.Type.SMS}


@dataclass
class Tjenestenavn:
    """A name of a service, as the proposal has it.

    Attributes:
        nokkel: how Valg.tjenester knows it.
        titler: of the tiltak at which it stands.
        hvordan: by what it was found: "navn", "kortnavn", "telefon", "epost" or "valgt";
            "" where it was not.
        valg: what was chosen: "ny", "ingen", the key of a tjeneste, or "" for nothing.
        forslag_navn, forslag_kortnavn: what a new tjeneste would be called.
    """

    navn: str
    nokkel: str
    titler: list[str] = field(default_factory=list)
    blokker: tuple[str, ...] = ()
    tjeneste: Tjeneste | None = None
    hvordan: str = ""
    valg: str = ""
    forslag_navn: str = ""
    forslag_kortnavn: str = ""
    oppslag: "Oppslag | None" = field(default=None, repr=False, compare=False)

    @cached_property
    def likner(self) -> list[Tjeneste]:
        """Tjenester with a name that is near, the nearest first; of one that is found,
        none. Slow where there are many: only the page that shows them asks."""
        if self.tjeneste or self.oppslag is None:
            return []
        return self.oppslag.likner(self)


def tjenestenavn(
    forslag: Planforslag, kommune: Kommune, valg: Valg
) -> list[Tjenestenavn]:
    """Each name once, in the order in which they come; 2 queries."""
    oppslag = Oppslag(kommune)
    navnene = treff(forslag, oppslag, valg)
    for navn in navnene.values():
        navn.oppslag = oppslag
    return list(navnene.values())


def treff(
    forslag: Planforslag, oppslag: "Oppslag", valg: Valg
) -> dict[str, Tjenestenavn]:
    """The same by their keys, alone: without where to look for those that are near."""
    navnene = _navnene(forslag, valg)
    for navn in navnene.values():
        oppslag.finn(navn)
    oppslag.finn_ved_kontakter(forslag, navnene)
    return navnene


def nokkel(navn: str) -> str:
    """How a name is known: without a short name in brackets. What else stands in brackets
    or is a number tells it from others: "Team 1", "Avdeling ung (nord)"."""
    treff = _MED_KORTNAVN.fullmatch(navn.strip())
    bare = " ".join((treff["navn"] if treff else navn).lower().split())
    return bare.strip(" .:*–-") or bare


def alle_tiltak(forslag: Planforslag) -> Iterator[Tiltak]:
    """The tiltak, each followed by its deltiltak."""
    for tiltak in forslag.tiltak:
        yield tiltak
        yield from tiltak.deltiltak


def siffer(nummer: str) -> str:
    """The digits of a number, without the code of Norway."""
    sifrene = re.sub(r"\D", "", nummer)
    return re.sub(r"^(?:00)?47(?=\d{8}$)", "", sifrene)


def adresse(verdi: str) -> str:
    """A web address without what may differ and lead to the same."""
    return re.sub(r"^https?://(?:www\.)?|/$", "", verdi.strip().lower())


def _navnene(forslag, valg):
    ut: dict[str, Tjenestenavn] = {}
    for tiltak in alle_tiltak(forslag):
        for ansvar in tiltak.ansvar:
            n = nokkel(ansvar.navn)
            navn = ut.setdefault(n, Tjenestenavn(ansvar.navn, n))
            if tiltak.tittel.tekst not in navn.titler:
                navn.titler.append(tiltak.tittel.tekst)
            navn.blokker = tuple(dict.fromkeys((*navn.blokker, *ansvar.blokker)))
            _foresla_navn(navn, ansvar)
    for navn in ut.values():
        navn.valg = valg.tjenester.get(navn.nokkel, "")
    return ut


def _foresla_navn(navn: Tjenestenavn, ansvar: Ansvar):
    """ "Utekontakten (OUT)" says both; the first that does so."""
    treff = _MED_KORTNAVN.fullmatch(ansvar.navn.strip())
    navn.forslag_navn = navn.forslag_navn or (treff["navn"] if treff else navn.navn)
    if treff and not navn.forslag_kortnavn:
        navn.forslag_navn, navn.forslag_kortnavn = treff["navn"], treff["kort"]


class Oppslag:
    """The tjenester of a kommune by what they are called and how one gets hold of them."""

    def __init__(self, kommune: Kommune):
        tjenester = Tjeneste.objects.i(kommune).select_related("kommune")
        tjenester = tjenester.order_by("navn__norsk", "pk")
        self.kommune = kommune
        self.tjenester = {t.pk: t for t in tjenester}
        self.etter_navn = defaultdict(set)
        self.etter_kortnavn = defaultdict(set)
        self.etter_kontakt = defaultdict(set)
        self._stammene = defaultdict(list)
        for t in self.tjenester.values():
            andre = (navn.strip() for navn in t.andre_navn.split(","))
            for navn in filter(None, [t.navn, *andre]):
                former = self.former(navn)
                self._stammene[t.pk].append(former[-1])
                for form in former:
                    self.etter_navn[form].add(t.pk)
            if t.kortnavn:
                self._stammene[t.pk].append(_bare_ord(t.kortnavn))
                self.etter_kortnavn[t.kortnavn.casefold()].add(t.pk)
        self.punkter = list(Kontaktpunkt.objects.velges_i(kommune).order_by("pk"))
        for punkt in self.punkter:
            for kontakt in kontaktnokler(punkt.type, punkt.verdi):
                self.etter_kontakt[kontakt].add(punkt.tjeneste_id)

    def former(self, navn: str) -> list[str]:
        """A name in the forms by which it is found, the surest first: as it is, without
        the name of the kommune, and without endings."""
        rent = " ".join(re.sub(r"\([^)]*\)", " ", navn).casefold().split())
        rent = rent.strip(" .,:;–-")
        kommune = re.escape(self.kommune.navn.casefold())
        kommunen = rf"(?:{kommune}s?(?: kommunes?)?|[\w-]+ kommunes?)"
        uten = re.sub(rf"\b(?:(?:i|ved|hos) )?{kommunen}\b", " ", rent)
        uten = " ".join(uten.split()).strip(" .,:;–-")
        uten = uten or rent
        stammer = " ".join(_stamme(ordet) for ordet in re.findall(r"[\w-]+", uten))
        return list(dict.fromkeys(filter(None, [rent, uten, stammer])))

    def finn(self, navn: Tjenestenavn) -> None:
        """By what was chosen, by name, by short name."""
        if navn.valg in {NY_TJENESTE, INGEN_TJENESTE}:
            return
        if navn.valg.isdecimal() and int(navn.valg) in self.tjenester:
            navn.tjeneste, navn.hvordan = self.tjenester[int(navn.valg)], "valgt"
            return
        # A tjeneste that is not here, or not any more.
        navn.valg = ""
        if tjeneste := self.ved_navn(navn.navn):
            navn.tjeneste, navn.hvordan = tjeneste, "navn"
        elif tjeneste := self._ved_kortnavn(navn):
            navn.tjeneste, navn.hvordan = tjeneste, "kortnavn"

    def ved_navn(self, navn: str) -> Tjeneste | None:
        for form in self.former(navn):
            if tjeneste := self._ene(self.etter_navn.get(form, ())):
                return tjeneste
        return None

    def _ved_kortnavn(self, navn):
        for kort in (navn.navn.strip(), navn.forslag_kortnavn):
            if tjeneste := self._ene(self.etter_kortnavn.get(kort.casefold(), ())):
                return tjeneste
        return None

    def _ene(self, pker):
        """The only one, of those that are still there before those that are laid down."""
        virksomme = [pk for pk in pker if self.tjenester[pk].nedlagt is None]
        hvilke = virksomme or list(pker)
        # Of one of its own and one that another shares, its own.
        egne = [pk for pk in hvilke if self.er_egen(self.tjenester[pk])]
        hvilke = egne or hvilke
        return self.tjenester[hvilke[0]] if len(hvilke) == 1 else None

    def er_egen(self, tjeneste: Tjeneste) -> bool:
        return tjeneste.kommune_id == self.kommune.pk

    def finn_ved_kontakter(
        self, forslag: Planforslag, navnene: dict[str, Tjenestenavn]
    ) -> None:
        """By a number or an address, at tiltak that name one service alone. Who is found
        by name elsewhere in the plan is not what another name stands for."""
        kjente = {n.tjeneste.pk for n in navnene.values() if n.tjeneste}
        funnet = defaultdict(dict)
        for tiltak in alle_tiltak(forslag):
            alene = {nokkel(ansvar.navn) for ansvar in tiltak.ansvar}
            if len(alene) != 1:
                continue
            navn = navnene[alene.pop()]
            if navn.tjeneste or navn.valg:
                continue
            for hvordan, pk in self._treff_pa(tiltak.kontakter):
                funnet[navn.nokkel].setdefault(pk, hvordan)
        for n, treff in funnet.items():
            if len(treff) == 1 and not treff.keys() & kjente:
                ((pk, hvordan),) = treff.items()
                navnene[n].tjeneste, navnene[n].hvordan = self.tjenester[pk], hvordan

    def _treff_pa(self, kontakter: list[Kontakt]):
        for kontakt in kontakter:
            for n in kontaktnokler(kontakt.art, kontakt.verdi):
                pker = self.etter_kontakt.get(n, ())
                if n[0] in {"telefon", "epost"} and len(pker) == 1:
                    yield n[0], next(iter(pker))

    def likner(self, navn: Tjenestenavn) -> list[Tjeneste]:
        """Those whose names are near, the nearest first."""
        former = [self.former(navn.navn)[-1:], [_bare_ord(navn.forslag_kortnavn)]]
        egne = [form for liste in former for form in liste if form]
        poeng = []
        for egen in egne:
            # It remembers what it knows of the second.
            maler = SequenceMatcher(b=egen)
            for pk, deres in self._stammene.items():
                nar = max(_narhet(maler, annen) for annen in deres)
                poeng.append((nar, self.tjenester[pk]))
        nare = [par for par in poeng if par[0] >= LIGNER and par[1].nedlagt is None]
        nare.sort(key=lambda par: -par[0])
        return list({t.pk: t for _nar, t in nare}.values())[:FLEST_LIKNER]


def kontaktnokler(art: str, verdi: str) -> list[tuple[str, str]]:
    """What a way in is found by: (kind, value that is the same however it is written)."""
    if art in _NUMRE:
        return [("telefon", siffer(verdi))] if siffer(verdi) else []
    if art == Kontaktpunkt.Type.EPOST:
        return [("epost", verdi.strip().lower())]
    if art in {Kontaktpunkt.Type.NETT, "nettside"}:
        return [("nett", adresse(verdi))]
    return [("ord", " ".join(verdi.lower().split()).strip(" ."))]


def _bare_ord(tekst):
    return " ".join(re.findall(r"[\w-]+", tekst.casefold()))


def _stamme(ordet):
    """A word without the ending that makes it definite."""
    if len(ordet) < BAERENDE:
        return ordet
    return re.sub(r"(?:ene|en|et|a|e)$", "", ordet)


def _narhet(maler, annen):
    """How near another name is to that of the matcher, from 0 to 1: by their letters, or
    by a word that bears one of them and begins one in the other."""
    maler.set_seq1(annen)
    mulig = min(maler.real_quick_ratio(), maler.quick_ratio())
    nar = maler.ratio() if mulig >= LIGNER else 0.0
    return max(nar, _felles_ord(annen.split(), maler.b.split()))


def _felles_ord(ord_, andre):
    """The share of the weightier words that the two have in common."""
    baerende = [[o for o in liste if len(o) >= BAERENDE] for liste in (ord_, andre)]
    if not all(baerende):
        return 0.0
    korteste, lengste = sorted(baerende, key=len)
    felles = sum(any(_begynner_likt(o, a) for a in lengste) for o in korteste)
    return 0.9 * felles / len(korteste) - 0.03 * (len(lengste) - len(korteste))


def _begynner_likt(en, annen):
    return en.startswith(annen) or annen.startswith(en)
