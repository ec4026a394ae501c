"""Blocks and what each of them is, put together as a plan."""

from collections.abc import Iterable
from itertools import islice, takewhile

from tiltak.innlesing.blokker import AVSNITT, BILDE, INNHOLD, MARG, OVERSKRIFT, PUNKT

from . import etiketter as e
from . import funn, titler
from . import valg as v
from .biter import Bit
from .etiketter import Etiketter
from .malene import uten_tomme
from .modell import (
    Innsatsomrade,
    Kapittel,
    Malsetting,
    Planforslag,
    Plassering,
    Tekstdel,
    Tiltak,
    Utelatt,
    Verdi,
)
from .sammenheng import STYRINGSDOKUMENT, som_styringsdokument
from .tabeller import KONTAKTER, KORT, REKKER, Tabell, etikettpar, gjelder_hele
from .tiltaket import Tiltaksbygger

# Under a heading for goals, a longer paragraph tells of them.
LENGSTE_MAL = 200
_BEGYNNER = {v.TILTAK, v.OMRADE, v.KAPITTEL}


class Planbygger:
    """Args:
    tabeller: the tables among the blocks.
    tjenester, lokalomrader: names that are known in the kommune.
    """

    def __init__(self, tabeller: dict[int, Tabell], etiketter: Etiketter, valg: v.Valg, *, tjenester: Iterable[str] = (), lokalomrader: Iterable[str] = ()):  # fmt: skip
        self.plan = Planforslag()
        self.tabeller, self.etiketter, self.valg = tabeller, etiketter, valg
        self.kjente = {
            "tjenester": tuple(tjenester),
            "lokalomrader": tuple(lokalomrader),
        }
        self.omrade: int | None = None
        self.her: Kapittel | Innsatsomrade | None = None
        self.bygger: Tiltaksbygger | None = None
        self.byggere: list[Tiltaksbygger] = []
        self.etter_tittel: dict[str, list[Tiltaksbygger]] = {}
        self.hoved: Tiltak | None = None
        self.gruppeniva: Verdi | None = None
        self.malfelt = self.maletikett = ""
        self.nye = False  # whether a heading says that the tiltak beneath it are
        self.neste_rolle = ""
        self.roller: list[str] = []
        self.nr = 0
        # Whether the last deltiltak is an item of a list, and was chosen by hand.
        self.valgt_punkt = False
        self.prefikser: list[str] = []

    def bygg(self, biter: list[Bit], roller: list[str]) -> Planforslag:
        navn = [
            b.tekst
            for b, r in zip(biter, roller, strict=True)
            if r == v.TILTAK and b.tekst
        ]
        sikre = [b.tekst for b in biter if b.blokk.rolle == v.TILTAK]
        self.prefikser = titler.prefikser(navn) + titler.prefikser(sikre, minst=1)
        self.roller = roller
        for nr, (bit, rolle) in enumerate(zip(biter, roller, strict=True)):
            self.nr = nr
            self.neste_rolle = roller[nr + 1] if nr + 1 < len(roller) else ""
            self.plan.roller.update(dict.fromkeys(bit.nokler, rolle))
            if rolle == v.HOPP_OVER:
                self._utelat(bit)
                continue
            if bit.blokk.rolle == STYRINGSDOKUMENT:
                self.plan.styringsdokumenter.append(som_styringsdokument(bit))
                continue
            getattr(self, f"_{rolle}")(bit)
        for bygger in self.byggere:
            bygger.ferdig()
        uten_tomme(self.plan)
        return self.plan

    def _utelat(self, bit, grunn=""):
        grunner = {BILDE: "bilde", INNHOLD: "innhold", MARG: "marg"}
        grunn = grunn or grunner.get(bit.slag, "hoppet_over")
        self.plan.utelatt += [Utelatt(nokkel, grunn, bit.alt) for nokkel in bit.nokler]

    # Headings --------------------------------------------------------------------------

    def _tittel(self, bit):
        if self.plan.tittel is None:
            self.plan.tittel = Verdi(" ".join(bit.alt.split()), bit.nokler)
        else:
            self._tekst(bit)

    def _kapittel(self, bit):
        self._lukk()
        self.omrade = None
        self.her = Kapittel(Verdi(titler.uten_nummer(_pa_en_linje(bit)), bit.nokler))
        self.plan.kapitler.append(self.her)
        self.malfelt = titler.maltype(bit.tekst)
        self.nye = titler.om_nye(bit.tekst)
        self._overskriftens_mal(bit)

    def _innsatsomrade(self, bit):
        self._lukk()
        tekst = bit.tekst or gjelder_hele(bit) or bit.alt
        self._apne_omrade(titler.omradets(tekst), bit.nokler)
        self._overskriftens_mal(bit)

    def _overskriftens_mal(self, bit):
        if mal := titler.som_mal(bit.tekst):
            self._legg_til_mal(*mal, bit.nokler)

    def _apne_omrade(self, tittel, nokler):
        """A title that has been there is the same area again."""
        for nr, omrade in enumerate(self.plan.innsatsomrader):
            if omrade.tittel.tekst.lower() == tittel.lower():
                omrade.tittel.blokker += nokler
                self.omrade, self.her = nr, omrade
                return
        self.her = Innsatsomrade(Verdi(tittel, nokler))
        self.plan.innsatsomrader.append(self.her)
        self.omrade = len(self.plan.innsatsomrader) - 1

    def _nivagruppe(self, bit):
        self._lukk(behold_niva=True)
        self.gruppeniva = Verdi(funn.niva(bit.alt), bit.nokler)

    def _underoverskrift(self, bit):
        if self._er_tittelen(bit):
            return
        if self.neste_rolle in {v.TILTAK, v.HODE} and titler.er_alminnelig(bit.tekst):
            self._lukk(behold_niva=True)
            self.nye = titler.om_nye(bit.tekst)
        if self.bygger:
            self.bygger.apne()
            self.bygger.tiltak.tekst.append(self._del(bit, "overskrift"))
            return
        self.malfelt = titler.maltype(bit.tekst)
        self._inn_i_her(bit, "overskrift")

    def _felt(self, bit):
        """A label that stands alone, or a row of label and value."""
        if bit.blokk.celler:
            self._rad_med_etikett(bit)
            return
        felt = self.etiketter.felt(bit.tekst)
        self.etiketter.brukt.setdefault(bit.tekst, felt)
        self._til_hoved(felt)
        if self.bygger:
            self.bygger.apne(felt or e.ANNET, bit.tekst, bit.nokler)
        else:
            self._underoverskrift(bit)

    def _lukk(self, *, behold_niva=False):
        self.bygger = self.hoved = None
        self.nye = False
        self.malfelt = self.maletikett = ""
        if not behold_niva:
            self.gruppeniva = None

    # Tiltak ----------------------------------------------------------------------------

    def _tiltak(self, bit):
        if bit.blokk.celler:
            self._tiltak_i_rad(bit)
            return
        tekst, rest = _tittel_og_rest(bit)
        tekst, felt = self.etiketter.bakerst(tekst)
        tittel = titler.tiltakets(tekst, bit.blokk.merke, self._prefikset(tekst))
        self.hoved = self._nytt_tiltak(tittel, bit.nokler)
        self._kjente_lenker(bit)
        for linje in filter(None, [*felt, rest]):
            self.bygger.avsnitt(Tekstdel("avsnitt", linje, bit.nokler))

    def _er_tittelen(self, bit):
        """Whether a short text is the title of a tiltak whose heading gave its number
        alone: "Tiltak 1"."""
        if not self.hoved or not titler.bare_nummer(self.hoved.tittel.tekst):
            return False
        if (
            self.hoved.tekst
            or bit.blokk.celler
            or not titler.kan_vaere_tittel(bit.tekst)
        ):
            return False
        if self.etiketter.linje(bit.tekst):
            return False
        tittel = titler.tiltakets(bit.tekst)
        self.hoved.tittel = Verdi(tittel.tekst, self.hoved.tittel.blokker + bit.nokler)
        self.etter_tittel.setdefault(tittel.tekst.lower(), []).append(self.bygger)
        if tittel.nytt:
            self.hoved.nytt = Verdi("ja", bit.nokler)
        return True

    def _prefikset(self, tekst):
        return next((p for p in self.prefikser if tekst.startswith(f"{p} ")), "")

    def _kjente_lenker(self, bit):
        if bit.blokk.lenker:
            self.bygger.lenker(bit.blokk.lenker, bit.nokler)

    def _nytt_tiltak(self, tittel, nokler):
        """A title that has been there is the same tiltak: told of again, or placed under
        another area, too."""
        sted = Plassering(self.omrade, tittel.nummer, tittel.flerniva, blokker=nokler)
        for bygger in self.etter_tittel.get(tittel.tekst.lower(), []):
            if (samme := self._samme_sted(bygger.tiltak, sted)) is not None:
                bygger.sted = samme
                self.bygger = bygger
                bygger.apne()
                return bygger.tiltak
        tiltak = Tiltak(Verdi(tittel.tekst, nokler), [sted])
        self.plan.tiltak.append(tiltak)
        self._bygg_pa(tiltak, tittel, nokler)
        self.etter_tittel.setdefault(tittel.tekst.lower(), []).append(self.bygger)
        return tiltak

    def _bygg_pa(self, tiltak, tittel, nokler):
        if tittel.nytt or self.nye:
            tiltak.nytt = Verdi("ja", nokler)
        if tittel.status:
            tiltak.status = Verdi(tittel.status, nokler)
        if self.gruppeniva and self.gruppeniva.tekst:
            tiltak.niva = self.gruppeniva
        self.bygger = Tiltaksbygger(tiltak, self.etiketter, **self.kjente)
        self.byggere.append(self.bygger)

    def _samme_sted(self, tiltak, nytt):
        """The place of a tiltak with the same title, made where it is another one; None
        where it is another tiltak: by its number, or because one stands under no area
        and is numbered apart."""
        for sted in tiltak.plasseringer:
            likt = sted.omrade == nytt.omrade or None in {sted.omrade, nytt.omrade}
            if not likt:
                continue
            if sted.nummer and nytt.nummer and sted.nummer != nytt.nummer:
                return None
            sted.omrade = nytt.omrade if sted.omrade is None else sted.omrade
            sted.nummer = sted.nummer or nytt.nummer
            sted.blokker += nytt.blokker
            return sted
        tiltak.plasseringer.append(nytt)
        return nytt

    def _deltiltak(self, bit):
        if self._er_tittelen(bit):
            return
        if self.hoved is None:
            self._tiltak(bit)
            return
        tittel = titler.tiltakets(_pa_en_linje(bit), bit.blokk.merke)
        tiltak = Tiltak(
            Verdi(tittel.tekst, bit.nokler),
            [Plassering(self.omrade, blokker=bit.nokler)],
        )
        self.hoved.deltiltak.append(tiltak)
        self._bygg_pa(tiltak, tittel, bit.nokler)
        egen = self.valg.blokker.get(bit.nokkel) == v.DELTILTAK
        self.valgt_punkt = egen and bit.slag == PUNKT

    def _til_hoved(self, felt):
        """Labels after a list of which somebody made deltiltak are of the whole, if none
        stand between the items."""
        if not (felt and self.valgt_punkt and self.hoved):
            return
        self.valgt_punkt = False
        etter = islice(self.roller, self.nr + 1, None)
        innen = takewhile(lambda rolle: rolle not in _BEGYNNER, etter)
        egne = any(del_.ansvar or del_.kontakter for del_ in self.hoved.deltiltak)
        if v.DELTILTAK not in innen and not egne:
            self.bygger = next(b for b in self.byggere if b.tiltak is self.hoved)

    # Rows ------------------------------------------------------------------------------

    def _tiltak_i_rad(self, bit):
        tabell = self.tabeller.get(bit.blokk.tabell)
        if tabell is None or tabell.slag != REKKER:
            self._tiltak_i_kort(bit)
            return
        celler = dict(enumerate(bit.blokk.celler))
        nr_tittel = tabell.kolonner.index(e.TITTEL)
        if nr_tittel in bit.blokk.gjentatt and self.bygger:
            self._celler(
                bit, tabell, {nr for nr in celler if nr not in bit.blokk.gjentatt}
            )
            return
        self._radens_omrade(bit, tabell)
        linjer = celler[nr_tittel].split("\n")
        nummer = self._radens_nummer(bit, tabell)
        # A cell may list several, for which the rest of the row holds.
        for punkt in titler.punkter(linjer) or [linjer[0]]:
            tekst, felt = self.etiketter.bakerst(punkt)
            tittel = titler.tiltakets(tekst, nummer)
            self.hoved = self._nytt_tiltak(tittel, bit.nokler)
            for linje in felt:
                self.bygger.avsnitt(Tekstdel("avsnitt", linje, bit.nokler))
            if not titler.punkter(linjer):
                for linje in linjer[1:]:
                    self.bygger.avsnitt(Tekstdel("avsnitt", linje, bit.nokler))
            self._celler(bit, tabell, set(celler) - {nr_tittel})

    def _radens_omrade(self, bit, tabell):
        if e.OMRADE not in tabell.kolonner:
            return
        if tekst := bit.blokk.celler[tabell.kolonner.index(e.OMRADE)]:
            self._apne_omrade(titler.omradets(tekst), bit.nokler)

    def _radens_nummer(self, bit, tabell):
        if e.NUMMER not in tabell.kolonner:
            return ""
        return bit.blokk.celler[tabell.kolonner.index(e.NUMMER)]

    def _celler(self, bit, tabell, hvilke):
        for nr in sorted(hvilke):
            felt, tekst = tabell.kolonner[nr], bit.blokk.celler[nr]
            if felt in {e.OMRADE, e.NUMMER} or not tekst:
                continue
            etikett = tabell.navn[nr]
            lenker = tuple(
                par for par in bit.blokk.lenker if par[0] and par[0] in tekst
            )
            if felt == e.BESKRIVELSE:
                self.bygger.beskrivelse(tekst, bit.nokler, lenker)
            else:
                self.bygger.felt(felt, etikett, tekst, bit.nokler, lenker)
        uten_ord = tuple(par for par in bit.blokk.lenker if not par[0])
        self.bygger.lenker(uten_ord, bit.nokler)

    def _tiltak_i_kort(self, bit):
        """The title of a tiltak, over or first in a table of labels."""
        par = dict(enumerate(etikettpar(bit, self.etiketter)))
        nr = next(
            (n for n, p in par.items() if self.etiketter.felt(p[0]) == e.TITTEL), 0
        )
        foran, tekst = par.pop(nr)
        foran, tekst = ("", hele) if (hele := gjelder_hele(bit)) else (foran, tekst)
        self._tittel_i_kort(bit, tekst or bit.alt, foran)
        for etikett, verdi in par.values():
            self._etikett_og_verdi(bit, etikett, verdi)

    def _tittel_i_kort(self, bit, tekst, foran):
        # The heading right above may have said it.
        if (
            self.bygger
            and titler.tiltakets(tekst).tekst == self.bygger.tiltak.tittel.tekst
        ):
            self.bygger.tiltak.tittel.blokker += bit.nokler
            return
        self.hoved = self._nytt_tiltak(titler.tiltakets(tekst, foran), bit.nokler)

    def _rad_med_ansvar(self, bit, tabell):
        if self.bygger is None:
            self._inn_i_her(bit, "rad")
            return
        kolonner = list(
            zip(tabell.kolonner, tabell.navn, bit.blokk.celler, strict=False)
        )
        self.bygger.ved = "\n".join(
            c for felt, _navn, c in kolonner if felt in e.ROLLER
        )
        for felt, navn, tekst in kolonner:
            if felt in e.ROLLER and tekst:
                self.bygger.ansvar_i_tabell(tekst, felt, bit.nokler)
            elif tekst:
                lenker = [par for par in bit.blokk.lenker if par[0] and par[0] in tekst]
                self.bygger.felt(felt, navn, tekst, bit.nokler, lenker)
        self.bygger.lenker(bit.blokk.lenker, bit.nokler)
        self.bygger.ved = ""

    def _rad_med_etikett(self, bit):
        tabell = self.tabeller.get(bit.blokk.tabell)
        if tabell is not None and tabell.slag == KONTAKTER:
            self._rad_med_ansvar(bit, tabell)
            return
        for etikett, verdi in etikettpar(bit, self.etiketter):
            self._etikett_og_verdi(bit, etikett, verdi)

    def _etikett_og_verdi(self, bit, etikett, verdi):
        felt = self.etiketter.felt(etikett)
        self.etiketter.brukt.setdefault(etikett, felt)
        if felt == e.OMRADE and not self.bygger:
            self._apne_omrade(titler.omradets(verdi), bit.nokler)
        elif self.bygger is None:
            self._inn_i_her(bit, "rad")
        elif felt == e.BESKRIVELSE:
            self.bygger.beskrivelse(verdi, bit.nokler, bit.blokk.lenker)
        else:
            self.bygger.felt(
                felt or e.ANNET, etikett, verdi, bit.nokler, bit.blokk.lenker
            )

    def _tabellhode(self, bit):
        self._utelat(bit, "tabellhode")

    # Text ------------------------------------------------------------------------------

    def _tekst(self, bit):
        if self._er_tittelen(bit):
            return
        if self.bygger and not bit.blokk.celler:
            felt = self.valg.felt.get(bit.nokkel, "")
            linje = self.etiketter.linje(bit.tekst) if bit.slag != PUNKT else None
            self._til_hoved(felt or (linje[0] if linje else ""))
            slag = "avsnitt" if bit.slag == OVERSKRIFT else ""
            self.bygger.avsnitt(self._del(bit, slag), felt=felt)
        elif self.bygger:
            self._lost_rad(bit)
        else:
            if not self._mal_i(bit):
                self._inn_i_her(bit)

    def _lost_rad(self, bit):
        """A row without a title goes on with the tiltak above it; of another table it is
        part of its text."""
        tabell = self.tabeller.get(bit.blokk.tabell)
        if tabell and tabell.slag == REKKER and not gjelder_hele(bit):
            self._celler(
                bit, tabell, set(range(len(tabell.kolonner))) - set(bit.blokk.gjentatt)
            )
        elif tabell and tabell.slag == KORT:
            self.bygger.avsnitt(
                Tekstdel("avsnitt", gjelder_hele(bit) or bit.alt, bit.nokler)
            )
        else:
            self.bygger.tiltak.tekst.append(self._del(bit, "rad"))

    def _malsetting(self, bit):
        treff = self.etiketter.linje(bit.tekst)
        type_ = (treff and titler.maltype(treff[1])) or self.malfelt or "hovedmal"
        tekst = treff[2] if treff and treff[0] == e.MAL else _pa_en_linje(bit)
        self._legg_til_mal(type_, tekst, bit.nokler)

    def _mal_i(self, bit):
        """Goals that stand under a heading that says so, or after a label. Returns
        whether the whole of it is one: then it is no text besides."""
        linjer = self.etiketter.linjer(bit.tekst)
        for linje in linjer:
            treff = self.etiketter.linje(linje)
            if not treff or not (type_ := titler.maltype(treff[1])):
                continue
            if treff[2]:
                self._legg_til_mal(type_, treff[2], bit.nokler)
                return len(linjer) == 1
            # "Delmål:", and a list of them.
            self.maletikett = type_
            return False
        if bit.slag != PUNKT:
            self.maletikett = ""
        type_ = self.maletikett or self.malfelt
        kort = len(bit.tekst) <= LENGSTE_MAL and not bit.tekst.endswith(":")
        if type_ and (bit.slag == PUNKT or (bit.slag == AVSNITT and kort)):
            self._legg_til_mal(type_, bit.tekst, bit.nokler)
            return True
        return False

    def _legg_til_mal(self, type_, tekst, nokler):
        self.plan.malsettinger.append(Malsetting(type_, tekst, self.omrade, nokler))

    def _del(self, bit, slag=""):
        blokk = bit.blokk
        return Tekstdel(
            slag or (blokk.slag if blokk.slag != "fotnote" else "avsnitt"),
            blokk.tekst, bit.nokler, blokk.niva, blokk.merke, celler=blokk.celler,
            lenker=blokk.lenker,
        )  # fmt: skip

    def _inn_i_her(self, bit, slag=""):
        """Into the chapter or the area; what stands before any is a chapter without a
        title."""
        if self.her is None:
            self.her = Kapittel(Verdi(""))
            self.plan.kapitler.append(self.her)
        self.her.tekst.append(self._del(bit, slag))


def _pa_en_linje(bit):
    return " ".join(bit.alt.split())


def _tittel_og_rest(bit):
    """A heading is a title; of a paragraph, the first sentence or what stands before a
    colon or a dash, when it is short."""
    forste, _linje, rest = bit.tekst.partition("\n")
    if bit.slag == OVERSKRIFT:
        return forste, rest
    if setning := titler.forste_setning(bit.tekst):
        return setning
    return (forste, rest) if len(forste) <= 110 else titler.delt(bit.tekst)
