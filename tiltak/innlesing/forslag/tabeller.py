"""Which tables hold tiltak, and what their columns are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from tiltak.innlesing.blokker import HODERAD, RAD

from . import etiketter as e
from . import funn, titler
from .biter import Bit

REKKER = "rekker"  # a tiltak a row
KORT = "kort"  # labels and values of one tiltak, or of several beneath each other
KONTAKTER = "kontakter"  # who answers for a tiltak, a row each
VANLIG = "vanlig"
# Where a table says what it is about, it does so at once.
HODET_ER_BLANT = 4
LENGSTE_TITTEL = 160


@dataclass
class Tabell:
    """Attributes:
    kolonner: the field of each column, for a tiltak a row; ANNET for others.
    navn: what the columns are called.
    hode: keys of rows that are heads.
    """

    slag: str
    biter: list[Bit]
    kolonner: list[str] = field(default_factory=list)
    navn: list[str] = field(default_factory=list)
    hode: set[str] = field(default_factory=set)


def tabeller(biter: Iterable[Bit], etiketter: e.Etiketter) -> dict[int, Tabell]:
    """The tables by their number; one that goes on over pages has the columns of the one
    before it."""
    ut: dict[int, Tabell] = {}
    forrige = None
    for nr, gruppe in groupby(biter, key=lambda bit: bit.blokk.tabell):
        if not nr:
            # Only text parts two tables; a foot or a picture does not.
            if any(bit.slag in {"avsnitt", "punkt", "overskrift"} for bit in gruppe):
                forrige = None
            continue
        tabell = _tolket(list(gruppe), etiketter, forrige)
        ut[nr] = tabell
        forrige = tabell if tabell.slag == REKKER else None
    return ut


def _tolket(biter, etiketter, forrige):
    rader = [bit for bit in biter if bit.slag in {RAD, HODERAD}]
    bredde = max((len(bit.blokk.celler) for bit in rader), default=0)
    if _er_par(rader, etiketter):
        return Tabell(KORT, rader)
    if tabell := _med_hode(rader, etiketter):
        return tabell
    if _er_kort(rader, etiketter):
        return Tabell(KORT, rader)
    if forrige and bredde == len(forrige.kolonner):
        return Tabell(REKKER, rader, forrige.kolonner, forrige.navn)
    if bredde == 2 and _er_rammer(rader, etiketter):
        return Tabell(REKKER, rader, [e.TITTEL, e.BESKRIVELSE], ["", ""])
    return Tabell(VANLIG, rader)


def _er_rammer(rader, etiketter):
    """Whether the second cells hold labels of their own, of what the first ones name."""

    def sier_hvem(celle):
        linjer = map(etiketter.linje, etiketter.linjer(celle))
        return any(treff and treff[0] in e.ROLLER for treff in linjer)

    med = [
        bit for bit in rader if bit.blokk.celler[0] and sier_hvem(bit.blokk.celler[1])
    ]
    korte = all(len(bit.blokk.celler[0]) <= LENGSTE_TITTEL for bit in rader)
    return korte and len(med) >= 2 and len(med) * 2 > len(rader)


def _er_par(rader, etiketter):
    """Whether labels and values stand two by two in the rows."""
    med = [bit for bit in rader if len(etikettpar(bit, etiketter)) > 1]
    etikettene = [etikett for bit in med for etikett, _v in etikettpar(bit, etiketter)]
    return len(med) >= 2 and len(med) * 2 > len(rader) and len(set(etikettene)) > 2


def etikettpar(bit: Bit, etiketter: e.Etiketter) -> list[tuple[str, str]]:
    """(label, value) of a row: one, or two by two where each is known."""
    celler = bit.blokk.celler
    par = [p for p in zip(celler[::2], celler[1::2], strict=False) if any(p)]
    kjente = [etikett for etikett, _verdi in par if etiketter.felt(etikett)]
    verdier = [verdi for _etikett, verdi in par if etiketter.felt(verdi)]
    if len(celler) % 2 == 0 and 1 < len(par) == len(kjente) and not verdier:
        return par
    return [(celler[0], "\n".join(filter(None, celler[1:])))]


def _med_hode(rader, etiketter):
    hoder = [
        (nr, navn, felt)
        for nr, bit in enumerate(rader[:HODET_ER_BLANT])
        if _er_hode(*(par := _navn_og_felt(bit, etiketter)))
        for navn, felt in [par]
    ]
    if not hoder:
        return None
    # A row of words that each stand for several columns may be over it.
    nr, navn, felt = max(hoder, key=lambda hode: sum(map(bool, hode[2])))
    hode = {b.nokkel for b in rader if _lik(b, navn)}
    hode |= {rader[over].nokkel for over, *_resten in hoder if over < nr}
    if _er_personer(navn, felt):
        return Tabell(VANLIG, rader)
    om_tiltak = {e.TITTEL, e.BESKRIVELSE, e.MAL, e.NUMMER, e.OMRADE, e.MALGRUPPE}
    if not set(felt) & om_tiltak and all(felt):
        return Tabell(KONTAKTER, rader, felt, navn, hode)
    if len(navn) == 2 and _er_kort(rader, etiketter):
        return None
    if _er_kalender([bit for bit in rader if bit.nokkel not in hode]):
        return Tabell(VANLIG, rader)
    innhold = [bit.blokk.celler for bit in rader if bit.nokkel not in hode]
    return Tabell(REKKER, rader, _kolonner(felt, innhold), navn, hode)


def _navn_og_felt(bit, etiketter):
    navn = [" ".join(celle.split()) for celle in bit.blokk.celler]
    return navn, [etiketter.felt(celle) if celle else "" for celle in navn]


def _er_hode(navn, felt):
    kjente = {f for f in felt if f}
    ekte = kjente - {e.ANNET, e.NUMMER}
    sier_noe = ekte & {e.TITTEL, *e.ROLLER, e.BESKRIVELSE, e.MAL}
    return (len(kjente) >= 2 and bool(sier_noe)) or _er_personer(navn, felt)


def _er_personer(navn, felt):
    """Whether a head is of people and how to reach them: what is called "Navn" is no
    tiltak there."""
    kalt = {e.normalisert(n) for n in navn}
    return (
        bool(kalt & _PERSON)
        and bool(set(felt) & {e.TELEFON, e.EPOST})
        and not set(felt) & {*e.ROLLER, e.BESKRIVELSE, e.MAL, e.MALGRUPPE}
    )


_PERSON = {"navn", "namn", "person", "kontaktperson", "ressursperson", "ansatt"}


def _er_kalender(rader):
    """Whether most rows begin with a month, a week or a day: what is to be done when, of
    the tiltak that the plan has elsewhere."""
    forste = [bit.blokk.celler[0] for bit in rader if bit.blokk.celler[0]]
    return bool(forste) and sum(map(funn.er_tid, forste)) * 2 > len(forste)


def _kolonner(felt, innhold):
    """With one column of titles: what is called tiltak, else what stands first."""
    ut = [f or e.ANNET for f in felt]
    for ett in (e.TITTEL, e.OMRADE, e.NUMMER):
        for nr in [nr for nr, f in enumerate(ut) if f == ett][1:]:
            ut[nr] = e.ANNET
    if e.TITTEL not in ut and e.BESKRIVELSE in ut:
        _kort_foran(ut, felt, innhold)
    if e.TITTEL not in ut:
        for onsket in (e.BESKRIVELSE, e.MAL, e.OMRADE):
            if onsket in ut:
                ut[ut.index(onsket)] = e.TITTEL
                return ut
        ledig = next((nr for nr, f in enumerate(ut) if f == e.ANNET), 0)
        ut[ledig] = e.TITTEL
    return ut


def _kort_foran(ut, felt, innhold):
    """Makes titles of a column without a known name, before the descriptions and shorter
    than they are."""
    beskrivelser = ut.index(e.BESKRIVELSE)

    def lengde(nr):
        return sum(len(celler[nr]) for celler in innhold if not celler[nr].isdigit())

    for nr in range(beskrivelser):
        if not felt[nr] and 0 < lengde(nr) < lengde(beskrivelser):
            ut[nr] = e.TITTEL
            return


def _lik(bit, navn):
    egne = [" ".join(celle.split()).lower() for celle in bit.blokk.celler]
    return egne == [n.lower() for n in navn]


def _er_kort(rader, etiketter):
    """Whether most of the first cells are labels."""
    med_verdi = [bit for bit in rader if sum(map(bool, bit.blokk.celler)) >= 2]
    kjente = [bit for bit in med_verdi if etiketter.felt(bit.blokk.celler[0])]
    felt = {etiketter.felt(bit.blokk.celler[0]) for bit in kjente}
    if len(rader) <= 2 and len(kjente) == len(rader) and felt <= e.KJENNETEGN:
        return len(rader[0].blokk.celler) == 2
    return (
        len(kjente) >= 2
        and len(felt) >= 2
        and len(kjente) * 2 >= len(med_verdi)
        and bool(felt & {e.TITTEL, *e.KJENNETEGN})
    )


def gjelder_hele(bit: Bit) -> str:
    """The text of a row that has but one, over all its columns, else ""."""
    fylte = [celle for celle in bit.blokk.celler if celle]
    if len(fylte) == 1 and bit.blokk.celler[0] and len(bit.blokk.celler) >= 2:
        return fylte[0]
    if len(bit.blokk.celler) >= 2 and len(fylte) > 1 and len(set(fylte)) == 1:
        return fylte[0]
    return ""


def radens_rolle(bit: Bit, tabell: Tabell, etiketter: e.Etiketter) -> str:
    """See tiltak.innlesing.forslag.valg.ROLLER; "felt" in a table of labels."""
    if bit.nokkel in tabell.hode:
        return "tabellhode"
    if tabell.slag == REKKER:
        return _rekkens_rolle(bit, tabell)
    if tabell.slag == KONTAKTER:
        return "felt"
    if tabell.slag == KORT:
        if tekst := gjelder_hele(bit):
            return "tiltak" if len(tekst) <= 160 else "tekst"
        felt = {etiketter.felt(etikett) for etikett, _v in etikettpar(bit, etiketter)}
        return "tiltak" if e.TITTEL in felt else "felt"
    return "tekst"


def _rekkens_rolle(bit, tabell):
    tekst = gjelder_hele(bit)
    if tekst and len(bit.blokk.celler) > 2 and len(tekst) <= 160:
        if titler.er_nivagruppe(tekst):
            return "nivagruppe"
        if titler.er_alminnelig(tekst):
            return "tekst"
        if not titler.er_tiltak(tekst):
            return "innsatsomrade"
    tittel = bit.blokk.celler[tabell.kolonner.index(e.TITTEL)]
    return "tiltak" if tittel else "tekst"
