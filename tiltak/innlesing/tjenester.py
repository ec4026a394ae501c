"""The tjenester that a proposed plan needs, and the ways in to them: those that are there
first, new ones where there are none."""

import re
from collections import Counter, defaultdict
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.grunn.norsk import slugg
from slt.grunn.tekst import les_epost, les_nettadresse
from slt.grunn.telefon import les_telefon
from tiltak.innlesing.forslag.modell import Kontakt
from tiltak.innlesing.forslag.valg import INGEN_TJENESTE
from tiltak.innlesing.rader import Rader, lengden
from tiltak.innlesing.treff import (
    Oppslag,
    Tjenestenavn,
    adresse,
    kontaktnokler,
    nokkel,
)
from tiltak.models import Kontaktpunkt, Tjeneste

TYPER = {
    "telefon": Kontaktpunkt.Type.TELEFON,
    "epost": Kontaktpunkt.Type.EPOST,
    "nettside": Kontaktpunkt.Type.NETT,
    "fremgangsmate": Kontaktpunkt.Type.FREMGANGSMATE,
}
_LES = {
    Kontaktpunkt.Type.TELEFON: les_telefon,
    Kontaktpunkt.Type.EPOST: les_epost,
    Kontaktpunkt.Type.NETT: les_nettadresse,
}
# That nobody is named is said openly, and is no name.
_INGEN = re.compile(
    r"ikkje avklar\w*|ikke avklar\w*|uavklar\w*|avklares|ingen|[\W\d_]*"
)
# What a name says of what it is; the first that fits.
_SLAG = (
    (Tjeneste.Type.POLITI, r"politi|lensmann"),
    (Tjeneste.Type.FYLKE, r"fylke|videregående skole|vidaregåande skule|\bvgs\b"),
    (Tjeneste.Type.HELSEFORETAK, r"\bBUP\b|\bDPS\b|helseforetak|sykehus|sjukehus"),
    (Tjeneste.Type.STAT, r"direktorat|konfliktråd|statsforvalter|bufetat|kriminalomsorg|\bUDI\b|tollvesen|statens barnehus"),
    (Tjeneste.Type.INTERKOMMUNAL, r"interkommunal"),
    (Tjeneste.Type.STIFTELSE, r"stiftelse|kirkens bymisjon"),
    (Tjeneste.Type.FRIVILLIG, r"frivillig|røde kors|natteravn|idrettslag|idrettsråd|foreldreutvalg|\bFAU\b|\bKFU\b|forening|trossamfunn|\blag og"),
    (Tjeneste.Type.FUNKSJON, r"koordinator|rådgiver|rådgjevar|leder\b|leiar\b|\brektor|kommunedirektør|kommunalsjef|ordfører|lege\b|sykepleier"),
    (Tjeneste.Type.TEAM, r"team|gruppe|gruppa|forum|nettverk|utvalg"),
)  # fmt: skip


class Tjenestene:
    """Args:
    navnene: the names of the proposal, as `treff` has them.
    """

    def __init__(
        self, oppslag: Oppslag, navnene: dict[str, Tjenestenavn], rader: Rader
    ):
        self.oppslag, self.navnene, self.rader = oppslag, navnene, rader
        self.kommune = oppslag.kommune
        self._av_navn: dict[str, Tjeneste | None] = {}
        egne_sist = sorted(oppslag.tjenester.values(), key=oppslag.er_egen)
        self._like = {t.navn.casefold(): t for t in egne_sist}
        self._punkter = defaultdict(list)
        for punkt in oppslag.punkter:
            tjenesten = oppslag.tjenester[punkt.tjeneste_id]
            self._punkter[id(tjenesten)].append(punkt)
        # The tiltak at which each of them stands, in order.
        self._brukt: dict[int, list[int]] = defaultdict(list)
        # How many tiltak of each tjeneste a web page stands at.
        self.sider: Counter[tuple[int, str]] = Counter()
        self._hadde = set(self._punkter)

    # Tjenester -------------------------------------------------------------------------

    def for_navn(self, navn: str) -> Tjeneste | None:
        """The tjeneste, made where there is none; None where it is to be, or has to be,
        words alone."""
        n = nokkel(navn)
        if n not in self._av_navn:
            self._av_navn[n] = self._finn(self.navnene[n])
        return self._av_navn[n]

    def kjent(self, navn: str) -> Tjeneste | None:
        """One that is there, or is being made, by that name; it makes none."""
        return self._av_navn.get(nokkel(navn)) or self.oppslag.ved_navn(navn)

    def svarer(self, navn: str) -> Tjeneste | str | None:
        """Who a name is: the tjeneste, the name itself where it is to be words alone, or
        None where it says that it is nobody."""
        if tjeneste := self.for_navn(navn):
            return tjeneste
        n = nokkel(navn)
        return None if _INGEN.fullmatch(n) and not self.navnene[n].valg else n

    def nevnt(self, ordene: str) -> list[Tjeneste | str]:
        """Those whom a text names, as `svarer` has them, each once. To be asked when all
        names of the plan are known."""
        monster, kjente = self._navn_i_tekst
        treff = [ordet[0] for ordet in monster.finditer(ordene)] if kjente else []
        funnet = [kjente.get(ordet) or kjente.get(ordet.casefold()) for ordet in treff]
        return list({hvem_er(hvem): hvem for hvem in funnet if hvem}.values())

    @cached_property
    def _navn_i_tekst(self):
        """(what finds a name in a text, {name: who it is}); a short name as it is
        written, others also with other letters."""
        kjente = {}
        for t in [*self.oppslag.tjenester.values(), *self._like.values()]:
            andre = (navn.strip() for navn in t.andre_navn.split(","))
            kjente |= {t.kortnavn: t, **{n.casefold(): t for n in (t.navn, *andre)}}
        for n in self._av_navn:
            if hvem := self.svarer(n):
                kjente |= {self.navnene[n].forslag_kortnavn: hvem, n: hvem}
        kjente.pop("", None)
        ett = "|".join(map(re.escape, sorted(kjente, key=len, reverse=True)))
        return re.compile(rf"(?<!\w)(?:{ett})(?!\w)", re.IGNORECASE), kjente

    def _finn(self, navn: Tjenestenavn):
        if navn.tjeneste or navn.valg == INGEN_TJENESTE:
            return navn.tjeneste
        kalles = capfirst(" ".join(navn.forslag_navn.split()))
        if not navn.valg and _INGEN.fullmatch(kalles.lower()):
            return None
        if len(kalles) > lengden(Tjeneste, "navn"):
            return None
        if lik := self._like.get(kalles.casefold()):
            return lik
        tjeneste = Tjeneste(
            kommune=self.kommune,
            navn=kalles,
            kortnavn=navn.forslag_kortnavn,
            type=slag(navn.navn),
        )
        self._like[kalles.casefold()] = tjeneste
        return self.rader.ny(tjeneste, _("Tjenesten «%s»") % kalles)

    # Ways in ---------------------------------------------------------------------------

    def finn_punkt(self, tjeneste: Tjeneste, kontakt: Kontakt) -> Kontaktpunkt | None:
        """One that the tjeneste has, or is getting."""
        nokler = kontaktnokler(kontakt.art, kontakt.verdi)
        for punkt in self._punkter[id(tjeneste)]:
            if set(nokler) & set(kontaktnokler(punkt.type, punkt.verdi)):
                return punkt
        return None

    def nytt_punkt(self, tjeneste: Tjeneste, kontakt: Kontakt) -> Kontaktpunkt | None:
        """One more of a new tjeneste, with the words around it; None for what is no way
        in. At its other tiltak, nothing changes by it. One that is there gets none: all
        read its pages, and plans that hold use it."""
        if tjeneste.pk:
            return None
        type_ = TYPER[kontakt.art]
        try:
            verdi = _LES.get(type_, str)(kontakt.verdi)
        except ValidationError:
            return None
        if not verdi or len(verdi) > lengden(Kontaktpunkt, "verdi"):
            return None
        punkt = Kontaktpunkt(
            tjeneste=tjeneste,
            type=type_,
            verdi=verdi,
            hoved=False,
            **_ordene_rundt(kontakt.merknad, tjeneste),
        )
        self._punkter[id(tjeneste)].append(punkt)
        hvor = _("Tjenesten «%(tjeneste)s», %(punkt)s")
        return self.rader.ny(punkt, hvor % {"tjeneste": tjeneste, "punkt": verdi})

    def bruk(self, punkt: Kontaktpunkt, tiltak: object) -> None:
        """Says that it is the one to use at a tiltak."""
        self._brukt[id(punkt)].append(id(tiltak))

    def velg_hovedpunkter(self) -> None:
        """Of those that had no way in, the main ones are those of the tiltak whose number
        or address stands most often."""
        for hos, punkter in self._punkter.items():
            if hos in self._hadde or not punkter:
                continue
            nett = Kontaktpunkt.Type.NETT
            svarer = [p for p in punkter if p.type != nett] or punkter
            flest = max(svarer, key=lambda p: len(self._brukt[id(p)]))
            forst = self._brukt[id(flest)][0]
            for punkt in punkter:
                ofte = len(self._brukt[id(punkt)]) == len(self._brukt[id(flest)])
                egen = punkt.type == nett or ofte
                punkt.hoved = egen and forst in self._brukt[id(punkt)]

    def er_egen_side(self, tjeneste: Tjeneste, kontakt: Kontakt) -> bool:
        """Whether a web page is a way in to the tjeneste, and not about one tiltak: it
        has its name, or stands at several of those that it answers for."""
        url = adresse(kontakt.verdi)
        if self.sider[id(tjeneste), url] > 1:
            return True
        vert, *sti = url.split("/")
        navn = {slugg(n) for n in (tjeneste.navn, tjeneste.kortnavn)} - {""}
        return bool(navn & set(sti or vert.split(".")))

    def er_hovedpunktene(self, tjeneste: Tjeneste, punkter: list[Kontaktpunkt]) -> bool:
        """Whether they are just those that hold where none are chosen."""
        hoved = {id(p) for p in self._punkter[id(tjeneste)] if p.hoved}
        return {id(punkt) for punkt in punkter} == hoved


def hvem_er(hvem: Tjeneste | str) -> int | str:
    """What tells one from another, saved or not."""
    return hvem if isinstance(hvem, str) else id(hvem)


def sagt_om(punkt: Kontaktpunkt, merknad: str) -> bool:
    """Whether a way in says the words that stood around it."""
    ordene = f"{punkt.etikett} {punkt.instruks} {punkt.tjeneste}".casefold()
    return merknad.strip().casefold() in ordene


def slag(navn: str) -> str:
    """What a tjeneste is by its name: a municipal service where that says nothing else."""
    for type_, monster in _SLAG:
        if re.search(monster, navn, re.IGNORECASE):
            return type_
    return Tjeneste.Type.KOMMUNAL


def _ordene_rundt(merknad, tjeneste):
    """Short ones are what it is called, longer ones what to do. Whose it is, is known."""
    merknad = " ".join(merknad.split())
    if merknad.casefold() in {tjeneste.navn.casefold(), tjeneste.kortnavn.casefold()}:
        return {}
    for felt in ("etikett", "instruks"):
        if merknad and len(merknad) <= lengden(Kontaktpunkt, felt):
            return {felt: merknad}
    return {}
