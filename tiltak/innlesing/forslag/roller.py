"""What each block is: read from what documents have in common, not from one of them.

A heading is a tiltak where it says so, or where labels as "Ansvar" follow it; an
innsatsområde is what such headings stand under; the rest are chapters.
"""

from bisect import bisect_left

from tiltak.innlesing.blokker import (
    AVSNITT,
    BILDE,
    INNHOLD,
    MARG,
    OVERSKRIFT,
    PUNKT,
)
from tiltak.innlesing.blokker import TITTEL as SOM_TITTEL

from . import titler
from .biter import Bit
from .etiketter import ANNET, KJENNETEGN, ROLLER, Etiketter
from .etiketter import ANSVAR as ANSVARLIG
from .etiketter import OMRADE as SOM_OMRADE
from .linjevis import (
    er_bare_etikett,
    er_usikker,
    etiketter_pa_egne_linjer,
    titler_etter_nummer,
)
from .lister import har_eget_ansvar, tiltak_i_lister
from .tabeller import KONTAKTER, REKKER, VANLIG, Tabell, radens_rolle
from .valg import (
    DELTILTAK,
    FELT_OVERSKRIFT,
    HOPP_OVER,
    KAPITTEL,
    NIVAGRUPPE,
    OMRADE,
    TEKST,
    TILTAK,
    TITTEL,
    UNDEROVERSKRIFT,
    Valg,
)
from .valg import ROLLER as BLOKKROLLER

# Of those that call themselves tiltak, so large a part makes the others something else.
NESTEN_ALLE = 0.6
# So many headings, for the first to be the title of what the others part.
FAERREST_UNDER = 3
UTENFOR = 99
PA_OMSLAGET = 5


class Rollegiver:
    """Args:
    biter: the blocks, as choices have joined and split them.
    tabeller: the tables among them.
    """

    def __init__(
        self, biter: list[Bit], tabeller: dict[int, Tabell], etiketter: Etiketter
    ):
        self.biter, self.tabeller, self.etiketter = biter, tabeller, etiketter
        self.roller = [self._utgangspunkt(bit) for bit in biter]
        titler_etter_nummer(biter, self.roller)
        self.faste = etiketter_pa_egne_linjer(biter, self.roller, etiketter)
        self._omslaget()
        self._dokumentets_tittel()
        self._etiketter_som_ikke_er_det()
        self._nummererte()
        self.overskrifter = [
            nr for nr, rolle in enumerate(self.roller) if rolle == UNDEROVERSKRIFT
        ]
        slutt = [*self.overskrifter[1:], len(biter)]
        self.neste = dict(zip(self.overskrifter, slutt, strict=False))
        self.familie: dict[int, tuple] = {}
        self.familier: dict[tuple, list[int]] = {}
        self._familier()
        self.har_omrader = any(
            titler.er_omrade(biter[nr].tekst) for nr in self.overskrifter
        )

    def gi(self, valg: Valg) -> list[str]:
        tiltak = self._tiltak()
        for nr in tiltak:
            self.roller[nr] = TILTAK
        self._gi_omrader(tiltak)
        if TILTAK not in self.roller:
            tiltak_i_lister(self.biter, self.roller, self.etiketter)
        if TILTAK not in self.roller and (tiltak := self._uten_etiketter()):
            for nr in tiltak:
                self.roller[nr] = TILTAK
            self._gi_omrader(tiltak)
        self._gi_deltiltak(tiltak)
        self._etiketter_utenfor_tiltak()
        self._gi_kapitler()
        for nr, bit in enumerate(self.biter):
            if bit.blokk.rolle in BLOKKROLLER and not bit.blokk.del_:
                self.roller[nr] = bit.blokk.rolle
            self.roller[nr] = valg.blokker.get(bit.nokkel, self.roller[nr])
        return self.roller

    def niva(self, nr: int) -> int:
        blokk = self.biter[nr].blokk
        return blokk.niva if blokk.slag == OVERSKRIFT else UTENFOR

    # Each block by itself --------------------------------------------------------------

    def _utgangspunkt(self, bit):
        if bit.slag in {INNHOLD, MARG, BILDE}:
            return HOPP_OVER
        if bit.slag == SOM_TITTEL:
            return TITTEL
        if bit.blokk.tabell:
            return radens_rolle(bit, self.tabeller[bit.blokk.tabell], self.etiketter)
        if bit.slag == OVERSKRIFT:
            return self._overskriftens(bit)
        kort = bit.slag in {AVSNITT, PUNKT} and len(bit.tekst) <= 160
        if kort and (titler.er_tiltak(bit.tekst) or titler.er_omrade(bit.tekst)):
            return UNDEROVERSKRIFT
        if bit.slag == AVSNITT and er_bare_etikett(bit.tekst, self.etiketter):
            return FELT_OVERSKRIFT
        return TEKST

    def _overskriftens(self, bit):
        if titler.er_nivagruppe(bit.tekst):
            return NIVAGRUPPE
        felt = self.etiketter.felt(bit.tekst)
        if felt and (felt in KJENNETEGN or felt == ANNET):
            return FELT_OVERSKRIFT
        return UNDEROVERSKRIFT

    def _omslaget(self):
        """What a cover says besides the title is no chapter."""
        for nr, bit in enumerate(self.biter[:PA_OMSLAGET]):
            er_overskrift = self.roller[nr] == UNDEROVERSKRIFT
            if er_overskrift and titler.er_omslag(bit.tekst):
                self.roller[nr] = TEKST

    def _dokumentets_tittel(self):
        """A heading that all others stand under, where it names a plan."""
        alle = [n for n, bit in enumerate(self.biter) if bit.slag == OVERSKRIFT]
        if len(alle) < FAERREST_UNDER or TITTEL in self.roller:
            return
        ytterst = min(map(self.niva, alle))
        ytterste = [nr for nr in alle if self.niva(nr) == ytterst]
        if (
            len(ytterste) == 1
            and ytterste[0] in alle[:2]
            and self.roller[ytterste[0]] == UNDEROVERSKRIFT
            and titler.er_plantittel(self.biter[ytterste[0]].tekst)
        ):
            self.roller[ytterste[0]] = TITTEL

    def _etiketter_som_ikke_er_det(self):
        """ "Evaluering" is a label where it stands beneath something, else a chapter."""
        sist = 0
        for nr, rolle in enumerate(self.roller):
            if rolle == UNDEROVERSKRIFT:
                sist = self.niva(nr)
            elif (
                rolle == FELT_OVERSKRIFT
                and self.biter[nr].slag == OVERSKRIFT
                and nr not in self.faste
            ):
                dypere = self.niva(nr) > sist > 0 and not self._har_under_seg(nr)
                felt = self.etiketter.felt(self.biter[nr].tekst)
                likt = self.niva(nr) == sist and not self._har_under_seg(nr)
                if not dypere and not (likt and felt in KJENNETEGN):
                    self.roller[nr] = UNDEROVERSKRIFT
                    sist = self.niva(nr)

    def _har_under_seg(self, nr):
        """Whether the next heading is deeper."""
        resten = (bit.blokk for bit in self.biter[nr + 1 :] if bit.slag == OVERSKRIFT)
        neste = next(resten, None)
        return neste is not None and neste.niva > self.niva(nr)

    def _etiketter_utenfor_tiltak(self):
        """Nor is it one where what it stands beneath is no tiltak."""
        i_tiltak = False
        for nr, rolle in enumerate(self.roller):
            if rolle in {TILTAK, DELTILTAK}:
                i_tiltak = True
            elif rolle in {OMRADE, UNDEROVERSKRIFT} and nr in self.neste:
                i_tiltak &= rolle == UNDEROVERSKRIFT and self._inni_et_tiltak(nr)
            elif (
                rolle == FELT_OVERSKRIFT
                and not i_tiltak
                and self.biter[nr].slag == OVERSKRIFT
                and nr not in self.faste
            ):
                self.roller[nr] = UNDEROVERSKRIFT
                self.overskrifter = sorted({*self.overskrifter, nr})

    def _inni_et_tiltak(self, nr):
        """Whether a heading is deeper than the tiltak that it comes after."""
        foran = [t for t in self.overskrifter if t < nr and self.roller[t] == TILTAK]
        return bool(foran) and self.niva(nr) > self.niva(foran[-1])

    # Headings --------------------------------------------------------------------------

    def _nummererte(self):
        """Numbered items that labels follow are as headings."""
        numre = [
            nr for nr, bit in enumerate(self.biter)
            if bit.slag == PUNKT and bit.blokk.merke[:1].isdigit() and len(bit.tekst) <= 160
            and self.roller[nr] == TEKST
        ]  # fmt: skip
        grenser = {
            *numre,
            *(n for n, r in enumerate(self.roller) if r == UNDEROVERSKRIFT),
        }
        med = []
        for nr in numre:
            slutt = min((g for g in grenser if g > nr), default=len(self.biter))
            if self._felt_i(range(nr + 1, slutt)) & {*ROLLER}:
                med.append(nr)
        if len(med) >= 2 and len(med) * 2 >= len(numre):
            for nr in numre:
                self.roller[nr] = UNDEROVERSKRIFT

    def _felt_i(self, hvilke):
        """The labels in paragraphs."""
        felt = set()
        for nr in hvilke:
            if har_eget_ansvar(self.biter[nr], self.etiketter):
                continue
            for linje in self.etiketter.linjer(self.biter[nr].tekst):
                if treff := self.etiketter.linje(linje):
                    felt.add(treff[0])
        return felt

    def _tiltak(self):
        """The headings that are tiltak."""
        tekster = {nr: self.biter[nr].tekst for nr in self.overskrifter}
        foran = titler.prefikser(list(tekster.values()))
        sier_det = [
            nr for nr, tekst in tekster.items()
            if titler.er_tiltak(tekst) or titler.har_prefiks(tekst, foran)
        ]  # fmt: skip
        med_felt = [nr for nr in self.overskrifter if self._har_felt(nr)]
        alle = sorted({*sier_det, *med_felt})
        self.sier_det = len(sier_det) >= max(2, NESTEN_ALLE * len(alle))
        if self.sier_det:
            return set(sier_det)
        return self._ett_niva(self._med_sosken(alle))

    def _uten_etiketter(self):
        """Where nothing else says what is a tiltak: the headings beneath one that says
        that they follow, or those beneath these, where most have some."""
        for nr in self.overskrifter:
            if not titler.sier_at_tiltak_folger(self.biter[nr].tekst):
                continue
            under = self._rett_under(nr)
            dypere = [self._rett_under(u) for u in under]
            if sum(map(bool, dypere)) * 2 > len(under):
                return {u for gruppe in dypere for u in gruppe}
            if len(under) > 1:
                return set(under)
        return set()

    def _rett_under(self, nr):
        """The headings right beneath one that name something."""
        return [
            u for u in self._under(nr)
            if self.familie[u][1] == nr and not self._er_ikke_omrade(u)
            and not titler.er_kapittel(self.biter[u].tekst)
        ]  # fmt: skip

    def _ett_niva(self, tiltak):
        """Where tiltak stand under each other: mostly so, the outer ones are areas with
        labels of their own; now and then, the inner ones are parts of a tiltak."""
        ut = set(tiltak)
        for niva in sorted({self.niva(nr) for nr in tiltak}):
            her = [nr for nr in tiltak if self.niva(nr) == niva and nr in ut]
            under = {nr: [u for u in self._under(nr) if u in ut] for nr in her}
            ytre = [nr for nr in her if under[nr]]
            if len(ytre) * 2 > len(her):
                ut.difference_update(ytre)
            else:
                ut.difference_update(*under.values())
        return ut

    def _med_sosken(self, alle):
        """With headings between them at the same level that no labels follow."""
        ut = set(alle)
        for nr in self.overskrifter:
            tom = self.neste[nr] == nr + 1 and nr + 1 in alle
            if nr in ut or tom or titler.er_kapittel(self.biter[nr].tekst):
                continue
            sosken = self._sosken(nr)
            med = [s for s in sosken if s in alle]
            foran = any(s < nr for s in med)
            inneholder = any(under in alle for under in self._under(nr))
            if (
                foran
                and not inneholder
                and len(med) * 2 >= len(sosken)
                and len(med) >= 2
            ):
                ut.add(nr)
        return ut

    def _har_felt(self, nr):
        """Whether labels of a tiltak stand right under a heading."""
        if titler.er_omrade(self.biter[nr].tekst) or titler.er_kapittel(
            self.biter[nr].tekst
        ):
            return False
        felt = set()
        for under in range(nr + 1, self.neste[nr]):
            bit = self.biter[under]
            if bit.blokk.tabell:
                tabell = self.tabeller[bit.blokk.tabell]
                if tabell.slag == REKKER or self.roller[under] == TILTAK:
                    return False
                if tabell.slag == KONTAKTER:
                    felt.add(ANSVARLIG)
                    continue
                if tabell.slag != VANLIG and self.roller[under] == FELT_OVERSKRIFT:
                    felt.add(self.etiketter.felt(bit.blokk.celler[0]))
                continue
            if self.roller[under] == FELT_OVERSKRIFT:
                felt.add(self.etiketter.felt(bit.tekst))
            felt |= self._felt_i([under])
        kjente = felt & KJENNETEGN
        return bool(kjente & {*ROLLER}) or len(kjente) >= 2

    def _under(self, nr):
        """The headings beneath one."""
        for under in self.overskrifter:
            if under > nr:
                if self.niva(under) <= self.niva(nr):
                    return
                yield under

    def _sosken(self, nr):
        """The others at its level under the same heading."""
        return [s for s in self.familier[self.familie[nr]] if s != nr]

    def _familier(self):
        """Which headings are of one level under the same one: the level and the nearest
        heading above that is higher, of each."""
        apne: list[int] = []
        for nr in self.overskrifter:
            while apne and self.niva(apne[-1]) >= self.niva(nr):
                apne.pop()
            self.familie[nr] = (self.niva(nr), apne[-1] if apne else None)
            self.familier.setdefault(self.familie[nr], []).append(nr)
            apne.append(nr)

    def _gi_omrader(self, tiltak):
        for nr in self.overskrifter:
            if nr not in tiltak and self._sier_omrade(self.biter[nr].tekst):
                self.roller[nr] = OMRADE
        # Where an area can begin: rows may be one, too.
        rader = (nr for nr, rolle in enumerate(self.roller) if rolle == OMRADE)
        self.steder = sorted({*self.overskrifter, *rader})
        for nr, rolle in enumerate(self.roller):
            if rolle != TILTAK or self._raden_sier_omrade(nr):
                continue
            if (over := self._omradet(nr, tiltak)) is not None:
                self.roller[over] = OMRADE

    def _sier_omrade(self, tekst):
        """By its own words; a strategy is one where nothing else is."""
        if titler.er_strategi(tekst):
            return not self.har_omrader
        return titler.er_omrade(tekst)

    def _raden_sier_omrade(self, nr):
        blokk = self.biter[nr].blokk
        tabell = self.tabeller.get(blokk.tabell)
        if tabell is None or SOM_OMRADE not in tabell.kolonner:
            return False
        return bool(blokk.celler[tabell.kolonner.index(SOM_OMRADE)])

    def _omradet(self, nr, tiltak):
        """The heading that a tiltak stands under, or None where it is known or missing."""
        niva = self.niva(nr)
        for over in reversed(self.steder[: bisect_left(self.steder, nr)]):
            if self.roller[over] == OMRADE:
                return None
            if over not in self.neste or over in tiltak:
                continue
            tekst = self.biter[over].tekst
            if titler.er_kapittel(tekst) and not self._apner_med(over, tiltak):
                return None
            if titler.er_alminnelig(tekst) and not self._usikkert(over):
                # "Tiltak" stands under the area that it is about.
                niva = min(niva, self.niva(over) - 1)
            if self.niva(over) > niva or self._er_ikke_omrade(over):
                continue
            if self._usikkert(over) and not self._rett_foran(over, nr):
                continue
            # At the same level: the one right before the first of them.
            if self.niva(over) == niva and self._er_deltiltak(over, tiltak):
                continue
            return over
        return None

    def _apner_med(self, nr, tiltak):
        """Whether a heading of several words has tiltak at once beneath it: no chapter,
        whatever word it begins with."""
        flere_ord = " " in titler.uten_nummer(self.biter[nr].tekst)
        return flere_ord and nr + 1 in tiltak and self.niva(nr + 1) > self.niva(nr)

    def _er_ikke_omrade(self, nr):
        """Whether a heading says what comes, and names nothing, or what the one right
        above it names."""
        tekst = self.biter[nr].tekst
        if titler.er_alminnelig(tekst) or titler.maltype(tekst):
            return True
        if titler.er_strategi(tekst):
            return self.har_omrader
        rett_over = nr - 1 in self.neste and self.niva(nr - 1) < self.niva(nr)
        return (
            rett_over
            and titler.om_det_samme(tekst)
            and not self._usikkert(nr)
            and not titler.er_kapittel(self.biter[nr - 1].tekst)
            and not titler.er_alminnelig(self.biter[nr - 1].tekst)
            and self.roller[nr - 1] != TITTEL
        )

    def _usikkert(self, nr):
        return er_usikker(self.biter[nr])

    def _rett_foran(self, over, nr):
        """Whether a tiltak begins where a heading ends, or begins to count anew."""
        if nr == over + 1:
            return True
        tittel = titler.tiltakets(self.biter[nr].tekst, self.biter[nr].blokk.merke)
        return tittel.nummer in {None, 1}

    def _er_deltiltak(self, nr, tiltak):
        """Whether a heading with labels is a part of the tiltak that it stands under, or
        after, where all the others call themselves tiltak."""
        foran = [o for o in self.overskrifter if o < nr and o in tiltak]
        under = bool(foran) and self.niva(nr) > self.niva(foran[-1])
        return bool(foran) and (self.sier_det or under) and self._har_felt(nr)

    def _gi_deltiltak(self, tiltak):
        foran = None
        for nr in self.overskrifter:
            rolle = self.roller[nr]
            if (
                rolle == UNDEROVERSKRIFT
                and foran == TILTAK
                and self._er_deltiltak(nr, tiltak)
            ):
                self.roller[nr] = DELTILTAK
            elif rolle in {TILTAK, OMRADE}:
                foran = rolle
            elif self.niva(nr) <= min((self.niva(t) for t in tiltak), default=0):
                foran = None

    def _gi_kapitler(self):
        """Headings that are nothing else: a chapter at the highest level in use; below it,
        and inside what is deeper, a heading in the text."""
        egne = [nr for nr in self.overskrifter if self.roller[nr] == UNDEROVERSKRIFT]
        ytterst = min((self.niva(nr) for nr in egne), default=UTENFOR)
        aktiv, aktiv_niva = None, UTENFOR
        nivagrupper = [nr for nr, r in enumerate(self.roller) if r == NIVAGRUPPE]
        for nr in sorted({*self.overskrifter, *nivagrupper}):
            rolle, niva = self.roller[nr], self.niva(nr)
            if rolle != UNDEROVERSKRIFT:
                forst = rolle == NIVAGRUPPE and aktiv is None
                if rolle in {OMRADE, TILTAK} or forst:
                    aktiv, aktiv_niva = rolle, niva
                continue
            inni = aktiv is not None and niva > aktiv_niva
            # In text that was pasted, all headings may be of one level.
            if aktiv == OMRADE and self._usikkert(nr) and self._er_ikke_omrade(nr):
                continue
            if not inni and (niva <= ytterst or aktiv != KAPITTEL):
                self.roller[nr] = KAPITTEL
                aktiv, aktiv_niva = KAPITTEL, niva
