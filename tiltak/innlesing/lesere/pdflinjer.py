"""The lines of a page: what stands beside each other, in one size, with its place."""

from collections import Counter
from dataclasses import dataclass, field, replace

# In shares of the size of the letters.
LUFT = 0.16  # between two words
ORDLUFT = 0.22  # the same, where cells stand close
SPRANG = 1.6  # between two columns, or two cells
GRUNNLINJE = 0.35


@dataclass
class Linje:
    """Attributes:
    tegn: the letters, as pdfplumber has them.
    side: number of its page, from 1.
    """

    tekst: str
    x0: float
    x1: float
    top: float
    bunn: float
    storrelse: float
    fet: bool
    side: int = 0
    forste: float = 0  # the width of its first letter
    lenker: list[str] = field(default_factory=list)

    @property
    def stil(self):
        return round(self.storrelse, 0), self.fet


def stykker(tegn, side, *, ordvis=False) -> list[Linje]:
    """Pieces of lines in the order of the file: a piece ends where the line does, or
    where there is a wide gap.

    Args:
        ordvis: a word each; the cells of a table may stand close.
    """
    ut, rekke = [], []
    for t in tegn:
        if not t.get("upright", True) or t["text"] in {"\n", "\r"}:
            continue
        if rekke and not _samme_stykke(rekke[-1], t, ORDLUFT if ordvis else SPRANG):
            ut.append(_linje(rekke, side))
            rekke = []
        if ordvis and t["text"].isspace():
            if rekke:
                ut.append(_linje(rekke, side))
                rekke = []
            continue
        rekke.append(t)
    if rekke:
        ut.append(_linje(rekke, side))
    return [linje for linje in ut if linje.tekst]


def _samme_stykke(a, b, bredt):
    storst = max(a["size"], b["size"], 1)
    pa_linje = abs(a["bottom"] - b["bottom"]) <= GRUNNLINJE * storst
    return pa_linje and -storst * 0.6 < b["x0"] - a["x1"] < bredt * storst


def tekst_av(tegn) -> str:
    """The letters as text, with spaces where there is room for one."""
    biter, forrige = [], None
    for t in tegn:
        if forrige is not None and not _samme_linje(forrige, t):
            biter.append("\n")
        elif forrige is not None and t["x0"] - forrige["x1"] > LUFT * t["size"]:
            biter.append(" ")
        biter.append(t["text"].replace("\xa0", " "))
        forrige = t
    return "".join(biter)


def _samme_linje(a, b):
    return abs(a["bottom"] - b["bottom"]) <= GRUNNLINJE * max(
        a["size"], b["size"], 1
    ) and (b["x0"] > a["x0"] - a["size"])


def _linje(rekke, side):
    synlige = [t for t in rekke if t["text"].strip()] or rekke
    storrelser = Counter(round(t["size"], 1) for t in synlige)
    return Linje(
        tekst=" ".join(tekst_av(rekke).split()),
        x0=min(t["x0"] for t in synlige),
        x1=max(t["x1"] for t in synlige),
        top=min(t["top"] for t in synlige),
        bunn=max(t["bottom"] for t in synlige),
        storrelse=storrelser.most_common(1)[0][0],
        fet=all(er_fet(t["fontname"]) for t in synlige),
        side=side,
        forste=synlige[0]["x1"] - synlige[0]["x0"],
    )


def tvunget(forste: Linje, neste: Linje, hoyre: float) -> bool:
    """Whether a line was ended by the writer: the first word of the next would have had
    room on it."""
    ordet = neste.tekst.split(" ")[0]
    bredde = (neste.x1 - neste.x0) * len(ordet) / max(len(neste.tekst), 1)
    return hoyre - forste.x1 > bredde * 1.1 + neste.storrelse * 0.4


def er_fet(skrift: str) -> bool:
    return any(
        ord_ in skrift.lower() for ord_ in ("bold", "black", "semib", "heavy", "demi")
    )


def hele_linjer(stykkene: list[Linje], bredt=SPRANG) -> list[Linje]:
    """Pieces beside each other, as lines from top to bottom; those with a wide gap
    between them stay apart."""
    ut: list[Linje] = []
    for rad in rader(stykkene):
        forrige = None
        for bit in sorted(rad, key=lambda linje: linje.x0):
            if forrige is not None and bit.x0 - forrige.x1 < bredt * bit.storrelse:
                ut[-1] = forrige = _sammen(forrige, bit)
            else:
                forrige = replace(bit)
                ut.append(forrige)
    return ut


def rader(stykkene: list[Linje]) -> list[list[Linje]]:
    """Pieces on the same line of the page."""
    ut: list[list[Linje]] = []
    for bit in sorted(stykkene, key=lambda linje: (linje.bunn, linje.x0)):
        if ut and abs(ut[-1][0].bunn - bit.bunn) <= GRUNNLINJE * bit.storrelse:
            ut[-1].append(bit)
        else:
            ut.append([bit])
    return ut


def _sammen(a, b):
    luft = " " if b.x0 - a.x1 > LUFT * b.storrelse else ""
    lang, kort = (a, b) if len(a.tekst) >= len(b.tekst) else (b, a)
    return replace(
        a,
        tekst=f"{a.tekst}{luft}{b.tekst}",
        x1=max(a.x1, b.x1),
        top=min(a.top, b.top),
        bunn=max(a.bunn, b.bunn),
        storrelse=lang.storrelse,
        fet=a.fet and (b.fet or len(kort.tekst) < 2),
        lenker=a.lenker + b.lenker,
    )
