"""A page with tags: headings, paragraphs, lists and tables as the program that wrote it
meant them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter

from tiltak.innlesing.blokker import (
    AVSNITT,
    BILDE,
    HODERAD,
    INNHOLD,
    OVERSKRIFT,
    PUNKT,
    RAD,
)
from tiltak.innlesing.lesere.pdflinjer import er_fet, stykker, tekst_av, tvunget
from tiltak.innlesing.lesere.pdfoppsett import (
    BARE_NUMMER,
    MERKE,
    NY_LINJE,
    neste_nummer,
)
from tiltak.innlesing.lesere.pdfskjoter import kanter, merk
from tiltak.innlesing.linjer import lapp

# Tags that hold others; what hangs in them alone is a paragraph.
_BEHOLDERE = {"Document", "Part", "Sect", "Art", "Div", "NonStruct", "L", "BlockQuote", "Aside",
              "DocumentFragment", "TBody", "THead", "TFoot", "Private"}  # fmt: skip
_INNHOLD = {"TOC", "TOCI", "Index"}
# With less of the page than this in the tags, they are not to be trusted.
NOK = 0.6
SAMME_KOLONNE = 8  # points between where cells of one column begin
MARGER = 0.11  # heads and feet, of the height of a page


class Tagget:
    """What the tags of a page say.

    Args:
        tre: the elements at the root, as pdfplumber has them.
        tegn: the letters of the page.
        lenker: (letters, address) of each link.
        hoyde: of the page.
    """

    def __init__(self, tre, tegn, lenker, hoyde):
        self.tre = tre
        self.tegn = defaultdict(list)
        for t in tegn:
            if t.get("mcid") is not None:
                self.tegn[t["mcid"]].append(t)
        self.lenker = defaultdict(list)
        for bokstaver, adresse in lenker:
            for mcid in {t.get("mcid") for t in bokstaver} - {None}:
                self.lenker[mcid].append(
                    (
                        tekst_av(
                            [t for t in bokstaver if t.get("mcid") == mcid]
                        ).strip(),
                        adresse,
                    )
                )
        self.tabeller = 0
        # Of the cell that is read, and where its column ends.
        self.i_celle, self.kant = False, None
        alle = sum(map(_synlige, self.tegn.values()))
        i_treet = sum(_synlige(self.tegn[m]) for m in _mcider(tre))
        # Heads and feet are no part of the text.
        topp, bunn = hoyde * MARGER, hoyde * (1 - MARGER)
        treet = set(_mcider(tre))
        teksten = _synlige(
            t for t in tegn if topp < t["top"] < bunn or t.get("mcid") in treet
        )
        self.er_god = bool(tre) and i_treet >= NOK * max(teksten, 1) and alle > 0

    def blokker(self) -> Iterator[dict]:
        """Fields of blocks, and the size and weight of the letters as "stil"."""
        for element in self.tre:
            yield from self._element(element)

    def _element(self, element, dybde=0):
        slag = element["type"]
        barn = element.get("children", [])
        if treff := re.fullmatch(r"H(\d?)", slag):
            yield from self._blokk(OVERSKRIFT, element, niva=int(treff[1] or 1))
        elif slag == "Title":
            yield from self._blokk(OVERSKRIFT, element, niva=1)
        elif slag in _INNHOLD:
            yield from self._innhold(element)
        elif slag == "Table":
            yield from self._tabell(element)
        elif slag == "LI":
            yield from self._punkt(element, max(dybde, 1))
        elif slag == "Figure":
            yield {"slag": BILDE, "tekst": (element.get("alt_text") or "").strip()}
        elif slag in _BEHOLDERE:
            yield from self._beholder(element, barn, dybde + (slag == "L"))
        elif any(_er_blokk(b) for b in barn):
            yield from self._beholder(element, barn, dybde)
        else:
            yield from self._blokk(AVSNITT, element)

    def _beholder(self, element, barn, dybde):
        """Pieces of text that hang beside each other are one paragraph."""
        lose = [{"type": "Span", "mcids": element.get("mcids", [])}]
        for b in barn:
            if (
                b["type"] in _BEHOLDERE
                or _er_blokk(b)
                or b["type"] in {"P", "Caption", "Note"}
            ):
                yield from self._blokk(AVSNITT, {"children": lose})
                lose = []
                yield from self._element(b, dybde)
            else:
                lose.append(b)
        yield from self._blokk(AVSNITT, {"children": lose})

    def _blokk(self, slag, element, niva=0, merke=""):
        tekst = self._tekst(element)
        if slag == PUNKT:
            # Where the sign is part of the text, not a label of its own.
            tekst = re.sub(r"^[•▪●○◦■□‣∙·\uf0b7\uf0a7]\s*", "", tekst)
        if tekst:
            yield {
                "slag": slag, "tekst": tekst, "niva": niva, "merke": merke,
                "lenker": self._lenkene(element), "stil": self._stil(element),
            }  # fmt: skip

    def _innhold(self, element):
        for barn in element.get("children", []) if element["type"] != "TOCI" else []:
            yield from self._innhold(barn)
        egen = element["type"] == "TOCI" or element.get("mcids")
        if egen and (tekst := self._tekst(element)):
            yield {"slag": INNHOLD, "tekst": tekst}

    def _punkt(self, element, dybde):
        barn = element.get("children", [])
        merket = [b for b in barn if b["type"] == "Lbl"]
        merke = " ".join(filter(None, map(self._tekst, merket)))
        egne, under = [], []
        for b in _uten_kropp(barn):
            if b["type"] in {"L", "Table"}:
                under.append(b)
            elif b["type"] != "Lbl":
                egne.append(b)
        egne.append({"type": "Span", "mcids": element.get("mcids", [])})
        har_tall = re.match(r"\w{1,3}(?:\.\w{1,2})*[.)]?$", merke)
        yield from self._blokk(
            PUNKT, {"children": egne}, dybde, merke if har_tall else "•"
        )
        for b in under:
            yield from self._element(b, dybde)

    def _tabell(self, element):
        self.tabeller += 1
        nr = self.tabeller
        kantene = self._kanter(element)
        for rad, i_hode in _rader(element):
            celler, lenker, steder = [], [], []
            bare_hode = True
            for celle in _celler(rad):
                bare_hode &= celle["type"] == "TH"
                self.i_celle, self.kant = (
                    True,
                    self._kant(kantene, self._venstre(celle)),
                )
                celler.append(self._celletekst(celle))
                steder.append(self._venstre(celle))
                celler += [""] * (_spenn(celle) - 1)
                steder += [None] * (_spenn(celle) - 1)
                lenker += self._lenkene(celle)
            self.i_celle = False
            if any(celler):
                hode = i_hode or (bare_hode and len(celler) > 1)
                yield {
                    "slag": HODERAD if hode else RAD,
                    "celler": tuple(celler),
                    "tabell": nr,
                    "lenker": tuple(lenker),
                    "steder": steder,
                }

    def _kanter(self, element):
        """How far to the right there is room in each column, by where it begins: rows
        have no cells where one goes on from above."""
        linjer = [
            stykker([t for mcid in _mcider([celle]) for t in self.tegn[mcid]], 0)
            for rad, _i_hode in _rader(element)
            for celle in _celler(rad)
            if _spenn(celle) == 1
        ]
        steder: list[list] = []
        for x0, egne in sorted(
            ((min(li.x0 for li in egne), egne) for egne in linjer if egne),
            key=itemgetter(0),
        ):
            if steder and x0 - steder[-1][0] < SAMME_KOLONNE:
                steder[-1][1].extend(egne)
            else:
                steder.append([x0, list(egne)])
        per_kolonne = {nr: egne for nr, (_x, egne) in enumerate(steder)}
        return {steder[nr][0]: kant for nr, kant in kanter(per_kolonne).items()}

    def _kant(self, kantene, x0):
        return next(
            (k for x, k in kantene.items() if x0 and abs(x - x0) < SAMME_KOLONNE), None
        )

    def _venstre(self, celle):
        tegn = (t for mcid in _mcider([celle]) for t in self.tegn[mcid])
        return min((t["x0"] for t in tegn if t["text"].strip()), default=None)

    def _celletekst(self, celle):
        deler = [
            blokk.get("tekst", "")
            for b in self._beholder(celle, celle.get("children", []), 0)
            for blokk in [b]
        ]
        return "\n".join(filter(None, deler))

    def _tekst(self, element):
        """With a line break where the writer set one."""
        tegn = [t for mcid in _mcider([element]) for t in self.tegn[mcid]]
        linjer = stykker(tegn, 0)
        hoyre = max((linje.x1 for linje in linjer), default=0)
        if self.i_celle:
            merk(linjer, self.kant)
        ut, forrige = "", None
        for linje in linjer:
            if forrige is None:
                ut = linje.tekst
            elif (
                abs(linje.bunn - forrige.bunn) < 0.35 * linje.storrelse
                and linje.x0 > forrige.x0
            ):
                luft = " " if linje.x0 - forrige.x1 > 0.16 * linje.storrelse else ""
                ut += luft + linje.tekst
            elif self._er_ny(ut, forrige, linje, hoyre):
                ut += f"\n{linje.tekst}"
            else:
                ut = lapp(ut, linje.tekst)
            forrige = linje
        return ut

    def _er_ny(self, hittil, forrige, linje, hoyre):
        """Whether the writer began a line, or an item of a list in a cell."""
        if self.i_celle and BARE_NUMMER.fullmatch(forrige.tekst):
            return False
        forste = hittil.split("\n")[-1]
        punkt = MERKE.match(linje.tekst) and MERKE.match(forste)
        punkt = punkt or (self.i_celle and neste_nummer(forste, linje.tekst))
        ny = NY_LINJE.match(linje.tekst) or _avsluttet(forrige, linje, hoyre)
        return bool(punkt or ny)

    def _stil(self, element):
        tegn = [
            t
            for mcid in _mcider([element])
            for t in self.tegn[mcid]
            if t["text"].strip()
        ]
        if not tegn:
            return None
        return min(round(t["size"]) for t in tegn), all(
            er_fet(t["fontname"]) for t in tegn
        )

    def _lenkene(self, element):
        """The words of a link that several pieces share are joined."""
        ut: dict[str, str] = {}
        for mcid in _mcider([element]):
            for tekst, adresse in self.lenker.get(mcid, []):
                ut[adresse] = lapp(ut.get(adresse, ""), tekst)
        return tuple((tekst, adresse) for adresse, tekst in ut.items())


def _avsluttet(forste, neste, hoyre):
    stor = not neste.tekst[0].islower() or "@" in neste.tekst.split()[0]
    return stor and tvunget(forste, neste, hoyre)


def _er_blokk(element):
    return element["type"] in {
        *_BEHOLDERE - {"NonStruct"},
        "Table",
        "LI",
        "Figure",
        *_INNHOLD,
    } or bool(re.fullmatch(r"H\d?|P|Title|Caption", element["type"]))


def _mcider(elementer):
    for element in elementer:
        yield from element.get("mcids", [])
        yield from _mcider(element.get("children", []))


def _synlige(tegn):
    return sum(not t["text"].isspace() for t in tegn)


def _uten_kropp(barn):
    for b in barn:
        if b["type"] == "LBody":
            yield from b.get("children", [])
            if b.get("mcids"):
                yield {"type": "Span", "mcids": b["mcids"]}
        else:
            yield b


def _celler(rad):
    return [b for b in rad.get("children", []) if b["type"] in {"TD", "TH"}]


def _rader(element, i_hode=False):
    for b in element.get("children", []):
        if b["type"] == "TR":
            yield b, i_hode
        elif b["type"] in {"THead", "TBody", "TFoot", "NonStruct"}:
            yield from _rader(b, b["type"] == "THead")


def _spenn(celle):
    verdi = celle.get("attributes", {}).get("ColSpan", 1)
    return min(verdi, 60) if isinstance(verdi, int) and verdi > 0 else 1
