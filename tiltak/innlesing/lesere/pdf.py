"""PDF files into blocks: by their tags where they have good ones, else by how it looks."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils import resolve_all
from pdfplumber.utils.exceptions import PdfminerException

from tiltak.innlesing.blokker import (
    AVSNITT,
    BILDE,
    INNHOLD,
    MARG,
    OVERSKRIFT,
    PUNKT,
    RAD,
    TITTEL,
    Blokk,
    som_linjer,
)
from tiltak.innlesing.lesere import Uleselig, feillinje
from tiltak.innlesing.lesere.pdfoppsett import deler
from tiltak.innlesing.lesere.pdfskjoter import med_hele_ord
from tiltak.innlesing.lesere.pdftagger import MARGER, Tagget
from tiltak.innlesing.linjer import lapp

FLEST_SIDER = 500
# Fewer letters a page than this is a picture of a page.
FAERREST_TEGN = 25
FAERREST_STREKER = 6
_SIDETALL = re.compile(
    r"(?:side|s\.)?\s*[-–]?\s*\d{1,3}\s*[-–]?(?:\s*(?:av|/|\|)\s*\d{1,3})?",
    re.IGNORECASE,
)
_INNHOLDSLINJE = re.compile(r"^.{2,140}?(?:\s*\.{3,}\s*|\s*…+\s*|\s+)\d{1,3}$")
_PRIKKER = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")


def blokker(innhold: bytes) -> Iterator[bytes]:
    """The blocks of a file, a line of JSON each; in their place one line that says why,
    where it has a password, no text, or too many pages.

    Raises:
        Exception: whatever pdfplumber meets in a file that is broken.
    """
    try:
        yield from som_linjer(_blokker(innhold))
    except Uleselig as grunn:
        yield feillinje(grunn)


def _blokker(innhold):
    try:
        pdf = pdfplumber.open(BytesIO(innhold))
    except PdfminerException as feil:
        if isinstance(feil.args[0] if feil.args else None, PDFPasswordIncorrect):
            raise Uleselig("passord") from feil
        raise
    with pdf:
        if len(pdf.pages) > FLEST_SIDER:
            raise Uleselig("sider")
        yield from Leser(pdf).les()


class Leser:
    def __init__(self, pdf):
        self.pdf = pdf
        self.tabeller = self.tegn = self.bilder = 0
        self.kolonner: list[float] = []

    def les(self) -> list[Blokk]:
        sider = []
        for nr, side in enumerate(self.pdf.pages, 1):
            sider.append(self._side(side, nr))
            side.close()
        if self.tegn < FAERREST_TEGN * len(sider):
            raise Uleselig("skannet" if self.bilder else "tom")
        felter = _uten_marger(sider)
        _rett_kolonner(felter)
        felter = med_hele_ord(felter)
        felter = _sammenhengende(_innholdslinjer(felter))
        return [_som_blokk(felt) for felt in _overskrifter(felter)]

    def _side(self, side, nr):
        """Its blocks, as fields, and how high the page is."""
        tegn = side.chars
        self.tegn += len(tegn)
        self.bilder += len(side.images)
        lenker = list(_lenker(side, tegn))
        felter = None
        if any(t.get("mcid") is not None for t in tegn):
            tagget = Tagget(side.structure_tree, tegn, lenker, float(side.height))
            if tagget.er_god:
                felter = self._fra_tagger(tagget, nr)
        if felter is None:
            felter = self._fra_oppsett(side, tegn, lenker, nr)
        if side.images and not any(f["slag"] == BILDE for f in felter):
            store = [b for b in side.images if b["width"] > 60 and b["height"] > 60]
            felter += [{"slag": BILDE, "side": nr, "tekst": ""} for _b in store]
        return float(side.height), felter

    def _fra_tagger(self, tagget, nr):
        felter = []
        for felt in tagget.blokker():
            felt["side"], felt["tagget"] = nr, True
            if felt.get("tabell"):
                felt["tabell"] += self.tabeller
            felter.append(felt)
        self.tabeller += tagget.tabeller
        return felter

    def _fra_oppsett(self, side, tegn, lenker, nr):
        streker = len(side.lines) + len(side.rects)
        tabeller = side.find_tables() if streker >= FAERREST_STREKER else []

        def fest(stykkene):
            for bokstaver, adresse in lenker:
                _fest(adresse, bokstaver, stykkene)

        loddrette = list(_loddrette(side)) if tabeller else []
        alle, self.kolonner = deler(tegn, nr, tabeller, loddrette, fest, self.kolonner)
        felter, i_tabell = [], None
        for del_ in alle:
            if del_.celler and i_tabell != len(del_.celler):
                self.tabeller += 1
            i_tabell = len(del_.celler) or None
            forste = del_.linjer[0]
            felter.append(
                {
                    "slag": del_.slag, "tekst": "" if del_.celler else del_.tekst,
                    "merke": del_.merke, "celler": del_.celler, "side": nr,
                    "tabell": self.tabeller if del_.celler else 0, "lenker": tuple(del_.lenker),
                    "stil": (round(forste.storrelse), forste.fet), "x0": forste.x0,
                    "top": forste.top, "bunn": del_.linjer[-1].bunn,
                }
            )  # fmt: skip
        return felter


def _loddrette(side):
    """(x, top, bottom) of lines that go downwards, drawn as lines or as thin boxes."""
    for strek in (*side.lines, *side.rects):
        if strek["x1"] - strek["x0"] < 2 < strek["bottom"] - strek["top"]:
            yield strek["x0"], strek["top"], strek["bottom"]


# Links --------------------------------------------------------------------------------


def _lenker(side, tegn):
    """(letters, address) of each link to the net or to write to."""
    # pdfplumber gives none of them where one has no place, as a comment may.
    merknader = resolve_all(side.page_obj.annots) or []
    side.page_obj.annots = [m for m in merknader if isinstance(m, dict) and "Rect" in m]
    for lenke in side.hyperlinks:
        adresse = lenke.get("uri")
        if not isinstance(adresse, str):
            continue
        yield (
            [
                t for t in tegn
                if lenke["x0"] - 1 <= (t["x0"] + t["x1"]) / 2 <= lenke["x1"] + 1
                and lenke["top"] - 1 <= (t["top"] + t["bottom"]) / 2 <= lenke["bottom"] + 1
            ],
            adresse,
        )  # fmt: skip


def _fest(adresse, bokstaver, stykkene):
    if not bokstaver:
        return
    forste = bokstaver[0]
    for bit in stykkene:
        if (
            bit.top - 1 <= forste["top"] <= bit.bunn
            and bit.x0 - 1 <= forste["x0"] <= bit.x1
        ):
            bit.lenker.append(adresse)
            return


# Heads, feet and contents --------------------------------------------------------------


def _uten_marger(sider):
    """All blocks, with what stands at the top or bottom of several pages once, as MARG."""
    ganger = Counter(
        _form(felt)
        for hoyde, felter in sider
        for felt in felter
        if _i_marg(felt, hoyde)
    )
    ofte = max(2, min(len(sider) // 3, 6))
    sett, ut = set(), []
    for hoyde, felter in sider:
        for felt in felter:
            if _i_marg(felt, hoyde) and (
                ganger[_form(felt)] >= ofte or _SIDETALL.fullmatch(felt["tekst"])
            ):
                if _form(felt) in sett:
                    continue
                sett.add(_form(felt))
                felt = felt | {"slag": MARG}
            ut.append(felt)
    return ut


def _i_marg(felt, hoyde):
    if "top" not in felt or felt.get("celler"):
        return False
    return felt["bunn"] < hoyde * MARGER or felt["top"] > hoyde * (1 - MARGER)


def _form(felt):
    return re.sub(r"\d+", "#", felt["tekst"])


def _innholdslinjer(felter):
    """Marks the lines of a table of contents that has no tags: lines that end in the
    number of a page, several after each other, or with dots before it."""
    kan = [
        not felt.get("celler") and bool(_INNHOLDSLINJE.match(felt.get("tekst", "")))
        for felt in felter
    ]
    i_innhold = False
    for nr, felt in enumerate(felter):
        tekst = felt.get("tekst", "")
        if re.fullmatch(
            r"innhold(?:sfortegnelse)?|innhald(?:sliste)?|innehåll",
            tekst.strip(" :").lower(),
        ):
            i_innhold = True
            felter[nr] = felt | {"slag": INNHOLD}
            continue
        flere = kan[nr] and i_innhold and felt["slag"] != MARG
        if flere or (_PRIKKER.search(tekst) and re.search(r"\d$", tekst)):
            felter[nr] = felt | {"slag": INNHOLD}
        elif felt["slag"] != MARG:
            i_innhold = False
    return felter


def _sammenhengende(felter):
    """Joins a paragraph that goes on on the next page, or in the next column."""
    ut = []
    for felt in felter:
        forrige = next(
            (f for f in reversed(ut) if f["slag"] not in {MARG, BILDE}), None
        )
        if forrige is not None and _gar_over(forrige, felt):
            forrige["tekst"] = lapp(forrige["tekst"], felt["tekst"])
            forrige["lenker"] = (*forrige.get("lenker", ()), *felt.get("lenker", ()))
        else:
            ut.append(dict(felt))
    return ut


def _gar_over(forrige, felt):
    return (
        forrige["slag"] in {AVSNITT, PUNKT}
        and felt["slag"] == AVSNITT
        and forrige.get("stil") == felt.get("stil")
        and (forrige["side"] != felt["side"] or not felt.get("tagget"))
        and felt["tekst"][0].islower()
        and not re.search(r"[.:!?]$", forrige["tekst"])
        and not re.match(r"https?:|www\.", felt["tekst"])
    )


def _rett_kolonner(felter):
    """Rows that the end of a page cut have only the cells that go on; by where those
    stand, each comes into the column of the row above."""
    kolonner = []
    for felt in felter:
        steder = felt.get("steder")
        if not steder:
            if felt["slag"] in {AVSNITT, PUNKT, OVERSKRIFT}:
                kolonner = []
            continue
        if len(steder) >= len(kolonner):
            kjente = [
                a if a is not None else b
                for a, b in zip(steder, kolonner, strict=False)
            ]
            kolonner = kjente + steder[len(kjente) :]
            continue
        celler = [""] * len(kolonner)
        for tekst, x in zip(felt["celler"], steder, strict=True):
            if not tekst or x is None:
                continue
            nr = min(
                (n for n, k in enumerate(kolonner) if k is not None),
                key=lambda n: abs(kolonner[n] - x),
                default=0,
            )
            celler[nr] = "\n".join(filter(None, [celler[nr], tekst]))
        felt["celler"] = tuple(celler)


# Headings ------------------------------------------------------------------------------


def _overskrifter(felter):
    """Gives levels to what is set off, where no tags say what is a heading; lines of one
    heading are joined."""
    har_tagger = any(f["slag"] == OVERSKRIFT for f in felter)
    vekt = Counter()
    for felt in felter:
        if felt.get("stil") and felt["slag"] in {AVSNITT, PUNKT, RAD}:
            vekt[felt["stil"]] += len(felt["tekst"]) + sum(
                map(len, felt.get("celler", ()))
            )
    if not vekt:
        return felter
    brodtekst = vekt.most_common(1)[0][0]
    nivaer = {}
    if not har_tagger:
        kan = {f["stil"] for f in felter if _skiller_seg(f, brodtekst)}
        nivaer = {stil: nr for nr, stil in enumerate(sorted(kan, reverse=True), 1)}
    ut = []
    for felt in felter:
        if felt.get("stil") in nivaer and _skiller_seg(felt, brodtekst):
            felt = felt | {"slag": OVERSKRIFT, "niva": min(nivaer[felt["stil"]], 9)}
            if ut and _samme_overskrift(ut[-1], felt):
                ut[-1]["tekst"] = lapp(ut[-1]["tekst"], felt["tekst"])
                ut[-1]["bunn"] = felt["bunn"]
                continue
        ut.append(felt)
    return _tittel(ut, har_tagger)


def _skiller_seg(felt, brodtekst):
    if felt["slag"] not in {AVSNITT, PUNKT} or not felt.get("stil"):
        return False
    if felt["merke"] == "•" or len(felt["tekst"]) > 170:
        return False
    storrelse, fet = felt["stil"]
    slutter = re.search(r"[.,;]$", felt["tekst"]) and storrelse <= brodtekst[0] + 1
    storre = storrelse > brodtekst[0] + 0.9
    fetere = fet and not brodtekst[1] and storrelse >= brodtekst[0]
    return (
        (storre or fetere)
        and not slutter
        and bool(re.search(r"[^\W\d_]{2}", felt["tekst"]))
    )


def _samme_overskrift(a, b):
    return (
        a["slag"] == OVERSKRIFT
        and a.get("stil") == b.get("stil")
        and a["side"] == b["side"]
        and "top" in b
        and "bunn" in a
        and -1 <= b["top"] - a["bunn"] <= 0.5 * b["stil"][0]
        and not b["merke"]
        and not re.match(r"(?:Tiltak|TILTAK)\s+\d", b["tekst"])
    )


def _tittel(felter, har_tagger):
    """The largest letters of the first page are the title, when they are used but there."""
    overskrifter = [f for f in felter if f["slag"] == OVERSKRIFT]
    ytterst = min((f.get("niva", 9) for f in overskrifter), default=0)
    forste = [f for f in overskrifter if f.get("niva") == ytterst]
    if (
        overskrifter
        and len(forste) == 1
        and overskrifter[0] is forste[0]
        and len(overskrifter) > 2
    ) and (har_tagger or forste[0]["side"] == 1):
        forste[0]["slag"] = TITTEL
    return felter


def _som_blokk(felt):
    return Blokk(
        nummer=0,
        sted=("side", str(felt["side"])),
        slag=felt["slag"],
        tekst=felt.get("tekst", ""),
        niva=felt.get("niva", 0) if felt["slag"] in {OVERSKRIFT, PUNKT} else 0,
        merke=felt.get("merke", ""),
        celler=felt.get("celler", ()),
        tabell=felt.get("tabell", 0),
        lenker=tuple(felt.get("lenker", ())),
    )
