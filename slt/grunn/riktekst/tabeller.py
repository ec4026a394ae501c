"""The tables in rich text: whole, and saying what heads their columns and rows."""

import re
from dataclasses import dataclass

from slt.grunn.riktekst.tre import TITLER, Del

# Of a larger table, and of one inside another or a list, the words are left.
FLEST_KOLONNER, FLEST_CELLER = 20, 3000


@dataclass
class _Celle:
    er_tittel: bool
    kolonner: int
    rader: int
    barn: list

    @property
    def er_tom(self):
        return not Del("", barn=self.barn).har_ord

    def som_del(self, omfang):
        """The cell as an element; without a scope it heads nothing."""
        attributter = {}
        if omfang and not self.er_tom:
            attributter["scope"] = omfang
        if self.kolonner > 1:
            attributter["colspan"] = self.kolonner
        if self.rader > 1:
            attributter["rowspan"] = self.rader
        tag = "th" if "scope" in attributter else "td"
        return Del(tag, attributter, self.barn)


def med_tabeller(barn, *, ytterst=True):
    """The parts of an element with each table put in order, or as paragraphs where no
    table may be."""
    ut = []
    for del_ in barn:
        if isinstance(del_, str):
            ut.append(del_)
        elif del_.tag == "table":
            rader = _rader(del_)
            tabell = ytterst and _tabell(rader)
            ut += [tabell] if tabell else _som_avsnitt(rader)
        else:
            del_.barn = med_tabeller(del_.barn, ytterst=False)
            ut.append(del_)
    return ut


def _rader(tabell):
    """[[_Celle]] of a table; rows without cells are left out."""
    rader = []
    for del_ in tabell.barn:
        if not isinstance(del_, Del):
            continue
        egne = del_.barn if del_.tag in ("thead", "tbody") else [del_]
        for rad in egne:
            if isinstance(rad, Del) and rad.tag == "tr":
                rader.append([_celle(c) for c in rad.barn if isinstance(c, Del)])
    return list(filter(None, rader))


def _celle(del_):
    barn = med_tabeller(del_.barn, ytterst=False)
    for inni in Del("", barn=barn):
        if inni.tag in TITLER:
            inni.tag = "p"
    barn = [
        b
        for b in barn
        if (b.strip() if isinstance(b, str) else b.tag != "p" or b.har_ord)
    ]
    if len(barn) == 1 and isinstance(barn[0], Del) and barn[0].tag == "p":
        barn = barn[0].barn
    return _Celle(
        del_.tag == "th",
        _tall(del_.attributter.get("colspan")),
        _tall(del_.attributter.get("rowspan")),
        barn,
    )


def _tall(verdi):
    return int(verdi) if re.fullmatch("[1-9][0-9]{0,3}", verdi or "") else 1


def _som_avsnitt(rader):
    ut = []
    for celle in (celle for rad in rader for celle in rad if not celle.er_tom):
        blokker = {"p", "ul", "ol", "blockquote"}
        if any(isinstance(b, Del) and b.tag in blokker for b in celle.barn):
            ut += celle.barn
        else:
            ut.append(Del("p", barn=celle.barn))
    return ut


def _tabell(rader):
    """The rows as a table whose every row is as wide, with the rows that head it apart;
    None when they are no table, or one that is too large."""
    while rader and all(celle.er_tom for celle in rader[0]):
        rader = rader[1:]
    if len(rader) < 2:
        return None
    hode = _rader_i_hodet(rader)
    if hode == len(rader):
        # Nothing would be left for it to head.
        hode = 1
        for celle in (celle for rad in rader for celle in rad):
            celle.rader = 1
    plasser = _plassert(rader, hode)
    if plasser is None:
        return None
    deler = [
        Del("tr", barn=[_i_rad(celle, nr, k, hode, len(rad)) for k, celle in rad])
        for nr, rad in enumerate(plasser)
    ]
    return Del(
        "table",
        barn=[Del("thead", barn=deler[:hode]), Del("tbody", barn=deler[hode:])],
    )


def _rader_i_hodet(rader):
    """How many rows head the columns: the first, those below with headings alone, and
    what a cell of these reaches down into."""
    hode = 1
    for rad in rader[1:-1]:
        titler = [celle for celle in rad if celle.er_tittel and not celle.er_tom]
        if len(titler) < 2 or any(not (c.er_tittel or c.er_tom) for c in rad):
            break
        hode += 1
    nr = 0
    while nr < hode:
        hode = max(hode, *(min(nr + c.rader, len(rader)) for c in rader[nr]))
        nr += 1
    return hode


def _plassert(rader, hode):
    """[[(column, cell)]] of each row, with empty cells where there was none; None when it
    is too large. No cell reaches out of the table, or from its head into its body."""
    opptatt, plasser = set(), []
    for nr, rad in enumerate(rader):
        slutt = hode if nr < hode else len(rader)
        plasser.append([])
        kolonne = 0
        for celle in rad:
            while (nr, kolonne) in opptatt:
                kolonne += 1
            if kolonne >= FLEST_KOLONNER:
                return None
            celle.rader = min(celle.rader, slutt - nr)
            bredde = 1
            while (
                bredde < min(celle.kolonner, FLEST_KOLONNER - kolonne)
                and (nr, kolonne + bredde) not in opptatt
            ):
                bredde += 1
            celle.kolonner = bredde
            opptatt |= {
                (nr + r, kolonne + k) for r in range(celle.rader) for k in range(bredde)
            }
            if len(opptatt) > FLEST_CELLER:
                return None
            plasser[-1].append((kolonne, celle))
            kolonne += bredde
    bredde = 1 + max(kolonne for _nr, kolonne in opptatt)
    if bredde * len(rader) > FLEST_CELLER:
        return None
    for nr, rad in enumerate(plasser):
        rad += [
            (k, _Celle(False, 1, 1, []))
            for k in range(bredde)
            if (nr, k) not in opptatt
        ]
        rad.sort(key=lambda plass: plass[0])
    return plasser


def _i_rad(celle, nr, kolonne, hode, antall):
    omfang = None
    if nr < hode:
        omfang = "colgroup" if celle.kolonner > 1 else "col"
    elif celle.er_tittel and kolonne == 0 and antall > 1:
        omfang = "rowgroup" if celle.rader > 1 else "row"
    return celle.som_del(omfang)
